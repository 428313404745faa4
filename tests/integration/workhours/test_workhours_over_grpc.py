"""What workhours answers, and to whom."""

from __future__ import annotations

from typing import Any

import grpc
import pytest

from quzhong.api.events.v1 import events_pb2
from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.workhours.v1 import workhours_pb2 as pb
from tests.support.dispatches import HOUR_MS, at, order, shift, time_passes
from tests.support.suite import PARTITIONS, Party, Suite, refusal

RULE = "cn-food-delivery-2025.continuous-work"


def listed(party: Party, page_size: int = 0, **wanted: Any) -> list[events.Finding]:
    """All pages of a list."""
    found: list[events.Finding] = []
    token = ""
    while True:
        request = pb.ListFindingsRequest(
            filter=pb.FindingFilter(**wanted), page_size=page_size, page_token=token
        )
        answer = party.workhours.ListFindings(request)
        assert len(answer.findings) <= (page_size or 100)
        found += answer.findings
        token = answer.next_page_token
        if not token:
            return found


def seen(party: Party, **wanted: Any) -> set[tuple[str, str, str]]:
    return {(f.platform_id, f.area_code, f.worker_id[-1]) for f in listed(party, **wanted)}


@pytest.fixture
def furnished(suite: Suite) -> Suite:
    """Breaches of workers 1 (swift, 130203), 2 (swift, 130202) and 3 (steady, 130203); 4 gets a prompt."""
    suite.submit("swift", shift("a", at("08:00"), orders=6, worker=1))
    suite.submit("swift", shift("b", at("08:00"), orders=6, worker=2, area="130202"))
    suite.submit("steady", shift("c", at("08:00"), orders=6, worker=3))
    suite.submit("swift", shift("d", at("08:00"), orders=5, worker=4))
    suite.submit("steady", time_passes(at("18:00"), PARTITIONS))
    return suite


def test_pages_hold_every_finding_once_in_the_order_of_their_ids(furnished: Suite) -> None:
    regulator = furnished.as_("tangshan")
    ids = [finding.finding_id for finding in listed(regulator, page_size=2)]
    assert ids == sorted(set(ids))
    assert ids == [finding.finding_id for finding in listed(regulator)]
    assert len(ids) == 4


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (pb.ListFindingsRequest(page_size=-1), "page_size"),
        (pb.ListFindingsRequest(page_token="12"), "page_token"),
        (pb.ListFindingsRequest(page_token="WzFd"), "page_token"),
        (pb.ListFindingsRequest(filter=pb.FindingFilter(least_severity=9)), "filter.least_severity"),  # type: ignore[arg-type]
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(
    suite: Suite, request_: pb.ListFindingsRequest, field: str
) -> None:
    refused = refusal(lambda: suite.as_("tangshan").workhours.ListFindings(request_))
    assert (refused.code, refused.field) == (grpc.StatusCode.INVALID_ARGUMENT, field)
    assert refused.zh != refused.message


def test_filters_narrow_what_the_caller_may_see(furnished: Suite) -> None:
    city = furnished.as_("tangshan")
    assert seen(city, platform_id="steady") == {("steady", "130203", "3")}
    assert seen(city, area_code="130202") == {("swift", "130202", "2")}
    assert seen(city, least_severity=events.SEVERITY_BREACH, platform_id="swift") == {
        ("swift", "130203", "1"),
        ("swift", "130202", "2"),
    }
    assert len(seen(city, rule_id=RULE)) == 4
    assert seen(city, rule_id="another") == set()


def test_a_platform_sees_itself_a_district_its_area_an_administrator_everything(furnished: Suite) -> None:
    assert {platform for platform, _, _ in seen(furnished.as_("swift"))} == {"swift"}
    assert {area for _, area, _ in seen(furnished.as_("lunan"))} == {"130202"}
    assert seen(furnished.as_("lubei"), area_code="130200") == seen(furnished.as_("lubei"))
    assert len(seen(furnished.admin)) == 4
    foreign = refusal(lambda: listed(furnished.as_("swift"), platform_id="steady"))
    assert (foreign.code, foreign.reason) == (grpc.StatusCode.PERMISSION_DENIED, "FOREIGN_PLATFORM")
    foreign = refusal(lambda: listed(furnished.as_("lubei"), area_code="130202"))
    assert (foreign.code, foreign.reason) == (grpc.StatusCode.PERMISSION_DENIED, "FOREIGN_AREA")


