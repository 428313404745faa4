"""What intake reads: its own topics, into the archive; and which pseudonym follows which."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from pathlib import Path

from google.protobuf.message import DecodeError
from sqlalchemy.engine import Connection

from kit.clock import Clock
from kit.columns import EventBatch, concat
from kit.errors import MalformedRecordError
from kit.eventlog.port import Record, TopicPartition
from kit.eventlog.topics import DISPATCHES, PSEUDONYM_LINKS, REGISTRY, WORK_SESSIONS, Topic
from quzhong.api.registry.v1 import pseudonyms_pb2
from services.intake.ports import ArchiveWriter, Stretch, Succession, Successors
from services.intake.rekeying import Rekeying
from services.intake.succession import News, SharedSuccessions

READS: tuple[Topic, ...] = (WORK_SESSIONS, DISPATCHES, REGISTRY, PSEUDONYM_LINKS)
WRITES: tuple[Topic, ...] = (WORK_SESSIONS, DISPATCHES)

LINKED = (PSEUDONYM_LINKS.name,)

ARCHIVED = (WORK_SESSIONS.name, DISPATCHES.name)


_log = logging.getLogger(__name__)


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


def decode_link(record: Record) -> Succession:
    """A link of pseudonyms.

    Raises:
        MalformedRecordError: if the record holds none.
    """
    message = pseudonyms_pb2.PseudonymSuccession()
    try:
        message.ParseFromString(record.value)
    except DecodeError as error:
        raise MalformedRecordError(f"value: not a PseudonymSuccession: {error}") from error
    if not message.old_pseudonym or not message.new_pseudonym:
        raise MalformedRecordError("value: a PseudonymSuccession without one of its pseudonyms")
    forget_ms = message.forget_time.ToMilliseconds() if message.HasField("forget_time") else None
    undone = message.HasField("undo_time")
    return Succession(message.old_pseudonym, message.new_pseudonym, forget_ms, undone)


class LinkTaker:
    """The handler of links: kept with the reader's position, in force once that is durable, then moved by."""

    def __init__(self, store: Successors, successions: SharedSuccessions, rekeying: Rekeying) -> None:
        self._store = store
        self._successions = successions
        self._rekeying = rekeying
        self._news = News([], [], 0)
        self._highest = 0

    def restore(self, connection: Connection, partitions: Collection[TopicPartition]) -> None:
        """Nothing to restore: links are in memory as long as the process is there."""

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        """Nothing to forget."""

    def handle(self, connection: Connection, batch: Sequence[tuple[Record, Succession]]) -> None:
        """Keep what is new, let go of what is undone. Nothing of a link is logged but that there is one."""
        self._news = news = self._successions.news([link for _, link in batch])
        self._store.part(connection, news.undone)
        self._store.put(connection, news.fresh)
        self._highest = self._store.highest_to_move(connection)
        if news.contradicting:
            _log.warning(
                "%d links of pseudonyms contradict earlier ones and are not followed", news.contradicting
            )

    def committed(self) -> None:
        """Write by them from now on, and have moved what was written before."""
        news, self._news = self._news, News([], [], 0)
        self._successions.take(news.fresh, undone=news.undone)
        self._rekeying.part(news.undone)
        self._rekeying.move(self._highest, len(news.fresh))
