"""``RegistryService``: decode, call a handler, encode."""

from __future__ import annotations

import grpc
from google.protobuf.message import Message

from kit.grpc.moments import epoch_ms
from kit.requests import content_sha256
from kit.security.caller import current_caller
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import registry_pb2 as pb
from quzhong.api.registry.v1 import registry_pb2_grpc
from services.registry.core.pages import Page
from services.registry.core.thresholds import Declaration
from services.registry.handlers import Registry
from services.registry.identity.client_keys import ClientKeys
from services.registry.identity.credentials import Credentials
from services.registry.identity.readers import Readers
from services.registry.messages import (
    area_message,
    listed_credential_message,
    threshold_message,
    who_am_i_message,
)
from services.registry.parties.messages import given_profile, party_message, party_version_message
from services.registry.parties.reading import PartyFilter, PartyReading
from services.registry.parties.registration import NewParty, Registration
from services.registry.ports import Request
from services.registry.refusals import unknown_party


class RegistryServicer(registry_pb2_grpc.RegistryServiceServicer):
    """The RPCs. Who may call which stands in ``kit.security.permissions``."""

    def __init__(
        self,
        registry: Registry,
        registration: Registration,
        parties: PartyReading,
        credentials: Credentials,
        client_keys: ClientKeys,
        readers: Readers,
    ) -> None:
        self._registry = registry
        self._registration = registration
        self._parties = parties
        self._credentials = credentials
        self._client_keys = client_keys
        self._readers = readers

    def RegisterPlatform(  # noqa: N802
        self, request: pb.RegisterPlatformRequest, context: grpc.ServicerContext
    ) -> pb.RegisterPlatformResponse:
        """See the contract."""
        new = NewParty(
            request.platform_id,
            pb.ROLE_PLATFORM,
            request.name.zh,
            request.name.en,
            request.area_codes,
            profile=given_profile(request.profile),
        )
        issued = self._registration.register_platform(_request(request.request_id, request), new)
        return pb.RegisterPlatformResponse(
            party=party_message(issued.party), token=issued.token, credential_id=issued.credential_id
        )

    def RegisterPartnerFirm(  # noqa: N802
        self, request: pb.RegisterPartnerFirmRequest, context: grpc.ServicerContext
    ) -> pb.RegisterPartnerFirmResponse:
        """See the contract."""
        new = NewParty(
            request.party_id,
            pb.ROLE_PARTNER_FIRM,
            request.name.zh,
            request.name.en,
            request.area_codes,
            request.platform_ids,
            profile=given_profile(request.profile),
        )
        issued = self._registration.register_partner_firm(_request(request.request_id, request), new)
        return pb.RegisterPartnerFirmResponse(
            party=party_message(issued.party), token=issued.token, credential_id=issued.credential_id
        )

    def RegisterSupervisor(  # noqa: N802
        self, request: pb.RegisterSupervisorRequest, context: grpc.ServicerContext
    ) -> pb.RegisterSupervisorResponse:
        """See the contract."""
        new = NewParty(
            request.party_id,
            request.role,
            request.name.zh,
            request.name.en,
            request.area_codes,
            request.platform_ids,
            request.department_id,
            given_profile(request.profile),
        )
        issued = self._registration.register_supervisor(_request(request.request_id, request), new)
        return pb.RegisterSupervisorResponse(
            party=party_message(issued.party), token=issued.token, credential_id=issued.credential_id
        )

    def AmendParty(  # noqa: N802
        self, request: pb.AmendPartyRequest, context: grpc.ServicerContext
    ) -> pb.AmendPartyResponse:
        """See the contract."""
        caller, told = current_caller(), request.party
        new = NewParty(
            request.party_id,
            told.role,
            told.name.zh,
            told.name.en,
            told.area_codes,
            told.platform_ids,
            told.department_id,
            given_profile(told.profile),
        )
        party = self._registration.amend(
            _request(request.request_id, request),
            caller,
            request.expected_version,
            new,
            request.update_mask.paths,
            request.note,
        )
        return pb.AmendPartyResponse(party=party_message(party))

    def GetParty(  # noqa: N802
        self, request: pb.GetPartyRequest, context: grpc.ServicerContext
    ) -> pb.GetPartyResponse:
        """See the contract."""
        party = self._parties.party(current_caller(), request.party_id)
        return pb.GetPartyResponse(party=party_message(party))

    def ListPartyVersions(  # noqa: N802
        self, request: pb.ListPartyVersionsRequest, context: grpc.ServicerContext
    ) -> pb.ListPartyVersionsResponse:
        """See the contract."""
        page = Page(request.page_size, request.page_token)
        versions, token = self._parties.versions(current_caller(), request.party_id, page)
        return pb.ListPartyVersionsResponse(
            versions=map(party_version_message, versions), next_page_token=token
        )

    def ListResponsibilities(  # noqa: N802
        self, request: pb.ListResponsibilitiesRequest, context: grpc.ServicerContext
    ) -> pb.ListResponsibilitiesResponse:
        """See the contract."""
        page = Page(request.page_size, request.page_token)
        rows, token = self._parties.responsible(current_caller(), request.article, request.area_code, page)
        return pb.ListResponsibilitiesResponse(
            responsibilities=[
                pb.Responsibility(
                    unit_id=unit.unit_id,
                    name=LocalText(zh=unit.name_zh, en=unit.name_en),
                    articles=unit.articles,
                    party_ids=party_ids,
                )
                for unit, party_ids in rows
            ],
            next_page_token=token,
        )

    def IssueCredential(  # noqa: N802
        self, request: pb.IssueCredentialRequest, context: grpc.ServicerContext
    ) -> pb.IssueCredentialResponse:
        """See the contract."""
        issued = self._credentials.issue_credential(_request(request.request_id, request), request.party_id)
        return pb.IssueCredentialResponse(credential_id=issued.credential_id, token=issued.token)

    def RegisterClientKey(  # noqa: N802
        self, request: pb.RegisterClientKeyRequest, context: grpc.ServicerContext
    ) -> pb.RegisterClientKeyResponse:
        """See the contract."""
        credential_id = self._client_keys.register(
            _request(request.request_id, request), request.party_id, request.public_jwk
        )
        return pb.RegisterClientKeyResponse(credential_id=credential_id)

    def RevokeCredential(  # noqa: N802
        self, request: pb.RevokeCredentialRequest, context: grpc.ServicerContext
    ) -> pb.RevokeCredentialResponse:
        """See the contract."""
        caller = current_caller()
        revoke_ms = self._credentials.revoke_credential(
            _request(request.request_id, request),
            request.credential_id,
            whose="" if caller.everywhere else caller.party_id,
            shown=caller.credential_id,
        )
        response = pb.RevokeCredentialResponse()
        response.revoke_time.FromMilliseconds(revoke_ms)
        return response

    def ListCredentials(  # noqa: N802
        self, request: pb.ListCredentialsRequest, context: grpc.ServicerContext
    ) -> pb.ListCredentialsResponse:
        """See the contract."""
        page = Page(request.page_size, request.page_token)
        party_id, caller = request.party_id, current_caller()
        if not caller.everywhere:  # a platform: its own
            if party_id not in ("", caller.party_id):
                raise unknown_party(party_id)
            party_id = caller.party_id
        found, token = self._credentials.listed(party_id, request.include_revoked, page)
        return pb.ListCredentialsResponse(
            credentials=map(listed_credential_message, found), next_page_token=token
        )

    def ListParties(  # noqa: N802
        self, request: pb.ListPartiesRequest, context: grpc.ServicerContext
    ) -> pb.ListPartiesResponse:
        """See the contract."""
        page = Page(request.page_size, request.page_token)
        wanted = PartyFilter(request.role, request.area_code, request.platform_id, request.licence_expires_by)
        parties, token = self._parties.parties(current_caller(), wanted, page)
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
            effective_ms=epoch_ms(request.effective_time, "effective_time"),
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

    def WhoAmI(  # noqa: N802
        self, request: pb.WhoAmIRequest, context: grpc.ServicerContext
    ) -> pb.WhoAmIResponse:
        """See the contract."""
        caller = current_caller()
        return who_am_i_message(caller, self._readers.tell(caller))


def _request(request_id: str, message: Message) -> Request:
    return Request(current_caller().party_id, request_id, content_sha256(message))
