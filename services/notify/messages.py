"""Between proto messages and the core's dataclasses, for ``api.py`` and ``consumer.py``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from google.protobuf.message import DecodeError
from google.protobuf.timestamp_pb2 import Timestamp

from kit.errors import MalformedRecordError
from kit.security.caller import Caller
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.notify.v1 import notify_pb2
from services.notify.core.alerts import Alert
from services.notify.core.cases import Case, CaseStep
from services.notify.core.findings import Finding, Place, Severity
from services.notify.core.letters import Notice
from services.notify.core.privacy import too_few
from services.notify.core.text import NO_TEXT, Text
from services.notify.ports import ActivityCount, Report

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""A time outside these is a missing or a mistaken one; arithmetic with it could leave the calendar."""

MOST, MOST_REVISION = 2**31 - 1, 2**63 - 1
"""What a store keeps of a number, and of an offset: the contract's are unsigned, PostgreSQL's are not."""

# What is read


def report_of(value: bytes) -> Report:
    """A record of topic ``findings``.

    Raises:
        MalformedRecordError: if it is no Finding, or lacks what a case needs.
    """
    message = findings_pb2.Finding()
    try:
        message.ParseFromString(value)
        if not (message.finding_id and message.revision and message.rule_id and message.platform_id):
            raise ValueError("finding_id, revision, rule_id or platform_id is missing")
        if message.state not in (findings_pb2.FINDING_STATE_STANDS, findings_pb2.FINDING_STATE_WITHDRAWN):
            raise ValueError(f"state {message.state} is unknown")
        _within("revision", message.revision, MOST)
        if message.HasField("duty") and not message.duty.party_id:
            raise ValueError("duty.party_id is missing: it decides who may see the finding")
        finding = Finding(
            finding_id=message.finding_id,
            revision=message.revision,
            stands=message.state == findings_pb2.FINDING_STATE_STANDS,
            severity=Severity(message.severity),
            place=Place(message.platform_id, message.rule_id, message.area_code, message.duty.party_id),
            worker_id=message.worker_id,
            event_time_ms=message.event_time.ToMilliseconds(),
            title=Text(message.title.zh, message.title.en),
            citation=Text(message.citation.zh, message.citation.en),
        )
        if any("\0" in text for text in _texts(finding)):
            raise ValueError("a text has a NUL character, which no store keeps")
        _check(finding.day)
    except (DecodeError, ValueError, OverflowError, OSError) as error:  # the last two: no day at all
        raise MalformedRecordError(f"finding: {error}", zh=f"认定记录无法解析：{error}") from error
    return Report(finding, value)


def activity_of(value: bytes) -> ActivityCount:
    """A record of topic ``activity``.

    Raises:
        MalformedRecordError: if it is no WorkforceActivity, or lacks its platform or day.
    """
    message = findings_pb2.WorkforceActivity()
    try:
        message.ParseFromString(value)
        if not message.platform_id:
            raise ValueError("platform_id is missing")
        if "\0" in message.platform_id + message.area_code:
            raise ValueError("a text has a NUL character, which no store keeps")
        _within("workers", message.workers, MOST)
        _within("partition", message.partition, MOST)
        _within("revision", message.revision, MOST_REVISION)
        day = _check(date.fromisoformat(message.local_date))
    except (DecodeError, ValueError) as error:
        raise MalformedRecordError(
            f"workforce activity: {error}", zh=f"在岗人数记录无法解析：{error}"
        ) from error
    return ActivityCount(
        message.platform_id, message.area_code, day, message.partition, message.workers, message.revision
    )


def _texts(finding: Finding) -> Iterator[str]:
    yield from (finding.finding_id, finding.worker_id, *finding.place)
    yield from (finding.title.zh, finding.title.en, finding.citation.zh, finding.citation.en)


def _within(field: str, number: int, most: int) -> None:
    if number > most:
        raise ValueError(f"{field} {number} is greater than {most}")


def _check(day: date) -> date:
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        raise ValueError(f"{day} is not a day of platform work")
    return day


