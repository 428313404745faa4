"""Use case: where a supervisor's areas stand now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kit.clock import Clock
from kit.errors import InvalidArgumentError
from kit.security.sight import containing
from services.notify.core.alerts import Audience
from services.notify.core.area_figures import AreaFigures, area_figures, first_day
from services.notify.core.findings import local_day
from services.notify.core.period import FIRST_YEAR, LAST_YEAR
from services.notify.core.policy import Policy
from services.notify.period_reports.ports import PeriodReading
from services.notify.period_reports.scopes import scope_of


@dataclass(frozen=True, slots=True)
class AreasNow:
    """Seven days, both ends included, and every area's figures."""

    first: date
    last: date
    areas: list[AreaFigures]
    create_ms: int


class AreasReading:
    """Reads the store anew each time."""

    def __init__(self, reading: PeriodReading, policy: Policy, clock: Clock) -> None:
        self._reading = reading
        self._policy = policy
        self._clock = clock

    def figures(self, audience: Audience, area_code: str, last_date: str) -> AreasNow:
        """The figures of the seven days that end on ``last_date`` (ISO 8601).

        Without one they end on the last day with anything on record: of a city in operation that is today,
        of one whose past is replayed its last day.

        Raises:
            InvalidArgumentError: DATE_FORM, DATE_IN_FUTURE; AREA_FORM.
            PermissionDeniedError: FOREIGN_AREA.
        """
        now_ms = self._clock()
        scope, today = scope_of(audience, area_code), local_day(now_ms)
        last = _day(last_date, today) if last_date else self._reading.last_day(today)
        first = first_day(last)
        figures = area_figures(
            scope,
            self._reading.found_of_workers(first, last, self._policy.opens_at),
            self._reading.active(first, last),
            self._reading.in_hand(audience),
            containing,
        )
        return AreasNow(first, last, figures, now_ms)


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
        if not FIRST_YEAR < day.year <= LAST_YEAR:
            raise ValueError("no year of ours")
    except ValueError as error:
        raise InvalidArgumentError(
            f"last_date: {text[:20]!r} is no day, e.g. 2026-04-01",
            zh=f"last_date：{text[:20]!r} 不是日期，例如 2026-04-01",
            field="last_date",
            reason="DATE_FORM",
        ) from error
    if day > today:
        raise InvalidArgumentError(
            f"last_date: {text} has not come yet; name {today} at the latest",
            zh=f"last_date：{text} 尚未到来；最晚可填 {today}",
            field="last_date",
            reason="DATE_IN_FUTURE",
        )
    return day
