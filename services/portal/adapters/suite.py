"""The services over gRPC. The reader's token travels with every call, so that they decide what it may see."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import grpc

from kit.errors import NotFoundError
from quzhong.api.algo_audit.v1 import (
    algo_audit_pb2,
    algo_audit_pb2_grpc,
)
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.notify.v1 import notify_pb2, notify_pb2_grpc
from quzhong.api.registry.v1 import registry_pb2, registry_pb2_grpc
from quzhong.api.workhours.v1 import workhours_pb2, workhours_pb2_grpc
from services.portal.adapters import decode, decode_audits, decode_cases, decode_explained
from services.portal.adapters.calls import MOST, answered, asked, bearer
from services.portal.adapters.statuses import to_error
from services.portal.core.alerts import AlertFilter, AlertPage, WatchedAlert
from services.portal.core.audits import Audit
from services.portal.core.cases import CaseFile, CasePage
from services.portal.core.explanations import Explanation, Timeline
from services.portal.core.language import LocalText
from services.portal.core.names import Names

_AUDIT_S = 60
"""An audit of a city's ten million orders takes seconds; the rest is room for a busy machine."""

_CHANNEL = (
    ("grpc.max_receive_message_length", 8 * 1024 * 1024),
    # A feed should be back within seconds of its service; gRPC would wait up to two minutes.
    ("grpc.initial_reconnect_backoff_ms", 200),
    ("grpc.max_reconnect_backoff_ms", 2000),
    ("grpc.enable_http_proxy", 0),
)


