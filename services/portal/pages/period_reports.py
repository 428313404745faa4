"""Reports of a month or a quarter: the list, one report, its files, and praise for good conduct."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import supervision
from services.portal.core.period_reports import STEPS, ReportFormat, latest_over, periods_until
from services.portal.core.readers import Profile, Role
from services.portal.exports.files import FileKind
from services.portal.pages.agenda import day_of
from services.portal.web import ThePortal, TheReader, page, profile_of

router = APIRouter(prefix="/period-reports")

MONTHS = 12
"""Listed; any other is reached by its name in the address."""

_FORMATS = {
    FileKind.PDF: ReportFormat.PDF,
    FileKind.XLSX: ReportFormat.XLSX,
    FileKind.CSV: ReportFormat.CSV,
}


@router.get("")
async def index(request: Request, portal: ThePortal, reader: TheReader, area: str = "") -> Response:
    """The last months and quarters."""
    token, today = reader.require_token(), day_of("")
    profile = profile_of(request)
    area = area.strip() or _one_area(profile)
    return page(
        request,
        "period_reports.html",
        periods=periods_until(today, MONTHS),
        over=latest_over(today),
        # Who sees aggregates reads what is over only.
        running=profile is None or profile.role not in (Role.UNION, Role.ASSOCIATION),
        area_code=area,
        query=urlencode({"area": area} if area else {}),
        names=await portal.suite.names(token),
    )


@router.get("/{period}")
async def show(
    request: Request, portal: ThePortal, reader: TheReader, period: str, area: str = ""
) -> Response:
    """One period."""
    profile = profile_of(request)
    area = area.strip() or _one_area(profile)
    view = await supervision.period(portal.suite, portal.supervision, reader.require_token(), period, area)
    return page(
        request,
        "period_report.html",
        view=view,
        report=view.report,
        names=view.names,
        steps=STEPS,
        area_code=area,
        query=urlencode({"area": area} if area else {}),
        commends=profile is not None and profile.role is Role.OFFICIAL and bool(area),
        # Made here, so that a form sent twice acts once.
        request_id=secrets.token_hex(16),
    )


@router.get("/{period}/file/{kind}")
async def file(portal: ThePortal, reader: TheReader, period: str, kind: FileKind, area: str = "") -> Response:
    """The report as notify lays it out, in the reader's language."""
    document = await portal.supervision.period_file(
        reader.require_token(), period, area.strip(), _FORMATS[kind], reader.language
    )
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(document.name, safe='')}",
        "Cache-Control": "no-store",
    }
    return Response(document.content, media_type=document.media_type, headers=headers)


@router.post("/{period}/commend")
async def commend(
    portal: ThePortal,
    reader: TheReader,
    period: str,
    platform: Annotated[str, Form()] = "",
    area: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    form_key: Annotated[str, Form()] = "",
    request_id: Annotated[str, Form()] = "",
) -> Response:
    """A named official's letter of praise."""
    token = reader.admit(form_key)
    await portal.supervision.commend(
        token,
        period=period,
        platform_id=platform,
        area_code=area,
        reason=reason.strip(),
        request_id=request_id,
    )
    where = f"/period-reports/{quote(period, safe='')}?{urlencode({'area': area})}"
    return RedirectResponse(where, HTTPStatus.SEE_OTHER)


def _one_area(profile: Profile | None) -> str:
    """The reader's only area; empty if there are several: all of them then."""
    return profile.area_codes[0] if profile is not None and len(profile.area_codes) == 1 else ""
