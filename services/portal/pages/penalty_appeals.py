"""Appeals of workers against penalties: listed, filed under a pseudonym, answered."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from kit.errors import InvalidArgumentError, PermanentError, PermissionDeniedError, UnauthenticatedError
from services.portal import bargaining, handlers
from services.portal.core import units
from services.portal.core.penalty_appeals import GivenAppeal, PenaltyAppealState
from services.portal.core.readers import Role, may_answer
from services.portal.pages.thresholds import SIDES
from services.portal.problems import status_of
from services.portal.web import ThePortal, TheReader, page, profile_of

router = APIRouter(prefix="/appeals")

STATES = {state.name.lower(): state for state in PenaltyAppealState if state}

FormText = Annotated[str, Form()]


@router.get("")
async def index(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    platform: str = "",
    state: str = "",
    overdue: str = "",
) -> Response:
    """What waits stands first."""
    reader.require_token()
    return await _list(request, portal, reader, platform, state, overdue, {}, None)


@router.post("")
async def file(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    platform: FormText = "",
    worker: FormText = "",
    order: FormText = "",
    penalty: FormText = "",
    grounds: FormText = "",
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """File one for a worker. What is refused stands above the form, with all that was typed."""
    token = reader.admit(form_key)
    typed = {"platform": platform, "worker": worker, "order": order, "penalty": penalty, "grounds": grounds}
    try:
        given = GivenAppeal(
            platform_id=platform.strip(),
            worker_id=worker.strip(),
            order_id=order.strip(),
            penalty_fen=_fen(penalty),
            grounds=grounds.strip(),
        )
        filed = await portal.bargaining.file_appeal(token, given, request_id or secrets.token_hex(16))
    except (PermissionDeniedError, UnauthenticatedError):
        raise
    except PermanentError as error:
        return await _list(request, portal, reader, "", "", "", typed, error)
    return _to(filed)


@router.get("/{appeal_id}")
async def show(request: Request, portal: ThePortal, reader: TheReader, appeal_id: str) -> Response:
    """One appeal with its answer."""
    return await _one(request, portal, reader, appeal_id, {}, None)


@router.post("/{appeal_id}/reply")
async def reply(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    appeal_id: str,
    outcome: FormText = "",
    text: FormText = "",
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """The platform answers, and decides."""
    token = reader.admit(form_key)
    try:
        await portal.bargaining.answer_appeal(
            token,
            appeal_id,
            STATES.get(outcome, PenaltyAppealState.UNSPECIFIED),
            text.strip(),
            request_id or secrets.token_hex(16),
        )
    except (PermissionDeniedError, UnauthenticatedError):
        raise
    except PermanentError as error:
        return await _one(request, portal, reader, appeal_id, {"outcome": outcome, "text": text}, error)
    return _to(appeal_id)


async def _list(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    platform: str,
    state: str,
    overdue: str,
    typed: dict[str, str],
    problem: PermanentError | None,
) -> Response:
    view = await bargaining.appeals(
        portal.suite,
        portal.bargaining,
        reader.token,
        platform,
        STATES.get(state, PenaltyAppealState.UNSPECIFIED),
        overdue=overdue == "yes",
    )
    profile = profile_of(request)
    return page(
        request,
        "penalty_appeals.html",
        status=status_of(problem) if problem else 200,
        view=view,
        names=view.names,
        platform_id=platform,
        state=state,
        states=STATES,
        overdue=overdue == "yes",
        typed=typed,
        problem=problem,
        may_file=profile is not None and profile.role in SIDES,
        own_platform=profile.party_id if profile is not None and profile.role is Role.PLATFORM else "",
        is_union=profile is not None and profile.role is Role.UNION,
        request_id=secrets.token_hex(16),
    )


async def _one(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    appeal_id: str,
    typed: dict[str, str],
    problem: PermanentError | None,
) -> Response:
    token = reader.require_token()
    appeal = await portal.bargaining.appeal(token, appeal_id)
    return page(
        request,
        "penalty_appeal.html",
        status=status_of(problem) if problem else 200,
        appeal=appeal,
        names=await handlers.names(portal.suite, token),
        typed=typed,
        problem=problem,
        may_reply=appeal.waits and may_answer(profile_of(request), appeal.platform_id),
        request_id=secrets.token_hex(16),
    )


def _fen(typed: str) -> int:
    """Yuan as typed, in fen. Raises InvalidArgumentError for what is no sum of money."""
    value = units.read(typed, "fen")
    if value is None or value != int(value):
        raise InvalidArgumentError(
            f"penalty: {typed[:20]!r} is no sum in yuan, e.g. 15 or 7.50",
            zh=f"罚款金额：{typed[:20]!r} 不是以元计的金额，例如 15 或 7.50",
            field="penalty",
            reason="PENALTY_UNREADABLE",
        )
    return int(value)


def _to(appeal_id: str) -> Response:
    return RedirectResponse(f"/appeals/{quote(appeal_id, safe='')}", HTTPStatus.SEE_OTHER)
