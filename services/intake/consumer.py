"""What intake reads: its own topics, into the archive; and which pseudonym follows which."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from google.protobuf.message import DecodeError
from sqlalchemy.engine import Connection

from kit.clock import Clock
from kit.columns import EventBatch, concat
from kit.columns.records import decode_record
from kit.directory.entries import ErasureEntry
from kit.erasure import Erased
from kit.errors import MalformedRecordError
from kit.eventlog.handler import Decode
from kit.eventlog.port import Record, TopicPartition
from kit.eventlog.topics import DISPATCHES, PSEUDONYM_LINKS, REGISTRY, WORK_SESSIONS, Topic
from kit.storage.scrubbing import Scrubbing
from quzhong.api.registry.v1 import pseudonyms_pb2
from services.intake.erasing import Erasing
from services.intake.ports import ArchiveWriter, Stretch, Succession, Successors
from services.intake.rekeying import Rekeying
from services.intake.succession import News, SharedSuccessions

READS: tuple[Topic, ...] = (WORK_SESSIONS, DISPATCHES, REGISTRY, PSEUDONYM_LINKS)
WRITES: tuple[Topic, ...] = (WORK_SESSIONS, DISPATCHES)

LINKED = (PSEUDONYM_LINKS.name,)

ARCHIVED = (WORK_SESSIONS.name, DISPATCHES.name)


_log = logging.getLogger(__name__)


def decode_events(erased: Erased) -> Decode[EventBatch]:
    """Events in the log's columns, but for those that are gone; raises as ``decode_record``."""

    def decode(record: Record) -> EventBatch:
        return erased.without(decode_record(record))

    return decode


class Archiver:
    """The handler: one segment per topic and partition of a batch. Ticking it takes out who is erased."""

    def __init__(self, archive: ArchiveWriter, erasing: Erasing, clock: Clock) -> None:
        self._archive = archive
        self._erasing = erasing
        self._clock = clock
        self._replaced: list[Path] = []

    def restore(self, connection: Connection, partitions: Collection[TopicPartition]) -> None:
        """Look through what is archived of them."""
        self._erasing.take(partitions)

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        """Look no further."""
        self._erasing.give_up(partitions)

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

    def tick(self, connection: Connection) -> None:
        """Write segments again that have somebody's events who is erased."""
        self._replaced = []
        self._replaced = self._erasing.step(connection)

    def committed(self) -> None:
        """Let go of the files that were written again, in others or without somebody."""
        self._archive.remove(self._replaced)
        self._replaced = []
        self._erasing.committed()


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

    def __init__(
        self,
        store: Successors,
        successions: SharedSuccessions,
        rekeying: Rekeying,
        erased: Erased,
        scrubbing: Scrubbing,
    ) -> None:
        """``scrubbing``: of the store that has the links."""
        self._store = store
        self._successions = successions
        self._rekeying = rekeying
        self._erased = erased
        self._scrubbing = scrubbing
        self._seen: Mapping[bytes, ErasureEntry] | None = None
        """The erasures by which links were deleted; None: go through them again."""
        self._news: News | None = None
        self._highest = 0

    def restore(self, connection: Connection, partitions: Collection[TopicPartition]) -> None:
        """Nothing to restore: links are in memory as long as the process is there."""

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        """Nothing to forget."""

    def handle(self, connection: Connection, batch: Sequence[tuple[Record, Succession]]) -> None:
        """Keep what is new, let go of what is undone. Nothing of a link is logged but that there is one."""
        said = [link for record, link in batch if not self._is_gone(record, link)]
        self._news = news = self._successions.news(said)
        self._store.part(connection, news.undone)
        self._store.put(connection, news.fresh)
        self._highest = self._store.highest_to_move(connection)
        if news.contradicting:
            _log.warning(
                "%d links of pseudonyms contradict earlier ones and are not followed", news.contradicting
            )

    def tick(self, connection: Connection) -> None:
        """Let go of the links of who is erased; their events are any worker's from then on."""
        self._news = None
        latest = self._erased.all()
        if latest is self._seen:
            return
        gone = self._store.erase(connection, lambda worker_id: self._erased.of(worker_id) is not None)
        self._successions.forget(gone.olds)
        if gone.deleted:
            self._scrubbing.deleted()
            _log.info("%d links and notes of erased pseudonyms are deleted", gone.deleted)
        self._seen = None if gone.left else latest

    def committed(self) -> None:
        """Write by them from now on, and have moved what was written before."""
        news, self._news = self._news, None
        if news is not None:
            self._successions.take(news.fresh, undone=news.undone)
            self._rekeying.part(news.undone)
            self._rekeying.move(self._highest, len(news.fresh))
        self._scrubbing.committed()

    def _is_gone(self, record: Record, link: Succession) -> bool:
        """Whether a link was said before one of its pseudonyms was erased. That one was wrong is heard still:
        the other worker's events are to be parted."""
        erased = self._erased.among((link.old, link.new)).values()
        return not link.undone and any(record.append_time_ms < each.erase_ms for each in erased)
