"""Use cases: findings and activity into cases, warnings and alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kit.clock import Clock
from kit.security.caller import covers
from services.notify.core import cases
from services.notify.core.alerts import alerts_of_change
from services.notify.core.findings import Finding, Place, replaces
from services.notify.core.letters import Notice
from services.notify.ladder.climbing import Climbing
from services.notify.ladder.settling import Settling
from services.notify.ladder.turn import CaseTurn
from services.notify.ports import ActivityCount, Book, Report

JUDGED_AT_ONCE = 200
"""Cases a tick, so that its transaction stays short though a thousand days end at the same midnight."""


@dataclass(slots=True)
class _Changes:
    """What a batch changed, with the earliest day on which it did."""

    touched: dict[Place, date] = field(default_factory=dict)
    """Cases to look at again."""
    changed: dict[str, date] = field(default_factory=dict)
    """Platforms of which something changed."""

    def change(self, platform_id: str, day: date) -> None:
        self.changed[platform_id] = min(day, self.changed.get(platform_id, day))

    def touch(self, place: Place, day: date) -> None:
        self.touched[place] = min(day, self.touched.get(place, day))


class CaseWork:
    """Keeps the cases. One batch is one transaction of the caller's:

    1. take the activity counts: the greatest revision of each holds, so that a count may fall;
    2. let the highest revision of each finding hold, and tell what changed;
    3. while past days of a platform change, let what is to be judged of it wait;
    4. settle each case that was touched: count it, let it take the steps due, warn if the policy warns at
       once, else note when the rate is to be judged;
    5. write down steps, letters and alerts, findings' alerts first, and queue the deliveries.

    Rates are judged, deadlines seen to and rechecks made by ``judge``, which is called as time passes
    (``core/judging.py`` has why).
    """

    def __init__(self, climbing: Climbing, clock: Clock) -> None:
        self._climbing = climbing
        self._settling = Settling(climbing)
        self._policy = climbing.policy
        self._clock = clock

    def take(self, book: Book, reports: Sequence[Report], counts: Sequence[ActivityCount]) -> list[Notice]:
        """Apply a batch; answer the letters that go out with it."""
        turn, changes = CaseTurn(self._clock()), _Changes()
        self._take_activity(book, changes, counts)  # 1
        self._take_findings(book, turn, changes, reports)  # 2
        self._postpone(book, turn, changes)  # 3
        for place, day in sorted(changes.touched.items()):
            self._settling.settle(book, turn, place, day)  # 4
        return turn.close(book)  # 5

    def judge(self, book: Book) -> list[Notice]:
        """See to the deadlines that are over, then judge what is due; answer the letters that go out."""
        turn = CaseTurn(self._clock())
        for case in book.overdue(turn.today, JUDGED_AT_ONCE):
            seen_to = self._climbing.see_to_deadline(turn, case)
            # Of a rule that the policy in force has no row for any more, nothing is waited for.
            book.save_case(replace(case, deadline=None) if seen_to is case else seen_to)
        for case in book.cases_to_judge(turn.now_ms, JUDGED_AT_ONCE):
            self._settling.judge(book, turn, case)
        return turn.close(book)

    @staticmethod
    def _take_activity(book: Book, changes: _Changes, counts: Sequence[ActivityCount]) -> None:
        places: dict[str, list[Place]] = {}
        for count in book.take_activity(counts):
            changes.change(count.platform_id, count.day)
            if count.platform_id not in places:
                places[count.platform_id] = book.live_places(count.platform_id)
            for place in places[count.platform_id]:
                if covers(place.area_code, count.area_code):
                    changes.touch(place, count.day)

    def _take_findings(
        self, book: Book, turn: CaseTurn, changes: _Changes, reports: Sequence[Report]
    ) -> None:
        finding_ids = {report.finding.finding_id for report in reports}
        known, aside = book.findings(finding_ids), book.set_aside(finding_ids)
        new: dict[str, Report] = {}
        for report in reports:
            after = report.finding
            before = known.get(after.finding_id)
            if not replaces(after, before):
                continue
            known[after.finding_id] = after
            new[after.finding_id] = report
            if after.finding_id in aside:
                continue  # decided on appeal: kept as it comes, told to nobody, in no case
            self._tell(turn, before, after)
            for finding in (before, after):
                if finding is not None:
                    changes.change(finding.place.platform_id, finding.day)
                    changes.touch(finding.place, finding.day)
        book.save_findings(new.values())

    def _tell(self, turn: CaseTurn, before: Finding | None, after: Finding) -> None:
        def case_id_at(place: Place) -> str:
            # A case that the finding leaves is as much its case as one that it enters.
            ours = [finding for finding in (before, after) if finding is not None and finding.place == place]
            in_case = any(self._policy.belongs_to_case(finding) for finding in ours)
            return cases.case_id(place) if in_case else ""

        turn.alerts += alerts_of_change(before, after, case_id_at=case_id_at, at_ms=turn.now_ms)

    def _postpone(self, book: Book, turn: CaseTurn, changes: _Changes) -> None:
        """What comes of today does not keep yesterday waiting; what comes of the past does."""
        for platform_id, day in changes.changed.items():
            if self._policy.judging.is_over(day, turn.now_ms):
                book.postpone_judging(platform_id, self._policy.judging.moment_ms(day, turn.now_ms))
