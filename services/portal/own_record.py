"""Use case: a worker's own record on one page."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from services.portal.core.explanations import Coverage
from services.portal.core.names import Names
from services.portal.core.own_record import (
    DAY_MS,
    HOUR_MS,
    Advice,
    DayRecord,
    IssuedCode,
    days_of,
    standing_now,
    worked_ms,
)
from services.portal.handlers import names
from services.portal.own_ports import Own
from services.portal.ports import Suite


@dataclass(frozen=True, slots=True)
class RecordView:
    start_ms: int
    now_ms: int
    days: list[DayRecord]
    """The latest first."""
    worked_ms: int
    """With orders in hand, over all days."""
    coverage: Coverage
    known_until_ms: int | None
    advice: list[Advice]
    """What holds now."""
    codes: list[IssuedCode]
    names: Names

    @property
    def findings(self) -> int:
        """How many there are in all."""
        return sum(len(day.findings) for day in self.days)


async def own_record(suite: Suite, own: Own, token: str, days: int, now_ms: int) -> RecordView:
    """The last days of whoever holds the token: a worker with a one-time code.

    Raises PermissionDeniedError of everybody else: their codes are asked for first, for the timeline of
    nobody in particular would be refused as such, and the reader told to name a worker.
    """
    codes = await own.codes(token)
    end_ms = now_ms + HOUR_MS  # what began a moment ago is in, also by a clock that is a little behind
    start_ms = end_ms - days * DAY_MS
    record, advised, known = await asyncio.gather(
        own.record(token, start_ms, end_ms), own.advice(token), names(suite, token)
    )
    timeline = record.timeline
    in_hand = [each for each in timeline.intervals if each.order_id and each.end_ms > each.start_ms]
    return RecordView(
        start_ms,
        now_ms,
        days_of(timeline, record.findings),
        worked_ms(in_hand),
        timeline.coverage,
        timeline.known_until_ms,
        standing_now(advised.advice, now_ms),
        codes,
        known,
    )
