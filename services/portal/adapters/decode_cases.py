"""Cases and what passes in them: proto messages as the plain values the pages show."""

from __future__ import annotations

from datetime import date

from quzhong.api.notify.v1 import casework_pb2, notify_pb2
from services.portal.adapters.decode import finding, known, optional_ms, text
from services.portal.core import cases, casework, findings


def case(message: notify_pb2.Case) -> cases.Case:
    return cases.Case(
        case_id=message.case_id,
        platform_id=message.platform_id,
        rule_id=message.rule_id,
        area_code=message.area_code,
        state=known(cases.CaseState, message.state),
        severity=known(findings.Severity, message.severity),
        title=text(message.title),
        findings=message.findings,
        workers=message.workers,
        rate_per_thousand=message.rate_per_thousand if message.HasField("rate_per_thousand") else None,
        create_time_ms=optional_ms(message, "create_time"),
        update_time_ms=optional_ms(message, "update_time"),
        suppressed=message.suppressed,
        party_id=message.party_id,
        deadline=message.deadline,
        department_ids=tuple(message.department_ids),
    )


def case_file(message: notify_pb2.GetCaseResponse) -> cases.CaseFile:
    return cases.CaseFile(
        case=case(message.case),
        findings=tuple(finding(each) for each in message.findings),
        notices=tuple(_notice(each) for each in message.notices),
        steps=tuple(_step(each) for each in message.steps),
        next_steps=tuple(known(casework.Trigger, each) for each in message.next_steps),
        replies=tuple(map(reply, message.replies)),
        talks=tuple(map(_talk, message.talks)),
        rechecks=tuple(map(_recheck, message.rechecks)),
        appeals=tuple(map(finding_appeal, message.appeals)),
        set_aside=frozenset(message.set_aside_finding_ids),
    )


def _notice(message: notify_pb2.Notice) -> cases.Notice:
    return cases.Notice(
        notice_id=message.notice_id,
        kind=known(cases.NoticeKind, message.kind),
        title=text(message.title),
        body=text(message.body),
        citations=tuple(text(each) for each in message.citations),
        policy_id=message.policy_id,
        policy_version=message.policy_version,
        create_time_ms=optional_ms(message, "create_time"),
        signed_by=message.signed_by,
        deadline=message.deadline,
    )


def _step(message: notify_pb2.CaseStep) -> cases.CaseStep:
    return cases.CaseStep(
        step_time_ms=optional_ms(message, "step_time"),
        from_state=known(cases.CaseState, message.from_state),
        to_state=known(cases.CaseState, message.to_state),
        actor=message.actor,
        reason=text(message.reason),
        clause=text(message.clause),
    )


def reply(message: casework_pb2.Reply) -> casework.Reply:
    return casework.Reply(
        notice_id=message.notice_id,
        kind=known(casework.ReplyKind, message.kind),
        text=message.text,
        attachments=tuple(
            casework.Attachment(each.attachment_id, each.name, each.media_type, each.bytes)
            for each in message.attachments
        ),
        asked_until=message.asked_until,
        actor=message.actor,
        late=message.late,
        create_ms=optional_ms(message, "create_time"),
    )


def _talk(message: casework_pb2.Talk) -> casework.Talk:
    return casework.Talk(
        talk_id=message.talk_id,
        state=known(casework.TalkState, message.state),
        start_ms=optional_ms(message, "start_time"),
        end_ms=optional_ms(message, "end_time"),
        place=message.place,
        department_ids=tuple(message.department_ids),
        attendees=message.attendees,
        approved_by=message.approved_by,
        minutes=message.minutes,
        commitments=tuple(casework.Commitment(each.text, each.due_date) for each in message.commitments),
    )


def _recheck(message: casework_pb2.Recheck) -> casework.Recheck:
    return casework.Recheck(
        before=_observed(message.before),
        after=_observed(message.after),
        outcome=known(casework.Outcome, message.outcome),
        reason=text(message.reason),
        suppressed=message.suppressed,
        create_ms=optional_ms(message, "create_time"),
    )


def _observed(message: casework_pb2.Observed) -> casework.Observed:
    return casework.Observed(
        first_date=message.first_date,
        last_date=message.last_date,
        workers=message.workers,
        active=message.active,
        rate_per_thousand=message.rate_per_thousand if message.HasField("rate_per_thousand") else None,
    )


def finding_appeal(message: casework_pb2.FindingAppeal) -> casework.FindingAppeal:
    return casework.FindingAppeal(
        appeal_id=message.appeal_id,
        finding_id=message.finding_id,
        state=known(casework.AppealState, message.state),
        grounds=message.grounds,
        actor=message.actor,
        decision=message.decision,
        create_ms=optional_ms(message, "create_time"),
    )


def agenda_item(message: casework_pb2.AgendaItem) -> casework.AgendaItem:
    return casework.AgendaItem(
        kind=known(casework.AgendaKind, message.kind),
        case_id=message.case_id,
        platform_id=message.platform_id,
        area_code=message.area_code,
        title=text(message.title),
        day=date.fromisoformat(message.date),
        start_ms=optional_ms(message, "start_time"),
        place=message.place,
    )
