"""One threshold taken apart: where it stands, what another would do, how it came to be."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from kit.errors import InvalidArgumentError
from services.portal import bargaining
from services.portal.bargaining import ThresholdView
from services.portal.core import units
from services.portal.core.frontier_chart import frontier_chart
from services.portal.core.history_chart import history_chart
from services.portal.core.what_if import CohortRef, Compared, bounds
from services.portal.pages.thresholds import SIDES, consult_link
from services.portal.presenter import Voice
from services.portal.web import ThePortal, TheReader, page, profile_of

router = APIRouter(prefix="/thresholds")

WIDE, NARROW = (1080, 300), (340, 250)
"""The same drawing for wide and for narrow screens, in the SVG's user units."""


@router.get("/one")
async def show(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    audit: str = "",
    platform: str = "",
    cohort: str = "",
    service: int = 0,
    unit: str = "",
    threshold: str = "",
) -> Response:
    """``threshold`` moves it, in people's unit of ``unit``: a form without script comes here."""
    asked = CohortRef(audit, platform, cohort, service)
    moved = _moved(threshold, unit) if threshold else None
    view = await bargaining.threshold(portal.suite, portal.bargaining, reader.require_token(), asked, moved)
    if view is None:
        return page(request, "threshold.html", view=None)
    voice = Voice(portal.presenter.texts[reader.language])
    profile = profile_of(request)
    return page(
        request,
        "threshold.html",
        view=view,
        names=view.names,
        told=told(view.compared, view.audit.unit, voice) if view.compared else None,
        slider=_slider(view),
        frontiers=_frontiers(view),
        histories=_histories(view),
        consult=consult_link(view.row.platform_id, view.audit.metric_id, view.row.area_code),
        may_consult=profile is not None and profile.role in SIDES,
    )


@router.get("/what-if.json")
async def what_if(
    portal: ThePortal,
    reader: TheReader,
    audit: str = "",
    platform: str = "",
    cohort: str = "",
    service: int = 0,
    unit: str = "",
    threshold: str = "",
) -> Response:
    """What ``static/what-if.js`` asks while the slider moves: figures to compute with, and in words."""
    token = reader.require_token()
    asked = CohortRef(audit, platform, cohort, service)
    compared = await portal.bargaining.what_if(token, asked, _moved(threshold, unit))
    voice = Voice(portal.presenter.texts[reader.language])
    content = {
        "attainment": compared.moved.attainment,
        "verdict": compared.moved.verdict.name.lower(),
        "belowFloor": compared.moved.below_floor,
        "texts": told(compared, unit, voice),
    }
    return JSONResponse(content, headers={"Cache-Control": "no-store"})


def told(compared: Compared, unit: str, voice: Voice) -> dict[str, str]:
    """A what-if in words, by the name of its place on the page. Tens may be more than all there are."""
    moved, texts = compared.moved, voice.texts
    change = compared.penalty_change_fen
    penalty = "—" if moved.penalty_fen is None else voice.money(moved.penalty_fen)
    if change:
        signed = f"{'+' if change > 0 else '−'}{voice.money(abs(change))}"
        penalty = texts("what_if.penalty_change", sum=penalty, change=signed)
    ends = moved.attainment_interval
    return {
        "threshold": voice.measure(moved.threshold, unit),
        "attainment": texts(
            "what_if.attainment_text",
            share=_share(moved.attainment),
            low=_share(ends.low),
            high=_share(ends.high),
        ),
        "orders": texts(
            "what_if.orders_text",
            part=f"{min(moved.orders_affected, moved.orders):,}",
            whole=f"{moved.orders:,}",
        ),
        "workers": texts(
            "what_if.workers_text",
            part=f"{min(moved.workers_affected, moved.workers):,}",
            whole=f"{moved.workers:,}",
        ),
        "penalty": penalty,
        "verdict": voice.words("verdict", moved.verdict.name),
    }


def _share(value: float) -> str:
    return f"{value * 100:.0f}%"


def _moved(typed: str, unit: str) -> float:
    value = units.read(typed, unit)
    if value is None:
        raise InvalidArgumentError(
            f"threshold: {typed[:20]!r} is no number; type one, e.g. 28.5",
            zh=f"标准：{typed[:20]!r} 不是数字；请填写数字，例如 28.5",
            field="threshold",
            reason="THRESHOLD_NOT_A_NUMBER",
        )
    return value


def _slider(view: ThresholdView) -> dict[str, Any] | None:
    """Of the range input: its ends, step and value, in people's unit."""
    if view.frontier is None or not view.frontier.points:
        return None
    known = units.unit(view.audit.unit)
    low, high = bounds(view.frontier.points, known.step * known.factor)
    return {
        "low": units.plain(low, view.audit.unit),
        "high": units.plain(high, view.audit.unit),
        "step": known.step,
        "factor": known.factor,
    }


def _frontiers(view: ThresholdView) -> list[tuple[str, Any]]:
    if view.frontier is None or view.compared is None or not view.frontier.points:
        return []
    factor, moved = units.unit(view.audit.unit).factor, view.compared.moved
    return [
        (
            name,
            frontier_chart(
                view.frontier,
                view.audit.middle_band,
                moved.threshold,
                moved.attainment,
                factor,
                width=width,
                height=height,
            ),
        )
        for name, (width, height) in (("wide", WIDE), ("narrow", NARROW))
    ]


def _histories(view: ThresholdView) -> list[tuple[str, Any]]:
    factor = units.unit(view.audit.unit).factor
    until = view.audit.period_end_ms or view.audit.create_time_ms or 0
    drawn = [
        (name, history_chart(view.versions, view.ratchet, until, factor, width=width, height=height))
        for name, (width, height) in (("wide", WIDE), ("narrow", NARROW))
    ]
    return [(name, chart) for name, chart in drawn if chart is not None]
