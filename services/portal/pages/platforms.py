"""Platforms, and all there is of one."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from kit.clock import system_clock
from services.portal import supervision
from services.portal.core.readers import Role
from services.portal.pages.agenda import day_of
from services.portal.web import ThePortal, TheReader, page, profile_of

router = APIRouter(prefix="/platforms")


@router.get("")
async def index(request: Request, portal: ThePortal, reader: TheReader) -> Response:
    """Those the reader may know of, with the most cases in hand first."""
    view = await supervision.platforms(portal.suite, reader.require_token())
    order = sorted(view.cases, key=lambda platform_id: (-view.cases[platform_id], platform_id))
    return page(request, "platforms.html", view=view, names=view.names, order=order)


@router.get("/{platform_id}")
async def show(request: Request, portal: ThePortal, reader: TheReader, platform_id: str) -> Response:
    """One platform: admission, cases, alerts, areas, reports, rules, the audit, good conduct."""
    today = day_of("")
    view = await supervision.platform(
        portal.suite,
        portal.registry,
        portal.supervision,
        portal.admissions,
        reader.require_token(),
        platform_id,
        today=today,
        now_ms=system_clock(),
    )
    profile = profile_of(request)
    return page(
        request,
        "platform.html",
        view=view,
        names=view.names,
        today=today,
        admits=profile is not None and profile.role in (Role.OFFICIAL, Role.ADMINISTRATOR),
        # Made here, so that a form sent twice acts once.
        request_id=secrets.token_hex(16),
    )


@router.post("/{platform_id}/admit")
async def admit(
    portal: ThePortal,
    reader: TheReader,
    platform_id: str,
    reason: Annotated[str, Form()] = "",
    form_key: Annotated[str, Form()] = "",
    request_id: Annotated[str, Form()] = "",
) -> Response:
    """Admission by decision, with the reason."""
    token = reader.admit(form_key)
    await portal.admissions.admit(token, platform_id, reason.strip(), request_id)
    return RedirectResponse(f"/platforms/{quote(platform_id, safe='')}#admission", HTTPStatus.SEE_OTHER)
