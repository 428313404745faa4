"""Work a day against a count of every minute: over midnights, while days pass, with orders let go of."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workhours.core.counter import Count, Measure, run_counter
from services.workhours.core.day_totals import DayTotals
from services.workhours.core.docket import LONG_AGO, NEVER, Due
from services.workhours.core.order_time import Orders
from services.workhours.core.work_events import Int64s
from tests.unit.workhours.shifts import DAY_START, HOUR, MINUTE

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = 24 * HOUR
DAYS = 10
WORKERS = 3
GAP = 20 * MINUTE

Shift = tuple[int, int, int]
"""Worker, start and end; ms."""

SHIFTS = st.lists(
    st.builds(
        lambda worker, start, length: (
            worker,
            DAY_START + start * MINUTE,
            DAY_START + (start + length) * MINUTE,
        ),
        st.integers(0, WORKERS - 1),
        st.integers(0, 6 * 24 * 60),
        st.integers(1, 300) | st.integers(1_300, 3_000),
    ),
    max_size=15,
)
"""Within a week and some; the longest reach over three days."""


def count_of(shifts: list[Shift]) -> Count:
    worker, start, end = np.array(shifts, dtype=np.int64).reshape(-1, 3).T
    numbers = np.arange(len(worker))
    orders = Orders(
        worker, start, end, np.zeros(len(worker), dtype=np.bool_), numbers, numbers.astype(np.uint64)
    )
    return run_counter(orders.as_of(NEVER), GAP, Measure.WORKED)


def due(since: dict[int, int] | None = None) -> Due:
    """Everybody, whole; or some, from a moment on."""
    since = since if since is not None else dict.fromkeys(range(WORKERS), LONG_AGO)
    worker = np.array(sorted(since), dtype=np.int64)
    place = np.zeros(WORKERS, dtype=np.int64)
    place[worker] = np.arange(len(worker))
    moments = np.array([since[each] for each in worker.tolist()], dtype=np.int64)
    nothing = np.zeros(len(worker), dtype=np.int64)
    return Due(worker, moments, nothing, nothing, place)


def totals(until: int, zone: ZoneInfo = SHANGHAI) -> DayTotals:
    days = DayTotals(zone, DAYS)
    days.reach(until)
    return days


def by_minutes(shifts: list[Shift], days: DayTotals) -> list[list[int]]:
    """Each worker's busy minutes on each of the days, ms."""
    busy = {
        (worker, minute) for worker, start, end in shifts for minute in range(start, end, MINUTE)
    }  # fmt: skip
    dates = [local_date(start, SHANGHAI) for start in days.starts[:-1].tolist()]
    worked = Counter((worker, local_date(minute, SHANGHAI)) for worker, minute in busy)
    return [[worked[worker, date] * MINUTE for date in dates] for worker in range(WORKERS)]


