"""Counting working days (工作日): Monday to Friday, less statutory holidays, plus the days worked instead.

The State Council announces holidays and make-up days (调休) for one year at a time, in autumn of the year
before. A year that is not announced yet is counted Monday to Friday, and whoever is told a day that rests on
it is told so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A calendar."""

    holidays: frozenset[date]
    """Days off, weekends among them or not."""
    makeup: frozenset[date]
    """Days worked although they fall on a weekend."""
    years: frozenset[int]
    """Years whose holidays are known."""

    def is_working(self, day: date) -> bool:
        """Whether people work on the day."""
        return day in self.makeup or (day.weekday() < 5 and day not in self.holidays)

    def after(self, day: date, count: int) -> date:
        """The ``count``-th working day after a day; 1 is the next one."""
        return self._counted(day, count, _DAY)

    def before(self, day: date, count: int) -> date:
        """The ``count``-th working day before a day; 1 is the last one before it."""
        return self._counted(day, count, -_DAY)

    def assumed(self, first: date, last: date) -> list[int]:
        """The years between two days whose holidays nobody knows yet."""
        return [year for year in range(first.year, last.year + 1) if year not in self.years]

    def _counted(self, day: date, count: int, step: timedelta) -> date:
        if count < 1:
            raise ValueError(f"count: {count} is not positive")
        following = (each for each in _walk(day, step) if self.is_working(each))
        for _ in range(count - 1):
            next(following)
        return next(following)


def _walk(day: date, step: timedelta) -> Iterator[date]:
    while True:
        day += step
        yield day
