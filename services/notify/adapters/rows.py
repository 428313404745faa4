"""Between rows and the core's dataclasses: the one place that knows both."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from services.notify.core.alerts import Alert, AlertKind
from services.notify.core.cases import Case, CaseStep, Tally
from services.notify.core.findings import Finding, Place, Severity
from services.notify.core.letters import Notice, NoticeKind
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState, Trigger

Row = sa.Row[Any] | SimpleNamespace
Values = dict[str, Any]


_CASE_DAYS = ("deadline", "extendable_to", "watched_from", "warned_from", "warned_to", "settled_through")


def place_of(row: Row) -> Place:
    return Place(row.platform_id, row.rule_id, row.area_code, row.party_id)


def finding_of(row: Row) -> Finding:
    return Finding(
        finding_id=row.finding_id,
        revision=row.revision,
        stands=row.stands,
        severity=Severity(row.severity),
        place=place_of(row),
        worker_id=row.worker_id,
        event_time_ms=row.event_time_ms,
        title=Text(row.title_zh, row.title_en),
        citation=Text(row.citation_zh, row.citation_en),
    )


def finding_values(finding: Finding, message: bytes) -> Values:
    return {
        "finding_id": finding.finding_id,
        "revision": finding.revision,
        "stands": finding.stands,
        "severity": int(finding.severity),
        **finding.place._asdict(),
        "worker_id": finding.worker_id,
        "event_time_ms": finding.event_time_ms,
        "day": finding.day,
        **_text_values("title", finding.title),
        **_text_values("citation", finding.citation),
        "message": message,
    }


def case_of(row: Row) -> Case:
    return Case(
        case_id=row.case_id,
        place=place_of(row),
        title=Text(row.title_zh, row.title_en),
        state=CaseState(row.state),
        openings=row.openings,
        tally=Tally(
            findings=row.findings,
            workers=row.workers,
            severity=None if row.severity is None else Severity(row.severity),
            latest_event_ms=row.latest_event_ms,
        ),
        rate_per_thousand=row.rate_per_thousand,
        rate_workers=row.rate_workers,
        judge_after_ms=row.judge_after_ms,
        **{name: getattr(row, name) for name in _CASE_DAYS},
        summonses=row.summonses,
        ordered=row.ordered,
        taken=row.taken,
        step_time_ms=row.step_time_ms,
        department_ids=tuple(row.department_ids),
        create_time_ms=row.create_time_ms,
        update_time_ms=row.update_time_ms,
    )


def case_values(case: Case) -> Values:
    return {
        "case_id": case.case_id,
        **case.place._asdict(),
        **_text_values("title", case.title),
        "state": int(case.state),
        "openings": case.openings,
        "findings": case.tally.findings,
        "workers": case.tally.workers,
        "severity": None if case.tally.severity is None else int(case.tally.severity),
        "latest_event_ms": case.tally.latest_event_ms,
        "rate_per_thousand": case.rate_per_thousand,
        "rate_workers": case.rate_workers,
        "judge_after_ms": case.judge_after_ms,
        **{name: getattr(case, name) for name in _CASE_DAYS},
        "summonses": case.summonses,
        "ordered": case.ordered,
        "taken": case.taken,
        "step_time_ms": case.step_time_ms,
        "department_ids": list(case.department_ids),
        "create_time_ms": case.create_time_ms,
        "update_time_ms": case.update_time_ms,
    }


def case_after(row: Row) -> Case:
    """The case as a step left it."""
    kept = dict(row.case_after)
    for name in _CASE_DAYS:
        kept[name] = None if kept[name] is None else date.fromisoformat(kept[name])
    return case_of(SimpleNamespace(**kept))


def step_of(row: Row) -> CaseStep:
    return CaseStep(
        case_id=row.case_id,
        time_ms=row.time_ms,
        from_state=CaseState(row.from_state),
        to_state=CaseState(row.to_state),
        trigger=Trigger[row.trigger],
        actor=row.actor,
        reason=Text(row.reason_zh, row.reason_en),
        clause=Text(row.clause_zh, row.clause_en),
        workers=row.workers,
        openings=row.openings,
    )


def step_values(step: CaseStep, case: Case) -> Values:
    after = case_values(case)
    for name in _CASE_DAYS:
        after[name] = None if after[name] is None else after[name].isoformat()
    return {
        "case_id": step.case_id,
        "time_ms": step.time_ms,
        "from_state": int(step.from_state),
        "to_state": int(step.to_state),
        "trigger": step.trigger.name,
        "actor": step.actor,
        **_text_values("reason", step.reason),
        **_text_values("clause", step.clause),
        "workers": step.workers,
        "openings": step.openings,
        "case_after": after,
    }


def notice_of(row: Row) -> Notice:
    return Notice(
        notice_id=row.notice_id,
        kind=NoticeKind(row.kind),
        case_id=row.case_id or "",
        place=place_of(row),
        title=Text(row.title_zh, row.title_en),
        body=Text(row.body_zh, row.body_en),
        workers=row.workers,
        citations=tuple(Text(zh, en) for zh, en in row.citations),
        policy_id=row.policy_id,
        policy_version=row.policy_version,
        signed_by=row.signed_by,
        deadline=row.deadline,
        talk_id=row.talk_id,
        create_time_ms=row.create_time_ms,
    )


def notice_values(notice: Notice) -> Values:
    return {
        "notice_id": notice.notice_id,
        "kind": int(notice.kind),
        "case_id": notice.case_id or None,
        **notice.place._asdict(),
        **_text_values("title", notice.title),
        **_text_values("body", notice.body),
        "workers": notice.workers,
        "citations": [[text.zh, text.en] for text in notice.citations],
        "policy_id": notice.policy_id,
        "policy_version": notice.policy_version,
        "signed_by": notice.signed_by,
        "deadline": notice.deadline,
        "talk_id": notice.talk_id,
        "create_time_ms": notice.create_time_ms,
    }


def alert_of(row: Row) -> Alert:
    return Alert(
        alert_id=row.alert_id,
        kind=AlertKind(row.kind),
        severity=Severity(row.severity),
        place=place_of(row),
        title=Text(row.title_zh, row.title_en),
        event_time_ms=row.event_time_ms,
        create_time_ms=row.create_time_ms,
        case_id=row.case_id,
        finding_id=row.finding_id,
        about_worker=row.about_worker,
    )


def alert_values(alert: Alert) -> Values:
    return {
        "alert_id": alert.alert_id,
        "kind": int(alert.kind),
        "severity": int(alert.severity),
        **alert.place._asdict(),
        **_text_values("title", alert.title),
        "event_time_ms": alert.event_time_ms,
        "create_time_ms": alert.create_time_ms,
        "case_id": alert.case_id,
        "finding_id": alert.finding_id,
        "about_worker": alert.about_worker,
    }


def _text_values(name: str, text: Text) -> Values:
    return {f"{name}_zh": text.zh, f"{name}_en": text.en}