class GrpcSuite:
    """Implements ``services.portal.ports.Suite``. Belongs to the event loop it was made in."""

    def __init__(self, address: str, credentials: grpc.ChannelCredentials | None = None) -> None:
        """``credentials``: TLS; None speaks plain text."""
        self._channel = (
            grpc.aio.insecure_channel(address, options=_CHANNEL)
            if credentials is None
            else grpc.aio.secure_channel(address, credentials, options=_CHANNEL)
        )
        self._notify = notify_pb2_grpc.NotifyServiceStub(self._channel)
        self._audits = algo_audit_pb2_grpc.AlgoAuditServiceStub(self._channel)
        self._registry = registry_pb2_grpc.RegistryServiceStub(self._channel)
        self._workhours = workhours_pb2_grpc.WorkhoursServiceStub(self._channel)

    @property
    def channel(self) -> grpc.aio.Channel:
        """To all services; ``adapters/registry.py`` calls over it too."""
        return self._channel

    async def close(self) -> None:
        """End all calls."""
        await self._channel.close()

    async def alerts(
        self, token: str, alert_filter: AlertFilter, page_size: int, page_token: str
    ) -> AlertPage:
        """See the port."""
        request = notify_pb2.ListAlertsRequest(
            filter=_filter(alert_filter), page_size=page_size, page_token=page_token
        )
        answer = await asked(self._notify.ListAlerts, request, token)
        return AlertPage(
            tuple(decode.alert(each) for each in answer.alerts), answer.next_page_token, answer.resume_token
        )

    async def watch_alerts(
        self, token: str, alert_filter: AlertFilter, resume_token: str
    ) -> AsyncGenerator[WatchedAlert, None]:
        """See the port."""
        request = notify_pb2.WatchAlertsRequest(filter=_filter(alert_filter), resume_token=resume_token)
        call = self._notify.WatchAlerts(request, metadata=bearer(token))
        try:
            async for message in call:
                yield WatchedAlert(decode.alert(message.alert), message.resume_token)
        except grpc.aio.AioRpcError as failure:
            raise to_error(failure) from failure
        finally:
            call.cancel()

    async def cases(
        self, token: str, *, platform_id: str, area_code: str, rule_id: str, page_size: int, page_token: str
    ) -> CasePage:
        """See the port."""
        request = notify_pb2.ListCasesRequest(
            platform_id=platform_id,
            area_code=area_code,
            rule_id=rule_id,
            page_size=page_size,
            page_token=page_token,
        )
        answer = await asked(self._notify.ListCases, request, token)
        return CasePage(tuple(decode_cases.case(each) for each in answer.cases), answer.next_page_token)

    async def case(self, token: str, case_id: str, findings_size: int) -> CaseFile:
        """See the port."""
        request = notify_pb2.GetCaseRequest(case_id=case_id, findings_size=findings_size)
        return decode_cases.case_file(await asked(self._notify.GetCase, request, token))

    async def latest_audit(self, token: str, metric_id: str, area_code: str) -> Audit | None:
        """See the port."""
        request = algo_audit_pb2.GetAuditRequest(metric_id=metric_id, area_code=area_code)
        if not area_code:
            newest = await self._newest_audit(token, metric_id)
            if newest is None:
                return None
            request = algo_audit_pb2.GetAuditRequest(audit_id=newest.audit_id)
        try:
            answer = await asked(self._audits.GetAudit, request, token)
        except NotFoundError:
            return None
        return decode_audits.audit(answer.audit)

    async def _newest_audit(self, token: str, metric_id: str) -> algo_audit_pb2.Audit | None:
        request = algo_audit_pb2.ListAuditsRequest(page_size=MOST)
        answer = await asked(self._audits.ListAudits, request, token)
        of_metric = (audit for audit in answer.audits if audit.metric_id == metric_id)
        return max(of_metric, key=lambda audit: audit.create_time.ToMilliseconds(), default=None)

    async def run_audit(self, token: str, metric_id: str, area_code: str, request_id: str) -> Audit:
        """See the port."""
        request = algo_audit_pb2.RunAuditRequest(
            request_id=request_id, metric_id=metric_id, area_code=area_code
        )
        answer = await answered(self._audits.RunAudit(request, metadata=bearer(token), timeout=_AUDIT_S))
        return decode_audits.audit(answer.audit)

    async def explain(self, token: str, finding_id: str) -> Explanation:
        """See the port."""
        request = workhours_pb2.ExplainRequest(finding_id=finding_id)
        return decode_explained.explanation(await asked(self._workhours.Explain, request, token))

    async def worker_timeline(self, token: str, worker_id: str, start_ms: int, end_ms: int) -> Timeline:
        """See the port."""
        request = workhours_pb2.GetWorkerTimelineRequest(worker_id=worker_id)
        request.start_time.FromMilliseconds(start_ms)
        request.end_time.FromMilliseconds(end_ms)
        return decode_explained.timeline(
            await asked(self._workhours.GetWorkerTimeline, request, token), start_ms, end_ms
        )

    async def names(self, token: str) -> Names:
        """See the port. The first 1,000 of each: what lies beyond is shown by its code."""
        areas = registry_pb2.ListAreasRequest(page_size=MOST)
        places, platforms, *others = await asyncio.gather(
            asked(self._registry.ListAreas, areas, token),
            self._parties(token, registry_pb2.ROLE_PLATFORM),
            self._parties(token, registry_pb2.ROLE_PARTNER_FIRM),
            self._parties(token, registry_pb2.ROLE_REGULATOR),
            self._parties(token, registry_pb2.ROLE_UNION),
            self._parties(token, registry_pb2.ROLE_OFFICIAL),
        )
        firms, departments, unions, officials = others
        parties = dict(platforms) | firms | departments | unions | officials
        return Names(
            platforms=platforms,
            areas={area.area_code: decode.text(area.name) for area in places.areas},
            parties=parties,
            departments=departments,
        )

    async def _parties(self, token: str, role: registry_pb2.Role.ValueType) -> dict[str, LocalText]:
        request = registry_pb2.ListPartiesRequest(role=role, page_size=MOST)
        found = await asked(self._registry.ListParties, request, token)
        return {party.party_id: decode.text(party.name) for party in found.parties}


def _filter(alert_filter: AlertFilter) -> notify_pb2.AlertFilter:
    return notify_pb2.AlertFilter(
        platform_id=alert_filter.platform_id,
        area_code=alert_filter.area_code,
        rule_id=alert_filter.rule_id,
        least_severity=findings_pb2.Severity.ValueType(alert_filter.least_severity.value),
        department_id=alert_filter.department_id,
        cases_only=alert_filter.cases_only,
    )
