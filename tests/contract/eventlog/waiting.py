"""Waiting for what other threads and processes do."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping

from kit.eventlog.loop import ConsumerLoop
from kit.eventlog.port import Consumer, EventLog, Reader, Record, TopicPartition

LONGEST_S = 30.0


def until(true: Callable[[], bool], what: str, timeout_s: float = LONGEST_S) -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.01)


def until_drained(*loops: ConsumerLoop[str]) -> None:
    """Wait until loops have nothing left to do."""
    for loop in loops:

        def done(loop: ConsumerLoop[str] = loop) -> bool:
            if loop.failed is not None:
                raise loop.failed
            return loop.drained()

        until(done, "drained")


def read_all(log: EventLog, topic: str) -> list[Record]:
    """Everything in a topic, as a reader outside any group sees it."""
    reader = log.reader(topic)
    try:
        return read_on(log, reader, topic)
    finally:
        reader.close()


def read_on(log: EventLog, reader: Reader, topic: str) -> list[Record]:
    """What an open reader has not seen yet."""
    records: list[Record] = []
    deadline = time.monotonic() + LONGEST_S
    while True:
        ends = log.end_offsets(topic)
        records += reader.poll(0.05)
        if reader.position() == ends:
            return records
        assert time.monotonic() < deadline, f"read {reader.position()} of {ends}"


def poll_for(consumer: Consumer, count: int, timeout_s: float = LONGEST_S) -> list[Record]:
    """Poll until so many records have come."""
    records: list[Record] = []
    deadline = time.monotonic() + timeout_s
    while len(records) < count:
        assert time.monotonic() < deadline, f"{len(records)} of {count} records came"
        records += consumer.poll(10_000, 0.2)
    return records


class FromStart:
    """A listener that reads from the beginning, or from where it is told, and writes down what happens."""

    def __init__(self, positions: Mapping[TopicPartition, int] | None = None) -> None:
        self.positions = dict(positions or {})
        self.happened: list[tuple[str, frozenset[TopicPartition]]] = []

    def on_assigned(self, partitions: Collection[TopicPartition]) -> Mapping[TopicPartition, int]:
        self.happened.append(("assigned", frozenset(partitions)))
        return {partition: self.positions.get(partition, 0) for partition in partitions}

    def on_revoked(self, partitions: Collection[TopicPartition]) -> None:
        self.happened.append(("revoked", frozenset(partitions)))
