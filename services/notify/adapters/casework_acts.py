"""What people say and do in cases, as entries of notify's ledger. Of what they wrote, the hashes."""

from __future__ import annotations

from hashlib import sha256

from kit.ledger import Act
from services.notify.core.absences import Absence
from services.notify.core.replies import FindingAppeal, Reply
from services.notify.core.talks import Talk


def of_talk(talk: Talk) -> Act:
    """A talk was set, moved, cancelled or recorded; its step says by whom."""
    return Act(
        action=f"talk.{talk.state.name.lower()}",
        subject=f"talk/{talk.talk_id}",
        actor=talk.department_ids[0],
        details={
            "case_id": talk.case_id,
            "start_ms": talk.start_ms,
            "sequence": talk.sequence,
            "approved_by": talk.approved_by,
            "minutes_sha256": _sha256(talk.minutes),
            "commitments": len(talk.commitments),
        },
    )


def of_reply(reply: Reply) -> Act:
    """A reply came. Its text and files are in the store; their hashes here prove which they were."""
    return Act(
        action=f"reply.{reply.kind.name.lower()}",
        subject=f"notice/{reply.notice_id}",
        actor=reply.actor,
        details={
            "case_id": reply.case_id,
            "reply_id": reply.reply_id,
            "late": reply.late,
            "text_sha256": _sha256(reply.text),
            "attachments_sha256": [each.sha256 for each in reply.attachments],
        },
    )


def of_appeal(appeal: FindingAppeal) -> Act:
    """A finding was disputed, or the dispute decided. The finding names a worker's event, so its hash."""
    return Act(
        action=f"finding_appeal.{appeal.state.name.lower()}",
        subject=f"case/{appeal.case_id}",
        actor=appeal.decided_by or appeal.actor,
        reason=appeal.decision,
        details={
            "appeal_id": appeal.appeal_id,
            "finding_id_sha256": _sha256(appeal.finding_id),
            "revision": appeal.revision,
            "grounds_sha256": _sha256(appeal.grounds),
        },
    )


def of_absence(absence: Absence, actor: str) -> Act:
    """An official is away, and a deputy approves."""
    return Act(
        action="absence.set",
        subject=f"official/{absence.official_id}",
        actor=actor,
        details={
            "deputy_id": absence.deputy_id,
            "first_date": absence.first.isoformat(),
            "last_date": absence.last.isoformat(),
        },
    )


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()
