"""A killed process, a stopped disk, a locked store: nothing acknowledged is lost or told otherwise."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import grpc
import pytest

from kit.columns import EventSet, Names
from kit.eventlog.open import open_event_log
from kit.eventlog.topics import DISPATCHES
from kit.storage import engines
from quzhong.api.intake.v1 import intake_pb2
from services.intake.hashing import hashes
from tests.integration.intake.intake_process import Process
from tests.integration.intake.intake_suite import (
    NOW_MS,
    Client,
    RefusedError,
    Suite,
    dispatches,
    events_of,
    serving,
    worker_id,
)
from tests.support.observed import observed


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    with Process(tmp_path) as started:
        yield started


def event_ids(folder: Path) -> list[str]:
    """The ids in the log's records, as often as they stand there."""
    log = open_event_log(f"sqlite:///{folder / 'log.db'}")
    try:
        return [event_id for events in events_of(log) for event_id in events.texts["event_ids"]]
    finally:
        log.close()


def events_downstream(folder: Path) -> int:
    """How many events a consumer's set has after reading the whole log."""
    log = open_event_log(f"sqlite:///{folder / 'log.db'}")
    names = {name: Names() for name in ("platform", "worker", "area")}
    events = EventSet(names, ("event_time_ms",))
    for added in events_of(log):
        events.add(added)
    log.close()
    return len(events)


def test_a_kill_in_the_middle_of_a_stream_loses_no_acknowledged_row_and_a_resend_doubles_none(
    process: Process, tmp_path: Path
) -> None:
    client = process.start()
    numbers, acknowledged = count(), dict[int, intake_pb2.BatchAnswer]()
    enough, codes = threading.Event(), list[grpc.StatusCode]()

    def keep_sending(_: int) -> None:
        try:
            while True:
                number = next(numbers)
                acknowledged[number] = client.submit(f"r-{number}", dispatches(f"e{number}", 50))
                if len(acknowledged) >= 60:
                    enough.set()
        except RefusedError as refused:
            codes.append(refused.code)

    with ThreadPoolExecutor(6) as senders:
        ended = senders.map(keep_sending, range(6))
        assert enough.wait(30)
        process.kill()
        list(ended)
    assert codes == [grpc.StatusCode.UNAVAILABLE] * 6

    sent = next(numbers)
    kept = set(event_ids(tmp_path))
    assert {f"e{number}-{row}" for number in acknowledged for row in range(50)} <= kept

    client = process.start()
    for number in range(sent):
        answer = client.submit(f"r-{number}", dispatches(f"e{number}", 50))
        assert (answer.accepted, answer.rejected) == (50, 0)
        if number in acknowledged:
            assert answer == acknowledged[number]
    assert set(event_ids(tmp_path)) == {f"e{number}-{row}" for number in range(sent) for row in range(50)}
    assert events_downstream(tmp_path) == 50 * sent
    said = [event.dispatch.event_id for event in read_when_archived(client, worker_id(0))]
    assert len(said) == len(set(said)) == min(2 * sent, 1_000)


def read_when_archived(client: Client, worker: str) -> Sequence[intake_pb2.ArchivedEvent]:
    """The log gives a killed reader's partitions to the next one only once its session has timed out."""
    while True:
        try:
            return client.read(worker, page_size=1_000).events
        except RefusedError as refused:
            if refused.reason != "OVERLOADED":
                raise


def test_while_the_disk_takes_nothing_callers_are_told_to_come_back_and_nothing_is_lost(
    process: Process, tmp_path: Path
) -> None:
    client = process.start()
    before = client.submit("before", dispatches("before", 100))
    process.tell("stop-disk")
    for _ in range(3):
        with pytest.raises(RefusedError) as refused:
            client.submit("meanwhile", dispatches("meanwhile", 100))
        assert refused.value.code == grpc.StatusCode.UNAVAILABLE
        assert refused.value.reason in ("LOG_UNAVAILABLE", "STORAGE_UNAVAILABLE")
        assert refused.value.retry is not None
        assert refused.value.retry.retry_delay.ToMilliseconds() > 0
        assert refused.value.zh
    process.tell("start-disk")
    assert client.submit("meanwhile", dispatches("meanwhile", 100)).accepted == 100
    assert client.submit("before", dispatches("before", 100)) == before
    assert set(event_ids(tmp_path)) == {
        f"{name}-{row}" for name in ("before", "meanwhile") for row in range(100)
    }
    assert events_downstream(tmp_path) == 200
    assert refused.value.retry is not None
    observed(
        "disk-full",
        f"Callers get `{refused.value.code.name}`, reason `{refused.value.reason}`, and are told to come "
        f"again after {refused.value.retry.retry_delay.ToMilliseconds() / 1000:g} s. The process goes on; "
        "with room again the same request is taken, each of its rows once, and what was answered before is "
        "answered the same",
    )


