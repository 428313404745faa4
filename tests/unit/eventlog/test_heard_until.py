"""Time passes for a consumer only as far as it has heard all that the log took."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.errors import LogUnavailableError
from kit.eventlog.heard import HeardUntil
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.port import NewRecord, TopicPartition
from kit.eventlog.topics import DISPATCHES, TOPICS
from kit.storage import positions
from kit.storage.store import Store

TOPIC = DISPATCHES.name


class Log(MemoryEventLog):
    """One that can be away."""

    away = False

    def end_offsets(self, topic: str) -> dict[int, int]:
        if self.away:
            raise LogUnavailableError("away")
        return super().end_offsets(topic)


class Consumer:
    """A group's positions in a store, moved by hand."""

    def __init__(self, store: Store, log: Log) -> None:
        self.now_ms = 1_000
        self._store = store
        self._heard = HeardUntil(log, "group", TOPIC, lambda: self.now_ms)
        with store.transaction() as connection:
            self._claimed = positions.claim(
                connection, "group", [TopicPartition(TOPIC, number) for number in range(2)]
            )

    def heard_at(self, now_ms: int) -> dict[int, int]:
        self.now_ms = now_ms
        with self._store.read() as connection:
            return self._heard(connection)

    def handle(self, partition: int, up_to: int) -> None:
        source = TopicPartition(TOPIC, partition)
        epochs = {source: position.epoch for source, position in self._claimed.items()}
        with self._store.transaction() as connection:
            positions.advance(connection, "group", {source: up_to}, epochs)


@pytest.fixture
def log() -> Log:
    log = Log()
    log.ensure_topics(TOPICS, 2)
    return log


@pytest.fixture
def consumer(tmp_path: Path, log: Log) -> Iterator[Consumer]:
    store = Store.open(f"sqlite:///{tmp_path / 'store.db'}")
    yield Consumer(store, log)
    store.close()


def append(log: Log, partition: int, count: int = 1) -> None:
    log.append([NewRecord(TOPIC, b"", partition=partition) for _ in range(count)])


def test_an_idle_partition_has_heard_everything_up_to_the_look_before(consumer: Consumer) -> None:
    assert consumer.heard_at(1_000) == {}
    assert consumer.heard_at(2_000) == {0: 1_000, 1: 1_000}
    assert consumer.heard_at(3_000) == {0: 2_000, 1: 2_000}


def test_for_a_partition_that_is_behind_no_time_passes(consumer: Consumer, log: Log) -> None:
    append(log, 0, 5)
    consumer.heard_at(1_000)
    consumer.handle(0, 4)
    assert consumer.heard_at(2_000) == {1: 1_000}
    consumer.handle(0, 5)
    assert consumer.heard_at(3_000) == {0: 2_000, 1: 2_000}


def test_records_that_keep_coming_do_not_stop_time(consumer: Consumer, log: Log) -> None:
    consumer.heard_at(1_000)
    for second in range(1, 5):
        append(log, 0)
        consumer.handle(0, second - 1)  # always one behind the end, never behind the look before
        assert consumer.heard_at(1_000 + 1_000 * second)[0] == 1_000 * second
        consumer.handle(0, second)


def test_while_the_log_is_away_no_time_passes(consumer: Consumer, log: Log) -> None:
    consumer.heard_at(1_000)
    log.away = True
    assert consumer.heard_at(2_000) == {}
    log.away = False
    assert consumer.heard_at(3_000) == {0: 1_000, 1: 1_000}
