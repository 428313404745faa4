"""What the ladder ought to do, in plain Python: what the test holds notify to.

Written from ``docs/case-ladder.md`` and the README, with nothing of ``services.notify``: sets of findings and
recounts from the beginning, where the service keeps tallies and due times. The numbers are the test's own, so
that a summons, a talk and a recheck lie days apart and not weeks.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy, deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import chinese_calendar
from scipy.stats import beta

ANSWER_WORKING_DAYS = 2
OBSERVE_DAYS = 6
NOTICE_WORKING_DAYS = 2
RECTIFY_WORKING_DAYS = 4
EXTENSION_WORKING_DAYS = 3
SUMMONSES = 2
REPEAT_WITHIN_DAYS, REPEATS = 40, 2
SEVERE_PER_THOUSAND = 50
CONFIDENCE = 0.9
WINDOW_DAYS, PER_THOUSAND, LEAST_WORKERS = 3, 10, 2
LATE_MS, QUIET_MS = 2 * 3_600_000, 5_000

DAY = timedelta(days=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")

RATE, AT_ONCE = "cn-food-delivery-2025.continuous-work", "algo-audit.below-floor"
"""A rule that is judged by its rate, and one of which a finding is enough."""

TABLE = {
    (state, trigger): after
    for line in """
    NEW                FINDING_STANDS     OPEN
    WITHDRAWN          FINDING_STANDS     OPEN
    CLOSED             FINDING_STANDS     OPEN
    OPEN               WARNING_SENT       WARNED
    WARNED             ANSWERED           ANSWERED
    WARNED             TIME_EXTENDED      WARNED
    WARNED             SUMMONS_PROPOSED   SUMMONS_PROPOSED
    ANSWERED           DEADLINE_PASSED    RECHECKING
    ANSWERED           SUMMONS_PROPOSED   SUMMONS_PROPOSED
    SUMMONS_PROPOSED   SUMMONS_APPROVED   SUMMONS_APPROVED
    SUMMONS_PROPOSED   SUMMONS_DECLINED   WARNED
    SUMMONS_APPROVED   SUMMONS_SENT       SUMMONS_SCHEDULED
    SUMMONS_SCHEDULED  TALK_MOVED         SUMMONS_SCHEDULED
    SUMMONS_SCHEDULED  SUMMONS_CANCELLED  SUMMONS_APPROVED
    SUMMONS_SCHEDULED  TALK_HELD          TALK_HELD
    SUMMONS_SCHEDULED  FAILED_TO_APPEAR   FAILED_TO_APPEAR
    FAILED_TO_APPEAR   SUMMONS_PROPOSED   SUMMONS_PROPOSED
    FAILED_TO_APPEAR   ORDER_ISSUED       RECTIFYING
    FAILED_TO_APPEAR   ESCALATED          ESCALATED
    TALK_HELD          ESCALATED          ESCALATED
    TALK_HELD          ORDER_ISSUED       RECTIFYING
    RECTIFYING         TIME_EXTENDED      RECTIFYING
    RECTIFYING         DEADLINE_PASSED    RECHECKING
    RECTIFYING         ESCALATED          ESCALATED
    RECHECKING         IMPROVED           CLOSED
    RECHECKING         SUMMONS_PROPOSED   SUMMONS_PROPOSED
    RECHECKING         NOT_IMPROVED       ESCALATED
    ESCALATED          SUMMONS_PROPOSED   SUMMONS_PROPOSED
    ESCALATED          ORDER_ISSUED       RECTIFYING
    ANSWERED           CLOSED             CLOSED
    TALK_HELD          CLOSED             CLOSED
    RECHECKING         CLOSED             CLOSED
    ESCALATED          CLOSED             CLOSED
    """.strip().splitlines()
    for state, trigger, after in [line.split()]
}
"""As ``docs/case-ladder.md`` has it; withdrawn from any state but the two ends."""

ENDS = ("NEW", "WITHDRAWN", "CLOSED")

OF_PEOPLE = {
    "SUMMONS_PROPOSED",
    "SUMMONS_APPROVED",
    "SUMMONS_DECLINED",
    "SUMMONS_SENT",
    "TALK_MOVED",
    "SUMMONS_CANCELLED",
    "TALK_HELD",
    "FAILED_TO_APPEAR",
    "ORDER_ISSUED",
    "TIME_EXTENDED",
    "ESCALATED",
    "CLOSED",
}
"""Steps that a department or an official takes."""


class Where(NamedTuple):
    """A place without a duty."""

    platform_id: str
    rule_id: str
    area_code: str


class Told(NamedTuple):
    """A revision of a finding."""

    finding_id: str
    revision: int
    stands: bool
    grave: bool
    where: Where
    worker_id: str
    day: date


class Counted(NamedTuple):
    """Active workers of a partition."""

    platform_id: str
    area_code: str
    day: date
    partition: int
    workers: int


class Letter(NamedTuple):
    kind: str
    deadline: date | None
    """Of what a warning or an order asks; None of the others, whatever they say."""


@dataclass
class Expected:
    """A case as it ought to be."""

    where: Where
    state: str = "NEW"
    openings: int = 0
    deadline: date | None = None
    extendable_to: date | None = None
    watched_from: date | None = None
    warned: tuple[date, date] | None = None
    settled_through: date = date.min
    absences: int = 0
    ordered: bool = False
    joint: bool = False
    entered_ms: int = 0
    talk_ms: int = 0
    trace: list[str] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    warnings: list[tuple[date, int]] = field(default_factory=list)
    withdrawn: set[int] = field(default_factory=set)

    def step(
        self, trigger: str, now_ms: int, deadline: date | None = None, extendable_to: date | None = None
    ) -> None:
        if trigger == "ALL_WITHDRAWN":
            assert self.state not in ENDS
            self.state = "WITHDRAWN"
            self.withdrawn.add(self.openings)
        else:
            self.state = TABLE[self.state, trigger]
        self.deadline, self.extendable_to, self.entered_ms = deadline, extendable_to, now_ms
        self.trace.append(trigger)
        self.joint = self.joint or self.state == "ESCALATED"

    def letter(self, kind: str, deadline: date | None = None) -> None:
        self.letters.append(Letter(kind, deadline))

    @property
    def answerable(self) -> list[Letter]:
        """Those that a platform replies to in the test."""
        return [letter for letter in self.letters if letter.kind in ("WARNING", "RECTIFICATION")]


def local(ms: int) -> date:
    return datetime.fromtimestamp(ms / 1000, SHANGHAI).date()


def working_days_after(day: date, number: int) -> date:
    while number:
        day += DAY
        number -= chinese_calendar.is_workday(day)
    return day


class Ladder:
    """All cases as they ought to be."""

    def __init__(self) -> None:
        self.cases: dict[Where, Expected] = {}
        self.findings: dict[str, Told] = {}
        self.aside: set[str] = set()
        self.active: dict[tuple[str, str, date, int], int] = {}

    # What is found

    def hear(self, told: Iterable[Told], counts: Iterable[Counted], now_ms: int) -> None:
        """A batch: the highest revision and the greatest count hold."""
        for each in told:
            known = self.findings.get(each.finding_id)
            if known is None or each.revision > known.revision:
                self.findings[each.finding_id] = each
        for count in counts:
            key = count[:4]
            self.active[key] = max(count.workers, self.active.get(key, 0))
        for where in sorted({*self.cases, *(told.where for told in self.findings.values())}):
            self.settle(where, now_ms)

    def standing(self, where: Where, since: date) -> list[Told]:
        return [
            told
            for told in self.findings.values()
            if told.stands and told.grave and told.where == where and told.day >= since
            if told.finding_id not in self.aside
        ]

    def settle(self, where: Where, now_ms: int) -> None:
        case = self.cases.get(where) or Expected(where)
        stands = self.standing(where, _after(case.settled_through))
        if stands and case.state in ENDS:
            self.cases[where] = case
            case.openings += 1
            case.watched_from = case.warned = None
            case.absences, case.ordered, case.joint = 0, False, False
            case.step("FINDING_STANDS", now_ms)
        elif not stands and case.state not in ENDS:
            if case.state == "SUMMONS_SCHEDULED":
                case.letter("SUMMONS_CANCELLED")
            case.step("ALL_WITHDRAWN", now_ms)
        if case.state == "OPEN" and where.rule_id == AT_ONCE:
            self._warn(case, now_ms, severe=False)

    def _warn(self, case: Expected, now_ms: int, *, severe: bool) -> None:
        today = local(now_ms)
        deadline = working_days_after(today, ANSWER_WORKING_DAYS)
        case.step("WARNING_SENT", now_ms, deadline, working_days_after(deadline, EXTENSION_WORKING_DAYS))
        case.letter("WARNING", deadline)
        case.warnings.append((today, case.openings))
        since = today - (REPEAT_WITHIN_DAYS - 1) * DAY
        counted = [day for day, round_ in case.warnings if round_ not in case.withdrawn and day >= since]
        if severe or len(counted) >= REPEATS:
            case.step("SUMMONS_PROPOSED", now_ms)

    # What time brings

    def tick(self, now_ms: int) -> None:
        """Deadlines, then rates: at least the quiet time after the last change."""
        for case in self.cases.values():
            moved = self.see_to_deadline(case, now_ms)
            if case.state == "RECHECKING":
                over = case.deadline is not None and case.deadline <= last_day(now_ms)
                if over and not moved and now_ms >= case.entered_ms + QUIET_MS:
                    self._recheck(case, now_ms)
            elif case.where.rule_id == RATE:
                self._judge(case, now_ms)

    @staticmethod
    def see_to_deadline(case: Expected, now_ms: int) -> bool:
        if case.deadline is None or local(now_ms) <= case.deadline:
            return False
        if case.state == "WARNED":
            case.step("SUMMONS_PROPOSED", now_ms)
        elif case.state == "ANSWERED":
            case.step("DEADLINE_PASSED", now_ms, case.deadline)
        elif case.state == "RECTIFYING":
            case.watched_from = case.deadline + DAY
            case.step("DEADLINE_PASSED", now_ms, case.deadline + OBSERVE_DAYS * DAY)
        else:
            return False
        return True

    def _judge(self, case: Expected, now_ms: int) -> None:
        since = _after(case.settled_through)
        if case.state == "ANSWERED":
            assert case.watched_from is not None
            since = max(since, case.watched_from)
        elif case.state != "OPEN":
            return
        above = []
        for last in {told.day for told in self.standing(case.where, since) if told.day <= last_day(now_ms)}:
            first = last - (WINDOW_DAYS - 1) * DAY
            workers, active = self._window(case.where, first, last, since)
            if active and workers >= LEAST_WORKERS and workers * 1000 > active * PER_THOUSAND:
                above.append((workers / active, workers, last))
        if case.state == "ANSWERED":
            if any(last - (WINDOW_DAYS - 1) * DAY >= since for _, _, last in above):
                case.step("SUMMONS_PROPOSED", now_ms)
        elif above:
            rate, _, last = max(above)
            self._warn(case, now_ms, severe=rate * 1000 > SEVERE_PER_THOUSAND)
            case.warned = (last - (WINDOW_DAYS - 1) * DAY, last)

    def _window(self, where: Where, first: date, last: date, since: date) -> tuple[int, int]:
        found = {told.worker_id for told in self.standing(where, max(first, since)) if told.day <= last}
        most = self._most_active(where, first, last)
        return len(found), max(most, len(found)) if most else 0

    def _most_active(self, where: Where, first: date, last: date) -> int:
        by_day: dict[date, int] = {}
        for (platform, area, day, _), workers in self.active.items():
            if (platform, area) == (where.platform_id, where.area_code) and first <= day <= last:
                by_day[day] = by_day.get(day, 0) + workers
        return max(by_day.values(), default=0)

    def _recheck(self, case: Expected, now_ms: int) -> None:
        assert case.deadline is not None
        assert case.watched_from is not None
        since, deadline = _after(case.settled_through), case.deadline
        if case.warned is None:
            seen = [told for told in self.standing(case.where, case.watched_from) if told.day <= deadline]
            better = not seen and self._most_active(case.where, case.watched_from, deadline) > 0
        else:
            first, last = case.warned
            before = self._window(case.where, first, last, since)
            after = self._window(case.where, deadline - (last - first), deadline, since)
            better = improved(before, after)
        case.letter("RECHECK")
        if better:
            case.settled_through = deadline
            case.step("IMPROVED", now_ms)
            case.letter("CLOSURE")
            self.settle(case.where, now_ms)
        elif case.ordered:
            case.step("NOT_IMPROVED", now_ms)
            case.letter("ESCALATION")
        else:
            case.step("SUMMONS_PROPOSED", now_ms)

    # What people do

    def lawful(self, where: Where, now_ms: int) -> list[str]:
        """What somebody may do next."""
        case = copy(self.cases[where])
        case.trace = list(case.trace)
        self.see_to_deadline(case, now_ms)
        return [trigger for state, trigger in TABLE if state == case.state and trigger in OF_PEOPLE]

    def act(
        self, where: Where, trigger: str, now_ms: int, *, until: date | None = None, at_ms: int = 0
    ) -> str:
        """A step of a person who may take it; "" if it is taken, else the reason why nothing is changed."""
        kept = self.cases[where]
        case = self.cases[where] = deepcopy(kept)
        self.see_to_deadline(case, now_ms)
        refusal = "ILLEGAL_STEP"
        if (case.state, trigger) in TABLE:
            refusal = self._acted(case, trigger, now_ms, until, at_ms)
        if refusal:
            self.cases[where] = kept
        return refusal

    def _acted(self, case: Expected, trigger: str, now_ms: int, until: date | None, at_ms: int) -> str:
        today = local(now_ms)
        match trigger:
            case "SUMMONS_DECLINED":
                end = working_days_after(today, ANSWER_WORKING_DAYS)
                case.step(trigger, now_ms, end, working_days_after(end, EXTENSION_WORKING_DAYS))
            case "SUMMONS_SENT" | "TALK_MOVED":
                if local(at_ms) < working_days_after(today, NOTICE_WORKING_DAYS):
                    return "TALK_TOO_SOON"
                case.talk_ms = at_ms
                case.step(trigger, now_ms, local(at_ms))
                case.letter("SUMMONS")
            case "SUMMONS_CANCELLED":
                case.step(trigger, now_ms)
                case.letter("SUMMONS_CANCELLED")
            case "TALK_HELD" | "FAILED_TO_APPEAR":
                if now_ms < case.talk_ms:
                    return "TALK_NOT_YET"
                case.step(trigger, now_ms)
                if trigger == "FAILED_TO_APPEAR":
                    case.absences += 1
                    again = case.absences < SUMMONSES
                    case.step("SUMMONS_PROPOSED" if again else "ESCALATED", now_ms)
                    if not again:
                        case.letter("ESCALATION")
            case "ORDER_ISSUED":
                end = working_days_after(today, RECTIFY_WORKING_DAYS)
                latest = working_days_after(end, EXTENSION_WORKING_DAYS)
                if until is not None and not today < until <= latest:
                    return "DEADLINE_OUT_OF_RANGE"
                case.step(trigger, now_ms, until or end, latest)
                case.ordered = True
                case.letter("RECTIFICATION", until or end)
            case "TIME_EXTENDED":
                assert until is not None
                assert case.deadline is not None
                assert case.extendable_to is not None
                if not case.deadline < until <= case.extendable_to:
                    return "DEADLINE_OUT_OF_RANGE"
                case.step(trigger, now_ms, until, case.extendable_to)
            case "ESCALATED":
                case.step(trigger, now_ms)
                case.letter("ESCALATION")
            case "CLOSED":
                case.settled_through = today
                case.step(trigger, now_ms)
                case.letter("CLOSURE")
                self.settle(case.where, now_ms)
            case _:
                case.step(trigger, now_ms)
        return ""

    def reply(self, where: Where, number: int, kind: str, now_ms: int, until: date) -> tuple[str, bool]:
        """A platform's reply to one of ``answerable``: why it is refused, and whether it is late."""
        kept = self.cases[where]
        case = self.cases[where] = deepcopy(kept)
        self.see_to_deadline(case, now_ms)
        letter = case.answerable[number]
        latest = max(at for at, each in enumerate(case.answerable) if each.kind == letter.kind) == number
        awaited = latest and (letter.kind, case.state) in (
            ("WARNING", "WARNED"),
            ("RECTIFICATION", "RECTIFYING"),
        )
        deadline = case.deadline if awaited else letter.deadline
        assert deadline is not None
        today = local(now_ms)
        if kind == "EXTENSION_ASKED" and until <= deadline:
            self.cases[where] = kept
            return "DEADLINE_OUT_OF_RANGE", False
        late = today > deadline
        if awaited and not late and (kind, letter.kind) == ("ANSWER", "WARNING"):
            case.watched_from = today + DAY
            case.step("ANSWERED", now_ms, today + OBSERVE_DAYS * DAY)
        return "", late

    def set_aside(self, where: Where, finding_id: str, now_ms: int) -> None:
        """An appeal is upheld."""
        self.see_to_deadline(self.cases[where], now_ms)
        self.aside.add(finding_id)
        self.settle(self.findings[finding_id].where, now_ms)


def last_day(now_ms: int) -> date:
    """The last day that has been over for the time that late events and quiet take."""
    return local(now_ms - LATE_MS - QUIET_MS) - DAY


def improved(before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a recheck shows it: the interval of the ratio by the beta distribution."""
    (was, of_before), (now, of_after) = before, after
    if not of_before or not of_after:
        return False
    low, high = 0.0, 1.0
    tail = (1 - CONFIDENCE) / 2
    if total := was + now:
        low = float(beta.ppf(tail, now, was + 1)) if now else 0.0
        high = float(beta.ppf(1 - tail, now + 1, was)) if now < total else 1.0
    even = of_after / (of_before + of_after)
    if total and low > even:
        return False
    if now >= LEAST_WORKERS and now * 1000 > of_after * PER_THOUSAND:
        return False
    if total and high < even:
        return True
    upper = float(beta.ppf(1 - tail, now + 1, of_after - now)) if now < of_after else 1.0
    if upper * 1000 < PER_THOUSAND:
        return True
    return not now and of_after >= 0.5 * of_before


def _after(day: date) -> date:
    return day if day == date.min else day + DAY
