"""One party with its versions, who answers for which article, credentials, admission to live intake."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from services.portal.core.admission import AdmissionState
from services.portal.http_api.access import TheToken
from services.portal.http_api.answers.parties import (
    AdmissionCourse,
    AdmissionList,
    AdmissionWord,
    CredentialList,
    PartyVersionList,
    RegisteredParty,
    ResponsibilityList,
)
from services.portal.http_api.parts import AreaCode, ThePart
from services.portal.http_api.route import ONE, routes
from services.portal.web import ThePortal

router = routes("parties")


@router.get("/parties/{party_id}", responses=ONE)
async def get_party(portal: ThePortal, token: TheToken, party_id: str) -> RegisteredParty:
    """One party, with what is registered of it beyond its name."""
    return RegisteredParty.model_validate(await portal.lookups.party(token, party_id))


@router.get("/parties/{party_id}/versions", responses=ONE)
async def list_party_versions(
    portal: ThePortal, token: TheToken, part: ThePart, party_id: str
) -> PartyVersionList:
    """Everything that was ever registered of a party, the first version first."""
    listed = await portal.lookups.party_versions(token, party_id, part.part)
    part.on(listed.next_page_token)
    return PartyVersionList.model_validate(listed)


@router.get("/responsibilities")
async def list_responsibilities(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    article: Annotated[str, Query(description="E.g. 二.2.")] = "",
    area_code: AreaCode = "",
) -> ResponsibilityList:
    """Which units the notice names as responsible for each article, and who is registered as such."""
    listed = await portal.lookups.responsibilities(token, article, area_code, part.part)
    part.on(listed.next_page_token)
    return ResponsibilityList.model_validate(listed)


@router.get("/credentials", responses=ONE)
async def list_credentials(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    party_id: Annotated[str, Query(description="Empty: of all in your sight.")] = "",
    include_revoked: bool = False,
) -> CredentialList:
    """Which credentials there are, without their secrets."""
    listed = await portal.lookups.credentials(token, party_id, part.part, revoked=include_revoked)
    part.on(listed.next_page_token)
    return CredentialList.model_validate(listed)


@router.get("/admissions")
async def list_admissions(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    state: AdmissionWord = AdmissionState.UNSPECIFIED,
) -> AdmissionList:
    """Which platforms may send live events, and on what ground."""
    listed = await portal.lookups.admissions(token, state, part.part)
    part.on(listed.next_page_token)
    return AdmissionList.model_validate(listed)


@router.get("/admissions/{platform_id}", responses=ONE)
async def get_admission(portal: ThePortal, token: TheToken, platform_id: str) -> AdmissionCourse:
    """Whether a platform is admitted, and how it came to this."""
    return AdmissionCourse.model_validate(await portal.lookups.admission(token, platform_id))
