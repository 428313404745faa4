"""Whoever sees aggregates only gets whole periods of one calendar, once: over the wire, by every way in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.longrunning import operations_pb2
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.algo_audit.v1 import algo_audit_pb2 as pb
from quzhong.api.algo_audit.v1 import consultation_pb2
from quzhong.api.events.v1 import events_pb2
from tests.integration.algo_audit.conftest import CLOCK, declare, deliveries
from tests.support.dispatches import at, dispatch, order
from tests.support.suite import CITY, Suite, algo_audit, intake, refusal, running_suite

BAND = "1000-2000"
UNION, REGULATOR = "city-union", "tangshan"


def midnight(day: int) -> Timestamp:
    return Timestamp(seconds=at("00:00", day) // 1_000)


def period(first: int, end: int) -> dict[str, Any]:
    return {"period_start_time": midnight(first), "period_end_time": midnight(end)}


DAY = period(0, 1)
"""Of the orders: a period of the calendar."""
OVERLAPPING = [
    period(0, 2),
    period(-1, 1),
    {"period_end_time": midnight(1)},
    {"period_start_time": midnight(0)},
]


def run(suite: Suite, party: str, **asked: Any) -> pb.Audit:
    request = pb.RunAuditRequest(area_code=asked.pop("area_code", CITY), **asked)
    audit: pb.Audit = suite.as_(party).algo_audit.RunAudit(request).audit
    return audit


def consult(suite: Suite, party: str, **asked: Any) -> consultation_pb2.Consultation:
    request = consultation_pb2.OpenConsultationRequest(
        request_id=suite.request_id(),
        platform_id="swift",
        union_id=UNION,
        topic=consultation_pb2.TOPIC_TIME_AND_ROUTING,
        metric_id="delivery_time",
        area_code=CITY,
        **asked,
    )
    opened: consultation_pb2.Consultation = (
        suite.as_(party).consultations.OpenConsultation(request).consultation
    )
    return opened


@pytest.mark.parametrize("asked", OVERLAPPING)
def test_a_union_gets_no_period_that_overlaps_another(suite: Suite, asked: dict[str, Any]) -> None:
    declare(suite, "swift", 9)
    ways: list[Callable[[], Any]] = [
        lambda: run(suite, UNION, **asked),
        lambda: suite.as_(UNION).algo_audit.StartAudit(
            pb.StartAuditRequest(request_id=suite.request_id(), area_code=CITY, **asked)
        ),
        lambda: consult(suite, UNION, **asked),
        lambda: consult(suite, "swift", **asked),
    ]
    for way in ways:
        refused = refusal(way)
        assert (refused.code, refused.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "PERIOD_NOT_PUBLIC")
        assert "2026-03-1" in refused.message, "names one that is"
        assert refused.zh != refused.message
    assert run(suite, REGULATOR, **asked).audit_id, "an authority's own eyes"


def test_what_an_authority_audits_off_the_calendar_does_not_exist_for_a_union(suite: Suite) -> None:
    declare(suite, "swift", 9)
    told = run(suite, REGULATOR, **DAY)
    hidden = [run(suite, REGULATOR, **asked) for asked in (period(0, 2), {})]
    union, authority = suite.as_(UNION).algo_audit, suite.as_(REGULATOR).algo_audit
    for audit in hidden:
        cohort = pb.CohortRef(audit_id=audit.audit_id, platform_id="swift", cohort=BAND)
        ways: list[Callable[[Any], Any]] = [
            lambda of, audit=audit: of.GetAudit(pb.GetAuditRequest(audit_id=audit.audit_id)),  # type: ignore[misc]
            lambda of, cohort=cohort: of.GetWhatIf(pb.GetWhatIfRequest(cohort=cohort, threshold=700)),  # type: ignore[misc]
            lambda of, cohort=cohort: of.GetFrontier(pb.GetFrontierRequest(cohort=cohort)),  # type: ignore[misc]
        ]
        for way in ways:
            assert refusal(lambda way=way: way(union)).reason == "AUDIT_NOT_FOUND"  # type: ignore[misc]
            assert way(authority)
    assert [each.audit_id for each in union.ListAudits(pb.ListAuditsRequest()).audits] == [told.audit_id]
    assert union.ListAudits(pb.ListAuditsRequest(page_size=1)).next_page_token == ""
    assert union.GetAudit(pb.GetAuditRequest(area_code=CITY)).audit == told, "the last one that is told"
    watching = union.WatchAudits(pb.WatchAuditsRequest(resume_token="0"), timeout=2)
    seen = []
    with pytest.raises(grpc.RpcError):  # noqa: PT012  # the stream ends by its deadline
        for message in watching:
            seen.append(message.audit.audit_id)
    assert seen == [told.audit_id]


def test_a_period_is_told_two_days_after_its_end(suite: Suite) -> None:
    declare(suite, "swift", 9)
    CLOCK.now_ms = at("23:59", 2)
    try:
        refused = refusal(lambda: run(suite, UNION, **DAY))
        assert (refused.code, refused.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "PERIOD_NOT_OVER")
        early = run(suite, REGULATOR, **DAY)
        assert list(suite.as_(UNION).algo_audit.ListAudits(pb.ListAuditsRequest()).audits) == []
        CLOCK.now_ms = at("00:00", 3)
        assert run(suite, UNION, **DAY).audit_id == early.audit_id
    finally:
        CLOCK.now_ms = at("23:00", 3)


def test_without_a_period_a_union_gets_the_last_one_with_events(suite: Suite) -> None:
    declare(suite, "swift", 9)
    asked = suite.request_id()
    audit = run(suite, UNION, request_id=asked)
    assert (audit.period_start_time, audit.period_end_time) == (midnight(0), midnight(1))
    consultation = consult(suite, UNION)
    assert (consultation.period_start_time, consultation.audit_id) == (midnight(0), audit.audit_id)
    assert run(suite, UNION, request_id=asked) == audit


def latecomers(first: list[events_pb2.Dispatch]) -> list[list[events_pb2.Dispatch]]:
    """What comes after a period was told: an order of it, a correction, one that never happened, the end of
    one that was open, and the next day's, of a worker whose name comes before all others."""
    corrected, never = events_pb2.Dispatch(), events_pb2.Dispatch()
    corrected.CopyFrom(first[1])
    corrected.event_time.seconds += 3_600
    never.CopyFrom(first[2])
    never.deleted = True
    corrected.version = never.version = 1
    return [
        deliveries("steady", workers=1, each=1, start="21:00"),
        [corrected],
        [never],
        [dispatch(OPEN, events_pb2.DISPATCH_KIND_COMPLETED, at("13:00"), worker=2_000, distance_m=1_500)],
        order("tomorrow", at("09:00", 1), at("09:20", 1), worker=0, distance_m=1_500),
    ]


