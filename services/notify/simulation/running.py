"""A policy run over past findings with a moved clock: what would have been sent, to whom, on which day, why.

The same use cases run as in the service, over a store that is thrown away. Each day goes by as a supervisor
lives it:

1. at 00:00 deadlines that ended with the day before are seen to;
2. once the day before is over (late events and quiet included), rates are judged and rechecks made;
3. on working days platforms answer what warnings they got (10:00), and an official does what cases wait for
   (noon): approves, summons to the first day there may be a talk, holds it, orders to rectify; each if it is
   assumed that they do;
4. in the evening the day's findings and activity come in; what warns at once warns at once.

The run ends with the last day of the data; of what comes after nothing is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kit.holidays import chinese_working_days
from kit.storage.store import Store
from services.notify.adapters.casework_book import SqlCaseworkBook
from services.notify.adapters.reading import SqlReading
from services.notify.adapters.tables import METADATA
from services.notify.casework.acts import Casework
from services.notify.casework.ports import CaseworkBook, Official
from services.notify.core.alerts import Audience
from services.notify.core.cases import Case, CaseStep
from services.notify.core.findings import SHANGHAI, Finding, Place, replaces
from services.notify.core.policy import Policy
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState
from services.notify.handlers import CaseWork
from services.notify.ladder.climbing import Climbing
from services.notify.ports import ActivityCount, Report
from services.notify.simulation.assumed_acts import AssumedActs

_DAY = timedelta(days=1)
_AT_ONCE = 1_000
"""Findings in one transaction, and steps in one question."""
_MOST_CASES = 1_000_000
"""Of one state: all of them."""


class Assumed(StrEnum):
    """Whether people do in time what is asked of them: none of them, or all."""

    NEVER = "never"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of the past."""

    reports: Sequence[Report]
    """Of each finding any number of revisions: the highest counts."""
    counts: Sequence[ActivityCount]

    def within(self, first: date | None, last: date | None) -> Past:
        """What lies in these days, both included; None: no limit."""

        def inside(day: date) -> bool:
            return (first is None or day >= first) and (last is None or day <= last)

        return Past(
            [report for report in _held(self.reports) if inside(report.finding.day)],
            [count for count in self.counts if inside(count.day)],
        )

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last; None if nothing is known."""
        days = {report.finding.day for report in self.reports} | {count.day for count in self.counts}
        return (min(days), max(days)) if days else None


@dataclass(frozen=True, slots=True)
class Happened:
    """A step that would have been taken."""

    place: Place
    step: CaseStep


def simulate(
    policy: Policy,
    past: Past,
    store_url: str,
    answers: Assumed,
    officials: Assumed,
    on_day: Callable[[], None] = lambda: None,
) -> list[Happened]:
    """Every step, in order. ``store_url`` names an empty database; ``on_day`` is called after each day.

    Raises:
        StorageUnavailableError: if it cannot be written.
    """
    store = Store.open(store_url, METADATA)
    try:
        run = _Run(policy, store)
        _live(run, past, answers, officials, on_day)
        return run.happened()
    finally:
        store.close()


def days_of(past: Past) -> int:
    """How often ``on_day`` will be called."""
    return 0 if past.days is None else (past.days[1] - past.days[0]).days + 2


def _live(run: _Run, past: Past, answers: Assumed, officials: Assumed, on_day: Callable[[], None]) -> None:
    if past.days is None:
        return
    reports: defaultdict[date, list[Report]] = defaultdict(list)
    for report in past.reports:
        reports[report.finding.day].append(report)
    counts: defaultdict[date, list[ActivityCount]] = defaultdict(list)
    for count in past.counts:
        counts[count.day].append(count)
    day, last = past.days
    while day <= last + _DAY:
        run.judge_at(day, time())  # 1
        run.judge_at(day, run.over)  # 2
        if answers is Assumed.ALWAYS and run.is_working_day(day):
            run.answer_at(day, time(10))  # 3
        if officials is Assumed.ALWAYS and run.is_working_day(day):
            run.officiate_at(day, time(12))
        run.take_at(day, time(20), reports[day], counts[day])  # 4
        on_day()
        day += _DAY


class _Run:
    """The use cases over one store, with a clock moved by hand."""

    def __init__(self, policy: Policy, store: Store) -> None:
        self._store = store
        self._reading = SqlReading(store)
        self._now_ms = 0
        self._days = chinese_working_days()
        nobody = _Nobody()
        climbing = Climbing(policy, nobody, nobody, self._days)
        self._work = CaseWork(climbing, lambda: self._now_ms)
        casework = Casework(climbing, nobody, self._book, lambda: self._now_ms)
        self._acts = AssumedActs(casework, self._book, self._days, lambda: self._now_ms)
        waits = policy.judging.late_events_ms + policy.judging.quiet_ms
        self.over = (datetime.min + timedelta(milliseconds=waits + 1)).time()
        """When the day before is over and quiet; waits of a day and more are cut to what a day holds."""

    def is_working_day(self, day: date) -> bool:
        return self._days.is_working(day)

    def judge_at(self, day: date, clock: time) -> None:
        self._move(day, clock)
        while self._reading.policy_due(self._now_ms, day):
            with self._book() as book:
                self._work.judge(book)

    def take_at(
        self, day: date, clock: time, reports: Sequence[Report], counts: Sequence[ActivityCount]
    ) -> None:
        self._move(day, clock)
        with self._book() as book:
            self._work.take(book, [], counts)
        for start in range(0, len(reports), _AT_ONCE):
            with self._book() as book:
                self._work.take(book, reports[start : start + _AT_ONCE], [])

    def answer_at(self, day: date, clock: time) -> None:
        self._move(day, clock)
        for case in self._in(CaseState.WARNED):
            self._acts.answer(case)

    def officiate_at(self, day: date, clock: time) -> None:
        self._move(day, clock)
        for case in self._in(CaseState.SUMMONS_SCHEDULED):
            if case.deadline is not None and case.deadline <= day:
                self._acts.hold(case)
        for case in self._in(CaseState.TALK_HELD):
            self._acts.order(case)
        for case in self._in(CaseState.SUMMONS_PROPOSED):
            self._acts.approve(case)
        for case in self._in(CaseState.SUMMONS_APPROVED):
            self._acts.summon(case)

    def _in(self, state: CaseState) -> list[Case]:
        return self._reading.cases(Audience(), None, _MOST_CASES, states=[state])

    def happened(self) -> list[Happened]:
        steps: list[Happened] = []
        after = 0
        while True:
            numbered, newest = self._reading.steps_after(Audience(), after, _AT_ONCE)
            steps += [Happened(each.case.place, each.step) for each in numbered]
            if len(numbered) < _AT_ONCE:
                return steps
            after = newest

    def _move(self, day: date, clock: time) -> None:
        self._now_ms = int(datetime.combine(day, clock, SHANGHAI).timestamp() * 1000)

    @contextmanager
    def _book(self) -> Iterator[CaseworkBook]:
        with self._store.transaction() as connection:
            yield SqlCaseworkBook(connection)


class _Nobody:
    """Nobody is registered: everything goes by its id, and the policy's issuer signs."""

    def platform(self, platform_id: str) -> Text:
        return Text(platform_id, platform_id)

    def area(self, area_code: str) -> Text:
        return Text(area_code, area_code)

    def name(self, party_id: str) -> Text:
        return Text(party_id, party_id)

    def responsible(self, place: Place, *, joint: bool) -> tuple[str, ...]:
        return ()

    def official(self, official_id: str) -> Official | None:
        return None

    def is_department(self, party_id: str) -> bool:
        return False


def _held(reports: Iterable[Report]) -> list[Report]:
    """The highest revision of each finding, if it stands, in order of time and name."""
    held: dict[str, Report] = {}
    for report in reports:
        known = held.get(report.finding.finding_id)
        if replaces(report.finding, known.finding if known else None):
            held[report.finding.finding_id] = report

    def order(report: Report) -> tuple[int, str]:
        finding: Finding = report.finding
        return finding.event_time_ms, finding.finding_id

    return sorted((report for report in held.values() if report.finding.stands), key=order)
