"""Between proto messages and what people say and do in cases, for ``casework_api.py`` and ``api.py``."""

from __future__ import annotations

from collections.abc import Collection

from kit.security.caller import Caller
from quzhong.api.notify.v1 import casework_pb2 as pb
from quzhong.api.notify.v1 import notify_pb2
from services.notify.core.absences import Absence
from services.notify.core.agenda import AgendaItem
from services.notify.core.privacy import too_few
from services.notify.core.recheck import Observed, Recheck
from services.notify.core.replies import ERASED, Attachment, FindingAppeal, Reply
from services.notify.core.talks import Talk
from services.notify.core.transitions import Trigger
from services.notify.messages import day_text, local_text, moment_of


def trigger_value(trigger: Trigger) -> notify_pb2.CaseTrigger.ValueType:
    return notify_pb2.CaseTrigger.Value(f"CASE_TRIGGER_{trigger.name}")


def attachment_message(attachment: Attachment) -> pb.Attachment:
    return pb.Attachment(
        attachment_id=attachment.attachment_id,
        name=attachment.name,
        media_type=attachment.media_type,
        bytes=attachment.size,
        sha256=attachment.sha256,
    )


def reply_message(reply: Reply) -> pb.Reply:
    return pb.Reply(
        reply_id=reply.reply_id,
        case_id=reply.case_id,
        notice_id=reply.notice_id,
        kind=pb.ReplyKind.ValueType(reply.kind),
        text=reply.text,
        attachments=map(attachment_message, reply.attachments),
        asked_until=day_text(reply.asked_until),
        actor=reply.actor,
        late=reply.late,
        create_time=moment_of(reply.create_time_ms),
    )


def talk_message(talk: Talk, *, told: bool = True) -> pb.Talk:
    """``told``: with what was said in it, which is the parties' alone."""
    return pb.Talk(
        talk_id=talk.talk_id,
        case_id=talk.case_id,
        state=pb.TalkState.ValueType(talk.state),
        start_time=moment_of(talk.start_ms),
        end_time=moment_of(talk.end_ms),
        place=talk.place,
        department_ids=talk.department_ids,
        attendees=talk.attendees if told else "",
        approved_by=talk.approved_by,
        sequence=talk.sequence,
        minutes=talk.minutes if told else "",
        commitments=[pb.Commitment(text=each.text, due_date=day_text(each.due)) for each in talk.commitments]
        if told
        else [],
    )


def recheck_message(recheck: Recheck, caller: Caller) -> pb.Recheck:
    """What the caller may see of it: to a union no figure of too few workers is told."""
    hidden = not caller.sees_workers and any(
        too_few(seen.workers) for seen in (recheck.before, recheck.after)
    )
    message = pb.Recheck(
        recheck_id=recheck.recheck_id,
        case_id=recheck.case_id,
        before=_observed(recheck.before, hidden),
        after=_observed(recheck.after, hidden),
        confidence=recheck.confidence,
        outcome=pb.RecheckOutcome.ValueType(recheck.outcome),
        create_time=moment_of(recheck.create_time_ms),
        suppressed=hidden,
    )
    if not hidden:
        message.reason.CopyFrom(local_text(recheck.reason))
        message.ratio_low = recheck.ratio_low
        message.ratio_high = recheck.ratio_high  # infinite: no upper limit
        if recheck.ratio is not None:
            message.ratio = recheck.ratio
    return message


def _observed(seen: Observed, hidden: bool) -> pb.Observed:
    message = pb.Observed(first_date=seen.first.isoformat(), last_date=seen.last.isoformat())
    if not hidden:
        message.workers, message.active = seen.workers, seen.active
        if seen.rate_per_thousand is not None:
            message.rate_per_thousand = seen.rate_per_thousand
    return message


def appeal_message(appeal: FindingAppeal) -> pb.FindingAppeal:
    return pb.FindingAppeal(
        appeal_id=appeal.appeal_id,
        case_id=appeal.case_id,
        finding_id=appeal.finding_id,
        revision=appeal.revision,
        state=pb.FindingAppealState.ValueType(appeal.state),
        grounds=appeal.grounds,
        actor=appeal.actor,
        decision=appeal.decision,
        decided_by=appeal.decided_by,
        create_time=moment_of(appeal.create_time_ms),
        decide_time=moment_of(appeal.decide_time_ms) if appeal.decide_time_ms else None,
    )


def without_grounds(response: bytes, appeal_ids: Collection[str]) -> bytes | None:
    """An answer that was kept, without the grounds of the appeal it holds; None if it holds none of these.

    ``AppealFindingResponse`` and ``DecideFindingAppealResponse`` are the same on the wire.
    """
    if not any(appeal_id.encode() in response for appeal_id in appeal_ids):
        return None
    answer = pb.AppealFindingResponse.FromString(response)
    answer.appeal.grounds = ERASED
    return answer.SerializeToString()


def agenda_message(item: AgendaItem) -> pb.AgendaItem:
    return pb.AgendaItem(
        kind=pb.AgendaKind.ValueType(item.kind),
        case_id=item.case_id,
        platform_id=item.place.platform_id,
        area_code=item.place.area_code,
        title=local_text(item.title),
        date=item.day.isoformat(),
        start_time=None if item.start_ms is None else moment_of(item.start_ms),
        place=item.where,
    )


def absence_message(absence: Absence) -> pb.Absence:
    return pb.Absence(
        official_id=absence.official_id,
        deputy_id=absence.deputy_id,
        first_date=absence.first.isoformat(),
        last_date=absence.last.isoformat(),
    )
