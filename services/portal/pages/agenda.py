"""What is to be done by when: approvals awaited, talks, deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from kit.clock import SHANGHAI, system_clock
from kit.errors import InvalidArgumentError
from services.portal import handlers
from services.portal.core.casework import AgendaItem, AgendaKind
from services.portal.web import ThePortal, TheReader, page

router = APIRouter()

BACK = timedelta(days=14)
"""What was to be done within the last two weeks and is still there is shown too: it is late."""
AHEAD = timedelta(days=42)
"""Six weeks: longer than any deadline of the shipped policy."""


PAGE = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Day:
    """What a day holds."""

    day: date
    items: list[AgendaItem]


@router.get("/agenda")
async def index(request: Request, portal: ThePortal, reader: TheReader, day: str = "") -> Response:
    """The reader's days around a day (today if none is named), and what awaits an approval."""
    token = reader.require_token()
    today, around = day_of(""), day_of(day)
    items = await portal.casework.agenda(token, around - BACK, around + AHEAD)
    dated = [item for item in items if item.kind is not AgendaKind.APPROVAL_AWAITED]
    return page(
        request,
        "agenda.html",
        awaited=[item for item in items if item.kind is AgendaKind.APPROVAL_AWAITED],
        days=[Day(day, list(each)) for day, each in groupby(dated, key=lambda item: item.day)],
        today=today,
        around=around,
        earlier=around - PAGE,
        later=around + PAGE,
        names=await handlers.names(portal.suite, token),
        query=urlencode({"day": day} if day else {}),
    )


def day_of(text: str) -> date:
    """Today in Shanghai if it is empty. Raises InvalidArgumentError for what is no day of our time."""
    if not text:
        return datetime.fromtimestamp(system_clock() / 1000, tz=SHANGHAI).date()
    try:
        day = date.fromisoformat(text)
        if not 2000 <= day.year < 2100:
            raise ValueError
    except ValueError:
        raise InvalidArgumentError(
            f"day: {text[:20]!r} is no day, e.g. 2026-04-01",
            zh=f"day：{text[:20]!r} 不是日期，例如 2026-04-01",
            field="day",
        ) from None
    return day
