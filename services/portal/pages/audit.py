"""Audits: every declared threshold against the middle, and one cohort drawn."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import handlers
from services.portal.core.audits import CohortAudit, by_platform, selected, tally
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
    metric: str = "",
    area: str = "",
    platform: str = "",
    place: str = "",
    cohort: str = "",
    version: int = 0,
) -> Response:
    """The latest audit of an area; ``platform``, ``place``, ``cohort``, ``version`` name the row drawn."""
    view = await handlers.audit(portal.suite, reader.require_token(), metric, area)
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
        metric_id=metric,
        groups=by_platform(rows),
        tally=tally(rows),
        scale=Scale(rows, width=STRIP_WIDTH),
        chosen=chosen,
        drawing=drawing,
        # Made here, so that a form sent twice runs one audit.
        request_id=secrets.token_hex(16),
        row_link=lambda row: row_link(metric, area, row),
    )


@router.post("/run")
async def run(
    portal: ThePortal,
    reader: TheReader,
    metric: Annotated[str, Form()] = "",
    area: Annotated[str, Form()] = "",
    form_key: Annotated[str, Form()] = "",
    request_id: Annotated[str, Form()] = "",
) -> Response:
    """Run an audit now. The service decides whether the reader may."""
    token = reader.admit(form_key)
    await handlers.run_audit(portal.suite, token, metric, area, request_id or secrets.token_hex(16))
    asked = urlencode({name: value for name, value in (("metric", metric), ("area", area)) if value})
    return RedirectResponse(f"/audit?{asked}" if asked else "/audit", HTTPStatus.SEE_OTHER)


def row_link(metric: str, area: str, row: CohortAudit) -> str:
    """Where a row of the latest audit of a metric (empty: delivery time) in an area (empty: any) is drawn."""
    fields = {
        "metric": metric,
        "area": area,
        "platform": row.platform_id,
        "place": row.area_code,
        "cohort": row.cohort,
        "version": row.threshold_version,
    }
    return f"/audit?{urlencode({name: value for name, value in fields.items() if value})}#chart"


def _axis_unit(unit: str) -> str:
    return {"s": "minutes", "share": "share"}.get(unit, "plain")
