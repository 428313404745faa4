"""Quarters of the calendar year, as reports are due by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from services.registry.core.field_error import FieldError

_FORM = re.compile(r"(20[0-9]{2})Q([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months."""

    year: int
    number: int
    """1–4."""

    def __str__(self) -> str:
        """E.g. 2026Q1."""
        return f"{self.year}Q{self.number}"

    @property
    def first_day(self) -> date:
        """Included."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """Included."""
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        """The one after it."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def previous(self) -> Quarter:
        """The one before it."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def title_zh(self) -> str:
        """E.g. 2026 年第一季度."""
        return f"{self.year} 年第{'一二三四'[self.number - 1]}季度"


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def parse_quarter(field: str, text: str) -> Quarter:
    """A quarter written as 2026Q1.

    Raises:
        FieldError: QUARTER_FORM.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise FieldError(
            field,
            "QUARTER_FORM",
            f"{text[:20]!r} is no quarter; write it as 2026Q1",
            f"{text[:20]!r} 不是季度；请按 2026Q1 的格式填写",
        )
    return Quarter(int(found[1]), int(found[2]))
