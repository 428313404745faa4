"""Which role may call which RPC and open which page: one row each. Tests prove that none lacks a row.

The interceptor enforces the rows of RPCs. A page has no rights of its own: the portal calls the services with
its reader's token, so a page is for whoever may make the calls it needs, and its row is made of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

from kit.security.caller import Role

_WORKER = frozenset({Role.WORKER})
"""Reads one record, their own, and what is the same for everybody."""
_EVERYBODY = frozenset(Role)
_ALL = _EVERYBODY - _WORKER
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_PLATFORM = frozenset({Role.PLATFORM, Role.ADMINISTRATOR})
_INTEGRATING = _PLATFORM | {Role.SERVICE, Role.AUDITOR}
"""Who sees how a platform's events arrive: itself, and who runs or audits the suite."""
_AUTHORITY = frozenset({Role.REGULATOR, Role.OFFICIAL, Role.ADMINISTRATOR, Role.SERVICE})
"""Regulators, the officials who act for them, and those who run the suite: they change what is no side's."""
_SUPERVISION = _AUTHORITY | {Role.AUDITOR}
"""Whose sight ends at no platform, single workers included. An auditor reads, and changes nothing."""
_WORKER_LEVEL = _SUPERVISION | {Role.PLATFORM}
"""Roles that may see single workers' pseudonyms. The others see aggregates only (``AGGREGATES_ONLY``)."""
_AUDITING = _AUTHORITY | {Role.UNION}
"""Who has an audit computed, and follows its computation."""
_EMPLOYING = frozenset({Role.PLATFORM, Role.PARTNER_FIRM})
"""Who knows workers by their identity number, and so has pseudonyms of them to make. Nobody else may: an
evaluation answers the question whether a pseudonym is a certain person's."""
_SIDES = frozenset({Role.PLATFORM, Role.UNION})
"""Who consults (协商) and files appeals; nobody acts in a side's place."""
_SIDES_AND_SUPERVISION = _SIDES | _SUPERVISION
"""Who reads what passes between the sides: offers, grounds and replies are no business of anybody else's."""

_REPORTERS = frozenset({Role.PLATFORM, Role.PARTNER_FIRM})
"""Who reports on employment (唐人社字〔2022〕1号 二.2); nobody reports in another's place."""
_RECEIVERS = frozenset({Role.REGULATOR, Role.OFFICIAL})
"""Who takes note of a report, or sends it back; and acts for a department in a case."""
_SUBSCRIBING = _ALL - {Role.AUDITOR}
"""Who has alerts sent: each hears what it may hear in a watch. An auditor reads, and changes nothing."""

_REPORT_READERS = _SIDES_AND_SUPERVISION | {Role.ASSOCIATION}
"""Who reads the figures of a period: a platform its own, unions and associations aggregates. A partner firm
would read its platforms' figures for those of the other firms."""

_VOUCHING = frozenset({Role.PLATFORM, Role.UNION})
"""Who lets workers in to their own record: a platform those it sends events of, a union who comes to it."""

_ADDRESSEES = frozenset({Role.PLATFORM, Role.PARTNER_FIRM})
"""Whom notices are addressed to; of a partner firm those of its own duties. Nobody answers in their place."""

