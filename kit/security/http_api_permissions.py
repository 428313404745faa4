"""Which role may ask which route of the portal's HTTP API: one row each, made of the calls that it makes.

As a page, a route has no rights of its own. Tests prove that no route lacks a row.
"""

from __future__ import annotations

from collections.abc import Mapping

from kit.security.caller import Role
from kit.security.permissions import PERMISSIONS

_CALLS: Mapping[str, tuple[str, ...]] = {
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
    "GET /duties/{finding_id}": ("registry.v1.ReportService/GetDutyFinding",),
    "GET /metrics": ("algo_audit.v1.AlgoAuditService/ListMetrics",),
    "GET /audits": ("algo_audit.v1.AlgoAuditService/ListAudits",),
    "GET /audits/{audit_id}": ("algo_audit.v1.AlgoAuditService/GetAudit",),
    "GET /audits/{audit_id}/what-if": ("algo_audit.v1.AlgoAuditService/GetWhatIf",),
    "GET /audits/{audit_id}/frontier": ("algo_audit.v1.AlgoAuditService/GetFrontier",),
    "GET /thresholds": ("registry.v1.RegistryService/ListThresholds",),
    "GET /consultations": ("algo_audit.v1.ConsultationService/ListConsultations",),
    "GET /consultations/{consultation_id}": ("algo_audit.v1.ConsultationService/GetConsultation",),
    "GET /consultations/{consultation_id}/pack": ("algo_audit.v1.ConsultationService/RenderPack",),
    "GET /consultation-duties": ("algo_audit.v1.ConsultationService/ListDuties",),
    "GET /appeals": ("algo_audit.v1.AppealService/ListAppeals",),
    "GET /appeals/{appeal_id}": ("algo_audit.v1.AppealService/GetAppeal",),
    "GET /me": ("registry.v1.RegistryService/WhoAmI",),
    "GET /parties": ("registry.v1.RegistryService/ListParties",),
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


def _row(calls: tuple[str, ...]) -> frozenset[Role]:
    return frozenset.intersection(*(PERMISSIONS[f"/quzhong.api.{call}"] for call in calls))


HTTP_API: Mapping[str, frozenset[Role]] = {
    route.replace(" ", " /api/v1", 1): _row(calls) for route, calls in _CALLS.items()
}
"""Every route under ``/api/v1``."""

OPEN_DOCUMENTS = frozenset(
    {"GET /docs", "GET /docs/topics", "GET /docs/openapi.json", "GET /docs/asyncapi.json"}
)
"""Opened without a credential: they tell what may be asked, and nothing of the data."""
