"""From a verdict on a worker's time to the finding that is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.workhours.core.coverage import Coverage
from services.workhours.core.facts import Said
from services.workhours.core.finding import LATE_EVENTS_NAMED, Finding, Late
from services.workhours.core.finding_key import finding_key
from services.workhours.core.order_book import OrderBook
from services.workhours.core.rule_pack import Rule, RulePack
from services.workhours.core.timeline import Span, total_ms, union
from services.workhours.core.verdict import Severity
from services.workhours.core.work_events import Int64s, WorkEvents
from services.workhours.engine.records import Records
from services.workhours.engine.sessions import Sessions
from services.workhours.engine.workers import Workers


@dataclass(frozen=True, slots=True)
class News:
    """A verdict that differs from what was stated last."""

    partition: int
    finding_id: str
    finding: Finding | None
    """As a first revision; None: what was found there is found no more."""
    signature: int
    stated_before: bool
    """Whether the finding exists, so that this is to become its next revision."""
    late: Late
    """If so: the events that came since, of the time stated then."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of one stretch of one worker's time. Moments epoch ms, lengths ms."""

    worker: int
    start_ms: int
    severity: Severity
    tier_at_ms: int
    stated_until_ms: int
    open: bool
    measured_ms: int
    limit_ms: int
    limit_at_ms: int | None
    crossing_row: int
    """The order in hand when the tier was reached: its platform answers."""
    said: Sequence[Said]
    counter: Sequence[tuple[int, int, int]]
    busy: Sequence[tuple[int, int, int]]
    """The steps of the counter that are order time from end to end: what orders state of the stretch."""
    no_push_start_ms: int | None = None
    no_push_end_ms: int | None = None
    must_rest_until_ms: int | None = None
    place: tuple[str, ...] = ()
    """What tells two findings of one rule, worker and start apart."""


class Stating:
    """Makes findings under one pack."""

    def __init__(
        self, pack: RulePack, workers: Workers, book: OrderBook, records: Records, sessions: Sessions
    ) -> None:
        self.pack = pack
        self.workers = workers
        self.book = book
        self.records = records
        self.sessions = sessions
        self.known_until: Int64s = np.empty(0, dtype=np.int64)
        """By worker code: as of when they are judged; set anew before each judgement, ms."""
        self.firm_since: Int64s = np.empty(0, dtype=np.int64)
        """By worker code: what was stated of earlier times stands, whatever is at hand; set anew likewise."""

    def finding(self, rule: Rule, said: Statement) -> Finding:
        """What is said, as a first revision."""
        names, row = self.workers.names, said.crossing_row
        platform_ids = {names["platform"][event.platform] for event in said.said}
        platform_id = names["platform"][int(self.book["platform"][row])]
        return Finding(
            finding_id=self.finding_id(rule, said.worker, said.start_ms, *said.place),
            rule_id=rule.id,
            pack_id=self.pack.id,
            pack_version=self.pack.version,
            worker_id=names["worker"][said.worker],
            severity=said.severity,
            platform_id=platform_id,
            area_code=names["area"][int(self.book["area"][row])],
            tier_at_ms=said.tier_at_ms,
            spell_start_ms=said.start_ms,
            stated_until_ms=said.stated_until_ms,
            open=said.open,
            watermark_ms=int(self.known_until[said.worker]),
            measured_ms=said.measured_ms,
            limit_ms=said.limit_ms,
            limit_at_ms=said.limit_at_ms,
            no_push_start_ms=said.no_push_start_ms,
            no_push_end_ms=said.no_push_end_ms,
            platform_ids=tuple(sorted(platform_ids | {platform_id})),
            event_ids=tuple(self.event_ids(said.said)),
            counter=tuple(said.counter),
            must_rest_until_ms=said.must_rest_until_ms,
            coverage=self._coverage(said),
        )

    def _coverage(self, said: Statement) -> Coverage:
        """By orders and sessions, as far as they are known now; no fact that makes a revision."""
        window = Span(said.start_ms, said.stated_until_ms)
        sessions = self.sessions.observed(
            self.workers.names["worker"][said.worker], window, int(self.known_until[said.worker])
        )
        orders = [Span(start_ms, end_ms) for start_ms, end_ms, _ in said.busy]
        return Coverage(*window, total_ms(union([*orders, *sessions])))

    def finding_id(self, rule: Rule, worker: int, start_ms: int, *place: str) -> str:
        """Its name."""
        return finding_key(self.pack.id, rule.id, self.workers.names["worker"][worker], start_ms, *place)

    def event_ids(self, said: Sequence[Said]) -> list[str]:
        """``platform/event_id`` of each."""
        names = self.workers.names["platform"]
        platforms = {code: names[code] for code in {event.platform for event in said}}
        texts = self.records.texts([event.record for event in said])
        return [f"{platforms[event.platform]}/{text}" for event, text in zip(said, texts, strict=True)]


class Fresh:
    """The events of one batch, to name those that came late for what was stated before."""

    def __init__(self, stating: Stating, events: WorkEvents) -> None:
        self._stating = stating
        self._events = events
        self._by_worker: tuple[Int64s, Int64s] | None = None
        """The workers, ascending, and beside each the event's place."""

    def late(self, worker: int, until_ms: int) -> Late:
        """The worker's events that are of no later time than this."""
        events = self._events
        if self._by_worker is None:
            turn = np.argsort(events.worker, kind="stable")
            self._by_worker = events.worker[turn], turn
        workers, turn = self._by_worker
        first, stop = np.searchsorted(workers, [worker, worker + 1])
        at = turn[first:stop]
        at = at[events.time[at] <= until_ms]
        _, one = np.unique(events.event[at], return_index=True)
        at = at[one]
        at = at[np.lexsort((events.event[at], events.time[at]))]
        first_ones = at[:LATE_EVENTS_NAMED]
        columns = (events.time, events.event, events.record, events.platform)
        said = [Said(*each) for each in zip(*(c[first_ones].tolist() for c in columns), strict=True)]
        return Late(self._stating.event_ids(said), len(at))
