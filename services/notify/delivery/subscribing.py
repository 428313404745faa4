"""Use cases of whoever subscribes, each within the transaction of ``Subscriptions.once``."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from kit.errors import FailedPreconditionError, InvalidArgumentError, NotFoundError
from kit.requests import request_id_reused
from kit.security.caller import Caller, Role
from services.notify.audiences import audience_of
from services.notify.core.identifiers import stable_id
from services.notify.core.subscriptions import (
    MOST_OF_A_PARTY,
    SECRET_OVERLAP_MS,
    Channel,
    Digest,
    Subscription,
    Wish,
    check_mailbox,
    check_url,
)
from services.notify.core.text import Language
from services.notify.delivery.ports import Delivery, Subscriptions

SECRET_BYTES = 32
"""Standard Webhooks asks for 24 to 64 random bytes."""

_URL_ZH = "须为 https 地址，或者指向本机的 http 地址，且不得包含用户名和密码"
_MAILBOX_ZH = "须为一个邮箱地址，形如 local@domain，不含姓名、引号和空格；中文域名请用 xn-- 形式"


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody subscribes to."""

    channel: Channel
    address: str
    wish: Wish
    digest: Digest = Digest.NONE
    language: Language = Language.ZH_CN
    field: str = "address"
    """What the request calls the address."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be otherwise; None: as it was."""

    disabled: bool
    wish: Wish | None = None
    digest: Digest | None = None


