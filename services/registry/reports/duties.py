"""Duties as time passes: reminders, what is overdue, licences that end. Driven by ticks and a given clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from kit.working_days import WorkingDays
from services.registry.core.duty_findings import DutyFinding, revisions, wanted
from services.registry.core.parties import Party, Role
from services.registry.core.quarters import Quarter
from services.registry.core.reporting import Reporting, Subject, local_day
from services.registry.reports.ports import ReportTransaction

_BOUND = (Role.PLATFORM, Role.PARTNER_FIRM)
"""Who has duties."""

PARTIES_A_TICK = 200
"""So that a tick's transaction stays short though everybody's report becomes overdue at the same midnight."""

_NOTHING_DUE = "duty: nothing is due any more"


class Duties:
    """Says what there is to say, and nothing twice.

    All parties are looked at once when the day or any of them has become another one, ``PARTIES_A_TICK`` at a
    time, going round by id. What was looked at counts only once the tick is committed.
    """

    def __init__(self, days: WorkingDays, reporting: Reporting) -> None:
        self._days = days
        self._reporting = reporting
        self._mark: tuple[date, int] | None = None
        self._left = 0
        """Parties still to be looked at."""
        self._after = ""
        """The last one that was."""
        self._looked: tuple[int, str] | None = None
        """What the two become once the tick is committed."""

    def tick(self, transaction: ReportTransaction, now_ms: int) -> None:
        """Look at the next parties, if any are left to be looked at."""
        self._looked = None
        mark = (local_day(now_ms), transaction.party_changes())
        if mark == self._mark and self._left == 0:
            return
        parties = sorted(
            (party for party in transaction.parties() if party.role in _BOUND),
            key=lambda party: (party.party_id <= self._after, party.party_id),
        )
        if mark != self._mark:
            self._mark, self._left = mark, len(parties)
        batch = parties[: min(self._left, PARTIES_A_TICK)]
        party_ids = [party.party_id for party in batch]
        held: defaultdict[str, list[DutyFinding]] = defaultdict(list)
        for finding in transaction.duty_findings(party_ids):
            held[finding.party_id].append(finding)
        delivered = transaction.delivered(party_ids)
        transaction.put_findings(
            [
                finding
                for party in batch
                for finding in self._to_say(party, held[party.party_id], delivered, now_ms, _NOTHING_DUE)
            ]
        )
        self._looked = (self._left - len(batch), party_ids[-1] if party_ids else "")

    def committed(self) -> None:
        """What the last tick said is durable."""
        if self._looked is not None:
            self._left, self._after = self._looked
            self._looked = None

    def settle(self, transaction: ReportTransaction, party: Party, now_ms: int, reason: str) -> None:
        """Say what changed of one party's duties; ``reason`` is why findings fall."""
        held = transaction.duty_findings([party.party_id])
        delivered = transaction.delivered([party.party_id])
        transaction.put_findings(self._to_say(party, held, delivered, now_ms, reason))

    def _to_say(
        self,
        party: Party,
        held: Iterable[DutyFinding],
        delivered: Collection[tuple[Subject, Quarter]],
        now_ms: int,
        reason: str,
    ) -> list[DutyFinding]:
        now = wanted(party, local_day(now_ms), delivered, self._days, self._reporting)
        return revisions({one.finding_id: one for one in held}, now, reason)
