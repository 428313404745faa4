"""From a platform's work sessions to the coverage that people read."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.workhours.v1 import workhours_pb2 as pb
from tests.support.dispatches import HOUR_MS, MINUTE_MS, at, shift, time_passes, worker_id
from tests.support.suite import PARTITIONS, Suite


def submit_sessions(suite: Suite, *said: tuple[events_pb2.WorkSessionKind.ValueType, int]) -> None:
    rows = [
        events_pb2.WorkSession(
            event_id=f"session-{kind}-{time_ms}",
            worker_id=worker_id(1),
            event_time=Timestamp(seconds=time_ms // 1000),
            kind=kind,
            area_code="130203",
        )
        for kind, time_ms in said
    ]
    request = intake_pb2.SubmitWorkSessionsRequest(
        request_id=suite.request_id(), platform_id="swift", work_sessions=rows
    )
    answer = suite.as_("swift").intake.SubmitWorkSessions(request).answer
    assert not answer.rejected, answer.rejections
    suite.drain()


def test_sessions_show_in_the_coverage_of_findings_explanations_and_timelines(suite: Suite) -> None:
    submit_sessions(
        suite,
        (events_pb2.WORK_SESSION_KIND_ONLINE, at("10:00")),
        (events_pb2.WORK_SESSION_KIND_OFFLINE, at("15:00")),
    )
    suite.submit("swift", shift("a", at("08:00"), orders=6, worker=1))
    suite.submit("swift", time_passes(at("18:00"), PARTITIONS))
    city = suite.as_("tangshan").workhours
    (finding,) = city.ListFindings(pb.ListFindingsRequest()).findings
    # 08:00–12:35 with five gaps of a minute, of which the second ends at 09:32, the third begins at 10:17.
    stated = finding.working_time.coverage
    assert stated.unknown.ToMilliseconds() == 2 * MINUTE_MS
    again = city.Explain(pb.ExplainRequest(finding_id=finding.finding_id)).recomputed.coverage
    assert again == stated
    drawn = city.GetWorkerTimeline(
        pb.GetWorkerTimelineRequest(
            worker_id=worker_id(1),
            start_time=Timestamp(seconds=at("07:00") // 1000),
            end_time=Timestamp(seconds=at("18:00") // 1000),
        )
    )
    # From 08:00 to 18:00 but for the two minutes: offline is stated too, and before 08:00 nothing was.
    assert drawn.coverage.observed.ToMilliseconds() == 10 * HOUR_MS - 2 * MINUTE_MS
    assert drawn.coverage.unknown.ToMilliseconds() == HOUR_MS + 2 * MINUTE_MS
    assert {each.state for each in drawn.intervals} == {"order"}, "this pack has no state for sessions"


def test_sessions_alone_make_no_finding(suite: Suite) -> None:
    submit_sessions(
        suite,
        (events_pb2.WORK_SESSION_KIND_ONLINE, at("00:00")),
        (events_pb2.WORK_SESSION_KIND_OFFLINE, at("23:00")),
    )
    assert not suite.as_("tangshan").workhours.ListFindings(pb.ListFindingsRequest()).findings
