"""Group member and reader of the logs that live on this machine (memory, SQLite): one poll loop for both."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kit.eventlog.groups import Settlement
from kit.eventlog.port import RebalanceListener, Record, TopicPartition
from kit.eventlog.ranges import require_kept

READER_RECORDS = 10_000
"""Most records one ``Reader.poll`` answers, so that a long topic is not held in memory at once."""

POLL_BYTES = 32 * 1024 * 1024
"""A poll stops once it has this much: 500 records of 4 MB each are not wanted in memory at once."""


@dataclass(frozen=True, slots=True)
class Member:
    """One consumer within its group."""

    group: str
    id: str
    topics: tuple[str, ...]


class Changes:
    """Tells the consumers of one process that something has changed: records, members, or a wish to wake."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._count = 0

    @property
    def count(self) -> int:
        """How many changes there were. Read it before looking: no change then falls between look and wait."""
        return self._count

    def announce(self) -> None:
        """Wake everybody who waits."""
        with self._condition:
            self._count += 1
            self._condition.notify_all()

    def wait(self, seen: int, timeout_s: float) -> None:
        """Return at the first change after ``seen``, or after ``timeout_s`` seconds."""
        with self._condition:
            self._condition.wait_for(lambda: self._count != seen, timeout_s)


class Source(Protocol):
    """What the poll loop needs of a log."""

    def generation(self, group: str) -> int:
        """Changes whenever a member comes, goes or gives a partition up."""
        ...

    def settle(self, member: Member) -> Settlement:
        """In one step: note that the member lives, drop who timed out, claim what it gains."""
        ...

    def release(self, member: Member, partitions: Collection[TopicPartition]) -> None:
        """Drop claims, so that others may take them."""
        ...

    def leave(self, member: Member) -> None:
        """Drop the member and all its claims."""
        ...

    def read(self, cursors: Mapping[TopicPartition, int], max_records: int) -> list[Record]:
        """Records from these offsets on, per partition in order, up to ``POLL_BYTES``."""
        ...

    def start_offsets(self, topic: str) -> Mapping[int, int]:
        """As ``EventLog.start_offsets``."""
        ...

    def mirror(self, group: str, positions: Mapping[TopicPartition, int]) -> None:
        """Note positions for whoever watches lag."""
        ...

    def close(self) -> None: ...


class LocalConsumer:
    """A group member over a ``Source``. Implements ``kit.eventlog.port.Consumer``."""

    def __init__(
        self,
        source: Source,
        changes: Changes,
        group: str,
        topics: Sequence[str],
        listener: RebalanceListener,
        *,
        beat_s: float,
    ) -> None:
        self.member = Member(group, secrets.token_hex(8), tuple(topics))
        self.polled_at = time.monotonic()
        self._source = source
        self._changes = changes
        self._listener = listener
        self._beat_s = beat_s
        self._next_beat = 0.0
        self._generation = -1
        self._cursors: dict[TopicPartition, int] = {}
        self._woken = threading.Event()

    def poll(self, max_records: int, timeout_s: float) -> list[Record]:
        """See the port."""
        deadline = time.monotonic() + timeout_s
        while True:
            seen = self._changes.count
            self.polled_at = time.monotonic()
            self._settle_when_due()
            records = self._source.read(self._cursors, max_records)
            for record in records:
                self._cursors[record.source] = record.offset + 1
            remaining = deadline - time.monotonic()
            if records or self._woken.is_set() or remaining <= 0:
                self._woken.clear()
                return records
            self._changes.wait(seen, min(remaining, self._beat_s))

    def _settle_when_due(self) -> None:
        # Read before settling: a change while settling makes the next poll settle again.
        generation = self._source.generation(self.member.group)
        now = time.monotonic()
        if generation == self._generation and now < self._next_beat:
            return
        settlement = self._source.settle(self.member)
        self._generation, self._next_beat = generation, now + self._beat_s
        lost = self._cursors.keys() - settlement.held
        if lost:
            self._revoke(lost)
        if settlement.surplus:
            self._revoke(settlement.surplus & self._cursors.keys())
            self._source.release(self.member, settlement.surplus)
        if settlement.gained:
            self._take(settlement.gained)

    def _take(self, partitions: frozenset[TopicPartition]) -> None:
        try:
            self._cursors.update(self._listener.on_assigned(partitions))
        except BaseException:
            self._source.release(self.member, partitions)
            raise

    def _revoke(self, partitions: Collection[TopicPartition]) -> None:
        given_up = frozenset(partitions)
        self._listener.on_revoked(given_up)
        for partition in given_up:
            del self._cursors[partition]

    def assignment(self) -> frozenset[TopicPartition]:
        """See the port."""
        return frozenset(self._cursors)

    def seek(self, positions: Mapping[TopicPartition, int]) -> None:
        """See the port."""
        for partition in positions.keys() & self._cursors.keys():
            self._cursors[partition] = positions[partition]

    def mirror(self, positions: Mapping[TopicPartition, int]) -> None:
        """See the port."""
        self._source.mirror(self.member.group, positions)

    def wake(self) -> None:
        """See the port."""
        self._woken.set()
        self._changes.announce()

    def close(self) -> None:
        """See the port."""
        try:
            if self._cursors:
                self._revoke(self._cursors.keys())
        finally:
            try:
                self._source.leave(self.member)
            finally:
                self._source.close()


class LocalReader:
    """Reads one topic whole over a ``Source``. Implements ``kit.eventlog.port.Reader``."""

    def __init__(self, source: Source, changes: Changes, topic: str, partitions: int) -> None:
        self._source = source
        self._changes = changes
        self._topic = topic
        self._cursors = {TopicPartition(topic, number): 0 for number in range(partitions)}

    def poll(self, timeout_s: float) -> list[Record]:
        """See the port."""
        deadline = time.monotonic() + timeout_s
        while True:
            seen = self._changes.count
            records = self._source.read(self._cursors, READER_RECORDS)
            for record in records:
                self._cursors[record.source] = record.offset + 1
            remaining = deadline - time.monotonic()
            if records or remaining <= 0:
                return records
            self._changes.wait(seen, remaining)

    def position(self) -> dict[int, int]:
        """See the port. What retention has dropped is not to be read any more."""
        first = self._source.start_offsets(self._topic)
        return {
            source.partition: max(offset, first[source.partition]) for source, offset in self._cursors.items()
        }

    def close(self) -> None:
        """See the port."""
        self._source.close()


def read_range(
    source: Source, partition: TopicPartition, start: int, stop: int, first: Callable[[], int]
) -> Iterator[Record]:
    """The records with ``start <= offset < stop``, in portions; closes the source.

    ``first`` answers the first offset there is now. Raises OffsetGoneError if that overtakes the reading.
    """
    try:
        while start < stop:
            portion = source.read({partition: start}, min(READER_RECORDS, stop - start))
            if not portion or portion[0].offset > start:  # compacted, or gone: only the first offset tells
                require_kept(partition, start, first())
            for record in portion:
                if record.offset >= stop:
                    return
                yield record
            if not portion:
                return
            start = portion[-1].offset + 1
    finally:
        source.close()