# What is written


def case_message(case: Case, caller: Caller) -> notify_pb2.Case:
    """What the caller may see of it: to a union no figure of too few workers is told."""
    message = notify_pb2.Case(
        case_id=case.case_id,
        platform_id=case.place.platform_id,
        rule_id=case.place.rule_id,
        area_code=case.place.area_code,
        state=notify_pb2.CaseState.ValueType(case.state),
        title=local_text(case.title),
        findings=case.tally.findings,
        workers=case.tally.workers,
        rate_per_thousand=case.rate_per_thousand,
        create_time=moment_of(case.create_time_ms),
        update_time=moment_of(case.update_time_ms),
        severity=findings_pb2.Severity.ValueType(case.tally.severity or 0),
        party_id=case.place.party_id,
        deadline=day_text(case.deadline),
        openings=case.openings,
        department_ids=case.department_ids,
    )
    if not caller.sees_workers and too_few(case.tally.workers):
        message.suppressed = True
        message.ClearField("findings")
        message.ClearField("workers")
    if not caller.sees_workers and (message.suppressed or too_few(case.rate_workers)):
        message.suppressed = True
        message.ClearField("rate_per_thousand")
    return message


def step_message(step: CaseStep, caller: Caller) -> notify_pb2.CaseStep:
    """What the caller may see of it: to a union no reason that counts too few workers."""
    hidden = not caller.sees_workers and too_few(step.workers)
    return notify_pb2.CaseStep(
        step_time=moment_of(step.time_ms),
        from_state=notify_pb2.CaseState.ValueType(step.from_state),
        to_state=notify_pb2.CaseState.ValueType(step.to_state),
        actor=step.actor,
        reason=None if hidden else local_text(step.reason),
        trigger=notify_pb2.CaseTrigger.Value(f"CASE_TRIGGER_{step.trigger.name}"),
        clause=None if step.clause == NO_TEXT else local_text(step.clause),
    )


def notice_message(notice: Notice, caller: Caller | None = None) -> notify_pb2.Notice:
    """What the caller may see of it, everything without one: no union sees a count of too few workers."""
    hidden = caller is not None and not caller.sees_workers and too_few(notice.workers)
    return notify_pb2.Notice(
        notice_id=notice.notice_id,
        kind=notify_pb2.NoticeKind.ValueType(notice.kind),
        case_id=notice.case_id,
        platform_id=notice.place.platform_id,
        area_code=notice.place.area_code,
        title=local_text(notice.title),
        body=None if hidden else local_text(notice.body),
        citations=[local_text(citation) for citation in notice.citations],
        policy_id=notice.policy_id,
        policy_version=notice.policy_version,
        signed_by=notice.signed_by,
        deadline=day_text(notice.deadline),
        talk_id=notice.talk_id,
        create_time=moment_of(notice.create_time_ms),
    )


def alert_message(alert: Alert, caller: Caller) -> notify_pb2.Alert:
    """What the caller may see of it: to a union no single worker's finding is named."""
    return notify_pb2.Alert(
        alert_id=alert.alert_id,
        kind=notify_pb2.AlertKind.ValueType(alert.kind),
        severity=findings_pb2.Severity.ValueType(alert.severity),
        platform_id=alert.place.platform_id,
        area_code=alert.place.area_code,
        rule_id=alert.place.rule_id,
        case_id=alert.case_id,
        finding_id=alert.finding_id if caller.sees_workers else "",
        title=local_text(alert.title),
        event_time=moment_of(alert.event_time_ms),
        create_time=moment_of(alert.create_time_ms),
    )


def day_text(day: date | None) -> str:
    """ISO 8601; empty for none."""
    return "" if day is None else day.isoformat()


def local_text(text: Text) -> findings_pb2.LocalText:
    return findings_pb2.LocalText(zh=text.zh, en=text.en)


def moment_of(epoch_ms: int) -> Timestamp:
    moment = Timestamp()
    moment.FromMilliseconds(epoch_ms)
    return moment
