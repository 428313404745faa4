"""Where each area stands: the registry's tree, with what seven days brought."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import supervision
from services.portal.pages.agenda import day_of
from services.portal.web import ThePortal, TheReader, page

router = APIRouter()


@router.get("/areas")
async def index(
    request: Request, portal: ThePortal, reader: TheReader, platform: str = "", day: str = ""
) -> Response:
    """All of the reader's areas; of one platform if it is named, up to a day if one is."""
    last_date = day_of(day).isoformat() if day else ""
    view = await supervision.areas(
        portal.suite,
        portal.supervision,
        reader.require_token(),
        platform_id=platform.strip(),
        last_date=last_date,
    )
    return page(
        request,
        "areas.html",
        view=view,
        names=view.names,
        platform_id=platform.strip(),
        until=view.now.last.isoformat(),
        query=urlencode({name: value for name, value in {"platform": platform, "day": day}.items() if value}),
    )
