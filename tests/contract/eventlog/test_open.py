"""Addresses of event logs."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.errors import InvalidArgumentError
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.open import open_event_log
from kit.eventlog.port import EventLog
from kit.eventlog.sqlite import SqliteEventLog
from kit.eventlog.topics import TOPICS


def test_memory() -> None:
    log: EventLog = open_event_log("memory://")
    assert isinstance(log, MemoryEventLog)


def test_a_sqlite_path_is_absolute_with_four_slashes(tmp_path: Path) -> None:
    log = open_event_log(f"sqlite:///{tmp_path}/a folder/log.db")
    assert isinstance(log, SqliteEventLog)
    assert log.path == tmp_path / "a folder" / "log.db"
    log.close()


def test_a_sqlite_path_is_relative_with_three_slashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    open_event_log("sqlite:///log.db").close()
    assert (tmp_path / "log.db").exists()


@pytest.mark.kafka
def test_kafka(kafka_address: str) -> None:
    log = open_event_log(f"kafka://{kafka_address}")
    log.ensure_topics(TOPICS, 2)
    assert [log.partition_count(topic.name) for topic in TOPICS] == [
        2 if topic.scaled else 1 for topic in TOPICS
    ]
    log.close()


@pytest.mark.parametrize("url", ["", "log.db", "sqlite://", "sqlite:///", "kafka://", "redis://host"])
def test_other_addresses_are_refused_with_what_is_possible(url: str) -> None:
    with pytest.raises(InvalidArgumentError, match="sqlite:///path"):
        open_event_log(url)
