"""The counter of a spell: how much work has accumulated, and when it got where.

One running total serves all spells: each busy interval adds its *gain* (its length; measured as elapsed also
the short gap before it), and a spell's own measure is the total less what it was when the spell began. The
total only rises, so "when did spell i get to 4 h" is a binary search.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from services.workhours.core.order_time import BusyIntervals, Orders, union
from services.workhours.core.spells import Spells, cut
from services.workhours.core.work_events import Int64s


class Measure(Enum):
    """What of a spell is held against the limit."""

    WORKED = "worked"
    """The time in which at least one order was in hand."""
    ELAPSED = "elapsed"
    """From the start of the first order to the end of the last, short gaps included."""


@dataclass(frozen=True, slots=True, eq=False)
class Count:
    """Orders, their union, its spells, and the measure running on over all of them."""

    orders: Orders
    busy: BusyIntervals
    spells: Spells
    total: Int64s
    """Per busy interval: the measure at its end, not starting anew with a spell; strictly rising."""
    before: Int64s
    """Per spell: the total when it starts."""
    measured: Int64s
    """Per spell: its measure."""

    def first_instant(self, spells: Int64s, threshold: int, *, past: bool) -> tuple[Int64s, Int64s]:
        """When the measure first is at least `threshold`, or (`past`) from when on it is above it.

        Gives (that moment, start of the busy interval it falls into) for each of `spells`, which must all
        get there.
        """
        target = self.before[spells] + threshold
        at = np.searchsorted(self.total, target, side="right" if past else "left")
        start = self.busy.start[at]
        return np.maximum(self.busy.end[at] - (self.total[at] - target), start), start


def run_counter(orders: Orders, reset_gap_ms: int, measure: Measure) -> Count:
    """Count `orders`, sorted as by `Orders.as_of`; a gap of `reset_gap_ms` starts a spell anew."""
    busy = union(orders)
    spells = cut(busy, orders, reset_gap_ms)
    gain = busy.end - busy.start
    if measure is Measure.ELAPSED:
        goes_on = np.ones(len(busy), dtype=np.bool_)
        goes_on[spells.first_busy[:-1]] = False
        later = np.flatnonzero(goes_on)
        gain[later] += busy.start[later] - busy.end[later - 1]
    total = np.concatenate([[0], np.cumsum(gain)])
    before = total[spells.first_busy[:-1]]
    return Count(orders, busy, spells, total[1:], before, total[spells.first_busy[1:]] - before)
