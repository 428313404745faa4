"""The calendar of what is told: one partition of time, whatever the months and weeks of a year do."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.algo_audit.core.public_periods import Partition, last_whole, period_of

EPOCH = date(1970, 1, 1)
days = st.integers(0, 47_000)
"""1970 to 2098."""
partitions = st.sampled_from(Partition)


@given(partitions, days, days)
def test_two_periods_are_the_same_or_have_no_day_in_common(
    partition: Partition, one: int, other: int
) -> None:
    first, second = period_of(partition, one), period_of(partition, other)
    assert first[0] <= one <= first[1]
    assert first == second or first[1] < second[0] or second[1] < first[0]


@given(partitions, days)
def test_periods_leave_no_day_out(partition: Partition, day: int) -> None:
    first, last = period_of(partition, day)
    assert period_of(partition, last + 1)[0] == last + 1
    assert all(period_of(partition, each) == (first, last) for each in range(first, last + 1))


@given(days)
def test_weeks_begin_on_monday_and_months_on_the_first(day: int) -> None:
    here = EPOCH + timedelta(days=day)
    monday, sunday = (EPOCH + timedelta(days=each) for each in period_of(Partition.WEEK, day))
    assert (monday.isoweekday(), sunday.isoweekday()) == (1, 7)
    assert monday.isocalendar()[:2] == here.isocalendar()[:2]
    first, last = (EPOCH + timedelta(days=each) for each in period_of(Partition.MONTH, day))
    assert (first.day, last.day) == (1, calendar.monthrange(here.year, here.month)[1])
    assert (first.year, first.month) == (last.year, last.month) == (here.year, here.month)


@given(partitions, days)
def test_the_last_whole_period_ends_by_the_day_and_the_next_does_not(partition: Partition, day: int) -> None:
    first, last = last_whole(partition, day)
    assert last <= day < period_of(partition, last + 1)[1]
    assert period_of(partition, first) == (first, last)


@pytest.mark.parametrize(
    ("partition", "length"), [(Partition.DAY, 1), (Partition.WEEK, 7), (Partition.MONTH, 29)]
)
def test_february_of_a_leap_year(partition: Partition, length: int) -> None:
    day = (date(2028, 2, 10) - EPOCH).days
    first, last = period_of(partition, day)
    assert last - first + 1 == length
