"""Which role may call which RPC: one row an RPC. A test proves that no RPC of the contract lacks a row."""

from __future__ import annotations

from collections.abc import Mapping

from kit.security.caller import Role

_ALL = frozenset(Role)
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_PLATFORM = frozenset({Role.PLATFORM, Role.ADMINISTRATOR})
_SUPERVISION = frozenset({Role.REGULATOR, Role.ADMINISTRATOR, Role.SERVICE})
_WORKER_LEVEL = frozenset({Role.PLATFORM, Role.REGULATOR, Role.ADMINISTRATOR, Role.SERVICE})
"""Roles that may see single workers' pseudonyms. A union sees aggregates only."""
_SIDES = frozenset({Role.PLATFORM, Role.UNION})
"""Who consults (协商) and files appeals; nobody acts in a side's place."""

PERMISSIONS: Mapping[str, frozenset[Role]] = {
    "/quzhong.api.registry.v1.RegistryService/RegisterPlatform": _ADMINISTRATOR,
    "/quzhong.api.registry.v1.RegistryService/RegisterSupervisor": _ADMINISTRATOR,
    "/quzhong.api.registry.v1.RegistryService/IssueCredential": _ADMINISTRATOR,
    "/quzhong.api.registry.v1.RegistryService/RevokeCredential": _ADMINISTRATOR,
    "/quzhong.api.registry.v1.RegistryService/ListParties": _ALL,
    "/quzhong.api.registry.v1.RegistryService/DeclareThreshold": _PLATFORM,
    "/quzhong.api.registry.v1.RegistryService/ListThresholds": _ALL,
    "/quzhong.api.registry.v1.RegistryService/ListAreas": _ALL,
    "/quzhong.api.intake.v1.IntakeService/SubmitWorkSessions": _PLATFORM,
    "/quzhong.api.intake.v1.IntakeService/SubmitDispatches": _PLATFORM,
    "/quzhong.api.intake.v1.IntakeService/UploadWorkSessions": _PLATFORM,
    "/quzhong.api.intake.v1.IntakeService/UploadDispatches": _PLATFORM,
    "/quzhong.api.intake.v1.IntakeService/ReadWorkerEvents": _SUPERVISION,
    "/quzhong.api.workhours.v1.WorkhoursService/ListFindings": _WORKER_LEVEL,
    "/quzhong.api.workhours.v1.WorkhoursService/GetFinding": _WORKER_LEVEL,
    "/quzhong.api.workhours.v1.WorkhoursService/WatchFindings": _WORKER_LEVEL,
    "/quzhong.api.workhours.v1.WorkhoursService/SummariseFindings": _WORKER_LEVEL,
    "/quzhong.api.workhours.v1.WorkhoursService/Explain": _WORKER_LEVEL,
    "/quzhong.api.workhours.v1.WorkhoursService/GetWorkerTimeline": _SUPERVISION,
    "/quzhong.api.workhours.v1.WorkhoursService/WatchAdvisories": _WORKER_LEVEL,
    "/quzhong.api.workhours.v1.WorkhoursService/ListAdvisories": _WORKER_LEVEL,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/RunAudit": _SUPERVISION | {Role.UNION},
    "/quzhong.api.algo_audit.v1.AlgoAuditService/GetAudit": _ALL,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/ListAudits": _ALL,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/ListMetrics": _ALL,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/StartAudit": _SUPERVISION | {Role.UNION},
    "/quzhong.api.algo_audit.v1.AlgoAuditService/WatchAudits": _ALL,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/GetWhatIf": _ALL,
    "/quzhong.api.algo_audit.v1.AlgoAuditService/GetFrontier": _ALL,
    "/google.longrunning.Operations/GetOperation": _SUPERVISION | {Role.UNION},
    "/google.longrunning.Operations/ListOperations": _SUPERVISION | {Role.UNION},
    "/google.longrunning.Operations/WaitOperation": _SUPERVISION | {Role.UNION},
    "/google.longrunning.Operations/CancelOperation": _SUPERVISION | {Role.UNION},
    "/google.longrunning.Operations/DeleteOperation": _SUPERVISION | {Role.UNION},
    "/quzhong.api.algo_audit.v1.ConsultationService/OpenConsultation": _SIDES,
    "/quzhong.api.algo_audit.v1.ConsultationService/GetConsultation": _ALL,
    "/quzhong.api.algo_audit.v1.ConsultationService/ListConsultations": _ALL,
    "/quzhong.api.algo_audit.v1.ConsultationService/MakeOffer": _SIDES,
    "/quzhong.api.algo_audit.v1.ConsultationService/AcceptOffer": _SIDES,
    "/quzhong.api.algo_audit.v1.ConsultationService/FailConsultation": _SIDES,
    "/quzhong.api.algo_audit.v1.ConsultationService/RenderPack": _ALL,
    "/quzhong.api.algo_audit.v1.ConsultationService/ListDuties": _ALL,
    "/quzhong.api.algo_audit.v1.AppealService/FileAppeal": _SIDES,
    "/quzhong.api.algo_audit.v1.AppealService/ReplyToAppeal": frozenset({Role.PLATFORM}),
    "/quzhong.api.algo_audit.v1.AppealService/GetAppeal": _ALL,
    "/quzhong.api.algo_audit.v1.AppealService/ListAppeals": _ALL,
    "/quzhong.api.notify.v1.NotifyService/ListCases": _ALL,
    "/quzhong.api.notify.v1.NotifyService/GetCase": _ALL,
    "/quzhong.api.notify.v1.NotifyService/ListAlerts": _ALL,
    "/quzhong.api.notify.v1.NotifyService/WatchAlerts": _ALL,
    "/quzhong.api.notify.v1.NotifyService/CreateWebhook": _WORKER_LEVEL,
    "/quzhong.api.notify.v1.NotifyService/ListWebhookDeliveries": _WORKER_LEVEL,
}

OPEN_SERVICES = (
    "/grpc.health.v1.Health/",
    "/grpc.reflection.v1alpha.ServerReflection/",
    "/grpc.reflection.v1.ServerReflection/",
)
"""Called by probes and tools without a credential; they tell nothing of the data."""
