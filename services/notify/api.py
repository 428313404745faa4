"""``NotifyService``: who may see what, pages and tokens; the rest is the handlers' and the store's."""

from __future__ import annotations

from collections.abc import Iterator

import grpc

from kit.clock import Clock
from kit.errors import InvalidArgumentError, NotFoundError
from kit.security.caller import Caller, Role, current_caller, significant
from kit.security.finding_view import as_seen_by
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.notify.v1 import notify_pb2, notify_pb2_grpc
from services.notify.alert_watch import AlertWatch
from services.notify.core.alerts import Audience
from services.notify.core.findings import Place
from services.notify.core.policy import Policy
from services.notify.handlers import register_webhook
from services.notify.messages import (
    alert_message,
    case_message,
    delivery_message,
    notice_message,
    step_message,
)
from services.notify.ports import Reading, Webhooks

PAGE_SIZE, MAX_PAGE_SIZE = 100, 1_000
CASE_FINDINGS = 50


class NotifyServicer(notify_pb2_grpc.NotifyServiceServicer):
    """Decode, call, encode."""

    def __init__(
        self, reading: Reading, watch: AlertWatch, webhooks: Webhooks, policy: Policy, clock: Clock
    ) -> None:
        self._reading = reading
        self._watch = watch
        self._webhooks = webhooks
        self._policy = policy
        self._clock = clock

    def ListCases(  # noqa: N802
        self, request: notify_pb2.ListCasesRequest, context: grpc.ServicerContext
    ) -> notify_pb2.ListCasesResponse:
        caller = current_caller()
        audience = audience_of(
            caller,
            platform_id=request.platform_id,
            area_code=request.area_code,
            rule_id=request.rule_id,
        )
        size = page_size(request.page_size)
        before = None
        if request.page_token:
            created, _, case_id = request.page_token.partition("~")
            before = (number("page_token", created), case_id)
        cases = self._reading.cases(audience, before, size)
        more = f"{cases[-1].create_time_ms}~{cases[-1].case_id}" if len(cases) == size else ""
        return notify_pb2.ListCasesResponse(
            cases=[case_message(case, caller) for case in cases], next_page_token=more
        )

    def GetCase(  # noqa: N802
        self, request: notify_pb2.GetCaseRequest, context: grpc.ServicerContext
    ) -> notify_pb2.GetCaseResponse:
        caller = current_caller()
        size = page_size(request.findings_size, usual=CASE_FINDINGS, field="findings_size")
        file = self._reading.case_file(request.case_id, size, self._policy.opens_at)
        # A case that is not the caller's to see is answered as if it did not exist.
        if file is None or not sees_place(caller, file.case.place):
            raise NotFoundError(
                f"case_id: no case {request.case_id[:80]!r} that you may see",
                zh=f"case_id：没有您可以查看的问题线索 {request.case_id[:80]!r}",
                field="case_id",
                reason="CASE_NOT_FOUND",
            )
        findings = map(findings_pb2.Finding.FromString, file.findings)
        return notify_pb2.GetCaseResponse(
            case=case_message(file.case, caller),
            findings=[as_seen_by(caller, finding) for finding in findings if may_see(caller, finding)],
            notices=[notice_message(notice, caller) for notice in file.notices],
            steps=[step_message(step, caller) for step in file.steps],
        )

    def ListAlerts(  # noqa: N802
        self, request: notify_pb2.ListAlertsRequest, context: grpc.ServicerContext
    ) -> notify_pb2.ListAlertsResponse:
        caller = current_caller()
        size = page_size(request.page_size)
        before = number("page_token", request.page_token) if request.page_token else None
        latest = self._reading.latest_alerts(filtered(caller, request.filter), before, size)
        return notify_pb2.ListAlertsResponse(
            alerts=[alert_message(each.alert, caller) for each in latest.alerts],
            next_page_token=str(latest.alerts[-1].sequence) if len(latest.alerts) == size else "",
            resume_token=str(latest.newest),
        )

    def WatchAlerts(  # noqa: N802
        self, request: notify_pb2.WatchAlertsRequest, context: grpc.ServicerContext
    ) -> Iterator[notify_pb2.WatchAlertsResponse]:
        caller = current_caller()
        audience = filtered(caller, request.filter)
        after = number("resume_token", request.resume_token) if request.resume_token else 0
        if after > self._reading.latest_alerts(audience, None, 1).newest:
            raise InvalidArgumentError(
                f"resume_token: {after} has not been given out yet by this installation; start without one",
                zh=f"resume_token：本系统尚未发出过 {after}；请不带令牌重新开始",
                field="resume_token",
                reason="RESUME_TOKEN_UNKNOWN",
            )
        context.add_callback(self._watch.ring)
        for each in self._watch.follow(audience, after, context.is_active):
            yield notify_pb2.WatchAlertsResponse(
                alert=alert_message(each.alert, caller), resume_token=str(each.sequence)
            )

    def CreateWebhook(  # noqa: N802
        self, request: notify_pb2.CreateWebhookRequest, context: grpc.ServicerContext
    ) -> notify_pb2.CreateWebhookResponse:
        caller = current_caller()
        webhook = register_webhook(
            self._webhooks,
            party_id=caller.party_id,
            audience=filtered(caller, request.filter),
            url=request.url,
            request_id=request.request_id,
            now_ms=self._clock(),
        )
        return notify_pb2.CreateWebhookResponse(webhook_id=webhook.webhook_id, secret=webhook.secret)

    def ListWebhookDeliveries(  # noqa: N802
        self, request: notify_pb2.ListWebhookDeliveriesRequest, context: grpc.ServicerContext
    ) -> notify_pb2.ListWebhookDeliveriesResponse:
        caller = current_caller()
        party_id = None if caller.role in (Role.ADMINISTRATOR, Role.AUDITOR) else caller.party_id
        size = page_size(request.page_size)
        before = number("page_token", request.page_token) if request.page_token else None
        deliveries = self._reading.deliveries(party_id, request.webhook_id, before, size)
        return notify_pb2.ListWebhookDeliveriesResponse(
            deliveries=map(delivery_message, deliveries),
            next_page_token=str(deliveries[-1].delivery_id) if len(deliveries) == size else "",
        )


