"""The events of one partition's workers, and which of them a judgement needs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kit.columns import EventSet, Names, RowIndex
from services.workhours.core.docket import LONG_AGO, NEVER, Due
from services.workhours.core.finding import LATE_EVENTS_NAMED, Late
from services.workhours.core.work_events import Int64s, Uint64s, WorkEvents

COLUMNS = ("worker", "platform", "area", "order_key", "kind", "event_time_ms")
TEXTS = ("event_ids",)
"""What has to be kept ready of an event."""

_LAST_SECOND = 2**32 - 1
"""Seconds since 1970 have 32 bits until 2106; a later time counts as that one, which is only less sharp."""


class Event(NamedTuple):
    """One event, for a finding that names it."""

    platform_id: str
    id: str
    """``platform/event_id``."""


class Touched(NamedTuple):
    """Events, old and new, of all orders that have new ones."""

    worker: Int64s
    time_ms: Int64s


class History:
    """An event set, indexed by order and by worker and time."""

    def __init__(self, events: EventSet, names: dict[str, Names]) -> None:
        self._events = events
        self._names = names
        self._by_order = RowIndex()
        self._by_time = RowIndex()
        self._fresh = RowIndex()
        """By worker, the rows of the last ``catch_up``."""
        self._seen = 0

    def catch_up(self) -> Touched:
        """Take in the events that were added to the set."""
        seen, self._seen = self._seen, len(self._events)
        self._fresh = RowIndex(seen)
        if seen == self._seen:
            return Touched(*np.empty((2, 0), dtype=np.int64))
        worker, time = self._events["worker"], self._events["event_time_ms"]
        orders = self._events["order_key"][seen:]
        self._by_order.append(orders)
        self._by_time.append(_places(worker[seen:], time[seen:]))
        self._fresh.append(worker[seen:].astype(np.uint64))
        touched = self._by_order.rows(np.unique(orders))
        return Touched(worker[touched], time[touched])

    def late(self, worker: int, until_ms: int) -> Late:
        """The worker's events of the last ``catch_up`` that are of no later time than this."""
        rows = self._fresh.rows(np.array([worker], dtype=np.uint64))
        time = self._events["event_time_ms"][rows]
        rows = rows[np.lexsort((self._events["event_key"][rows], time))][: np.count_nonzero(time <= until_ms)]
        named = [self.event(row).id for row in rows[:LATE_EVENTS_NAMED].tolist()]
        return Late(named, len(rows))

    def needed(self, due: Due) -> Int64s:
        """Rows of the due workers' orders that have any event at or after their moment."""
        whole = due.since == LONG_AGO
        rows = self._after(due.worker[whole], due.since[whole])
        recent = self._after(due.worker[~whole], due.since[~whole])
        of_orders = self._by_order.rows(np.unique(self._events["order_key"][recent]))
        theirs = np.zeros(len(self._names["worker"]), dtype=bool)
        theirs[due.worker[~whole]] = True  # an order may have gone through the hands of several workers
        of_orders = of_orders[theirs[self._events["worker"][of_orders]]]
        return np.concatenate([rows, of_orders])

    def _after(self, worker: Int64s, since: Int64s) -> Int64s:
        """Rows of each worker's events at or after their moment, or less than a second before."""
        forever = np.full(len(worker), NEVER)
        return self._by_time.rows_between(_places(worker, since), _places(worker, forever))

    def work_events(self, rows: Int64s) -> WorkEvents:
        """These rows as the core reads them."""
        column = {name: self._events[name][rows] for name in (*COLUMNS, "event_key")}
        return WorkEvents(
            worker=column["worker"],
            platform=column["platform"],
            order=column["order_key"],
            kind=column["kind"].astype(np.int8),
            time=column["event_time_ms"],
            event=column["event_key"],
            area=column["area"],
        )

    def event(self, row: int) -> Event:
        """What a finding says of it."""
        platform_id = self._names["platform"][int(self._events["platform"][row])]
        return Event(platform_id, f"{platform_id}/{self._events.text('event_ids', row)}")


def _places(worker: Int64s, time_ms: Int64s) -> Uint64s:
    """Worker and second in one key, so that a worker's events from a time on are one range of keys."""
    second = np.clip(time_ms // 1000, 0, _LAST_SECOND).astype(np.uint64)
    return (worker.astype(np.uint64) << np.uint64(32)) | second
