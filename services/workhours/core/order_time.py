"""Order time: events → one interval per order → the union in which simultaneous orders count once.

Source: 人社厅发〔2023〕50号 指引: working time is the union of order time; orders carried at the same
time are never counted twice, on one platform or across several.

What an order's interval is, for one worker
    start   the first ACCEPTED; the first PICKED_UP when no acceptance is known
    end     the last COMPLETED or CANCELLED
    no end      the order is open: it counts up to the watermark, and at most `max_open_order_ms`, because a
                lost "completed" must not turn into a day of work
    no start    nothing, until the start arrives: the length of what was not seen is not guessed
    end ≤ start nothing: an order accepted and cancelled in the same instant is no work and breaks no rest
OFFERED and REJECTED are not work. Only minima and maxima over an order's events are taken, so neither the
rows' order nor their repetition can matter.

How it is quick
    Three passes over sorted columns: group rows by (worker, order), sort orders by (worker, start), take a
    running maximum of their ends. NumPy sorts one 64-bit key about eight times as fast as it lexsorts two,
    so each pair is packed into one key first.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from services.workhours.core.ragged import spread
from services.workhours.core.work_events import Bools, DispatchKind, Int64s, Uint64s, WorkEvents

_EARLIEST = np.iinfo(np.int64).min
_LATEST = np.iinfo(np.int64).max
# 2^64 / golden ratio (Fibonacci hashing): spreads small consecutive worker codes over all 64 bits.
_SPREAD_WORKERS = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """What the events say about each (worker, order) that has a start; in no particular order."""

    worker: Int64s
    order: Uint64s
    start: Int64s
    """ms"""
    end: Int64s
    """ms; of an open order the moment it stops counting, `start + max_open_order_ms`"""
    open: Bools
    """no end is known"""
    first_row: Int64s
    stop_row: Int64s
    """Order i's work events are `rows[first_row[i]:stop_row[i]]`."""
    rows: Int64s
    """Indices into the events, an order's side by side."""

    def __len__(self) -> int:
        return len(self.start)

    def take(self, chosen: Int64s | Bools) -> Orders:
        """The orders chosen by index or mask."""
        per_order = (field.name for field in fields(self) if field.name != "rows")
        return replace(self, **{name: getattr(self, name)[chosen] for name in per_order})

    def as_of(self, moment_ms: int | Int64s) -> Orders:
        """The orders with time in them by the moment (one for all, or one per order), by (worker, start).

        `end` becomes the moment, and `open` stays true, for the orders still in hand then; an order that
        has stopped counting is no longer open.
        """
        in_hand = self.open & (self.end > moment_ms)
        clipped = replace(self, end=np.where(in_hand, moment_ms, self.end), open=in_hand)
        timed = clipped.take(clipped.end > self.start)
        return timed.take(np.argsort(timed.start + _lanes(timed)))

    def events_of(self, chosen: Int64s) -> tuple[Int64s, Int64s]:
        """(event indices of the orders chosen by index, for each the position in `chosen` it belongs to)."""
        places, owner = spread(self.first_row[chosen], self.stop_row[chosen])
        return self.rows[places], owner


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


def orders_in(events: WorkEvents, max_open_order_ms: int) -> Orders:
    """Each worker's orders; see the module's table."""
    kind = events.kind
    is_end = (kind == DispatchKind.COMPLETED) | (kind == DispatchKind.CANCELLED)
    is_work = is_end | (kind == DispatchKind.ACCEPTED) | (kind == DispatchKind.PICKED_UP)
    rows, first_row = _group_by_worker_and_order(events, np.flatnonzero(is_work))
    if len(rows) == 0:
        none = np.empty(0, dtype=np.int64)
        return Orders(none, none.astype(np.uint64), none, none, none.astype(np.bool_), none, none, rows)

    kind, time = kind[rows], events.time[rows]
    accepted = np.minimum.reduceat(np.where(kind == DispatchKind.ACCEPTED, time, _LATEST), first_row)
    picked_up = np.minimum.reduceat(np.where(kind == DispatchKind.PICKED_UP, time, _LATEST), first_row)
    ended = np.maximum.reduceat(np.where(is_end[rows], time, _EARLIEST), first_row)

    start = np.where(accepted != _LATEST, accepted, picked_up)
    started = np.flatnonzero(start != _LATEST)
    start, ended = start[started], ended[started]
    representative = rows[first_row[started]]
    return Orders(
        worker=events.worker[representative],
        order=events.order[representative],
        start=start,
        end=np.where(ended == _EARLIEST, start + max_open_order_ms, ended),
        open=ended == _EARLIEST,
        first_row=first_row[started],
        stop_row=np.append(first_row[1:], len(rows))[started],
        rows=rows,
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


def _group_by_worker_and_order(events: WorkEvents, rows: Int64s) -> tuple[Int64s, Int64s]:
    """`rows` with those of one (worker, order) side by side, and where each group begins.

    The order within and among groups is unspecified: nothing downstream depends on it.
    """
    worker, order = events.worker[rows], events.order[rows]
    key = order ^ (worker.view(np.uint64) * _SPREAD_WORKERS)
    turn = np.argsort(key)
    new_key, new_pair = _changes(key[turn]), _changes(worker[turn]) | _changes(order[turn])
    if np.any(new_pair & ~new_key):
        # Two pairs met in one key (odds about 1 in 10^8 for a million rows) and may be interleaved.
        turn = np.lexsort((order, worker))
        new_pair = _changes(worker[turn]) | _changes(order[turn])
    return rows[turn], np.flatnonzero(new_pair)


def _changes(column: Int64s | Uint64s) -> Bools:
    """True where a row differs from the one before it; the first row does."""
    changed = np.ones(len(column), dtype=np.bool_)
    np.not_equal(column[1:], column[:-1], out=changed[1:])
    return changed


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
