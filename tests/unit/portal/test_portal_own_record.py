"""A worker's record by days, and what of the advice holds now."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import InvalidArgumentError, PermissionDeniedError
from services.portal.core.explanations import Coverage, RuleCounter, Timeline, TimelineInterval
from services.portal.core.findings import Severity
from services.portal.core.language import NO_TEXT
from services.portal.core.own_record import (
    DAY_MS,
    HOUR_MS,
    SHANGHAI_OFFSET_MS,
    Advice,
    AdviceKind,
    days_of,
    standing_now,
    worked_ms,
)
from services.portal.own_record import own_record

MIDNIGHT_MS = 1_773_590_400_000
"""2026-03-16 00:00 in Shanghai."""
MINUTE_MS = 60_000


def interval(start_min: int, end_min: int, order_id: str = "order") -> TimelineInterval:
    start, end = (MIDNIGHT_MS + minutes * MINUTE_MS for minutes in (start_min, end_min))
    return TimelineInterval(start, end, "order", "swift", order_id, open=False)


def timeline(*intervals: TimelineInterval, counters: tuple[RuleCounter, ...] = ()) -> Timeline:
    return Timeline(MIDNIGHT_MS, MIDNIGHT_MS + 7 * DAY_MS, intervals, counters, Coverage(0, 0), None)


SPANS = st.lists(
    st.tuples(st.integers(0, 3 * 1440), st.integers(0, 600)).map(lambda each: (each[0], each[0] + each[1])),
    max_size=12,
)


@given(SPANS)
def test_simultaneous_orders_count_once(spans: list[tuple[int, int]]) -> None:
    minutes = {minute for start, end in spans for minute in range(start, end)}
    assert worked_ms([interval(*each) for each in spans]) == len(minutes) * MINUTE_MS


@given(SPANS)
def test_the_days_hold_everything_once_and_the_latest_comes_first(spans: list[tuple[int, int]]) -> None:
    intervals = [interval(*each) for each in spans]
    days = days_of(timeline(*intervals), ())
    assert sum(day.worked_ms for day in days) == worked_ms(intervals)
    starts = [day.start_ms for day in days]
    assert starts == sorted(set(starts), reverse=True)
    for day in days:
        assert (day.start_ms + SHANGHAI_OFFSET_MS) % DAY_MS == 0
        assert day.timeline.intervals
        for each in day.timeline.intervals:
            assert day.start_ms <= each.start_ms <= each.end_ms <= day.start_ms + DAY_MS
            assert day.timeline.start_ms <= each.start_ms
            assert each.end_ms <= day.timeline.end_ms


def test_work_over_midnight_is_cut_there_and_its_counter_stands_where_it_began() -> None:
    end = MIDNIGHT_MS + DAY_MS + HOUR_MS
    counter = RuleCounter(NO_TEXT, Severity.BREACH, MIDNIGHT_MS + 22 * HOUR_MS, end, 2 * HOUR_MS, 3 * HOUR_MS)
    late, early = days_of(timeline(interval(22 * 60, 25 * 60), counters=(counter,)), ())
    assert (early.worked_ms, late.worked_ms) == (2 * HOUR_MS, HOUR_MS)
    assert (early.counters, late.counters) == ((counter,), ())


def advice(kind: AdviceKind, left_min: int | None = None, no_push_end_min: int | None = None) -> Advice:
    return Advice(
        f"{kind.name}-{left_min}-{no_push_end_min}",
        "pseudonym",
        "swift",
        "rule",
        kind,
        None if left_min is None else left_min * MINUTE_MS,
        None,
        None,
        None if no_push_end_min is None else MIDNIGHT_MS + no_push_end_min * MINUTE_MS,
        "finding",
        MIDNIGHT_MS,
        NO_TEXT,
    )


def test_advice_holds_until_its_time_is_over_or_it_is_cleared() -> None:
    near, over = advice(AdviceKind.MINUTES_LEFT, 30), advice(AdviceKind.MINUTES_LEFT, 5)
    push, cleared = advice(AdviceKind.NO_PUSH, None, 20), advice(AdviceKind.CLEARED)
    told = advice(AdviceKind.NO_PUSH)
    now = MIDNIGHT_MS + 10 * MINUTE_MS
    assert standing_now([told, cleared, over, near, push], now) == [push, near, told]
    assert standing_now([near], MIDNIGHT_MS + 30 * MINUTE_MS) == []
    assert standing_now([told], MIDNIGHT_MS + DAY_MS) == []  # whose order was never ended


def test_who_is_no_worker_is_told_so_and_not_that_a_worker_is_missing() -> None:
    async def refused(*_: Any) -> Any:
        await asyncio.sleep(0.05)  # later than the timeline's answer
        raise PermissionDeniedError("not your codes", zh="无权查看")

    async def nobody(*_: Any) -> Any:
        raise InvalidArgumentError("worker_id: missing", zh="worker_id：缺失", field="worker_id")

    own: Any = SimpleNamespace(codes=refused, record=nobody, advice=nobody)
    with pytest.raises(PermissionDeniedError):
        asyncio.run(own_record(own, own, "token", 7, MIDNIGHT_MS))
