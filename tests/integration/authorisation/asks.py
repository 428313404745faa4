"""What is asked for of a platform's: one row an RPC that names something. ``test_foreign_data.py`` asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.algo_audit.v1 import algo_audit_pb2, appeals_pb2, consultation_pb2
from quzhong.api.events.v1 import events_pb2
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.notify.v1 import casework_pb2, delivery_pb2, notify_pb2
from quzhong.api.registry.v1 import declared_rules_pb2, registry_pb2, reports_pb2
from quzhong.api.workhours.v1 import workhours_pb2
from tests.integration.authorisation.conftest import LUBEI, QUARTER, Things
from tests.support.dispatches import at
from tests.support.suite import CITY


class Ask(NamedTuple):
    """A call that names something of a platform's."""

    service: str
    """Of ``tests.support.suite.Party``."""
    package: str
    method: str
    request: Callable[[Things], Message]
    listed: Callable[[Any], int] | None = None
    """How much a list answers: a list may be empty where a single thing would be refused."""

    @property
    def path(self) -> str:
        return f"/quzhong.api.{self.package}/{self.method}"

    def __str__(self) -> str:
        return self.method


def _stamp(clock: str) -> Timestamp:
    return Timestamp(seconds=at(clock) // 1000)


RULES, REPORTS = "registry.v1.DeclaredRulesService", "registry.v1.ReportService"
REGISTRY, WORKHOURS = "registry.v1.RegistryService", "workhours.v1.WorkhoursService"
AUDIT, NOTIFY, INTAKE = "algo_audit.v1.AlgoAuditService", "notify.v1.NotifyService", "intake.v1.IntakeService"
APPEALS, CONSULTATIONS = "algo_audit.v1.AppealService", "algo_audit.v1.ConsultationService"

CASEWORK = "notify.v1.CaseworkService"


def _on_case(method: str) -> Ask:
    """A step of a department in the case."""
    kind = getattr(casework_pb2, f"{method}Request")
    return Ask(
        "casework",
        CASEWORK,
        method,
        lambda of: kind(request_id=f"matrix-{method}-{of.case_id[:40]}", case_id=of.case_id),
    )


READS = (
    Ask("registry", REGISTRY, "GetParty", lambda of: registry_pb2.GetPartyRequest(party_id=of.platform_id)),
    Ask(
        "registry",
        REGISTRY,
        "ListPartyVersions",
        lambda of: registry_pb2.ListPartyVersionsRequest(party_id=of.platform_id),
        lambda answer: len(answer.versions),
    ),
    Ask(
        "registry",
        REGISTRY,
        "ListParties",
        lambda of: registry_pb2.ListPartiesRequest(
            role=registry_pb2.ROLE_PLATFORM, platform_id=of.platform_id
        ),
        lambda answer: len(answer.parties),
    ),
    Ask(
        "registry",
        REGISTRY,
        "ListCredentials",
        lambda of: registry_pb2.ListCredentialsRequest(party_id=of.platform_id),
        lambda answer: len(answer.credentials),
    ),
    Ask(
        "registry",
        REGISTRY,
        "ListThresholds",
        lambda of: registry_pb2.ListThresholdsRequest(platform_id=of.platform_id),
        lambda answer: len(answer.thresholds),
    ),
    Ask(
        "rules",
        RULES,
        "ListRuleDocuments",
        lambda of: declared_rules_pb2.ListRuleDocumentsRequest(platform_id=of.platform_id),
        lambda answer: len(answer.documents),
    ),
    Ask(
        "rules",
        RULES,
        "DiffRuleDocuments",
        lambda of: declared_rules_pb2.DiffRuleDocumentsRequest(
            document_id=of.document_id, before_version=1, after_version=1
        ),
    ),
    Ask(
        "reports",
        REPORTS,
        "GetReport",
        lambda of: reports_pb2.GetReportRequest(report_id=of.given_report_id),
    ),
    Ask(
        "reports",
        REPORTS,
        "ListReports",
        lambda of: reports_pb2.ListReportsRequest(reporter_id=of.reporter_id),
        lambda answer: len(answer.reports),
    ),
    Ask(
        "reports",
        REPORTS,
        "ListDueDates",
        lambda of: reports_pb2.ListDueDatesRequest(reporter_id=of.reporter_id),
        lambda answer: len(answer.due_dates),
    ),
    Ask(
        "reports",
        REPORTS,
        "GetDutyFinding",
        lambda of: reports_pb2.GetDutyFindingRequest(finding_id=of.duty_id),
    ),
    Ask(
        "intake",
        INTAKE,
        "CheckEvents",
        lambda of: intake_pb2.CheckEventsRequest(platform_id=of.platform_id),
    ),
    Ask(
        "intake",
        INTAKE,
        "GetIntegrationStatus",
        lambda of: intake_pb2.GetIntegrationStatusRequest(platform_id=of.platform_id),
    ),
    Ask(
        "intake",
        INTAKE,
        "ReadWorkerEvents",
        lambda of: intake_pb2.ReadWorkerEventsRequest(worker_id=of.worker_id),
        lambda answer: len(answer.events),
    ),
    Ask(
        "workhours",
        WORKHOURS,
        "ListFindings",
        lambda of: workhours_pb2.ListFindingsRequest(
            filter=workhours_pb2.FindingFilter(platform_id=of.platform_id)
        ),
        lambda answer: len(answer.findings),
    ),
    Ask(
        "workhours",
        WORKHOURS,
        "SummariseFindings",
        lambda of: workhours_pb2.SummariseFindingsRequest(
            filter=workhours_pb2.FindingFilter(platform_id=of.platform_id)
        ),
        lambda answer: len(answer.rules),
    ),
    Ask(
        "workhours",
        WORKHOURS,
        "GetFinding",
        lambda of: workhours_pb2.GetFindingRequest(finding_id=of.finding_id),
    ),
    Ask("workhours", WORKHOURS, "Explain", lambda of: workhours_pb2.ExplainRequest(finding_id=of.finding_id)),
    Ask(
        "workhours",
        WORKHOURS,
        "GetWorkerTimeline",
        lambda of: workhours_pb2.GetWorkerTimelineRequest(
            worker_id=of.worker_id, start_time=_stamp("07:00"), end_time=_stamp("20:00")
        ),
        lambda answer: len(answer.intervals) + len(answer.findings),
    ),
    Ask(
        "workhours",
        WORKHOURS,
        "ListAdvisories",
        lambda of: workhours_pb2.ListAdvisoriesRequest(platform_id=of.platform_id),
        lambda answer: len(answer.advisories),
    ),
    Ask(
        "algo_audit",
        AUDIT,
        "GetAudit",
        lambda of: algo_audit_pb2.GetAuditRequest(audit_id=of.audit_id),
    ),
    Ask(
        "algo_audit",
        AUDIT,
        "GetWhatIf",
        lambda of: algo_audit_pb2.GetWhatIfRequest(
            cohort=algo_audit_pb2.CohortRef(
                audit_id=of.audit_id, platform_id=of.platform_id, cohort="0-2000"
            ),
            threshold=600,
        ),
        lambda answer: 1,
    ),
    Ask(
        "algo_audit",
        AUDIT,
        "GetFrontier",
        lambda of: algo_audit_pb2.GetFrontierRequest(
            cohort=algo_audit_pb2.CohortRef(audit_id=of.audit_id, platform_id=of.platform_id, cohort="0-2000")
        ),
        lambda answer: 1,
    ),
    Ask(
        "consultations",
        CONSULTATIONS,
        "GetConsultation",
        lambda of: consultation_pb2.GetConsultationRequest(consultation_id=of.consultation_id),
    ),
    Ask(
        "consultations",
        CONSULTATIONS,
        "RenderPack",
        lambda of: consultation_pb2.RenderPackRequest(
            consultation_id=of.consultation_id,
            format=consultation_pb2.PACK_FORMAT_CSV_ZIP,
            language=consultation_pb2.LANGUAGE_EN,
        ),
    ),
    Ask(
        "notify",
        NOTIFY,
        "ListCases",
        lambda of: notify_pb2.ListCasesRequest(platform_id=of.platform_id),
        lambda answer: len(answer.cases),
    ),
    Ask("notify", NOTIFY, "GetCase", lambda of: notify_pb2.GetCaseRequest(case_id=of.case_id)),
    Ask(
        "notify",
        NOTIFY,
        "ListAlerts",
        lambda of: notify_pb2.ListAlertsRequest(filter=notify_pb2.AlertFilter(platform_id=of.platform_id)),
        lambda answer: len(answer.alerts),
    ),
    Ask(
        "appeals",
        APPEALS,
        "GetAppeal",
        lambda of: appeals_pb2.GetAppealRequest(appeal_id=of.union_appeal_id),
    ),
    Ask(
        "appeals",
        APPEALS,
        "ListAppeals",
        lambda of: appeals_pb2.ListAppealsRequest(platform_id=of.platform_id),
        lambda answer: len(answer.appeals),
    ),
    Ask(
        "consultations",
        CONSULTATIONS,
        "ListConsultations",
        lambda of: consultation_pb2.ListConsultationsRequest(platform_id=of.platform_id),
        lambda answer: len(answer.consultations),
    ),
)

WRITES = (
    Ask(
        "registry",
        REGISTRY,
        "AmendParty",
        # Of a version there is not, so that nothing changes from one row to the next.
        lambda of: registry_pb2.AmendPartyRequest(
            request_id=f"matrix-{of.reporter_id}",
            party_id=of.reporter_id,
            expected_version=9,
            party=registry_pb2.Party(
                profile=registry_pb2.PartyProfile(
                    responsible_person=registry_pb2.ResponsiblePerson(name="王五")
                )
            ),
            update_mask=FieldMask(paths=["profile.responsible_person"]),
        ),
    ),
    Ask(
        "rules",
        RULES,
        "DeclareRules",
        lambda of: declared_rules_pb2.DeclareRulesRequest(
            request_id=f"matrix-{of.platform_id}",
            platform_id=of.platform_id,
            kind=declared_rules_pb2.RULE_KIND_COMMISSION,
            area_code=of.area_code,
            service=events_pb2.SERVICE_KIND_FOOD_DELIVERY,
            title=LocalText(zh="抽成规则"),
            wording="每单抽成不超过 18%",
            effective_time=_stamp("22:59"),
        ),
    ),
    Ask(
        "reports",
        REPORTS,
        "ValidateReport",
        lambda of: reports_pb2.ValidateReportRequest(
            platform_id=of.platform_id, area_code=CITY, quarter=QUARTER
        ),
    ),
    Ask(
        "reports",
        REPORTS,
        "SaveReport",
        lambda of: reports_pb2.SaveReportRequest(
            request_id=f"matrix-s-{of.platform_id}",
            platform_id=of.platform_id,
            area_code=CITY,
            quarter=QUARTER,
        ),
    ),
    Ask(
        "reports",
        REPORTS,
        "SubmitReport",
        lambda of: reports_pb2.SubmitReportRequest(
            request_id=f"matrix-h-{of.platform_id}", report_id=of.given_report_id, version=1
        ),
    ),
    Ask(
        "reports",
        REPORTS,
        "AcknowledgeReport",
        lambda of: reports_pb2.AcknowledgeReportRequest(
            request_id=f"matrix-a-{of.platform_id}", report_id=of.given_report_id, version=1
        ),
    ),
    Ask(
        "reports",
        REPORTS,
        "ReturnReport",
        lambda of: reports_pb2.ReturnReportRequest(
            request_id=f"matrix-b-{of.platform_id}",
            report_id=of.given_report_id,
            version=1,
            reason="请核对",
        ),
    ),
    Ask(
        "intake",
        INTAKE,
        "SubmitDispatches",
        lambda of: intake_pb2.SubmitDispatchesRequest(
            request_id=f"matrix-{of.platform_id}", platform_id=of.platform_id, dispatches=[]
        ),
    ),
    Ask(
        "intake",
        INTAKE,
        "SubmitWorkSessions",
        lambda of: intake_pb2.SubmitWorkSessionsRequest(
            request_id=f"matrix-s-{of.platform_id}", platform_id=of.platform_id, work_sessions=[]
        ),
    ),
    Ask(
        "registry",
        REGISTRY,
        "DeclareThreshold",
        lambda of: registry_pb2.DeclareThresholdRequest(
            request_id=f"matrix-{of.platform_id}",
            platform_id=of.platform_id,
            metric_id="delivery_time",
            area_code=of.area_code,
            service=events_pb2.SERVICE_KIND_PARCEL,
            value=600,
            effective_time=_stamp("22:59"),
        ),
    ),
    Ask(
        "algo_audit",
        AUDIT,
        "RunAudit",
        lambda of: algo_audit_pb2.RunAuditRequest(
            request_id=f"matrix-{of.area_code}", metric_id="delivery_time", area_code=of.area_code
        ),
    ),
    Ask(
        "algo_audit",
        AUDIT,
        "StartAudit",
        lambda of: algo_audit_pb2.StartAuditRequest(
            request_id=f"matrix-{of.area_code}", metric_id="delivery_time", area_code=of.area_code
        ),
    ),
    Ask(
        "consultations",
        CONSULTATIONS,
        "OpenConsultation",
        lambda of: consultation_pb2.OpenConsultationRequest(
            request_id=f"matrix-{of.platform_id}",
            platform_id=of.platform_id,
            union_id="lubei-union",
            topic=consultation_pb2.TOPIC_TIME_AND_ROUTING,
            metric_id="delivery_time",
            area_code=LUBEI,
            text="请说明限时依据",
        ),
    ),
    Ask(
        "consultations",
        CONSULTATIONS,
        "MakeOffer",
        lambda of: consultation_pb2.MakeOfferRequest(
            request_id=f"matrix-{of.consultation_id}", consultation_id=of.consultation_id, text="请放宽"
        ),
    ),
    Ask(
        "consultations",
        CONSULTATIONS,
        "AcceptOffer",
        lambda of: consultation_pb2.AcceptOfferRequest(
            request_id=f"matrix-a-{of.consultation_id}", consultation_id=of.consultation_id, offer_number=9
        ),
    ),
    Ask(
        "consultations",
        CONSULTATIONS,
        "FailConsultation",
        lambda of: consultation_pb2.FailConsultationRequest(
            request_id=f"matrix-f-{of.consultation_id}", consultation_id=of.consultation_id, text="未达成一致"
        ),
    ),
    Ask(
        "appeals",
        APPEALS,
        "FileAppeal",
        lambda of: appeals_pb2.FileAppealRequest(
            request_id=f"matrix-{of.platform_id}",
            platform_id=of.platform_id,
            worker_id=of.worker_id,
            order_id="order-2",
            penalty_fen=100,
            grounds="暴雨封路",
        ),
    ),
    Ask(
        "appeals",
        APPEALS,
        "ReplyToAppeal",
        lambda of: appeals_pb2.ReplyToAppealRequest(
            request_id=f"matrix-{of.union_appeal_id}",
            appeal_id=of.union_appeal_id,
            outcome=appeals_pb2.APPEAL_STATE_UPHELD,
            reply="已撤销",
        ),
    ),
    Ask(
        "notify",
        NOTIFY,
        "CreateWebhook",
        lambda of: notify_pb2.CreateWebhookRequest(
            request_id=f"matrix-{of.platform_id}",
            url="https://example.org/hook",
            filter=notify_pb2.AlertFilter(platform_id=of.platform_id),
        ),
    ),
    Ask(
        "delivery",
        "notify.v1.DeliveryService",
        "CreateSubscription",
        lambda of: delivery_pb2.CreateSubscriptionRequest(
            request_id=f"matrix-s-{of.platform_id}",
            channel=delivery_pb2.CHANNEL_WEBHOOK,
            address="https://example.org/hook",
            filter=notify_pb2.AlertFilter(platform_id=of.platform_id),
        ),
    ),
    _on_case("ProposeSummons"),
    _on_case("ApproveSummons"),
    _on_case("DeclineSummons"),
    _on_case("SendSummons"),
    _on_case("MoveTalk"),
    _on_case("CancelSummons"),
    _on_case("RecordTalk"),
    _on_case("OrderRectification"),
    _on_case("DecideExtension"),
    _on_case("EscalateCase"),
    _on_case("CloseCase"),
)

WATCHES = (
    Ask(
        "workhours",
        WORKHOURS,
        "WatchFindings",
        lambda of: workhours_pb2.WatchFindingsRequest(
            filter=workhours_pb2.FindingFilter(platform_id=of.platform_id)
        ),
    ),
    Ask(
        "workhours",
        WORKHOURS,
        "WatchAdvisories",
        lambda of: workhours_pb2.WatchAdvisoriesRequest(platform_id=of.platform_id),
    ),
    Ask(
        "notify",
        NOTIFY,
        "WatchAlerts",
        lambda of: notify_pb2.WatchAlertsRequest(filter=notify_pb2.AlertFilter(platform_id=of.platform_id)),
    ),
    Ask(
        "notify",
        NOTIFY,
        "WatchCases",
        lambda of: notify_pb2.WatchCasesRequest(platform_id=of.platform_id),
    ),
)
