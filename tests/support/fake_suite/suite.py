"""The services the portal calls, scripted: real gRPC behind the real guard, data always the same."""

# ruff: noqa: N802 (RPCs have the names the contract gives them)

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.protobuf.message import Message

from kit.errors import FailedPreconditionError, NotFoundError, QuzhongError, UnauthenticatedError
from kit.grpc.host import Host
from kit.security.caller import Caller, Role, covers, current_caller
from quzhong.api.algo_audit.v1 import algo_audit_pb2 as audit_pb
from quzhong.api.algo_audit.v1 import algo_audit_pb2_grpc as audit_grpc
from quzhong.api.algo_audit.v1 import appeals_pb2_grpc as appeals_grpc
from quzhong.api.algo_audit.v1 import consultation_pb2_grpc as consultation_grpc
from quzhong.api.notify.v1 import casework_pb2_grpc as casework_grpc
from quzhong.api.notify.v1 import figures_pb2_grpc as figures_grpc
from quzhong.api.notify.v1 import notify_pb2 as notify_pb
from quzhong.api.notify.v1 import notify_pb2_grpc as notify_grpc
from quzhong.api.registry.v1 import accounts_pb2 as accounts_pb
from quzhong.api.registry.v1 import accounts_pb2_grpc as accounts_grpc
from quzhong.api.registry.v1 import admission_pb2_grpc as admission_grpc
from quzhong.api.registry.v1 import declared_rules_pb2_grpc as rules_grpc
from quzhong.api.registry.v1 import registry_pb2 as registry_pb
from quzhong.api.registry.v1 import registry_pb2_grpc as registry_grpc
from quzhong.api.registry.v1 import reports_pb2 as reports_pb
from quzhong.api.registry.v1 import reports_pb2_grpc as reports_grpc
from quzhong.api.workhours.v1 import workhours_pb2 as workhours_pb
from quzhong.api.workhours.v1 import workhours_pb2_grpc as workhours_grpc
from tests.support.fake_suite import (
    accounts,
    admissions,
    bargaining,
    casework,
    data,
    explained,
    periods,
    registry,
)

REGULATOR = "qz_0a1b2c3d4e5f6071_regulator"
OFFICIAL = "qz_4e5f607182930415_official"
UNION = "qz_1b2c3d4e5f607182_union"
PLATFORM = "qz_2c3d4e5f60718293_platform"
ADMINISTRATOR = "qz_3d4e5f6071829304_administrator"

_CALLERS = {
    REGULATOR: Caller("tangshan-hrss", Role.REGULATOR, ("130200",)),
    OFFICIAL: Caller("li-wei", Role.OFFICIAL, ("130200",)),
    UNION: Caller("tangshan-union", Role.UNION, ("130200",)),
    PLATFORM: Caller("kuaida", Role.PLATFORM, ("130200",)),
    ADMINISTRATOR: Caller("administrator", Role.ADMINISTRATOR),
}


