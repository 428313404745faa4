"""What the reports need from outside."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import NamedTuple, Protocol

from services.notify.core.alerts import Audience
from services.notify.core.area_figures import OfWorker
from services.notify.core.findings import Severity
from services.notify.core.period import Period
from services.notify.core.period_report import Active, Counted
from services.notify.core.period_steps import Taken
from services.notify.core.recheck import Recheck


class Found(NamedTuple):
    """Findings that stand of one worker, or of none, in one month and place."""

    counted: Counted
    party_id: str
    """Whose duty it is; empty: no duty."""


class PeriodReading(Protocol):
    """What a period is told from. Each answer is of one moment."""

    def found(self, period: Period, opens_at: Callable[[str], Severity]) -> list[Found]:
        """What stands with a day in the period, at least as grave as its rule's cases are."""
        ...

    def active(self, first: date, last: date) -> list[Active]:
        """Workers active on these days, both included."""
        ...

    def found_of_workers(
        self, first: date, last: date, opens_at: Callable[[str], Severity]
    ) -> list[OfWorker]:
        """Likewise what stands of workers on these days."""
        ...

    def last_day(self, today: date) -> date:
        """The last day, today at the latest, with findings of workers or activity; without any, today."""
        ...

    def in_hand(self, audience: Audience) -> dict[str, int]:
        """By area, how many cases that the audience hears of are not at their end."""
        ...

    def taken(self, period: Period) -> list[Taken]:
        """Every step, whenever it was taken, of the cases that took one in the period."""
        ...

    def last_rechecks(self, case_ids: Collection[str]) -> dict[str, Recheck]:
        """The last recheck of each case that has one."""
        ...
