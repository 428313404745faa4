"""Which role may ask which route of the portal's HTTP API: one row each, made of the calls that it makes.

As a page, a route has no rights of its own. Tests prove that no route lacks a row.
"""

from __future__ import annotations

from collections.abc import Mapping

from kit.security.caller import Role
from kit.security.permissions import PERMISSIONS

CALLS: Mapping[str, tuple[str, ...]] = {
    "GET /alerts": ("notify.v1.NotifyService/ListAlerts",),
    "GET /cases": ("notify.v1.NotifyService/ListCases",),
    "GET /cases/{case_id}": ("notify.v1.NotifyService/GetCase",),
    "GET /agenda": ("notify.v1.CaseworkService/ListAgenda",),
    "POST /notices/{notice_id}/replies": ("notify.v1.CaseworkService/ReplyToNotice",),
    "POST /cases/{case_id}/disputes": ("notify.v1.CaseworkService/AppealFinding",),
    "GET /notices/{notice_id}/letter": ("notify.v1.CaseworkService/GetNoticeDocument",),
    "GET /notices/{notice_id}/invitation": ("notify.v1.CaseworkService/GetNoticeDocument",),
    "GET /attachments/{attachment_id}": ("notify.v1.CaseworkService/GetAttachment",),
    "GET /findings": ("workhours.v1.WorkhoursService/ListFindings",),
    "GET /findings/{finding_id}": ("workhours.v1.WorkhoursService/GetFinding",),
    "GET /explanations/{finding_id}": ("workhours.v1.WorkhoursService/Explain",),
    "GET /workers/{worker_id}/timeline": ("workhours.v1.WorkhoursService/GetWorkerTimeline",),
    "GET /finding-counts": ("workhours.v1.WorkhoursService/SummariseFindings",),
    "GET /advisories": ("workhours.v1.WorkhoursService/ListAdvisories",),
    "GET /workers/{worker_id}/events": ("intake.v1.IntakeService/ReadWorkerEvents",),
    "GET /record": (
        "workhours.v1.WorkhoursService/GetWorkerTimeline",
        "registry.v1.WorkerCodeService/ListWorkerCodes",
    ),
    "GET /integration": ("intake.v1.IntakeService/GetIntegrationStatus",),
    "POST /event-checks": ("intake.v1.IntakeService/CheckEvents",),
    "GET /duties/{finding_id}": ("registry.v1.ReportService/GetDutyFinding",),
    "GET /metrics": ("algo_audit.v1.AlgoAuditService/ListMetrics",),
    "GET /audits": ("algo_audit.v1.AlgoAuditService/ListAudits",),
    "GET /audits/{audit_id}": ("algo_audit.v1.AlgoAuditService/GetAudit",),
    "GET /audits/{audit_id}/what-if": ("algo_audit.v1.AlgoAuditService/GetWhatIf",),
    "GET /audits/{audit_id}/frontier": ("algo_audit.v1.AlgoAuditService/GetFrontier",),
    "GET /thresholds": ("registry.v1.RegistryService/ListThresholds",),
    "GET /baselines": ("algo_audit.v1.AlgoAuditService/ListBaselines",),
    "GET /operations": ("google.longrunning.Operations/ListOperations",),
    "GET /operations/{operation_id}": ("google.longrunning.Operations/GetOperation",),
    "GET /area-figures": ("notify.v1.PeriodReportService/GetAreaFigures",),
    "GET /period-reports/{period}": ("notify.v1.PeriodReportService/GetPeriodReport",),
    "GET /period-reports/{period}/good-conduct": ("notify.v1.PeriodReportService/ListGoodConduct",),
    "GET /period-reports/{period}/file": ("notify.v1.PeriodReportService/RenderPeriodReport",),
    "GET /consultations": ("algo_audit.v1.ConsultationService/ListConsultations",),
    "GET /consultations/{consultation_id}": ("algo_audit.v1.ConsultationService/GetConsultation",),
    "GET /consultations/{consultation_id}/pack": ("algo_audit.v1.ConsultationService/RenderPack",),
    "GET /consultation-duties": ("algo_audit.v1.ConsultationService/ListDuties",),
    "GET /appeals": ("algo_audit.v1.AppealService/ListAppeals",),
    "GET /appeals/{appeal_id}": ("algo_audit.v1.AppealService/GetAppeal",),
    "GET /me": ("registry.v1.RegistryService/WhoAmI",),
    "GET /parties": ("registry.v1.RegistryService/ListParties",),
    "GET /parties/{party_id}": ("registry.v1.RegistryService/GetParty",),
    "GET /parties/{party_id}/versions": ("registry.v1.RegistryService/ListPartyVersions",),
    "GET /responsibilities": ("registry.v1.RegistryService/ListResponsibilities",),
    "GET /credentials": ("registry.v1.RegistryService/ListCredentials",),
    "GET /admissions": ("registry.v1.AdmissionService/ListAdmissions",),
    "GET /admissions/{platform_id}": ("registry.v1.AdmissionService/GetAdmission",),
    "GET /subscriptions": ("notify.v1.DeliveryService/ListSubscriptions",),
    "GET /deliveries": ("notify.v1.DeliveryService/ListDeliveries",),
    "GET /absences": ("notify.v1.CaseworkService/ListAbsences",),
    "GET /areas": ("registry.v1.RegistryService/ListAreas",),
    "GET /rule-documents": ("registry.v1.DeclaredRulesService/ListRuleDocuments",),
    "GET /rule-documents/{document_id}": ("registry.v1.DeclaredRulesService/DiffRuleDocuments",),
    "GET /rule-documents/{document_id}/difference": ("registry.v1.DeclaredRulesService/DiffRuleDocuments",),
    "GET /reports": ("registry.v1.ReportService/ListReports",),
    "GET /reports/{report_id}": ("registry.v1.ReportService/GetReport",),
    "GET /due-dates": ("registry.v1.ReportService/ListDueDates",),
    "GET /standing": (
        "registry.v1.ReportService/ListDueDates",
        "registry.v1.ReportService/ListReports",
        "registry.v1.DeclaredRulesService/ListRuleDocuments",
        "notify.v1.NotifyService/ListCases",
    ),
}
"""The calls that each route makes."""

