"""Advisories watched and listed, by threads and by asyncio, from a real server that comes and goes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import grpc
import pytest

from quzhong import (
    Advised,
    AdvisoryKind,
    InvalidArgumentError,
    RetryPolicy,
    UnauthenticatedError,
    UnavailableError,
    list_advisories,
    list_advisories_async,
    watch_advisories,
    watch_advisories_async,
)
from quzhong.api.workhours.v1 import workhours_pb2 as pb
from quzhong.retry import Pacing
from tests.unit.sdk.scripted_workhours import ScriptedWorkhours, advisory, in_order, with_status

SHANGHAI = ZoneInfo("Asia/Shanghai")
QUICK = RetryPolicy(initial_s=0.05, max_s=0.05, give_up_after_s=10)
UNHURRIED = Pacing(uniform=lambda upper: upper)
"""A call that reaches a server between its cancelling all calls and its closing the connection has no answer
for as long as the process lives. A service's ends then; that of a test goes on."""
BREAKS = [
    pytest.param(in_order, id="OK"),
    *(
        pytest.param(with_status(code), id=code.name)
        for code in (
            grpc.StatusCode.UNAVAILABLE,
            grpc.StatusCode.CANCELLED,
            grpc.StatusCode.DEADLINE_EXCEEDED,
        )
    ),
]


@pytest.fixture
def service() -> Iterator[ScriptedWorkhours]:
    service = ScriptedWorkhours()
    service.start()
    yield service
    service.stop()


def of_threads(service: ScriptedWorkhours, count: int, resume_token: str = "") -> list[Advised]:
    with watch_advisories(
        service.address, "token", resume_token=resume_token, retry=QUICK, pacing=UNHURRIED
    ) as watch:
        return list(islice(watch, count))


def of_asyncio(service: ScriptedWorkhours, count: int, resume_token: str = "") -> list[Advised]:
    async def gather() -> list[Advised]:
        watch = watch_advisories_async(
            service.address, "token", resume_token=resume_token, retry=QUICK, pacing=UNHURRIED
        )
        async with watch:
            return [await anext(watch) for _ in range(count)]

    return asyncio.run(gather())


Gather = Callable[..., list[Advised]]
both = pytest.mark.parametrize("gather", [of_threads, of_asyncio])


def ids(told: list[Advised]) -> list[str]:
    return [each.advisory.advisory_id for each in told]


def test_advice_comes_in_pythons_own_types_and_shanghais_time(service: ScriptedWorkhours) -> None:
    service.say(advisory(1), advisory(2, kind=pb.ADVISORY_KIND_NO_PUSH))
    service.said[1].ClearField("minutes_left")
    service.said[1].no_push_end_time.FromJsonString("2026-03-16T04:20:00Z")
    service.said[1].accept_time.FromJsonString("2026-03-16T04:00:00.900Z")
    near, passed = (each.advisory for each in of_threads(service, 2))
    assert (near.kind, near.minutes_left) == (AdvisoryKind.MINUTES_LEFT, timedelta(minutes=30))
    assert near.event_time == datetime(2026, 3, 16, 12, tzinfo=SHANGHAI)
    assert near.event_time.tzinfo == SHANGHAI
    assert near.limit_time == datetime(2026, 3, 16, 12, 30, tzinfo=SHANGHAI)
    assert (near.must_rest_until, near.no_push_start, near.no_push_end, near.accept_time) == (None,) * 4
    assert (near.text_zh, near.text_en) == ("还剩 30 分钟", "30 min left")
    assert (passed.kind, passed.minutes_left, passed.limit_time) == (AdvisoryKind.NO_PUSH, None, None)
    assert passed.no_push_end == datetime(2026, 3, 16, 12, 20, tzinfo=SHANGHAI)
    assert passed.accept_time is not None
    assert passed.create_time - passed.accept_time == timedelta(milliseconds=350)


def test_a_kind_of_a_newer_service_is_unspecified(service: ScriptedWorkhours) -> None:
    service.say(advisory(1, kind=9))
    assert of_threads(service, 1)[0].advisory.kind is AdvisoryKind.UNSPECIFIED


def test_the_token_and_the_platform_travel_with_the_call(service: ScriptedWorkhours) -> None:
    service.say(advisory(1))
    with watch_advisories(service.address, "secret", platform_id="platform-a") as watch:
        next(watch)
    assert service.metadata[0]["authorization"] == "Bearer secret"
    assert service.requests[0].platform_id == "platform-a"


@both
@pytest.mark.parametrize("end", BREAKS)
def test_a_broken_stream_is_taken_up_after_the_last_advice(
    service: ScriptedWorkhours, gather: Gather, end: Callable[[grpc.ServicerContext], None]
) -> None:
    service.say(*map(advisory, range(6)))
    service.ends += [(2, end), (0, end), (0, end), (3, end)]
    assert ids(gather(service, 6)) == [f"advice-{number}" for number in range(6)]
    assert [each.resume_token for each in service.requests] == ["", "2", "2", "2", "5"]


@both
def test_a_watch_begins_after_the_token_that_was_stored(service: ScriptedWorkhours, gather: Gather) -> None:
    service.say(*map(advisory, range(4)))
    stored = gather(service, 2)[-1].resume_token
    assert ids(gather(service, 2, stored)) == ["advice-2", "advice-3"]


