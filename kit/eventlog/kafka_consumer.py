"""Group members and readers on Apache Kafka.

kafka-python calls rebalance listeners on its I/O thread, which also sends heartbeats, while ``poll`` waits.
Restoring a partition's state may take long, so only giving up happens there. What comes is paused there, and
taken over by the polling thread: claim, restore, seek, resume.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import kafka
from kafka import errors as kafka_errors
from kafka.coordinator.assignors.range import RangePartitionAssignor
from kafka.structs import OffsetAndMetadata

from kit.errors import LogUnavailableError
from kit.eventlog.port import MAX_RECORD_BYTES, RebalanceListener, Record, TopicPartition

SLICE_S = 0.1
"""How long kafka-python is waited for at a time: nothing wakes it, not even partitions that come."""

CLOSE_MS = 5_000
"""Longest wait for a broker that is away when leaving; the session's time-out does the rest."""

logger = logging.getLogger(__name__)


class KafkaGroupMember:
    """Implements ``kit.eventlog.port.Consumer``."""

    def __init__(
        self, address: str, group: str, topics: Sequence[str], listener: RebalanceListener, **settings: Any
    ) -> None:
        self._address = address
        self._listener = listener
        self._owned: frozenset[TopicPartition] = frozenset()
        self._coming: frozenset[TopicPartition] = frozenset()
        self._woken = threading.Event()
        self._consumer = kafka.KafkaConsumer(
            group_id=group,
            enable_auto_commit=False,  # positions live in the store
            auto_offset_reset="earliest",
            # By ranges of partition numbers: equal numbers of topics with equal counts stay together
            # (co-partitioning).
            partition_assignment_strategy=[RangePartitionAssignor],
            **_READING,
            **settings,
        )
        self._consumer.subscribe(list(topics), listener=_Rebalances(self))
        for topic in topics:
            # Known before joining: a leader that has not heard of a topic gives nobody its partitions.
            self._consumer.partitions_for_topic(topic)

    def poll(self, max_records: int, timeout_s: float) -> list[Record]:
        """See the port."""
        deadline = time.monotonic() + timeout_s
        while True:
            remaining = deadline - time.monotonic()
            records = self._poll_once(max_records, min(max(remaining, 0.0), SLICE_S))
            if self._coming:
                self._take(self._coming)
            if records or self._woken.is_set() or remaining <= 0:
                self._woken.clear()
                return records

    def _poll_once(self, max_records: int, timeout_s: float) -> list[Record]:
        try:
            polled = self._consumer.poll(timeout_ms=int(timeout_s * 1000), max_records=max_records)
        except kafka_errors.KafkaError as error:
            if error.__cause__ is not None:  # what our listener raised, wrapped by kafka-python
                raise error.__cause__ from error
            raise _unavailable(self._address, error) from error
        return _records(polled.values())

    def _take(self, partitions: frozenset[TopicPartition]) -> None:
        positions = self._listener.on_assigned(partitions)
        self._owned |= partitions
        self._coming = frozenset()
        self.seek(positions)
        self._consumer.resume(*_theirs(partitions))

    def assignment(self) -> frozenset[TopicPartition]:
        """See the port."""
        return self._owned

    def seek(self, positions: Mapping[TopicPartition, int]) -> None:
        """See the port."""
        for partition in positions.keys() & self._owned:
            self._consumer.seek(kafka.TopicPartition(*partition), positions[partition])

    def mirror(self, positions: Mapping[TopicPartition, int]) -> None:
        """See the port."""
        self._consumer.commit_async(
            {
                kafka.TopicPartition(*source): OffsetAndMetadata(offset, "", -1)
                for source, offset in positions.items()
            },
            callback=_mirrored,
        )

    def wake(self) -> None:
        """See the port: within ``SLICE_S``."""
        self._woken.set()

    def close(self) -> None:
        """See the port."""
        try:
            self._consumer.close(autocommit=False, timeout_ms=CLOSE_MS)
        except kafka_errors.KafkaError as error:
            raise _unavailable(self._address, error) from error

    # Called by _Rebalances, on kafka-python's I/O thread, while poll or close waits

    def partitions_come(self, partitions: frozenset[TopicPartition]) -> None:
        """Hold them until the polling thread takes them."""
        for partition in _theirs(partitions):
            self._consumer.seek(partition, 0)  # some position, so that none is looked for
        self._consumer.pause(*_theirs(partitions))
        self._coming = partitions

    def partitions_go(self, partitions: frozenset[TopicPartition]) -> None:
        """Give up those that were taken."""
        self._coming -= partitions
        given_up = self._owned & partitions
        self._owned -= given_up
        if given_up:
            self._listener.on_revoked(given_up)


