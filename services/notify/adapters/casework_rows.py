"""Between rows of ``casework_tables`` and the core's dataclasses."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.notify.core.absences import Absence
from services.notify.core.recheck import Observed, Outcome, Recheck
from services.notify.core.replies import AppealState, Attachment, FindingAppeal, Reply, ReplyKind
from services.notify.core.talks import Commitment, Talk, TalkState
from services.notify.core.text import Text

Row = sa.Row[Any]
Values = dict[str, Any]


def talk_of(row: Row) -> Talk:
    return Talk(
        talk_id=row.talk_id,
        case_id=row.case_id,
        state=TalkState(row.state),
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        place=row.place,
        department_ids=tuple(row.department_ids),
        attendees=row.attendees,
        approved_by=row.approved_by,
        sequence=row.sequence,
        minutes=row.minutes,
        commitments=tuple(
            Commitment(text, None if due is None else date.fromisoformat(due))
            for text, due in row.commitments
        ),
    )


def talk_values(talk: Talk) -> Values:
    return {
        "talk_id": talk.talk_id,
        "case_id": talk.case_id,
        "state": int(talk.state),
        "start_ms": talk.start_ms,
        "end_ms": talk.end_ms,
        "place": talk.place,
        "department_ids": list(talk.department_ids),
        "attendees": talk.attendees,
        "approved_by": talk.approved_by,
        "sequence": talk.sequence,
        "minutes": talk.minutes,
        "commitments": [[each.text, each.due and each.due.isoformat()] for each in talk.commitments],
    }


def attachment_of(row: Row) -> Attachment:
    return Attachment(row.attachment_id, row.name, row.media_type, row.size, row.sha256)


def attachment_values(reply_id: str, position: int, attachment: Attachment, content: bytes) -> Values:
    return {
        "attachment_id": attachment.attachment_id,
        "reply_id": reply_id,
        "position": position,
        "name": attachment.name,
        "media_type": attachment.media_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "content": content,
    }


def reply_of(row: Row, attachments: Sequence[Attachment]) -> Reply:
    return Reply(
        reply_id=row.reply_id,
        case_id=row.case_id,
        notice_id=row.notice_id,
        kind=ReplyKind(row.kind),
        text=row.text,
        actor=row.actor,
        create_time_ms=row.create_time_ms,
        attachments=tuple(attachments),
        asked_until=row.asked_until,
        late=row.late,
    )


def reply_values(reply: Reply) -> Values:
    return {
        "reply_id": reply.reply_id,
        "case_id": reply.case_id,
        "notice_id": reply.notice_id,
        "kind": int(reply.kind),
        "text": reply.text,
        "actor": reply.actor,
        "asked_until": reply.asked_until,
        "late": reply.late,
        "create_time_ms": reply.create_time_ms,
    }


def recheck_of(row: Row) -> Recheck:
    return Recheck(
        recheck_id=row.recheck_id,
        case_id=row.case_id,
        before=Observed(row.before_first, row.before_last, row.before_workers, row.before_active),
        after=Observed(row.after_first, row.after_last, row.after_workers, row.after_active),
        ratio=row.ratio,
        ratio_low=row.ratio_low,
        ratio_high=math.inf if row.ratio_high is None else row.ratio_high,
        confidence=row.confidence,
        outcome=Outcome(row.outcome),
        reason=Text(row.reason_zh, row.reason_en),
        create_time_ms=row.create_time_ms,
    )


def recheck_values(recheck: Recheck) -> Values:
    return {
        "recheck_id": recheck.recheck_id,
        "case_id": recheck.case_id,
        **_observed_values("before", recheck.before),
        **_observed_values("after", recheck.after),
        "ratio": recheck.ratio,
        "ratio_low": recheck.ratio_low,
        "ratio_high": None if math.isinf(recheck.ratio_high) else recheck.ratio_high,
        "confidence": recheck.confidence,
        "outcome": int(recheck.outcome),
        "reason_zh": recheck.reason.zh,
        "reason_en": recheck.reason.en,
        "create_time_ms": recheck.create_time_ms,
    }


def _observed_values(name: str, observed: Observed) -> Values:
    return {
        f"{name}_first": observed.first,
        f"{name}_last": observed.last,
        f"{name}_workers": observed.workers,
        f"{name}_active": observed.active,
    }


def appeal_of(row: Row) -> FindingAppeal:
    return FindingAppeal(
        appeal_id=row.appeal_id,
        case_id=row.case_id,
        finding_id=row.finding_id,
        revision=row.revision,
        state=AppealState(row.state),
        grounds=row.grounds,
        actor=row.actor,
        create_time_ms=row.create_time_ms,
        decision=row.decision,
        decided_by=row.decided_by,
        decide_time_ms=row.decide_time_ms,
    )


def appeal_values(appeal: FindingAppeal) -> Values:
    return {
        "appeal_id": appeal.appeal_id,
        "case_id": appeal.case_id,
        "finding_id": appeal.finding_id,
        "revision": appeal.revision,
        "state": int(appeal.state),
        "grounds": appeal.grounds,
        "actor": appeal.actor,
        "decision": appeal.decision,
        "decided_by": appeal.decided_by,
        "create_time_ms": appeal.create_time_ms,
        "decide_time_ms": appeal.decide_time_ms,
    }


def absence_of(row: Row) -> Absence:
    return Absence(row.official_id, row.deputy_id, row.first_date, row.last_date)


def absence_values(absence: Absence) -> Values:
    return {
        "official_id": absence.official_id,
        "deputy_id": absence.deputy_id,
        "first_date": absence.first,
        "last_date": absence.last,
    }
