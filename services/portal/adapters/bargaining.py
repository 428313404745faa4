"""Thresholds, what-ifs, consultations and appeals over gRPC, with the reader's own token."""

from __future__ import annotations

from collections.abc import Mapping

import grpc
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.algo_audit.v1 import (
    algo_audit_pb2,
    algo_audit_pb2_grpc,
    appeals_pb2,
    appeals_pb2_grpc,
    consultation_pb2,
    consultation_pb2_grpc,
)
from quzhong.api.events.v1 import events_pb2
from quzhong.api.registry.v1 import registry_pb2, registry_pb2_grpc
from services.portal.adapters import decode_audits, decode_consultations
from services.portal.adapters.calls import MOST, answered, asked, bearer, pages
from services.portal.adapters.decode import text as local_text
from services.portal.core.audits import Audit
from services.portal.core.casework import Document
from services.portal.core.consultations import (
    Consultation,
    ConsultationState,
    Duty,
    GivenOpening,
    PackKind,
    ProposedThreshold,
    Room,
)
from services.portal.core.language import Language, LocalText
from services.portal.core.penalty_appeals import GivenAppeal, PenaltyAppeal, PenaltyAppealState
from services.portal.core.thresholds import Metric, ThresholdVersion, newest
from services.portal.core.what_if import CohortRef, Compared, Frontier

_PACK_S = 60
"""An audit is run for a pack, and a document of it set: seconds each; the rest is room for a busy machine."""
_LANGUAGES = {
    Language.CHINESE: consultation_pb2.LANGUAGE_ZH,
    Language.ENGLISH: consultation_pb2.LANGUAGE_EN,
}


