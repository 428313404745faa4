"""Order time: rows of the order book → an interval per order → the union: simultaneous orders count once.

Source: 人社厅发〔2023〕50号 指引: working time is the union of order time; orders carried at the same
time are never counted twice, on one platform or across several.

What an order's interval is, for one worker
    start   ACCEPTED; PICKED_UP when no acceptance is known (two different ones: see `order_book`)
    end     COMPLETED or CANCELLED
    no end      the order is open: it counts up to the watermark, and at most `max_open_order_ms`, because a
                lost "completed" must not turn into a day of work
    no start    nothing, until the start arrives: the length of what was not seen is not guessed
    end ≤ start nothing: an order accepted and cancelled in the same instant is no work and breaks no rest
OFFERED and REJECTED are not work.

How it is quick
    Two passes over sorted columns: sort orders by (worker, start), take a running maximum of their ends.
    NumPy sorts one 64-bit key about eight times as fast as it lexsorts two, so the pair is packed into one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from services.workhours.core.order_book import NOT_SAID, NOT_YET, OrderBook
from services.workhours.core.work_events import Bools, Int64s, Uint64s

_LATEST = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """Each (worker, order) that has a start; in no particular order."""

    worker: Int64s
    start: Int64s
    """ms"""
    end: Int64s
    """ms; of an open order the moment it stops counting, `start + max_open_order_ms`"""
    open: Bools
    """no end is known"""
    row: Int64s
    """The caller's number of the order, by which all else about it is found."""
    key: Uint64s
    """Its identity: whatever must be decided between orders is decided by it, not by the row."""

    def __len__(self) -> int:
        return len(self.start)

    def take(self, chosen: Int64s | Bools) -> Orders:
        """The orders chosen by index or mask."""
        return Orders(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def as_of(self, moment_ms: int | Int64s) -> Orders:
        """The orders with time in them by the moment (one for all, or one per order), by (worker, start).

        `end` becomes the moment, and `open` stays true, for the orders still in hand then; an order that
        has stopped counting is no longer open.
        """
        in_hand = self.open & (self.end > moment_ms)
        end = np.where(in_hand, moment_ms, self.end)
        timed = end > self.start
        clipped = Orders(self.worker, self.start, end, in_hand, self.row, self.key)
        if not timed.all():
            clipped = clipped.take(np.flatnonzero(timed))
        return clipped.take(np.argsort(clipped.start + _lanes(clipped)))


@dataclass(frozen=True, slots=True, eq=False)
class BusyIntervals:
    """The union of a worker's order intervals, sorted by (worker, start); touching ones are one."""

    worker: Int64s
    start: Int64s
    """ms"""
    end: Int64s
    """ms"""
    first_order: Int64s
    """Interval i is made of orders `first_order[i]:first_order[i + 1]`; one more entry than intervals."""

    def __len__(self) -> int:
        return len(self.start)


def orders_of(book: OrderBook, rows: Int64s, max_open_order_ms: int, *, on_board: bool = False) -> Orders:
    """The orders in these rows of the book; see the module's table.

    ``on_board``: only the time with goods or passenger on board counts, from PICKED_UP to the end.
    """
    accepted, picked_up = book["accepted"][rows], book["picked_up"][rows]
    start = picked_up if on_board else np.where(accepted != NOT_SAID, accepted, picked_up)
    started = start != NOT_SAID
    if not started.all():
        rows, start = rows[started], start[started]
    ended = book["ended"][rows]
    is_open = ended == NOT_YET
    return Orders(
        worker=book["worker"][rows].astype(np.int64),
        start=start,
        end=np.where(is_open, start + max_open_order_ms, ended),
        open=is_open,
        row=rows,
        key=book.key(rows),
    )


def union(orders: Orders) -> BusyIntervals:
    """Merge each worker's overlapping and touching orders, which must come sorted (`Orders.as_of`)."""
    if len(orders) == 0:
        none = np.empty(0, dtype=np.int64)
        return BusyIntervals(none, none, none, np.zeros(1, dtype=np.int64))
    lane = _lanes(orders)
    reach = np.maximum.accumulate(orders.end + lane)
    breaks = np.flatnonzero((orders.start + lane)[1:] > reach[:-1]) + 1
    first = np.concatenate([[0], breaks])
    last = np.append(breaks, len(orders)) - 1
    return BusyIntervals(
        worker=orders.worker[first],
        start=orders.start[first],
        end=reach[last] - lane[last],
        first_order=np.append(first, len(orders)),
    )


def _lanes(orders: Orders) -> Int64s:
    """What to add to an order's times so that all workers share one axis, each on a stretch of their own.

    A stretch is longer than the whole time span, so no time of one worker reaches the next one's: one sort
    and one running maximum then serve all. Raises ValueError when 63 bits do not hold all stretches.
    """
    worker = orders.worker
    if len(worker) == 0:
        return worker
    begin = int(orders.start.min())
    stretch = int(orders.end.max()) - begin + 1
    if (int(worker.max()) - int(worker.min()) + 1) * stretch > _LATEST:  # codes with large holes
        worker = np.unique(worker, return_inverse=True)[1].astype(np.int64)
    number = worker - worker.min()
    if (int(number.max()) + 1) * stretch > _LATEST:
        raise ValueError(
            f"{int(number.max()) + 1} workers over {stretch} ms do not fit one judgement; "
            "judge fewer workers in a call, or drop events with absurd times"
        )
    lanes: Int64s = number * stretch - begin
    return lanes
