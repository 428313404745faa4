"""An official is away, and a deputy approves in the meantime."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a deputy stands in. In Asia/Shanghai, both included."""

    official_id: str
    deputy_id: str
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether the official is away on the day."""
        return self.first <= day <= self.last


def stands_in_for(absences: Collection[Absence], deputy_id: str, day: date) -> tuple[str, ...]:
    """The officials whose deputy somebody is on a day, by id."""
    return tuple(
        sorted({each.official_id for each in absences if each.deputy_id == deputy_id and each.covers(day)})
    )