class GrpcBargaining:
    """Implements ``services.portal.bargaining_ports.Bargaining``."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._audits = algo_audit_pb2_grpc.AlgoAuditServiceStub(channel)
        self._consultations = consultation_pb2_grpc.ConsultationServiceStub(channel)
        self._appeals = appeals_pb2_grpc.AppealServiceStub(channel)
        self._registry = registry_pb2_grpc.RegistryServiceStub(channel)

    async def metrics(self, token: str) -> Mapping[str, Metric]:
        """See the port."""
        request = algo_audit_pb2.ListMetricsRequest(page_size=MOST)
        answer = await asked(self._audits.ListMetrics, request, token)
        return {each.metric_id: Metric(local_text(each.name), each.unit) for each in answer.metrics}

    async def newest_audits(self, token: str) -> list[Audit]:
        """See the port."""
        request = algo_audit_pb2.ListAuditsRequest(page_size=MOST)
        answer = await asked(self._audits.ListAudits, request, token)
        return newest(decode_audits.audit(each) for each in answer.audits)

    async def audit(self, token: str, audit_id: str) -> Audit:
        """See the port."""
        request = algo_audit_pb2.GetAuditRequest(audit_id=audit_id)
        answer = await asked(self._audits.GetAudit, request, token)
        return decode_audits.audit(answer.audit)

    async def thresholds(self, token: str, platform_id: str, metric_id: str) -> list[ThresholdVersion]:
        """See the port."""
        request = registry_pb2.ListThresholdsRequest(
            platform_id=platform_id, metric_id=metric_id, page_size=MOST
        )
        return [
            decode_audits.threshold(each)
            async for answer in pages(self._registry.ListThresholds, request, token)
            for each in answer.thresholds
        ]

    async def what_if(self, token: str, cohort: CohortRef, threshold: float) -> Compared:
        """See the port."""
        request = algo_audit_pb2.GetWhatIfRequest(cohort=_cohort(cohort), threshold=threshold)
        return decode_audits.compared(await asked(self._audits.GetWhatIf, request, token))

    async def frontier(self, token: str, cohort: CohortRef, points: int) -> Frontier:
        """See the port."""
        request = algo_audit_pb2.GetFrontierRequest(cohort=_cohort(cohort), points=points)
        return decode_audits.frontier(await asked(self._audits.GetFrontier, request, token))

    async def unions(self, token: str) -> Mapping[str, LocalText]:
        """See the port."""
        request = registry_pb2.ListPartiesRequest(role=registry_pb2.ROLE_UNION, page_size=MOST)
        answer = await asked(self._registry.ListParties, request, token)
        return {each.party_id: local_text(each.name) for each in answer.parties}

    async def consultations(
        self, token: str, platform_id: str, state: ConsultationState
    ) -> list[Consultation]:
        """See the port."""
        request = consultation_pb2.ListConsultationsRequest(
            platform_id=platform_id,
            state=consultation_pb2.ConsultationState.ValueType(state),
            page_size=MOST,
        )
        return [
            decode_consultations.consultation(each)
            async for answer in pages(self._consultations.ListConsultations, request, token)
            for each in answer.consultations
        ]

    async def duties(self, token: str) -> list[Duty]:
        """See the port."""
        request = consultation_pb2.ListDutiesRequest(page_size=MOST)
        answer = await asked(self._consultations.ListDuties, request, token)
        return [decode_consultations.duty(each) for each in answer.duties]

    async def room(self, token: str, consultation_id: str) -> Room:
        """See the port."""
        request = consultation_pb2.GetConsultationRequest(consultation_id=consultation_id)
        return decode_consultations.room(await asked(self._consultations.GetConsultation, request, token))

    async def open(self, token: str, opening: GivenOpening, request_id: str) -> str:
        """See the port."""
        request = consultation_pb2.OpenConsultationRequest(
            request_id=request_id,
            platform_id=opening.platform_id,
            union_id=opening.union_id,
            topic=consultation_pb2.Topic.ValueType(opening.topic),
            metric_id=opening.metric_id,
            area_code=opening.area_code,
            period_start_time=_moment(opening.start_ms),
            period_end_time=_moment(opening.end_ms),
            detail=algo_audit_pb2.Detail.ValueType(opening.detail),
            text=opening.text,
        )
        call = self._consultations.OpenConsultation(request, metadata=bearer(token), timeout=_PACK_S)
        consultation_id: str = (await answered(call)).consultation.consultation_id
        return consultation_id

    async def offer(
        self,
        token: str,
        consultation_id: str,
        thresholds: tuple[ProposedThreshold, ...],
        effective_ms: int,
        text: str,
        request_id: str,
    ) -> None:
        """See the port."""
        request = consultation_pb2.MakeOfferRequest(
            request_id=request_id,
            consultation_id=consultation_id,
            thresholds=[
                consultation_pb2.ProposedThreshold(
                    metric_id=each.metric_id,
                    area_code=each.area_code,
                    service=events_pb2.ServiceKind.ValueType(each.service),
                    distance_start_m=each.distance_start_m,
                    distance_end_m=each.distance_end_m,
                    value=each.value,
                )
                for each in thresholds
            ],
            effective_time=_moment(effective_ms),
            text=text,
        )
        await answered(self._consultations.MakeOffer(request, metadata=bearer(token), timeout=_PACK_S))

    async def accept(self, token: str, consultation_id: str, number: int, text: str, request_id: str) -> None:
        """See the port."""
        request = consultation_pb2.AcceptOfferRequest(
            request_id=request_id, consultation_id=consultation_id, offer_number=number, text=text
        )
        await asked(self._consultations.AcceptOffer, request, token)

    async def fail(self, token: str, consultation_id: str, text: str, request_id: str) -> None:
        """See the port."""
        request = consultation_pb2.FailConsultationRequest(
            request_id=request_id, consultation_id=consultation_id, text=text
        )
        await asked(self._consultations.FailConsultation, request, token)

    async def pack(self, token: str, consultation_id: str, kind: PackKind, language: Language) -> Document:
        """See the port."""
        request = consultation_pb2.RenderPackRequest(
            consultation_id=consultation_id,
            format=consultation_pb2.PackFormat.ValueType(kind),
            language=_LANGUAGES[language],
        )
        call = self._consultations.RenderPack(request, metadata=bearer(token), timeout=_PACK_S)
        answer = await answered(call)
        return Document(answer.file_name, answer.content_type, answer.content)

    async def appeals(
        self, token: str, platform_id: str, state: PenaltyAppealState, *, overdue: bool
    ) -> list[PenaltyAppeal]:
        """See the port."""
        request = appeals_pb2.ListAppealsRequest(
            platform_id=platform_id,
            state=appeals_pb2.AppealState.ValueType(state),
            overdue_only=overdue,
            page_size=MOST,
        )
        return [
            decode_consultations.appeal(each)
            async for answer in pages(self._appeals.ListAppeals, request, token)
            for each in answer.appeals
        ]

    async def appeal(self, token: str, appeal_id: str) -> PenaltyAppeal:
        """See the port."""
        request = appeals_pb2.GetAppealRequest(appeal_id=appeal_id)
        answer = await asked(self._appeals.GetAppeal, request, token)
        return decode_consultations.appeal(answer.appeal)

    async def file_appeal(self, token: str, given: GivenAppeal, request_id: str) -> str:
        """See the port."""
        request = appeals_pb2.FileAppealRequest(
            request_id=request_id,
            platform_id=given.platform_id,
            worker_id=given.worker_id,
            order_id=given.order_id,
            penalty_fen=given.penalty_fen,
            grounds=given.grounds,
        )
        answer = await asked(self._appeals.FileAppeal, request, token)
        appeal_id: str = answer.appeal.appeal_id
        return appeal_id

    async def answer_appeal(
        self, token: str, appeal_id: str, outcome: PenaltyAppealState, reply: str, request_id: str
    ) -> None:
        """See the port."""
        request = appeals_pb2.ReplyToAppealRequest(
            request_id=request_id,
            appeal_id=appeal_id,
            outcome=appeals_pb2.AppealState.ValueType(outcome),
            reply=reply,
        )
        await asked(self._appeals.ReplyToAppeal, request, token)


def _cohort(cohort: CohortRef) -> algo_audit_pb2.CohortRef:
    return algo_audit_pb2.CohortRef(
        audit_id=cohort.audit_id,
        platform_id=cohort.platform_id,
        cohort=cohort.cohort,
        service=events_pb2.ServiceKind.ValueType(cohort.service),
    )


def _moment(epoch_ms: int | None) -> Timestamp | None:
    if epoch_ms is None:
        return None
    moment = Timestamp()
    moment.FromMilliseconds(epoch_ms)
    return moment
