"""The safe reference, counted by platform × area × distance band.

The safe reference is the finished orders done at a lawful average speed over a known distance. Not yet
applied, for want of the data on the order: workers over their hours, extreme weather, vehicle, hour of day.

Figures of one area stand beside those of the whole city; so over the areas, the cells of a (platform, band)
are suppressed as a line whose total is known (see privacy).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.bands import UNKNOWN_BAND, DistanceBand, band_of
from services.algo_audit.core.feasibility import FloorParams, at_lawful_speed
from services.algo_audit.core.orders import CENSORED_OUTCOMES, EXCLUDED_OUTCOMES, Orders, Outcome
from services.algo_audit.core.privacy import MinimumCell, hidden_cells

ABOVE_LAWFUL_SPEED = "ABOVE_LAWFUL_SPEED"
DISTANCE_UNKNOWN = "DISTANCE_UNKNOWN"
EXCLUSION_TEXT: dict[str, tuple[str, str]] = {
    Outcome.NO_ACCEPTANCE.name: ("未见接单记录", "acceptance never seen"),
    Outcome.END_BEFORE_START.name: ("送达早于接单", "completed before accepted"),
    Outcome.ZERO_DURATION.name: ("接单与送达为同一时刻", "completed in the moment of acceptance"),
    ABOVE_LAWFUL_SPEED: ("平均速度超过法定时速", "average speed above the lawful one"),
    DISTANCE_UNKNOWN: ("距离未知（不分区间）", "distance unknown (of no band)"),
}
"""Why an order is not in the figures; Chinese and English."""


@dataclass(frozen=True, slots=True, eq=False)
class SafeOrders:
    """The safe reference in ascending order of duration, one array of shape (n,) per field; codes, not
    ids."""

    duration_s: NDArray[np.float64]
    worker: NDArray[np.int64]
    platform: NDArray[np.int64]
    area: NDArray[np.int64]
    band: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Counts and permissions by platform code p, area code a, band index b."""

    platforms: NDArray[np.int64]
    """Id of each platform code, ascending, shape (P,)."""
    areas: NDArray[np.int64]
    """Id of each area code, ascending, shape (A,)."""
    safe: SafeOrders
    publishable: NDArray[np.bool_]
    """[p, b]: the whole city's cell may be published."""
    publishable_in_area: NDArray[np.bool_]
    """[p, a, b]: the area's cell may be, beside the city's."""
    publishable_together: NDArray[np.bool_]
    """[b]: all platforms pooled may be."""
    censored: NDArray[np.int64]
    """[p, a, b]: orders cancelled or not yet finished."""
    excluded: dict[str, NDArray[np.int64]]
    """Reason → [p, a, b]; but DISTANCE_UNKNOWN → [p, a, 1], for such an order is of no band."""

    def platform_code(self, platform: int) -> int | None:
        """Code of a platform id; None if it has no orders."""
        return _code_of(self.platforms, platform)

    def area_code(self, area: int) -> int:
        """Code of an area id. Raises KeyError if no order is there."""
        code = _code_of(self.areas, area)
        if code is None:
            raise KeyError(area)
        return code


def count_cells(
    orders: Orders, bands: Sequence[DistanceBand], floor: FloorParams, minimum: MinimumCell
) -> Cells:
    """Sort the orders into cells, O(n log n)."""
    platforms, platform = _codes(orders.platform)
    areas, area = _codes(orders.area)
    band = band_of(orders.distance_m, bands)
    known = band != UNKNOWN_BAND
    shape = len(platforms), len(areas), len(bands)
    cell = (platform * shape[1] + area) * shape[2] + np.maximum(band, 0)

    finished = orders.having(Outcome.FINISHED) & known
    lawful = at_lawful_speed(orders.duration_s, orders.distance_m, floor)
    excluded = {
        reason.name: _rows(cell[orders.having(reason) & known], shape) for reason in EXCLUDED_OUTCOMES
    }
    excluded[ABOVE_LAWFUL_SPEED] = _rows(cell[finished & ~lawful], shape)
    excluded[DISTANCE_UNKNOWN] = _rows(cell[~known], shape).sum(axis=2, keepdims=True)

    chosen = np.flatnonzero(finished & lawful)
    chosen = chosen[np.argsort(orders.duration_s[chosen])]
    safe = SafeOrders(
        duration_s=orders.duration_s[chosen],
        worker=_codes(orders.worker[chosen])[1],
        platform=platform[chosen],
        area=area[chosen],
        band=band[chosen],
    )

    def allowed(cell: NDArray[np.int64], shape: tuple[int, ...]) -> NDArray[np.bool_]:
        return (_workers(cell, safe.worker, shape) >= minimum.workers) & (
            _rows(cell, shape) >= minimum.orders
        )

    return Cells(
        platforms=platforms,
        areas=areas,
        safe=safe,
        publishable=allowed(safe.platform * shape[2] + safe.band, (shape[0], shape[2])),
        publishable_in_area=_beside_total(
            _workers(cell[chosen], safe.worker, shape), _rows(cell[chosen], shape), minimum
        ),
        publishable_together=allowed(safe.band, shape[2:]),
        censored=_rows(cell[orders.having(*CENSORED_OUTCOMES) & known], shape),
        excluded=excluded,
    )


def _beside_total(
    workers: NDArray[np.int64], orders: NDArray[np.int64], minimum: MinimumCell
) -> NDArray[np.bool_]:
    """[p, a, b]: what may be published of each line over the areas when its total is published."""
    publishable = np.zeros(orders.shape, np.bool_)
    for p, b in np.ndindex(orders.shape[0], orders.shape[2]):
        publishable[p, :, b] = ~hidden_cells(workers[p, :, b], orders[p, :, b], minimum)
    return publishable


def _rows(cell: NDArray[np.int64], shape: tuple[int, ...]) -> NDArray[np.int64]:
    """How many rows each cell has."""
    return np.bincount(cell, minlength=math.prod(shape)).reshape(shape)


def _workers(cell: NDArray[np.int64], worker: NDArray[np.int64], shape: tuple[int, ...]) -> NDArray[np.int64]:
    """How many different workers each cell has."""
    codes = int(worker.max(initial=0)) + 1
    return _rows(_different(cell * codes + worker) // codes, shape)


def _codes(ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The different ids, ascending, and the position of each row's id among them."""
    different = _different(ids)
    return different, np.searchsorted(different, ids)


def _different(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The different values, ascending. np.unique hashes, which takes ten times as long on millions of
    values."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def _code_of(different: NDArray[np.int64], id_: int) -> int | None:
    position = int(np.searchsorted(different, id_))
    return position if position < len(different) and different[position] == id_ else None