def local_date(moment: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(moment / 1000, zone).date().isoformat()


def latest(shifts: list[Shift]) -> int:
    return max((end for _, _, end in shifts), default=DAY_START)


@given(SHIFTS)
def test_a_whole_judgement_counts_every_minute_of_every_day(shifts: list[Shift]) -> None:
    days = totals(latest(shifts))
    assert days.judged(due(), count_of(shifts)).tolist() == by_minutes(shifts, days)


@given(SHIFTS)
def test_what_is_judged_twice_counts_once(shifts: list[Shift]) -> None:
    days = totals(latest(shifts))
    for _ in range(2):
        found = days.judged(due(), count_of(shifts))
    assert found.tolist() == by_minutes(shifts, days)


@given(SHIFTS, st.integers(1, 4))
def test_judging_only_the_last_spells_as_they_grow_comes_to_the_same(shifts: list[Shift], cut: int) -> None:
    """Orders come by start; each time only those from the worker's last spell on are judged again."""
    shifts = sorted(shifts, key=lambda shift: shift[1])
    days = DayTotals(SHANGHAI, DAYS)
    since = dict.fromkeys(range(WORKERS), LONG_AGO)
    for stop in range(cut, len(shifts) + cut, cut):
        known = shifts[:stop]
        days.reach(latest(known))
        touched = {worker: since[worker] for worker, _, _ in shifts[stop - cut : stop]}
        count = count_of([shift for shift in known if shift[0] in touched and shift[1] >= touched[shift[0]]])
        found = days.judged(due(touched), count)
        assert found.tolist() == [by_minutes(known, days)[worker] for worker in sorted(touched)]
        for worker, start in zip(count.spells.worker.tolist(), count.spells.start.tolist(), strict=True):
            since[worker] = max(since[worker], start)


@given(SHIFTS, st.integers(0, 8 * 24 * 60))
def test_orders_let_go_of_stay_in_the_totals(shifts: list[Shift], border: int) -> None:
    """A worker's spells that end before the border go; the rest is judged whole."""
    days = totals(latest(shifts))
    spells = count_of(shifts).spells
    gone_until = np.full(WORKERS, LONG_AGO)
    over = spells.end <= DAY_START + border * MINUTE
    np.maximum.at(gone_until, spells.worker[over], spells.end[over])
    gone = [shift for shift in shifts if shift[1] < gone_until[shift[0]]]
    days.forget_orders(count_of(gone))
    found = days.judged(due(), count_of([shift for shift in shifts if shift not in gone]))
    assert found.tolist() == by_minutes(shifts, days)

    other = DayTotals(SHANGHAI, DAYS)
    codes = np.arange(WORKERS)
    other.add_base(codes, days.starts, days.base(codes))
    assert other.starts.tolist() == days.starts.tolist()
    assert other.base(codes).tolist() == days.base(codes).tolist()


@given(SHIFTS, st.integers(1, 12))
def test_days_that_pass_are_forgotten_and_the_others_keep_their_time(shifts: list[Shift], later: int) -> None:
    days = totals(latest(shifts))
    days.forget_orders(count_of(shifts))
    days.reach(latest(shifts) + later * DAY)
    nothing = count_of([])
    assert days.judged(due(), nothing).tolist() == by_minutes(shifts, days)


def test_the_days_reach_to_the_day_after_and_never_back() -> None:
    days = totals(DAY_START)
    first, stop = days.starts[0], days.starts[-1]
    assert local_date(int(stop) - 1, SHANGHAI) == "2026-01-16"
    assert len(days.starts) == DAYS + 1
    days.reach(DAY_START - 5 * DAY)
    assert (days.starts[0], days.starts[-1]) == (first, stop)


@pytest.mark.parametrize("later", range(7))
def test_weeks_are_whole_and_begin_on_monday(later: int) -> None:
    days = totals(DAY_START + later * DAY)
    weeks = days.weeks()
    starts = [datetime.fromtimestamp(int(start) / 1000, SHANGHAI) for start in days.starts]
    mondays = [number for number in range(DAYS) if starts[number].weekday() == 0]
    assert [(week.start, week.stop) for week in weeks] == [
        (monday, monday + 7) for monday in mondays if monday + 7 <= DAYS
    ]


def test_there_are_no_weeks_before_anything_is_known() -> None:
    assert DayTotals(SHANGHAI, DAYS).weeks() == []


def test_a_day_of_25_hours_is_counted_whole() -> None:
    """Clocks in New York went back on 2026-11-01."""
    zone = ZoneInfo("America/New_York")
    start = int(datetime(2026, 11, 1, tzinfo=zone).astimezone(UTC).timestamp() * 1000)
    days = totals(start, zone)
    found = days.judged(due(), count_of([(0, start, start + 25 * HOUR)]))
    (day,) = np.flatnonzero(days.starts[:-1] == start).tolist()
    assert found[0, day] == 25 * HOUR
    assert found[0].sum() == 25 * HOUR


def test_who_is_forgotten_begins_anew() -> None:
    shifts = [(0, DAY_START, DAY_START + HOUR), (1, DAY_START, DAY_START + HOUR)]
    days = totals(latest(shifts))
    days.forget_orders(count_of(shifts))
    days.forget_workers(np.array([0, 77]))
    assert days.base(np.array([0, 1])).sum(axis=1).tolist() == [0, HOUR]


def test_what_was_kept_of_days_that_are_over_is_left_out() -> None:
    shifts = [(0, DAY_START, DAY_START + HOUR)]
    days = totals(latest(shifts))
    days.forget_orders(count_of(shifts))
    later = totals(DAY_START + 30 * DAY)
    codes: Int64s = np.array([0])
    later.add_base(codes, days.starts, days.base(codes))
    assert later.base(codes).sum() == 0
    week_later = totals(DAY_START + timedelta(days=7) // timedelta(milliseconds=1))
    week_later.add_base(codes, days.starts, days.base(codes))
    assert week_later.base(codes).sum() == HOUR
