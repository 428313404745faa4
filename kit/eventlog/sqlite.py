"""The event log in one SQLite file: for a small city, a newcomer, a test. Processes may share it.

- WAL, ``synchronous=FULL``: an appended batch is one transaction and one fsync of the WAL.
- A record's row id is ``partition id << 40 | offset``: one b-tree, each partition a range of it.
- Consumers in the same process are woken at once, those in others within ``WATCH_S``.
- Records go when their topic's retention is over (``sqlite_retention``); compacted topics keep everything.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kit.clock import Clock, system_clock
from kit.errors import LogUnavailableError, NotFoundError
from kit.eventlog import headers
from kit.eventlog.declared import check_partitions, declared_topics
from kit.eventlog.local import Changes, LocalConsumer, LocalReader, read_range
from kit.eventlog.partitioner import place
from kit.eventlog.port import NewRecord, RebalanceListener, Record, TopicPartition
from kit.eventlog.ranges import require_range
from kit.eventlog.sqlite_file import connect, faults
from kit.eventlog.sqlite_retention import Retention
from kit.eventlog.sqlite_source import OFFSET_BITS, SqliteSource, next_offset, start_offsets
from kit.eventlog.topics import Topic

WATCH_S = 0.005
"""How often other processes' changes are looked for: a quarter of the 20 ms from append to poll; a look
costs some 10 µs."""

logger = logging.getLogger(__name__)


class SqliteEventLog:
    """Implements ``kit.eventlog.port.EventLog``."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock = system_clock,
        session_timeout_s: float = 10.0,
        max_poll_interval_s: float = 300.0,
        busy_timeout_s: float = 10.0,
    ) -> None:
        """Open the file, creating it where missing.

        A group member loses its partitions when its process has been gone for ``session_timeout_s`` seconds,
        or it has not polled for ``max_poll_interval_s`` seconds. ``busy_timeout_s``: longest wait for
        another process.

        Raises:
            LogUnavailableError: if the file cannot be opened or is not a log.
        """
        self.path = path
        self.clock = clock
        self.session_timeout_s = session_timeout_s
        self.changes = Changes()
        self._max_poll_interval_s = max_poll_interval_s
        self._beat_s = min(session_timeout_s, max_poll_interval_s) / 3
        self._busy_timeout_s = busy_timeout_s
        self._lock = threading.RLock()
        self._partition_ids: dict[str, tuple[int, ...]] = {}
        self._consumers: weakref.WeakSet[LocalConsumer] = weakref.WeakSet()
        self._connection = connect(path, busy_timeout_s)
        self._durable = True
        self._retention = Retention(self)
        self._closing = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name=f"watch {path.name}", daemon=True)
        self._watcher.start()

    def ensure_topics(self, topics: Iterable[Topic], partitions: int) -> None:
        """See the port."""
        declared = list(declared_topics(topics, partitions))
        with self.write(durable=True) as connection:
            for topic in declared:
                existing = connection.execute(
                    "SELECT partitions FROM topic WHERE name = ?", (topic.name,)
                ).fetchone()
                if existing:
                    check_partitions(topic.name, topic.partitions, existing[0])
                    continue
                connection.execute(
                    "INSERT INTO topic VALUES (?, ?, ?)", (topic.name, topic.partitions, topic.compacted)
                )
                connection.executemany(
                    "INSERT INTO partition (topic, number, next_offset) VALUES (?, ?, 0)",
                    [(topic.name, number) for number in range(topic.partitions)],
                )
        for topic in declared:
            self._retention.declare(topic)

    def partition_count(self, topic: str) -> int:
        """See the port."""
        return len(self.partition_ids(topic))

    def partition_ids(self, topic: str) -> tuple[int, ...]:
        """Row ids of a topic's partitions, by number. They never change, so they are read once."""
        with self._lock:
            if topic not in self._partition_ids:
                with faults(self.path):
                    rows = self._connection.execute(
                        "SELECT id FROM partition WHERE topic = ? ORDER BY number", (topic,)
                    ).fetchall()
                if not rows:
                    raise NotFoundError(
                        f"topic {topic} does not exist in {self.path}; call ensure_topics first"
                    )
                self._partition_ids[topic] = tuple(row[0] for row in rows)
            return self._partition_ids[topic]

    def append(self, records: Sequence[NewRecord]) -> list[int]:
        """See the port. All or none are taken."""
        if not records:
            return []
        offsets: list[int] = []
        rows: list[tuple[int, int, bytes | None, bytes, bytes]] = []
        next_offsets: dict[int, int] = {}
        with self.write(durable=True) as connection:
            now = self.clock()
            for record in records:
                partition = self._place(record)
                if partition not in next_offsets:
                    next_offsets[partition] = next_offset(connection, partition)
                offset = next_offsets[partition]
                next_offsets[partition] = offset + 1
                offsets.append(offset)
                rows.append(
                    (
                        partition << OFFSET_BITS | offset,
                        now,
                        record.key,
                        headers.pack(record.headers),
                        record.value,
                    )
                )
            connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?)", rows)
            connection.executemany(
                "UPDATE partition SET next_offset = ? WHERE id = ?",
                [(offset, partition) for partition, offset in next_offsets.items()],
            )
        self.changes.announce()
        return offsets

    def _place(self, record: NewRecord) -> int:
        partitions = self.partition_ids(record.topic)
        return partitions[place(record, len(partitions))]

    def consumer(self, group: str, topics: Sequence[str], listener: RebalanceListener) -> LocalConsumer:
        """See the port."""
        consumer = LocalConsumer(self._source(), self.changes, group, topics, listener, beat_s=self._beat_s)
        with self._lock:
            self._consumers.add(consumer)
        return consumer

    def reader(self, topic: str) -> LocalReader:
        """See the port."""
        return LocalReader(self._source(), self.changes, topic, self.partition_count(topic))

    def _source(self) -> SqliteSource:
        return SqliteSource(self, connect(self.path, self._busy_timeout_s))

    def read(self, source: TopicPartition, start: int, end: int) -> Iterator[Record]:
        """See the port."""
        topic = source.topic
        stop = require_range(source, start, end, self.start_offsets(topic), self.end_offsets(topic))
        return self._read(source, start, stop)

    def _read(self, source: TopicPartition, start: int, stop: int) -> Iterator[Record]:
        if start < stop:  # a connection only once it is read from: an iterator may be dropped unread
            yield from read_range(
                self._source(),
                source,
                start,
                stop,
                lambda: self.start_offsets(source.topic)[source.partition],
            )

    def start_offsets(self, topic: str) -> dict[int, int]:
        """See the port."""
        partitions = self.partition_ids(topic)
        with self._lock, faults(self.path):
            return start_offsets(self._connection, partitions)

    def end_offsets(self, topic: str) -> dict[int, int]:
        """See the port."""
        self.partition_ids(topic)
        with self._lock, faults(self.path):
            rows = self._connection.execute(
                "SELECT number, next_offset FROM partition WHERE topic = ?", (topic,)
            )
            return dict(rows.fetchall())

    def drop_expired(self) -> int:
        """Drop now what is due, which otherwise happens by itself within the hour; answers how many records.

        Due is what the topics declared by ``ensure_topics`` have kept for their ``retention_days``.

        Raises:
            LogUnavailableError: (retryable) if the file cannot be written; some may have been dropped.
        """
        return self._retention.drop_all()

    def is_scrubbed(self) -> bool:
        """Whether the files hold nothing of what this process has dropped, or an earlier one."""
        return self._retention.overwritten

    def close(self) -> None:
        """See the port."""
        self._closing.set()
        self._watcher.join()
        with self._lock, faults(self.path):
            self._connection.close()

    @contextmanager
    def write(self, *, durable: bool) -> Iterator[sqlite3.Connection]:
        """One write transaction. Not ``durable`` (members, mirrored positions): no fsync, a kill may undo it.

        One connection serves all of this process, so that its threads queue at a lock rather than in SQLite's
        sleeping busy handler, and so that ``data_version`` tells other processes' commits from our own.
        """
        with self._lock, faults(self.path):
            connection = self._connection
            if durable != self._durable:
                connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                self._durable = durable
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def alone(self, busy_timeout_s: float) -> Iterator[sqlite3.Connection]:
        """The connection outside any transaction, for what cannot be in one. This process's threads wait;
        other processes are waited for no longer than this."""
        with self._lock, faults(self.path):
            self._connection.execute(f"PRAGMA busy_timeout = {int(busy_timeout_s * 1000)}")
            try:
                yield self._connection
            finally:
                self._connection.execute(f"PRAGMA busy_timeout = {int(self._busy_timeout_s * 1000)}")

    def _watch(self) -> None:
        """Announce other processes' commits; keep our members alive while they handle long batches; let go of
        what is kept no longer."""
        version: int | None = None
        next_beat = time.monotonic() + self._beat_s
        while not self._closing.wait(WATCH_S):
            try:
                with self._lock, faults(self.path):
                    (seen,) = self._connection.execute("PRAGMA data_version").fetchone()
                if seen != version:
                    version = seen
                    self.changes.announce()
                if time.monotonic() >= next_beat:
                    next_beat = time.monotonic() + self._beat_s
                    self.stay(self.session_timeout_s)
                self._retention.look()
            except LogUnavailableError as error:
                # Whoever appends or polls is told by their own call; this thread only has to outlive the
                # trouble.
                logger.warning("watching the event log: %s", error)
                self._closing.wait(self._beat_s)

    def stay(self, for_s: float) -> None:
        """Let this process's members count as alive for so long, if they have polled of late."""
        polled_since = time.monotonic() - self._max_poll_interval_s
        with self._lock:
            alive = [consumer.member for consumer in self._consumers if consumer.polled_at >= polled_since]
        if alive:
            expires = self.clock() + int(for_s * 1000)
            with self.write(durable=False) as connection:
                connection.executemany(
                    "UPDATE member SET expires_ms = ? WHERE group_name = ? AND id = ?",
                    [(expires, member.group, member.id) for member in alive],
                )
