"""The use case over a store, with a clock moved by hand, and what brute force says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kit.holidays import chinese_working_days
from kit.storage.store import Store
from services.notify.adapters.book import SqlBook
from services.notify.adapters.policy_file import load_policy
from services.notify.adapters.reading import SqlReading
from services.notify.core.alerts import Audience
from services.notify.core.cases import Case
from services.notify.core.escalation import Standing, decide
from services.notify.core.findings import Finding, Place, Severity, replaces
from services.notify.core.letters import Notice
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState
from services.notify.handlers import CaseWork
from services.notify.ladder.climbing import Climbing
from services.notify.ports import ActivityCount, Report

RULE = "cn-food-delivery-2025.continuous-work"
PLACE = Place("swift", RULE, "130203")
FIRST = date(2026, 3, 2)
FIRST_NOON_MS = 1_772_424_000_000
H_MS = 3_600_000
DAY_MS = 24 * H_MS
POLICY = load_policy()
DAYS = chinese_working_days()
QUIET_MS = POLICY.judging.quiet_ms
LONG_AFTER_MS = FIRST_NOON_MS + 100 * DAY_MS
EVERYBODY = Audience()

Told = Report | ActivityCount


def over_ms(day: int) -> int:
    """Two hours after the end of a day counted from ``FIRST``, in Shanghai."""
    return FIRST_NOON_MS + day * DAY_MS + 14 * H_MS


class PlainNames:
    def platform(self, platform_id: str) -> Text:
        return Text(platform_id, platform_id)

    def area(self, area_code: str) -> Text:
        return Text(area_code, area_code)


class NoDepartments:
    """Nobody is registered."""

    def responsible(self, place: Place, *, joint: bool) -> tuple[str, ...]:
        return ()

    def name(self, party_id: str) -> Text:
        return Text(party_id, party_id)


def report(
    number: int,
    *,
    worker: str,
    day: int,
    revision: int = 1,
    stands: bool = True,
    area: str = "130203",
    platform: str = "swift",
    rule: str = RULE,
) -> Report:
    finding = Finding(
        finding_id=f"f{number}",
        revision=revision,
        stands=stands,
        severity=Severity.BREACH,
        place=Place(platform, rule, area),
        worker_id=worker,
        event_time_ms=FIRST_NOON_MS + day * DAY_MS + number,
        title=Text("超限", "beyond"),
        citation=Text("标准", "standard"),
    )
    return Report(finding, b"")


def count(
    day: int,
    workers: int,
    partition: int = 0,
    area: str = "130203",
    platform: str = "swift",
    revision: int = 0,
) -> ActivityCount:
    return ActivityCount(platform, area, FIRST + timedelta(days=day), partition, workers, revision)


@dataclass
class Desk:
    """The use case at work. Each call is a transaction by a new object: nothing lives but in the store."""

    store: Store
    now_ms: int = LONG_AFTER_MS
    sent: list[Notice] = field(default_factory=list)

    def take(self, *told: Told) -> list[Notice]:
        reports = [each for each in told if isinstance(each, Report)]
        counts = [each for each in told if isinstance(each, ActivityCount)]
        with self.store.transaction() as connection:
            notices = self._work().take(SqlBook(connection), reports, counts)
        self.sent += notices
        return notices

    def tick(self, after_ms: int = 0) -> list[Notice]:
        """Let time pass, and judge what is due."""
        self.now_ms += after_ms
        with self.store.transaction() as connection:
            notices = self._work().judge(SqlBook(connection))
        self.sent += notices
        return notices

    def tick_at(self, now_ms: int) -> list[Notice]:
        return self.tick(now_ms - self.now_ms)

    def _work(self) -> CaseWork:
        return CaseWork(Climbing(POLICY, PlainNames(), NoDepartments(), DAYS), lambda: self.now_ms)

    def cases(self) -> dict[Place, Case]:
        return {case.place: case for case in SqlReading(self.store).cases(EVERYBODY, None, 100)}

    def state(self, place: Place = PLACE) -> CaseState:
        return self.cases()[place].state


def settled(store: Store, *batches: Sequence[Told]) -> Desk:
    """Batches of days long past, followed by quiet."""
    desk = Desk(store)
    for batch in batches:
        desk.take(*batch)
    desk.tick(QUIET_MS)
    return desk


# Brute force


def held(reports: Sequence[Report]) -> list[Finding]:
    """What stands of these."""
    kept: dict[str, Finding] = {}
    for told in reports:
        if replaces(told.finding, kept.get(told.finding.finding_id)):
            kept[told.finding.finding_id] = told.finding
    return [finding for finding in kept.values() if finding.stands]


def is_due(told: Sequence[Told], now_ms: int) -> bool:
    """Whether the days that are over call for a warning, all of this being known."""
    counts = [each for each in told if isinstance(each, ActivityCount)]
    counted = {  # the last one of each key holds
        (each.day, each.partition): each.workers
        for each in sorted(counts, key=lambda each: (each.revision, each.workers))
    }
    active: dict[date, int] = {}
    for (day, _), workers in counted.items():
        active[day] = active.get(day, 0) + workers
    rule = POLICY.rule_for(RULE)
    assert rule is not None
    standing = [
        Standing(finding.day, finding.worker_id, finding.severity)
        for finding in held([each for each in told if isinstance(each, Report)])
    ]
    two_hours_ago = datetime.fromtimestamp((now_ms - 2 * H_MS) / 1000, ZoneInfo("Asia/Shanghai"))
    return decide(standing, active, rule.trigger, two_hours_ago.date() - timedelta(days=1)).warn
