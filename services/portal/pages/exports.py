"""Lists as files: the filters are those of the page that links here."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from kit.clock import SHANGHAI, system_clock
from kit.table_files.tables import Table
from services.portal import handlers, reports, supervision
from services.portal.core.alerts import Alert
from services.portal.core.cases import Case
from services.portal.exports.calendar import calendar_of
from services.portal.exports.files import FileKind, file_of
from services.portal.exports.tables import agenda_table, alerts_table, areas_table, cases_table, reports_table
from services.portal.pages.agenda import AHEAD, BACK, day_of
from services.portal.pages.feed import TheFilter
from services.portal.ports import ReportQuery
from services.portal.presenter import Voice
from services.portal.web import Portal, Reader, ThePortal, TheReader

router = APIRouter()

PAGE = 1000
"""The contract's largest."""
MOST_ROWS = 5_000
"""More than anybody reads, and what is laid out as pages within seconds. A filter leaves fewer."""


@router.get("/exports/alerts/{kind}")
async def alerts(portal: ThePortal, reader: TheReader, kind: FileKind, alert_filter: TheFilter) -> Response:
    """The feed, newest first."""
    token, voice = reader.require_token(), voice_of(portal, reader)
    found: list[Alert] = []
    page_token = ""
    while True:
        page = await portal.suite.alerts(token, alert_filter, PAGE, page_token)
        found += page.alerts
        page_token = page.next_page_token
        if not page_token or len(found) >= MOST_ROWS:
            break
    names = await handlers.names(portal.suite, token)
    severity = alert_filter.least_severity
    filters = {
        "area": voice.area(names, alert_filter.area_code),
        "platform": voice.platform(names, alert_filter.platform_id),
        "rule": alert_filter.rule_id,
        "severity": voice.texts(f"severity_least.{severity.name.lower()}") if severity else "",
    }
    table = alerts_table(voice, names, found[:MOST_ROWS])
    return await _answer(voice, table, kind, "alerts", filters, more=bool(page_token))


@router.get("/exports/cases/{kind}")
async def cases(
    portal: ThePortal,
    reader: TheReader,
    kind: FileKind,
    platform: str = "",
    area: str = "",
    rule: str = "",
) -> Response:
    """Cases, in any state."""
    token, voice = reader.require_token(), voice_of(portal, reader)
    found: list[Case] = []
    page_token = ""
    while True:
        page = await portal.suite.cases(
            token, platform_id=platform, area_code=area, rule_id=rule, page_size=PAGE, page_token=page_token
        )
        found += page.cases
        page_token = page.next_page_token
        if not page_token or len(found) >= MOST_ROWS:
            break
    names = await handlers.names(portal.suite, token)
    filters = {"area": voice.area(names, area), "platform": voice.platform(names, platform), "rule": rule}
    table = cases_table(voice, names, found[:MOST_ROWS])
    return await _answer(voice, table, kind, "cases", filters, more=bool(page_token))


@router.get("/exports/agenda/{kind}")
async def agenda(portal: ThePortal, reader: TheReader, kind: FileKind, day: str = "") -> Response:
    """The days around a day, as the page has them."""
    token, voice, around = reader.require_token(), voice_of(portal, reader), day_of(day)
    items, names = await asyncio.gather(
        portal.casework.agenda(token, around - BACK, around + AHEAD), handlers.names(portal.suite, token)
    )
    filters = {"days": f"{around - BACK} – {around + AHEAD}"}
    return await _answer(voice, agenda_table(voice, names, items), kind, "agenda", filters)


@router.get("/exports/reports/{kind}")
async def owed_reports(
    portal: ThePortal,
    reader: TheReader,
    kind: FileKind,
    reporter: str = "",
    area: str = "",
    quarter: str = "",
) -> Response:
    """Employment reports owed and given, the late ones first."""
    token, voice = reader.require_token(), voice_of(portal, reader)
    query = ReportQuery(reporter.strip(), area.strip(), quarter.strip())
    view = await reports.owed(portal.suite, portal.registry, token, query)
    filters = {
        "reporter": voice.party(view.names, query.reporter_id),
        "area": voice.area(view.names, query.area_code),
        "quarter": voice.quarter(query.quarter),
    }
    today = datetime.fromtimestamp(system_clock() / 1000, tz=SHANGHAI).date()
    table = reports_table(voice, view.names, view.duties, today)
    return await _answer(voice, table, kind, "reports", filters)


@router.get("/exports/areas/{kind}")
async def areas(
    portal: ThePortal, reader: TheReader, kind: FileKind, platform: str = "", day: str = ""
) -> Response:
    """Where each area stands."""
    token, voice = reader.require_token(), voice_of(portal, reader)
    view = await supervision.areas(
        portal.suite, portal.supervision, token, platform_id=platform, last_date=day
    )
    filters = {
        "days": f"{view.now.first} – {view.now.last}",
        "platform": voice.platform(view.names, platform),
    }
    return await _answer(voice, areas_table(voice, view.rows), kind, "areas", filters)


@router.get("/agenda.ics")
async def calendar(request: Request, portal: ThePortal, reader: TheReader, day: str = "") -> Response:
    """Talks and deadlines around today, for a calendar that subscribes with the reader's token."""
    token, voice, around = reader.require_token(), voice_of(portal, reader), day_of(day)
    items, names = await asyncio.gather(
        portal.casework.agenda(token, around - BACK, around + AHEAD), handlers.names(portal.suite, token)
    )
    site = (portal.settings.portal_url or str(request.base_url)).rstrip("/")
    content = calendar_of(voice, names, items, site=site, made_ms=system_clock())
    headers = {"Content-Disposition": 'attachment; filename="agenda.ics"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def voice_of(portal: Portal, reader: Reader) -> Voice:
    """What is said in the reader's language."""
    return Voice(portal.presenter.texts[reader.language])


async def _answer(
    voice: Voice, table: Table, kind: FileKind, name: str, filters: Mapping[str, str], *, more: bool = False
) -> Response:
    # A thread: thousands of rows are laid out while others are served.
    file = await asyncio.to_thread(
        file_of,
        table,
        kind,
        voice.texts,
        name=name,
        filters={voice.words("export", key): value for key, value in filters.items()},
        made_ms=system_clock(),
        more=more,
    )
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
        "Cache-Control": "no-store",
    }
    return Response(file.content, media_type=file.media_type, headers=headers)
