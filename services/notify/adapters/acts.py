"""What notify does, as entries of its ledger. No worker is named in them."""

from __future__ import annotations

from hashlib import sha256

from kit.ledger import Act
from services.notify.core.cases import CaseStep
from services.notify.core.letters import Notice
from services.notify.core.recheck import Recheck

NOTIFY = "notify"
"""The actor of what no policy and no party decides."""


def of_step(step: CaseStep) -> Act:
    """A case took a step."""
    return Act(
        action=f"case.{step.to_state.name.lower()}",
        subject=f"case/{step.case_id}",
        actor=step.actor,
        reason=step.reason.zh,
        details={
            "from": step.from_state.name.lower(),
            "trigger": step.trigger.name.lower(),
            "clause": step.clause.zh,
            "reason_en": step.reason.en,
            "workers": step.workers,
        },
    )


def of_notice(notice: Notice) -> Act:
    """A letter went out. Its texts are in the store; their hashes here prove which they were."""
    return Act(
        action=f"notice.{notice.kind.name.lower()}",
        subject=f"notice/{notice.notice_id}",
        actor=f"{notice.policy_id}@{notice.policy_version}",
        reason=notice.title.zh,
        details={
            "case_id": notice.case_id,
            "platform_id": notice.place.platform_id,
            "area_code": notice.place.area_code,
            "rule_id": notice.place.rule_id,
            "signed_by": notice.signed_by,
            "body_zh_sha256": sha256(notice.body.zh.encode()).hexdigest(),
            "body_en_sha256": sha256(notice.body.en.encode()).hexdigest(),
        },
    )


def of_recheck(recheck: Recheck) -> Act:
    """A recheck came to something."""
    return Act(
        action=f"recheck.{recheck.outcome.name.lower()}",
        subject=f"case/{recheck.case_id}",
        actor=NOTIFY,
        reason=recheck.reason.zh,
        details={
            "recheck_id": recheck.recheck_id,
            "first": recheck.after.first.isoformat(),
            "last": recheck.after.last.isoformat(),
            "reason_en": recheck.reason.en,
        },
    )