def filtered(caller: Caller, wish: notify_pb2.AlertFilter) -> Audience:
    """What the caller asked to hear, within what it may hear."""
    return audience_of(
        caller,
        platform_id=wish.platform_id,
        area_code=wish.area_code,
        rule_id=wish.rule_id,
        least_severity=wish.least_severity,
    )


def audience_of(
    caller: Caller, *, platform_id: str = "", area_code: str = "", rule_id: str = "", least_severity: int = 0
) -> Audience:
    """A platform hears what is about itself, anywhere; everybody else what lies in their areas.

    Duties name a party, its late reports and its licences. A partner firm hears of its own, wherever they are
    due, and of nobody else's; a platform of its own and its firms'; unions and associations of none, as they
    may read no report either; whoever supervises of those in its areas.

    Raises:
        PermissionDeniedError: if a platform is named that is foreign to the caller.
    """
    if platform_id:
        caller.require_platform(platform_id)
    elif caller.role is Role.PLATFORM:
        platform_id = caller.party_id
    return Audience(
        platform_id=platform_id,
        platform_ids=None if platform_id else caller.platforms,
        area_prefixes=_area_prefixes(caller),
        area_prefix=significant(area_code),
        rule_id=rule_id,
        least_severity=least_severity,
        aggregates_only=not caller.sees_workers,
        duties_of=_duties_of(caller),
    )


def sees_place(caller: Caller, place: Place) -> bool:
    """Whether what happened there may be shown to the caller."""
    return audience_of(caller).covers(place)


def _duties_of(caller: Caller) -> str | None:
    match caller.role:
        case Role.PARTNER_FIRM:
            return caller.party_id
        case Role.UNION | Role.ASSOCIATION:
            return ""
    return None


def _area_prefixes(caller: Caller) -> tuple[str, ...]:
    if caller.everywhere or caller.role is Role.PLATFORM:
        return ("",)
    return tuple(sorted(significant(code) for code in caller.area_codes))


def may_see(caller: Caller, finding: findings_pb2.Finding) -> bool:
    """Who sees aggregates sees a finding about a standard, never one about a worker."""
    return caller.sees_workers or not (finding.worker_id or finding.HasField("working_time"))


def page_size(asked: int, *, usual: int = PAGE_SIZE, field: str = "page_size") -> int:
    """``usual`` if nothing was asked for, never more than ``MAX_PAGE_SIZE``.

    Raises:
        InvalidArgumentError: if it is negative.
    """
    if asked < 0:
        raise InvalidArgumentError(
            f"{field}: {asked} is negative; leave it 0 for {usual}",
            zh=f"{field}：{asked} 为负数；填 0 则取 {usual}",
            field=field,
        )
    return min(asked or usual, MAX_PAGE_SIZE)


def number(field: str, token: str) -> int:
    """A token's number.

    Raises:
        InvalidArgumentError: if it is not one of ours.
    """
    if not (token.isascii() and token.isdigit() and len(token) < 19):
        raise InvalidArgumentError(
            f"{field}: {token[:80]!r} was not given out by this service; pass on what an earlier answer had",
            zh=f"{field}：{token[:80]!r} 不是本服务发出的令牌；请原样传回先前答复中的值",
            field=field,
        )
    return int(token)