def test_a_union_and_strangers_see_no_finding_and_no_small_count(furnished: Suite) -> None:
    union = furnished.as_("city-union")
    for call in (
        lambda: union.workhours.ListFindings(pb.ListFindingsRequest()),
        lambda: union.workhours.GetFinding(pb.GetFindingRequest(finding_id="x")),
        lambda: next(union.workhours.WatchFindings(pb.WatchFindingsRequest())),
        lambda: union.workhours.SummariseFindings(pb.SummariseFindingsRequest()),
    ):
        refused = refusal(call)
        assert (refused.code, refused.reason) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")
    refused = refusal(lambda: listed(furnished.stranger))
    assert (refused.code, refused.reason) == (grpc.StatusCode.UNAUTHENTICATED, "CREDENTIAL_MISSING")


def test_a_summary_counts_breaches_unless_asked_for_less(furnished: Suite) -> None:
    def counted(**wanted: Any) -> list[tuple[int, int]]:
        request = pb.SummariseFindingsRequest(filter=pb.FindingFilter(**wanted))
        answer = furnished.as_("tangshan").workhours.SummariseFindings(request)
        return [(rule.spells, rule.workers) for rule in answer.rules]

    assert counted() == [(3, 3)]
    assert counted(least_severity=events.SEVERITY_PROMPT) == [(4, 4)]
    assert counted(platform_id="steady") == [(1, 1)]
    assert counted(area_code="130204") == []
    furnished.submit("swift", shift("e", at("08:00", day=1), orders=6, worker=1))
    assert counted() == [(4, 3)]


def test_a_finding_comes_with_its_earlier_revisions(suite: Suite) -> None:
    suite.submit("swift", shift("a", at("08:00"), orders=6, worker=1))
    suite.submit("swift", time_passes(at("18:00"), PARTITIONS))
    suite.submit("swift", order("late", at("12:20"), at("12:50"), worker=1))
    (finding,) = listed(suite.as_("tangshan"))
    answer = suite.as_("tangshan").workhours.GetFinding(pb.GetFindingRequest(finding_id=finding.finding_id))
    assert answer.finding == finding
    assert [each.revision for each in answer.earlier] == [1, 2]
    assert [each.working_time.open for each in (*answer.earlier, finding)] == [True, False, False]
    assert any(change.startswith("event_ids: late swift/late-") for change in finding.changes)
    assert finding.title.zh.startswith("连续接单时长已超过 4 小时")
    assert "《外卖平台服务管理基本要求》" in finding.citation.zh
    assert len(finding.working_time.event_ids) == 14
    assert finding.working_time.counter[-1].accumulated == finding.working_time.measured


@pytest.mark.parametrize("reader", ["steady", "lunan"])
def test_somebody_elses_finding_does_not_exist(furnished: Suite, reader: str) -> None:
    (finding,) = (f for f in listed(furnished.as_("swift")) if f.worker_id.endswith("1"))
    request = pb.GetFindingRequest(finding_id=finding.finding_id)
    refused = refusal(lambda: furnished.as_(reader).workhours.GetFinding(request))
    assert (refused.code, refused.reason) == (grpc.StatusCode.NOT_FOUND, "FINDING_NOT_FOUND")


def test_a_platform_is_not_told_for_whom_else_its_worker_rides(suite: Suite) -> None:
    rows = shift("a", at("08:00"), orders=6, worker=1)
    suite.submit("steady", rows[:6], settle=False)
    suite.submit("swift", rows[6:])
    (finding,) = listed(suite.as_("swift"))
    assert list(finding.working_time.platform_ids) == ["swift"]
    assert {event.partition("/")[0] for event in finding.working_time.event_ids} == {"swift"}
    assert finding.working_time.counter[0].start_time.ToMilliseconds() == at("08:00"), "all hours are told"
    (whole,) = listed(suite.as_("tangshan"))
    assert list(whole.working_time.platform_ids) == ["steady", "swift"]


def test_orders_of_another_sector_are_not_judged_by_this_one(suite: Suite) -> None:
    """Two workers, five hours each: one drives a car, of the other's orders nobody stated the service."""
    car, unsaid = events_pb2.SERVICE_KIND_RIDE_HAILING, events_pb2.SERVICE_KIND_UNSPECIFIED
    hours = [(at("08:00") + n * HOUR_MS, at("09:00") + n * HOUR_MS) for n in range(5)]
    for number, (start, end) in enumerate(hours):
        suite.submit("swift", order(f"car-{number}", start, end, worker=1, service=car))
        suite.submit("swift", order(f"unsaid-{number}", start, end, worker=2, service=unsaid))
    suite.submit("steady", time_passes(at("18:00"), PARTITIONS))
    assert {worker for _, _, worker in seen(suite.as_("tangshan"))} == {"2"}
