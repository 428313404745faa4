"""From a warning to its end, over the socket, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import grpc
import pytest

from kit.eventlog.memory import MemoryEventLog
from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.notify.v1 import casework_pb2 as pb
from quzhong.api.notify.v1 import notify_pb2
from tests.integration.notify.ladder_suite import (
    DAY,
    MONDAY,
    City,
    HandClock,
    moment_ms,
    register_officials,
    running_city,
    store_of,
)
from tests.integration.notify.notify_suite import (
    activity,
    eventually,
    finding,
    overdue,
    prepared,
    running_notify,
)
from tests.support.refusals import Refusal, refusal

pytestmark = pytest.mark.on_one_database


@pytest.fixture
def city(tmp_path: Path, database_url: str) -> Iterator[City]:
    with running_city(MemoryEventLog(), tmp_path, store=store_of(database_url)) as city:
        yield city


def refused(city: City, party: str, method: str, **content: Any) -> Refusal:
    return refusal(lambda: city.act(party, method, **content))


def test_warned_silent_summoned_approved_held_ordered_rechecked_closed(city: City) -> None:
    assert city.state == "WARNED"
    assert city.deadline == date(2026, 3, 16)  # five working days after Monday the 9th
    assert city.file().case.department_ids == ["tangshan"]
    assert city.file().notices[0].body.zh.splitlines()[-2:] == ["唐山市人社局", "2026年3月9日"]

    city.on(date(2026, 3, 16), "23:59")
    assert city.state == "WARNED"
    city.on(date(2026, 3, 17), "00:00")
    assert city.state == "SUMMONS_PROPOSED"
    city.approve()
    sent = city.send(date(2026, 3, 20))
    assert sent.talk.approved_by == "li"
    assert city.deadline == date(2026, 3, 20)
    city.on(date(2026, 3, 20), "11:30")
    due = [pb.Commitment(text="修改派单规则", due_date="2026-04-01")]
    city.act("tangshan", "RecordTalk", case_id=city.case_id, minutes="企业承诺整改。", commitments=due)
    city.act("li", "OrderRectification", case_id=city.case_id, measures="停止向达到上限的骑手派单。")
    assert city.state == "RECTIFYING"
    assert city.deadline == date(2026, 4, 13)  # 15 working days, Qingming (6 April) not among them

    city.on(date(2026, 4, 14), "00:00")
    assert (city.state, city.deadline) == ("RECHECKING", date(2026, 4, 20))
    city.notify.say(*city.week(date(2026, 4, 20), 0, "after"))
    city.on(date(2026, 4, 21), "01:59")
    assert city.state == "RECHECKING"  # the day has yet to be over
    city.on(date(2026, 4, 21), "02:01")
    assert city.state == "CLOSED"
    signatures = {notice.body.zh.splitlines()[-2] for notice in city.file().notices}
    assert signatures == {"唐山市人社局"}  # whoever leads, also where the policy writes

    assert city.steps() == [
        "FINDING_STANDS",
        "WARNING_SENT",
        "SUMMONS_PROPOSED",
        "SUMMONS_APPROVED",
        "SUMMONS_SENT",
        "TALK_HELD",
        "ORDER_ISSUED",
        "DEADLINE_PASSED",
        "IMPROVED",
    ]
    assert city.notices() == ["WARNING", "SUMMONS", "RECTIFICATION", "RECHECK", "CLOSURE"]
    file = city.file()
    (recheck,) = file.rechecks
    assert recheck.outcome == pb.RECHECK_OUTCOME_IMPROVED
    assert (recheck.before.workers, recheck.before.active, recheck.after.workers) == (20, 1_000, 0)
    assert all(step.clause.zh.startswith("唐人社字〔2022〕1号第三部分第3条") for step in file.steps[-2:])
    assert file.case.findings == 0  # settled: what was found until then counts no more


def test_a_late_finding_of_settled_days_does_not_reopen_and_a_new_one_does(city: City) -> None:
    answer_in_time(city)
    city.notify.say(*city.week(date(2026, 3, 17), 0, "after"))
    city.on(date(2026, 3, 18), "02:01")
    assert city.state == "CLOSED"
    city.notify.say(finding("late", at_ms=moment_ms(date(2026, 3, 15))))
    assert city.state == "CLOSED"
    city.notify.say(finding("new", at_ms=moment_ms(date(2026, 3, 18), "00:10")))
    assert city.state == "OPEN"
    case = city.file().case
    assert (case.openings, case.findings) == (2, 1)


def test_a_second_warning_within_the_span_is_followed_by_a_summons_at_once(city: City) -> None:
    answer_in_time(city)
    city.notify.say(*city.week(date(2026, 3, 17), 0, "after"))
    city.on(date(2026, 3, 18), "02:01")
    city.notify.say(*city.week(date(2026, 3, 24), 20, "again"))
    city.on(date(2026, 3, 25), "02:01")
    assert city.steps()[-3:] == ["FINDING_STANDS", "WARNING_SENT", "SUMMONS_PROPOSED"]


def answer_in_time(city: City) -> Any:
    city.on(MONDAY + DAY)
    reply = city.act(
        "swift",
        "ReplyToNotice",
        notice_id=city.notice_id("WARNING"),
        kind=pb.REPLY_KIND_ANSWER,
        text="已修改派单规则。",
    ).reply
    assert (city.state, city.deadline) == ("ANSWERED", date(2026, 3, 17))
    return reply


def test_an_answer_that_changed_nothing_is_followed_by_a_summons(city: City) -> None:
    answer_in_time(city)
    city.notify.say(*city.week(date(2026, 3, 17), 22, "still"))
    city.on(date(2026, 3, 18), "02:01")
    assert city.steps()[-3:] == ["ANSWERED", "DEADLINE_PASSED", "SUMMONS_PROPOSED"]
    assert city.notices() == ["WARNING", "RECHECK"]


def test_no_improvement_after_an_order_goes_to_several_departments(city: City) -> None:
    city.propose_by_silence()
    city.approve()
    city.hold(date(2026, 3, 20))
    city.act("tangshan", "OrderRectification", case_id=city.case_id, deadline="2026-03-27")
    city.on(date(2026, 3, 28), "00:00")
    city.notify.say(*city.week(date(2026, 4, 3), 20, "still"))
    city.on(date(2026, 4, 4), "02:01")
    assert city.state == "ESCALATED"
    assert city.file().case.department_ids == ["tangshan", "transport"]
    assert city.notices()[-2:] == ["RECHECK", "ESCALATION"]
    # Joint talks, by several departments.
    city.act("tangshan", "ProposeSummons", case_id=city.case_id, reason="整改不到位")
    city.approve()
    sent = city.send(date(2026, 4, 10), joint_department_ids=["transport"])
    assert sent.talk.department_ids == ["tangshan", "transport"]


def test_who_fails_to_appear_twice_is_dealt_with_jointly(city: City) -> None:
    city.propose_by_silence()
    for day in (date(2026, 3, 20), date(2026, 3, 25)):
        city.approve()
        city.send(day)
        city.on(day, "11:30")
        city.act("tangshan", "RecordTalk", case_id=city.case_id, failed_to_appear=True)
    assert city.steps()[-4:] == ["SUMMONS_APPROVED", "SUMMONS_SENT", "FAILED_TO_APPEAR", "ESCALATED"]
    assert "ESCALATION" in city.notices()


def test_a_declined_summons_gives_another_chance_to_answer(city: City) -> None:
    city.propose_by_silence()
    city.act("li", "DeclineSummons", case_id=city.case_id, reason="先行电话督促")
    assert (city.state, city.deadline) == ("WARNED", date(2026, 3, 24))
    city.propose_by_silence()


def test_findings_withdrawn_in_the_middle_cancel_the_talk_with_a_letter(city: City) -> None:
    city.propose_by_silence()
    city.approve()
    city.send(date(2026, 3, 20))
    at_ms = moment_ms(MONDAY - 2 * DAY, "12:00")
    city.notify.say(
        *(finding(f"first-{number}", revision=2, stands=False, at_ms=at_ms) for number in range(20))
    )
    assert city.state == "WITHDRAWN"
    assert city.notices()[-1] == "SUMMONS_CANCELLED"
    (talk,) = city.file().talks
    assert (talk.state, talk.sequence) == (pb.TALK_STATE_CANCELLED, 1)


def test_a_talk_is_moved_and_cancelled_and_keeps_its_name(city: City) -> None:
    city.propose_by_silence()
    city.approve()
    first = city.send(date(2026, 3, 20)).talk
    request = pb.MoveTalkRequest()
    request.start_time.FromMilliseconds(moment_ms(date(2026, 3, 23), "14:00"))
    request.end_time.FromMilliseconds(moment_ms(date(2026, 3, 23), "15:00"))
    moved = city.act(
        "tangshan",
        "MoveTalk",
        case_id=city.case_id,
        start_time=request.start_time,
        end_time=request.end_time,
        reason="企业申请改期",
    ).talk
    assert (moved.talk_id, moved.sequence, moved.place) == (first.talk_id, 1, first.place)
    assert city.deadline == date(2026, 3, 23)
    cancelled = city.act("tangshan", "CancelSummons", case_id=city.case_id, reason="另行安排").talk
    assert (cancelled.talk_id, cancelled.sequence) == (first.talk_id, 2)
    assert city.state == "SUMMONS_APPROVED"
    assert city.send(date(2026, 3, 24)).talk.talk_id != first.talk_id
    assert city.notices() == ["WARNING", "SUMMONS", "SUMMONS", "SUMMONS_CANCELLED", "SUMMONS"]


def test_more_time_is_granted_within_what_the_policy_allows_or_refused(city: City) -> None:
    city.act(
        "swift",
        "ReplyToNotice",
        notice_id=city.notice_id("WARNING"),
        kind=pb.REPLY_KIND_EXTENSION_ASKED,
        text="数据量大，申请延期。",
        asked_until="2026-03-20",
    )
    told = refused(city, "tangshan", "DecideExtension", case_id=city.case_id, until="2026-06-01", reason="准")
    assert (told.code, told.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "DEADLINE_OUT_OF_RANGE")
    for _ in range(2):  # at one moment: two refusals, each with its alert
        city.act("tangshan", "DecideExtension", case_id=city.case_id, reason="理由不足")
    assert city.deadline == date(2026, 3, 16)
    city.act("tangshan", "DecideExtension", case_id=city.case_id, until="2026-03-20", reason="同意")
    assert (city.state, city.deadline) == ("WARNED", date(2026, 3, 20))
    city.on(date(2026, 3, 20), "23:00")
    assert city.state == "WARNED"
    city.act(
        "swift",
        "ReplyToNotice",
        notice_id=city.notice_id("WARNING"),
        kind=pb.REPLY_KIND_ANSWER,
        text="已整改。",
    )
    assert city.state == "ANSWERED"


def test_a_reply_after_the_deadline_is_kept_and_changes_nothing(city: City) -> None:
    city.propose_by_silence()
    reply = city.act(
        "swift",
        "ReplyToNotice",
        notice_id=city.notice_id("WARNING"),
        kind=pb.REPLY_KIND_ANSWER,
        text="来晚了。",
    ).reply
    assert reply.late
    assert city.state == "SUMMONS_PROPOSED"
    assert [each.text for each in city.file().replies] == ["来晚了。"]


def test_the_deadline_holds_although_no_tick_saw_it(city: City) -> None:
    """An act of somebody is preceded by what the policy has due."""
    city.clock.now_ms = moment_ms(date(2026, 3, 17), "00:00")
    reply = city.act(
        "swift",
        "ReplyToNotice",
        notice_id=city.notice_id("WARNING"),
        kind=pb.REPLY_KIND_ANSWER,
        text="来晚了。",
    ).reply
    assert reply.late
    eventually(city.notify.unit.drained)
    assert city.steps().count("SUMMONS_PROPOSED") == 1


def test_a_step_out_of_order_says_what_is_lawful_and_changes_nothing(city: City) -> None:
    told = refused(city, "tangshan", "OrderRectification", case_id=city.case_id, measures="整改")
    assert (told.code, told.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "ILLEGAL_STEP")
    assert "warned" in told.message
    assert "已警示" in told.zh
    assert "提请约谈" in told.zh
    assert city.steps() == ["FINDING_STANDS", "WARNING_SENT"]
    assert city.notices() == ["WARNING"]


@pytest.mark.parametrize("party", ["tangshan", "sun"])
def test_approval_without_the_right_is_refused_and_entered_in_the_ledger(city: City, party: str) -> None:
    city.propose_by_silence()
    told = refused(city, party, "ApproveSummons", case_id=city.case_id, reason="同意")
    if party == "sun":  # of another county: the case does not exist for them
        assert told.reason == "CASE_NOT_FOUND"
        return
    assert (told.code, told.reason) == (grpc.StatusCode.PERMISSION_DENIED, "APPROVAL_NOT_YOURS")
    assert city.state == "SUMMONS_PROPOSED"
    entries = city.entries()
    assert [entry.actor for entry in entries if entry.action == "case.approval_refused"] == [party]


def test_a_deputy_approves_during_the_absence_and_at_no_other_time(city: City) -> None:
    absence = pb.Absence(deputy_id="zhao", first_date="2026-03-17", last_date="2026-03-18")
    city.act("li", "SetAbsence", absence=absence)
    city.propose_by_silence()
    assert notify_pb2.CASE_TRIGGER_SUMMONS_APPROVED in city.file("zhao").next_steps
    city.on(date(2026, 3, 19))
    assert refused(city, "zhao", "ApproveSummons", case_id=city.case_id, reason="同意").reason == (
        "CASE_NOT_FOUND"
    )
    city.on(date(2026, 3, 18), "23:59")
    city.approve("zhao")
    assert city.state == "SUMMONS_APPROVED"
    assert [each.deputy_id for each in city.act("tangshan", "ListAbsences").absences] == ["zhao"]


def test_a_request_that_comes_again_gets_its_earlier_answer_and_acts_once(city: City) -> None:
    content: dict[str, Any] = {
        "notice_id": city.notice_id("WARNING"),
        "kind": pb.REPLY_KIND_ANSWER,
        "text": "已整改。",
        "request_id": "once",
    }
    first = city.act("swift", "ReplyToNotice", **content)
    city.on(MONDAY + 3 * DAY)
    assert city.act("swift", "ReplyToNotice", **content) == first
    assert city.steps().count("ANSWERED") == 1
    other = refused(city, "swift", "ReplyToNotice", **{**content, "text": "别的"})
    assert other.reason == "REQUEST_ID_REUSED"


def test_a_deadline_that_passed_while_nothing_ran_is_seen_to_at_the_next_start(tmp_path: Path) -> None:
    log, clock = MemoryEventLog(), HandClock()
    given = prepared(log)
    register_officials(log, given)
    for day, state in ((MONDAY, "WARNED"), (date(2026, 3, 17), "SUMMONS_PROPOSED")):
        clock.now_ms = moment_ms(day)
        with running_notify(log, tmp_path, given, clock=clock) as notify:
            city = City(notify, clock)
            notify.say(*city.week(MONDAY - 2 * DAY, 20, "first"))
            (case,) = notify.as_("tangshan").call("ListCases", notify_pb2.ListCasesRequest()).cases
            city.case_id = case.case_id
            assert city.state == state
            assert city.notices() == ["WARNING"]


def test_what_a_department_settles_otherwise_is_closed_with_a_letter_and_opened_anew_by_what_comes_later(
    city: City,
) -> None:
    city.propose_by_silence()
    city.approve()
    city.hold(date(2026, 3, 20))
    city.act("li", "CloseCase", case_id=city.case_id, reason="企业已当场整改并补偿。")
    assert city.state == "CLOSED"
    assert city.notices()[-1] == "CLOSURE"
    assert city.file().notices[-1].signed_by == "li"
    city.notify.say(finding("same-day", at_ms=moment_ms(date(2026, 3, 20), "23:00")))
    assert city.state == "CLOSED"
    city.notify.say(finding("next-day", at_ms=moment_ms(date(2026, 3, 21), "00:30")))
    assert city.state == "OPEN"


def test_a_department_takes_a_case_to_several_departments_with_a_letter_of_all(city: City) -> None:
    city.propose_by_silence()
    city.approve()
    city.hold(date(2026, 3, 20))
    city.act("tangshan", "EscalateCase", case_id=city.case_id, reason="问题复杂，需联合处置。")
    assert city.state == "ESCALATED"
    assert city.notices()[-1] == "ESCALATION"
    assert city.file().case.department_ids == ["tangshan", "transport"]


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("2026-03-19 10:00", "2026-03-19 11:00", "TALK_TOO_SOON"),
        ("2028-03-20 10:00", "2028-03-20 11:00", "TALK_TOO_SOON"),
        ("2026-03-20 10:00", "2026-03-20 10:00", "TALK_TIME_INVALID"),
        ("2026-03-20 10:00", "2026-03-21 10:00", "TALK_TIME_INVALID"),
    ],
)
def test_a_talk_at_a_time_that_cannot_be_is_refused(city: City, start: str, end: str, reason: str) -> None:
    city.propose_by_silence()
    city.approve()
    request = pb.SendSummonsRequest()
    for stamp, text in ((request.start_time, start), (request.end_time, end)):
        day, clock = text.split()
        stamp.FromMilliseconds(moment_ms(date.fromisoformat(day), clock))
    told = refused(
        city,
        "tangshan",
        "SendSummons",
        case_id=city.case_id,
        start_time=request.start_time,
        end_time=request.end_time,
        place="三楼",
    )
    assert told.reason == reason
    assert city.state == "SUMMONS_APPROVED"


def test_a_talk_is_recorded_after_it_began_and_with_minutes(city: City) -> None:
    city.propose_by_silence()
    city.approve()
    city.send(date(2026, 3, 20))
    early = refused(city, "tangshan", "RecordTalk", case_id=city.case_id, minutes="纪要")
    assert (early.code, early.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "TALK_NOT_YET")
    city.on(date(2026, 3, 20), "11:30")
    assert refused(city, "tangshan", "RecordTalk", case_id=city.case_id).reason == "TEXT_MISSING"
    unknown = refused(city, "tangshan", "MoveTalk", case_id="case-none", reason="x")
    assert unknown.reason == "CASE_NOT_FOUND"


def test_a_rate_of_a_fifth_of_the_workers_is_warned_and_summoned_at_once(city: City) -> None:
    days = [date(2026, 3, 1) + at * DAY for at in range(7)]
    city.notify.say(*(activity(20, day=day.isoformat(), area="130204") for day in days))
    at_ms = moment_ms(days[-1], "12:00")
    city.notify.say(*(finding(f"grave-{n}", area="130204", at_ms=at_ms) for n in range(5)))
    (case,) = (
        city.notify.as_("tangshan").call("ListCases", notify_pb2.ListCasesRequest(area_code="130204")).cases
    )
    assert case.state == notify_pb2.CASE_STATE_SUMMONS_PROPOSED


@pytest.mark.parametrize(
    ("absence", "reason"),
    [
        ({"deputy_id": "li"}, "INVALID_ARGUMENT"),
        ({"deputy_id": "swift"}, "OFFICIAL_UNKNOWN"),
        ({"deputy_id": "zhao", "official_id": "sun"}, "ABSENCE_NOT_YOURS"),
        ({"deputy_id": "zhao", "last_date": "2026-03-01"}, "ABSENCE_DAYS_INVALID"),
        ({"deputy_id": "zhao", "first_date": "soon"}, "DAY_INVALID"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(city: City, absence: dict[str, str], reason: str) -> None:
    asked = pb.Absence(**{"first_date": "2026-03-10", "last_date": "2026-03-12", **absence})
    assert refused(city, "li", "SetAbsence", absence=asked).reason == reason
    assert not city.act("li", "ListAbsences").absences


def strictest(finding_id: str, day: date, **content: Any) -> events.Finding:
    """A finding about a standard of assessment, as an audit of the day makes it."""
    message = finding(finding_id, at_ms=moment_ms(day), **content)
    message.rule_id, message.worker_id = "algo-audit.strictest", ""
    message.ClearField("working_time")
    return message


@pytest.mark.parametrize(
    ("again", "worked", "state"),
    [(False, True, "CLOSED"), (True, True, "SUMMONS_PROPOSED"), (False, False, "SUMMONS_PROPOSED")],
)
def test_a_standard_is_put_right_if_no_audit_of_later_days_finds_it(
    city: City, again: bool, worked: bool, state: str
) -> None:
    city.notify.say(strictest("audit-1", MONDAY - DAY))
    (case,) = (
        city.notify.as_("tangshan")
        .call("ListCases", notify_pb2.ListCasesRequest(rule_id="algo-audit.strictest"))
        .cases
    )
    city.case_id = case.case_id
    answer_in_time(city)
    if worked:
        city.notify.say(*city.week(date(2026, 3, 17), 0, "after"))
    if again:
        city.notify.say(strictest("audit-2", date(2026, 3, 14)))
    city.on(date(2026, 3, 18), "02:01")
    assert city.state == state


def test_a_duty_is_put_right_by_being_fulfilled(city: City) -> None:
    late = overdue("swift", area="130203")
    city.notify.say(late)
    (case,) = (
        city.notify.as_("tangshan")
        .call("ListCases", notify_pb2.ListCasesRequest(rule_id="registry.report-overdue"))
        .cases
    )
    city.case_id = case.case_id
    answer_in_time(city)
    city.on(date(2026, 3, 18), "02:01")
    assert city.state == "SUMMONS_PROPOSED"  # answered, and still not handed in
    late.revision, late.state = 2, events.FINDING_STATE_WITHDRAWN
    city.notify.say(late)
    assert city.state == "WITHDRAWN"
