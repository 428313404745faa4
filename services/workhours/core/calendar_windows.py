"""Calendar windows: days, weeks, fortnights and months as they begin in a named time zone.

A window lasts from one local midnight to another, so a day of a summer-time change has 23 or 25 hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from services.workhours.core.timeline import Span

WINDOWS: Final = ("day", "week", "fortnight", "month")
"""A week is fixed, Monday to Sunday. A fortnight is any two consecutive weeks: one begins every Monday."""


def windows_over(window: str, bounds: Span, zone: ZoneInfo) -> Iterator[Span]:
    """Every window that has time in common with ``bounds``, ascending by start. ``bounds`` is not empty."""
    first = _first_day(window, local_day(bounds.start_ms, zone))
    while (start_ms := midnight_ms(first, zone)) < bounds.end_ms:
        yield Span(start_ms, midnight_ms(_end_day(window, first), zone))
        first = _next_day(window, first)


def week_start_ms(moment_ms: int, zone: ZoneInfo) -> int:
    """When the fixed week that holds the moment begins."""
    return midnight_ms(_first_day("week", local_day(moment_ms, zone)), zone)


def local_day(moment_ms: int, zone: ZoneInfo) -> date:
    """The calendar day in ``zone`` on which the moment falls."""
    return (_EPOCH + timedelta(milliseconds=moment_ms)).astimezone(zone).date()


@lru_cache(maxsize=4096)
def midnight_ms(day: date, zone: ZoneInfo) -> int:
    """When ``day`` begins in ``zone``, epoch ms.

    Where the clocks jump over midnight that is the moment of the jump; where midnight comes twice, the first.
    """
    return (datetime.combine(day, time.min, tzinfo=zone) - _EPOCH) // timedelta(milliseconds=1)


_EPOCH: Final = datetime.fromtimestamp(0, tz=UTC)


def _first_day(window: str, day: date) -> date:
    """The first day of the earliest window that holds ``day``."""
    if window == "month":
        return day.replace(day=1)
    if window == "day":
        return day
    monday = day - timedelta(days=day.weekday())
    return monday - timedelta(weeks=1) if window == "fortnight" else monday


def _next_day(window: str, first: date) -> date:
    """The first day of the window that begins after the one beginning on ``first``."""
    if window == "month":
        return (first + timedelta(days=31)).replace(day=1)
    return first + timedelta(days=1 if window == "day" else 7)


def _end_day(window: str, first: date) -> date:
    """The day after the last one of the window beginning on ``first``."""
    return first + timedelta(days=14) if window == "fortnight" else _next_day(window, first)