def test_a_stopped_disk_and_a_kill_together_lose_nothing_acknowledged(
    process: Process, tmp_path: Path
) -> None:
    client = process.start()
    before = client.submit("before", dispatches("before", 100))
    process.tell("stop-disk")
    with pytest.raises(RefusedError):
        client.submit("meanwhile", dispatches("meanwhile", 100))
    process.kill()
    client = process.start()
    assert client.submit("before", dispatches("before", 100)) == before
    assert client.submit("meanwhile", dispatches("meanwhile", 100)).accepted == 100
    assert events_downstream(tmp_path) == 200


def test_rows_on_the_log_whose_answer_could_not_be_kept_are_accepted_when_resent_and_count_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process holds the store's write lock: the append succeeds, keeping the answer does not."""
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_S", 0.2)
    with serving(tmp_path, lambda: NOW_MS) as suite:
        suite.client.submit("before", dispatches("before", 5))
        other = sqlite3.connect(tmp_path / "intake.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RefusedError) as refused:
            suite.client.submit("r", dispatches("e", 10))
        assert (refused.value.code, refused.value.reason) == (
            grpc.StatusCode.UNAVAILABLE,
            "STORAGE_UNAVAILABLE",
        )
        assert len(suite.events()) == 15
        other.execute("ROLLBACK")
        other.close()
        assert suite.client.submit("r", dispatches("e", 10)).accepted == 10
        assert len(suite.events()) == 25
        assert len(suite.client.read(worker_id(3)).events) == 2
    assert events_downstream(tmp_path) == 15


def test_a_batch_that_brings_about_a_mistake_does_not_fall_upon_its_neighbours(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(words: list[str], prefix: str = "") -> object:
        if prefix == "steady\n":
            raise ZeroDivisionError("a mistake")
        return hashes(words, prefix)

    monkeypatch.setattr("services.intake.lot.hashes", mistaken)
    with ThreadPoolExecutor(8) as senders:
        good = [
            senders.submit(suite.client.submit, f"r{number}", dispatches(f"e{number}", 20))
            for number in range(6)
        ]
        bad = senders.submit(suite.client.submit, "bad", dispatches("bad", 20), "steady")
        assert [answered.result().accepted for answered in good] == [20] * 6
        with pytest.raises(RefusedError) as refused:
            bad.result()
    assert refused.value.code == grpc.StatusCode.INTERNAL
    monkeypatch.undo()
    assert suite.client.submit("bad", dispatches("bad", 20), "steady").accepted == 20


def test_the_same_request_twice_at_once_is_answered_twice_and_committed_once(suite: Suite) -> None:
    rows = dispatches("e", 200)
    with ThreadPoolExecutor(8) as senders:
        answers = list(senders.map(lambda _: suite.client.submit("r", rows), range(8)))
    assert all(answer == answers[0] for answer in answers)
    assert answers[0].accepted == 200
    assert len(suite.events()) == 200


def test_many_requests_at_once_share_records(suite: Suite) -> None:
    def send(number: int) -> int:
        return suite.client.submit(f"r{number}", dispatches(f"e{number}", 50)).accepted

    with ThreadPoolExecutor(32) as senders:
        assert sum(senders.map(send, range(200))) == 10_000
    records = sum(suite.log.end_offsets(DISPATCHES.name).values())
    partitions = suite.log.partition_count(DISPATCHES.name)
    assert records < 200 * partitions / 2


def test_stopping_commits_what_is_in_hand(tmp_path: Path) -> None:
    with (
        serving(tmp_path, lambda: NOW_MS, intake_linger_ms=100) as suite,
        ThreadPoolExecutor(1) as sender,
    ):
        pending = sender.submit(suite.client.submit, "r", dispatches("e", 5))
        time.sleep(0.05)  # sent; its group lingers for others
        suite.host.stop(grace_s=5)
        assert pending.result().accepted == 5
    assert len(event_ids(tmp_path)) == 5
