"""What algo_audit keeps of the log for audits to read: orders, sessions, and who was over their hours.

All events of the days that are kept. Of older ones there are sketches only (``closing``), and what comes of
them is counted.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kit.columns import DISPATCH, WORK_SESSION, EventBatch, Names
from kit.columns.records import by_partition
from kit.columns.versions import statement_keys
from kit.errors import LogUnavailableError
from kit.eventlog.port import Record, TopicPartition
from kit.eventlog.topics import DISPATCHES, FINDINGS, WORK_SESSIONS
from kit.storage.scrubbing import Scrubbing
from kit.storage.stored_events import StoredEvents
from services.algo_audit.closing import Closing
from services.algo_audit.core.cohort_keys import local_days
from services.algo_audit.core.day_cells import window_ms
from services.algo_audit.core.orders import DispatchKind
from services.algo_audit.erasing import Erasing
from services.algo_audit.held_columns import (
    DISPATCH_COLUMNS,
    NAMED,
    SESSION_COLUMNS,
    chosen,
    column,
    days_of,
    last_statement,
    numbered,
    observed_of,
    rows_until,
)
from services.algo_audit.ports import Mark, Observed, OverHoursSpan, OverHoursSpans, Since

DISPATCH_STATE = "dispatch-events"
SESSION_STATE = "session-events"
"""Names of the state blobs: the events as they came."""

_NEVER_MS = np.iinfo(np.int64).max
_TOLD = (*(kind for kind in DispatchKind if kind is not DispatchKind.PICKED_UP),)
"""Kinds that say something of an order to an audit. When the goods were on board is no part of any metric."""

EVENTS_A_TICK = 500_000
"""Days are closed, and partitions written anew, until they had so many events: so audits wait a second or two
for it, and not for weeks that are replayed."""

DROPPED_AT = 0.25
"""Share of a partition's events that has to be older than all days that are kept before it is written anew:
so each event is written four times more at most, and memory holds a third more than the days that are
kept."""

BETWEEN_AUDITS_S = 0.5
"""How long the loop waits for an audit to end before it erases. The audit may be waiting for the loop in
turn, so the next tick tries again."""

Consumed = EventBatch | OverHoursSpan | None
"""What a record says: events, a worker over their hours, or nothing that matters here."""


class Held:
    """The handler of the consumed topics. The loop's thread writes, those of audits read."""

    def __init__(
        self,
        spans: OverHoursSpans,
        closing: Closing | None = None,
        partitions: Callable[[], Collection[TopicPartition]] = list,
        erasing: Erasing | None = None,
        scrubbing: Scrubbing | None = None,
        audits: threading.Lock | None = None,
    ) -> None:
        """``closing``: None to keep everything and close no day. ``partitions``: all that the log has.
        ``erasing``: None if nobody's data ever go; ``scrubbing``: of the store they go from.
        ``audits`` is held while an audit is made: what its mark marks must not go before it is kept."""
        self._names = {name: Names() for name in NAMED}
        self._stored: dict[TopicPartition, StoredEvents] = {}
        self._spans = spans
        self._closing = closing
        self._partitions = partitions
        self._erasing = erasing
        self._scrubbing = scrubbing or Scrubbing()
        self._audits = audits or threading.Lock()
        self._put_off = False
        """Something is to be erased, heard of before or not, once the audit under way has ended."""
        self._days: set[int] = set()
        """Of the events that are held."""
        self._looked_through: list[TopicPartition] = []
        """Those still to be looked through for events of days that were dropped."""
        self._watermark_ms = 0
        """The latest event time."""
        self._over_hours: dict[str, OverHoursSpan] = {}
        """By finding; those that stand."""
        self._lock = threading.Lock()

    def restore(self, connection: Any, partitions: Collection[TopicPartition]) -> None:
        """Load what is stored of partitions, of nobody whose data are to go: a store that was set back has
        them again."""
        with self._between_audits() as between, self._lock:
            for source in partitions:
                if source.topic == FINDINGS.name:
                    self._over_hours = {span.finding_id: span for span in self._spans.all(connection)}
                    continue
                stored = self._empty(source)
                stored.load(connection)
                self._stored[source] = stored
            if between:
                self._erase(connection)
            for source in partitions:
                if (held := self._stored.get(source)) is not None and len(held.events):
                    self._note(held.events["event_time_ms"])
            if self._closing is not None:
                self._closing.restore(connection)

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        """Drop what is held of partitions."""
        with self._lock:
            for source in partitions:
                self._stored.pop(source, None)
                if source.topic == FINDINGS.name:
                    self._over_hours = {}

    def handle(self, connection: Any, batch: Sequence[tuple[Record, Consumed]]) -> None:
        """Add the events that an audit needs, and follow who was over their hours.

        All corrections are added: one of a kind that is not needed replaces what was needed all the same.
        """
        self._follow(connection, [said for _, said in batch if isinstance(said, OverHoursSpan)])
        for topic in (DISPATCHES.name, WORK_SESSIONS.name):
            of_topic = [
                (record, said)
                for record, said in batch
                if record.topic == topic and isinstance(said, EventBatch)
            ]
            for number, events in by_partition(of_topic):
                if topic == DISPATCHES.name:
                    told = np.isin(events["kind"], _TOLD) | (events["version"] > 0)
                    events = events.take(np.flatnonzero(told))
                self._add(connection, self._stored[TopicPartition(topic, number)], events)

    def tick(self, connection: Any) -> None:
        """Erase what is to go; close the days that can be, as long as all partitions are held, and drop the
        oldest."""
        if self._erasing is not None and (self._put_off or self._erasing.news()):
            with self._between_audits() as between, self._lock:
                if between:
                    self._erase(connection)
        if self._closing is None:
            return
        due = self._closing.due(self._days, self._watermark_ms)
        try:
            partitions = self._partitions() if due else ()
        except LogUnavailableError:
            return
        events = 0
        for day in due:
            observed = self.observed(partitions, window_ms(day))
            if observed is None or events > EVENTS_A_TICK:
                break
            self._closing.close(connection, day, observed)
            events += len(observed.dispatches.order) + len(observed.sessions.time)
        if self._closing.drop_old(connection, self._days, self._watermark_ms):
            self._looked_through = sorted(self._stored)
        if (first_ms := self._closing.oldest_event_ms) is not None and self._looked_through:
            self._forget_before(connection, first_ms)

    def committed(self) -> None:
        """Leave nothing in the store's files of what was erased."""
        self._scrubbing.committed()

    def observed(
        self,
        partitions: Collection[TopicPartition],
        window: tuple[int, int] | None = None,
        since: Since | None = None,
    ) -> Observed | None:
        """All that is in force of exactly these partitions; None if others are held, or not all of them.

        ``window``: of events from the first moment up to before the second only (epoch milliseconds).
        ``since``: of events from a moment on only, maybe of an earlier state; then the answer has a mark.

        Workers and platforms are numbered by their names. Figures are sums over workers, and a sum of floats
        depends on the order of its parts in the last digit: numbered as they came, the same data would be
        another audit after a restart.
        """
        with self._lock:
            if self._stored.keys() != {source for source in partitions if source.topic != FINDINGS.name}:
                return None
            first_day = None if self._closing is None else self._closing.first_kept
            mark = None
            if since is not None:
                window = since.moment_ms, _NEVER_MS
                mark = since.as_of or self._mark(since.moment_ms)
            elif window is None and first_day is not None:
                window = window_ms(first_day)[0], _NEVER_MS
            orders = self._joined(DISPATCHES.name, (*DISPATCH_COLUMNS, "event_key"), window, mark)
            sessions = self._joined(WORK_SESSIONS.name, SESSION_COLUMNS, window, mark)
            over_hours = sorted(self._over_hours.values()) if mark is None else mark.over_hours
            names = numbered(self._names, orders, sessions)
        return observed_of(orders, sessions, over_hours, names, first_day, mark)

    def _mark(self, since_ms: int) -> Mark:
        """The state of now."""
        last = {
            (source.topic, source.partition): key
            for source, stored in sorted(self._stored.items())
            if (key := last_statement(stored.events, since_ms)) is not None
        }
        spans = sorted(span for span in self._over_hours.values() if span.end_ms >= since_ms)
        return Mark(since_ms, last, spans)

    def _add(self, connection: Any, stored: StoredEvents, events: EventBatch) -> None:
        """Add what is new and in time; tell of the days that it changes."""
        if self._closing is None:
            with self._lock:
                stored.add(connection, events)
            return
        events = self._in_time(connection, self._closing, stored, events)
        with self._lock:
            new = stored.add(connection, events)
        if not len(new):
            return
        times = new["event_time_ms"]
        if new["version"].any():
            # What these statements replace may lie on other days.
            of_events = np.isin(stored.events["event_key"], new["event_key"][new["version"] > 0])
            times = np.concatenate((times, stored.events["event_time_ms"][of_events]))
        self._note(new["event_time_ms"])
        self._closing.touched(connection, local_days(times))

    def _in_time(
        self, connection: Any, closing: Closing, stored: StoredEvents, events: EventBatch
    ) -> EventBatch:
        """Without what is part of no day that is kept any more; that is counted. Corrections stay: they may
        replace an event of a day that is kept."""
        if closing.first_kept is None:
            return events
        days = local_days(events["event_time_ms"])
        late = np.flatnonzero(days < closing.first_kept)
        if not len(late):
            return events
        statements = statement_keys(events["event_key"], events["version"])[late]
        unseen = ~stored.events.holds(statements)
        closing.came_after(connection, days[late][unseen], statements[unseen])
        held = events["event_time_ms"] >= window_ms(closing.first_kept)[0]
        return events.take(np.flatnonzero(held | (events["version"] > 0)))

    def _note(self, times: NDArray[np.int64]) -> None:
        self._days.update(np.unique(local_days(times)).tolist())
        self._watermark_ms = max(self._watermark_ms, int(times.max()))

    def _forget_before(self, connection: Any, first_ms: int) -> None:
        """Drop what is part of no day that is kept from the partitions that have much of it, some a tick."""
        first_day = int(local_days(np.array([first_ms]))[0])
        events = 0
        with self._lock:
            while self._looked_through and events <= EVENTS_A_TICK:
                stored = self._stored.get(self._looked_through.pop())
                count = 0 if stored is None else len(stored.events)
                if stored is None or not count:
                    continue
                old = int(np.count_nonzero(stored.events["event_time_ms"] < first_ms))
                if old and old >= DROPPED_AT * count:
                    stored.forget_before(connection, first_ms)
                    events += count
            self._days = {day for day in self._days if day >= first_day}
            self._spans.forget_before(connection, first_ms)
            self._over_hours = {
                name: span for name, span in self._over_hours.items() if span.end_ms >= first_ms
            }

    @contextmanager
    def _between_audits(self) -> Iterator[bool]:
        """Keep audits from beginning; False if one has not ended within ``BETWEEN_AUDITS_S``, and erasing is
        put off."""
        ours = self._audits.acquire(timeout=BETWEEN_AUDITS_S)
        self._put_off = not ours
        try:
            yield ours
        finally:
            if ours:
                self._audits.release()

    def _erase(self, connection: Any) -> None:
        """Let go of those whose data are to go. No day is closed anew for it: what was made of them stands.

        Names of workers stay in memory until the process ends, and reach no file: a blob has the names that
        its own rows use.
        """
        if self._erasing is None:
            return
        went = self._erasing.erase(connection, self._stored, self._names["worker"], self._over_hours)
        if any(went):
            self._scrubbing.deleted()
        for finding_id in went.spans:
            del self._over_hours[finding_id]
        if went.events:
            self._days = set()
            for stored in self._stored.values():
                if len(stored.events):
                    self._note(stored.events["event_time_ms"])

    def _follow(self, connection: Any, spans: Sequence[OverHoursSpan]) -> None:
        if self._closing is not None and (first_ms := self._closing.oldest_event_ms) is not None:
            spans = [span for span in spans if span.end_ms >= first_ms]
        if not spans:
            return
        self._spans.save(connection, spans)
        if self._closing is not None:
            # What takes back that nobody said changes nothing.
            known = self._over_hours.keys() | {span.finding_id for span in spans if span.stands}
            told = [
                *(span for span in spans if span.finding_id in known),
                *(self._over_hours[s.finding_id] for s in spans if s.finding_id in self._over_hours),
            ]
            if told:
                self._closing.changed(connection, days_of(told))
        with self._lock:
            for span in spans:
                if span.stands:
                    self._over_hours[span.finding_id] = span
                else:
                    self._over_hours.pop(span.finding_id, None)

    def _empty(self, source: TopicPartition) -> StoredEvents:
        if source.topic == DISPATCHES.name:
            return StoredEvents(DISPATCH_STATE, source.partition, DISPATCH, self._names, DISPATCH_COLUMNS)
        return StoredEvents(SESSION_STATE, source.partition, WORK_SESSION, self._names, SESSION_COLUMNS)

    def _joined(
        self, topic: str, columns: Sequence[str], window: tuple[int, int] | None, mark: Mark | None
    ) -> dict[str, NDArray[Any]]:
        """The columns of all events of a topic that are in force, within the window if there is one; of the
        state that is marked, if one is."""
        held = [
            (source, stored.events)
            for source, stored in sorted(self._stored.items())
            if source.topic == topic and len(stored.events)
        ]
        rows = []
        for source, events in held:
            last = None if mark is None else mark.last.get((source.topic, source.partition))
            until = None if mark is None else rows_until(events, last)
            rows.append(np.flatnonzero(chosen(events, window, until)))
        return {name: column([events for _, events in held], rows, name) for name in columns}
