"""``NotifyService``: who may see what, pages and tokens; the rest is the handlers' and the store's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import grpc

from kit.errors import InvalidArgumentError
from kit.grpc.paging import resume_after
from kit.security.caller import Caller, current_caller
from kit.security.finding_view import as_seen_by
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.notify.v1 import notify_pb2, notify_pb2_grpc
from services.notify.alert_watch import AlertWatch
from services.notify.audiences import audience_of, sees_place
from services.notify.casework.messages import (
    appeal_message,
    recheck_message,
    reply_message,
    talk_message,
    trigger_value,
)
from services.notify.casework.refusals import case_not_found
from services.notify.casework.rights import Rights, hears_both_sides
from services.notify.core.alerts import Audience
from services.notify.core.policy import Policy
from services.notify.core.transitions import CaseState
from services.notify.delivery.api import WebhookCalls
from services.notify.messages import alert_message, case_message, notice_message, step_message
from services.notify.ports import Reading

PAGE_SIZE, MAX_PAGE_SIZE = 100, 1_000
CASE_FINDINGS = 50


class NotifyServicer(notify_pb2_grpc.NotifyServiceServicer):
    """Decode, call, encode."""

    def __init__(
        self, reading: Reading, watch: AlertWatch, webhooks: WebhookCalls, policy: Policy, rights: Rights
    ) -> None:
        self._reading = reading
        self._watch = watch
        self._webhooks = webhooks
        self._policy = policy
        self._rights = rights

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
        cases = self._reading.cases(
            audience,
            before,
            size,
            states=states_of(request.states),
            department_id=request.department_id,
        )
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
        if file is None or not sees_place(self._rights.widened(caller), file.case.place):
            raise case_not_found(request.case_id)
        findings = [
            finding
            for finding in map(findings_pb2.Finding.FromString, file.findings)
            if may_see(caller, finding)
        ]
        parties = hears_both_sides(caller, file.case)
        return notify_pb2.GetCaseResponse(
            case=case_message(file.case, caller),
            findings=[as_seen_by(caller, finding) for finding in findings],
            notices=[notice_message(notice, caller) for notice in file.notices],
            steps=[step_message(step, caller) for step in file.steps],
            next_steps=map(trigger_value, self._rights.next_steps(caller, file.case)),
            replies=map(reply_message, file.replies) if parties else (),
            talks=[talk_message(talk, told=parties) for talk in file.talks],
            rechecks=[recheck_message(recheck, caller) for recheck in file.rechecks],
            appeals=map(appeal_message, file.appeals) if parties else (),
            set_aside_finding_ids=[
                finding.finding_id for finding in findings if finding.finding_id in file.set_aside
            ],
        )

    def WatchCases(  # noqa: N802
        self, request: notify_pb2.WatchCasesRequest, context: grpc.ServicerContext
    ) -> Iterator[notify_pb2.WatchCasesResponse]:
        caller = current_caller()
        audience = audience_of(
            caller,
            platform_id=request.platform_id,
            area_code=request.area_code,
            rule_id=request.rule_id,
        )
        after = resume_after(request.resume_token, self._reading.newest_step())
        follower = self._watch.follow_steps(audience, after, context.is_active)
        context.add_callback(follower.wake)
        for each in follower:
            yield notify_pb2.WatchCasesResponse(
                case=case_message(each.case, caller),
                step=step_message(each.step, caller),
                resume_token=str(each.sequence),
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
        follower = self._watch.follow(audience, after, context.is_active)
        context.add_callback(follower.wake)
        for each in follower:
            yield notify_pb2.WatchAlertsResponse(
                alert=alert_message(each.alert, caller), resume_token=str(each.sequence)
            )

    def CreateWebhook(  # noqa: N802
        self, request: notify_pb2.CreateWebhookRequest, context: grpc.ServicerContext
    ) -> notify_pb2.CreateWebhookResponse:
        return self._webhooks.create(request)

    def ListWebhookDeliveries(  # noqa: N802
        self, request: notify_pb2.ListWebhookDeliveriesRequest, context: grpc.ServicerContext
    ) -> notify_pb2.ListWebhookDeliveriesResponse:
        return self._webhooks.deliveries(request)


def states_of(values: Iterable[int]) -> list[CaseState]:
    """States to filter by.

    Raises:
        InvalidArgumentError: if one is none.
    """
    try:
        states = [CaseState(value) for value in values]
        if CaseState.NEW in states:
            raise ValueError("CASE_STATE_UNSPECIFIED is no state of a case")
        return states
    except ValueError as error:
        raise InvalidArgumentError(
            f"states: {error}; leave it empty for cases in any state",
            zh="states：含有未知状态；不填则不限状态",
            field="states",
            reason="CASE_STATE_UNKNOWN",
        ) from error


def filtered(caller: Caller, wish: notify_pb2.AlertFilter) -> Audience:
    """What the caller asked to hear, within what it may hear."""
    return audience_of(
        caller,
        platform_id=wish.platform_id,
        area_code=wish.area_code,
        rule_id=wish.rule_id,
        least_severity=wish.least_severity,
        department_id=wish.department_id,
        cases_only=wish.cases_only,
    )


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
