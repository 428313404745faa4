"""Cohorts, and the one tree along which they are cut.

A metric's keys (metrics.Key) have one fixed order, outermost first:

    service → vehicle → distance band → area → hour band → weather

A *leaf* is a combination of values of all keys that some row has; a *node* at depth d the leaves with the
same first d values. Leaves are numbered in the order of their values, so every node is a run of leaves. Each
audit cuts along this tree, whatever is asked for: what may be published of a node follows from the tree alone
(see privacy).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from services.algo_audit.core.bands import DistanceBand
from services.algo_audit.core.cohort_keys import (
    HOUR_BANDS,
    SERVICES,
    VEHICLES,
    WEATHER_BANDS,
    Value,
)
from services.algo_audit.core.metrics import Key, Metric


class Detail(IntEnum):
    """How finely is cut; values equal those of quzhong.api.algo_audit.v1.Detail."""

    SERVICE = 1
    DISTANCE = 2
    AREA = 3
    HOUR = 4
    WEATHER = 5


_LAST_KEY = {
    Detail.SERVICE: Key.VEHICLE,
    Detail.DISTANCE: Key.DISTANCE,
    Detail.AREA: Key.AREA,
    Detail.HOUR: Key.HOUR,
    Detail.WEATHER: Key.WEATHER,
}
_VALUES: dict[Key, dict[int, Value]] = {
    key: {value.code: value for value in values}
    for key, values in (
        (Key.SERVICE, SERVICES),
        (Key.VEHICLE, VEHICLES),
        (Key.HOUR, HOUR_BANDS),
        (Key.WEATHER, WEATHER_BANDS),
    )
}
UNKNOWN_CODE = {Key.SERVICE: 0, Key.VEHICLE: 0, Key.DISTANCE: -1, Key.AREA: 0, Key.HOUR: -1, Key.WEATHER: -1}
"""Rows whose value is not known make no cohort; they are only ever part of what is hidden."""
ROOT_DEPTH = 2
"""Service and vehicle: the coarsest cohort there is."""
WHOLE = "all"
"""Id of a cohort that is not cut beyond service and vehicle."""

AreaNames = Mapping[int, tuple[str, str]]
"""GB/T 2260 code → Chinese and English."""


def depth_of(metric: Metric, detail: Detail) -> int:
    """How many of the metric's keys a cohort of that detail is cut by; at least ROOT_DEPTH."""
    order = list(Key)
    last = order.index(_LAST_KEY[detail])
    return sum(order.index(key) <= last for key in metric.keys)


@dataclass(frozen=True, slots=True)
class Cohort:
    """One node of the tree, as people know it."""

    keys: tuple[tuple[Key, int], ...]
    """Key and code, outermost first."""
    id: str
    """Values after service and vehicle, joined by slashes: ``1000-2000/130203``; WHOLE where there are
    none."""
    label_zh: str
    label_en: str
    distance: DistanceBand | None = None
    """None where the cohort is of all distances."""
    values: tuple[Value, ...] = ()
    """Of the keys, in their order, as people call them."""

    def code(self, key: Key) -> int | None:
        """The cohort's value of a key; None where it is not cut by it."""
        return dict(self.keys).get(key)


def cohort_of(
    keys: Iterable[tuple[Key, int]], bands: Sequence[DistanceBand], area_names: AreaNames | None = None
) -> Cohort:
    """Name a cohort. An area without a name is called by its code.

    Raises KeyError or IndexError for a code that cohort_keys or `bands` do not have.
    """
    keys = tuple(keys)
    values = [value_of(key, code, bands, area_names) for key, code in keys]
    narrower = values[ROOT_DEPTH:]
    shown = narrower or values
    distance = next((bands[code] for key, code in keys if key is Key.DISTANCE), None)
    return Cohort(
        keys=keys,
        id="/".join(value.id for value in narrower) or WHOLE,
        label_zh="·".join(value.zh for value in shown),
        label_en=", ".join(value.en for value in shown),
        distance=distance,
        values=tuple(values),
    )


def value_of(
    key: Key, code: int, bands: Sequence[DistanceBand], area_names: AreaNames | None = None
) -> Value:
    """One value of a key, with its stable name and what people read. Raises as `cohort_of`."""
    if key is Key.DISTANCE:
        if not 0 <= code < len(bands):
            raise IndexError(f"distance: there is no band {code}")
        return Value(code, bands[code].id, bands[code].label_zh, bands[code].label_en)
    if key is Key.AREA:
        zh, en = (area_names or {}).get(code, (str(code), str(code)))
        return Value(code, str(code), zh, en)
    return _VALUES[key][code]
