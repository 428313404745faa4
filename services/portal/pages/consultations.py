"""Consultations: what goes on, who has to consult by when, and opening one."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from kit.clock import SHANGHAI, system_clock
from kit.errors import InvalidArgumentError, PermanentError, PermissionDeniedError, UnauthenticatedError
from services.portal import bargaining
from services.portal.core.consultations import (
    TOPICS,
    ConsultationState,
    Detail,
    GivenOpening,
    Topic,
)
from services.portal.core.readers import Profile, Role
from services.portal.pages.thresholds import SIDES
from services.portal.problems import status_of
from services.portal.web import ThePortal, TheReader, page, profile_of

router = APIRouter(prefix="/consultations")

STATES = {state.name.lower(): state for state in ConsultationState if state}
SOON_MS = 60 * 86_400_000
"""A pack, two or three offers and the day an agreement starts take some weeks: time to begin."""

FormText = Annotated[str, Form()]


@router.get("")
async def index(
    request: Request, portal: ThePortal, reader: TheReader, platform: str = "", state: str = ""
) -> Response:
    """What goes on stands first; above it what is due."""
    view = await bargaining.consultations(
        portal.suite,
        portal.bargaining,
        reader.require_token(),
        platform,
        STATES.get(state, ConsultationState.UNSPECIFIED),
    )
    now_ms = system_clock()
    profile = profile_of(request)
    return page(
        request,
        "consultations.html",
        view=view,
        names=view.names,
        platform_id=platform,
        state=state,
        states=STATES,
        reminders=[duty for duty in view.duties if duty.overdue or duty.due_ms - now_ms < SOON_MS],
        may_consult=profile is not None and profile.role in SIDES,
    )


@router.get("/new")
async def new(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    platform: str = "",
    metric: str = "",
    area: str = "",
) -> Response:
    """The form, with what the reader came from filled in."""
    topic = TOPICS.get(metric, Topic.ASSESSMENT_AND_PENALTIES) if metric else Topic.UNSPECIFIED
    typed = {"platform": platform, "metric": metric, "area": area, "topic": topic.name.lower()}
    return await _form(request, portal, reader, typed, None)


@router.post("")
async def open_one(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    platform: FormText = "",
    union: FormText = "",
    topic: FormText = "",
    metric: FormText = "",
    area: FormText = "",
    detail: FormText = "",
    first_day: FormText = "",
    last_day: FormText = "",
    text: FormText = "",
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Open it, and go into its room. What is refused stands above the form, with all that was typed."""
    token = reader.admit(form_key)
    typed = {
        "platform": platform,
        "union": union,
        "topic": topic,
        "metric": metric,
        "area": area,
        "detail": detail,
        "first_day": first_day,
        "last_day": last_day,
        "text": text,
    }
    try:
        start, end = _day(first_day, "first_day"), _day(last_day, "last_day")
        opening = GivenOpening(
            platform_id=platform.strip(),
            union_id=union.strip(),
            topic=Topic.__members__.get(topic.upper(), Topic.UNSPECIFIED),
            metric_id=metric.strip(),
            area_code=area.strip(),
            detail=Detail.__members__.get(detail.upper(), Detail.UNSPECIFIED),
            start_ms=_ms(start) if start else None,
            end_ms=_ms(end + timedelta(days=1)) if end else None,
            text=text.strip(),
        )
        opened = await portal.bargaining.open(token, opening, request_id or secrets.token_hex(16))
    except (PermissionDeniedError, UnauthenticatedError):
        raise
    except PermanentError as error:
        return await _form(request, portal, reader, typed, error)
    return RedirectResponse(f"/consultations/{quote(opened, safe='')}", HTTPStatus.SEE_OTHER)


async def _form(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    typed: dict[str, str],
    problem: PermanentError | None,
) -> Response:
    view = await bargaining.opening(portal.suite, portal.bargaining, reader.require_token())
    profile = profile_of(request)
    return page(
        request,
        "consultation_new.html",
        status=status_of(problem) if problem else 200,
        view=view,
        names=view.names,
        typed=typed,
        problem=problem,
        topics=[topic for topic in Topic if topic],
        details=[detail for detail in Detail if detail],
        own_platform=_own(profile, Role.PLATFORM),
        own_union=_own(profile, Role.UNION),
        request_id=secrets.token_hex(16),
    )


def _own(profile: Profile | None, role: Role) -> str:
    """The reader's id if it is of that side: there is nothing to choose then."""
    return profile.party_id if profile is not None and profile.role is role else ""


def _day(typed: str, field: str) -> date | None:
    """Raises InvalidArgumentError for what is neither empty nor a day."""
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise InvalidArgumentError(
            f"{field}: {typed[:20]!r} is no day, e.g. 2026-04-01",
            zh=f"{field}：{typed[:20]!r} 不是日期，例如 2026-04-01",
            field=field,
            reason="DAY_UNREADABLE",
        ) from None


def _ms(day: date) -> int:
    return int(datetime.combine(day, time(), SHANGHAI).timestamp() * 1000)