PERMISSIONS: Mapping[str, frozenset[Role]] = {
    "/quzhong.api.registry.v1.RegistryService/RegisterPlatform": _ADMINISTRATOR,
    "/quzhong.api.registry.v1.RegistryService/RegisterSupervisor": _ADMINISTRATOR,
    "/quzhong.api.registry.v1.RegistryService/RegisterPartnerFirm": _ADMINISTRATOR,
    "/quzhong.api.registry.v1.RegistryService/AmendParty": frozenset(
        {Role.PLATFORM, Role.PARTNER_FIRM, Role.ADMINISTRATOR}
    ),
    "/quzhong.api.registry.v1.RegistryService/GetParty": _ALL,
    "/quzhong.api.registry.v1.RegistryService/ListPartyVersions": _ALL,
    "/quzhong.api.registry.v1.RegistryService/ListResponsibilities": _ALL,
    "/quzhong.api.registry.v1.RegistryService/IssueCredential": _ADMINISTRATOR,
    "/quzhong.api.registry.v1.RegistryService/RegisterClientKey": _ADMINISTRATOR,
    "/quzhong.api.registry.v1.RegistryService/RevokeCredential": _PLATFORM,
    "/quzhong.api.registry.v1.RegistryService/ListCredentials": _PLATFORM | {Role.AUDITOR},
    "/quzhong.api.registry.v1.RegistryService/ListParties": _EVERYBODY,
    "/quzhong.api.registry.v1.RegistryService/DeclareThreshold": _PLATFORM,
    "/quzhong.api.registry.v1.RegistryService/ListThresholds": _ALL,
    "/quzhong.api.registry.v1.RegistryService/ListAreas": _EVERYBODY,
    "/quzhong.api.registry.v1.RegistryService/WhoAmI": _EVERYBODY,
    "/quzhong.api.registry.v1.PseudonymService/EvaluatePseudonyms": _EMPLOYING,
    "/quzhong.api.registry.v1.PseudonymService/GetPseudonymKeys": _ALL,
    "/quzhong.api.registry.v1.PseudonymService/LinkPseudonyms": _EMPLOYING,
    "/quzhong.api.registry.v1.PseudonymService/UnlinkPseudonyms": _ADMINISTRATOR,
    "/quzhong.api.registry.v1.DeclaredRulesService/DeclareRules": _PLATFORM,
    "/quzhong.api.registry.v1.DeclaredRulesService/ListRuleDocuments": _ALL,
    "/quzhong.api.registry.v1.DeclaredRulesService/DiffRuleDocuments": _ALL,
    "/quzhong.api.registry.v1.ReportService/SaveReport": _REPORTERS,
    "/quzhong.api.registry.v1.ReportService/SubmitReport": _REPORTERS,
    "/quzhong.api.registry.v1.ReportService/ValidateReport": _REPORTERS,
    "/quzhong.api.registry.v1.ReportService/AcknowledgeReport": _RECEIVERS,
    "/quzhong.api.registry.v1.ReportService/ReturnReport": _RECEIVERS,
    "/quzhong.api.registry.v1.ReportService/GetReport": _REPORTERS | _SUPERVISION,
    "/quzhong.api.registry.v1.ReportService/ListReports": _REPORTERS | _SUPERVISION,
    "/quzhong.api.registry.v1.ReportService/ListDueDates": _REPORTERS | _SUPERVISION,
    "/quzhong.api.registry.v1.ReportService/GetDutyFinding": _REPORTERS | _SUPERVISION,
    "/quzhong.api.registry.v1.AccountService/RegisterAccount": _ADMINISTRATOR,
    "/quzhong.api.registry.v1.AccountService/ResetAccount": _ADMINISTRATOR,
    "/quzhong.api.registry.v1.AccountService/DisableAccount": _ADMINISTRATOR,
    "/quzhong.api.registry.v1.AccountService/AmendAccount": _ADMINISTRATOR,
    "/quzhong.api.registry.v1.AccountService/ListAccounts": _ADMINISTRATOR | {Role.AUDITOR},
    "/quzhong.api.registry.v1.WorkerCodeService/IssueWorkerCode": _VOUCHING,
    "/quzhong.api.registry.v1.WorkerCodeService/ListWorkerCodes": _WORKER,
    "/quzhong.api.registry.v1.AdmissionService/SubmitConformanceReport": _PLATFORM,
    "/quzhong.api.registry.v1.AdmissionService/AdmitPlatform": frozenset({Role.OFFICIAL, Role.ADMINISTRATOR}),
    "/quzhong.api.registry.v1.AdmissionService/GetAdmission": _ALL,
    "/quzhong.api.registry.v1.AdmissionService/ListAdmissions": _ALL,
    "/quzhong.api.registry.v1.ErasureService/EraseWorker": _ADMINISTRATOR,
    "/quzhong.api.intake.v1.IntakeService/SubmitWorkSessions": _PLATFORM,
    "/quzhong.api.intake.v1.IntakeService/SubmitDispatches": _PLATFORM,
    "/quzhong.api.intake.v1.IntakeService/UploadWorkSessions": _PLATFORM,
    "/quzhong.api.intake.v1.IntakeService/UploadDispatches": _PLATFORM,
    "/quzhong.api.intake.v1.IntakeService/CheckEvents": _PLATFORM,
    "/quzhong.api.intake.v1.IntakeService/GetIntegrationStatus": _INTEGRATING,
    "/quzhong.api.intake.v1.IntakeService/ReadWorkerEvents": _SUPERVISION,
    "/quzhong.api.workhours.v1.WorkhoursService/ListFindings": _WORKER_LEVEL | _WORKER,
    "/quzhong.api.workhours.v1.WorkhoursService/GetFinding": _WORKER_LEVEL | _WORKER,
    "/quzhong.api.workhours.v1.WorkhoursService/WatchFindings": _WORKER_LEVEL,
    "/quzhong.api.workhours.v1.WorkhoursService/SummariseFindings": _WORKER_LEVEL,
    "/quzhong.api.workhours.v1.WorkhoursService/Explain": _WORKER_LEVEL | _WORKER,
    "/quzhong.api.workhours.v1.WorkhoursService/GetWorkerTimeline": _SUPERVISION | _WORKER,
    "/quzhong.api.workhours.v1.WorkhoursService/WatchAdvisories": _WORKER_LEVEL | _WORKER,
    "/quzhong.api.workhours.v1.WorkhoursService/ListAdvisories": _WORKER_LEVEL | _WORKER,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/RunAudit": _AUDITING,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/GetAudit": _ALL,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/ListAudits": _ALL,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/ListMetrics": _ALL,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/StartAudit": _AUDITING,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/WatchAudits": _ALL,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/GetWhatIf": _ALL,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/GetFrontier": _ALL,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/ListBaselines": _ALL,
    "/google.longrunning.Operations/GetOperation": _AUDITING,
    "/google.longrunning.Operations/ListOperations": _AUDITING,
    "/google.longrunning.Operations/WaitOperation": _AUDITING,
    "/google.longrunning.Operations/CancelOperation": _AUDITING,
    "/google.longrunning.Operations/DeleteOperation": _AUDITING,
    "/quzhong.api.algo_audit.v1.ConsultationService/OpenConsultation": _SIDES,
    "/quzhong.api.algo_audit.v1.ConsultationService/GetConsultation": _SIDES_AND_SUPERVISION,
    "/quzhong.api.algo_audit.v1.ConsultationService/ListConsultations": _SIDES_AND_SUPERVISION,
    "/quzhong.api.algo_audit.v1.ConsultationService/MakeOffer": _SIDES,
    "/quzhong.api.algo_audit.v1.ConsultationService/AcceptOffer": _SIDES,
    "/quzhong.api.algo_audit.v1.ConsultationService/FailConsultation": _SIDES,
    "/quzhong.api.algo_audit.v1.ConsultationService/RenderPack": _SIDES_AND_SUPERVISION,
    "/quzhong.api.algo_audit.v1.ConsultationService/ListDuties": _SIDES_AND_SUPERVISION,
    "/quzhong.api.algo_audit.v1.AppealService/FileAppeal": _SIDES,
    "/quzhong.api.algo_audit.v1.AppealService/ReplyToAppeal": frozenset({Role.PLATFORM}),
    "/quzhong.api.algo_audit.v1.AppealService/GetAppeal": _SIDES_AND_SUPERVISION,
    "/quzhong.api.algo_audit.v1.AppealService/ListAppeals": _SIDES_AND_SUPERVISION,
    "/quzhong.api.notify.v1.NotifyService/ListCases": _ALL,
    "/quzhong.api.notify.v1.NotifyService/GetCase": _ALL,
    "/quzhong.api.notify.v1.NotifyService/ListAlerts": _ALL,
    "/quzhong.api.notify.v1.NotifyService/WatchAlerts": _ALL,
    "/quzhong.api.notify.v1.NotifyService/WatchCases": _ALL,
    "/quzhong.api.notify.v1.CaseworkService/ReplyToNotice": _ADDRESSEES,
    "/quzhong.api.notify.v1.CaseworkService/GetAttachment": _ADDRESSEES | _RECEIVERS,
    "/quzhong.api.notify.v1.CaseworkService/AppealFinding": _ADDRESSEES,
    "/quzhong.api.notify.v1.CaseworkService/DecideFindingAppeal": _RECEIVERS,
    "/quzhong.api.notify.v1.CaseworkService/ProposeSummons": _RECEIVERS,
    "/quzhong.api.notify.v1.CaseworkService/ApproveSummons": _RECEIVERS,
    "/quzhong.api.notify.v1.CaseworkService/DeclineSummons": _RECEIVERS,
    "/quzhong.api.notify.v1.CaseworkService/SendSummons": _RECEIVERS,
    "/quzhong.api.notify.v1.CaseworkService/MoveTalk": _RECEIVERS,
    "/quzhong.api.notify.v1.CaseworkService/CancelSummons": _RECEIVERS,
    "/quzhong.api.notify.v1.CaseworkService/RecordTalk": _RECEIVERS,
    "/quzhong.api.notify.v1.CaseworkService/OrderRectification": _RECEIVERS,
    "/quzhong.api.notify.v1.CaseworkService/DecideExtension": _RECEIVERS,
    "/quzhong.api.notify.v1.CaseworkService/EscalateCase": _RECEIVERS,
    "/quzhong.api.notify.v1.CaseworkService/CloseCase": _RECEIVERS,
    "/quzhong.api.notify.v1.CaseworkService/GetNoticeDocument": _ALL,
    "/quzhong.api.notify.v1.CaseworkService/ListAgenda": _SUPERVISION | {Role.PLATFORM},
    "/quzhong.api.notify.v1.CaseworkService/SetAbsence": frozenset({Role.OFFICIAL, Role.ADMINISTRATOR}),
    "/quzhong.api.notify.v1.CaseworkService/ListAbsences": _SUPERVISION,
    "/quzhong.api.notify.v1.NotifyService/CreateWebhook": _AUTHORITY | {Role.PLATFORM},
    "/quzhong.api.notify.v1.NotifyService/ListWebhookDeliveries": _WORKER_LEVEL,
    "/quzhong.api.notify.v1.DeliveryService/CreateSubscription": _SUBSCRIBING,
    "/quzhong.api.notify.v1.DeliveryService/ListSubscriptions": _ALL,
    "/quzhong.api.notify.v1.DeliveryService/UpdateSubscription": _SUBSCRIBING,
    "/quzhong.api.notify.v1.DeliveryService/DeleteSubscription": _SUBSCRIBING,
    "/quzhong.api.notify.v1.DeliveryService/RotateSubscriptionSecret": _SUBSCRIBING,
    "/quzhong.api.notify.v1.DeliveryService/ListDeliveries": _ALL,
    "/quzhong.api.notify.v1.DeliveryService/Redeliver": _SUBSCRIBING,
    "/quzhong.api.notify.v1.PeriodReportService/GetPeriodReport": _REPORT_READERS,
    "/quzhong.api.notify.v1.PeriodReportService/RenderPeriodReport": _REPORT_READERS,
    "/quzhong.api.notify.v1.PeriodReportService/ListGoodConduct": _REPORT_READERS,
    "/quzhong.api.notify.v1.PeriodReportService/CommendPlatform": frozenset({Role.OFFICIAL}),
    "/quzhong.api.notify.v1.PeriodReportService/GetAreaFigures": _SUPERVISION,
}


