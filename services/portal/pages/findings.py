"""One finding, judged again from the log; one about a duty has a page of its own."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import handlers
from services.portal.pages.cases import NARROW, WIDE
from services.portal.web import ThePortal, TheReader, page

router = APIRouter(prefix="/findings")

DUTIES = "registry."
"""How the ids of findings about duties begin: no log of events has them, the registry does."""


# A finding's id may have slashes.
@router.get("/{finding_id:path}")
async def show(
    request: Request, portal: ThePortal, reader: TheReader, finding_id: str, case: str = ""
) -> Response:
    """What became of a finding; ``case``: where the reader came from."""
    if finding_id.startswith(DUTIES):
        reader.require_token()
        query = f"?{urlencode({'case': case})}" if case else ""
        return RedirectResponse(f"/duties/{quote(finding_id, safe='')}{query}", HTTPStatus.SEE_OTHER)
    view = await handlers.explain(portal.suite, reader.require_token(), finding_id)
    return page(request, "finding.html", view=view, names=view.names, case_id=case, widths=(WIDE, NARROW))
