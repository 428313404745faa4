"""A calendar month or a quarter of Asia/Shanghai."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.notify.core.findings import SHANGHAI
from services.notify.core.text import Text

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_NUMERALS_ZH = "一二三四"
FIRST_YEAR, LAST_YEAR = 2000, 2099
"""There is no platform work outside these; arithmetic with it could leave the calendar."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, both included."""

    name: str
    """``2026-03`` or ``2026-Q1``"""
    first: date
    last: date

    @property
    def title(self) -> Text:
        """As people call it."""
        if self.is_month:
            return Text(
                f"{self.first.year}年{self.first.month}月",
                f"{calendar.month_name[self.first.month]} {self.first.year}",
            )
        number = (self.first.month + 2) // 3
        ordinal = ("first", "second", "third", "fourth")[number - 1]
        return Text(
            f"{self.first.year}年第{_NUMERALS_ZH[number - 1]}季度",
            f"the {ordinal} quarter of {self.first.year}",
        )

    @property
    def is_month(self) -> bool:
        """Else a quarter."""
        return self.first.month == self.last.month

    @property
    def months(self) -> tuple[Period, ...]:
        """Its months in order; itself if it is one."""
        numbers = range(self.first.month, self.last.month + 1)
        return tuple(parse_period(f"{self.first.year}-{number:02}") for number in numbers)

    @property
    def start_ms(self) -> int:
        """Its first moment, epoch milliseconds."""
        return _midnight_ms(self.first)

    @property
    def end_ms(self) -> int:
        """The first moment after it, epoch milliseconds."""
        return _midnight_ms(self.last + timedelta(days=1))


def parse_period(name: str) -> Period:
    """The period of a name.

    Raises:
        ValueError: if it names no month or quarter of this century.
    """
    month, quarter = _MONTH.fullmatch(name), _QUARTER.fullmatch(name)
    match = month or quarter
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise ValueError(f"{name[:20]!r} is no month such as 2026-03 and no quarter such as 2026-Q1")
    year, number = int(match[1]), int(match[2])
    first, last = (number, number) if month else (3 * number - 2, 3 * number)
    return Period(name, date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def month_of(day: date) -> str:
    """The name of its month."""
    return f"{day.year}-{day.month:02}"


def _midnight_ms(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).timestamp() * 1000)
