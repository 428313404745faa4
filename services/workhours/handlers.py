"""What workhours does with events: keep orders and sessions, judge whom orders concern, publish what changed.

For each batch, all in the caller's transaction:

1. take the events in: dispatches into the order book (those from beyond the horizon are put aside with the
   reason), work sessions into the session book, which judges nobody;
2. publish how many workers were active, where that changed;
3. let time pass by the events, unless it passes by the clock (``tick``);
4. judge whoever is due;
5. save and publish what differs from what was stated before: new findings, next revisions, withdrawals, and
   what they mean to the platforms;
6. now and then store a partition's part of the order book. What came since is read from the log again at a
   hand-over, and so are all work sessions.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from kit.clock import Clock
from kit.columns import EventBatch, concat
from kit.columns.records import decode_record
from kit.errors import PermanentError
from kit.eventlog.handler import Decode
from kit.eventlog.port import EventLog, Record, TopicPartition
from kit.eventlog.topics import DISPATCHES, WORK_SESSIONS, Topic
from kit.storage import positions, state_blobs
from kit.storage.scrubbing import Scrubbing
from services.workhours.core.advisory import advisories
from services.workhours.core.finding import Finding, follow, withdraw
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.work_events import DispatchKind
from services.workhours.engine import snapshots
from services.workhours.engine.engine import Engine, TooOld
from services.workhours.engine.records import Records
from services.workhours.engine.stating import News
from services.workhours.erasing import STATE, Erasing
from services.workhours.ports import (
    Advisories,
    Caused,
    Findings,
    Keeping,
    OldEvent,
    Outgoing,
    Revision,
    Watermarks,
)

SNAPSHOT_ROWS = 200_000
"""Events of a partition between two snapshots: reading so many from the log again takes some tenths of a
second, and a snapshot costs less than a hundredth of what judging them did."""
_SNAPSHOTS_AT_ONCE = 4
"""In one commit: the others wait for the next."""
_ERASED_AT_ONCE = 4
"""Partitions in one tick: of each a snapshot is looked through, and tenths of a second of log are read if
the worker is in it."""
_REPLAYED_AT_ONCE = 500
"""Records read from the log at a hand-over before they are taken into the book."""

logger = logging.getLogger(__name__)


class WorkingTime:
    """The handler of topics dispatches and work-sessions."""

    def __init__(
        self,
        packs: Callable[[], RulePack],
        log: EventLog,
        group: str,
        findings: Findings,
        watermarks: Watermarks,
        advised: Advisories,
        outgoing: Outgoing,
        clock: Clock,
        *,
        keeping: Keeping = Keeping(),  # noqa: B008 - it is frozen
        passing: Callable[[Any], Mapping[int, int]] | None = None,
        told: Callable[[], None] = lambda: None,
        decode: Decode[EventBatch] = decode_record,
        erasing: Erasing | None = None,
        scrubbing: Scrubbing | None = None,
    ) -> None:
        """``packs``: the pack in force; the same object until it changes. ``passing``: the moment (ms) that
        each partition's time has come to, asked once a second in the transaction it is given; None: events
        tell the time. ``told`` is called after every commit. ``erasing``: None if nobody's data ever go;
        ``scrubbing``: of the store they go from.

        Raises ValueError if the pack has rules that platform events cannot feed.
        """
        self._log = log
        self._group = group
        self._findings = findings
        self._watermarks = watermarks
        self._advised = advised
        self._outgoing = outgoing
        self._clock = clock
        self._passing = passing
        self._told = told
        self._decode = decode
        self._erasing = erasing
        self._scrubbing = scrubbing or Scrubbing()
        self._to_erase: list[int] = []
        """Partitions still to be looked through for whose data are to go."""
        self._packs = packs
        self._refused: RulePack | None = None
        pack = packs()
        self._state = f"{STATE}{pack.id}"
        self._rows: dict[int, int] = {}
        """By owned partition: the events since its last snapshot."""
        self.engine = Engine(pack, Records(self._read), self._read_back, keeping)

    def restore(self, connection: Any, partitions: Collection[TopicPartition]) -> None:
        """Load what is stored of partitions, and read from the log what came since; not whose data go."""
        if self._erasing is not None:
            for source in _of(DISPATCHES, partitions):
                if self._erasing.erase(connection, source.partition):
                    self._scrubbing.deleted()
        reached = positions.load(connection, self._group, (DISPATCHES.name, WORK_SESSIONS.name))
        first = self._log.start_offsets(WORK_SESSIONS.name)
        for source in _of(WORK_SESSIONS, partitions):
            end = reached[source].next_offset if source in reached else 0
            self._restore_sessions(source, first[source.partition], end)
        first = self._log.start_offsets(DISPATCHES.name)
        for source in _of(DISPATCHES, partitions):
            number = source.partition
            # Time passes again as it did: what came within the horizon then is taken in, and not the rest.
            watermark_ms = self._watermarks.load(connection, number)
            self.engine.workers.advance(number, 0)
            offset = self._rows[number] = 0
            for blob in state_blobs.load(connection, self._state, number):
                offset = snapshots.restore(self.engine, source, blob.value)
            self.engine.workers.advance(number, self.engine.workers.latest_of(number))
            end = reached[source].next_offset if source in reached else 0
            self._cover(source, first[number])
            if offset < first[number] < end:
                logger.warning(
                    "%s/%d: the log begins at %d, what is stored ends at %d; what lies between is not judged",
                    *source, first[number], offset,
                )  # fmt: skip
            self._replay(source, max(offset, first[number]), end)
            self.engine.workers.advance(number, watermark_ms)
            self.engine.sessions.time_passes(number, self.engine.workers.watermark(number))
            self.engine.know(number, self._findings.known(connection, number, self.engine.horizon(number)))
            self.engine.touch_whole(number)
        self.engine.compact()

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        """Drop what is held of partitions."""
        orders = [source.partition for source in _of(DISPATCHES, partitions)]
        ours = [number for number in orders if self._rows.pop(number, None) is not None]
        if ours:
            self.engine.forget(ours)
        self.engine.sessions.forget([source.partition for source in _of(WORK_SESSIONS, partitions)])

    def handle(self, connection: Any, batch: Sequence[tuple[Record, EventBatch]]) -> None:
        """Steps 1 to 6."""
        self._use_pack_in_force(connection)
        ends: dict[int, int] = {}
        latest: dict[int, int] = {}
        accepted: dict[int, int] = {}
        for record, events in batch:
            number = record.partition
            if record.topic == WORK_SESSIONS.name:
                self.engine.sessions.take(number, events)  # 1
                continue
            self.engine.take(record.source, record.offset, events)  # 1
            ends[number] = record.offset + 1
            self._rows[number] += len(events)
            if moment_ms := _latest_ms(events):
                latest[number] = max(latest.get(number, 0), moment_ms)
            accepted[number] = min(accepted.get(number, record.append_time_ms), record.append_time_ms)
        settled = self.engine.settle(ends)
        self._outgoing.too_old(connection, [_old_event(old) for old in settled.too_old])
        self._outgoing.activity(connection, settled.activity)  # 2
        if self._passing is None:
            for number, moment_ms in latest.items():
                self._advance(connection, number, moment_ms)  # 3
        self._judge(connection, accepted)
        self.engine.compact()
        self._store(connection, ends)

    def tick(self, connection: Any) -> None:
        """Let time pass where no event has to come for it, and new rules take force: steps 3 to 5."""
        self._erase(connection)
        changed = self._use_pack_in_force(connection)
        if self._passing is None:
            if changed:
                self._judge(connection, {})
            return
        passing = sorted(self._passing(connection).items())
        passed = [self._advance(connection, *each) for each in passing if each[0] in self._rows]
        if any(passed):
            self._judge(connection, {})

    def committed(self) -> None:
        """Tell the watchers."""
        self._told()
        self._scrubbing.committed()

    def _erase(self, connection: Any) -> None:
        """Forget whose data are to go since the last look, by restoring the partitions they are of: of some
        partitions at once, so that the others' findings do not wait long."""
        if self._erasing is None:
            return
        if self._erasing.news():
            self._to_erase = sorted(self._rows)
        due, self._to_erase = self._to_erase[:_ERASED_AT_ONCE], self._to_erase[_ERASED_AT_ONCE:]
        names = self.engine.workers.names["worker"]
        for number in due:
            if number not in self._rows:
                continue  # another's now, who does it when it takes over
            workers = [names[code] for code in self.engine.workers.of_partition(number).tolist()]
            if self._erasing.erase(connection, number, workers):
                self._scrubbing.deleted()
                sources = [TopicPartition(topic, number) for topic in (DISPATCHES.name, WORK_SESSIONS.name)]
                self.forget(sources)
                self.restore(connection, sources)

    def _use_pack_in_force(self, connection: Any) -> bool:
        """Judge by other rules from now on, if there are; whether there are."""
        pack = self._packs()
        if pack is self.engine.pack or pack is self._refused:
            return False
        try:
            self.engine.use(pack)
        except ValueError as error:
            self._refused = pack
            logger.error("rule pack refused, %s stays in force: %s", self.engine.pack.version, error)
            return False
        for number in self._rows:
            self.engine.know(number, self._findings.known(connection, number, self.engine.horizon(number)))
            self.engine.touch_whole(number)
        return True

    def _advance(self, connection: Any, number: int, watermark_ms: int) -> bool:
        passed = self.engine.workers.advance(number, watermark_ms)
        if passed:
            self._watermarks.save(connection, number, watermark_ms)
            self.engine.sessions.time_passes(number, watermark_ms)
        return passed

    def _judge(self, connection: Any, accepted: Mapping[int, int]) -> None:
        news = list(self.engine.judge())  # 4
        if not news:
            return
        now_ms = self._clock()
        stated = [item.finding_id for item in news if item.stated_before]
        earlier = self._findings.current(connection, stated)
        revisions: list[Revision] = []
        advice: list[Caused] = []
        for item in news:
            before = earlier.get(item.finding_id)
            if finding := _revision(item, before):
                revisions.append(Revision(finding, item.signature, now_ms, item.partition))
                accept_time_ms = accepted.get(item.partition)
                advice += [Caused(each, accept_time_ms, now_ms) for each in advisories(before, finding)]
        told = self._findings.save(connection, revisions)  # 5
        self._outgoing.findings(connection, revisions, told)
        self._advised.add(connection, advice)

    def _store(self, connection: Any, ends: Mapping[int, int]) -> None:
        due = [number for number in ends if self._rows[number] >= SNAPSHOT_ROWS]
        for number in sorted(due, key=lambda number: -self._rows[number])[:_SNAPSHOTS_AT_ONCE]:
            blob = snapshots.snapshot(self.engine, number, ends[number])
            state_blobs.replace(connection, self._state, number, blob)  # 6
            self._rows[number] = 0

    def _restore_sessions(self, source: TopicPartition, start: int, end: int) -> None:
        """Take in all that the log has of a partition: a million events a second, so none are stored."""
        read = (events for _, events in self._read(source, start, end))
        while part := list(islice(read, _REPLAYED_AT_ONCE)):
            self.engine.sessions.take(source.partition, concat(part))

    def _replay(self, source: TopicPartition, start: int, end: int) -> None:
        number = source.partition
        for taken, (offset, events) in enumerate(self._read(source, start, end), 1):
            self.engine.take(source, offset, events)
            self._rows[number] += len(events)
            if taken % _REPLAYED_AT_ONCE == 0:
                self.engine.settle({number: offset + 1})
                self.engine.workers.advance(number, self.engine.workers.latest_of(number))
        self.engine.settle({number: end})

    def _cover(self, source: TopicPartition, first: int) -> None:
        """Where retention has dropped the beginning, what was found of that time stands."""
        if first:
            for record in self._log.read(source, first, first + 1):
                self.engine.cover(source.partition, record.append_time_ms)

    def _read_back(self, partition: int, end: int) -> Iterator[tuple[int, EventBatch]]:
        source = TopicPartition(DISPATCHES.name, partition)
        first = self._log.start_offsets(source.topic)[partition]
        self._cover(source, first)
        yield from self._read(source, first, end)

    def _read(self, source: TopicPartition, start: int, end: int) -> Iterator[tuple[int, EventBatch]]:
        if start >= end:
            return
        for record in self._log.read(source, start, end):
            try:
                yield record.offset, self._decode(record)
            except PermanentError:
                continue  # it is among the dead letters


