"""Every declared threshold against the middle, at a glance; groups, pay and rules as applied."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from kit.clock import system_clock
from services.portal import bargaining
from services.portal.core.audits import Verdict, tally
from services.portal.core.language import Language
from services.portal.core.readers import Role
from services.portal.core.strip_chart import Scale
from services.portal.core.thresholds import MetricTable, Order, Standing, ThresholdQuery
from services.portal.pages.audit import row_link
from services.portal.web import ThePortal, TheReader, page, profile_of

router = APIRouter(prefix="/thresholds")

STRIP_WIDTH = 220
VERDICTS = {verdict.name.lower(): verdict for verdict in Verdict if verdict}
SIDES = (Role.UNION, Role.PLATFORM)
"""Who may open a consultation."""


@router.get("")
async def index(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    platform: str = "",
    metric: str = "",
    area: str = "",
    verdict: str = "",
    sort: str = "",
) -> Response:
    """By metric, the gravest first; what is filtered and sorted by stands in the address."""
    query = ThresholdQuery(
        platform_id=platform,
        metric_id=metric,
        area_code=area,
        verdict=VERDICTS.get(verdict),
        order=Order(sort) if sort in set(Order) else Order.GRAVITY,
    )
    in_words = "en" if reader.language is Language.ENGLISH else "zh"
    view = await bargaining.thresholds(
        portal.suite, portal.bargaining, reader.require_token(), query, in_words, system_clock()
    )
    fields = {"platform": platform, "metric": metric, "area": area, "verdict": verdict}
    kept = {name: value for name, value in fields.items() if value}
    profile = profile_of(request)

    def sort_link(order: str) -> str:
        fields = kept | ({} if order == Order.GRAVITY else {"sort": order})
        return f"/thresholds?{urlencode(fields)}" if fields else "/thresholds"

    return page(
        request,
        "thresholds.html",
        view=view,
        names=view.names,
        query=query,
        verdicts=VERDICTS,
        orders=list(Order),
        tally=tally([each.row for each in view.standings]),
        scale_of=_scale,
        sort_link=sort_link,
        filtered=bool(kept),
        may_consult=profile is not None and profile.role in SIDES,
        one_link=one_link,
        audit_link=lambda each: row_link(each.audit.metric_id, each.audit.area_code, each.row),
        consult_link=lambda each: consult_link(
            each.row.platform_id, each.audit.metric_id, each.row.area_code
        ),
    )


@router.get("/groups")
async def groups(request: Request, portal: ThePortal, reader: TheReader, audit: str = "") -> Response:
    """Parity between coarse groups, pay beside the minimum wage, rules as applied, limits over time."""
    view = await bargaining.groups(portal.suite, portal.bargaining, reader.require_token(), audit)
    pay = view.audit.pay if view.audit else ()
    told = [
        value
        for each in pay
        for value in (each.p10, each.p50, each.p90, each.minimum_wage)
        if value is not None
    ]
    return page(
        request,
        "groups.html",
        view=view,
        names=view.names,
        audit=view.audit,
        pay_range=(min(told), max(told)) if told else (0.0, 1.0),
    )


def one_link(each: Standing) -> str:
    """Where one threshold is taken apart."""
    fields = {
        "audit": each.audit.audit_id,
        "platform": each.row.platform_id,
        "cohort": each.row.cohort,
        "service": each.row.service,
    }
    return f"/thresholds/one?{urlencode({name: value for name, value in fields.items() if value})}"


def consult_link(platform_id: str, metric_id: str, area_code: str) -> str:
    """Where a consultation on it is opened."""
    return (
        f"/consultations/new?{urlencode({'platform': platform_id, 'metric': metric_id, 'area': area_code})}"
    )


def _scale(table: MetricTable) -> Scale:
    return Scale(table.rows, width=STRIP_WIDTH)
