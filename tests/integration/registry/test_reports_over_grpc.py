"""Employment reports as reporters and receivers meet them: a real socket, the interceptor, the log."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import grpc
import pytest

from kit.eventlog.port import NewRecord
from kit.eventlog.topics import ACTIVITY, FINDINGS
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.registry.v1 import registry_pb2 as pb
from quzhong.api.registry.v1 import reports_pb2 as reports
from services.notify.messages import report_of
from services.registry.core.reporting import start_ms
from tests.integration.registry.report_suite import (
    LUBEI,
    LUNAN,
    QUARTER,
    TANGSHAN,
    Tokens,
    admitted,
    handed_in,
    save,
    submit,
)

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Suite


@pytest.fixture
def tokens(suite: Suite) -> Tokens:
    return admitted(suite)


def eventually(
    suite: Suite, condition: Callable[[list[findings_pb2.Finding]], bool]
) -> list[findings_pb2.Finding]:
    """The findings in the log, once they are as asked; the loop ticks once a second."""
    for _ in range(100):
        with_reader = suite.log.reader(FINDINGS.name)
        records = with_reader.poll(0.1)
        with_reader.close()
        findings = [findings_pb2.Finding.FromString(record.value) for record in records]
        if condition(findings):
            return findings
        time.sleep(0.1)
    raise AssertionError(f"not in time; the log holds {[one.finding_id for one in findings]}")


def test_a_report_goes_from_draft_to_acknowledged(suite: Suite, tokens: Tokens) -> None:
    draft = suite.call(tokens.platform, "SaveReport", save("s1", workers_total=None)).report
    assert (draft.version, draft.state) == (1, reports.REPORT_STATE_DRAFT)
    assert draft.report_id == f"platform-a.platform-a.{TANGSHAN}.{QUARTER}"
    assert [check.check_id for check in draft.checks] == ["workers_total.missing"]
    assert not draft.figures.HasField("workers_total")
    suite.clock.now_ms = start_ms(date(2026, 4, 2))
    refusal = suite.refusal(tokens.platform, "SubmitReport", submit("h1", draft))
    assert (refusal.code, refusal.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "REPORT_HAS_ERRORS")
    assert refusal.field == "figures.workers_total"
    draft = suite.call(tokens.platform, "SaveReport", save("s2")).report
    assert draft.version == 1  # the draft, saved over
    request = submit("h2", draft)
    given = suite.call(tokens.platform, "SubmitReport", request).report
    assert (given.state, given.submit_time.ToMilliseconds()) == (2, suite.clock.now_ms)
    assert suite.call(tokens.platform, "SubmitReport", request).report == given
    taken = reports.AcknowledgeReportRequest(request_id="a1", report_id=given.report_id, version=1)
    noted = suite.call(tokens.official, "AcknowledgeReport", taken).report
    assert (noted.state, noted.receiver_id) == (reports.REPORT_STATE_ACKNOWLEDGED, "official")
    again = reports.AcknowledgeReportRequest(request_id="a2", report_id=given.report_id, version=1)
    assert suite.refusal(tokens.city, "AcknowledgeReport", again).reason == "NOT_SUBMITTED"
    got = reports.GetReportRequest(report_id=given.report_id)
    assert suite.call(tokens.auditor, "GetReport", got).report == noted


def test_a_report_handed_in_is_amended_by_a_further_version(suite: Suite, tokens: Tokens) -> None:
    suite.clock.now_ms = start_ms(date(2026, 4, 2))
    first = handed_in(suite, tokens.platform)
    draft = suite.call(tokens.platform, "SaveReport", save("s2", training_sessions=5)).report
    assert (draft.version, draft.amends_version, draft.state) == (2, 1, reports.REPORT_STATE_DRAFT)
    # The receiver goes on seeing what was handed in, the reporter its draft.
    got = reports.GetReportRequest(report_id=first.report_id)
    assert suite.call(tokens.city, "GetReport", got).report.version == 1
    assert suite.call(tokens.platform, "GetReport", got).report.version == 2
    suite.call(tokens.platform, "SubmitReport", submit("h2", draft))
    stale = reports.AcknowledgeReportRequest(request_id="a1", report_id=first.report_id, version=1)
    refusal = suite.refusal(tokens.city, "AcknowledgeReport", stale)
    assert (refusal.code, refusal.reason) == (grpc.StatusCode.ABORTED, "VERSION_CONFLICT")
    listed = suite.call(tokens.city, "ListReports", reports.ListReportsRequest(quarter=QUARTER)).reports
    assert [(one.version, one.figures.training_sessions) for one in listed] == [(1, 4), (2, 5)]


def test_a_quarter_is_not_handed_in_before_it_is_over(suite: Suite, tokens: Tokens) -> None:
    draft = suite.call(tokens.platform, "SaveReport", save("s1")).report
    refusal = suite.refusal(tokens.platform, "SubmitReport", submit("h1", draft))
    assert (refusal.reason, refusal.field) == ("QUARTER_NOT_OVER", "quarter")
    assert "2026-04-01" in refusal.message
    assert (
        suite.refusal(tokens.platform, "SaveReport", save("s2", quarter="2026Q2")).reason
        == "QUARTER_NOT_BEGUN"
    )


def test_a_partner_firm_reports_to_city_and_county_and_nowhere_else(suite: Suite, tokens: Tokens) -> None:
    for number, area in enumerate((TANGSHAN, LUBEI)):
        suite.call(tokens.firm, "SaveReport", save(f"s{number}", area=area))
    for request, field in (
        (save("s3", area=LUNAN), "area_code"),
        (save("s4", platform_id="platform-b"), "platform_id"),
    ):
        refusal = suite.refusal(tokens.firm, "SaveReport", request)
        assert (refusal.reason, refusal.field) == ("NOT_OWED", field)
        assert f"platform-a in {LUBEI}" in refusal.message
    assert suite.refusal(tokens.platform, "SaveReport", save("s5", area=LUBEI)).reason == "NOT_OWED"


def test_what_is_not_theirs_nobody_sees_or_touches(suite: Suite, tokens: Tokens) -> None:
    draft = suite.call(tokens.firm, "SaveReport", save("s0", area=LUBEI)).report
    got = reports.GetReportRequest(report_id=draft.report_id)
    for token in (tokens.platform, tokens.city, tokens.county, tokens.auditor):  # a draft is its author's
        assert suite.refusal(token, "GetReport", got).reason == "REPORT_UNKNOWN"
    suite.clock.now_ms = start_ms(date(2026, 4, 2))
    report = suite.call(tokens.firm, "SubmitReport", submit("h0", draft)).report
    for token in (tokens.platform, tokens.city, tokens.auditor, tokens.court):
        assert suite.call(token, "GetReport", got).report == report
    assert suite.refusal(tokens.county, "GetReport", got).reason == "REPORT_UNKNOWN"
    taken = reports.AcknowledgeReportRequest(request_id="a", report_id=report.report_id, version=1)
    unknown = reports.AcknowledgeReportRequest(request_id="b", report_id="nobody.has.it.2026Q1", version=1)
    for request in (taken, unknown):
        refusal = suite.refusal(tokens.county, "AcknowledgeReport", request)
        assert (refusal.code, refusal.reason) == (grpc.StatusCode.NOT_FOUND, "REPORT_UNKNOWN")
    returned = reports.ReturnReportRequest(
        request_id="r", report_id=report.report_id, version=1, reason="缺页"
    )
    asked: tuple[tuple[str, Any], ...] = (("AcknowledgeReport", taken), ("ReturnReport", returned))
    for token, why in ((tokens.court, "'court' is registered as 'court'"), (tokens.unnamed, "as no unit")):
        for rpc, request in asked:
            refusal = suite.refusal(token, rpc, request)
            assert (refusal.code, refusal.reason) == (grpc.StatusCode.PERMISSION_DENIED, "NOT_A_RECEIVER")
            assert why in refusal.message
    assert suite.refusal(tokens.platform, "SubmitReport", submit("x", report)).reason == "REPORT_UNKNOWN"
    assert suite.refusal(tokens.platform, "AcknowledgeReport", taken).reason == "ROLE_NOT_ALLOWED"


def test_a_warning_is_lifted_by_its_explanation(suite: Suite, tokens: Tokens) -> None:
    suite.clock.now_ms = start_ms(date(2026, 4, 2))

    def validate(**more: Any) -> reports.ValidateReportResponse:
        saved = save("unused", **more)
        request = reports.ValidateReportRequest(
            platform_id=saved.platform_id,
            area_code=saved.area_code,
            quarter=saved.quarter,
            figures=saved.figures,
            explanations=saved.explanations,
        )
        answer: reports.ValidateReportResponse = suite.call(tokens.platform, "ValidateReport", request)
        return answer

    assert validate().submittable
    bare = validate(labour_contracts=90)
    assert [(one.check_id, one.severity) for one in bare.checks] == [("labour_contracts.short", 1)]
    assert not bare.submittable
    assert "二.1" in bare.checks[0].text.zh
    assert validate(labour_contracts=90, explanations={"labour_contracts.short": "十人试用期"}).submittable


def test_a_report_is_held_against_the_workers_seen_in_events(suite: Suite, tokens: Tokens) -> None:
    counts = [(0, 900), (1, 700), (0, 950), (0, 20)]
    for partition, workers in counts:
        message = findings_pb2.WorkforceActivity(
            platform_id="platform-a",
            area_code=LUBEI,
            local_date="2026-02-03",
            partition=partition,
            workers=workers,
        )
        record = NewRecord(ACTIVITY.name, message.SerializeToString(), key=b"platform-a")
        suite.log.append([record])
    while not suite.host.drained():
        time.sleep(0.02)
    draft = suite.call(tokens.platform, "SaveReport", save("s1")).report
    assert [check.check_id for check in draft.checks] == ["workers_in_quarter.seen"]
    assert "1650" in draft.checks[0].text.en


def test_the_next_quarter_is_held_against_this_one(suite: Suite, tokens: Tokens) -> None:
    suite.clock.now_ms = start_ms(date(2026, 7, 2))
    handed_in(suite, tokens.platform)
    draft = suite.call(
        tokens.platform, "SaveReport", save("s2", quarter="2026Q2", pay_paid_fen=900_000_000)
    ).report
    assert [check.check_id for check in draft.checks] == ["pay_paid_fen.previous_quarter"]


def test_due_dates_are_listed_with_how_they_stand(suite: Suite, tokens: Tokens) -> None:
    def due(token: str, **wanted: Any) -> list[tuple[str, str, str, int]]:
        answer = suite.call(token, "ListDueDates", reports.ListDueDatesRequest(**wanted))
        return [(one.reporter_id, one.area_code, one.due_date, one.state) for one in answer.due_dates]

    first = "2026-04-22"  # 清明 is 4–6 April
    assert due(tokens.platform) == [
        ("firm-a", TANGSHAN, first, reports.DUE_STATE_UPCOMING),
        ("firm-a", LUBEI, first, reports.DUE_STATE_UPCOMING),
        ("platform-a", TANGSHAN, first, reports.DUE_STATE_UPCOMING),
    ]
    assert due(tokens.county) == []
    answer = suite.call(tokens.platform, "ListDueDates", reports.ListDueDatesRequest())
    assert {tuple(one.receiver_ids) for one in answer.due_dates} == {("hr-city",)}  # no court, nobody unnamed
    suite.clock.now_ms = start_ms(date(2026, 4, 22))
    handed_in(suite, tokens.platform)
    assert due(tokens.city, reporter_id="platform-a", quarter=QUARTER)[0][3] == reports.DUE_STATE_SUBMITTED
    assert due(tokens.firm, quarter=QUARTER, area_code=LUBEI)[0][3] == reports.DUE_STATE_DUE
    suite.clock.now_ms = start_ms(date(2026, 4, 23))
    assert due(tokens.firm, quarter=QUARTER, area_code=LUBEI)[0][3] == reports.DUE_STATE_OVERDUE
    # The holidays of 2027 are not announced when this is written; the answer says so.
    later = suite.call(tokens.platform, "ListDueDates", reports.ListDueDatesRequest(quarter="2026Q4"))
    assert later.due_dates
    for one in later.due_dates:
        assert ("2027" in one.note.zh) == ("not known here yet" in one.note.en)


def test_what_is_overdue_is_in_the_log_and_falls_with_the_report(suite: Suite, tokens: Tokens) -> None:
    suite.clock.now_ms = start_ms(date(2026, 4, 23))
    overdue = f"registry.report-overdue/platform-a.platform-a.{TANGSHAN}.{QUARTER}"
    (finding,) = [
        one
        for one in eventually(suite, lambda found: overdue in {one.finding_id for one in found})
        if one.finding_id == overdue
    ]
    assert finding.severity == findings_pb2.SEVERITY_BREACH
    assert (finding.platform_id, finding.area_code, finding.worker_id) == ("platform-a", TANGSHAN, "")
    assert finding.duty.due_date == "2026-04-22"
    assert "二.2" in finding.citation.zh
    report = report_of(finding.SerializeToString())  # as notify reads it
    assert tuple(report.finding.place) == ("platform-a", "registry.report-overdue", TANGSHAN, "platform-a")
    assert report.finding.day == date(2026, 4, 23)
    handed_in(suite, tokens.platform)
    fallen = (overdue, findings_pb2.FINDING_STATE_WITHDRAWN)
    eventually(suite, lambda found: fallen in {(one.finding_id, one.state) for one in found})


def test_a_renewed_licence_takes_the_warning_back(suite: Suite, tokens: Tokens) -> None:
    def licence(version: int, expiry: str) -> pb.AmendPartyRequest:
        request = pb.AmendPartyRequest(
            request_id=f"amend-{version}", party_id="platform-a", expected_version=version
        )
        request.update_mask.paths.append("profile.licences")
        request.party.profile.licences.add(kind=pb.LICENCE_KIND_BUSINESS, number="1", expiry_date=expiry)
        return request

    suite.call(tokens.platform, "AmendParty", licence(1, "2026-03-01"))
    (expired,) = eventually(suite, lambda found: len(found) == 1)
    assert (expired.rule_id, expired.state) == ("registry.licence-expired", findings_pb2.FINDING_STATE_STANDS)
    suite.call(tokens.platform, "AmendParty", licence(2, "2030-03-01"))
    found = eventually(suite, lambda found: len(found) == 2)
    assert found[1].state == findings_pb2.FINDING_STATE_WITHDRAWN