OPEN = "left-open"


def test_what_comes_late_is_for_authorities_and_a_union_goes_on_with_what_it_was_told(
    suite: Suite, tmp_path: Path
) -> None:
    """The attacker asks again after every latecomer, for other details, counties and packs, also of a
    service that was started anew, and gets the same state of the data: there is nothing to subtract."""
    declare(suite, "swift", 9)
    suite.submit(
        "steady",
        [dispatch(OPEN, events_pb2.DISPATCH_KIND_ACCEPTED, at("12:00"), worker=2_000, distance_m=1_500)],
    )
    first = run(suite, UNION, **DAY)
    seen = {first.data_version}
    for rows in latecomers(deliveries("steady")):
        suite.submit("steady", rows)
        later = run(suite, REGULATOR, **DAY)
        if rows[0].order_id != "tomorrow":
            assert later.data_version not in seen, "authorities see the newer"
            seen.add(later.data_version)
        again = run(suite, UNION, **DAY)
        assert again == first, "to the last figure"
        if later.audit_id != first.audit_id:
            get = pb.GetAuditRequest(audit_id=later.audit_id)
            assert refusal(lambda get=get: suite.as_(UNION).algo_audit.GetAudit(get)).reason == (  # type: ignore[misc]
                "AUDIT_NOT_FOUND"
            )
    others = [
        run(suite, UNION, detail=pb.DETAIL_SERVICE),
        run(suite, UNION, area_code="130203", **DAY),
    ]
    assert {each.data_version for each in others} == {first.data_version}
    consultation = consult(suite, "swift", **DAY)
    assert (consultation.audit_id, consultation.data_version) == (first.audit_id, first.data_version)
    union = suite.as_(UNION).algo_audit
    assert {each.data_version for each in union.ListAudits(pb.ListAuditsRequest()).audits} == {
        first.data_version
    }
    ask = pb.GetWhatIfRequest(
        cohort=pb.CohortRef(audit_id=first.audit_id, platform_id="swift", cohort=BAND), threshold=700
    )
    what_if = union.GetWhatIf(ask)
    suite.host.stop(grace_s=0.2)
    with running_suite(tmp_path, intake, algo_audit, clock=CLOCK, audit_public_periods="day") as restarted:
        assert restarted.as_(UNION).algo_audit.GetWhatIf(ask) == what_if, "made again of the same state"
        assert run(restarted, UNION, **DAY) == first


