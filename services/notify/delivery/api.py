"""``DeliveryService``: who subscribes, receipts, messages sent again; and the older webhook calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import grpc
from google.protobuf.message import Message

from kit.clock import Clock
from kit.errors import InvalidArgumentError
from kit.grpc.paging import page_key, page_size, page_token
from kit.requests import check_request_id, content_sha256
from kit.security.caller import Caller, current_caller
from quzhong.api.notify.v1 import delivery_pb2 as pb
from quzhong.api.notify.v1 import delivery_pb2_grpc, notify_pb2
from services.notify.core.subscriptions import Channel
from services.notify.delivery.messages import (
    change_of,
    delivery_message,
    order_of,
    subscription_message,
    webhook_delivery_message,
    wish_of,
)
from services.notify.delivery.ports import Asked, Subscriptions
from services.notify.delivery.subscribing import Order, Subscribing, whose

_Answer = TypeVar("_Answer", bound=Message)


class Once:
    """Lets a mutation take effect once, and gives a repeat its earlier answer."""

    def __init__(self, subscriptions: Subscriptions, clock: Clock) -> None:
        self._subscriptions = subscriptions
        self._clock = clock

    def __call__(
        self, request: Any, kind: type[_Answer], act: Callable[[Any, Caller, int], _Answer]
    ) -> _Answer:
        """``act`` gets the transaction, the caller and the time."""
        check_request_id(request.request_id)
        caller, now_ms = current_caller(), self._clock()
        asked = Asked(caller.party_id, request.request_id, content_sha256(request))
        answer = self._subscriptions.once(
            asked, now_ms, lambda connection: act(connection, caller, now_ms).SerializeToString()
        )
        return kind.FromString(answer)


class DeliveryServicer(delivery_pb2_grpc.DeliveryServiceServicer):
    """Decode, call, encode."""

    def __init__(self, subscriptions: Subscriptions, subscribing: Subscribing, clock: Clock) -> None:
        self._subscriptions = subscriptions
        self._subscribing = subscribing
        self._once = Once(subscriptions, clock)

    def CreateSubscription(  # noqa: N802
        self, request: pb.CreateSubscriptionRequest, context: grpc.ServicerContext
    ) -> pb.CreateSubscriptionResponse:
        order = order_of(request)

        def act(connection: Any, caller: Caller, now_ms: int) -> pb.CreateSubscriptionResponse:
            made = self._subscribing.create(connection, caller, request.request_id, order, now_ms)
            return pb.CreateSubscriptionResponse(subscription=subscription_message(made), secret=made.secret)

        return self._once(request, pb.CreateSubscriptionResponse, act)

    def ListSubscriptions(  # noqa: N802
        self, request: pb.ListSubscriptionsRequest, context: grpc.ServicerContext
    ) -> pb.ListSubscriptionsResponse:
        size = page_size(request.page_size)
        key = page_key(request.page_token, int, str)
        after = None if key is None else (int(key[0]), str(key[1]))
        found = self._subscriptions.page(whose(current_caller()), after, size)
        more = page_token(found[-1].create_time_ms, found[-1].subscription_id) if len(found) == size else ""
        return pb.ListSubscriptionsResponse(
            subscriptions=map(subscription_message, found), next_page_token=more
        )

    def UpdateSubscription(  # noqa: N802
        self, request: pb.UpdateSubscriptionRequest, context: grpc.ServicerContext
    ) -> pb.UpdateSubscriptionResponse:
        change = change_of(request)

        def act(connection: Any, caller: Caller, now_ms: int) -> pb.UpdateSubscriptionResponse:
            changed = self._subscribing.update(connection, caller, request.subscription_id, change, now_ms)
            return pb.UpdateSubscriptionResponse(subscription=subscription_message(changed))

        return self._once(request, pb.UpdateSubscriptionResponse, act)

    def DeleteSubscription(  # noqa: N802
        self, request: pb.DeleteSubscriptionRequest, context: grpc.ServicerContext
    ) -> pb.DeleteSubscriptionResponse:
        def act(connection: Any, caller: Caller, now_ms: int) -> pb.DeleteSubscriptionResponse:
            self._subscribing.delete(connection, caller, request.subscription_id, now_ms)
            return pb.DeleteSubscriptionResponse()

        return self._once(request, pb.DeleteSubscriptionResponse, act)

    def RotateSubscriptionSecret(  # noqa: N802
        self, request: pb.RotateSubscriptionSecretRequest, context: grpc.ServicerContext
    ) -> pb.RotateSubscriptionSecretResponse:
        def act(connection: Any, caller: Caller, now_ms: int) -> pb.RotateSubscriptionSecretResponse:
            rotated = self._subscribing.rotate(connection, caller, request.subscription_id, now_ms)
            return pb.RotateSubscriptionSecretResponse(secret=rotated.secret)

        return self._once(request, pb.RotateSubscriptionSecretResponse, act)

    def ListDeliveries(  # noqa: N802
        self, request: pb.ListDeliveriesRequest, context: grpc.ServicerContext
    ) -> pb.ListDeliveriesResponse:
        size = page_size(request.page_size)
        key = page_key(request.page_token, int)
        before = None if key is None else int(key[0])
        found = self._subscriptions.deliveries(whose(current_caller()), request.subscription_id, before, size)
        return pb.ListDeliveriesResponse(
            deliveries=map(delivery_message, found),
            next_page_token=page_token(found[-1].delivery_id) if len(found) == size else "",
        )

    def Redeliver(  # noqa: N802
        self, request: pb.RedeliverRequest, context: grpc.ServicerContext
    ) -> pb.RedeliverResponse:
        def act(connection: Any, caller: Caller, now_ms: int) -> pb.RedeliverResponse:
            queued = self._subscribing.redeliver(connection, caller, request.delivery_id, now_ms)
            return pb.RedeliverResponse(delivery=delivery_message(queued))

        return self._once(request, pb.RedeliverResponse, act)


class WebhookCalls:
    """``CreateWebhook`` and ``ListWebhookDeliveries`` of ``NotifyService``, over the same subscriptions."""

    def __init__(self, subscriptions: Subscriptions, subscribing: Subscribing, clock: Clock) -> None:
        self._subscriptions = subscriptions
        self._subscribing = subscribing
        self._once = Once(subscriptions, clock)

    def create(self, request: notify_pb2.CreateWebhookRequest) -> notify_pb2.CreateWebhookResponse:
        """Subscribe a webhook to each alert as it comes."""
        order = Order(Channel.WEBHOOK, request.url, wish_of(request.filter), field="url")

        def act(connection: Any, caller: Caller, now_ms: int) -> notify_pb2.CreateWebhookResponse:
            made = self._subscribing.create(connection, caller, request.request_id, order, now_ms)
            return notify_pb2.CreateWebhookResponse(webhook_id=made.subscription_id, secret=made.secret)

        return self._once(request, notify_pb2.CreateWebhookResponse, act)

    def deliveries(
        self, request: notify_pb2.ListWebhookDeliveriesRequest
    ) -> notify_pb2.ListWebhookDeliveriesResponse:
        """The receipts of all of a party's subscriptions, or of one."""
        size = page_size(request.page_size)
        before = _sequence(request.page_token)
        found = self._subscriptions.deliveries(whose(current_caller()), request.webhook_id, before, size)
        return notify_pb2.ListWebhookDeliveriesResponse(
            deliveries=map(webhook_delivery_message, found),
            next_page_token=str(found[-1].delivery_id) if len(found) == size else "",
        )


def _sequence(token: str) -> int | None:
    """A number, as these tokens have always been."""
    if not token:
        return None
    if not (token.isascii() and token.isdigit() and len(token) < 19):
        raise InvalidArgumentError(
            f"page_token: {token[:80]!r} was not given out by this service; send next_page_token as it came",
            zh=f"page_token：{token[:80]!r} 不是本服务给出的翻页标记；请原样填写 next_page_token",
            field="page_token",
        )
    return int(token)
