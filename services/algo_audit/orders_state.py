"""The orders algo_audit keeps: per partition the set of its dispatch events, read by audits at any time."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kit.columns import DISPATCH, NOT_STATED, EventBatch, EventSet, Names
from kit.columns.records import by_partition
from kit.eventlog.port import Record, TopicPartition
from kit.storage.stored_events import StoredEvents
from services.algo_audit.core.orders import DispatchColumns, DispatchKind
from services.algo_audit.ports import Dispatched

STATE = "dispatch-events"
"""Name of the state blobs: the events as they came."""

_COLUMNS = (
    "platform",
    "worker",
    "area",
    "order_key",
    "kind",
    "event_time_ms",
    "service",
    "vehicle",
    "distance_m",
    "promised_ms",
)
_UNDERTAKEN = (DispatchKind.ACCEPTED, DispatchKind.COMPLETED, DispatchKind.CANCELLED)


class OrdersState:
    """The handler of topic dispatches. The loop's thread writes, those of audits read."""

    def __init__(self) -> None:
        self._names = {name: Names() for name in ("platform", "worker", "area")}
        self._stored: dict[int, StoredEvents] = {}
        self._lock = threading.Lock()

    def restore(self, connection: Any, partitions: Collection[TopicPartition]) -> None:
        """Load the events of partitions."""
        with self._lock:
            for _, number in partitions:
                stored = StoredEvents(STATE, number, DISPATCH, self._names, _COLUMNS)
                stored.load(connection)
                self._stored[number] = stored

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        """Drop the events of partitions."""
        with self._lock:
            for _, number in partitions:
                self._stored.pop(number, None)

    def handle(self, connection: Any, batch: Sequence[tuple[Record, EventBatch]]) -> None:
        """Add the events that say when an order was undertaken and how it ended.

        And all corrections: one of another kind replaces what was undertaken all the same.
        """
        for number, events in by_partition(batch):
            told = np.isin(events["kind"], _UNDERTAKEN) | (events["version"] > 0)
            undertaken = events.take(np.flatnonzero(told))
            with self._lock:
                self._stored[number].add(connection, undertaken)

    def dispatched(self, partitions: Collection[int]) -> Dispatched | None:
        """The events in force of exactly these partitions; None if others are in memory, or not all of them.

        Workers and platforms are numbered by their names. Figures are sums over workers, and a sum of floats
        depends on the order of its parts in the last digit: numbered as they came, the same data would be
        another audit after a restart.
        """
        with self._lock:
            if self._stored.keys() != set(partitions):
                return None
            sets = [stored.events for _, stored in sorted(self._stored.items()) if len(stored.events)]
            held = [np.flatnonzero(events.in_force()) for events in sets]
            joined = {name: _joined(sets, held, name) for name in (*_COLUMNS, "event_key")}
            platforms, platform_number = _by_name(self._names["platform"])
            _, worker_number = _by_name(self._names["worker"])
            areas = [int(self._names["area"][code]) for code in range(len(self._names["area"]))]
        columns = DispatchColumns(
            order=joined["order_key"].astype(np.uint64),
            worker=worker_number[joined["worker"]],
            platform=platform_number[joined["platform"]],
            area=np.array(areas, dtype=np.int64)[joined["area"]],
            kind=joined["kind"].astype(np.int8),
            time=joined["event_time_ms"].astype(np.int64),
            distance_m=_or_nan(joined["distance_m"]),
            promised_s=_or_nan(joined["promised_ms"]) / 1000,
            event=joined["event_key"].astype(np.uint64),
        )
        service, vehicle = (joined[name].astype(np.int64) for name in ("service", "vehicle"))
        return Dispatched(columns, service, vehicle, platforms)


def _by_name(names: Names) -> tuple[list[str], NDArray[np.int64]]:
    """(the names in order, the place in it of each code)."""
    codes = sorted(range(len(names)), key=names.__getitem__)
    place = np.empty(len(codes), dtype=np.int64)
    place[codes] = np.arange(len(codes))
    return [names[code] for code in codes], place


def _joined(sets: Sequence[EventSet], rows: Sequence[NDArray[np.intp]], column: str) -> NDArray[Any]:
    if not sets:
        return np.empty(0, dtype=np.int64)
    return np.concatenate([events[column][held] for events, held in zip(sets, rows, strict=True)])


def _or_nan(values: NDArray[Any]) -> NDArray[np.float64]:
    return np.where(values == NOT_STATED, np.nan, values.astype(np.float64))
