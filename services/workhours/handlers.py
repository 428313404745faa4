"""What workhours does with dispatches: keep them, judge whom they concern, publish what changed.

For each partition of a batch, all in the caller's transaction:

1. add the work events to the partition's set, those that are new;
2. publish how many workers were active, where that changed;
3. let time pass by the events, unless it passes by the clock (``tick``);
4. judge whoever is due;
5. save and publish what differs from what was stated before: new findings, next revisions, withdrawals.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kit.clock import Clock
from kit.columns import DISPATCH, EventBatch, Names
from kit.columns.records import by_partition
from kit.eventlog.port import Record, TopicPartition
from kit.storage.stored_events import StoredEvents
from services.workhours.activity import ActiveWorkers
from services.workhours.core.finding import Finding, follow, withdraw
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.work_events import DispatchKind
from services.workhours.history import COLUMNS, TEXTS
from services.workhours.partition import Partition
from services.workhours.ports import Findings, Outgoing, Revision, Watermarks
from services.workhours.rule_judge import News

STATE = "work-events"
"""Name of the state blobs: the partition's work events as they came."""

SERVICE_OF_SECTOR = {"food_delivery": 1, "ride_hailing": 2, "parcel": 3}
"""Sector of a rule pack → value of ``ServiceKind``: a pack judges the orders of its own sector."""
NOT_STATED_SERVICE = 0
"""An order whose service nobody stated counts: unknown is not rest."""

_WORK = (DispatchKind.ACCEPTED, DispatchKind.PICKED_UP, DispatchKind.COMPLETED, DispatchKind.CANCELLED)


@dataclass(slots=True)
class _Owned:
    """What is in memory of one partition."""

    stored: StoredEvents
    active: ActiveWorkers
    judged: Partition


class WorkingTime:
    """The handler of topic dispatches."""

    def __init__(
        self,
        pack: RulePack,
        findings: Findings,
        watermarks: Watermarks,
        outgoing: Outgoing,
        clock: Clock,
        *,
        passing: Callable[[Any], Mapping[int, int]] | None = None,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        """``passing``: the moment (ms) that each partition's time has come to, asked once a second in the
        transaction it is given; None: events tell the time. ``told`` is called after every commit.
        """
        self._pack = pack
        self._services = (NOT_STATED_SERVICE, SERVICE_OF_SECTOR[pack.sector])
        self._findings = findings
        self._watermarks = watermarks
        self._outgoing = outgoing
        self._clock = clock
        self._passing = passing
        self._told = told
        self._owned: dict[int, _Owned] = {}

    def restore(self, connection: Any, partitions: Collection[TopicPartition]) -> None:
        """Load events, findings and watermarks of partitions."""
        for _, number in partitions:
            # Names of its own: a column by worker code is then as long as the partition has workers.
            names = {name: Names() for name in ("platform", "worker", "area")}
            stored = StoredEvents(STATE, number, DISPATCH, names, COLUMNS, TEXTS)
            stored.load(connection)
            self._owned[number] = _Owned(
                stored,
                ActiveWorkers(number, stored.events, names),
                Partition(
                    self._pack,
                    names,
                    stored.events,
                    self._findings.known(connection, number),
                    self._watermarks.load(connection, number),
                ),
            )

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        """Drop what is held of partitions."""
        for _, number in partitions:
            self._owned.pop(number, None)

    def handle(self, connection: Any, batch: Sequence[tuple[Record, EventBatch]]) -> None:
        """Steps 1 to 5."""
        for number, events in by_partition(batch):
            owned = self._owned[number]
            ours = np.isin(events["kind"], _WORK) & np.isin(events["service"], self._services)
            work = events.take(np.flatnonzero(ours))
            owned.stored.add(connection, work)  # 1
            self._outgoing.activity(connection, owned.active.catch_up())  # 2
            if self._passing is None:
                self._advance(connection, number, int(events["event_time_ms"].max()))  # 3
            self._judge(connection, number)

    def tick(self, connection: Any) -> None:
        """Let time pass where no event has to come for it: steps 3 to 5."""
        if self._passing is None:
            return
        for number, moment_ms in sorted(self._passing(connection).items()):
            if number in self._owned and self._advance(connection, number, moment_ms):
                self._judge(connection, number)

    def committed(self) -> None:
        """Tell the watchers."""
        self._told()

    def _advance(self, connection: Any, number: int, watermark_ms: int) -> bool:
        passed = self._owned[number].judged.advance(watermark_ms)
        if passed:
            self._watermarks.save(connection, number, watermark_ms)
        return passed

    def _judge(self, connection: Any, number: int) -> None:
        if not (news := self._owned[number].judged.judge()):  # 4
            return
        now_ms = self._clock()
        stated = [item.finding_id for item in news if item.stated_before]
        earlier = self._findings.current(connection, stated)
        findings = [(item, _revision(item, earlier.get(item.finding_id))) for item in news]
        revisions = [Revision(finding, item.signature, now_ms) for item, finding in findings if finding]
        self._findings.save(connection, number, revisions)  # 5
        self._outgoing.findings(connection, revisions)


def _revision(news: News, earlier: Finding | None) -> Finding | None:
    """What is to be said; None if on closer look it was said before."""
    if earlier is None:
        return news.finding
    return withdraw(earlier, news.late) if news.finding is None else follow(earlier, news.finding, news.late)
