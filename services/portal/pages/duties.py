"""One finding about a duty: whose it is, since when, on what grounds, and what ends it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import reports
from services.portal.web import ThePortal, TheReader, page

router = APIRouter(prefix="/duties")


# A finding's id has slashes.
@router.get("/{finding_id:path}")
async def show(
    request: Request, portal: ThePortal, reader: TheReader, finding_id: str, case: str = ""
) -> Response:
    """``case``: where the reader came from."""
    view = await reports.duty(portal.suite, portal.registry, reader.require_token(), finding_id)
    return page(request, "duty.html", view=view, names=view.names, finding=view.finding, case_id=case)