NO_TWIN: Mapping[str, str] = {
    "registry.v1.PseudonymService/EvaluatePseudonyms": "the caller blinds and unblinds: the SDKs do",
    "registry.v1.PseudonymService/GetPseudonymKeys": "of use to an evaluation of pseudonyms alone",
    "registry.v1.AccountService/ListAccounts": "accounts are kept by people, at /accounts",
    "registry.v1.ReportService/ValidateReport": "part of filling a report in: /reports/form, or gRPC",
    "notify.v1.NotifyService/ListWebhookDeliveries": "GET /deliveries tells the same and more",
    "notify.v1.NotifyService/WatchAlerts": "Server-Sent Events at /feed/events",
    "notify.v1.NotifyService/WatchCases": "each step of a case is an alert at /feed/events",
    "workhours.v1.WorkhoursService/WatchAdvisories": "Server-Sent Events at /advisories/events",
    "workhours.v1.WorkhoursService/WatchFindings": "each finding is an alert at /feed/events",
    "algo_audit.v1.AlgoAuditService/WatchAudits": "audits come by the day: GET /audits with its tag",
    "google.longrunning.Operations/WaitOperation": "GET /operations/{operation_id} with its tag",
}
"""RPCs that read and have no route, each with its reason."""

READING_VERBS = frozenset(
    {"Check", "Diff", "Evaluate", "Explain", "Get", "List", "Read", "Render", "Summarise", "Validate"}
    | {"Wait", "Watch", "Who"}
)
"""What names of RPCs that change nothing begin with."""


def rpc(call: str) -> str:
    """The RPC's path, as ``PERMISSIONS`` has it."""
    return f"/{call}" if call.startswith("google.") else f"/quzhong.api.{call}"


def _row(calls: tuple[str, ...]) -> frozenset[Role]:
    return frozenset.intersection(*(PERMISSIONS[rpc(call)] for call in calls))


HTTP_API: Mapping[str, frozenset[Role]] = {
    route.replace(" ", " /api/v1", 1): _row(calls) for route, calls in CALLS.items()
}
"""Every route under ``/api/v1``."""

OPEN_DOCUMENTS = frozenset(
    {"GET /docs", "GET /docs/topics", "GET /docs/openapi.json", "GET /docs/asyncapi.json"}
)
"""Opened without a credential: they tell what may be asked, and nothing of the data."""
