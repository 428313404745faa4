"""Platforms, and all there is of one."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from kit.clock import system_clock
from services.portal import supervision
from services.portal.pages.agenda import day_of
from services.portal.web import ThePortal, TheReader, page

router = APIRouter(prefix="/platforms")


@router.get("")
async def index(request: Request, portal: ThePortal, reader: TheReader) -> Response:
    """Those the reader may know of, with the most cases in hand first."""
    view = await supervision.platforms(portal.suite, reader.require_token())
    order = sorted(view.cases, key=lambda platform_id: (-view.cases[platform_id], platform_id))
    return page(request, "platforms.html", view=view, names=view.names, order=order)


@router.get("/{platform_id}")
async def show(request: Request, portal: ThePortal, reader: TheReader, platform_id: str) -> Response:
    """One platform: cases, alerts, areas, reports, rules, the audit, good conduct."""
    today = day_of("")
    view = await supervision.platform(
        portal.suite,
        portal.registry,
        portal.supervision,
        reader.require_token(),
        platform_id,
        today=today,
        now_ms=system_clock(),
    )
    return page(request, "platform.html", view=view, names=view.names, today=today)
