"""What notify does, as entries of its ledger. No worker is named in them."""

from __future__ import annotations

from hashlib import sha256

from kit.ledger import Act
from services.notify.core.cases import CaseStep
from services.notify.core.letters import Notice
from services.notify.core.webhooks import Verdict, Webhook
from services.notify.ports import DueDelivery

NOTIFY = "notify"
"""The actor of what no policy and no party decides."""


def of_step(step: CaseStep) -> Act:
    """A case took a step."""
    return Act(
        action=f"case.{step.to_state.name.lower()}",
        subject=f"case/{step.case_id}",
        actor=step.actor,
        reason=step.reason.zh,
        details={"from": step.from_state.name.lower(), "reason_en": step.reason.en, "workers": step.workers},
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
            "body_zh_sha256": sha256(notice.body.zh.encode()).hexdigest(),
            "body_en_sha256": sha256(notice.body.en.encode()).hexdigest(),
        },
    )


def of_webhook(webhook: Webhook) -> Act:
    """A party registered an address for its alerts."""
    return Act(
        action="webhook.registered",
        subject=f"webhook/{webhook.webhook_id}",
        actor=webhook.party_id,
        details={"url": webhook.url},
    )


def of_attempt(due: DueDelivery, verdict: Verdict, *, status: int, error: str) -> Act:
    """An alert was sent to a webhook, with or without success."""
    return Act(
        action=f"delivery.{verdict.name.lower()}",
        subject=f"webhook/{due.webhook.webhook_id}",
        actor=NOTIFY,
        reason=due.alert.title.zh,
        details={
            "alert_id": due.alert.alert_id,
            "attempt": due.attempts + 1,
            "http_status": status,
            "error": error,
        },
    )
