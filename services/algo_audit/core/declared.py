"""What was declared for each order when it was accepted, and what holds for each row of an audit.

What holds for an order depends on its platform, service and area, on between which edges of declared ranges
its distance lies, and between which changes its acceptance does. So it is worked out once for each
combination of those, and looked up for each order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.bands import DistanceBand
from services.algo_audit.core.combinations import combinations_of
from services.algo_audit.core.metrics import DELIVERY_TIME, Direction, Key
from services.algo_audit.core.observations import Observations
from services.algo_audit.core.orders import NEVER, Orders
from services.algo_audit.core.tally import NOWHERE
from services.algo_audit.core.thresholds import DeclaredThreshold, in_force

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """What was declared for each of n orders."""

    values: NDArray[np.float64]
    """The different values, ascending, in the metric's unit."""
    code: NDArray[np.int32]
    """Index into them, shape (n,); NOWHERE where nothing was declared."""

    @property
    def stated(self) -> NDArray[np.bool_]:
        """Mask of the orders for which something was declared, shape (n,)."""
        return np.not_equal(self.code, NOWHERE)

    def each(self) -> NDArray[np.float64]:
        """The value of each order, shape (n,); NaN where nothing was declared."""
        # NOWHERE, being −1, takes the last.
        return np.append(self.values, np.nan)[self.code]


class DeclaredRules:
    """All that was ever declared, ready to be looked up for orders."""

    def __init__(self, orders: Orders, thresholds: Iterable[DeclaredThreshold]) -> None:
        self._orders, self._thresholds = orders, list(thresholds)

    @cached_property
    def _combinations(self) -> tuple[NDArray[np.signedinteger], NDArray[np.int64]]:
        return combinations_of([self._orders.platform, self._orders.service, self._orders.area])

    def at(self, metric_id: str) -> Declared:
        """What was declared for each order when it was accepted. Of several the strictest."""
        orders = self._orders
        known = [threshold for threshold in self._thresholds if threshold.metric == metric_id]
        if not known or not len(orders):
            return Declared(np.empty(0), np.full(len(orders), NOWHERE, np.int32))
        strictest = np.fmin if metric_id == DELIVERY_TIME.id else np.fmax
        changes = np.array(sorted({threshold.effective_from_ms for threshold in known}))
        ranged = [t for t in known if not (t.min_m == 0 and np.isinf(t.max_m))]
        edges = np.array(sorted({edge for t in ranged for edge in (t.min_m, t.max_m) if np.isfinite(edge)}))

        where, places = self._combinations
        spans = len(edges) + 2  # below the first edge … above the last, and unknown
        # One more time: before the first change nothing is declared.
        table = np.full((len(places), spans, len(changes) + 1), np.nan)
        platform, service, area = places.T
        for at, start in enumerate(changes.tolist(), start=1):
            for threshold in in_force(known, start):
                in_area = np.array(
                    [code == 0 or threshold.holds_in(code) for code in area.tolist()], np.bool_
                )
                here = np.flatnonzero(
                    (platform == threshold.platform)
                    & ((service == threshold.service) | (service == 0))
                    & in_area
                )
                if threshold in ranged:
                    first = int(np.searchsorted(edges, threshold.min_m, side="right"))
                    last = int(np.searchsorted(edges, threshold.max_m, side="right"))
                    span = slice(first, last if np.isfinite(threshold.max_m) else spans - 1)
                else:
                    span = slice(None)
                table[here, span, at] = strictest(table[here, span, at], threshold.value)
        values, place = np.unique(table, return_inverse=True)  # NaN is one value, and the last
        codes = np.where(np.isnan(table), NOWHERE, place.reshape(table.shape)).astype(np.int32).ravel()
        code = np.empty(len(orders), np.int32)
        for start in range(0, len(orders), _PIECE):
            some = slice(start, start + _PIECE)
            distance, accepted = orders.distance_m[some], orders.accepted_ms[some]
            # Counting the edges passed is quicker than a binary search for as few as there are.
            span_of, time = np.zeros(len(distance), np.intp), np.zeros(len(distance), np.intp)
            for edge in edges:
                span_of += distance >= edge
            # Unknown distances, and infinite ones, lie in no range at all.
            span_of[~(distance < np.inf)] = spans - 1
            for change in changes:
                time += accepted >= change
            time[accepted == NEVER] = 0
            code[some] = codes.take(
                (where[some].astype(np.intp) * spans + span_of) * (len(changes) + 1) + time
            )
        return Declared(values[~np.isnan(values)], code)


def declared_for(
    observations: Observations, thresholds: Iterable[DeclaredThreshold], bands: Sequence[DistanceBand]
) -> NDArray[np.float64]:
    """The threshold that holds for each row, shape (n,); NaN where none does, or none for the whole of the
    row's distance band. `thresholds` are those in force; of several the laxest."""
    metric, keys = observations.metric, observations.keys
    laxest = np.fmax if metric.direction is Direction.AT_MOST else np.fmin
    cut = [Key.SERVICE, Key.AREA] + [Key.DISTANCE] * (Key.DISTANCE in keys)
    number, places = combinations_of([observations.platform, *(keys[key] for key in cut)])
    platform, service, area = places.T[:3]
    tau = np.full(len(places), np.nan)
    for threshold in thresholds:
        if threshold.metric != metric.id:
            continue
        in_area = np.array([threshold.holds_in(code) for code in area.tolist()], np.bool_)
        holds = (platform == threshold.platform) & (service == threshold.service) & in_area
        if Key.DISTANCE in keys:
            covered = np.array([threshold.covers(band) for band in bands] + [False])  # −1: of no band
            holds &= covered[places[:, 3]]
        tau[holds] = laxest(tau[holds], threshold.value)
    each: NDArray[np.float64] = tau[number]
    return each