@both
def test_a_restart_of_the_service_leaves_no_gap_and_repeats_nothing(
    service: ScriptedWorkhours, gather: Gather
) -> None:
    told: list[Advised] = []
    reader = threading.Thread(target=lambda: told.extend(gather(service, 30)))
    reader.start()
    service.wait_for_streams(1)
    for life in range(3):
        service.say(*map(advisory, range(10 * life, 10 * life + 5)))
        service.stop()
        service.say(*map(advisory, range(10 * life + 5, 10 * life + 10)))
        service.start()
    reader.join(20)
    assert ids(told) == [f"advice-{number}" for number in range(30)]


@both
@pytest.mark.parametrize(
    ("code", "error"),
    [
        (grpc.StatusCode.INVALID_ARGUMENT, InvalidArgumentError),
        (grpc.StatusCode.UNAUTHENTICATED, UnauthenticatedError),
    ],
)
def test_what_asking_again_cannot_mend_is_raised(
    service: ScriptedWorkhours, gather: Gather, code: grpc.StatusCode, error: type[Exception]
) -> None:
    service.ends.append((0, with_status(code)))
    with pytest.raises(error):
        gather(service, 1)
    assert len(service.requests) == 1


def test_a_policy_with_an_end_counts_from_the_first_failure_in_a_row(service: ScriptedWorkhours) -> None:
    now, waits = 0.0, 0

    def no_wait(upper: float) -> float:
        nonlocal now, waits
        now, waits = now + 1.0, waits + 1
        return 0.0

    pacing = Pacing(monotonic=lambda: now, uniform=no_wait)
    policy = RetryPolicy(give_up_after_s=60)
    service.say(advisory(1))
    service.ends += [(1, in_order), (0, in_order)]
    with watch_advisories(service.address, "token", retry=policy, pacing=pacing) as watch:
        next(watch)
        now = 1_000_000.0  # a stream that was idle for days
        service.say(advisory(2))
        assert next(watch).advisory.advisory_id == "advice-2"
        service.stop()
        waits = 0
        with pytest.raises(UnavailableError):
            next(watch)
    assert waits == 61


def test_close_from_another_thread_ends_the_iteration(service: ScriptedWorkhours) -> None:
    watch = watch_advisories(service.address, "token")
    told: list[Advised] = []
    reader = threading.Thread(target=lambda: told.extend(watch))
    reader.start()
    service.wait_for_streams(1)
    watch.close()
    watch.close()
    reader.join(5)
    assert not reader.is_alive()
    assert told == list(watch) == []


def test_close_ends_a_pause_between_attempts(service: ScriptedWorkhours) -> None:
    service.stop()
    hours = RetryPolicy(initial_s=3_600, max_s=3_600)
    watch = watch_advisories(
        service.address, "token", retry=hours, pacing=Pacing(uniform=lambda upper: upper / 100)
    )
    reader = threading.Thread(target=lambda: list(watch))
    reader.start()
    reader.join(0.5)
    assert reader.is_alive()
    watch.close()
    reader.join(5)
    assert not reader.is_alive()


def test_close_from_another_task_ends_the_iteration(service: ScriptedWorkhours) -> None:
    async def run() -> list[Advised]:
        watch = watch_advisories_async(service.address, "token")

        async def iterate() -> list[Advised]:
            return [each async for each in watch]

        reader = asyncio.create_task(iterate())
        await asyncio.to_thread(service.wait_for_streams, 1)
        await watch.close()
        return await asyncio.wait_for(reader, 5)

    assert asyncio.run(run()) == []


def test_a_wait_that_was_cancelled_loses_nothing(service: ScriptedWorkhours) -> None:
    async def run() -> list[str]:
        async with watch_advisories_async(service.address, "token") as watch:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.2):
                    await anext(watch)
            service.say(advisory(1), advisory(2))
            return [(await anext(watch)).advisory.advisory_id for _ in range(2)]

    assert asyncio.run(run()) == ["advice-1", "advice-2"]


def test_a_list_is_read_page_by_page_and_again_later(service: ScriptedWorkhours) -> None:
    service.say(*map(advisory, range(5)))
    service.refusals.append(grpc.StatusCode.UNAVAILABLE)
    first = list_advisories(service.address, "token", page_size=3, retry=QUICK)
    assert ([each.advisory_id for each in first.advisories], first.more) == (
        ["advice-0", "advice-1", "advice-2"],
        True,
    )

    async def rest() -> tuple[list[str], bool, str]:
        service.refusals.append(grpc.StatusCode.UNAVAILABLE)
        page = await list_advisories_async(
            service.address, "token", resume_token=first.resume_token, page_size=3, retry=QUICK
        )
        return [each.advisory_id for each in page.advisories], page.more, page.resume_token

    listed, more, token = asyncio.run(rest())
    assert (listed, more) == (["advice-3", "advice-4"], False)
    service.say(advisory(5))
    assert ids(of_threads(service, 1, token)) == ["advice-5"]


def test_a_list_that_is_refused_raises(service: ScriptedWorkhours) -> None:
    service.refusals += [grpc.StatusCode.INVALID_ARGUMENT] * 2
    with pytest.raises(InvalidArgumentError):
        list_advisories(service.address, "token")
    with pytest.raises(InvalidArgumentError):
        asyncio.run(list_advisories_async(service.address, "token"))