@dataclass
class FakeSuite:
    """Start it, point a portal at ``address``, then emit alerts or break it off."""

    alerts: list[notify_pb.Alert] = field(default_factory=data.first_alerts)
    audits: list[audit_pb.Audit] = field(default_factory=list)
    reports: list[reports_pb.Report] = field(default_factory=registry.first_reports)
    accounts: dict[str, accounts_pb.Account] = field(default_factory=accounts.first_accounts)
    consultations: bargaining.Consultations = field(default_factory=bargaining.Consultations)
    appeals: bargaining.Appeals = field(default_factory=bargaining.Appeals)
    acts: list[Message] = field(default_factory=list)
    """What was asked of casework."""
    fault: QuzhongError | None = None
    """Raised by every ListCases while set."""
    watchers: int = 0
    """WatchAlerts calls going on."""
    revoked: set[str] = field(default_factory=set)
    address: str = "127.0.0.1:0"

    def __post_init__(self) -> None:
        self.admissions = admissions.Admissions(self.acts)
        self.changed = threading.Condition()
        self._open = False
        self._host: Host | None = None

    # The Unit protocol of kit.grpc.host.
    name = "fake-suite"
    grpc_services = ("quzhong.api.notify.v1.NotifyService",)

    def add_to(self, server: grpc.Server) -> None:
        notify_grpc.add_NotifyServiceServicer_to_server(_Notify(self), server)
        casework_grpc.add_CaseworkServiceServicer_to_server(casework.Casework(self.acts), server)
        figures_grpc.add_PeriodReportServiceServicer_to_server(periods.Periods(self.acts), server)
        audit_grpc.add_AlgoAuditServiceServicer_to_server(_Audits(self), server)
        registry_grpc.add_RegistryServiceServicer_to_server(_Registry(), server)
        rules_grpc.add_DeclaredRulesServiceServicer_to_server(registry.Rules(), server)
        reports_grpc.add_ReportServiceServicer_to_server(registry.Reports(self.reports), server)
        accounts_grpc.add_AccountServiceServicer_to_server(accounts.Accounts(self.accounts), server)
        admission_grpc.add_AdmissionServiceServicer_to_server(self.admissions, server)
        consultation_grpc.add_ConsultationServiceServicer_to_server(self.consultations, server)
        appeals_grpc.add_AppealServiceServicer_to_server(self.appeals, server)
        workhours_grpc.add_WorkhoursServiceServicer_to_server(_Workhours(), server)

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def drained(self) -> bool:
        return True

    def healthy(self) -> bool:
        return True

    def authenticate(self, token: str) -> Caller:
        if token in _CALLERS and token not in self.revoked:
            return _CALLERS[token]
        raise UnauthenticatedError("authorization: nobody was issued this token", zh="没有签发过这个令牌")

    def open(self) -> None:
        """Listen; after ``break_off`` at the same address as before."""
        self._open = True
        self._host = Host([self], self, self.address)
        self.address = self._host.address
        self._host.start()

    def break_off(self) -> None:
        """Cut all connections."""
        self._open = False
        with self.changed:
            self.changed.notify_all()
        if self._host is not None:
            self._host.stop(grace_s=0)
            self._host = None

    def emit(self, *alerts: notify_pb.Alert) -> None:
        with self.changed:
            self.alerts += alerts
            self.changed.notify_all()

    def watch(
        self, filter_: notify_pb.AlertFilter, resume: str, context: Any
    ) -> Iterator[notify_pb.WatchAlertsResponse]:
        with self.changed:
            self.watchers += 1
        try:
            for number in itertools.count(int(resume or 0)):
                with self.changed:
                    while len(self.alerts) <= number:
                        if not (self._open and context.is_active()):
                            return
                        self.changed.wait(0.05)
                    alert = self.alerts[number]
                if _passes(filter_, alert):
                    yield notify_pb.WatchAlertsResponse(alert=alert, resume_token=str(number + 1))
        finally:
            with self.changed:
                self.watchers -= 1


_OF_FINDINGS = (notify_pb.ALERT_KIND_FINDING, notify_pb.ALERT_KIND_FINDING_AMENDED)


def _passes(wanted: notify_pb.AlertFilter, alert: notify_pb.Alert) -> bool:
    return (
        wanted.platform_id in ("", alert.platform_id)
        and (not wanted.area_code or covers(wanted.area_code, alert.area_code))
        and wanted.rule_id in ("", alert.rule_id)
        and alert.severity >= wanted.least_severity
        and not (wanted.cases_only and alert.kind in _OF_FINDINGS)
        # One department answers for all of its cases.
        and (not wanted.department_id or (wanted.department_id == "tangshan-hrss" and bool(alert.case_id)))
    )


def _told(case: notify_pb.Case) -> notify_pb.Case:
    """The case, cut in place to what the caller may see."""
    if current_caller().role is Role.UNION and 0 < case.workers < 10:
        case.suppressed = True
        for name in ("findings", "workers", "rate_per_thousand"):
            case.ClearField(name)
    return case


