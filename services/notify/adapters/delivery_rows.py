"""Between rows of subscriptions and deliveries and the core's dataclasses."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

import sqlalchemy as sa

from services.notify.core.deliveries import DeliveryState
from services.notify.core.subscriptions import Channel, Digest, Subscription, Wish
from services.notify.core.text import Language
from services.notify.delivery.ports import Delivery

Row = sa.Row[Any]
Values = dict[str, Any]

WISH = tuple(field.name for field in fields(Wish))
"""Columns of a subscription that say what it asks to hear."""


def subscription_of(row: Row) -> Subscription:
    return Subscription(
        subscription_id=row.subscription_id,
        party_id=row.party_id,
        channel=Channel(row.channel),
        address=row.address,
        wish=wish_of(row),
        create_time_ms=row.create_time_ms,
        request_id=row.request_id,
        digest=Digest(row.digest),
        language=Language(row.language),
        secret=row.secret,
        old_secret=row.old_secret,
        old_secret_until_ms=row.old_secret_until_ms,
        disabled=row.disabled,
        disabled_reason=row.disabled_reason,
        failures=row.failures,
        failing_since_ms=row.failing_since_ms,
    )


def wish_of(row: Row) -> Wish:
    return Wish(**{name: getattr(row, name) for name in WISH})


def subscription_values(subscription: Subscription) -> Values:
    return {
        "subscription_id": subscription.subscription_id,
        "party_id": subscription.party_id,
        "request_id": subscription.request_id,
        "channel": int(subscription.channel),
        "address": subscription.address,
        "secret": subscription.secret,
        "old_secret": subscription.old_secret,
        "old_secret_until_ms": subscription.old_secret_until_ms,
        **asdict(subscription.wish),
        "digest": int(subscription.digest),
        "language": int(subscription.language),
        "create_time_ms": subscription.create_time_ms,
        "disabled": subscription.disabled,
        "disabled_reason": subscription.disabled_reason,
        "failures": subscription.failures,
        "failing_since_ms": subscription.failing_since_ms,
    }


def delivery_of(row: Row) -> Delivery:
    return Delivery(
        delivery_id=row.delivery_id,
        subscription_id=row.subscription_id,
        message_id=row.message_id,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        last_status=row.last_status,
        last_error=row.last_error,
        due_time_ms=row.due_time_ms,
        create_time_ms=row.create_time_ms,
        update_time_ms=row.update_time_ms,
    )


def new_delivery(subscription_id: str, kind: int, message_id: str, now_ms: int, *, about: str = "") -> Values:
    """A row that is due at once."""
    return {
        "subscription_id": subscription_id,
        "kind": kind,
        "message_id": message_id,
        "about": about,
        "state": int(DeliveryState.WAITING),
        "attempts": 0,
        "tries": 0,
        "last_status": 0,
        "last_error": "",
        "due_time_ms": now_ms,
        "create_time_ms": now_ms,
        "update_time_ms": now_ms,
    }
