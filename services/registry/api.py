"""``RegistryService``: decode, call a handler, encode."""

from __future__ import annotations

import hashlib

import grpc
from google.protobuf.message import Message

from kit.security.caller import current_caller
from quzhong.api.registry.v1 import registry_pb2 as pb
from quzhong.api.registry.v1 import registry_pb2_grpc
from services.registry.core.thresholds import Declaration
from services.registry.handlers import NewParty, Page, Registry
from services.registry.messages import area_message, party_message, threshold_message
from services.registry.ports import Request


class RegistryServicer(registry_pb2_grpc.RegistryServiceServicer):
    """The RPCs. Who may call which stands in ``kit.security.permissions``."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def RegisterPlatform(  # noqa: N802
        self, request: pb.RegisterPlatformRequest, context: grpc.ServicerContext
    ) -> pb.RegisterPlatformResponse:
        """See the contract."""
        new = NewParty(
            request.platform_id, pb.ROLE_PLATFORM, request.name.zh, request.name.en, request.area_codes
        )
        issued = self._registry.register_platform(_request(request.request_id, request), new)
        return pb.RegisterPlatformResponse(
            party=party_message(issued.party), token=issued.token, credential_id=issued.credential_id
        )

    def RegisterSupervisor(  # noqa: N802
        self, request: pb.RegisterSupervisorRequest, context: grpc.ServicerContext
    ) -> pb.RegisterSupervisorResponse:
        """See the contract."""
        new = NewParty(request.party_id, request.role, request.name.zh, request.name.en, request.area_codes)
        issued = self._registry.register_supervisor(_request(request.request_id, request), new)
        return pb.RegisterSupervisorResponse(
            party=party_message(issued.party), token=issued.token, credential_id=issued.credential_id
        )

    def IssueCredential(  # noqa: N802
        self, request: pb.IssueCredentialRequest, context: grpc.ServicerContext
    ) -> pb.IssueCredentialResponse:
        """See the contract."""
        issued = self._registry.issue_credential(_request(request.request_id, request), request.party_id)
        return pb.IssueCredentialResponse(credential_id=issued.credential_id, token=issued.token)

    def RevokeCredential(  # noqa: N802
        self, request: pb.RevokeCredentialRequest, context: grpc.ServicerContext
    ) -> pb.RevokeCredentialResponse:
        """See the contract."""
        revoke_ms = self._registry.revoke_credential(
            _request(request.request_id, request), request.credential_id
        )
        response = pb.RevokeCredentialResponse()
        response.revoke_time.FromMilliseconds(revoke_ms)
        return response

    def ListParties(  # noqa: N802
        self, request: pb.ListPartiesRequest, context: grpc.ServicerContext
    ) -> pb.ListPartiesResponse:
        """See the contract."""
        page = Page(request.page_size, request.page_token)
        parties, token = self._registry.parties(current_caller(), request.role, page)
        return pb.ListPartiesResponse(parties=map(party_message, parties), next_page_token=token)

    def DeclareThreshold(  # noqa: N802
        self, request: pb.DeclareThresholdRequest, context: grpc.ServicerContext
    ) -> pb.DeclareThresholdResponse:
        """See the contract."""
        current_caller().require_platform(request.platform_id)
        declaration = Declaration(
            platform_id=request.platform_id,
            metric_id=request.metric_id,
            area_code=request.area_code,
            service=request.service,
            distance_start_m=request.distance_start_m,
            distance_end_m=request.distance_end_m or None,
            value=request.value,
            effective_ms=request.effective_time.ToMilliseconds(),
        )
        threshold = self._registry.declare_threshold(_request(request.request_id, request), declaration)
        return pb.DeclareThresholdResponse(threshold=threshold_message(threshold))

    def ListThresholds(  # noqa: N802
        self, request: pb.ListThresholdsRequest, context: grpc.ServicerContext
    ) -> pb.ListThresholdsResponse:
        """See the contract."""
        caller = current_caller()
        if request.platform_id:
            caller.require_platform(request.platform_id)
        page = Page(request.page_size, request.page_token)
        thresholds, token = self._registry.thresholds(caller, request.platform_id, request.metric_id, page)
        return pb.ListThresholdsResponse(thresholds=map(threshold_message, thresholds), next_page_token=token)

    def ListAreas(  # noqa: N802
        self, request: pb.ListAreasRequest, context: grpc.ServicerContext
    ) -> pb.ListAreasResponse:
        """See the contract."""
        areas, token = self._registry.areas(request.parent_code, Page(request.page_size, request.page_token))
        return pb.ListAreasResponse(areas=map(area_message, areas), next_page_token=token)


def _request(request_id: str, message: Message) -> Request:
    # The type's name is hashed too: two kinds of request may have the same bytes.
    content = message.DESCRIPTOR.full_name.encode() + b"\0" + message.SerializeToString(deterministic=True)
    return Request(current_caller().party_id, request_id, hashlib.sha256(content).digest())
