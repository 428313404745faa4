"""The event log in one SQLite file: for a small city, a newcomer, a test. Processes may share it.

- WAL, ``synchronous=FULL``: an appended batch is one transaction and one fsync of the WAL.
- A record's row id is ``partition id << 40 | offset``: one b-tree, each partition a range of it.
- Consumers in the same process are woken at once, those in others within ``WATCH_S``.
- Nothing is dropped: compacted topics keep everything, and retention is a promise of least, not of most.
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
from kit.eventlog.sqlite_source import OFFSET_BITS, OFFSET_MASK, SqliteSource
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
        self._closing = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name=f"watch {path.name}", daemon=True)
        self._watcher.start()

    def ensure_topics(self, topics: Iterable[Topic], partitions: int) -> None:
        """See the port."""
        with self.write(durable=True) as connection:
            for name, count, compacted, *_ in declared_topics(topics, partitions):
                existing = connection.execute(
                    "SELECT partitions FROM topic WHERE name = ?", (name,)
                ).fetchone()
                if existing:
                    check_partitions(name, count, existing[0])
                    continue
                connection.execute("INSERT INTO topic VALUES (?, ?, ?)", (name, count, compacted))
                connection.executemany(
                    "INSERT INTO partition (topic, number, next_offset) VALUES (?, ?, 0)",
                    [(name, number) for number in range(count)],
                )

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
                    next_offsets[partition] = _next_offset(connection, partition)
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
        starts: dict[int, int] = {}
        with self._lock, faults(self.path):
            for number, partition in enumerate(self.partition_ids(topic)):
                (first,) = self._connection.execute(
                    "SELECT min(id) FROM record WHERE id >= ? AND id < ?",
                    (partition << OFFSET_BITS, (partition + 1) << OFFSET_BITS),
                ).fetchone()
                empty = first is None
                starts[number] = _next_offset(self._connection, partition) if empty else first & OFFSET_MASK
        return starts

    def end_offsets(self, topic: str) -> dict[int, int]:
        """See the port."""
        self.partition_ids(topic)
        with self._lock, faults(self.path):
            rows = self._connection.execute(
                "SELECT number, next_offset FROM partition WHERE topic = ?", (topic,)
            )
            return dict(rows.fetchall())

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

    def _watch(self) -> None:
        """Announce other processes' commits; keep our members alive while they handle long batches."""
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
                    self._beat()
            except LogUnavailableError as error:
                # Whoever appends or polls is told by their own call; this thread only has to outlive the
                # trouble.
                logger.warning("watching the event log: %s", error)
                self._closing.wait(self._beat_s)

    def _beat(self) -> None:
        polled_since = time.monotonic() - self._max_poll_interval_s
        with self._lock:
            alive = [consumer.member for consumer in self._consumers if consumer.polled_at >= polled_since]
        if alive:
            expires = self.clock() + int(self.session_timeout_s * 1000)
            with self.write(durable=False) as connection:
                connection.executemany(
                    "UPDATE member SET expires_ms = ? WHERE group_name = ? AND id = ?",
                    [(expires, member.group, member.id) for member in alive],
                )


def _next_offset(connection: sqlite3.Connection, partition: int) -> int:
    (offset,) = connection.execute("SELECT next_offset FROM partition WHERE id = ?", (partition,)).fetchone()
    return int(offset)
