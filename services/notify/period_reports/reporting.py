"""Use cases: what a reader may see of a period, as figures, typical cases and a list of good conduct."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kit.clock import Clock
from kit.errors import FailedPreconditionError, InvalidArgumentError
from kit.security.caller import significant
from kit.security.sight import containing
from services.notify.core.alerts import Audience
from services.notify.core.findings import local_day
from services.notify.core.good_conduct import Conduct, is_good, merits
from services.notify.core.period import Period, parse_period
from services.notify.core.period_report import Active, Counted, Row, Scope, Told, rows_of, told_of
from services.notify.core.period_steps import Cell, Taken
from services.notify.core.policy import Policy
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState
from services.notify.core.typical_cases import History, TypicalCase, typical_cases
from services.notify.period_reports.ports import PeriodReading
from services.notify.period_reports.scopes import scope_of
from services.notify.ports import Names

_CITY_DIGITS = 4
"""Of a GB/T 2260 code: province and city."""

KEPT = 4
"""Decisions on what may be told that are kept, with the findings they are of: a quarter of a large city takes
seconds, and its readers ask for the same one in several formats."""

_TOTAL = Text("合计", "total")


@dataclass(frozen=True, slots=True)
class TitledRow:
    """A row and what it is called."""

    row: Row
    title: Text


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """A report as its reader may see it."""

    period: Period
    area_code: str
    """As it was asked for; empty: the reader's areas."""
    area: Text
    rows: Sequence[TitledRow]
    typical_cases: Sequence[TypicalCase]
    aggregates_only: bool
    """Whether small figures are withheld from it."""
    create_ms: int


@dataclass(frozen=True, slots=True)
class Praised:
    """A platform on the list of good conduct."""

    platform_id: str
    reason: Text


