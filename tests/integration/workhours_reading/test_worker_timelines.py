"""GetWorkerTimeline: what a worker did, how the counters ran, what was found, what is known."""

from __future__ import annotations

from typing import Any

import grpc
import pytest

from quzhong.api.workhours.v1 import workhours_pb2 as pb
from services.workhours.core.work_events import DispatchKind
from services.workhours.wire import timestamp
from tests.integration.workhours_reading.conftest import WORKER, Desk, six_orders
from tests.support.refusals import refusal
from tests.unit.workhours.shifts import DAY_START, HOUR, MINUTE, Row, accepted, at, orders

DAY_MS = 24 * HOUR


def drawn(desk: Desk, caller: str = "city", start: str = "00:00", end: str = "23:59") -> Any:
    request = pb.GetWorkerTimelineRequest(
        worker_id=WORKER, start_time=timestamp(at(start)), end_time=timestamp(at(end))
    )
    return desk.call(caller, "GetWorkerTimeline", request)


def test_a_day_is_drawn_with_its_counter_and_its_finding(desk: Desk) -> None:
    desk.append(*six_orders(), *six_orders(worker=2))
    desk.append(Row(1, 0, 0, DispatchKind.OFFERED, at("07:59"), 3), accepted("14:50", order=9, worker=1))
    desk.pass_time("15:00")
    finding = desk.publish()
    answer = drawn(desk)
    states = [(each.state, each.platform_id, each.open) for each in answer.intervals]
    assert states[:3] == [
        ("dispatch_push", "platform-0", False),
        ("order", "platform-0", False),
        ("order", "platform-1", False),
    ]
    assert states[-1] == ("order", "platform-0", True)
    assert answer.intervals[-1].end_time.ToMilliseconds() == at("15:00")
    (counter,) = answer.counters
    assert counter.steps[-1].accumulated.ToMilliseconds() == 4 * HOUR + 30 * MINUTE
    assert counter.title.zh == "连续接单不超过 4 小时"
    assert [each.finding_id for each in answer.findings] == [finding.finding_id]
    assert answer.coverage.observed.ToMilliseconds() == 4 * HOUR + 40 * MINUTE
    assert answer.coverage.window_end_time.ToMilliseconds() == at("15:00")
    assert answer.known_until_time.ToMilliseconds() == at("15:00")


def test_complaints_are_neither_drawn_nor_evidence_nor_show_a_county_what_is_not_its_own(desk: Desk) -> None:
    desk.append(*six_orders(), accepted("14:50", order=9, worker=1))
    desk.pass_time("15:00")
    request = pb.ExplainRequest(finding_id=desk.publish().finding_id)
    before = [drawn(desk), drawn(desk, "lubei"), desk.call("city", "Explain", request)]
    complaints = [(0, "08:30"), (1, "09:00"), (9, "14:55"), (9, "23:00"), (77, "10:00")]
    desk.append(
        *(Row(1, 0, order, DispatchKind.COMPLAINED, at(moment), 3) for order, moment in complaints),
        *(Row(1, 0, order, DispatchKind.COMPLAINED, at("16:00"), 2) for order in (0, 9)),
    )
    assert [drawn(desk), drawn(desk, "lubei"), desk.call("city", "Explain", request)] == before


def test_only_what_overlaps_the_time_asked_for_is_drawn(desk: Desk) -> None:
    desk.append(*six_orders())
    desk.pass_time("15:00")
    desk.publish()
    middle = drawn(desk, start="09:00", end="10:00")
    assert len(middle.intervals) == 2
    assert len(middle.counters) == len(middle.findings) == 1
    after = drawn(desk, start="13:00", end="14:00")
    assert (len(after.intervals), len(after.counters), len(after.findings)) == (0, 0, 0)


def test_an_authority_sees_what_was_done_in_its_areas(desk: Desk) -> None:
    desk.append(*orders(("08:00", "09:00"), worker=1, area=3), *orders(("10:00", "11:00"), worker=1, area=2))
    desk.pass_time("15:00")
    # Orders of one number are one order, whose acceptances contradict each other; so they are numbered apart.
    desk.append(*orders(("12:00", "13:00"), worker=1, area=2, first_order=50))
    whole, part = drawn(desk), drawn(desk, "lubei")
    assert len(part.intervals) < len(whole.intervals)
    assert part.coverage.observed.ToMilliseconds() < whole.coverage.observed.ToMilliseconds()


def test_a_worker_nobody_has_heard_of_has_an_empty_timeline(desk: Desk) -> None:
    answer = drawn(desk)
    assert not answer.intervals
    assert answer.coverage.observed.ToMilliseconds() == 0


@pytest.mark.parametrize("caller", ["platform-0", "union"])
def test_platforms_and_unions_may_not_look_up_a_worker(desk: Desk, caller: str) -> None:
    refused = refusal(lambda: drawn(desk, caller))
    assert (refused.code, refused.reason) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (pb.GetWorkerTimelineRequest(), "worker_id"),
        (pb.GetWorkerTimelineRequest(worker_id=WORKER), "start_time"),
        (pb.GetWorkerTimelineRequest(worker_id=WORKER, start_time=timestamp(DAY_START)), "end_time"),
        (
            pb.GetWorkerTimelineRequest(
                worker_id=WORKER, start_time=timestamp(DAY_START), end_time=timestamp(DAY_START)
            ),
            "end_time",
        ),
        (
            pb.GetWorkerTimelineRequest(
                worker_id=WORKER,
                start_time=timestamp(DAY_START),
                end_time=timestamp(DAY_START + 31 * DAY_MS + 1),
            ),
            "end_time",
        ),
    ],
)
def test_a_time_that_cannot_be_drawn_is_refused_with_its_field(
    desk: Desk, request_: pb.GetWorkerTimelineRequest, field: str
) -> None:
    refused = refusal(lambda: desk.call("city", "GetWorkerTimeline", request_))
    assert (refused.code, refused.field) == (grpc.StatusCode.INVALID_ARGUMENT, field)
    assert refused.zh != refused.message
