"""ListAdvisories and WatchAdvisories: what holds, then what comes, each platform its own."""

from __future__ import annotations

import queue
import threading
from dataclasses import replace
from typing import Any

import grpc
import pytest

from quzhong.api.workhours.v1 import workhours_pb2 as pb
from services.workhours.core.finding import Finding
from services.workhours.core.verdict import Severity
from tests.integration.workhours_reading.conftest import WORKER, Desk
from tests.support.refusals import refusal
from tests.unit.workhours.shifts import MINUTE, at

LIMIT_MS = 240 * MINUTE
MINUTES_LEFT, NO_PUSH, CLEARED = (
    pb.ADVISORY_KIND_MINUTES_LEFT,
    pb.ADVISORY_KIND_NO_PUSH,
    pb.ADVISORY_KIND_CLEARED,
)


def prompt(finding_id: str = "f1", *platforms: str) -> Finding:
    return Finding(
        finding_id=finding_id,
        rule_id="cn-food-delivery-2025.continuous-work",
        pack_id="cn-food-delivery-2025",
        pack_version="1.0.0",
        worker_id=WORKER,
        severity=Severity.PROMPT,
        platform_id="platform-0",
        area_code="130203",
        tier_at_ms=at("11:34"),
        spell_start_ms=at("08:00"),
        stated_until_ms=at("11:34"),
        open=True,
        watermark_ms=at("11:34"),
        measured_ms=LIMIT_MS - 30 * MINUTE,
        limit_ms=LIMIT_MS,
        limit_at_ms=None,
        no_push_start_ms=None,
        no_push_end_ms=None,
        platform_ids=platforms or ("platform-0", "platform-1"),
        event_ids=(),
        counter=(),
    )


def breach(of: Finding) -> Finding:
    return replace(of, revision=of.revision + 1, severity=Severity.BREACH, tier_at_ms=at("12:05"))


def listed(desk: Desk, caller: str, token: str = "", size: int = 0, **wanted: str) -> Any:
    request = pb.ListAdvisoriesRequest(resume_token=token, page_size=size, **wanted)
    return desk.call(caller, "ListAdvisories", request)


def kinds(answer: Any) -> list[int]:
    return [each.kind for each in answer.advisories]


def test_each_platform_of_the_spell_gets_one_and_none_the_others(desk: Desk) -> None:
    desk.save(prompt(), accepted_ms=at("11:35"))
    for platform in ("platform-0", "platform-1"):
        (told,) = listed(desk, platform).advisories
        assert (told.platform_id, told.worker_id, told.kind) == (platform, WORKER, MINUTES_LEFT)
        assert told.minutes_left.ToMilliseconds() == 30 * MINUTE
        assert told.accept_time.ToMilliseconds() == at("11:35")
        assert told.event_time.ToMilliseconds() == at("11:34")
        other = {"platform-0": "platform-1", "platform-1": "platform-0"}[platform]
        assert other not in str(told)
    assert not listed(desk, "platform-2").advisories
    assert len(listed(desk, "city").advisories) == 2
    assert len(listed(desk, "city", platform_id="platform-1").advisories) == 1


def test_foreign_advisories_are_refused(desk: Desk) -> None:
    refused = refusal(lambda: listed(desk, "platform-0", platform_id="platform-1"))
    assert (refused.code, refused.reason) == (grpc.StatusCode.PERMISSION_DENIED, "FOREIGN_PLATFORM")
    refused = refusal(lambda: listed(desk, "union"))
    assert (refused.code, refused.reason) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")


def test_a_list_begins_with_what_holds_and_goes_on_with_what_comes(desk: Desk) -> None:
    first = desk.save(prompt("f1"))
    desk.save(breach(first), first)
    over = desk.save(prompt("f2"))
    desk.withdraw(over)
    begun = listed(desk, "platform-0")
    assert kinds(begun) == [NO_PUSH], "what was replaced, and what is cleared, is no news to a newcomer"
    assert not begun.more
    third = desk.save(prompt("f3"))
    desk.withdraw(desk.save(breach(third), third))
    later = listed(desk, "platform-0", begun.resume_token)
    assert [(each.finding_id, each.kind) for each in later.advisories][-1:] == [("f3", CLEARED)]
    assert not listed(desk, "platform-0", later.resume_token).advisories


def test_pages_hold_everything_once(desk: Desk) -> None:
    for number in range(7):
        desk.save(prompt(f"f{number}"))
    token, found, more = "", [], True
    while more:
        answer = listed(desk, "platform-0", token, size=3)
        token, more = answer.resume_token, answer.more
        found += [each.finding_id for each in answer.advisories]
    assert found == [f"f{number}" for number in range(7)]


@pytest.mark.parametrize("token", ["x", "-1", "999"])
def test_a_token_that_was_not_given_out_is_refused(desk: Desk, token: str) -> None:
    desk.save(prompt())
    refused = refusal(lambda: listed(desk, "platform-0", token))
    assert (refused.code, refused.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "RESUME_TOKEN_UNKNOWN")


class Watcher:
    """One stream, read by a thread as it comes."""

    def __init__(self, desk: Desk, caller: str, token: str = "") -> None:
        request = pb.WatchAdvisoriesRequest(resume_token=token)
        self._stream = desk.call(caller, "WatchAdvisories", request)
        self._messages: queue.Queue[pb.WatchAdvisoriesResponse] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            for message in self._stream:
                self._messages.put(message)
        except grpc.RpcError:
            pass  # cancelled

    def next(self) -> pb.WatchAdvisoriesResponse:
        return self._messages.get(timeout=10)

    def close(self) -> None:
        self._stream.cancel()


def test_a_watcher_is_told_as_it_comes_and_resumes_where_it_was(desk: Desk) -> None:
    first = desk.save(prompt())
    watcher = Watcher(desk, "platform-1")
    message = watcher.next()
    assert message.advisory.kind == MINUTES_LEFT
    second = desk.save(breach(first), first)
    assert watcher.next().advisory.kind == NO_PUSH
    watcher.close()
    desk.withdraw(second)
    resumed = Watcher(desk, "platform-1", message.resume_token)
    told = resumed.next()
    assert (told.advisory.kind, told.advisory.revision) == (CLEARED, 3)
    resumed.close()
