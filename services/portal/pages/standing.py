"""A platform's own page: what it owes, what it is in a case for, what it has declared."""

from __future__ import annotations

import asyncio
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from kit.clock import SHANGHAI, system_clock
from services.portal.core.readers import Role
from services.portal.standing import concerns, standing
from services.portal.web import ThePortal, TheReader, page, profile_of

router = APIRouter()


@router.get("/standing")
async def show(request: Request, portal: ThePortal, reader: TheReader) -> Response:
    """What there is to do stands first."""
    now_ms = system_clock()
    token = reader.require_token()
    today = datetime.fromtimestamp(now_ms / 1000, tz=SHANGHAI).date()
    profile, concerned, admission = profile_of(request), None, None
    view = await standing(portal.suite, portal.registry, token, now_ms)
    if profile is not None and profile.role is Role.PLATFORM:
        concerned, admission = await asyncio.gather(
            concerns(portal.casework, portal.own, token, today),
            portal.admissions.of(token, profile.party_id),
        )
    return page(
        request,
        "standing.html",
        view=view,
        concerns=concerned,
        admission=admission,
        names=view.names,
        today=today,
    )
