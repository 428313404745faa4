"""One consultation: where a declared rule says what agreed on it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import handlers
from services.portal.web import ThePortal, TheReader, page

router = APIRouter(prefix="/consultations")


@router.get("/{consultation_id}")
async def show(request: Request, portal: ThePortal, reader: TheReader, consultation_id: str) -> Response:
    """Its course, in the parties' words."""
    view = await handlers.consultation(portal.suite, reader.require_token(), consultation_id)
    return page(request, "consultation.html", consultation=view.consultation, names=view.names)
