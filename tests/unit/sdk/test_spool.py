"""What ``close`` could not deliver waits in a folder for the next client: real files, a real server."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Coroutine
from pathlib import Path

import grpc
import pytest

from quzhong import AsyncClient, Client, RetryPolicy, SpoolError, UnavailableError, UndeliveredError
from quzhong.api.intake.v1 import intake_pb2
from quzhong.batching import Batch, RequestIds, RowKind
from quzhong.errors import Undelivered
from quzhong.spool import Spool
from tests.unit.sdk.scripted_intake import ScriptedIntake, dispatch, fails, unavailable, work_session

QUICK = RetryPolicy(initial_s=0.01, max_s=0.05, give_up_after_s=20.0)
NEVER = RetryPolicy(give_up_after_s=0.0)
NOBODY = "127.0.0.1:1"


def client(address: str, spool: Path | str, **options: object) -> Client:
    defaults: dict[str, object] = {"retry": QUICK, "linger_s": 60.0, "batch_size": 2}
    return Client(address, "qz_test", "platform-a", spool=spool, **(defaults | options))  # type: ignore[arg-type]


def async_client(address: str, spool: Path | str, **options: object) -> AsyncClient:
    defaults: dict[str, object] = {"retry": QUICK, "linger_s": 60.0, "batch_size": 2}
    return AsyncClient(address, "qz_test", "platform-a", spool=spool, **(defaults | options))  # type: ignore[arg-type]


def run(coroutine: Coroutine[object, object, None]) -> None:
    asyncio.run(asyncio.wait_for(coroutine, 30))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def kept_events(folder: Path) -> list[str]:
    """Of all files, oldest first; as they are counted, where the clock of the disk is too coarse to tell."""
    paths = sorted(
        folder.glob("*.dispatches.pb"), key=lambda path: (path.stat().st_mtime_ns, len(path.name), path.name)
    )
    read = [intake_pb2.SubmitDispatchesRequest.FromString(path.read_bytes()) for path in paths]
    return [row.event_id for request in read for row in request.dispatches]


def left_behind(folder: Path, *batches: list[str]) -> None:
    """Batches of dispatches that an earlier client could not deliver."""
    ids = RequestIds("earlier")
    made = [Batch.of(RowKind.DISPATCH, *ids.next(), [dispatch(each) for each in rows]) for rows in batches]
    assert Spool(folder, "platform-a").keep([Undelivered(batch, None) for batch in made]) is None


def test_what_close_could_not_deliver_goes_out_first_from_the_next_client(
    intake: ScriptedIntake, address: str, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "spool"
    with pytest.raises(UndeliveredError) as caught:
        _filled(client(NOBODY, folder)).close(timeout_s=0.1)
    assert caught.value.spool_error is None
    suffixes = {RowKind.DISPATCH: ".dispatches.pb", RowKind.WORK_SESSION: ".work-sessions.pb"}
    batches = [each.batch for each in caught.value.batches]
    assert files(folder) == sorted(each.request_id.encode().hex() + suffixes[each.kind] for each in batches)
    assert kept_events(folder) == ["0", "1", "2", "3", "4"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}

    with client(address, folder, max_in_flight=1) as later:
        later.add_dispatch(dispatch("new"))
    assert intake.event_ids() == ["0", "1", "2", "3", "4", "s", "new"]
    sent = {request.request_id for request in intake.requests[:-1]}
    assert sent == {each.request_id for each in batches}
    assert later.totals.accepted == 7
    assert files(folder) == []


def _filled(one: Client) -> Client:
    for place in range(5):
        one.add_dispatch(dispatch(str(place)))
    one.add_work_session(work_session("s"))
    return one


def test_it_is_sent_without_a_row_being_added(intake: ScriptedIntake, address: str, tmp_path: Path) -> None:
    left_behind(tmp_path, ["a", "b"], ["c"])
    with client(address, tmp_path) as later:
        later.flush(timeout_s=10)
        assert files(tmp_path) == []  # gone by the time flush says that all is answered
    assert sorted(intake.event_ids()) == ["a", "b", "c"]


def test_never_sent_in_flight_and_given_up_are_all_kept(
    intake: ScriptedIntake, address: str, tmp_path: Path
) -> None:
    all_added = threading.Event()

    def denied(context: grpc.ServicerContext) -> None:
        all_added.wait()
        fails(grpc.StatusCode.PERMISSION_DENIED)(context)

    def stuck(context: grpc.ServicerContext) -> None:
        while context.is_active():
            time.sleep(0.01)

    intake.script.extend([denied, stuck, stuck])
    one = client(address, tmp_path, max_in_flight=2)
    for place in range(8):
        one.add_dispatch(dispatch(str(place)))
    all_added.set()
    while len(intake.requests) < 3:
        time.sleep(0.01)
    with pytest.raises(UndeliveredError) as caught:
        one.close(timeout_s=0.05)
    assert len(caught.value.batches) == 4
    assert kept_events(tmp_path) == ["0", "1", "2", "3", "4", "5", "6", "7"]  # as they were added


def test_sent_again_after_a_crash_between_answer_and_deletion_it_has_its_old_request_id(
    intake: ScriptedIntake, address: str, tmp_path: Path
) -> None:
    left_behind(tmp_path / "spool", ["a"], ["b", "c"])
    shutil.copytree(tmp_path / "spool", tmp_path / "before")
    for _ in range(2):
        client(address, tmp_path / "spool", max_in_flight=1).close()
        shutil.copytree(tmp_path / "before", tmp_path / "spool", dirs_exist_ok=True)
    told = [(request.request_id, [row.event_id for row in request.dispatches]) for request in intake.requests]  # type: ignore[union-attr]
    assert told == [("earlier-1", ["a"]), ("earlier-2", ["b", "c"])] * 2


def test_a_batch_that_cannot_be_delivered_again_stays(
    intake: ScriptedIntake, address: str, tmp_path: Path
) -> None:
    left_behind(tmp_path, ["a"], ["b"])
    before = files(tmp_path)
    intake.script.extend([unavailable(), unavailable()])
    with pytest.raises(UndeliveredError) as caught:
        client(address, tmp_path, retry=NEVER, max_in_flight=1).close()
    assert isinstance(caught.value.batches[0].error, UnavailableError)
    assert files(tmp_path) == before


def test_batches_go_out_in_the_order_they_were_kept(
    intake: ScriptedIntake, address: str, tmp_path: Path
) -> None:
    left_behind(tmp_path, *([str(number)] for number in range(12)))
    for path in tmp_path.iterdir():
        os.utime(path, ns=(0, 1_000))  # a disk whose clock is coarse
    with client(address, tmp_path, max_in_flight=1):
        pass
    assert intake.event_ids() == [str(number) for number in range(12)]
    left_behind(tmp_path, ["late"], ["early"])
    os.utime(tmp_path / (b"earlier-2".hex() + ".dispatches.pb"), ns=(0, 1_000))
    with client(address, tmp_path, max_in_flight=1):
        pass
    assert intake.event_ids()[-2:] == ["early", "late"]


def test_more_than_the_queue_holds_is_taken_and_add_waits_for_it(
    intake: ScriptedIntake, address: str, tmp_path: Path
) -> None:
    left_behind(tmp_path, *([f"{number}-a", f"{number}-b"] for number in range(4)))
    with client(address, tmp_path, queue_rows=2, max_in_flight=1) as later:
        later.add_dispatch(dispatch("new"))
    assert intake.event_ids()[-1] == "new"
    assert len(intake.event_ids()) == 9


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("00.dispatches.pb", b"no batch at all", "no batch"),
        ("00.work-sessions.pb", b"\x0a\xff", "no batch"),
        ("00.dispatches.pb", b"", "a batch of nobody, not of platform-a"),
        (
            "00.work-sessions.pb",
            intake_pb2.SubmitWorkSessionsRequest(
                request_id="r", platform_id="platform-b"
            ).SerializeToString(),
            "a batch of platform-b, not of platform-a",
        ),
    ],
    ids=["damaged", "torn", "empty", "another platform's"],
)
def test_a_file_that_is_no_batch_of_the_platform_is_named_and_nothing_is_sent_or_deleted(
    intake: ScriptedIntake, address: str, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    left_behind(tmp_path, ["good"])
    (tmp_path / name).write_bytes(content)
    before = files(tmp_path)
    with pytest.raises(SpoolError, match=f"spool: {name}: {why}"):
        client(address, tmp_path)

    async def scenario() -> None:
        with pytest.raises(SpoolError, match=f"spool: {name}: {why}"):
            async_client(address, tmp_path)

    run(scenario())
    assert intake.requests == []
    assert files(tmp_path) == before
    (tmp_path / name).rename(tmp_path / "moved away")
    client(address, tmp_path).close()
    assert intake.event_ids() == ["good"]


def test_what_was_not_whole_when_a_process_died_is_not_read(
    intake: ScriptedIntake, address: str, tmp_path: Path
) -> None:
    for name in ("unfinished-x1", "00.dispatches.pb.unfinished", "README"):
        (tmp_path / name).write_bytes(b"\x0a")
    client(address, tmp_path).close()
    assert intake.requests == []


def test_a_folder_that_cannot_be_had_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "spool" / "00.dispatches.pb").mkdir(parents=True)
    for folder in (Path("/dev/null/no"), tmp_path / "file", tmp_path / "spool"):
        with pytest.raises(SpoolError, match=r"spool: .*Errno"):
            client(NOBODY, folder)


def test_no_folder_is_no_spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UndeliveredError):
        _filled(client(NOBODY, "")).close(timeout_s=0.05)
    assert files(tmp_path) == []


def test_what_cannot_be_written_is_in_the_error(tmp_path: Path) -> None:
    one = _filled(client(NOBODY, tmp_path / "spool"))
    shutil.rmtree(tmp_path / "spool")
    with pytest.raises(UndeliveredError, match="spool: 4 of 4 batches cannot be written") as caught:
        one.close(timeout_s=0.05)
    assert isinstance(caught.value.spool_error, SpoolError)
    assert sum(len(each.batch.rows) for each in caught.value.batches) == 6


def test_the_rest_is_kept_if_one_cannot_be_written(tmp_path: Path) -> None:
    batches = [Batch.of(RowKind.DISPATCH, 1, each, [dispatch(each)]) for each in ("a", "x" * 200, "b")]
    failed = Spool(tmp_path, "platform-a").keep([Undelivered(batch, None) for batch in batches])
    assert "1 of 3" in str(failed)
    assert kept_events(tmp_path) == ["a", "b"]
    assert len(files(tmp_path)) == 2


def test_a_file_that_cannot_be_deleted_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    batch = Batch.of(RowKind.DISPATCH, 1, "r", [])
    (tmp_path / (b"r".hex() + ".dispatches.pb")).mkdir()
    with caplog.at_level(logging.WARNING):
        Spool(tmp_path, "platform-a").forget(batch)
    assert "stays in the spool" in caplog.text


def test_what_a_callback_raises_keeps_nothing_in_the_spool(
    intake: ScriptedIntake, address: str, tmp_path: Path
) -> None:
    def mine(_: object) -> None:
        raise RuntimeError("mine")

    left_behind(tmp_path, ["a"])
    with pytest.raises(RuntimeError, match="mine"):
        client(address, tmp_path, on_answer=mine).close()
    assert files(tmp_path) == []


def test_what_was_submitted_past_the_queue_is_the_callers(tmp_path: Path) -> None:
    one = client(NOBODY, tmp_path, retry=NEVER)
    with pytest.raises(UnavailableError):
        one.submit_dispatches([dispatch("mine")])
    with pytest.raises(UnavailableError):
        one.upload_dispatches([dispatch("mine")])
    one.close()
    assert files(tmp_path) == []


INTERRUPTED = """
import os, signal, sys, threading, time
from quzhong import Client, ClientClosedError
from tests.unit.sdk.scripted_intake import dispatch