class _Notify(notify_grpc.NotifyServiceServicer):
    def __init__(self, suite: FakeSuite) -> None:
        self._suite = suite

    def ListAlerts(self, request: notify_pb.ListAlertsRequest, context: Any) -> notify_pb.ListAlertsResponse:
        size = request.page_size or 100
        newest = [alert for alert in reversed(self._suite.alerts) if _passes(request.filter, alert)]
        start = int(request.page_token or 0)
        end = start + size
        return notify_pb.ListAlertsResponse(
            alerts=newest[start:end],
            next_page_token=str(end) if end < len(newest) else "",
            resume_token=str(len(self._suite.alerts)),
        )

    def WatchAlerts(
        self, request: notify_pb.WatchAlertsRequest, context: Any
    ) -> Iterator[notify_pb.WatchAlertsResponse]:
        return self._suite.watch(request.filter, request.resume_token, context)

    def WatchCases(
        self, request: notify_pb.WatchCasesRequest, context: Any
    ) -> Iterator[notify_pb.WatchCasesResponse]:
        return iter(())

    def ListCases(self, request: notify_pb.ListCasesRequest, context: Any) -> notify_pb.ListCasesResponse:
        if self._suite.fault:
            raise self._suite.fault
        return notify_pb.ListCasesResponse(
            cases=[
                _told(case)
                for case in (*data.cases(), casework.ladder_case())
                if request.platform_id in ("", case.platform_id)
                and request.rule_id in ("", case.rule_id)
                and (not request.area_code or covers(request.area_code, case.area_code))
            ]
        )

    def GetCase(self, request: notify_pb.GetCaseRequest, context: Any) -> notify_pb.GetCaseResponse:
        files = data.case_files() | {casework.LADDER_CASE_ID: casework.ladder_file()}
        if request.case_id not in files:
            raise NotFoundError(
                f"case_id: no case {request.case_id!r}", zh=f"没有案件 {request.case_id}", field="case_id"
            )
        answer = files[request.case_id]
        if _told(answer.case).suppressed:
            del answer.findings[:]
            for notice in answer.notices:
                notice.ClearField("body")
            answer.steps[-1].ClearField("reason")
        return answer

    def CreateWebhook(self, request: Any, context: Any) -> notify_pb.CreateWebhookResponse:
        raise NotImplementedError

    def ListWebhookDeliveries(self, request: Any, context: Any) -> notify_pb.ListWebhookDeliveriesResponse:
        raise NotImplementedError


def _uncalled(self: object, request: Any, context: Any) -> Any:
    raise NotImplementedError


class _Audits(audit_grpc.AlgoAuditServiceServicer):
    def __init__(self, suite: FakeSuite) -> None:
        self._suite = suite

    # The pages do not call these (yet).
    StartAudit = WatchAudits = ListBaselines = _uncalled

    def ListMetrics(self, request: audit_pb.ListMetricsRequest, context: Any) -> audit_pb.ListMetricsResponse:
        return bargaining.metrics()

    def GetWhatIf(self, request: audit_pb.GetWhatIfRequest, context: Any) -> audit_pb.GetWhatIfResponse:
        return bargaining.answer_what_if(self._suite.audits, request)

    def GetFrontier(self, request: audit_pb.GetFrontierRequest, context: Any) -> audit_pb.GetFrontierResponse:
        return bargaining.answer_frontier(self._suite.audits, request)

    def RunAudit(self, request: audit_pb.RunAuditRequest, context: Any) -> audit_pb.RunAuditResponse:
        if request.area_code not in ("", data.AREA):
            raise FailedPreconditionError("no orders in this area", zh="该地区没有订单")
        number = len(self._suite.audits) + 1
        audit = data.audit(f"audit-{number}", data.at("2026-03-16 20:00") + number * data.MINUTE_MS)
        self._suite.audits.append(audit)
        return audit_pb.RunAuditResponse(audit=audit)

    def GetAudit(self, request: audit_pb.GetAuditRequest, context: Any) -> audit_pb.GetAuditResponse:
        for audit in reversed(self._suite.audits):
            if request.audit_id in ("", audit.audit_id) and request.area_code in ("", audit.area_code):
                return audit_pb.GetAuditResponse(audit=audit)
        raise NotFoundError("no such audit", zh="没有这次审计")

    def ListAudits(self, request: audit_pb.ListAuditsRequest, context: Any) -> audit_pb.ListAuditsResponse:
        answer = audit_pb.ListAuditsResponse(audits=self._suite.audits)
        for audit in answer.audits:
            audit.ClearField("cohorts")
        return answer


