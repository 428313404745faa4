"""Explain: judged again from the log, beside what was stated."""

from __future__ import annotations

from dataclasses import replace

import grpc
import pytest

from quzhong.api.events.v1 import events_pb2, findings_pb2
from quzhong.api.workhours.v1 import workhours_pb2 as pb
from services.workhours.core.verdict import Severity
from services.workhours.core.work_events import DispatchKind
from tests.integration.workhours_reading.conftest import Desk, six_orders
from tests.support.refusals import refusal
from tests.unit.workhours.shifts import HOUR, MINUTE, Row, at, orders


def explained(desk: Desk, finding_id: str, caller: str = "city") -> pb.ExplainResponse:
    answer: pb.ExplainResponse = desk.call(caller, "Explain", pb.ExplainRequest(finding_id=finding_id))
    return answer


def test_what_the_log_still_gives_still_stands(desk: Desk) -> None:
    desk.append(*six_orders(), *six_orders(worker=2))
    desk.pass_time("15:00")
    finding = desk.publish()
    answer = explained(desk, finding.finding_id)
    assert answer.still_stands
    assert (list(answer.differences), list(answer.notes)) == ([], [])
    again = answer.recomputed
    assert again.severity == findings_pb2.SEVERITY_BREACH
    assert again.event_time.ToMilliseconds() == finding.tier_at_ms
    assert again.measured.ToMilliseconds() == 4 * HOUR + 30 * MINUTE
    assert again.counter[-1].accumulated == again.measured
    assert not again.open
    assert again.known_until_time.ToMilliseconds() == at("15:00")
    assert (again.coverage.observed.ToMilliseconds(), again.coverage.unknown.ToMilliseconds()) == (
        4 * HOUR + 30 * MINUTE,
        5 * MINUTE,
    )


def test_the_events_and_the_rule_it_rests_on_are_named(desk: Desk) -> None:
    desk.append(*six_orders(), *orders(("15:00", "15:10"), worker=1, first_order=90))
    desk.pass_time("18:00")
    answer = explained(desk, desk.publish().finding_id)
    assert len(answer.events) == 12, "the order after the rest is of another spell"
    first = answer.events[0]
    assert (first.platform_id, first.order_id, first.version) == ("platform-0", "o0-0", 0)
    assert first.kind == events_pb2.DISPATCH_KIND_ACCEPTED
    assert first.event_time.ToMilliseconds() == at("08:00")
    rule = answer.rule
    assert (rule.pack_id, rule.pack_version) == (desk.pack.id, desk.pack.version)
    assert rule.text.zh.startswith("连续接单时长已超过 4 小时")
    assert rule.citations[0].title.zh == "《外卖平台服务管理基本要求》"
    assert {each.name: each.value for each in rule.parameters}["limit"] == "4 h"
    assert all(each.origin.zh and each.origin.en for each in rule.parameters)


def test_a_correction_that_takes_the_ground_away_is_told(desk: Desk) -> None:
    rows = six_orders()
    desk.append(*rows)
    desk.pass_time("15:00")
    finding = desk.publish()
    desk.append(*rows[6:8], version=1, deleted=True)  # the fourth order never was: 46 minutes of rest
    answer = explained(desk, finding.finding_id)
    assert not answer.still_stands
    assert not answer.HasField("recomputed")
    assert list(answer.differences) == ["severity: BREACH → none"]
    assert len(answer.events) == 10, "what never was is no evidence"


def test_the_latest_version_of_an_event_counts_whatever_came_first(desk: Desk) -> None:
    rows = six_orders()
    desk.append(*rows[10:], version=2)
    desk.append(*rows)
    desk.append(*rows[10:], version=1, deleted=True)
    desk.pass_time("15:00")
    answer = explained(desk, desk.publish().finding_id)
    assert answer.still_stands
    assert [event.version for event in answer.events] == [0] * 10 + [2, 2]


