"""What deliveries enter in the ledger. No worker is named, and no mailbox: its hash proves which it was."""

from __future__ import annotations

from hashlib import sha256

from kit.ledger import NOT_STATED, Act
from services.notify.core.alerts import Alert
from services.notify.core.deliveries import Body, DisabledBody, Outcome, Verdict
from services.notify.core.digests import DigestBody
from services.notify.core.subscriptions import Channel, Subscription
from services.notify.delivery.ports import Delivery, DueDelivery

NOTIFY = "notify"
"""The actor of what no policy and no party decides."""


def of_subscription(subscription: Subscription, actor: str, what: str) -> Act:
    """A party subscribed, or a subscription changed; ``what``: created, updated, deleted, …"""
    return Act(
        action=f"subscription.{what}",
        subject=f"subscription/{subscription.subscription_id}",
        actor=actor,
        reason=subscription.disabled_reason or NOT_STATED,
        details={
            "channel": subscription.channel.name.lower(),
            **_address(subscription),
            "digest": subscription.digest.name.lower(),
            "disabled": subscription.disabled,
        },
    )


def of_attempt(due: DueDelivery, outcome: Outcome, verdict: Verdict) -> Act:
    """A message was sent, with or without success."""
    return Act(
        action=f"delivery.{verdict.value}",
        subject=f"subscription/{due.subscription.subscription_id}",
        actor=NOTIFY,
        reason=_about(due.body),
        details={
            "message_id": due.message_id,
            "attempt": due.attempts + 1,
            "status": outcome.status,
            "error": outcome.error,
        },
    )


def of_withholding(subscription_id: str, messages: int) -> Act:
    """Messages were given up because nobody holds a credential of the party any more."""
    return Act(
        action="delivery.withheld",
        subject=f"subscription/{subscription_id}",
        actor=NOTIFY,
        details={"messages": messages},
    )


def of_redelivery(delivery: Delivery, actor: str) -> Act:
    """A party asked for a message again."""
    return Act(
        action="delivery.asked_again",
        subject=f"subscription/{delivery.subscription_id}",
        actor=actor,
        details={"message_id": delivery.message_id, "attempts": delivery.attempts},
    )


def _address(subscription: Subscription) -> dict[str, str]:
    if subscription.channel is Channel.WEBHOOK:
        return {"url": subscription.address}
    return {"mailbox_sha256": sha256(subscription.address.encode()).hexdigest()}


def _about(body: Body) -> str:
    match body:
        case Alert():
            return body.title.zh
        case DigestBody():
            return f"预警汇总：{body.alerts} 条"
        case DisabledBody():
            return f"订阅已停用：{body.subscription_id}"
