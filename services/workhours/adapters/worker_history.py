"""One worker's events, read back from the log: their partition of each topic, first record to last."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kit.columns import EventBatch, concat, in_force, statement_keys
from kit.columns.records import decode_record
from kit.errors import MalformedRecordError, OffsetGoneError
from kit.eventlog.handler import Decode
from kit.eventlog.partitioner import partition_of
from kit.eventlog.port import EventLog, TopicPartition
from kit.eventlog.topics import DISPATCHES, WORK_SESSIONS, Topic
from kit.storage.store import Store
from services.workhours.core.work_events import DispatchKind
from services.workhours.core.work_sessions import SessionEvent
from services.workhours.core.worker_timeline import DispatchEvent
from services.workhours.ports import Watermarks, WorkerEvents


class LogWorkerHistory:
    """``WorkerHistory``. Threads may share it."""

    def __init__(
        self,
        log: EventLog,
        store: Store,
        watermarks: Watermarks,
        decode: Decode[EventBatch] = decode_record,
    ) -> None:
        self._log = log
        self._store = store
        self._watermarks = watermarks
        self._decode = decode

    def events(self, worker_id: str, from_ms: int, to_ms: int) -> WorkerEvents:
        """See the port."""
        partition = partition_of(worker_id.encode(), self._log.partition_count(DISPATCHES.name))
        rows, whole = self._holding(DISPATCHES, partition, worker_id)
        dispatches = [] if rows is None else _dispatches(rows)
        rows, _ = self._holding(WORK_SESSIONS, partition, worker_id)
        sessions = [] if rows is None else _sessions(rows)
        with self._store.read() as connection:
            watermark_ms = self._watermarks.load(connection, partition)
        return WorkerEvents(
            dispatches=tuple(each for each in dispatches if from_ms <= each.time_ms < to_ms),
            known_until_ms=max([watermark_ms, *(each.time_ms for each in dispatches)]),
            whole=whole,
            sessions=tuple(each for each in sessions if from_ms <= each.time_ms < to_ms),
        )

    def _holding(self, topic: Topic, partition: int, worker_id: str) -> tuple[EventBatch | None, bool]:
        """The worker's rows that hold, each once (None: there are none), and whether the log is whole."""
        while True:
            first = self._log.start_offsets(topic.name)[partition]
            try:
                parts = list(self._parts(TopicPartition(topic.name, partition), first, worker_id))
                break
            except OffsetGoneError:
                continue  # retention came by while we read: begin anew where the log begins now
        if not parts:
            return None, first == 0
        batch = concat(parts)
        _, once = np.unique(statement_keys(batch["event_key"], batch["version"]), return_index=True)
        batch = batch.take(np.sort(once))
        holds = in_force(batch["event_key"], batch["version"], batch["deleted"])
        return batch.take(np.flatnonzero(holds)), first == 0

    def _parts(self, source: TopicPartition, first: int, worker_id: str) -> Iterator[EventBatch]:
        """The worker's rows, record by record."""
        end = self._log.end_offsets(source.topic)[source.partition]
        for record in self._log.read(source, first, end):
            try:
                batch = self._decode(record)
            except MalformedRecordError:
                continue  # the consumer has sent it to the dead-letter topic
            workers = batch.dictionaries["worker"]
            if worker_id in workers:
                rows = np.flatnonzero(batch["worker"] == workers.index(worker_id))
                yield batch.take(rows)


def _dispatches(batch: EventBatch) -> list[DispatchEvent]:
    """What tells of the worker's time: complaints do not."""
    events = map(
        DispatchEvent,
        batch["event_time_ms"].tolist(),
        batch.names("platform").tolist(),
        batch.texts["event_ids"],
        batch.texts["order_ids"],
        batch["kind"].tolist(),
        batch["service"].tolist(),
        batch.names("area").tolist(),
        batch["version"].tolist(),
    )
    return sorted(
        (event for event in events if event.kind != DispatchKind.COMPLAINED), key=lambda event: event.place
    )


def _sessions(batch: EventBatch) -> list[SessionEvent]:
    events = map(
        SessionEvent,
        batch["event_time_ms"].tolist(),
        batch.names("platform").tolist(),
        batch.texts["event_ids"],
        batch["kind"].tolist(),
        batch.names("area").tolist(),
        batch["version"].tolist(),
    )
    return sorted(events, key=lambda event: event.place)
