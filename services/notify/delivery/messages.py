"""Between ``delivery.proto`` and the core's dataclasses."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp

from kit.errors import InvalidArgumentError
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.notify.v1 import casework_pb2, delivery_pb2, notify_pb2
from services.notify.core.deliveries import DeliveryState
from services.notify.core.subscriptions import Channel, Digest, Subscription, Wish
from services.notify.core.text import Language
from services.notify.delivery.ports import Delivery
from services.notify.delivery.subscribing import Change, Order


def order_of(request: delivery_pb2.CreateSubscriptionRequest) -> Order:
    """What somebody subscribes to.

    Raises:
        InvalidArgumentError: if the channel, the digest or the language is none there is.
    """
    if request.channel not in (delivery_pb2.CHANNEL_WEBHOOK, delivery_pb2.CHANNEL_EMAIL):
        raise InvalidArgumentError(
            f"channel: {request.channel} is none there is; name CHANNEL_WEBHOOK or CHANNEL_EMAIL",
            zh=f"channel：没有 {request.channel} 这一渠道；请填写 CHANNEL_WEBHOOK 或 CHANNEL_EMAIL",
            field="channel",
        )
    return Order(
        channel=Channel(request.channel),
        address=request.address,
        wish=wish_of(request.filter),
        digest=_digest(request.digest) or Digest.NONE,
        language=_language(request.language),
    )


def change_of(request: delivery_pb2.UpdateSubscriptionRequest) -> Change:
    """What is to be otherwise.

    Raises:
        InvalidArgumentError: if the digest is none there is.
    """
    return Change(
        disabled=request.disabled,
        wish=wish_of(request.filter) if request.HasField("filter") else None,
        digest=_digest(request.digest),
    )


def wish_of(alert_filter: notify_pb2.AlertFilter) -> Wish:
    """What is asked to be heard."""
    return Wish(
        platform_id=alert_filter.platform_id,
        area_code=alert_filter.area_code,
        rule_id=alert_filter.rule_id,
        least_severity=alert_filter.least_severity,
        department_id=alert_filter.department_id,
        cases_only=alert_filter.cases_only,
    )


def subscription_message(subscription: Subscription) -> delivery_pb2.Subscription:
    """All of it but its secrets."""
    wish = subscription.wish
    return delivery_pb2.Subscription(
        subscription_id=subscription.subscription_id,
        party_id=subscription.party_id,
        channel=delivery_pb2.Channel.ValueType(subscription.channel),
        address=subscription.address,
        filter=notify_pb2.AlertFilter(
            platform_id=wish.platform_id,
            area_code=wish.area_code,
            rule_id=wish.rule_id,
            least_severity=findings_pb2.Severity.ValueType(wish.least_severity),
            department_id=wish.department_id,
            cases_only=wish.cases_only,
        ),
        digest=delivery_pb2.Digest.ValueType(subscription.digest),
        language=casework_pb2.Language.ValueType(subscription.language),
        disabled=subscription.disabled,
        disabled_reason=subscription.disabled_reason,
        create_time=_moment(subscription.create_time_ms),
        consecutive_failures=subscription.failures,
    )


def delivery_message(delivery: Delivery) -> delivery_pb2.Delivery:
    """A receipt."""
    return delivery_pb2.Delivery(
        delivery_id=str(delivery.delivery_id),
        subscription_id=delivery.subscription_id,
        message_id=delivery.message_id,
        state=delivery_pb2.DeliveryState.ValueType(delivery.state),
        attempts=delivery.attempts,
        last_status=delivery.last_status,
        last_error=delivery.last_error,
        next_attempt_time=None if delivery.due_time_ms is None else _moment(delivery.due_time_ms),
        create_time=_moment(delivery.create_time_ms),
        update_time=_moment(delivery.update_time_ms),
    )


def webhook_delivery_message(delivery: Delivery) -> notify_pb2.WebhookDelivery:
    """The same as ``ListWebhookDeliveries`` has it."""
    return notify_pb2.WebhookDelivery(
        webhook_id=delivery.subscription_id,
        alert_id=delivery.message_id,
        attempts=delivery.attempts,
        delivered=delivery.state is DeliveryState.DELIVERED,
        last_status=delivery.last_status,
        last_error=delivery.last_error,
        update_time=_moment(delivery.update_time_ms),
    )


def _digest(value: int) -> Digest | None:
    """None: it was not said."""
    if value not in (0, *Digest):
        raise InvalidArgumentError(
            f"digest: {value} is none there is; name DIGEST_NONE, DIGEST_HOURLY or DIGEST_DAILY",
            zh=f"digest：没有 {value} 这一方式；请填写 DIGEST_NONE、DIGEST_HOURLY 或 DIGEST_DAILY",
            field="digest",
        )
    return Digest(value) if value else None


def _language(value: int) -> Language:
    if value not in (0, *Language):
        raise InvalidArgumentError(
            f"language: {value} is none there is; name LANGUAGE_ZH_CN or LANGUAGE_EN",
            zh=f"language：没有 {value} 这一语言；请填写 LANGUAGE_ZH_CN 或 LANGUAGE_EN",
            field="language",
        )
    return Language(value or Language.ZH_CN)


def _moment(epoch_ms: int) -> Timestamp:
    moment = Timestamp()
    moment.FromMilliseconds(epoch_ms)
    return moment
