"""Employment reports: what is owed and late, one report, and receiving it."""

from __future__ import annotations

import secrets
from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from kit.clock import SHANGHAI, system_clock
from services.portal import reports
from services.portal.core.reports import FIGURES, DueState
from services.portal.ports import ReportQuery
from services.portal.web import ThePortal, TheReader, page

router = APIRouter(prefix="/reports")

Version = Annotated[int, Query(ge=0, le=2**31 - 1)]
FormVersion = Annotated[int, Form(ge=0, le=2**31 - 1)]


@router.get("")
async def index(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    reporter: str = "",
    area: str = "",
    quarter: str = "",
) -> Response:
    """What is owed: late first, then due, then handed in."""
    query = ReportQuery(reporter.strip(), area.strip(), quarter.strip())
    view = await reports.owed(portal.suite, portal.registry, reader.require_token(), query)
    today = datetime.fromtimestamp(system_clock() / 1000, tz=SHANGHAI).date()
    overdue = sum(duty.due.state is DueState.OVERDUE for duty in view.duties)
    given = {"reporter": query.reporter_id, "area": query.area_code, "quarter": query.quarter}
    return page(
        request,
        "reports.html",
        view=view,
        names=view.names,
        query=query,
        filters=urlencode({name: value for name, value in given.items() if value}),
        today=today,
        overdue=overdue,
    )


@router.get("/{report_id}")
async def show(
    request: Request, portal: ThePortal, reader: TheReader, report_id: str, version: Version = 0
) -> Response:
    """One version of a report; without ``version`` the last one."""
    view = await reports.shown(portal.suite, portal.registry, reader.require_token(), report_id, version)
    return page(
        request,
        "report.html",
        view=view,
        names=view.names,
        report=view.report,
        figure_names=FIGURES,
        # Made here, so that a form sent twice acts once.
        request_id=secrets.token_hex(16),
    )


@router.post("/{report_id}/acknowledge")
async def acknowledge(
    portal: ThePortal,
    reader: TheReader,
    report_id: str,
    version: FormVersion = 0,
    form_key: Annotated[str, Form()] = "",
    request_id: Annotated[str, Form()] = "",
) -> Response:
    """Take note of a report. The registry decides whether the reader may."""
    token = reader.admit(form_key)
    asked = request_id or secrets.token_hex(16)
    await portal.registry.acknowledge_report(token, report_id, version, asked)
    return _back(report_id, version)


@router.post("/{report_id}/return")
async def send_back(
    portal: ThePortal,
    reader: TheReader,
    report_id: str,
    version: FormVersion = 0,
    reason: Annotated[str, Form()] = "",
    form_key: Annotated[str, Form()] = "",
    request_id: Annotated[str, Form()] = "",
) -> Response:
    """Send a report back, with the reason. The registry decides whether the reader may."""
    token = reader.admit(form_key)
    asked = request_id or secrets.token_hex(16)
    await portal.registry.return_report(token, report_id, version, reason.strip(), asked)
    return _back(report_id, version)


def _back(report_id: str, version: int) -> Response:
    query = urlencode({"version": version})
    return RedirectResponse(f"/reports/{quote(report_id, safe='')}?{query}", HTTPStatus.SEE_OTHER)
