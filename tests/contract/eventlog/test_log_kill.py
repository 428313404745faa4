"""Processes that are killed, disks that stop, brokers that go away: what was acknowledged is there."""

from __future__ import annotations

import gc
import logging
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from kit.errors import LogUnavailableError
from kit.eventlog.loop import ConsumerLoop, Step
from kit.eventlog.port import EventLog, NewRecord
from kit.eventlog.sqlite import SqliteEventLog
from kit.storage.store import Store
from tests.contract.eventlog.conftest import LogUnderTest, a_topic
from tests.contract.eventlog.effects import Service, decode, owners, seen
from tests.contract.eventlog.other_process import BATCH
from tests.contract.eventlog.waiting import read_all, until, until_drained
from tests.support.kafka.broker import Broker

ROOT = Path(__file__).parents[3]

SHARED_BY_PROCESSES = pytest.mark.parametrize(
    "under_test", ["sqlite", pytest.param("kafka", marks=pytest.mark.kafka)], indirect=True
)
ON_SQLITE = pytest.mark.parametrize("under_test", ["sqlite"], indirect=True)


@contextmanager
def other_process(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.contract.eventlog.other_process", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'sdk/python/src'}"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def says(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@SHARED_BY_PROCESSES
def test_what_was_acknowledged_before_a_kill_is_there_and_in_order(
    log: EventLog, under_test: LogUnderTest
) -> None:
    topic = under_test.topic()
    with other_process("append", under_test.url, topic, "victim", 1_000_000, 0) as victim:
        for batch in range(50):
            assert says(victim) == f"acknowledged {batch}"
        victim.kill()
        rest = victim.stdout.read().split() if victim.stdout else []
    last = int(rest[-1]) if rest else 49
    by_key: dict[bytes | None, list[int]] = defaultdict(list)
    for record in read_all(under_test.open(), topic):
        by_key[record.key].append(int(record.value.split()[1]))
    assert len(by_key) == BATCH
    for batches in by_key.values():
        assert batches[: last + 1] == list(range(last + 1))
        assert len(batches) <= last + 2, "at most the batch that nobody heard of is there besides"
    if under_test.kind == "sqlite":
        assert len({len(batches) for batches in by_key.values()}) == 1, "a batch is taken whole or not at all"
    log.append([NewRecord(topic, b"after", key=b"0")])


@SHARED_BY_PROCESSES
@pytest.mark.parametrize("step", [Step.HANDLED, Step.COMMITTED], ids=lambda step: step.name.lower())
def test_after_a_consumer_is_killed_the_next_goes_on_and_effects_are_exactly_once(
    log: EventLog, under_test: LogUnderTest, store: Store, tmp_path: Path, step: Step
) -> None:
    topic, group = under_test.topic(), under_test.name("group")
    log.append([NewRecord(topic, b"%d" % i, key=b"%d" % i) for i in range(40)])
    store_url = f"sqlite:///{tmp_path / 'store.db'}"
    with other_process("consume", under_test.url, store_url, topic, group, step.name) as victim:
        assert victim.wait(30) == -9
    before = len(seen(store))
    assert 0 < before < 40
    survivor = a_survivor(log, store, group, topic)
    survivor.start()
    until_drained(survivor)
    survivor.stop()
    assert seen(store) == all_of(log, topic)
    assert owners(store) == {"other", "survivor"}


def a_survivor(log: EventLog, store: Store, group: str, topic: str) -> ConsumerLoop[str]:
    return ConsumerLoop(
        log=log, store=store, group=group, topics=[topic], decode=decode, handler=Service("survivor"),
        max_records=5, poll_timeout_s=0.2,
    )  # fmt: skip


def all_of(log: EventLog, topic: str) -> list[tuple[int, int, str]]:
    return sorted((r.partition, r.offset, r.value.decode()) for r in read_all(log, topic))


@SHARED_BY_PROCESSES
def test_two_processes_share_a_group(
    log: EventLog, under_test: LogUnderTest, store: Store, tmp_path: Path
) -> None:
    topic, group = under_test.topic(), under_test.name("group")
    loop = a_survivor(log, store, group, topic)
    loop.start()
    with other_process(
        "consume", under_test.url, f"sqlite:///{tmp_path / 'store.db'}", topic, group, "-"
    ) as other:
        assert says(other) == "started"
        deadline = time.monotonic() + 30
        while owners(store) != {"survivor", "other"}:
            assert time.monotonic() < deadline
            log.append([NewRecord(topic, b"%d" % i, key=b"%d" % i) for i in range(10)])
            time.sleep(0.05)
        assert other.stdin is not None
        other.stdin.close()
        assert says(other) == "stopped"
    until_drained(loop)
    loop.stop()
    assert seen(store) == all_of(log, topic)


@SHARED_BY_PROCESSES
def test_processes_that_append_at_once_keep_each_ones_order(log: EventLog, under_test: LogUnderTest) -> None:
    topic = under_test.topic()
    names = ("first", "second")
    with (
        other_process("append", under_test.url, topic, names[0], 60, 0) as first,
        other_process("append", under_test.url, topic, names[1], 60, 0) as second,
    ):
        for process in (first, second):
            assert process.stdout is not None
            assert len(process.stdout.readlines()) == 60
    records = read_all(log, topic)
    assert len(records) == 2 * 60 * BATCH
    by_writer: dict[tuple[str, bytes | None], list[int]] = defaultdict(list)
    for record in records:
        name, batch, _ = record.value.decode().split()
        by_writer[name, record.key].append(int(batch))
    assert len(by_writer) == 2 * BATCH
    assert all(batches == list(range(60)) for batches in by_writer.values())


@ON_SQLITE
def test_a_full_disk_is_unavailable_and_nothing_acknowledged_is_lost(
    log: EventLog, under_test: LogUnderTest
) -> None:
    topic = under_test.topic()
    with other_process("append", under_test.url, topic, "writer", 1_000_000, 1_000_000) as writer:
        assert writer.stdout is not None
        *acknowledged, end = writer.stdout.readlines()
    assert end.startswith(f"unavailable event log {under_test.path}: ")
    assert len(acknowledged) > 10
    values = {record.value for record in read_all(log, topic)}
    assert values == {
        b"writer %d %d" % (batch, i) for batch in range(len(acknowledged)) for i in range(BATCH)
    }
    log.append([NewRecord(topic, b"there is room again")])


@ON_SQLITE
def test_a_file_that_another_process_keeps_locked_is_unavailable_after_the_time_out(
    log: EventLog, under_test: LogUnderTest
) -> None:
    topic = under_test.topic()
    impatient = SqliteEventLog(under_test.path, busy_timeout_s=0.1)
    locker = sqlite3.connect(under_test.path, isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    with pytest.raises(LogUnavailableError, match=f"{under_test.path}: database is locked"):
        impatient.append([NewRecord(topic, b"")])
    locker.execute("ROLLBACK")
    locker.close()
    assert impatient.append([NewRecord(topic, b"", partition=0)]) == [0]
    impatient.close()


def test_a_read_only_file_is_unavailable(log_folder: Path) -> None:
    path = log_folder / "log.db"
    SqliteEventLog(path).close()
    path.chmod(0o444)
    log_folder.chmod(0o555)
    with nobody(), pytest.raises(LogUnavailableError, match=str(path)):
        SqliteEventLog(path)
    with nobody(), pytest.raises(LogUnavailableError, match=r"other\.db"):
        SqliteEventLog(log_folder / "new" / "other.db")


def test_a_file_that_is_no_log_is_unavailable_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    path.write_bytes(b"a letter to somebody" * 100)
    with pytest.raises(LogUnavailableError, match=str(path)):
        SqliteEventLog(path)
    assert path.read_bytes() == b"a letter to somebody" * 100


@pytest.fixture
def log_folder() -> Iterator[Path]:
    """A folder that other users may enter; pytest's own they may not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.fixture
def cleanup() -> Iterator[ExitStack]:
    """Closed before the services that the test uses, whether it passes or not."""
    with ExitStack() as stack:
        yield stack


@contextmanager
def nobody() -> Iterator[None]:
    """For root, whom no permission stops: be somebody else for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.kafka
# kafka-python forgets to close a socket whose connection was refused; the garbage collector does.
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
def test_a_broker_that_goes_away_is_unavailable_and_all_goes_on_when_it_is_back(
    own_broker: Broker, store: Store, cleanup: ExitStack, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, logger="kafka")  # else the captured tracebacks keep those sockets
    from kit.eventlog.kafka import KafkaEventLog

    topic = a_topic("topic")
    log = KafkaEventLog(own_broker.address, request_timeout_s=2, append_timeout_s=4)
    cleanup.callback(gc.collect)
    cleanup.callback(log.close)
    log.ensure_topics([topic], 2)
    loop = a_survivor(log, store, "group", topic.name)
    cleanup.callback(loop.stop)
    loop.start()
    log.append([NewRecord(topic.name, b"before %d" % i, key=b"%d" % i) for i in range(10)])
    until(lambda: len(seen(store)) == 10, "handled")
    own_broker.kill()
    begun = time.monotonic()
    with pytest.raises(LogUnavailableError, match=own_broker.address):
        log.append([NewRecord(topic.name, b"lost, and not acknowledged")])
    with pytest.raises(LogUnavailableError, match=own_broker.address):
        log.end_offsets(topic.name)
    with pytest.raises(LogUnavailableError, match=own_broker.address):
        KafkaEventLog(own_broker.address, request_timeout_s=1)
    assert time.monotonic() - begun < 20
    own_broker.start()

    def appended() -> bool:
        try:
            log.append([NewRecord(topic.name, b"after", key=b"k")])
        except LogUnavailableError:
            return False
        return True

    until(appended, "the log takes records again")
    until_drained(loop)
    loop.stop()
    assert loop.failed is None
    values = [record.value for record in read_all(log, topic.name)]
    assert {b"before %d" % i for i in range(10)} <= set(values)
    assert b"after" in values
    assert seen(store) == all_of(log, topic.name)
