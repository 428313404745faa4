"""Spells: busy time cut where the worker rested long enough.

A spell of continuous work ends at a gap of at least `reset_gap_ms`; a shorter gap leaves it running.
《外卖平台服务管理基本要求》 is silent on what ends a spell, so the gap is a parameter of the rule pack.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.workhours.core.order_time import BusyIntervals, Orders
from services.workhours.core.work_events import Bools, Int64s


@dataclass(frozen=True, slots=True, eq=False)
class Spells:
    """Spells of continuous work, sorted by (worker, start)."""

    worker: Int64s
    start: Int64s
    """ms: start of the first order"""
    end: Int64s
    """ms: end of the last order"""
    worked: Int64s
    """ms in which at least one order was in hand"""
    in_hand: Bools
    """an order is in hand at the watermark"""
    first_busy: Int64s
    """Spell i is made of busy intervals `first_busy[i]:first_busy[i + 1]`; one more entry than spells."""

    def __len__(self) -> int:
        return len(self.start)


def cut(busy: BusyIntervals, orders: Orders, reset_gap_ms: int) -> Spells:
    """Cut busy time into spells; `orders` are those `busy` was made of."""
    if len(busy) == 0:
        none = np.empty(0, dtype=np.int64)
        return Spells(none, none, none, none, none.astype(np.bool_), np.zeros(1, dtype=np.int64))
    rested = (busy.start[1:] - busy.end[:-1] >= reset_gap_ms) | (busy.worker[1:] != busy.worker[:-1])
    breaks = np.flatnonzero(rested) + 1
    first = np.concatenate([[0], breaks])
    last = np.append(breaks, len(busy)) - 1
    return Spells(
        worker=busy.worker[first],
        start=busy.start[first],
        end=busy.end[last],
        worked=np.add.reduceat(busy.end - busy.start, first),
        in_hand=np.logical_or.reduceat(orders.open, busy.first_order[first]),
        first_busy=np.append(first, len(busy)),
    )
