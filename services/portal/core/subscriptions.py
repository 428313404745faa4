"""How alerts reach those who do not watch: subscriptions, and how far each message has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from services.portal.core.alerts import AlertFilter


class Channel(IntEnum):
    """Values equal those of quzhong.api.notify.v1.Channel."""

    UNSPECIFIED = 0
    WEBHOOK = 1
    EMAIL = 2


class Digest(IntEnum):
    """Values equal those of quzhong.api.notify.v1.Digest."""

    UNSPECIFIED = 0
    NONE = 1
    HOURLY = 2
    DAILY = 3


class DeliveryState(IntEnum):
    """Values equal those of quzhong.api.notify.v1.DeliveryState."""

    UNSPECIFIED = 0
    WAITING = 1
    DELIVERED = 2
    GIVEN_UP = 3


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where alerts are sent, without its secret."""

    subscription_id: str
    party_id: str
    channel: Channel
    address: str
    filter: AlertFilter
    digest: Digest
    language: str
    """``zh-CN`` or ``en``; empty of a webhook, which has both."""
    disabled: bool
    disabled_reason: str
    create_ms: int | None
    consecutive_failures: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one recipient."""

    delivery_id: str
    subscription_id: str
    message_id: str
    """Of the alert, or the digest."""
    state: DeliveryState
    attempts: int
    last_status: int
    """HTTP or SMTP status of the last attempt; 0 if no answer came."""
    last_error: str
    next_attempt_ms: int | None
    create_ms: int | None
    update_ms: int | None
