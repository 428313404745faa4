"""The asyncio client against a real server on a real socket: the same promises as the threaded one."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Coroutine, Iterator

import grpc
import pytest

from quzhong import (
    AsyncClient,
    Client,
    ClientClosedError,
    InvalidArgumentError,
    Rejected,
    RetryPolicy,
    UnauthenticatedError,
    UndeliveredError,
    Verdict,
)
from quzhong.api.events.v1 import events_pb2
from tests.unit.sdk.scripted_intake import ScriptedIntake, dispatch, fails, unavailable, work_session

QUICK = RetryPolicy(initial_s=0.01, max_s=0.05, give_up_after_s=20.0)


def client(address: str, **options: object) -> AsyncClient:
    defaults: dict[str, object] = {"retry": QUICK, "linger_s": 0.05, "batch_size": 10}
    return AsyncClient(address, "qz_test", "platform-a", **(defaults | options))  # type: ignore[arg-type]


def run(coroutine: Coroutine[object, object, None]) -> None:
    asyncio.run(asyncio.wait_for(coroutine, 30))


def test_both_clients_have_the_same_methods_and_arguments() -> None:
    def shape(kind: type) -> dict[str, list[str]]:
        return {
            name: list(inspect.signature(member).parameters)
            for name, member in inspect.getmembers(kind, inspect.isfunction)
            if not name.startswith("_") or name == "__init__"
        }

    assert shape(AsyncClient) == shape(Client)


def test_rows_go_out_in_batches_and_linger(intake: ScriptedIntake, address: str) -> None:
    async def scenario() -> None:
        async with client(address) as one:
            for place in range(25):
                await one.add_dispatch(dispatch(str(place)))
            await one.add_work_session(work_session("w"))
            while one.totals.sent < 26:  # noqa: ASYNC110 - nothing else tells that a row lingered long enough
                await asyncio.sleep(0.01)

    run(scenario())
    assert set(intake.tokens) == {"Bearer qz_test"}
    assert len(intake.requests) == 4


def test_unavailable_is_sent_again_under_the_same_request_id(intake: ScriptedIntake, address: str) -> None:
    intake.script.extend([unavailable(), unavailable(0.05)])

    async def scenario() -> None:
        async with client(address, linger_s=60.0) as one:
            await one.add_dispatch(dispatch("a"))
        assert one.totals.accepted == 1

    run(scenario())
    assert len(intake.requests) == 3
    assert len({request.SerializeToString(deterministic=True) for request in intake.requests}) == 1


def test_any_other_status_keeps_the_batch_until_it_is_resent(intake: ScriptedIntake, address: str) -> None:
    intake.script.append(fails(grpc.StatusCode.UNAUTHENTICATED, "revoked"))

    async def scenario() -> None:
        async with client(address) as one:
            await one.add_dispatch(dispatch("a"))
            with pytest.raises(UndeliveredError) as caught:
                await one.flush()
            assert isinstance(caught.value.batches[0].error, UnauthenticatedError)
            with pytest.raises(UndeliveredError):
                await one.add_dispatch(dispatch("b"))
            await one.resend()
            await one.flush()
            assert one.totals.accepted == 1

    run(scenario())
    assert len({request.request_id for request in intake.requests}) == 1


def test_add_waits_while_the_queue_is_full(intake: ScriptedIntake, address: str) -> None:
    intake.hold.clear()

    async def scenario() -> None:
        async with client(address, batch_size=1, max_in_flight=2, queue_rows=5) as one:
            for place in range(5):
                await one.add_dispatch(dispatch(str(place)))
            sixth = asyncio.create_task(one.add_dispatch(dispatch("sixth")))
            _, waiting = await asyncio.wait([sixth], timeout=0.2)
            assert waiting
            assert intake.most_in_flight == 2
            intake.hold.set()
            await sixth
        assert one.totals.accepted == 6

    run(scenario())


def test_many_tasks_add_and_nothing_is_lost(intake: ScriptedIntake, address: str) -> None:
    for _ in range(5):
        intake.script.append(unavailable())

    async def scenario() -> None:
        async def add(start: int) -> None:
            for place in range(start, start + 250):
                await one.add_dispatch(dispatch(str(place)))

        async with client(address, batch_size=37, queue_rows=100) as one:
            await asyncio.gather(*(add(start) for start in range(0, 2_000, 250)))
        assert one.totals.accepted == 2_000

    run(scenario())
    assert set(intake.event_ids()) == {str(place) for place in range(2_000)}


def test_close_without_time_hands_back_every_row(intake: ScriptedIntake, address: str) -> None:
    intake.hold.clear()

    async def scenario() -> None:
        one = client(address, batch_size=1, max_in_flight=2)
        for place in range(6):
            await one.add_dispatch(dispatch(str(place)))
        with pytest.raises(TimeoutError):
            await one.flush(timeout_s=0.1)
        with pytest.raises(UndeliveredError) as caught:
            await one.close(timeout_s=0.1)
        kept = [row.event_id for each in caught.value.batches for row in each.batch.rows]
        assert sorted(kept) == ["0", "1", "2", "3", "4", "5"]

    run(scenario())


def test_submit_and_upload_answer_each_row(intake: ScriptedIntake, address: str) -> None:
    async def scenario() -> None:
        async with client(address) as one:
            answer = await one.submit_dispatches([dispatch("a"), dispatch("bad")])
            assert list(answer.verdicts) == [Verdict.ACCEPTED, Verdict.REJECTED]
            assert (await one.submit_work_sessions([work_session("w")])).accepted == 1
            names = [f"bad-{place}" if place == 17 else str(place) for place in range(25)]
            uploaded = await one.upload_dispatches(map(dispatch, names))
            assert [each.index for each in uploaded.rejections] == [17]
            assert (await one.upload_work_sessions([work_session("v")])).accepted == 1
            assert one.totals.sent == 29
            intake.script.append(fails(grpc.StatusCode.INVALID_ARGUMENT))
            with pytest.raises(InvalidArgumentError):
                await one.submit_dispatches([dispatch("a")])

    run(scenario())


def test_what_the_rows_of_an_upload_raise_comes_out_of_upload(intake: ScriptedIntake, address: str) -> None:
    def rows() -> Iterator[events_pb2.Dispatch]:
        yield dispatch("a")
        raise LookupError("the file ends in the middle")

    async def scenario() -> None:
        async with client(address) as one:
            with pytest.raises(LookupError, match="middle"):
                await one.upload_dispatches(rows())

    run(scenario())


def test_callbacks_hear_of_rejections_and_what_they_raise_comes_out_of_flush(
    intake: ScriptedIntake, address: str
) -> None:
    heard: list[Rejected] = []

    def broken(rejected: Rejected) -> None:
        heard.append(rejected)
        raise LookupError(rejected.reason)

    async def scenario() -> None:
        async with client(address, on_rejected=broken) as one:
            await one.add_dispatch(dispatch("bad"))
            with pytest.raises(LookupError):
                await one.flush()

    run(scenario())
    assert heard[0].reason == "AREA_UNKNOWN"


def test_a_closed_client_says_so(intake: ScriptedIntake, address: str) -> None:
    async def scenario() -> None:
        one = client(address)
        await one.close()
        await one.close()
        calls: list[Callable[[], Coroutine[object, object, object]]] = [
            lambda: one.add_dispatch(dispatch("a")),
            lambda: one.submit_dispatches([dispatch("a")]),
            lambda: one.upload_dispatches([dispatch("a")]),
            one.resend,
        ]
        for call in calls:
            with pytest.raises(ClientClosedError):
                await call()

    run(scenario())
