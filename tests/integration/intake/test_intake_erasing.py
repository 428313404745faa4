"""A worker is erased: what intake keeps, reads and takes in from then on."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.registry.v1 import erasures_pb2, erasures_pb2_grpc
from tests.integration.intake.intake_suite import (
    NOW_MS,
    Client,
    Suite,
    dispatch,
    dispatches,
    serving,
    session,
    worker_id,
)

WORKER, COLLEAGUE = worker_id(1), worker_id(2)


def erase(client: Client) -> None:
    registry = erasures_pb2_grpc.ErasureServiceStub(client.channel)
    request = erasures_pb2.EraseWorkerRequest(request_id="erase", worker_id=WORKER, reason="本人书面申请")
    client.call(registry.EraseWorker, request, client.admin)


def fill(client: Client) -> None:
    """Events of two workers, in two segments each, and a correction that is refused by naming the worker."""
    for number in range(2):
        client.submit(f"theirs-{number}", [dispatch(f"theirs-{number}", 1), session(f"on-{number}", 1)][:1])
        client.submit(f"sessions-{number}", [session(f"on-{number}", 1), session(f"off-{number}", 2)])
        client.submit(f"colleague-{number}", [dispatch(f"colleague-{number}", 2)])
        client.read(COLLEAGUE)
    (moved,) = client.submit("moved", [dispatch("colleague-0", 1, version=1)]).rejections
    assert WORKER in moved.message
    assert len(client.read(WORKER).events) == 4


def archived(folder: Path) -> list[str]:
    return [
        row["worker_id"]
        for file in (folder / "archive").rglob("*.parquet")
        for row in pq.read_table(file).to_pylist()
    ]


def stored(folder: Path) -> bytes:
    files = [*folder.glob("intake.db*"), *folder.glob("archive.db*")]
    return b"".join(file.read_bytes() for file in files)


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_clean(folder: Path) -> bool:
    try:
        return WORKER not in archived(folder) and WORKER.encode() not in stored(folder)
    except FileNotFoundError:
        return False  # a file is being deleted


@pytest.fixture
def suite(tmp_path: Path) -> Iterator[Suite]:
    with serving(tmp_path, lambda: NOW_MS, intake_archive_linger_s=0.05) as started:
        yield started


def test_archive_and_stores_let_go_of_an_erased_worker_and_of_nobody_else(suite: Suite) -> None:
    client, folder = suite.client, suite.folder
    fill(client)
    assert archived(folder).count(WORKER) == 4
    assert WORKER.encode() in stored(folder)
    colleague = client.read(COLLEAGUE)
    erase(client)
    until(lambda: not client.read(WORKER).events)  # as soon as it is heard of
    until(lambda: is_clean(folder))
    assert client.read(COLLEAGUE) == colleague
    status = client.call(
        client.intake.GetIntegrationStatus,
        intake_pb2.GetIntegrationStatusRequest(platform_id="swift"),
        client.tokens["swift"],
    )
    (count,) = status.rejections
    assert (status.accepted, count.reason, count.rows) == (8, "CORRECTION_MOVES_EVENT", 1)
    assert WORKER not in count.message


def test_what_is_sent_again_is_refused_without_a_trace_and_later_work_is_taken(suite: Suite) -> None:
    client = suite.client
    fill(client)
    erase(client)
    until(lambda: not client.read(WORKER).events)
    rows = [
        dispatch("theirs-0", 1),
        dispatch("new", 1, NOW_MS - 1, area_code="999999"),
        dispatch("later", 1, NOW_MS + 1_000),
        dispatch("colleague-9", 2),
    ]
    checked = client.call(
        client.intake.CheckEvents,
        intake_pb2.CheckEventsRequest(platform_id="swift", dispatches=rows),
        client.tokens["swift"],
    ).dispatches
    answer = client.submit("again", rows)
    assert checked == answer
    assert [(each.row, each.field, each.reason) for each in answer.rejections] == [
        (0, "worker_id", "WORKER_ERASED"),
        (1, "worker_id", "WORKER_ERASED"),
    ]
    assert "请勿重报" in answer.rejections[0].message_zh
    letters = [letter for letter in suite.dead_letters() if letter.reason == "WORKER_ERASED"]
    assert [(each.platform_id, each.request_id, each.row, each.field) for each in letters] == [
        ("swift", "again", 0, "worker_id"),
        ("swift", "again", 1, "worker_id"),
    ]
    for letter in letters:
        kept = letter.SerializeToString()
        assert not any(word in kept for word in (WORKER.encode(), b"theirs-0", b"order-of", b"new"))
    assert [event.dispatch.event_id for event in client.read(WORKER).events] == ["later"]


def test_a_store_brought_back_from_a_backup_is_cleaned_at_the_start(tmp_path: Path) -> None:
    data, backup = tmp_path / "data", tmp_path / "backup"
    with serving(data, lambda: NOW_MS) as suite:
        fill(suite.client)
        tokens = suite.client.tokens
    shutil.copytree(data, backup)
    with serving(data, lambda: NOW_MS, tokens) as suite:
        erase(suite.client)
        until(lambda: is_clean(data))
    for name in ("intake.db", "archive.db", "archive"):
        shutil.rmtree(data / name) if (data / name).is_dir() else (data / name).unlink()
        restored = backup / name
        shutil.copytree(restored, data / name) if restored.is_dir() else shutil.copy(restored, data / name)
    assert not is_clean(data)
    with serving(data, lambda: NOW_MS, tokens) as suite:
        assert not suite.client.read(WORKER).events
        until(lambda: is_clean(data))
        assert len(suite.client.read(COLLEAGUE).events) == 4


def test_events_are_read_from_the_log_without_who_is_erased(tmp_path: Path) -> None:
    """The archive is lost, and written again from the log."""
    with serving(tmp_path, lambda: NOW_MS) as suite:
        suite.client.submit("a", dispatches("e", 30, workers=3))
        suite.client.read(COLLEAGUE)
        erase(suite.client)
        tokens = suite.client.tokens
    shutil.rmtree(tmp_path / "archive")
    for file in tmp_path.glob("archive.db*"):
        file.unlink()
    with serving(tmp_path, lambda: NOW_MS, tokens) as suite:
        assert len(suite.client.read(COLLEAGUE).events) == 10
        assert not suite.client.read(WORKER).events
        assert set(archived(tmp_path)) == {worker_id(0), COLLEAGUE}
