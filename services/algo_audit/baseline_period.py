"""What may be asked of baselines: which days, which area, how finely.

Whole days, whichever, for authorities; for others a period of the calendar (``public_calendar``) that is
closed whole. These never overlap, so no two answers can be subtracted to give a single day's small cell.
"""

from __future__ import annotations

from dataclasses import dataclass

from kit.errors import FailedPreconditionError, InvalidArgumentError
from services.algo_audit.core.cohort_keys import DAY_MS, SHANGHAI_OFFSET_MS
from services.algo_audit.core.cohort_tree import Detail
from services.algo_audit.core.day_cells import show_day
from services.algo_audit.core.public_periods import Partition, last_whole, period_of
from services.algo_audit.public_calendar import not_public

MOST_DAYS = 366
"""Of one question: a year."""


@dataclass(frozen=True, slots=True)
class BaselineQuery:
    """What is asked for."""

    metric_id: str
    area_code: str
    """A city, or a county-level area of one."""
    start_ms: int | None
    """The first moment of a day; None: from the first day there is, or of the last whole period."""
    end_ms: int | None
    """The moment after the last day."""
    detail: Detail
    """AREA at least for a county: detail_for."""
    without: str
    """A platform that is left out; empty: none."""
    any_days: bool
    """Whether the caller may ask for any whole days."""


def days_asked(query: BaselineQuery, closed: tuple[int, int] | None, partition: Partition) -> tuple[int, int]:
    """First and last day, both included. `closed`: the first and last there are cells of; None: no day.
    `partition`: what whoever may not ask for any days may ask for.

    Raises:
        InvalidArgumentError: if the period makes no sense, or is not the caller's to ask for.
        FailedPreconditionError: NO_DAYS_CLOSED.
    """
    start, end = _day(query.start_ms), _day(query.end_ms)
    if start is not None and end is not None:
        days = start, end - 1
    else:
        if closed is None:
            raise FailedPreconditionError(
                "no day is closed yet, as a day is two days after its end; has intake taken any orders?",
                zh="尚无已封账的日期：一日在其结束两天后封账；请确认平台已报送数据",
                reason="NO_DAYS_CLOSED",
            )
        if start is None and end is None and not query.any_days:
            days = last_whole(partition, closed[1])
        else:
            last = closed[1] if end is None else end - 1
            days = max(closed[0], last - MOST_DAYS + 1) if start is None else start, last
    if days[0] > days[1]:
        raise InvalidArgumentError(
            "period_end_time: not after period_start_time, or no day is closed in between",
            zh="period_end_time：应晚于 period_start_time，且其间应有已封账的日期",
            field="period_end_time",
        )
    if days[1] - days[0] >= MOST_DAYS:
        raise InvalidArgumentError(
            f"period_start_time: {days[1] - days[0] + 1} days; ask for {MOST_DAYS} at most",
            zh=f"period_start_time：共 {days[1] - days[0] + 1} 天；一次最多查询 {MOST_DAYS} 天",
            field="period_start_time",
        )
    if not query.any_days and days != period_of(partition, days[0]):
        raise not_public(partition, days[0])
    return days


def detail_for(area_code: str, detail: Detail) -> Detail:
    """How finely is cut: a county's cohorts are cut by area at least, as those of its audits are."""
    return max(detail, Detail.AREA) if county_of(area_code) else detail


def county_of(area_code: str) -> int:
    """The code of a county-level area; 0 for a city or anything that is no code."""
    code = int(area_code) if area_code.isascii() and area_code.isdigit() else 0
    return code if code % 100 else 0


def require_closed(days: tuple[int, int], last_closed: int | None) -> None:
    """Raises FailedPreconditionError (PERIOD_NOT_OVER) if a day of them is not closed yet."""
    if last_closed is None or last_closed < days[1]:
        raise FailedPreconditionError(
            f"the period from {show_day(days[0])} is not closed yet; its last day, {show_day(days[1])}, will "
            "be two days after its end; ask for an earlier one",
            zh=f"自 {show_day(days[0])} 起的时段尚未封账，其最后一日（{show_day(days[1])}）"
            "在结束两天后封账；请查询更早的时段",
            reason="PERIOD_NOT_OVER",
        )


def _day(moment_ms: int | None) -> int | None:
    return None if moment_ms is None else (moment_ms + SHANGHAI_OFFSET_MS) // DAY_MS