one = Client("127.0.0.1:1", "qz_test", "platform-a", spool=sys.argv[1])
one.add_dispatch(dispatch("a"))

def interrupt():
    try:
        while True:
            one.resend()  # until it says that close was called
            time.sleep(0.01)
    except ClientClosedError:
        time.sleep(0.1)
        os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=interrupt).start()
one.close()
"""


def test_ctrl_c_during_close_keeps_what_has_no_answer(tmp_path: Path) -> None:
    command = [sys.executable, "-c", INTERRUPTED, str(tmp_path)]
    environment = {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30)
    assert "KeyboardInterrupt" in done.stderr
    assert kept_events(tmp_path) == ["a"]


def test_asyncio_keeps_and_sends_the_same(intake: ScriptedIntake, address: str, tmp_path: Path) -> None:
    async def scenario() -> None:
        one = async_client(NOBODY, tmp_path)
        for place in range(5):
            await one.add_dispatch(dispatch(str(place)))
        await one.add_work_session(work_session("s"))
        with pytest.raises(UndeliveredError) as caught:
            await one.close(timeout_s=0.1)
        assert len(caught.value.batches) == len(files(tmp_path)) == 4
        async with async_client(address, tmp_path, max_in_flight=1) as later:
            await later.flush(timeout_s=10)
            assert files(tmp_path) == []
        assert sorted(intake.event_ids()) == ["0", "1", "2", "3", "4", "s"]
        assert {each.batch.request_id for each in caught.value.batches} == {
            request.request_id for request in intake.requests
        }

    run(scenario())


def test_to_cancel_close_keeps_what_has_no_answer(
    intake: ScriptedIntake, address: str, tmp_path: Path
) -> None:
    intake.hold.clear()

    async def scenario() -> None:
        one = async_client(address, tmp_path, max_in_flight=1)
        for place in range(5):
            await one.add_dispatch(dispatch(str(place)))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await one.close()

    run(scenario())
    assert sorted(kept_events(tmp_path)) == ["0", "1", "2", "3", "4"]


def test_asyncio_names_what_could_not_be_written(tmp_path: Path) -> None:
    async def scenario() -> None:
        one = async_client(NOBODY, tmp_path / "spool")
        await one.add_dispatch(dispatch("a"))
        (tmp_path / "spool").rmdir()
        with pytest.raises(UndeliveredError, match="cannot be written") as caught:
            await one.close(timeout_s=0.05)
        assert isinstance(caught.value.spool_error, SpoolError)

    run(scenario())


def test_asyncio_needs_its_loop_whether_something_waits_or_not(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="running event loop"):
        async_client(NOBODY, tmp_path)