class _Rebalances(kafka.ConsumerRebalanceListener):  # type: ignore[misc]  # kafka-python has no types
    """kafka-python's listener: passes on to the member."""

    def __init__(self, member: KafkaGroupMember) -> None:
        self._member = member

    def on_partitions_assigned(self, assigned: Iterable[Any]) -> None:
        self._member.partitions_come(_ours(assigned))

    def on_partitions_revoked(self, revoked: Iterable[Any]) -> None:
        self._member.partitions_go(_ours(revoked))

    def on_partitions_lost(self, lost: Iterable[Any]) -> None:
        self._member.partitions_go(_ours(lost))


class KafkaReader:
    """Implements ``kit.eventlog.port.Reader``."""

    def __init__(self, address: str, topic: str, partitions: int, **settings: Any) -> None:
        self._address = address
        self._sources = [kafka.TopicPartition(topic, number) for number in range(partitions)]
        self._consumer = kafka.KafkaConsumer(
            group_id=None, enable_auto_commit=False, auto_offset_reset="earliest", **_READING, **settings
        )
        self._consumer.assign(self._sources)
        self._consumer.seek_to_beginning(*self._sources)

    def poll(self, timeout_s: float) -> list[Record]:
        """See the port."""
        try:
            return _records(self._consumer.poll(timeout_ms=int(timeout_s * 1000)).values())
        except kafka_errors.KafkaError as error:
            raise _unavailable(self._address, error) from error

    def position(self) -> dict[int, int]:
        """See the port."""
        try:
            return {source.partition: self._consumer.position(source) for source in self._sources}
        except kafka_errors.KafkaError as error:
            raise _unavailable(self._address, error) from error

    def close(self) -> None:
        """See the port."""
        self._consumer.close(autocommit=False, timeout_ms=CLOSE_MS)


class RangeReader:
    """A connection that reads ranges, one after another. Used by one thread at a time."""

    def __init__(self, address: str, patience_s: float, **settings: Any) -> None:
        self._address = address
        self._patience_s = patience_s
        self._consumer = kafka.KafkaConsumer(
            group_id=None, enable_auto_commit=False, auto_offset_reset="none", **_READING, **settings
        )

    def read(self, source: TopicPartition, start: int, stop: int) -> Iterator[Record]:
        """The records with ``start <= offset < stop`` of one partition; ``stop`` is no later than its end.

        Raises LogUnavailableError after ``patience_s`` seconds without progress, and kafka-python's
        OffsetOutOfRangeError if retention has dropped what comes next.
        """
        partition, consumer = kafka.TopicPartition(*source), self._consumer
        consumer.assign([partition])
        consumer.seek(partition, start)
        deadline = time.monotonic() + self._patience_s
        # The position, not the last record: the last offsets may have been compacted away.
        while (position := consumer.position(partition)) < stop:
            for record in _records(consumer.poll(timeout_ms=int(SLICE_S * 1000)).values()):
                if record.offset >= stop:
                    return
                if record.offset >= start:  # a portion begins where its batch does
                    yield record
            if consumer.position(partition) > position:
                deadline = time.monotonic() + self._patience_s
            elif time.monotonic() >= deadline:
                raise LogUnavailableError(
                    f"Kafka {self._address}: no records of {source.topic} partition {source.partition} from"
                    f" {position} on in {self._patience_s:g} s"
                )

    def close(self) -> None:
        """Close the connection."""
        self._consumer.close(autocommit=False, timeout_ms=CLOSE_MS)


_READING = {
    "allow_auto_create_topics": False,
    "max_partition_fetch_bytes": MAX_RECORD_BYTES,
    "fetch_max_bytes": 32 * 1024 * 1024,
    "request_timeout_ms": 30_000,
    "metrics_enabled": False,
}


def _records(polled: Iterable[Iterable[Any]]) -> list[Record]:
    return [
        Record(
            topic=record.topic,
            partition=record.partition,
            offset=record.offset,
            value=record.value or b"",
            key=record.key,
            headers=dict(record.headers),
            append_time_ms=record.timestamp,
        )
        for of_partition in polled
        for record in of_partition
    ]


def _ours(partitions: Iterable[Any]) -> frozenset[TopicPartition]:
    return frozenset(TopicPartition(partition.topic, partition.partition) for partition in partitions)


def _theirs(partitions: Iterable[TopicPartition]) -> list[Any]:
    return [kafka.TopicPartition(*partition) for partition in partitions]


def _mirrored(_: object, answer: object) -> None:
    if isinstance(answer, Exception):
        logger.debug("positions were not mirrored: %s", answer)


def _unavailable(address: str, error: Exception) -> LogUnavailableError:
    return LogUnavailableError(
        f"Kafka {address}: {error}", zh=f"Kafka {address} 不可用：{error}", metadata={"broker": address}
    )
