"""Working days and quarters, against a walk from day to day and against the calendars as announced."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.holidays import chinese_working_days
from kit.working_days import WorkingDays
from services.registry.core.field_error import FieldError
from services.registry.core.quarters import Quarter, parse_quarter, quarter_of

DAYS = chinese_working_days()
DAY = timedelta(days=1)
KNOWN = st.dates(date(2004, 1, 1), date(2026, 9, 1))


@given(KNOWN)
def test_a_day_is_worked_as_the_calendar_announced_says(day: date) -> None:
    assert DAYS.is_working(day) == chinese_calendar.is_workday(day)


@given(KNOWN, st.integers(1, 40))
def test_counting_forward_is_a_walk_from_day_to_day(day: date, count: int) -> None:
    there = DAYS.after(day, count)
    walked = [day + n * DAY for n in range(1, (there - day).days + 1)]
    assert DAYS.is_working(there)
    assert sum(map(DAYS.is_working, walked)) == count


@given(KNOWN, st.integers(1, 40))
def test_counting_back_is_a_walk_from_day_to_day(day: date, count: int) -> None:
    there = DAYS.before(day, count)
    walked = [there + n * DAY for n in range((day - there).days)]
    assert DAYS.is_working(there)
    assert sum(map(DAYS.is_working, walked)) == count


@given(
    st.frozensets(st.dates(date(2030, 1, 1), date(2030, 3, 1))),
    st.frozensets(st.dates(date(2030, 1, 1), date(2030, 3, 1))),
    st.dates(date(2030, 1, 1), date(2030, 2, 1)),
    st.integers(1, 15),
)
def test_any_calendar_counts_there_and_back(
    holidays: frozenset[date], makeup: frozenset[date], day: date, count: int
) -> None:
    days = WorkingDays(holidays, makeup, frozenset())
    while not days.is_working(day):
        day += DAY
    assert days.before(days.after(day, count), count) == day


@pytest.mark.parametrize(
    ("quarter_end", "count", "due"),
    [
        # 2023: 21–27 January Spring Festival, 28 and 29 January worked.
        (date(2022, 12, 31), 15, date(2023, 1, 28)),
        (date(2022, 12, 31), 14, date(2023, 1, 20)),
        # 2025: 28 January – 4 February Spring Festival, 26 January (a Sunday) and 8 February worked.
        (date(2024, 12, 31), 19, date(2025, 1, 27)),
        (date(2024, 12, 31), 20, date(2025, 2, 5)),
        # 2026: 1–3 January, 15–23 February; 4 January, 14 and 28 February worked.
        (date(2025, 12, 31), 15, date(2026, 1, 22)),
        # 2025: 清明 4–6 April.
        (date(2025, 3, 31), 15, date(2025, 4, 22)),
        (date(2025, 9, 30), 15, date(2025, 10, 28)),
    ],
)
def test_due_dates_counted_by_hand_on_the_calendars_of_the_state_council(
    quarter_end: date, count: int, due: date
) -> None:
    assert DAYS.after(quarter_end, count) == due


def test_years_nobody_has_announced_are_told() -> None:
    assert DAYS.assumed(date(2025, 12, 31), date(2026, 1, 20)) == []
    assert WorkingDays(frozenset(), frozenset(), frozenset({2026})).assumed(
        date(2026, 12, 1), date(2027, 1, 20)
    ) == [2027]


def test_nothing_is_counted_by_zero() -> None:
    with pytest.raises(ValueError, match="count: 0"):
        DAYS.after(date(2026, 1, 1), 0)


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)))
def test_a_day_lies_within_its_quarter_and_quarters_follow_each_other(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.first_day <= day <= quarter.last_day
    assert quarter.next.first_day == quarter.last_day + DAY
    assert quarter.next.previous == quarter
    assert quarter.previous < quarter < quarter.next
    assert parse_quarter("quarter", str(quarter)) == quarter


@pytest.mark.parametrize("text", ["", "2026", "2026Q5", "2026q1", "2026Q1 ", "1999Q1", "２０２６Q1"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(FieldError, match=r"^quarter: .*2026Q1"):
        parse_quarter("quarter", text)


def test_a_quarter_is_named_in_chinese() -> None:
    assert Quarter(2026, 4).title_zh == "2026 年第四季度"