def test_an_order_that_came_late_shows_in_the_differences(desk: Desk) -> None:
    desk.append(*six_orders())
    desk.pass_time("15:00")
    finding = desk.publish()
    desk.append(*orders(("12:30", "12:50"), worker=1, first_order=90))
    answer = explained(desk, finding.finding_id)
    assert answer.still_stands
    assert [each.partition(":")[0] for each in answer.differences] == ["spell_end_time", "measured"]
    assert answer.differences[1] == "measured: 4:30:00 → 4:45:00"


def test_a_spell_that_now_starts_earlier_is_found_and_does_not_stand(desk: Desk) -> None:
    desk.append(*six_orders())
    desk.pass_time("15:00")
    finding = desk.publish()
    desk.append(*orders(("07:30", "07:50"), worker=1, first_order=90))
    answer = explained(desk, finding.finding_id)
    assert not answer.still_stands
    assert answer.recomputed.period_start_time.ToMilliseconds() == at("07:30")
    assert any(each.startswith("spell_start_time: ") for each in answer.differences)


def test_an_open_spell_is_compared_as_of_its_tier(desk: Desk) -> None:
    desk.append(*six_orders())
    finding = desk.publish()
    assert finding.open
    answer = explained(desk, finding.finding_id)
    assert (answer.still_stands, answer.recomputed.open) == (True, True)
    assert list(answer.differences) == []
    desk.pass_time("15:00")
    assert list(explained(desk, finding.finding_id).differences) == ["open: True → False"]


def test_a_finding_by_another_version_or_another_pack_is_noted(desk: Desk) -> None:
    desk.append(*six_orders())
    desk.pass_time("15:00")
    finding = desk.publish(pack_version="0.9.0")
    (note,) = explained(desk, finding.finding_id).notes
    assert "0.9.0" in note.zh
    assert desk.pack.version in note.en
    desk.save(replace(finding, finding_id="other", rule_id="gone.rule", pack_id="gone"))
    answer = explained(desk, "other")
    assert not answer.HasField("rule")
    assert not answer.HasField("recomputed")
    assert "gone.rule" in answer.notes[0].zh


def test_a_withdrawn_finding_does_not_stand_whatever_the_log_says(desk: Desk) -> None:
    desk.append(*six_orders())
    desk.pass_time("15:00")
    finding = desk.withdraw(desk.publish())
    answer = explained(desk, finding.finding_id)
    assert not answer.still_stands
    assert answer.HasField("recomputed")
    assert "撤回" in answer.notes[0].zh


def test_a_platform_sees_its_own_events_only_and_not_anothers_finding(desk: Desk) -> None:
    desk.append(*six_orders())
    desk.pass_time("15:00")
    finding = desk.publish()
    answer = explained(desk, finding.finding_id, "platform-0")
    assert {event.platform_id for event in answer.events} == {"platform-0"}
    assert "platform-1" not in str(answer)
    assert answer.recomputed.measured.ToMilliseconds() == 4 * HOUR + 30 * MINUTE, "all hours are told"
    for caller, code in (
        ("platform-1", grpc.StatusCode.NOT_FOUND),
        ("union", grpc.StatusCode.PERMISSION_DENIED),
    ):
        assert refusal(lambda caller=caller: explained(desk, finding.finding_id, caller)).code == code  # type: ignore[misc]


def test_a_prompt_is_explained_too(desk: Desk) -> None:
    desk.append(*six_orders()[:-2])
    finding = desk.publish(severity=Severity.PROMPT)
    answer = explained(desk, finding.finding_id)
    assert answer.still_stands
    assert answer.rule.text.zh.startswith("距连续接单")


@pytest.mark.parametrize("kind", [DispatchKind.OFFERED, DispatchKind.REJECTED])
def test_what_the_rule_does_not_count_is_no_evidence(desk: Desk, kind: DispatchKind) -> None:
    desk.append(*six_orders(), Row(1, 0, 0, kind, at("07:59"), 3))
    desk.pass_time("15:00")
    assert len(explained(desk, desk.publish().finding_id).events) == 12
