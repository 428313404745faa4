"""Working periods: stretches of work between two rests long enough to part them.

A day of work need not be a calendar day: it runs from the first act after a long rest to the last one before
the next. Several families count within such periods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from services.workhours.core.calendar_windows import local_day, midnight_ms, windows_over
from services.workhours.core.timeline import Span

DATED_BY: Final = ("period", "excess")
"""How a breach is dated: by the whole period, day or window judged, or from the moment the violation begins
to the end of the last act."""
DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class WorkPeriod:
    """What lies between two rests."""

    span: Span
    """From the first act to the end of the last."""
    busy: tuple[Span, ...]
    """Its acts: ascending, disjoint, not touching."""


def work_periods(busy: Sequence[Span], rest_ms: int) -> list[WorkPeriod]:
    """``busy``, a union, parted at every gap of at least ``rest_ms``."""
    periods: list[WorkPeriod] = []
    first = 0
    for at in range(1, len(busy) + 1):
        if at == len(busy) or busy[at].start_ms - busy[at - 1].end_ms >= rest_ms:
            span = Span(busy[first].start_ms, busy[at - 1].end_ms)
            periods.append(WorkPeriod(span, tuple(busy[first:at])))
            first = at
    return periods


def amounts_to(spans: Sequence[Span], length_ms: int, *, past: bool = False) -> int:
    """The first moment at which the spans so far last ``length_ms`` altogether, which they must.

    ``past``: the first moment at which one goes on from there, so never the end of a span.
    """
    left_ms = length_ms
    for span in spans:
        if left_ms < span.length_ms or (left_ms == span.length_ms and not past):
            return span.start_ms + left_ms
        left_ms -= span.length_ms
    raise ValueError(f"the spans do not amount to {length_ms} ms")


def first_at_or_after(spans: Sequence[Span], moment_ms: int) -> int | None:
    """The first moment of any span that is not before ``moment_ms``; None if all end by then."""
    for span in spans:
        if span.end_ms > moment_ms:
            return max(span.start_ms, moment_ms)
    return None


def longest_ms(spans: Sequence[Span]) -> int:
    """The length of the longest span, 0 for none."""
    return max((span.length_ms for span in spans), default=0)


def daily_hours(bounds: Span, from_ms: int, until_ms: int, zone: ZoneInfo) -> list[Span]:
    """A part of every day, e.g. 00:00 to 05:00 in ``zone``, wherever it may touch ``bounds``.

    ``from_ms`` and ``until_ms`` are times of day, ms since midnight on the clock; a part that does not end
    after it begins lasts into the next day.
    """
    a_day_more = until_ms <= from_ms
    parts: list[Span] = []
    for day in windows_over("day", Span(bounds.start_ms - DAY_MS, bounds.end_ms), zone):
        today = local_day(day.start_ms, zone)
        parts.append(
            Span(
                _on_clock(today, from_ms, zone),
                _on_clock(today + timedelta(days=1 if a_day_more else 0), until_ms, zone),
            )
        )
    return parts


def _on_clock(day: date, time_of_day_ms: int, zone: ZoneInfo) -> int:
    if time_of_day_ms == DAY_MS:
        return midnight_ms(day + timedelta(days=1), zone)
    midnight = datetime.combine(day, datetime.min.time())
    local = (midnight + timedelta(milliseconds=time_of_day_ms)).replace(tzinfo=zone)
    return int(local.timestamp() * 1000)