class _Workhours(workhours_grpc.WorkhoursServiceServicer):
    def Explain(self, request: workhours_pb.ExplainRequest, context: Any) -> workhours_pb.ExplainResponse:
        finding = explained.findings().get(request.finding_id)
        if finding is None:
            raise NotFoundError(
                f"finding_id: no finding {request.finding_id!r}",
                zh=f"没有认定 {request.finding_id}",
                field="finding_id",
            )
        caller = current_caller()
        own = caller.party_id if caller.role is Role.PLATFORM else ""
        return explained.explanation(finding, own)

    def GetWorkerTimeline(
        self, request: workhours_pb.GetWorkerTimelineRequest, context: Any
    ) -> workhours_pb.GetWorkerTimelineResponse:
        return explained.timeline(request)

    def ListFindings(
        self, request: workhours_pb.ListFindingsRequest, context: Any
    ) -> workhours_pb.ListFindingsResponse:
        caller = current_caller()
        found = [each for each in explained.findings().values() if caller.sees_platform(each.platform_id)]
        return workhours_pb.ListFindingsResponse(findings=found)

    def GetFinding(self, request: Any, context: Any) -> Any:
        raise NotImplementedError

    def WatchFindings(self, request: Any, context: Any) -> Any:
        raise NotImplementedError

    def SummariseFindings(self, request: Any, context: Any) -> Any:
        raise NotImplementedError

    def WatchAdvisories(self, request: Any, context: Any) -> Any:
        raise NotImplementedError

    def ListAdvisories(self, request: Any, context: Any) -> Any:
        raise NotImplementedError


class _Registry(registry_grpc.RegistryServiceServicer):
    def ListParties(
        self, request: registry_pb.ListPartiesRequest, context: Any
    ) -> registry_pb.ListPartiesResponse:
        wanted = [each for each in data.parties() if request.role in (0, each.role)]
        return registry_pb.ListPartiesResponse(parties=wanted)

    def ListAreas(self, request: registry_pb.ListAreasRequest, context: Any) -> registry_pb.ListAreasResponse:
        return registry_pb.ListAreasResponse(areas=data.areas())

    def WhoAmI(self, request: registry_pb.WhoAmIRequest, context: Any) -> registry_pb.WhoAmIResponse:
        caller = current_caller()
        names = {each.party_id: each.name for each in data.parties()}
        return registry_pb.WhoAmIResponse(
            role=registry_pb.Role.ValueType(caller.role),
            party_id=caller.party_id,
            name=names.get(caller.party_id, data.both("系统管理员", "Administrator")),
            area_codes=caller.area_codes,
        )

    # The pages do not call these (yet).
    RegisterPlatform = RegisterPartnerFirm = RegisterSupervisor = AmendParty = GetParty = _uncalled
    ListPartyVersions = ListResponsibilities = IssueCredential = RegisterClientKey = _uncalled
    RevokeCredential = ListCredentials = DeclareThreshold = _uncalled

    def ListThresholds(
        self, request: registry_pb.ListThresholdsRequest, context: Any
    ) -> registry_pb.ListThresholdsResponse:
        return bargaining.thresholds(request)
