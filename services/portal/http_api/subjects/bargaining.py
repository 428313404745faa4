"""Consultations and appeals against penalties."""

from __future__ import annotations

from services.portal.core.consultations import ConsultationState
from services.portal.core.penalty_appeals import PenaltyAppealState
from services.portal.http_api.access import TheToken
from services.portal.http_api.answers.bargaining import (
    AppealWord,
    ConsultationDutyList,
    ConsultationList,
    ConsultationWord,
    PenaltyAppeal,
    PenaltyAppealList,
    Room,
)
from services.portal.http_api.parts import ThePart
from services.portal.http_api.route import ONE, routes
from services.portal.web import ThePortal

router = routes("consultations and appeals")


@router.get("/consultations")
async def list_consultations(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    platform_id: str = "",
    state: ConsultationWord = ConsultationState.UNSPECIFIED,
) -> ConsultationList:
    """Consultations, without offers and course."""
    listed = await portal.listings.consultations(token, platform_id, state, part.part)
    part.on(listed.next_page_token)
    return ConsultationList.model_validate(listed)


@router.get("/consultation-duties")
async def list_consultation_duties(portal: ThePortal, token: TheToken, part: ThePart) -> ConsultationDutyList:
    """Which platform has to consult again by when."""
    listed = await portal.listings.consultation_duties(token, part.part)
    part.on(listed.next_page_token)
    return ConsultationDutyList.model_validate(listed)


@router.get("/consultations/{consultation_id}", responses=ONE)
async def get_consultation(portal: ThePortal, token: TheToken, consultation_id: str) -> Room:
    """One consultation: offers and what each would do, its course, the rows of its pack."""
    return Room.model_validate(await portal.bargaining.room(token, consultation_id))


@router.get("/appeals")
async def list_appeals(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    platform_id: str = "",
    state: AppealWord = PenaltyAppealState.UNSPECIFIED,
    overdue_only: bool = False,
) -> PenaltyAppealList:
    """Appeals of workers against penalties."""
    listed = await portal.listings.appeals(token, platform_id, state, part.part, overdue=overdue_only)
    part.on(listed.next_page_token)
    return PenaltyAppealList.model_validate(listed)


@router.get("/appeals/{appeal_id}", responses=ONE)
async def get_appeal(portal: ThePortal, token: TheToken, appeal_id: str) -> PenaltyAppeal:
    """One appeal with its answer."""
    return PenaltyAppeal.model_validate(await portal.bargaining.appeal(token, appeal_id))