class PeriodReporting:
    """Reads the store anew for each report: late findings and appeals amend what is told of the past."""

    def __init__(self, reading: PeriodReading, policy: Policy, names: Names, clock: Clock) -> None:
        self._reading = reading
        self._policy = policy
        self._names = names
        self._clock = clock
        self._told = lru_cache(maxsize=KEPT)(_told)

    def report(self, name: str, audience: Audience, area_code: str) -> PeriodReport:
        """Figures and typical cases of a period.

        Raises:
            InvalidArgumentError: PERIOD_FORM, PERIOD_IN_FUTURE; AREA_MISSING, see ``scope_of``.
            PermissionDeniedError: FOREIGN_AREA.
            FailedPreconditionError: PERIOD_NOT_OVER, to whoever sees aggregates only.
        """
        period, scope = self.period(name, audience), scope_of(audience, area_code)
        counted = [
            each.counted
            for each in self._reading.found(period, self._policy.opens_at)
            if _hears_duty(audience, each.party_id)
        ]
        active, taken = self._reading.active(period.first, period.last), self._reading.taken(period)
        rows = rows_of(
            period,
            scope,
            counted,
            active,
            [each for each in taken if _hears_duty(audience, each.place.party_id)],
            self._told(period, tuple(counted)) if audience.aggregates_only else None,
        )
        return PeriodReport(
            period=period,
            area_code=area_code,
            area=self._area(area_code, scope),
            rows=[TitledRow(row, self._title(row.cell)) for row in rows],
            typical_cases=self._typical(period, scope, active, taken),
            aggregates_only=audience.aggregates_only,
            create_ms=self._clock(),
        )

    def good_conduct(self, name: str, audience: Audience, area_code: str) -> list[Praised]:
        """The list, by platform. Raises as ``report`` does, and PERIOD_NOT_OVER to everybody."""
        period, scope = self.period(name, audience), scope_of(audience, area_code)
        self.require_over(period)
        standard = self._policy.good_conduct
        return [
            Praised(conduct.platform_id, merits(conduct, standard))
            for conduct in self._conducts(period, scope)
            if is_good(conduct, standard) and scope.shows(Cell(platform_id=conduct.platform_id))
        ]

    def period(self, name: str, audience: Audience) -> Period:
        """The period of a name, if it may be told of. Raises as ``report`` does."""
        try:
            period = parse_period(name)
        except ValueError as error:
            raise InvalidArgumentError(
                f"period: {error}",
                zh=f"period：{name[:20]!r} 不是月份（如 2026-03）或者季度（如 2026-Q1）",
                field="period",
                reason="PERIOD_FORM",
            ) from error
        if period.start_ms > self._clock():
            raise InvalidArgumentError(
                f"period: {name} has not begun; name one that has",
                zh=f"period：{name} 尚未开始；请填写已经开始的期间",
                field="period",
                reason="PERIOD_IN_FUTURE",
            )
        if audience.aggregates_only:
            self.require_over(period)
        return period

    def is_over(self, period: Period) -> bool:
        """Whether its last day is, late events included."""
        return self._policy.judging.is_over(period.last, self._clock())

    def require_over(self, period: Period) -> None:
        """Raises FailedPreconditionError unless the period is over, late events included.

        Who sees aggregates only would see single workers between one day's report and the next.
        """
        if not self.is_over(period):
            raise FailedPreconditionError(
                f"period: {period.name} is not over; ask from the day after {period.last} on",
                zh=f"period：{period.name} 尚未结束；请于 {period.last} 次日起查询",
                field="period",
                reason="PERIOD_NOT_OVER",
            )

    def _conducts(self, period: Period, scope: Scope) -> list[Conduct]:
        by_day: defaultdict[str, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
        for each in self._reading.active(period.first, period.last):
            if scope.holds(Cell(each.area_code)) and each.workers:
                by_day[each.platform_id][each.day] += each.workers
        workers: defaultdict[str, set[str]] = defaultdict(set)
        duties: defaultdict[str, int] = defaultdict(int)
        standards: defaultdict[str, int] = defaultdict(int)
        for counted, party_id in self._reading.found(period, self._policy.opens_at):
            platform_id = counted.cell.platform_id
            if not scope.holds(counted.cell):
                continue
            if party_id:
                duties[platform_id] += counted.findings
            elif counted.worker_id:
                workers[platform_id].add(counted.worker_id)
            else:
                standards[platform_id] += counted.findings
        warnings: defaultdict[str, int] = defaultdict(int)
        for taken in self._reading.taken(period):
            warned = (taken.from_state, taken.to_state) == (CaseState.OPEN, CaseState.WARNED)
            inside = period.start_ms <= taken.time_ms < period.end_ms
            if warned and inside and scope.holds(Cell(taken.place.area_code)):
                warnings[taken.place.platform_id] += 1
        return [
            Conduct(
                platform_id=platform_id,
                months=len(period.months),
                active_workers=max(days.values()),
                active_days=len(days),
                workers=len(workers[platform_id]),
                warnings=warnings[platform_id],
                duties=duties[platform_id],
                standards=standards[platform_id],
            )
            for platform_id, days in sorted(by_day.items())
        ]

    def _typical(
        self, period: Period, scope: Scope, active: Iterable[Active], taken: Iterable[Taken]
    ) -> list[TypicalCase]:
        """Of the cities that the scope lies in: told of one county alone, a story would name its county."""
        cities = tuple(dict.fromkeys(prefix[:_CITY_DIGITS] for prefix in scope.area_prefixes))
        platforms: defaultdict[str, set[str]] = defaultdict(set)
        for each in active:
            if each.workers:
                platforms[each.area_code[:_CITY_DIGITS]].add(each.platform_id)
        rounds: defaultdict[tuple[str, int], list[Taken]] = defaultdict(list)
        for step in taken:
            if step.place.area_code.startswith(cities):
                rounds[step.case_id, step.openings].append(step)
        ended = {
            key: steps
            for key, steps in rounds.items()
            if steps and period.start_ms <= steps[-1].time_ms < period.end_ms
        }
        rechecks = self._reading.last_rechecks({case_id for case_id, _ in ended})
        return typical_cases(
            History(
                place=steps[0].place,
                title=self._rule_title(steps[0].place.rule_id),
                city=self._names.area(steps[0].place.area_code[:_CITY_DIGITS] + "00"),
                platforms_in_city=len(platforms[steps[0].place.area_code[:_CITY_DIGITS]]),
                warned_workers=max(
                    (step.workers for step in steps if step.to_state is CaseState.WARNED), default=0
                ),
                way=[(local_day(step.time_ms), step.to_state) for step in steps],
                recheck=rechecks.get(case_id),
            )
            for (case_id, _), steps in ended.items()
        )

    def _title(self, cell: Cell) -> Text:
        if cell.rule_id:
            return self._rule_title(cell.rule_id)
        if cell.platform_id:
            return self._names.platform(cell.platform_id)
        return self._names.area(cell.area_code) if cell.area_code else _TOTAL

    def _rule_title(self, rule_id: str) -> Text:
        rule = self._policy.rule_for(rule_id)
        return Text(rule_id, rule_id) if rule is None else rule.title

    def _area(self, area_code: str, scope: Scope) -> Text:
        if not area_code and scope.area_prefixes == ("",):
            return Text("全部地区", "all areas")
        codes = [area_code] if area_code else [prefix.ljust(6, "0") for prefix in scope.area_prefixes]
        names = [self._names.area(code) for code in codes]
        return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))


def _told(period: Period, counted: tuple[Counted, ...]) -> Told:
    return told_of(period, counted, _prefixes)


def _prefixes(area_code: str) -> tuple[str, ...]:
    """Of every area a report may be asked for that contains this one, everywhere included."""
    codes = dict.fromkeys(containing(area_code))
    return (*map(significant, codes), "")


def _hears_duty(audience: Audience, party_id: str) -> bool:
    """As ``Audience`` has it: duties of a party are for itself, its platform and whoever supervises."""
    return not party_id or audience.duties_of is None or party_id == audience.duties_of
