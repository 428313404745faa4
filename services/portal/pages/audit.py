"""Audits: every declared threshold against the middle, and one cohort drawn."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import handlers
from services.portal.core.audits import by_platform, selected, tally
from services.portal.core.cohort_chart import ChartData, chart_data
from services.portal.core.strip_chart import Scale
from services.portal.web import ThePortal, TheReader, page

router = APIRouter(prefix="/audit")

STRIP_WIDTH = 220


@router.get("")
async def show(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    area: str = "",
    platform: str = "",
    place: str = "",
    cohort: str = "",
    version: int = 0,
) -> Response:
    """The latest audit of an area; ``platform``, ``place``, ``cohort``, ``version`` name the row drawn."""
    view = await handlers.audit(portal.suite, reader.require_token(), area)
    rows = view.audit.cohorts if view.audit else ()
    chosen = selected(rows, platform, place, cohort, version)
    drawing: ChartData | None = None
    if view.audit and chosen and chosen.figures:
        texts = portal.presenter.texts[reader.language]
        labels = texts.under("audit.chart") | {"unit": texts(f"unit.{_axis_unit(view.audit.unit)}")}
        drawing = chart_data(chosen, chosen.figures, view.audit.unit, labels)
    return page(
        request,
        "audit.html",
        audit=view.audit,
        names=view.names,
        area_code=area or (view.audit.area_code if view.audit else ""),
        groups=by_platform(rows),
        tally=tally(rows),
        scale=Scale(rows, width=STRIP_WIDTH),
        chosen=chosen,
        drawing=drawing,
        # Made here, so that a form sent twice runs one audit.
        request_id=secrets.token_hex(16),
        row_link=lambda row: _row_link(
            area, row.platform_id, row.area_code, row.cohort, row.threshold_version
        ),
    )


@router.post("/run")
async def run(
    portal: ThePortal,
    reader: TheReader,
    area: Annotated[str, Form()] = "",
    form_key: Annotated[str, Form()] = "",
    request_id: Annotated[str, Form()] = "",
) -> Response:
    """Run an audit now. The service decides whether the reader may."""
    token = reader.require_token()
    reader.check_form(form_key)
    await handlers.run_audit(portal.suite, token, area, request_id or secrets.token_hex(16))
    return RedirectResponse(f"/audit?{urlencode({'area': area})}" if area else "/audit", HTTPStatus.SEE_OTHER)


def _row_link(area: str, platform: str, place: str, cohort: str, version: int) -> str:
    fields = {"area": area, "platform": platform, "place": place, "cohort": cohort, "version": version}
    return f"/audit?{urlencode({name: value for name, value in fields.items() if value})}#chart"


def _axis_unit(unit: str) -> str:
    return {"s": "minutes", "share": "share"}.get(unit, "plain")
