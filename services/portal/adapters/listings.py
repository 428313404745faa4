"""Lists by the part over gRPC with the reader's own token; the services' page tokens are passed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import grpc

from quzhong.api.algo_audit.v1 import (
    algo_audit_pb2,
    algo_audit_pb2_grpc,
    appeals_pb2,
    appeals_pb2_grpc,
    consultation_pb2,
    consultation_pb2_grpc,
)
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.registry.v1 import (
    declared_rules_pb2,
    declared_rules_pb2_grpc,
    registry_pb2,
    registry_pb2_grpc,
    reports_pb2,
    reports_pb2_grpc,
)
from quzhong.api.workhours.v1 import workhours_pb2, workhours_pb2_grpc
from services.portal.adapters import (
    decode,
    decode_audits,
    decode_consultations,
    decode_lookups,
    decode_registry,
)
from services.portal.adapters.calls import asked
from services.portal.core.audits import Audit
from services.portal.core.consultations import Consultation, ConsultationState, Duty
from services.portal.core.findings import Finding
from services.portal.core.listings import Area, FindingQuery, Listed, Part, Party, Revised
from services.portal.core.penalty_appeals import PenaltyAppeal, PenaltyAppealState
from services.portal.core.readers import Role
from services.portal.core.reports import DueDate, Report
from services.portal.core.rules import RuleDocument
from services.portal.core.thresholds import ThresholdVersion
from services.portal.ports import ReportQuery, RuleQuery

_Message = TypeVar("_Message")
_Item = TypeVar("_Item")


class GrpcListings:
    """Implements ``services.portal.listing_ports.Listings``."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._workhours = workhours_pb2_grpc.WorkhoursServiceStub(channel)
        self._audits = algo_audit_pb2_grpc.AlgoAuditServiceStub(channel)
        self._consultations = consultation_pb2_grpc.ConsultationServiceStub(channel)
        self._appeals = appeals_pb2_grpc.AppealServiceStub(channel)
        self._registry = registry_pb2_grpc.RegistryServiceStub(channel)
        self._rules = declared_rules_pb2_grpc.DeclaredRulesServiceStub(channel)
        self._reports = reports_pb2_grpc.ReportServiceStub(channel)

    async def findings(self, token: str, query: FindingQuery, part: Part) -> Listed[Finding]:
        """See the port."""
        wanted = workhours_pb2.FindingFilter(
            platform_id=query.platform_id,
            area_code=query.area_code,
            rule_id=query.rule_id,
            least_severity=findings_pb2.Severity.ValueType(query.least_severity),
            include_withdrawn=query.include_withdrawn,
        )
        request = workhours_pb2.ListFindingsRequest(filter=wanted, **of_part(part))
        answer = await asked(self._workhours.ListFindings, request, token)
        return listed(answer.findings, decode.finding, answer)

    async def finding(self, token: str, finding_id: str) -> Revised:
        """See the port."""
        request = workhours_pb2.GetFindingRequest(finding_id=finding_id)
        answer = await asked(self._workhours.GetFinding, request, token)
        return Revised(decode.finding(answer.finding), tuple(decode.finding(each) for each in answer.earlier))

    async def audits(self, token: str, part: Part) -> Listed[Audit]:
        """See the port."""
        request = algo_audit_pb2.ListAuditsRequest(**of_part(part))
        answer = await asked(self._audits.ListAudits, request, token)
        return listed(answer.audits, decode_audits.audit, answer)

    async def thresholds(
        self, token: str, platform_id: str, metric_id: str, part: Part
    ) -> Listed[ThresholdVersion]:
        """See the port."""
        request = registry_pb2.ListThresholdsRequest(
            platform_id=platform_id, metric_id=metric_id, **of_part(part)
        )
        answer = await asked(self._registry.ListThresholds, request, token)
        return listed(answer.thresholds, decode_audits.threshold, answer)

    async def consultations(
        self, token: str, platform_id: str, state: ConsultationState, part: Part
    ) -> Listed[Consultation]:
        """See the port."""
        request = consultation_pb2.ListConsultationsRequest(
            platform_id=platform_id,
            state=consultation_pb2.ConsultationState.ValueType(state),
            **of_part(part),
        )
        answer = await asked(self._consultations.ListConsultations, request, token)
        return listed(answer.consultations, decode_consultations.consultation, answer)

    async def consultation_duties(self, token: str, part: Part) -> Listed[Duty]:
        """See the port."""
        request = consultation_pb2.ListDutiesRequest(**of_part(part))
        answer = await asked(self._consultations.ListDuties, request, token)
        return listed(answer.duties, decode_consultations.duty, answer)

    async def appeals(
        self, token: str, platform_id: str, state: PenaltyAppealState, part: Part, *, overdue: bool
    ) -> Listed[PenaltyAppeal]:
        """See the port."""
        request = appeals_pb2.ListAppealsRequest(
            platform_id=platform_id,
            state=appeals_pb2.AppealState.ValueType(state),
            overdue_only=overdue,
            **of_part(part),
        )
        answer = await asked(self._appeals.ListAppeals, request, token)
        return listed(answer.appeals, decode_consultations.appeal, answer)

    async def rule_documents(self, token: str, query: RuleQuery, part: Part) -> Listed[RuleDocument]:
        """See the port."""
        request = declared_rules_pb2.ListRuleDocumentsRequest(
            platform_id=query.platform_id,
            kind=declared_rules_pb2.RuleKind.ValueType(query.kind),
            area_code=query.area_code,
            **of_part(part),
        )
        answer = await asked(self._rules.ListRuleDocuments, request, token)
        return listed(answer.documents, decode_registry.rule_document, answer)

    async def reports(self, token: str, query: ReportQuery, part: Part) -> Listed[Report]:
        """See the port."""
        request = reports_pb2.ListReportsRequest(
            reporter_id=query.reporter_id, area_code=query.area_code, quarter=query.quarter, **of_part(part)
        )
        answer = await asked(self._reports.ListReports, request, token)
        return listed(answer.reports, decode_registry.report, answer)

    async def due_dates(self, token: str, query: ReportQuery, part: Part) -> Listed[DueDate]:
        """See the port."""
        request = reports_pb2.ListDueDatesRequest(
            reporter_id=query.reporter_id, area_code=query.area_code, quarter=query.quarter, **of_part(part)
        )
        answer = await asked(self._reports.ListDueDates, request, token)
        return listed(answer.due_dates, decode_registry.due_date, answer)

    async def parties(self, token: str, role: Role, area_code: str, part: Part) -> Listed[Party]:
        """See the port."""
        request = registry_pb2.ListPartiesRequest(
            role=registry_pb2.Role.ValueType(role), area_code=area_code, **of_part(part)
        )
        answer = await asked(self._registry.ListParties, request, token)
        return listed(answer.parties, decode_lookups.party, answer)

    async def areas(self, token: str, parent_code: str, part: Part) -> Listed[Area]:
        """See the port."""
        request = registry_pb2.ListAreasRequest(parent_code=parent_code, **of_part(part))
        answer = await asked(self._registry.ListAreas, request, token)
        return listed(answer.areas, _area, answer)


def of_part(part: Part) -> dict[str, Any]:
    """The fields of a List that say which part is wanted."""
    return {"page_size": part.size, "page_token": part.token}


def listed(messages: Iterable[_Message], decoded: Callable[[_Message], _Item], answer: Any) -> Listed[_Item]:
    """The items of an answer, and where the next part is."""
    return Listed(tuple(decoded(each) for each in messages), answer.next_page_token)


def _area(message: registry_pb2.Area) -> Area:
    return Area(message.area_code, message.parent_code, decode.text(message.name))
