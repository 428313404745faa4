"""The event logs under contract: memory, SQLite, and a real Apache Kafka."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.port import EventLog
from kit.eventlog.sqlite import SqliteEventLog
from kit.eventlog.topics import Key, Topic
from kit.storage.store import Store
from tests.contract.eventlog.effects import EFFECTS

SESSION_TIMEOUT_S = 1.0
MAX_POLL_INTERVAL_S = 2.0
"""Short, so that tests need not wait long until a member that does not poll is missed."""


class LogUnderTest:
    """One log, which several users may open. ``kind`` is memory, sqlite or kafka."""

    def __init__(self, kind: str, folder: Path, address: str = "") -> None:
        self.kind = kind
        self.path = folder / "log.db"
        self.address = address
        self._memory = MemoryEventLog(max_poll_interval_s=MAX_POLL_INTERVAL_S)
        self._names = itertools.count()
        self._run = secrets.token_hex(4)  # a running broker keeps the topics of earlier runs
        self._opened: list[EventLog] = []

    def open(self) -> EventLog:
        """Another user's view of the log; closed after the test."""
        log = self._new()
        self._opened.append(log)
        return log

    def _new(self) -> EventLog:
        if self.kind == "memory":
            return self._memory
        if self.kind == "sqlite":
            return SqliteEventLog(
                self.path, session_timeout_s=SESSION_TIMEOUT_S, max_poll_interval_s=MAX_POLL_INTERVAL_S
            )
        from kit.eventlog.kafka import KafkaEventLog  # here, as tests of the other two need no Kafka client

        return KafkaEventLog(
            self.address, session_timeout_s=SESSION_TIMEOUT_S, max_poll_interval_s=MAX_POLL_INTERVAL_S
        )

    @property
    def url(self) -> str:
        """For another process."""
        return f"sqlite:///{self.path}" if self.kind == "sqlite" else f"kafka://{self.address}"

    def name(self, stem: str) -> str:
        """A group's or topic's name that nobody else has."""
        return f"{stem}-{self._run}-{next(self._names)}"

    def topic(self, partitions: int = 4, *, compacted: bool = False) -> str:
        """A new topic with its dead-letter topic."""
        topic = a_topic(self.name("topic"), compacted=compacted)
        self.open_first().ensure_topics([topic], partitions)
        return topic.name

    def open_first(self) -> EventLog:
        """The first user's view."""
        return self._opened[0] if self._opened else self.open()

    def close(self) -> None:
        for log in self._opened:
            log.close()


def a_topic(name: str, *, compacted: bool = False) -> Topic:
    """A scaled topic that only tests know."""
    return Topic(
        name=name,
        key=Key.WORKER,
        payload="",
        writers=(),
        readers=(),
        says="",
        compacted=compacted,
        scaled=True,
    )


@pytest.fixture(params=["memory", "sqlite", pytest.param("kafka", marks=pytest.mark.kafka)])
def under_test(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LogUnderTest]:
    """Each adapter in turn."""
    address = request.getfixturevalue("kafka_address") if request.param == "kafka" else ""
    log = LogUnderTest(request.param, tmp_path, address)
    try:
        yield log
    finally:
        log.close()


@pytest.fixture
def log(under_test: LogUnderTest) -> EventLog:
    """The first user's view of each adapter in turn."""
    return under_test.open_first()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A service's store with the table of ``effects.py``."""
    opened = Store.open(f"sqlite:///{tmp_path / 'store.db'}", EFFECTS)
    try:
        yield opened
    finally:
        opened.close()
