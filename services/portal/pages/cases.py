"""Cases, and one case with everything it rests on."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import handlers
from services.portal.core.readers import may_act, may_answer
from services.portal.web import ThePortal, TheReader, page, profile_of

router = APIRouter(prefix="/cases")

WIDE, NARROW = 760, 320
"""Widths of the two drawings of a spell; the style sheet shows the one that fits."""


@router.get("")
async def index(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    platform: str = "",
    area: str = "",
    rule: str = "",
    page_token: str = "",
) -> Response:
    """All cases the reader may see; the fields filter."""
    view = await handlers.cases(
        portal.suite,
        reader.require_token(),
        platform_id=platform,
        area_code=area,
        rule_id=rule,
        page_token=page_token,
    )
    filters = {"platform": platform, "area": area, "rule": rule}
    given = {name: value for name, value in filters.items() if value}
    more = f"/cases?{urlencode(given | {'page_token': view.page.next_page_token})}"
    return page(
        request,
        "cases.html",
        view=view,
        names=view.names,
        filters=filters,
        query=urlencode(given),
        more=more if view.page.next_page_token else "",
    )


@router.get("/{case_id}")
async def show(request: Request, portal: ThePortal, reader: TheReader, case_id: str) -> Response:
    """One case."""
    view = await handlers.case(portal.suite, reader.require_token(), case_id)
    return page(
        request,
        "case.html",
        file=view.file,
        names=view.names,
        widths=(WIDE, NARROW),
        acts=may_act(profile_of(request)),
        answers=may_answer(profile_of(request), view.file.case.platform_id),
        decides=may_act(profile_of(request)),
        departments=view.names.departments,
        # Made here, so that a form sent twice acts once.
        request_id=secrets.token_hex(16),
    )