class Subscribing:
    """Made once."""

    def __init__(self, subscriptions: Subscriptions, *, mails: bool) -> None:
        """``mails``: whether this installation has a mail relay."""
        self._subscriptions = subscriptions
        self._mails = mails

    def create(
        self, connection: Any, caller: Caller, request_id: str, order: Order, now_ms: int
    ) -> Subscription:
        """Subscribe.

        Raises:
            InvalidArgumentError: WEBHOOK_URL_NOT_ALLOWED or MAILBOX_NOT_ALLOWED.
            PermissionDeniedError: FOREIGN_PLATFORM, for a filter that names one.
            FailedPreconditionError: EMAIL_NOT_CONFIGURED, TOO_MANY_SUBSCRIPTIONS.
            AlreadyExistsError: REQUEST_ID_REUSED.
        """
        self._check_address(order)
        check_wish(caller, order.wish)
        if self._subscriptions.count(connection, caller.party_id) >= MOST_OF_A_PARTY:
            raise FailedPreconditionError(
                f"{caller.party_id} has {MOST_OF_A_PARTY} subscriptions; delete one that is not needed",
                zh=f"{caller.party_id} 已有 {MOST_OF_A_PARTY} 个订阅；请先删除不再需要的",
                reason="TOO_MANY_SUBSCRIPTIONS",
            )
        subscription = Subscription(
            subscription_id=stable_id("subscription", caller.party_id, request_id),
            party_id=caller.party_id,
            channel=order.channel,
            address=order.address,
            wish=order.wish,
            create_time_ms=now_ms,
            request_id=request_id,
            digest=order.digest,
            language=order.language,
            secret=new_secret() if order.channel is Channel.WEBHOOK else "",
        )
        if not self._subscriptions.add(connection, subscription):
            raise request_id_reused(request_id)
        return subscription

    def update(
        self, connection: Any, caller: Caller, subscription_id: str, change: Change, now_ms: int
    ) -> Subscription:
        """Change, disable or enable; enabled again, it has not failed yet.

        Raises:
            NotFoundError: SUBSCRIPTION_NOT_FOUND.
            PermissionDeniedError: FOREIGN_PLATFORM.
        """
        before = self._find(connection, caller, subscription_id)
        if change.wish is not None and before.party_id == caller.party_id:
            # Another party's right to hear is asked when an alert is raised, as it is for everybody.
            check_wish(caller, change.wish)
        after = replace(
            before,
            wish=before.wish if change.wish is None else change.wish,
            digest=before.digest if change.digest is None else change.digest,
            disabled=change.disabled,
        )
        if before.disabled and not after.disabled:
            after = replace(after, disabled_reason="", failures=0, failing_since_ms=None)
        what = "updated"
        if before.disabled != after.disabled:
            what = "disabled" if after.disabled else "enabled"
        self._subscriptions.save(connection, after, caller.party_id, what, now_ms)
        return after

    def delete(self, connection: Any, caller: Caller, subscription_id: str, now_ms: int) -> None:
        """End it.

        Raises:
            NotFoundError: SUBSCRIPTION_NOT_FOUND.
        """
        found = self._find(connection, caller, subscription_id)
        self._subscriptions.delete(connection, found, caller.party_id, now_ms)

    def rotate(self, connection: Any, caller: Caller, subscription_id: str, now_ms: int) -> Subscription:
        """Draw a new signing secret; the old one signs beside it for a day.

        Raises:
            NotFoundError: SUBSCRIPTION_NOT_FOUND.
            FailedPreconditionError: SUBSCRIPTION_HAS_NO_SECRET, of e-mail.
        """
        before = self._find(connection, caller, subscription_id)
        if before.channel is not Channel.WEBHOOK:
            raise FailedPreconditionError(
                f"subscription_id: {subscription_id} is e-mail and has no secret; only webhooks are signed",
                zh=f"subscription_id：{subscription_id} 为邮件订阅，没有密钥；仅 webhook 带签名",
                field="subscription_id",
                reason="SUBSCRIPTION_HAS_NO_SECRET",
            )
        after = replace(
            before,
            secret=new_secret(),
            old_secret=before.secret,
            old_secret_until_ms=now_ms + SECRET_OVERLAP_MS,
        )
        self._subscriptions.save(connection, after, caller.party_id, "secret_rotated", now_ms)
        return after

    def redeliver(self, connection: Any, caller: Caller, delivery_id: str, now_ms: int) -> Delivery:
        """Queue a message again, under the same id.

        Raises:
            NotFoundError: DELIVERY_NOT_FOUND.
            FailedPreconditionError: SUBSCRIPTION_DISABLED.
        """
        known = delivery_id.isascii() and delivery_id.isdigit() and len(delivery_id) < 19
        found = (
            self._subscriptions.find_delivery(connection, whose(caller), int(delivery_id)) if known else None
        )
        if found is None:
            raise NotFoundError(
                f"delivery_id: you have no delivery {delivery_id[:80]!r}; ListDeliveries tells which",
                zh=f"delivery_id：您没有投递 {delivery_id[:80]!r}；可用 ListDeliveries 查询",
                field="delivery_id",
                reason="DELIVERY_NOT_FOUND",
            )
        if self._find(connection, caller, found.subscription_id).disabled:
            raise FailedPreconditionError(
                f"subscription {found.subscription_id} is disabled; enable it by UpdateSubscription first",
                zh=f"订阅 {found.subscription_id} 已停用；请先用 UpdateSubscription 启用",
                field="delivery_id",
                reason="SUBSCRIPTION_DISABLED",
            )
        return self._subscriptions.send_again(connection, found, caller.party_id, now_ms)

    def _find(self, connection: Any, caller: Caller, subscription_id: str) -> Subscription:
        found = self._subscriptions.find(connection, whose(caller), subscription_id)
        if found is None:
            raise NotFoundError(
                f"subscription_id: you have no subscription {subscription_id[:80]!r}; see ListSubscriptions",
                zh=f"subscription_id：您没有订阅 {subscription_id[:80]!r}；可用 ListSubscriptions 查询",
                field="subscription_id",
                reason="SUBSCRIPTION_NOT_FOUND",
            )
        return found

    def _check_address(self, order: Order) -> None:
        if order.channel is Channel.WEBHOOK:
            _allow(order, check_url, "WEBHOOK_URL_NOT_ALLOWED", _URL_ZH)
            return
        if not self._mails:
            raise FailedPreconditionError(
                "channel: no e-mail is sent here, as QUZHONG_NOTIFY_SMTP_HOST is unset; use a webhook",
                zh="channel：本系统未配置邮件服务器（QUZHONG_NOTIFY_SMTP_HOST）；请改用 webhook",
                field="channel",
                reason="EMAIL_NOT_CONFIGURED",
            )
        _allow(order, check_mailbox, "MAILBOX_NOT_ALLOWED", _MAILBOX_ZH)


def check_wish(caller: Caller, wish: Wish) -> None:
    """Refuse a filter by a platform that is foreign to the caller: it would hear nothing.

    Raises:
        PermissionDeniedError: FOREIGN_PLATFORM.
    """
    audience_of(caller, platform_id=wish.platform_id)


def whose(caller: Caller) -> str | None:
    """Whose subscriptions a caller may deal with: its own; who runs or audits the suite, anybody's (None)."""
    return None if caller.role in (Role.ADMINISTRATOR, Role.AUDITOR) else caller.party_id


def new_secret() -> str:
    """``whsec_`` and base64, as Standard Webhooks has it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def _allow(order: Order, check: Callable[[str], None], reason: str, zh: str) -> None:
    try:
        check(order.address)
    except ValueError as error:
        raise InvalidArgumentError(
            f"{order.field}: {order.address[:80]!r} {error}",
            zh=f"{order.field}：{order.address[:80]!r} 不可用，{zh}",
            field=order.field,
            reason=reason,
        ) from error
