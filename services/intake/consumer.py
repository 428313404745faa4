"""What intake reads: its own topics, into the archive."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from sqlalchemy.engine import Connection

from kit.clock import Clock
from kit.columns import EventBatch, concat
from kit.eventlog.port import Record, TopicPartition
from kit.eventlog.topics import DISPATCHES, REGISTRY, WORK_SESSIONS, Topic
from services.intake.ports import ArchiveWriter, Stretch

READS: tuple[Topic, ...] = (WORK_SESSIONS, DISPATCHES, REGISTRY)
WRITES: tuple[Topic, ...] = (WORK_SESSIONS, DISPATCHES)

ARCHIVED = (WORK_SESSIONS.name, DISPATCHES.name)


class Archiver:
    """The handler: one segment per topic and partition of a batch. It keeps no state of its own."""

    def __init__(self, archive: ArchiveWriter, clock: Clock) -> None:
        self._archive = archive
        self._clock = clock
        self._replaced: list[Path] = []

    def restore(self, connection: Connection, partitions: Collection[TopicPartition]) -> None:
        """Nothing to restore."""

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        """Nothing to forget."""

    def handle(self, connection: Connection, batch: Sequence[tuple[Record, EventBatch]]) -> None:
        """Write the batch's segments."""
        self._replaced = []
        grouped: dict[TopicPartition, list[tuple[Record, EventBatch]]] = {}
        for record, events in batch:
            if len(events):
                grouped.setdefault(record.source, []).append((record, events))
        for source, pairs in sorted(grouped.items()):
            records, batches = zip(*pairs, strict=True)
            stretch = Stretch(*source, records[0].offset, records[-1].offset)
            self._replaced += self._archive.write(connection, stretch, concat(batches), self._clock())

    def committed(self) -> None:
        """Let go of the files that were merged into others."""
        self._archive.remove(self._replaced)
        self._replaced = []
