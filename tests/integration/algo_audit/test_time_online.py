"""Time online is audited on work sessions, which follow no order, and yet only of the period's days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.algo_audit.v1 import algo_audit_pb2 as pb
from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2
from tests.integration.algo_audit.conftest import declare
from tests.support.dispatches import HOUR_MS, at, worker_id
from tests.support.suite import CITY, Suite

WORKERS = 12


def shifts(platform: str, first: int, hours: Sequence[int]) -> list[events_pb2.WorkSession]:
    """A shift a day of each worker, of so many hours; the first day is the one of the orders."""
    return [
        events_pb2.WorkSession(
            event_id=f"{platform}-{worker}-{day}-{kind}",
            worker_id=worker_id(first + worker),
            event_time=Timestamp(seconds=(at("08:00", day) + after * HOUR_MS) // 1_000),
            kind=events_pb2.WorkSessionKind.ValueType(kind),
            area_code="130203",
        )
        for worker in range(WORKERS)
        for day, length in enumerate(hours)
        for kind, after in (
            (events_pb2.WORK_SESSION_KIND_ONLINE, 0),
            (events_pb2.WORK_SESSION_KIND_OFFLINE, length),
        )
    ]


def middle_of(suite: Suite, **asked: Any) -> float:
    request = pb.RunAuditRequest(area_code=CITY, metric_id="online_hours", **asked)
    (row,) = suite.as_("tangshan").algo_audit.RunAudit(request).audit.cohorts
    p50: float = row.figures.p50
    return p50


def test_only_days_of_the_period_count(suite: Suite) -> None:
    for platform, first in (("swift", 1_000), ("steady", 2_000)):
        request = intake_pb2.SubmitWorkSessionsRequest(
            request_id=suite.request_id(),
            platform_id=platform,
            work_sessions=shifts(platform, first, [9, 3, 3, 3]),
        )
        answer = suite.as_(platform).intake.SubmitWorkSessions(request).answer
        assert not answer.rejected, answer.rejections
    suite.drain()
    declare(suite, "swift", 10 / 60, end_m=0, metric_id="online_hours")
    assert middle_of(suite) == 3
    midnights = [Timestamp(seconds=at("00:00", day) // 1_000) for day in (0, 1)]
    assert middle_of(suite, period_start_time=midnights[0], period_end_time=midnights[1]) == 9
