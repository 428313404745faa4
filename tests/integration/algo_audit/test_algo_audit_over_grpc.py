"""Audits over the wire: what is judged, kept, published, and shown to whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import grpc
import pytest
from google.longrunning import operations_pb2
from google.protobuf.timestamp_pb2 import Timestamp

from kit.eventlog.topics import FINDINGS
from kit.grpc.paging import page_key
from quzhong.api.algo_audit.v1 import algo_audit_pb2 as pb
from quzhong.api.events.v1 import events_pb2
from quzhong.api.events.v1 import findings_pb2 as events
from tests.integration.algo_audit.conftest import PARCEL, RIDE_HAILING, declare, deliveries, start
from tests.support.dispatches import at, worker_id
from tests.support.suite import CITY, Suite, refusal

BAND = "1000-2000"
STRICTEST, FLOOR = "algo-audit.strictest", "algo-audit.below-floor"
MIDNIGHT = Timestamp(seconds=at("23:00") // 1000 + 3_600)
"""The end of the day of the orders."""
UNDECLARED_SAYS_SOMETHING = ("commission_share", "penalties_per_order", "hourly_earnings", "piece_rate")
"""Metrics of which an audit says something even if nobody declared a threshold."""
DAY: dict[str, Any] = {
    "period_start_time": Timestamp(seconds=MIDNIGHT.seconds - 86_400),
    "period_end_time": MIDNIGHT,
}
"""The day of the orders: a period of the calendar here."""
SECOND_DAY = Timestamp(seconds=57_600)
"""1970-01-02 in Asia/Shanghai."""


def test_a_union_may_audit_but_charges_nobody(suite: Suite) -> None:
    declare(suite, "swift", 9)
    assert row(run(suite, "city-union"), "swift").verdict == pb.VERDICT_STRICTEST
    assert published(suite) == []
    run(suite)
    assert len(published(suite)) == 1


def test_limits_of_cars_are_not_held_against_e_bikes(suite: Suite) -> None:
    declare(suite, "swift", 9, service=RIDE_HAILING)
    limit = row(run(suite), "swift")
    assert limit.verdict == pb.VERDICT_INSUFFICIENT_EVIDENCE, "no car has an order here"
    assert [(key.key, key.value) for key in limit.keys][:2] == [
        ("service", "ride-hailing"),
        ("vehicle", "car"),
    ]
    assert not limit.below_floor, "a car may do 1.5 km faster than an e-bike"


def test_what_if_and_frontier_answer_on_the_audit_that_is_asked_about(suite: Suite) -> None:
    declare(suite, "swift", 9)
    audit = run(suite, **DAY)
    stub = suite.as_("city-union").algo_audit
    cohort = pb.CohortRef(audit_id=audit.audit_id, platform_id="swift", cohort=BAND)
    answer = stub.GetWhatIf(pb.GetWhatIfRequest(cohort=cohort, threshold=12 * 60))
    assert answer.declared.threshold == 540
    assert answer.what_if.attainment > answer.declared.attainment
    assert answer.what_if.orders_affected < answer.declared.orders_affected
    points = stub.GetFrontier(pb.GetFrontierRequest(cohort=cohort)).points
    assert [p.threshold for p in points] == sorted(p.threshold for p in points)
    assert [p.attainment for p in points] == sorted(p.attainment for p in points)
    wrong = refusal(lambda: stub.GetWhatIf(pb.GetWhatIfRequest(cohort=cohort, threshold=0)))
    assert wrong.code == grpc.StatusCode.INVALID_ARGUMENT


def test_an_audit_that_is_not_in_memory_is_made_again_for_a_platform_or_says_what_changed(
    suite: Suite,
) -> None:
    declare(suite, "swift", 9)
    audit = run(suite)
    cohort = pb.CohortRef(audit_id=audit.audit_id, platform_id="swift", cohort=BAND)
    question = pb.GetWhatIfRequest(cohort=cohort, threshold=12 * 60)
    stub = suite.as_("swift").algo_audit
    fresh, drawn = stub.GetWhatIf(question), stub.GetFrontier(pb.GetFrontierRequest(cohort=cohort))

    def let_go() -> None:
        for area in ("130200", "130203"):
            for detail in (pb.DETAIL_SERVICE, pb.DETAIL_AREA, pb.DETAIL_HOUR):
                run(suite, area_code=area, detail=detail)

    let_go()
    assert stub.GetWhatIf(question) == fresh
    let_go()
    assert stub.GetFrontier(pb.GetFrontierRequest(cohort=cohort)) == drawn
    # What comes after an audit without an end is no part of it.
    suite.submit("swift", deliveries("swift", workers=1, each=1, start="21:00"))
    let_go()
    assert stub.GetWhatIf(question) == fresh
    suite.submit("swift", deliveries("swift", workers=1, each=1, start="08:00"))
    let_go()
    changed = refusal(lambda: stub.GetWhatIf(question))
    assert (changed.code, changed.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "DATA_HAVE_CHANGED")
    assert "GetAudit" in changed.message
    assert run(suite).audit_id != audit.audit_id


def test_a_penalty_declared_for_a_county_is_not_counted_in_the_whole_city(suite: Suite) -> None:
    def would_cost() -> tuple[pb.WhatIf, pb.WhatIf]:
        cohort = pb.CohortRef(audit_id=run(suite, **DAY).audit_id, platform_id="swift", cohort=BAND)
        request = pb.GetWhatIfRequest(cohort=cohort, threshold=12 * 60)
        answer = suite.as_("city-union").algo_audit.GetWhatIf(request)
        return answer.what_if, answer.declared

    declare(suite, "swift", 9)
    declare(suite, "swift", 5, metric_id="penalties_per_order", area="130203", end_m=0)
    assert not any(each.HasField("penalty_fen") for each in would_cost())
    declare(suite, "swift", 3, metric_id="penalties_per_order", end_m=0)
    offered, declared = would_cost()
    assert declared.penalty_fen == 180 * declared.orders, "the mean over all orders"
    share = offered.orders_affected / declared.orders_affected
    assert offered.penalty_fen == round(180 * declared.orders * share) > 0


def test_a_started_audit_is_followed_to_its_result(suite: Suite) -> None:
    declare(suite, "swift", 9)
    caller = suite.as_("tangshan")
    started = caller.algo_audit.StartAudit(pb.StartAuditRequest(area_code=CITY, request_id="once"))
    assert (
        caller.algo_audit.StartAudit(pb.StartAuditRequest(area_code=CITY, request_id="once")).name
        == started.name
    )
    operations = suite.as_("tangshan").operations
    done = operations.WaitOperation(operations_pb2.WaitOperationRequest(name=started.name))
    assert done.done
    found = pb.RunAuditResponse()
    assert done.response.Unpack(found)
    assert row(found.audit, "swift").verdict == pb.VERDICT_STRICTEST
    progress = pb.AuditProgress()
    assert done.metadata.Unpack(progress)
    assert progress.percent == 100
    others = suite.as_("city-union").operations
    hidden = refusal(lambda: others.GetOperation(operations_pb2.GetOperationRequest(name=started.name)))
    assert hidden.code == grpc.StatusCode.NOT_FOUND


def test_a_watcher_sees_audits_as_they_are_run(suite: Suite) -> None:
    declare(suite, "swift", 9)
    first = run(suite, **DAY)
    stub = suite.as_("city-union").algo_audit
    watching = stub.WatchAudits(pb.WatchAuditsRequest(resume_token="0"), timeout=10)
    seen = next(iter(watching))
    assert (seen.audit.audit_id, len(seen.audit.cohorts)) == (first.audit_id, 0)
    watching.cancel()


def test_every_metric_can_be_audited_or_says_why_not(suite: Suite) -> None:
    stub = suite.as_("tangshan").algo_audit
    metrics = stub.ListMetrics(pb.ListMetricsRequest()).metrics
    assert len(metrics) == 13
    for metric in metrics:
        if metric.metric_id in UNDECLARED_SAYS_SOMETHING:
            assert run(suite, metric_id=metric.metric_id).metric_id == metric.metric_id
        else:
            refused = refusal(lambda metric=metric: run(suite, metric_id=metric.metric_id))  # type: ignore[misc]
            assert refused.reason == "NO_THRESHOLDS", metric.metric_id


def run(suite: Suite, party: str = "tangshan", **asked: Any) -> pb.Audit:
    request = pb.RunAuditRequest(area_code=asked.pop("area_code", CITY), **asked)
    audit: pb.Audit = suite.as_(party).algo_audit.RunAudit(request).audit
    return audit


def row(audit: pb.Audit, platform: str, band: str = BAND) -> pb.CohortAudit:
    (found,) = (c for c in audit.cohorts if (c.platform_id, c.cohort) == (platform, band))
    return found


def published(suite: Suite) -> list[events.Finding]:
    """Every revision that left for topic findings, in order."""
    suite.drain()
    return [events.Finding.FromString(record.value) for record in suite.log.reader(FINDINGS.name).poll(0.1)]


def test_the_strictest_limit_is_found_with_its_evidence(suite: Suite) -> None:
    declare(suite, "swift", 9)
    declare(suite, "steady", 12)
    audit = run(suite)
    strict, middle = row(audit, "swift"), row(audit, "steady")
    assert (strict.verdict, middle.verdict) == (pb.VERDICT_STRICTEST, pb.VERDICT_WITHIN_MIDDLE)
    figures = strict.figures
    assert (figures.orders, figures.workers, figures.attainment) == (120, 12, 0.2)
    assert (figures.p10 / 60, figures.p50 / 60, figures.p90 / 60) == (8, 12, 16)
    assert strict.reference == pb.REFERENCE_OTHERS, "the other platform's orders, not its own"

    (finding,) = published(suite)
    assert (finding.rule_id, finding.platform_id, finding.revision) == (STRICTEST, "swift", 1)
    assert "最严算法" in finding.title.zh
    assert "二.8" in finding.citation.zh
    evidence = finding.audit
    assert (evidence.cohort, evidence.declared, evidence.unit) == (BAND, 540, "s")
    assert (evidence.orders, evidence.workers) == (figures.orders, figures.workers)
    assert (evidence.attainment, evidence.p50) == (figures.attainment, figures.p50)
    assert evidence.attainment_low == figures.attainment_interval.low < 0.2
    assert (evidence.middle_low, evidence.middle_high) == (figures.middle.low, figures.middle.high)
    assert not finding.worker_id


def test_a_limit_nobody_can_lawfully_meet_is_a_finding_of_its_own(suite: Suite) -> None:
    declare(suite, "swift", 5, end_m=3_000)
    audit = run(suite)
    assert row(audit, "swift").below_floor
    findings = published(suite)
    assert {(finding.rule_id, finding.audit.cohort) for finding in findings} == {
        (STRICTEST, BAND),
        (FLOOR, BAND),
        (FLOOR, "2000-3000"),
    }
    (unseen,) = (finding for finding in findings if finding.audit.cohort == "2000-3000")
    assert (unseen.audit.orders, unseen.audit.p50) == (0, 0), "a suppressed cell has no figures"


def test_the_same_data_are_the_same_audit_and_nothing_new(suite: Suite) -> None:
    declare(suite, "swift", 9)
    first = run(suite, **DAY)
    assert run(suite, "city-union", **DAY) == run(suite, "city-union") == first
    suite.submit("swift", deliveries("swift"))  # every row a duplicate
    assert run(suite, **DAY) == first
    assert len(published(suite)) == 1


def test_a_correction_makes_the_audit_that_the_right_event_would_have_made(suite: Suite) -> None:
    declare(suite, "steady", 12)
    first = run(suite)
    slower = deliveries("swift")[1::2]  # the completions
    for event in slower:
        event.version = 1
        event.event_time.seconds += 300
    suite.submit("swift", slower)
    corrected = run(suite)
    assert row(corrected, "steady").figures.p50 == row(first, "steady").figures.p50 + 300
    for event in slower:
        event.version = 2
        event.event_time.seconds -= 300
    suite.submit("swift", slower)
    assert row(run(suite), "steady") == row(first, "steady")


def test_what_is_deleted_counts_for_nothing(suite: Suite) -> None:
    declare(suite, "swift", 9)
    first = run(suite)
    phantoms = deliveries("steady", shortest=60, start="14:30")
    suite.submit("steady", phantoms)
    assert run(suite) != first
    for event in phantoms:
        event.version, event.deleted = 1, True
    suite.submit("steady", phantoms)
    assert run(suite) == first


def test_the_same_data_are_the_same_audit_after_a_restart(suite: Suite, tmp_path: Path) -> None:
    declare(suite, "swift", 9)
    first = run(suite)
    suite.host.stop(grace_s=0.2)
    for again in start(tmp_path):
        assert run(again) == first
        assert len(published(again)) == 1


def test_a_threshold_that_changes_amends_and_then_withdraws(suite: Suite) -> None:
    declare(suite, "swift", 9)
    first = run(suite)
    declare(suite, "swift", 10, since="01:00")
    second = run(suite)
    declare(suite, "swift", 13, since="02:00")
    run(suite)
    assert first.audit_id != second.audit_id
    stated, amended, withdrawn = published(suite)
    assert stated.finding_id == amended.finding_id == withdrawn.finding_id
    assert (amended.revision, amended.state) == (2, events.FINDING_STATE_STANDS)
    assert "declared: 540 → 600" in amended.changes
    assert "attainment: 0.2 → 0.3" in amended.changes
    assert (withdrawn.revision, withdrawn.state) == (3, events.FINDING_STATE_WITHDRAWN)
    assert list(withdrawn.changes) == ["state: STANDS → WITHDRAWN", "verdict: WITHIN_MIDDLE, declared 780"]
    assert withdrawn.audit.declared == 600, "what it was about"
    latest = suite.as_("tangshan").algo_audit.GetAudit(pb.GetAuditRequest(area_code=CITY)).audit
    assert row(latest, "swift").declared == 780


def test_more_orders_amend_what_was_found(suite: Suite) -> None:
    declare(suite, "swift", 9)
    run(suite)
    suite.submit("steady", deliveries("steady", workers=6, start="15:00"))
    run(suite)
    _, amended = published(suite)
    assert "orders: 120 → 180" in amended.changes


def test_an_audit_of_another_period_leaves_findings_alone(suite: Suite) -> None:
    declare(suite, "swift", 9)
    run(suite, period_end_time=MIDNIGHT)
    declare(suite, "swift", 20, since="14:00")
    assert row(run(suite), "swift").verdict == pb.VERDICT_LAXER
    assert [(finding.revision, finding.state) for finding in published(suite)] == [
        (1, events.FINDING_STATE_STANDS)
    ]


def test_limits_of_two_services_are_two_findings_each_by_its_own_orders(suite: Suite) -> None:
    declare(suite, "swift", 9)
    declare(suite, "swift", 13, service=PARCEL)
    suite.submit("steady", deliveries("steady", service=PARCEL, shortest=12, start="10:00"))
    audit = run(suite)
    rows = [cohort for cohort in audit.cohorts if cohort.cohort == BAND]
    assert [(cohort.declared, cohort.figures.p50 / 60) for cohort in rows] == [(540, 12), (780, 16)]
    findings = published(suite)
    assert len({finding.finding_id for finding in findings}) == len(findings) == 2
    assert {finding.audit.orders for finding in findings} == {120}


def test_limits_of_ranges_that_overlap_are_two_findings(suite: Suite) -> None:
    declare(suite, "swift", 9)
    declare(suite, "swift", 10, start_m=1_000)
    run(suite)
    assert sorted(finding.audit.declared for finding in published(suite)) == [540, 600]
    assert len({finding.finding_id for finding in published(suite)}) == 2


def test_a_small_cell_keeps_its_figures_to_itself(suite: Suite) -> None:
    suite.submit("swift", deliveries("swift", workers=9, distance_m=2_500, start="15:00"))
    declare(suite, "steady", 15, end_m=3_000)
    cell = row(run(suite), "steady", "2000-3000")
    assert cell.suppressed
    assert not cell.HasField("figures")
    assert (cell.verdict, cell.reference) == (
        pb.VERDICT_INSUFFICIENT_EVIDENCE,
        pb.REFERENCE_UNSPECIFIED,
    )
    assert cell.doubt.zh


def test_a_platform_sees_its_own_rows_everybody_else_all(suite: Suite) -> None:
    declare(suite, "swift", 9)
    declare(suite, "steady", 12)
    audit = run(suite, **DAY)

    def rows(party: str) -> set[str]:
        answer = suite.as_(party).algo_audit.GetAudit(pb.GetAuditRequest(audit_id=audit.audit_id))
        return {cohort.platform_id for cohort in answer.audit.cohorts}

    assert rows("swift") == {"swift"}
    assert rows("even") == set(), "it declared nothing"
    assert rows("city-union") == rows("tangshan") == rows("lubei") == {"swift", "steady"}


def test_who_may_run_and_see_what(suite: Suite) -> None:
    declare(suite, "swift", 9)
    refused = refusal(lambda: run(suite, "swift"))
    assert (refused.code, refused.reason) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")
    refused = refusal(lambda: run(suite, "elsewhere", area_code="130203"))
    assert (refused.code, refused.reason) == (grpc.StatusCode.PERMISSION_DENIED, "FOREIGN_AREA")
    request = pb.GetAuditRequest(audit_id=run(suite, area_code="130203").audit_id)
    assert suite.as_("lubei").algo_audit.GetAudit(request).audit.area_code == "130203"
    refused = refusal(lambda: suite.as_("elsewhere").algo_audit.GetAudit(request))
    assert (refused.code, refused.reason) == (grpc.StatusCode.NOT_FOUND, "AUDIT_NOT_FOUND")


@pytest.mark.parametrize(
    ("asked", "code", "field", "reason"),
    [
        ({"area_code": ""}, grpc.StatusCode.INVALID_ARGUMENT, "area_code", "INVALID_ARGUMENT"),
        ({"metric_id": "speed"}, grpc.StatusCode.INVALID_ARGUMENT, "metric_id", "METRIC_UNKNOWN"),
        (
            {"period_start_time": SECOND_DAY, "period_end_time": SECOND_DAY},
            grpc.StatusCode.INVALID_ARGUMENT,
            "period_end_time",
            "PERIOD_EMPTY",
        ),
        (
            {"period_end_time": Timestamp(seconds=4_102_444_800 - 8 * 3_600 + 86_400)},
            grpc.StatusCode.INVALID_ARGUMENT,
            "period_end_time",
            "INVALID_ARGUMENT",
        ),
        (
            {"period_end_time": Timestamp(seconds=9)},
            grpc.StatusCode.INVALID_ARGUMENT,
            "period_end_time",
            "INVALID_ARGUMENT",
        ),
        (
            {"period_end_time": SECOND_DAY},
            grpc.StatusCode.FAILED_PRECONDITION,
            "area_code",
            "NO_ORDERS",
        ),
        ({}, grpc.StatusCode.FAILED_PRECONDITION, "metric_id", "NO_THRESHOLDS"),
    ],
)
def test_what_cannot_be_audited_is_refused_with_the_way_out(
    suite: Suite, asked: dict[str, Any], code: grpc.StatusCode, field: str, reason: str
) -> None:
    refused = refusal(lambda: run(suite, **asked))
    assert (refused.code, refused.field, refused.reason) == (code, field, reason)
    assert refused.zh != refused.message


def paid(area: str, fen: int, start: str, first: int) -> list[events_pb2.Dispatch]:
    """Orders of 40 workers of ``even``, from `first` on."""
    rows = deliveries("even", workers=40, each=12, area=area, start=start)
    for number, event in enumerate(rows):
        event.pay_fen = fen
        event.worker_id = worker_id(first + number // 24)
    return rows


def test_a_county_is_told_of_its_own_pay_only_and_charges_for_nothing_else(suite: Suite) -> None:
    suite.submit("even", paid("130203", 2_000, "09:00", 5_000) + paid("130204", 100, "09:05", 6_000))
    county = run(suite, "lubei", metric_id="hourly_earnings", area_code="130203")
    assert [(each.cohort, each.workers, each.underpaid) for each in county.pay] == [("130203", 40, False)]
    assert county.pay[0].cohort_name.zh == "路北区"
    assert list(county.parity) == []
    assert published(suite) == []
    city = run(suite, metric_id="hourly_earnings")
    assert {each.cohort: each.underpaid for each in city.pay} == {
        "all-areas": True,
        "130203": False,
        "130204": True,
    }
    assert [each.group for each in city.parity] == ["130204"]


def test_other_limits_on_orders_are_another_audit_even_if_all_times_stay(suite: Suite) -> None:
    declare(suite, "swift", 9)
    limited = deliveries("even", workers=40)
    for minutes in (20, 40):
        for event in limited:
            event.version = minutes
            event.promised_duration.seconds = minutes * 60
        suite.submit("even", limited)
        assert [each.applied for each in run(suite).applied] == [minutes * 60]


def test_a_request_that_comes_again_gets_its_answer_again(suite: Suite) -> None:
    declare(suite, "swift", 9)
    first = run(suite, request_id="r1")
    suite.submit("steady", deliveries("steady", workers=6, start="15:00"))
    assert run(suite, request_id="r1") == first
    assert run(suite, "city-union", request_id="r1").audit_id != first.audit_id, "another caller's"
    refused = refusal(lambda: run(suite, request_id="r1", area_code="130203"))
    assert (refused.code, refused.reason) == (grpc.StatusCode.ALREADY_EXISTS, "REQUEST_ID_REUSED")


def test_an_audit_waits_for_what_was_accepted_before_it(suite: Suite) -> None:
    declare(suite, "swift", 9)
    suite.submit("steady", deliveries("steady", workers=12, start="15:00"), settle=False)
    assert row(run(suite), "swift").figures.orders == 240


def test_audits_are_listed_the_last_run_first_without_rows(suite: Suite) -> None:
    declare(suite, "swift", 9)
    ids = [run(suite).audit_id, run(suite, area_code="130203").audit_id]
    for days in range(1, 4):
        ids.append(run(suite, period_end_time=Timestamp(seconds=MIDNIGHT.seconds + days * 86_400)).audit_id)

    def listed(party: str, page_size: int) -> list[str]:
        found: list[str] = []
        token = ""
        while True:
            request = pb.ListAuditsRequest(page_size=page_size, page_token=token)
            answer = suite.as_(party).algo_audit.ListAudits(request)
            assert all(not audit.cohorts for audit in answer.audits)
            found += [audit.audit_id for audit in answer.audits]
            token = answer.next_page_token
            if not token:
                return found

    assert listed("tangshan", 2) == ids[::-1]
    assert listed("tangshan", 2) == listed("tangshan", 100) == listed("lubei", 3)
    assert listed("elsewhere", 2) == [each for each in listed("tangshan", 100) if each != ids[1]]
    refused = refusal(
        lambda: suite.as_("tangshan").algo_audit.ListAudits(pb.ListAuditsRequest(page_token="7"))
    )
    assert refused.field == "page_token"
    after_county = suite.as_("tangshan").algo_audit.ListAudits(pb.ListAuditsRequest(page_size=4))
    assert page_key(after_county.next_page_token, str) == (ids[1],), "names the last shown, counts nothing"
    hidden = pb.ListAuditsRequest(page_token=after_county.next_page_token)
    assert refusal(lambda: suite.as_("elsewhere").algo_audit.ListAudits(hidden)).field == "page_token"