def _needs(*rpcs: str) -> frozenset[Role]:
    """Who may make all of the calls that a page cannot do without."""
    return frozenset.intersection(*(PERMISSIONS[f"/quzhong.api.{rpc}"] for rpc in rpcs))


PAGES: Mapping[str, frozenset[Role]] = {
    # Leads each to its own first page.
    "GET /": _needs("registry.v1.RegistryService/WhoAmI", "notify.v1.NotifyService/ListAlerts"),
    "GET /feed": _needs("notify.v1.NotifyService/ListAlerts"),
    "GET /feed/events": _needs("notify.v1.NotifyService/WatchAlerts"),
    "GET /feeds/{area_code}.atom": _needs("notify.v1.NotifyService/ListAlerts"),
    "GET /feeds/departments/{department_id}.atom": _needs("notify.v1.NotifyService/ListAlerts"),
    "GET /cases": _needs("notify.v1.NotifyService/ListCases"),
    "GET /cases/{case_id}": _needs("notify.v1.NotifyService/GetCase"),
    "POST /cases/{case_id}/steps/{name}": _needs("notify.v1.CaseworkService/ProposeSummons"),
    "POST /cases/{case_id}/summons": _needs("notify.v1.CaseworkService/SendSummons"),
    "POST /cases/{case_id}/talk/move": _needs("notify.v1.CaseworkService/MoveTalk"),
    "POST /cases/{case_id}/talk/record": _needs("notify.v1.CaseworkService/RecordTalk"),
    "POST /cases/{case_id}/order": _needs("notify.v1.CaseworkService/OrderRectification"),
    "POST /cases/{case_id}/extension": _needs("notify.v1.CaseworkService/DecideExtension"),
    "POST /cases/{case_id}/reply": _needs("notify.v1.CaseworkService/ReplyToNotice"),
    "POST /cases/{case_id}/findings/{finding_id}/appeal": _needs("notify.v1.CaseworkService/AppealFinding"),
    "POST /cases/{case_id}/appeals/{appeal_id}": _needs("notify.v1.CaseworkService/DecideFindingAppeal"),
    "GET /notices/{notice_id}/letter.pdf": _needs("notify.v1.CaseworkService/GetNoticeDocument"),
    "GET /notices/{notice_id}/invitation.ics": _needs("notify.v1.CaseworkService/GetNoticeDocument"),
    "GET /attachments/{attachment_id}": _needs("notify.v1.CaseworkService/GetAttachment"),
    "GET /agenda": _needs("notify.v1.CaseworkService/ListAgenda"),
    "GET /agenda.ics": _needs("notify.v1.CaseworkService/ListAgenda"),
    "GET /areas": _needs(
        "notify.v1.PeriodReportService/GetAreaFigures", "registry.v1.RegistryService/ListAreas"
    ),
    "GET /platforms": _needs("notify.v1.NotifyService/ListCases"),
    # Reports, areas and good conduct are left out for those who may not ask for them.
    "GET /platforms/{platform_id}": _needs(
        "notify.v1.NotifyService/ListCases",
        "notify.v1.NotifyService/ListAlerts",
        "registry.v1.DeclaredRulesService/ListRuleDocuments",
        "registry.v1.AdmissionService/GetAdmission",
        "algo_audit.v1.AlgoAuditService/GetAudit",
    ),
    "POST /platforms/{platform_id}/admit": _needs("registry.v1.AdmissionService/AdmitPlatform"),
    # The list has nothing but names; each report is for whoever may read it.
    "GET /period-reports": _needs("registry.v1.RegistryService/ListParties"),
    "GET /period-reports/{period}": _needs(
        "notify.v1.PeriodReportService/GetPeriodReport", "notify.v1.PeriodReportService/ListGoodConduct"
    ),
    "GET /period-reports/{period}/file/{kind}": _needs("notify.v1.PeriodReportService/RenderPeriodReport"),
    "POST /period-reports/{period}/commend": _needs("notify.v1.PeriodReportService/CommendPlatform"),
    "GET /exports/alerts/{kind}": _needs("notify.v1.NotifyService/ListAlerts"),
    "GET /exports/cases/{kind}": _needs("notify.v1.NotifyService/ListCases"),
    "GET /exports/agenda/{kind}": _needs("notify.v1.CaseworkService/ListAgenda"),
    "GET /exports/reports/{kind}": _needs(
        "registry.v1.ReportService/ListDueDates", "registry.v1.ReportService/ListReports"
    ),
    "GET /exports/areas/{kind}": _needs("notify.v1.PeriodReportService/GetAreaFigures"),
    "GET /findings/{finding_id}": _needs("workhours.v1.WorkhoursService/Explain"),
    "GET /duties/{finding_id}": _needs("registry.v1.ReportService/GetDutyFinding"),
    "GET /standing": _needs(
        "registry.v1.ReportService/ListDueDates",
        "registry.v1.ReportService/ListReports",
        "registry.v1.DeclaredRulesService/ListRuleDocuments",
        "notify.v1.NotifyService/ListCases",
    ),
    "GET /audit": _needs(
        "algo_audit.v1.AlgoAuditService/GetAudit", "algo_audit.v1.AlgoAuditService/ListAudits"
    ),
    "POST /audit/run": _needs("algo_audit.v1.AlgoAuditService/RunAudit"),
    "GET /rules": _needs("registry.v1.DeclaredRulesService/ListRuleDocuments"),
    "GET /rules.json": _needs("registry.v1.DeclaredRulesService/ListRuleDocuments"),
    "GET /rules/{document_id}": _needs(
        "registry.v1.DeclaredRulesService/ListRuleDocuments",
        "registry.v1.DeclaredRulesService/DiffRuleDocuments",
    ),
    "GET /rules/{document_id}/document.json": _needs("registry.v1.DeclaredRulesService/DiffRuleDocuments"),
    "GET /thresholds": _needs(
        "algo_audit.v1.AlgoAuditService/ListAudits",
        "algo_audit.v1.AlgoAuditService/GetAudit",
        "algo_audit.v1.AlgoAuditService/ListMetrics",
        "registry.v1.RegistryService/ListThresholds",
    ),
    "GET /thresholds/groups": _needs(
        "algo_audit.v1.AlgoAuditService/ListAudits", "algo_audit.v1.AlgoAuditService/GetAudit"
    ),
    "GET /thresholds/one": _needs(
        "algo_audit.v1.AlgoAuditService/ListAudits",
        "algo_audit.v1.AlgoAuditService/GetAudit",
        "algo_audit.v1.AlgoAuditService/GetWhatIf",
        "algo_audit.v1.AlgoAuditService/GetFrontier",
        "registry.v1.RegistryService/ListThresholds",
    ),
    "GET /thresholds/what-if.json": _needs("algo_audit.v1.AlgoAuditService/GetWhatIf"),
    "GET /consultations": _needs(
        "algo_audit.v1.ConsultationService/ListConsultations",
        "algo_audit.v1.ConsultationService/ListDuties",
        "algo_audit.v1.AlgoAuditService/ListMetrics",
    ),
    # The form shows nothing but names: what it sends is for the sides only.
    "GET /consultations/new": _needs("algo_audit.v1.AlgoAuditService/ListMetrics"),
    "POST /consultations": _needs("algo_audit.v1.ConsultationService/OpenConsultation"),
    "GET /consultations/{consultation_id}": _needs("algo_audit.v1.ConsultationService/GetConsultation"),
    "POST /consultations/{consultation_id}/offers": _needs("algo_audit.v1.ConsultationService/MakeOffer"),
    "POST /consultations/{consultation_id}/accept": _needs("algo_audit.v1.ConsultationService/AcceptOffer"),
    "POST /consultations/{consultation_id}/fail": _needs(
        "algo_audit.v1.ConsultationService/FailConsultation"
    ),
    "GET /consultations/{consultation_id}/pack/{kind}": _needs(
        "algo_audit.v1.ConsultationService/RenderPack"
    ),
    "GET /appeals": _needs("algo_audit.v1.AppealService/ListAppeals"),
    "POST /appeals": _needs("algo_audit.v1.AppealService/FileAppeal"),
    "GET /appeals/{appeal_id}": _needs("algo_audit.v1.AppealService/GetAppeal"),
    "POST /appeals/{appeal_id}/reply": _needs("algo_audit.v1.AppealService/ReplyToAppeal"),
    "GET /reports": _needs("registry.v1.ReportService/ListDueDates", "registry.v1.ReportService/ListReports"),
    "GET /reports/template/{kind}": _needs("registry.v1.ReportService/ListDueDates"),
    "GET /reports/form": _needs("registry.v1.ReportService/ValidateReport"),
    "POST /reports/form": _needs("registry.v1.ReportService/ValidateReport"),
    "GET /reports/{report_id}": _needs(
        "registry.v1.ReportService/GetReport", "registry.v1.ReportService/ListReports"
    ),
    "POST /reports/{report_id}/acknowledge": _needs("registry.v1.ReportService/AcknowledgeReport"),
    "POST /reports/{report_id}/return": _needs("registry.v1.ReportService/ReturnReport"),
    "GET /record": _needs(
        "workhours.v1.WorkhoursService/GetWorkerTimeline", "registry.v1.WorkerCodeService/ListWorkerCodes"
    ),
    "GET /worker-codes": _needs("registry.v1.WorkerCodeService/IssueWorkerCode"),
    "POST /worker-codes": _needs("registry.v1.WorkerCodeService/IssueWorkerCode"),
    "GET /advisories": _needs("workhours.v1.WorkhoursService/WatchAdvisories"),
    "GET /advisories/events": _needs("workhours.v1.WorkhoursService/WatchAdvisories"),
    "GET /integration": _needs(
        "intake.v1.IntakeService/GetIntegrationStatus", "registry.v1.RegistryService/ListCredentials"
    ),
    "POST /integration/credentials/{credential_id}/revoke": _needs(
        "registry.v1.RegistryService/RevokeCredential"
    ),
    "GET /sandbox": _needs("intake.v1.IntakeService/CheckEvents"),
    "POST /sandbox": _needs("intake.v1.IntakeService/CheckEvents"),
    "GET /accounts": _needs("registry.v1.AccountService/ListAccounts"),
    "POST /accounts": _needs("registry.v1.AccountService/RegisterAccount"),
    "GET /accounts/{account_id}": _needs("registry.v1.AccountService/ListAccounts"),
    "POST /accounts/{account_id}/amend": _needs("registry.v1.AccountService/AmendAccount"),
    "POST /accounts/{account_id}/reset": _needs("registry.v1.AccountService/ResetAccount"),
    "POST /accounts/{account_id}/disable": _needs("registry.v1.AccountService/DisableAccount"),
}
"""Of every page that shows or changes anything, names of parties and areas included."""

OPEN_PAGES = frozenset(
    {
        "GET /glossary",
        "GET /healthz",
        "GET /methods",
        "GET /sign-in",
        "POST /sign-in",
        "POST /sign-in/account",
        "GET /record/sign-in",
        "POST /record/sign-in",
        "GET /sign-in/enrol",
        "POST /sign-in/enrol",
        "GET /sign-in/provider",
        "GET /sign-in/provider/back",
        "POST /sign-out",
    }
)
"""Opened without a credential, beside what lies under /static; they tell nothing of the data."""

OPEN_RPCS = frozenset({"/quzhong.api.registry.v1.WorkerCodeService/RedeemWorkerCode"})
"""Called without a credential, since what they are sent is one."""

OPEN_SERVICES = (
    "/grpc.health.v1.Health/",
    "/grpc.reflection.v1alpha.ServerReflection/",
    "/grpc.reflection.v1.ServerReflection/",
)
"""Called by probes and tools without a credential; they tell nothing of the data."""
