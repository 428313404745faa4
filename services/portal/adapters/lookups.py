"""What only programs look up, over gRPC with the reader's own token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import grpc
from google.longrunning import operations_pb2, operations_pb2_grpc

from quzhong.api.algo_audit.v1 import algo_audit_pb2, algo_audit_pb2_grpc
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc
from quzhong.api.notify.v1 import casework_pb2, casework_pb2_grpc, delivery_pb2, delivery_pb2_grpc
from quzhong.api.registry.v1 import admission_pb2, admission_pb2_grpc, registry_pb2, registry_pb2_grpc
from quzhong.api.workhours.v1 import workhours_pb2, workhours_pb2_grpc
from services.portal.adapters import decode_lookups as decode
from services.portal.adapters.calls import asked
from services.portal.adapters.listings import listed, of_part
from services.portal.adapters.own import advice, checked
from services.portal.adapters.wire_events import archived_event, dispatch_message, work_session_message
from services.portal.core.absences import Absence
from services.portal.core.admission import Admission, AdmissionCourse, AdmissionState
from services.portal.core.baselines import BaselineQuery, Baselines
from services.portal.core.events import ArchivedEvent, Dispatch, WorkSession
from services.portal.core.integration import CheckedRow
from services.portal.core.listings import FindingQuery, Listed, Part
from services.portal.core.operations import Operation
from services.portal.core.registered import Credential, PartyVersion, Registered, Responsibility
from services.portal.core.subscriptions import Delivery, Subscription
from services.portal.lookup_ports import AdvicePart, RuleCount

if TYPE_CHECKING:
    from google.protobuf.timestamp_pb2 import Timestamp


class GrpcLookups:
    """Implements ``services.portal.lookup_ports.Lookups``."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._workhours = workhours_pb2_grpc.WorkhoursServiceStub(channel)
        self._intake = intake_pb2_grpc.IntakeServiceStub(channel)
        self._audits = algo_audit_pb2_grpc.AlgoAuditServiceStub(channel)
        self._operations = operations_pb2_grpc.OperationsStub(channel)
        self._delivery = delivery_pb2_grpc.DeliveryServiceStub(channel)
        self._casework = casework_pb2_grpc.CaseworkServiceStub(channel)
        self._registry = registry_pb2_grpc.RegistryServiceStub(channel)
        self._admission = admission_pb2_grpc.AdmissionServiceStub(channel)

    async def finding_counts(self, token: str, query: FindingQuery) -> list[RuleCount]:
        """See the port."""
        wanted = workhours_pb2.FindingFilter(
            platform_id=query.platform_id,
            area_code=query.area_code,
            rule_id=query.rule_id,
            least_severity=findings_pb2.Severity.ValueType(query.least_severity),
        )
        request = workhours_pb2.SummariseFindingsRequest(filter=wanted)
        answer = await asked(self._workhours.SummariseFindings, request, token)
        return [RuleCount(each.rule_id, each.spells, each.workers) for each in answer.rules]

    async def advice(self, token: str, platform_id: str, resume_token: str, size: int) -> AdvicePart:
        """See the port."""
        request = workhours_pb2.ListAdvisoriesRequest(
            platform_id=platform_id, resume_token=resume_token, page_size=size
        )
        answer = await asked(self._workhours.ListAdvisories, request, token)
        return AdvicePart(tuple(map(advice, answer.advisories)), answer.resume_token, answer.more)

    async def worker_events(
        self, token: str, worker_id: str, start_ms: int | None, end_ms: int | None, part: Part
    ) -> Listed[ArchivedEvent]:
        """See the port."""
        request = intake_pb2.ReadWorkerEventsRequest(worker_id=worker_id, **of_part(part))
        _set(request.start_time, start_ms)
        _set(request.end_time, end_ms)
        answer = await asked(self._intake.ReadWorkerEvents, request, token)
        return listed(answer.events, archived_event, answer)

    async def check(
        self,
        token: str,
        platform_id: str,
        work_sessions: Sequence[WorkSession],
        dispatches: Sequence[Dispatch],
    ) -> list[CheckedRow]:
        """See the port."""
        request = intake_pb2.CheckEventsRequest(
            platform_id=platform_id,
            work_sessions=map(work_session_message, work_sessions),
            dispatches=map(dispatch_message, dispatches),
        )
        answer = await asked(self._intake.CheckEvents, request, token)
        return [
            *checked("dispatches", request.dispatches, answer.dispatches),
            *checked("work_sessions", request.work_sessions, answer.work_sessions),
        ]

    async def baselines(self, token: str, query: BaselineQuery, part: Part) -> Baselines:
        """See the port."""
        request = algo_audit_pb2.ListBaselinesRequest(
            metric_id=query.metric_id,
            area_code=query.area_code,
            detail=algo_audit_pb2.Detail.ValueType(query.detail),
            exclude_platform_id=query.exclude_platform_id,
            **of_part(part),
        )
        _set(request.period_start_time, query.period_start_ms)
        _set(request.period_end_time, query.period_end_ms)
        return decode.all_baselines(await asked(self._audits.ListBaselines, request, token))

    async def operations(self, token: str, part: Part) -> Listed[Operation]:
        """See the port."""
        request = operations_pb2.ListOperationsRequest(name="operations", **of_part(part))
        answer = await asked(self._operations.ListOperations, request, token)
        return listed(answer.operations, decode.operation, answer)

    async def operation(self, token: str, operation_id: str) -> Operation:
        """See the port."""
        request = operations_pb2.GetOperationRequest(name=decode.OPERATIONS + operation_id)
        return decode.operation(await asked(self._operations.GetOperation, request, token))

    async def subscriptions(self, token: str, part: Part) -> Listed[Subscription]:
        """See the port."""
        request = delivery_pb2.ListSubscriptionsRequest(**of_part(part))
        answer = await asked(self._delivery.ListSubscriptions, request, token)
        return listed(answer.subscriptions, decode.subscription, answer)

    async def deliveries(self, token: str, subscription_id: str, part: Part) -> Listed[Delivery]:
        """See the port."""
        request = delivery_pb2.ListDeliveriesRequest(subscription_id=subscription_id, **of_part(part))
        answer = await asked(self._delivery.ListDeliveries, request, token)
        return listed(answer.deliveries, decode.delivery, answer)

    async def absences(self, token: str, part: Part) -> Listed[Absence]:
        """See the port."""
        request = casework_pb2.ListAbsencesRequest(**of_part(part))
        answer = await asked(self._casework.ListAbsences, request, token)
        return listed(answer.absences, decode.absence, answer)

    async def party(self, token: str, party_id: str) -> Registered:
        """See the port."""
        request = registry_pb2.GetPartyRequest(party_id=party_id)
        return decode.registered_party((await asked(self._registry.GetParty, request, token)).party)

    async def party_versions(self, token: str, party_id: str, part: Part) -> Listed[PartyVersion]:
        """See the port."""
        request = registry_pb2.ListPartyVersionsRequest(party_id=party_id, **of_part(part))
        answer = await asked(self._registry.ListPartyVersions, request, token)
        return listed(answer.versions, decode.party_version, answer)

    async def responsibilities(
        self, token: str, article: str, area_code: str, part: Part
    ) -> Listed[Responsibility]:
        """See the port."""
        request = registry_pb2.ListResponsibilitiesRequest(
            article=article, area_code=area_code, **of_part(part)
        )
        answer = await asked(self._registry.ListResponsibilities, request, token)
        return listed(answer.responsibilities, decode.responsibility, answer)

    async def credentials(
        self, token: str, party_id: str, part: Part, *, revoked: bool
    ) -> Listed[Credential]:
        """See the port."""
        request = registry_pb2.ListCredentialsRequest(
            party_id=party_id, include_revoked=revoked, **of_part(part)
        )
        answer = await asked(self._registry.ListCredentials, request, token)
        return listed(answer.credentials, decode.credential, answer)

    async def admissions(self, token: str, state: AdmissionState, part: Part) -> Listed[Admission]:
        """See the port."""
        request = admission_pb2.ListAdmissionsRequest(
            state=admission_pb2.AdmissionState.ValueType(state), **of_part(part)
        )
        answer = await asked(self._admission.ListAdmissions, request, token)
        return listed(answer.admissions, decode.admission, answer)

    async def admission(self, token: str, platform_id: str) -> AdmissionCourse:
        """See the port."""
        request = admission_pb2.GetAdmissionRequest(platform_id=platform_id)
        answer = await asked(self._admission.GetAdmission, request, token)
        history = tuple(map(decode.admission, answer.history))
        return AdmissionCourse(decode.admission(answer.admission), answer.report, history)


def _set(moment: Timestamp, epoch_ms: int | None) -> None:
    if epoch_ms is not None:
        moment.FromMilliseconds(epoch_ms)