def _of(topic: Topic, partitions: Collection[TopicPartition]) -> list[TopicPartition]:
    return [source for source in partitions if source.topic == topic.name]


def _revision(news: News, earlier: Finding | None) -> Finding | None:
    """What is to be said; None if on closer look it was said before."""
    if earlier is None:
        return news.finding
    return withdraw(earlier, news.late) if news.finding is None else follow(earlier, news.finding, news.late)


def _latest_ms(events: EventBatch) -> int:
    """Up to when they tell of the workers' time, 0 if not at all: a complaint comes when it likes."""
    times = events["event_time_ms"]
    complained = events["kind"] == DispatchKind.COMPLAINED
    return int((times[~complained] if complained.any() else times).max(initial=0))


def _old_event(old: TooOld) -> OldEvent:
    events, row = old.taken.events, old.row

    def named(column: str) -> str:
        return events.dictionaries[column][int(events[column][row])]

    return OldEvent(
        platform_id=named("platform"),
        event_id=events.texts["event_ids"][row],
        order_id=events.texts["order_ids"][row],
        worker_id=named("worker"),
        area_code=named("area"),
        kind=int(events["kind"][row]),
        event_time_ms=int(events["event_time_ms"][row]),
        horizon_ms=old.horizon_ms,
        source=old.taken.source,
        offset=old.taken.offset,
        row=row,
    )
