"""A platform's own page: what it owes, what it is in a case for, what it has declared."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from kit.clock import SHANGHAI, system_clock
from services.portal.standing import standing
from services.portal.web import ThePortal, TheReader, page

router = APIRouter()


@router.get("/standing")
async def show(request: Request, portal: ThePortal, reader: TheReader) -> Response:
    """What there is to do stands first."""
    now_ms = system_clock()
    view = await standing(portal.suite, portal.registry, reader.require_token(), now_ms)
    today = datetime.fromtimestamp(now_ms / 1000, tz=SHANGHAI).date()
    return page(request, "standing.html", view=view, names=view.names, today=today)