def test_an_authoritys_audit_that_a_union_read_first_is_what_it_goes_on_with(suite: Suite) -> None:
    declare(suite, "swift", 9)
    told = run(suite, REGULATOR, **DAY)
    union = suite.as_(UNION).algo_audit
    assert union.GetAudit(pb.GetAuditRequest(audit_id=told.audit_id)).audit == told
    suite.submit("steady", deliveries("steady", workers=1, each=1, start="21:00"))
    assert run(suite, REGULATOR, **DAY).data_version != told.data_version
    assert run(suite, UNION, **DAY).audit_id == told.audit_id


def test_an_authority_that_audits_early_takes_nothing_from_unions(suite: Suite) -> None:
    """Told is what a union was answered with, not what was computed."""
    declare(suite, "swift", 9)
    early = run(suite, REGULATOR, **DAY)
    suite.submit("steady", deliveries("steady", workers=2, start="15:00"))
    audit = run(suite, UNION, **DAY)
    assert audit.audit_id != early.audit_id
    listed = suite.as_(UNION).algo_audit.ListAudits(pb.ListAuditsRequest()).audits
    assert [each.audit_id for each in listed] == [audit.audit_id]


def test_a_union_gets_no_more_than_a_city(suite: Suite) -> None:
    declare(suite, "swift", 9)
    for way in (
        lambda: run(suite, UNION, area_code="130000"),
        lambda: run(suite, UNION, area_code="130000", **DAY),
    ):
        refused = refusal(way)
        assert (refused.reason, refused.field) == ("AREA_TOO_WIDE", "area_code")


def test_a_union_follows_its_own_audit_to_its_result_and_no_other(suite: Suite) -> None:
    declare(suite, "swift", 9)
    union = suite.as_(UNION)
    ask = pb.StartAuditRequest(request_id=suite.request_id(), area_code=CITY)
    name = union.algo_audit.StartAudit(ask).name
    done = union.operations.WaitOperation(operations_pb2.WaitOperationRequest(name=name))
    found = pb.RunAuditResponse()
    assert done.response.Unpack(found)
    assert found.audit.period_start_time == midnight(0)


def test_another_calendar_does_not_cut_through_what_was_told(suite: Suite, tmp_path: Path) -> None:
    declare(suite, "swift", 9)
    day = run(suite, UNION, **DAY)
    suite.host.stop(grace_s=0.2)
    CLOCK.now_ms = at("23:00", 30)
    try:
        with running_suite(tmp_path, intake, algo_audit, clock=CLOCK, audit_public_periods="week") as again:
            week = period(0, 7)  # 16 March 2026 is a Monday
            refused = refusal(lambda: run(again, UNION, **week))
            assert refused.reason == "PERIOD_TOLD_BEFORE"
            get = pb.GetAuditRequest(audit_id=day.audit_id)
            assert refusal(lambda: again.as_(UNION).algo_audit.GetAudit(get)).reason == "AUDIT_NOT_FOUND"
            assert again.as_(REGULATOR).algo_audit.GetAudit(get).audit.audit_id == day.audit_id
    finally:
        CLOCK.now_ms = at("23:00", 3)


def test_a_declaration_later_on_is_judged_on_the_same_data(suite: Suite) -> None:
    """It holds for the day too: another audit, of the same data, so it is told."""
    declare(suite, "swift", 9)
    first = run(suite, UNION, **DAY)
    declare(suite, "steady", 12)
    second = run(suite, UNION, **DAY)
    assert first.audit_id != second.audit_id
    assert first.data_version == second.data_version
