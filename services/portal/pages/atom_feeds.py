"""Atom feeds of alerts about cases and letters: one an area, one a department.

Read by programs, with the same token as every page; what a reader may not see is not in its feed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import Response

from kit.errors import NotFoundError
from services.portal import handlers
from services.portal.conditional import READERS_OWN, etag, has_it
from services.portal.core.alerts import AlertFilter
from services.portal.core.language import Language
from services.portal.feeds.atom import Subject, atom, newest_ms
from services.portal.web import Portal, Reader, ThePortal, TheReader

router = APIRouter()

ENTRIES = 50
"""As many as the page of the feed has: a reader that asks once a day misses none of a city's ordinary day.
Whoever must miss nothing has ``/feed/events`` or a subscription."""

_AREA = re.compile(r"[0-9]{6}")
_PARTY = re.compile(r"[A-Za-z0-9._-]{1,64}")


@router.get("/feeds/{area_code}.atom")
async def of_area(request: Request, portal: ThePortal, reader: TheReader, area_code: str) -> Response:
    """Of an area; a city's includes its counties."""
    if _AREA.fullmatch(area_code) is None:
        raise NotFoundError(
            f"area_code: {area_code[:40]!r} is no code of GB/T 2260, which has six digits, such as 130200",
            zh=f"area_code：{area_code[:40]!r} 不是 GB/T 2260 区划代码；应为六位数字，如 130200",
            field="area_code",
            reason="AREA_UNKNOWN",
        )
    return await _feed(request, portal, reader, AlertFilter(area_code=area_code, cases_only=True))


@router.get("/feeds/departments/{department_id}.atom")
async def of_department(
    request: Request, portal: ThePortal, reader: TheReader, department_id: str
) -> Response:
    """Of the cases that a department is responsible for."""
    if _PARTY.fullmatch(department_id) is None:  # what is none must not get into XML either
        raise NotFoundError(
            f"department_id: {department_id[:40]!r} is nobody's",
            zh=f"department_id：没有 {department_id[:40]!r} 这一部门",
            field="department_id",
            reason="DEPARTMENT_UNKNOWN",
        )
    return await _feed(request, portal, reader, AlertFilter(department_id=department_id, cases_only=True))


async def _feed(request: Request, portal: Portal, reader: Reader, alert_filter: AlertFilter) -> Response:
    view = await handlers.feed(portal.suite, reader.require_token(), alert_filter, "")
    alerts = view.page.alerts[:ENTRIES]
    if alert_filter.department_id:
        tag, name = f"department/{alert_filter.department_id}", view.names.party
        whose = name(alert_filter.department_id, reader.language)
    else:
        tag = f"area/{alert_filter.area_code}"
        whose = view.names.area(alert_filter.area_code, reader.language)
    title = f"监管预警：{whose}" if reader.language is Language.CHINESE else f"Alerts: {whose}"
    site = (portal.settings.portal_url or str(request.base_url)).rstrip("/")
    content = atom(Subject(tag, title, site + request.url.path, site), alerts, view.names, reader.language)
    changed = datetime.fromtimestamp(newest_ms(alerts) // 1000, tz=UTC)
    headers = {
        "ETag": etag(request, content),
        "Last-Modified": format_datetime(changed, usegmt=True),
        **READERS_OWN,
        "Content-Language": str(reader.language),
    }
    if has_it(request, headers["ETag"], changed):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, media_type="application/atom+xml", headers=headers)
