"""The event log as every service sees it. Adapters: ``memory``, ``sqlite``, ``kafka``.

The promises, held by one contract suite over all adapters:

1. ``append`` returns only when the records would survive a kill of the process (memory: of the log's user).
2. Within a partition, records are read in the order they were appended, offsets strictly increasing.
3. Delivery is at least once: a consumer starts where its ``RebalanceListener`` says, which is where its own
   store says its effects end. The log's own idea of a committed offset is there to watch lag by.
4. Within a group every partition has at most one owner; when members come and go, partitions move, and a
   partition is given to its next owner after ``on_revoked`` returned at the previous one (or it timed out).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from kit.eventlog.topics import Topic

MAX_RECORD_BYTES = 5 * 1024 * 1024
"""Largest key and value of one record: some 240,000 rows of an event batch in columns (21 bytes a row)."""

EVENT_ID = "event_id"
"""Header: what a consumer tells a repeated record by."""


class TopicPartition(NamedTuple):
    """One partition of one topic."""

    topic: str
    partition: int


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record to append."""

    topic: str
    value: bytes
    key: bytes | None = None
    """Compaction key and, where ``partition`` is None, what the partition is chosen by."""
    partition: int | None = None
    """Where to; None: ``kit.eventlog.partitioner`` chooses by the key (no key: by the empty key)."""
    headers: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """A record as read."""

    topic: str
    partition: int
    offset: int
    value: bytes
    key: bytes | None
    headers: Mapping[str, bytes]
    append_time_ms: int
    """When the log took it, epoch milliseconds."""

    @property
    def source(self) -> TopicPartition:
        """Where it was read."""
        return TopicPartition(self.topic, self.partition)


class RebalanceListener(Protocol):
    """What a group member does when partitions come and go.

    Called while ``poll`` or ``close`` waits; ``on_revoked`` perhaps by the log client's own thread (Kafka).
    """

    def on_assigned(self, partitions: Collection[TopicPartition]) -> Mapping[TopicPartition, int]:
        """Take ownership; answer the offset to read next, for each partition (0 if never read)."""
        ...

    def on_revoked(self, partitions: Collection[TopicPartition]) -> None:
        """Give ownership up; nothing of these partitions may be committed afterwards."""
        ...


class Consumer(Protocol):
    """A member of a consumer group. Used by one thread; ``wake`` may be called from any."""

    def poll(self, max_records: int, timeout_s: float) -> list[Record]:
        """Up to ``max_records`` records, per partition in order; an empty list after ``timeout_s`` seconds.

        Raises:
            LogUnavailableError: (retryable) if the log cannot give records.
            Exception: whatever the listener raised; close this consumer then and join again.
        """
        ...

    def assignment(self) -> frozenset[TopicPartition]:
        """What this member owns now."""
        ...

    def seek(self, positions: Mapping[TopicPartition, int]) -> None:
        """Read on from these offsets; partitions that are not owned (any more) are passed over."""
        ...

    def mirror(self, positions: Mapping[TopicPartition, int]) -> None:
        """Tell the log where the store's positions are, so that lag can be watched. Never read back."""
        ...

    def wake(self) -> None:
        """Make a waiting ``poll`` return."""
        ...

    def close(self) -> None:
        """Leave the group, giving partitions up in order."""
        ...


class Reader(Protocol):
    """Reads all partitions of one topic from the beginning, outside any group: for read models."""

    def poll(self, timeout_s: float) -> list[Record]:
        """What is new since the last call, or its first part; an empty list after ``timeout_s`` seconds."""
        ...

    def position(self) -> dict[int, int]:
        """The offset to be read next, per partition: at ``EventLog.end_offsets`` everything has been read."""
        ...

    def close(self) -> None: ...


class EventLog(Protocol):
    """A log of topics, partitions and records."""

    def ensure_topics(self, topics: Iterable[Topic], partitions: int) -> None:
        """Create what is missing: scaled topics with ``partitions`` partitions, the others with one.

        Each gets its dead-letter topic (one partition).

        Raises:
            PartitionCountError: if a scaled topic exists with another count, which is fixed at creation.
        """
        ...

    def partition_count(self, topic: str) -> int:
        """How many partitions a topic has.

        Raises:
            NotFoundError: if the topic does not exist.
        """
        ...

    def append(self, records: Sequence[NewRecord]) -> list[int]:
        """Append all, durably, and answer their offsets.

        Raises:
            LogUnavailableError: (retryable) if the log cannot take them; none, some or all may have been
            taken. NotFoundError: if a topic, or a partition named, does not exist; none were taken.
            BatchTooLargeError: if a record is larger than ``MAX_RECORD_BYTES``; none were taken.
        """
        ...

    def consumer(self, group: str, topics: Sequence[str], listener: RebalanceListener) -> Consumer:
        """Join a group."""
        ...

    def reader(self, topic: str) -> Reader:
        """Read a topic whole."""
        ...

    def read(self, source: TopicPartition, start: int, end: int) -> Iterator[Record]:
        """Go back to what was appended: the records with ``start <= offset < end``, outside any group.

        They come in portions, so that a long range is not held in memory at once, and end where the log ended
        at the call: nothing is waited for. The other promises hold while an iterator is left half read.

        Raises:
            OffsetGoneError: at the call, or on the way if it happens then: retention has dropped ``start``.
            ``metadata["first"]`` is the first offset there is.
            NotFoundError: if there is no such partition.
            LogUnavailableError: (retryable) if the log cannot give records.
        """
        ...

    def start_offsets(self, topic: str) -> dict[int, int]:
        """The offset of the first record there is, per partition; without any, that of the next to come."""
        ...

    def end_offsets(self, topic: str) -> dict[int, int]:
        """The offset the next record will get, per partition."""
        ...

    def close(self) -> None: ...
