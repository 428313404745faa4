"""One rule pack over the orders of all owned workers: events in, news out.

    take      a record's events, into this round
    settle    into the order book; what is older than what is kept, or corrects something, by the log again
    judge     everyone whose verdict may have changed, by events or by time
    compact   once a day: let go of orders that can no longer change anything quickly

Nothing here is more than a cache of the log: a partition's part is loaded when it is assigned and thrown away
when it is revoked or a commit fails.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from kit.columns import EventBatch, in_force
from kit.columns.key_table import KeyTable
from kit.eventlog.port import TopicPartition
from kit.eventlog.topics import DISPATCHES
from services.workhours.core.calendar_windows import local_day, midnight_ms
from services.workhours.core.counter import Measure, run_counter
from services.workhours.core.day_totals import DayTotals
from services.workhours.core.docket import LONG_AGO
from services.workhours.core.order_book import NOT_SAID, NOT_YET, OrderBook
from services.workhours.core.order_time import orders_of
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.sectors import services_of
from services.workhours.core.work_events import Bools, DispatchKind, Int64s, WorkEvents
from services.workhours.engine.activity import ActiveWorkers
from services.workhours.engine.corrections import Corrections
from services.workhours.engine.event_rows import EventRows, Taken, event_rows
from services.workhours.engine.judges import judges_of
from services.workhours.engine.records import Records
from services.workhours.engine.sessions import Sessions
from services.workhours.engine.stating import Fresh, News, Stating
from services.workhours.engine.workers import Workers
from services.workhours.ports import Activity, Keeping, Known

_WORK: Final = (
    DispatchKind.OFFERED,
    DispatchKind.ACCEPTED,
    DispatchKind.PICKED_UP,
    DispatchKind.COMPLETED,
    DispatchKind.CANCELLED,
)
COMPACT_ORDERS = 100_000
"""A book of fewer orders (some 15 MB) is compacted once a day only."""
_FOREVER: Final = np.iinfo(np.int64).max

ReadBack = Callable[[int, int], Iterator[tuple[int, EventBatch]]]
"""(partition, up to which offset) → the offset and events of every record of dispatches before it."""


@dataclass(frozen=True, slots=True)
class TooOld:
    """An event from beyond the horizon."""

    taken: Taken
    row: int
    """Its place in the record."""
    horizon_ms: int
    """What happened before this is not judged any more."""


class Settled(NamedTuple):
    """What came of taking a round in."""

    activity: list[Activity]
    """The counts of active workers that changed."""
    too_old: list[TooOld]


class Engine:
    """The state of the owned partitions under one pack."""

    def __init__(self, pack: RulePack, records: Records, read_back: ReadBack, keeping: Keeping) -> None:
        """Raises ValueError if the pack has rules that platform events cannot feed."""
        self.pack = pack
        self.keeping = keeping
        self.workers = Workers()
        self.book = OrderBook(KeyTable())
        self.records = records
        self.corrections = Corrections()
        self.sessions = Sessions(keeping.history_ms)
        self.activity = ActiveWorkers(self.workers)
        self.days = DayTotals(ZoneInfo(pack.time_zone), keeping.history_days + 3)
        self._read_back = read_back
        self._served = np.zeros(256, dtype=np.bool_)
        """By service: whether its orders are judged by the pack."""
        self._served[list(services_of(pack.sector))] = True
        self._stating = Stating(pack, self.workers, self.book, records, self.sessions)
        self._taken: list[Taken] = []
        self._covered: dict[int, int] = {}
        self._compacted_ms = LONG_AGO
        self._compact_at = COMPACT_ORDERS
        """So many orders in the book are looked through again, although the border has not moved."""
        self._fresh = Fresh(self._stating, _NO_EVENTS)
        self._judges = judges_of(pack, self._stating)

    @property
    def nbytes(self) -> int:
        """What columns take of memory; names and findings come on top."""
        dockets = sum(judge.docket.nbytes for judge in self._judges.spells)
        return self.book.nbytes + self.days.nbytes + self.workers.nbytes + self.activity.nbytes + dockets

    def horizon(self, partition: int) -> int:
        """What happened before this moment is not judged any more, ms."""
        return self.workers.watermark(partition) - self.keeping.history_ms

    def take(self, source: TopicPartition, offset: int, events: EventBatch) -> None:
        """A record's events, into this round."""
        record = self.records.note(source, offset, events)
        self._taken.append(Taken(source, offset, record, events))

    def settle(self, ends: Mapping[int, int]) -> Settled:
        """Take the round into the book; ``ends``: up to which offset each partition's records were taken."""
        taken, self._taken = self._taken, []
        rows, work = self._ours(event_rows(self.workers, taken))
        # A correction may move an event beyond the horizon: then, too, the event it replaces is gone.
        held = self.corrections.take(rows)
        again = [np.unique(rows.events.worker[held.corrected])]
        horizon = self.workers.horizons(self.keeping.history_ms)[rows.partition]
        old = work & (rows.events.time < horizon)
        too_old = [
            TooOld(taken[of], row, moment)
            for of, row, moment in zip(
                rows.taken[old].tolist(), rows.row[old].tolist(), horizon[old].tolist(), strict=True
            )
        ]
        left_out = held.left_out | old
        counted = work & ~left_out
        self.activity.count(rows.events if counted.all() else rows.take(counted).events)
        events = rows.take(~left_out).events if left_out.any() else rows.events
        self.workers.hear(events.worker, events.time)
        came = events
        if held.corrected.any():  # a correction, too, is what makes a finding change
            came = WorkEvents.concatenate([events, rows.take(held.corrected).events])
        self._fresh = Fresh(self._stating, came)
        workers, touched = events.worker, self.book.add(events)
        earliest = self._earliest(events, touched)
        self._touch(events.worker, earliest, touched)
        again.append(np.unique(events.worker[earliest < self._whole_since(events.worker)]))
        rebuilt = np.unique(np.concatenate(again))
        if len(rebuilt):
            self._take_again(rebuilt, ends)
            workers = np.unique(np.append(workers, rebuilt))
            touched = self.book.rows_of(workers)
        for judge in self._judges.contradictions:
            judge.touch(workers, touched)
        return Settled(self.activity.changes(ends), too_old)

    def _ours(self, rows: EventRows) -> tuple[EventRows, Bools]:
        """The rows that say something of work on an order of the pack's sector, and all corrections of such
        orders: one to a kind that is no work takes back what was. With them, which ones are work."""
        kind, served = rows.events.kind, self._served[rows.service]
        work = served & (kind != DispatchKind.REJECTED) & (kind >= min(_WORK)) & (kind <= max(_WORK))
        ours = work | (served & (rows.version > 0))
        return (rows, work) if ours.all() else (rows.take(ours), work[ours])

    def judge(self) -> Iterator[News]:
        """Everyone whose verdict may have changed, by the events of this round or by time."""
        watermarks = self.workers.watermarks()
        self._stating.firm_since = self._firm_since()
        self._stating.known_until = np.maximum(watermarks, self.workers.latest)
        if len(watermarks):
            self.days.reach(int(self._stating.known_until.max()))
        yield from self._judges.news(watermarks, self.days, self._fresh)
        self._fresh = Fresh(self._stating, _NO_EVENTS)

    def compact(self) -> None:
        """Let go of orders from before the day of the latest event that may still come in time.

        Each partition by its own time: one may be days behind another, as after an outage. Orders go where a
        worker had rested long enough under every rule, so that no spell is cut.
        """
        if not len(self.book):
            return
        # A midnight comes to one partition after the other; once they all have it, one look serves all. While
        # somebody lags, the book may double before the next look.
        borders = {partition: self._border(partition) for partition in self.workers.partitions}
        slowest = min(borders.values())
        if slowest <= self._compacted_ms and len(self.book) <= self._compact_at:
            return
        self._compacted_ms = slowest
        self._let_go(borders)
        self._compact_at = max(2 * len(self.book), COMPACT_ORDERS)

    def _border(self, partition: int) -> int:
        """The start of the day before which nothing of a partition comes in time any more, ms."""
        zone = ZoneInfo(self.pack.time_zone)
        return midnight_ms(local_day(self.workers.watermark(partition) - self.keeping.late_ms, zone), zone)

    def _let_go(self, borders: Mapping[int, int]) -> None:
        """Of the orders from before a moment of each partition, ms."""
        first = self._judges.spells[0]
        self.days.reach(int(self.workers.known_until().max()))
        gap_ms = max(judge.reset_gap_ms for judge in self._judges.spells)
        rows = np.arange(len(self.book))
        orders = orders_of(self.book, rows, max(judge.max_open_order_ms for judge in self._judges.spells))
        orders = orders.as_of(_FOREVER)
        spells = run_counter(orders, gap_ms, Measure.WORKED).spells
        border = self.workers.by_partition(borders)
        since = np.full(len(self.workers), LONG_AGO)
        # Ascending: each worker's last spell begun by then is written last.
        begun = np.flatnonzero(spells.start <= border[spells.worker])
        of = spells.worker[begun]
        since[of] = np.where(spells.end[begun] + gap_ms <= border[of], border[of], spells.start[begun])
        self.activity.drop_before({partition: self.horizon(partition) for partition in borders})
        self.corrections.drop_before(min(borders.values()) - self.keeping.history_ms)
        for judge in self._judges.all:
            judge.drop_before(min(borders.values()) - self.keeping.history_ms)
        gone = self._moment() < since[self.book["worker"]]
        if not gone.any():
            return
        leaving = orders_of(self.book, np.flatnonzero(gone), first.max_open_order_ms).as_of(_FOREVER)
        self.days.forget_orders(run_counter(leaving, first.reset_gap_ms, Measure.WORKED))
        workers = np.unique(self.book["worker"][gone]).astype(np.int64)
        self.workers.keep_since(workers, since[workers])
        self._drop(gone)
        for judge in self._judges.spells:
            judge.docket.touch_whole(workers)

    def use(self, pack: RulePack) -> None:
        """Judge by these rules from now on: what was stated is to be made known again, and all looked at.

        Raises ValueError if the pack has rules that platform events cannot feed; then those of before go on.
        """
        self._stating.pack = pack
        try:
            self._judges = judges_of(pack, self._stating)
        except ValueError:
            self._stating.pack = self.pack
            raise
        self.pack = pack

    def know(self, partition: int, items: Sequence[Known]) -> None:
        """What was stated of a partition's workers by the rules of this pack."""
        judges = {judge.rule.id: judge for judge in self._judges.all}
        workers = self.workers.enrol(partition, [item.worker_id for item in items]).tolist()
        for worker, item in zip(workers, items, strict=True):
            if item.rule_id in judges:
                judges[item.rule_id].know(worker, item)

    def cover(self, partition: int, since_ms: int) -> None:
        """The log has all of a partition from this moment on: what was found of earlier times stands."""
        self._covered[partition] = since_ms

    def _firm_since(self) -> Int64s:
        """By worker code: what was found of earlier times stands, as not all that it rests on is at hand."""
        moments = {
            number: max(self._covered.get(number, LONG_AGO), self.horizon(number))
            for number in self.workers.partitions
        }
        return np.maximum(self.workers.kept_since, self.workers.by_partition(moments))

    def touch_whole(self, partition: int) -> None:
        """Judge all of a partition's workers: the pack may be another one than when they were judged."""
        workers = self.workers.of_partition(partition)
        for judge in self._judges.spells:
            judge.docket.touch_whole(workers)
        for contradictions in self._judges.contradictions:
            contradictions.touch(workers, self.book.rows_of(workers))

    def forget(self, partitions: Collection[int]) -> None:
        """Give partitions up."""
        workers = self.workers.forget(partitions)
        gone = np.zeros(len(self.workers) + 1, dtype=np.bool_)
        gone[workers] = True
        self._drop(gone[self.book["worker"]])
        self.days.forget_workers(workers)
        self.activity.forget(partitions, workers)
        self.corrections.forget(partitions)
        for judge in self._judges.all:
            judge.forget(workers)
        self._taken = []

    def _earliest(self, events: WorkEvents, rows: Int64s) -> Int64s:
        """Beside each event, in its row of the book: the earliest moment that it may change, ms."""
        earliest = events.time.copy()
        for kind in ("accepted", "picked_up"):
            moment = self.book[kind][rows]
            np.minimum(earliest, moment, out=earliest, where=moment != NOT_SAID)
        return earliest

    def _touch(self, workers: Int64s, earliest: Int64s, rows: Int64s) -> None:
        earliest = np.where(self.book["contradictory"][rows], LONG_AGO, earliest)
        for judge in self._judges.spells:
            judge.docket.touch(workers, earliest, rows)

    def _whole_since(self, workers: Int64s) -> Int64s:
        """Beside each of the workers, the first midnight from which on all of their orders are kept, ms.

        Orders are kept from a spell's start on, which may lie within a day: what came late for that day is
        judged of the whole day, by the log again.
        """
        kept_since = self.workers.kept_since[workers]
        if not (kept_since > LONG_AGO).any():
            return kept_since
        self.days.reach(int(self.workers.latest.max()))
        starts = self.days.starts
        midnight = starts[np.minimum(np.searchsorted(starts, kept_since), len(starts) - 1)]
        return np.where(kept_since > LONG_AGO, midnight, LONG_AGO)

    def _take_again(self, workers: Int64s, ends: Mapping[int, int]) -> None:
        """Read all there is of these workers from the log, with corrections applied, and judge it whole."""
        gone = np.zeros(len(self.workers) + 1, dtype=np.bool_)
        gone[workers] = True
        self._drop(gone[self.book["worker"]])
        self.days.forget_workers(workers)
        self.workers.keep_since(workers, LONG_AGO)
        names, stated = self.workers.names["worker"], [_NO_EVENTS]
        for partition in np.unique(self.workers.partition[workers]).tolist():
            ids = {names[code] for code in workers[self.workers.partition[workers] == partition].tolist()}
            stated.append(self._read_again(partition, ends[partition], ids, self.horizon(partition)))
            self.book.add(stated[-1])
        self.activity.recount(workers, WorkEvents.concatenate(stated), self._firm_since())
        for judge in self._judges.spells:
            judge.docket.touch_whole(workers)

    def _read_again(self, partition: int, end: int, ids: set[str], since_ms: int) -> WorkEvents:
        source = TopicPartition(DISPATCHES.name, partition)
        found: list[Taken] = []
        for offset, batch in self._read_back(partition, end):
            if not ids.isdisjoint(batch.dictionaries["worker"]):
                found.append(Taken(source, offset, self.records.noted(source, offset), batch))
        rows = event_rows(self.workers, found)
        wanted = np.zeros(len(self.workers), dtype=np.bool_)
        wanted[self.workers.names["worker"].codes(sorted(ids))] = True
        rows, work = self._ours(rows.take(wanted[rows.events.worker]))
        holds = in_force(rows.events.event, rows.version, rows.deleted)
        events = rows.events.take(holds & work & (rows.events.time >= since_ms))
        self.workers.hear(events.worker, events.time)
        return events

    def _drop(self, rows: Bools) -> None:
        if rows.any():
            kept_before = np.append(0, np.cumsum(~rows))
            self.book.drop(rows)
            for judge in self._judges.spells:
                judge.docket.renumber(kept_before)

    def _moment(self) -> Int64s:
        """By row: when the order began, or the first thing known of it."""
        start = np.maximum(self.book["accepted"], self.book["picked_up"])
        other = np.minimum(self.book["offered"], self.book["ended"])
        return np.where(start != NOT_SAID, start, np.where(other != NOT_YET, other, LONG_AGO))


_NO_EVENTS: Final = WorkEvents(
    worker=np.empty(0, dtype=np.int64),
    platform=np.empty(0, dtype=np.int64),
    order=np.empty(0, dtype=np.uint64),
    kind=np.empty(0, dtype=np.int8),
    time=np.empty(0, dtype=np.int64),
    event=np.empty(0, dtype=np.uint64),
    area=np.empty(0, dtype=np.int64),
    record=np.empty(0, dtype=np.int64),
)
