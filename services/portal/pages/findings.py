"""One finding, judged again from the log."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import handlers
from services.portal.pages.cases import NARROW, WIDE
from services.portal.web import ThePortal, TheReader, page

router = APIRouter(prefix="/findings")


@router.get("/{finding_id}")
async def show(
    request: Request, portal: ThePortal, reader: TheReader, finding_id: str, case: str = ""
) -> Response:
    """What became of a finding; ``case``: where the reader came from."""
    view = await handlers.explain(portal.suite, reader.require_token(), finding_id)
    return page(request, "finding.html", view=view, names=view.names, case_id=case, widths=(WIDE, NARROW))
