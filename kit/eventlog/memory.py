"""The event log in this process's memory: for tests of services, and as the model of the other adapters.

Lives as long as the object. A "kill" is the end of a user of the log, not of the log.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kit.clock import Clock, system_clock
from kit.errors import NotFoundError
from kit.eventlog.declared import check_partitions, declared_topics
from kit.eventlog.groups import Settlement, settle
from kit.eventlog.local import POLL_BYTES, Changes, LocalConsumer, LocalReader, Member, read_range
from kit.eventlog.partitioner import place
from kit.eventlog.port import NewRecord, RebalanceListener, Record, TopicPartition
from kit.eventlog.ranges import require_range
from kit.eventlog.topics import Topic


@dataclass(slots=True)
class _Group:
    generation: int = 0
    expires: dict[str, float] = field(default_factory=dict)
    """Member id -> monotonic seconds after which it counts as gone."""
    claims: dict[TopicPartition, str] = field(default_factory=dict)
    mirrored: dict[TopicPartition, int] = field(default_factory=dict)


class MemoryEventLog:
    """Implements ``kit.eventlog.port.EventLog``. Nothing is dropped: no process that has only this lives for
    the weeks of a topic's retention, and a record's offset is its place in a list."""

    def __init__(self, *, clock: Clock = system_clock, max_poll_interval_s: float = 300.0) -> None:
        """A member that has not polled for ``max_poll_interval_s`` seconds loses its partitions."""
        self._clock = clock
        self._max_poll_interval_s = max_poll_interval_s
        self._lock = threading.Lock()
        self._changes = Changes()
        self._partitions: dict[str, list[list[Record]]] = {}
        self._groups: dict[str, _Group] = {}

    def ensure_topics(self, topics: Iterable[Topic], partitions: int) -> None:
        """See the port."""
        with self._lock:
            for name, count, *_ in declared_topics(topics, partitions):
                existing = self._partitions.setdefault(name, [[] for _ in range(count)])
                check_partitions(name, count, len(existing))

    def partition_count(self, topic: str) -> int:
        """See the port."""
        return len(self._records(topic))

    def append(self, records: Sequence[NewRecord]) -> list[int]:
        """See the port."""
        offsets: list[int] = []
        with self._lock:
            now = self._clock()
            places = [self._place(record) for record in records]
            for record, (number, partition) in zip(records, places, strict=True):
                offsets.append(len(partition))
                partition.append(
                    Record(
                        record.topic,
                        number,
                        len(partition),
                        record.value,
                        record.key,
                        dict(record.headers),
                        now,
                    )
                )
        self._changes.announce()
        return offsets

    def _place(self, record: NewRecord) -> tuple[int, list[Record]]:
        partitions = self._records(record.topic)
        number = place(record, len(partitions))
        return number, partitions[number]

    def _records(self, topic: str) -> list[list[Record]]:
        if topic not in self._partitions:
            raise NotFoundError(f"topic {topic} does not exist; call ensure_topics first")
        return self._partitions[topic]

    def consumer(self, group: str, topics: Sequence[str], listener: RebalanceListener) -> LocalConsumer:
        """See the port."""
        beat_s = self._max_poll_interval_s / 3
        return LocalConsumer(_MemorySource(self), self._changes, group, topics, listener, beat_s=beat_s)

    def reader(self, topic: str) -> LocalReader:
        """See the port."""
        return LocalReader(_MemorySource(self), self._changes, topic, self.partition_count(topic))

    def read(self, source: TopicPartition, start: int, end: int) -> Iterator[Record]:
        """See the port."""
        topic = source.topic
        stop = require_range(source, start, end, self.start_offsets(topic), self.end_offsets(topic))
        return read_range(_MemorySource(self), source, start, stop, lambda: 0)

    def start_offsets(self, topic: str) -> dict[int, int]:
        """See the port. Memory keeps everything."""
        return dict.fromkeys(range(self.partition_count(topic)), 0)

    def end_offsets(self, topic: str) -> dict[int, int]:
        """See the port."""
        return {number: len(partition) for number, partition in enumerate(self._records(topic))}

    def mirrored(self, group: str) -> dict[TopicPartition, int]:
        """Where the group says its positions are: for those who watch lag."""
        with self._lock:
            return dict(self._groups[group].mirrored) if group in self._groups else {}

    def close(self) -> None:
        """Nothing to give back."""


class _MemorySource:
    """The log as one consumer or reader sees it. Implements ``kit.eventlog.local.Source``."""

    def __init__(self, log: MemoryEventLog) -> None:
        self._log = log
        self._turn = 0

    def generation(self, group: str) -> int:
        with self._log._lock:
            return self._group(group).generation

    def settle(self, member: Member) -> Settlement:
        now = time.monotonic()
        topics = {topic: self._log.partition_count(topic) for topic in member.topics}
        with self._log._lock:
            group = self._group(member.group)
            before = set(group.expires)
            group.expires[member.id] = now + self._log._max_poll_interval_s
            group.expires = {name: until for name, until in group.expires.items() if until > now}
            group.claims = {what: owner for what, owner in group.claims.items() if owner in group.expires}
            partitions = [TopicPartition(t, number) for t, count in topics.items() for number in range(count)]
            settlement = settle(member.id, group.expires, partitions, group.claims)
            group.claims.update(dict.fromkeys(settlement.gained, member.id))
            changed = before != set(group.expires)
            group.generation += changed
        if changed:
            self._log._changes.announce()
        return settlement

    def release(self, member: Member, partitions: Collection[TopicPartition]) -> None:
        with self._log._lock:
            group = self._group(member.group)
            for partition in partitions:
                if group.claims.get(partition) == member.id:
                    del group.claims[partition]
            group.generation += 1
        self._log._changes.announce()

    def leave(self, member: Member) -> None:
        with self._log._lock:
            group = self._group(member.group)
            group.expires.pop(member.id, None)
            group.claims = {what: owner for what, owner in group.claims.items() if owner != member.id}
            group.generation += 1
        self._log._changes.announce()

    def read(self, cursors: Mapping[TopicPartition, int], max_records: int) -> list[Record]:
        self._turn += 1
        order = sorted(cursors)
        records: list[Record] = []
        size = 0
        for index in range(len(order)):
            # Begin with another partition each time, so that a busy one does not starve the rest.
            source = order[(index + self._turn) % len(order)]
            partition = self._log._records(source.topic)[source.partition]
            for record in partition[cursors[source] : cursors[source] + max_records - len(records)]:
                records.append(record)
                size += len(record.value)
                if size >= POLL_BYTES:
                    return records
        return records

    def start_offsets(self, topic: str) -> dict[int, int]:
        return self._log.start_offsets(topic)

    def mirror(self, group: str, positions: Mapping[TopicPartition, int]) -> None:
        with self._log._lock:
            self._group(group).mirrored.update(positions)

    def close(self) -> None:
        """Nothing to give back."""

    def _group(self, name: str) -> _Group:
        return self._log._groups.setdefault(name, _Group())
