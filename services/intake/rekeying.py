"""Moves what was said under pseudonyms that have been replaced: says it again under the successor.

Of a few workers at a time, in this order because a crash between any two steps must lose nothing:

1. wait until the archive holds all that was written before their links were in force (``succession``);
2. read what was said of them within the look-back, every version;
3. append what is not where it belongs, then its deletion from where it was: a worker's events of a topic in
   one record a partition, so that nobody judges by half of them;
4. note them as moved.

A crash after 3 has it all appended once more: the same statements, which change nothing (ADR 3, 12).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence

from kit.clock import Clock
from kit.columns import EventBatch, concat
from kit.columns.records import SCHEMAS
from kit.erasure import Erased
from kit.errors import RetryableError
from kit.eventlog.backoff import Backoff
from kit.eventlog.partitioner import partition_of
from kit.eventlog.port import EventLog, NewRecord
from services.intake.core.event_index import Keys
from services.intake.ports import MovableArchive, Successors, ToMove, ToPart
from services.intake.restating import by_partition, by_worker, parted, restated
from services.intake.succession import SharedSuccessions

_log = logging.getLogger(__name__)

MOST_WORKERS = 50
"""At once: with two weeks of forty orders a day each some 120,000 rows. Fewer would make consumers that read
the log again for what comes late do so more often."""

MOST_RECORD_ROWS = 15_000
"""As ``group_commit``: what a record may have."""

LOOK_S = 60.0
"""How often to look for links that nobody needs any more."""

DAY_MS = 86_400_000


class Rekeying:
    """The thread that moves. It rests as long as it works: it takes half a core at most."""

    def __init__(
        self,
        log: EventLog,
        store: Successors,
        archive: MovableArchive,
        successions: SharedSuccessions,
        clock: Clock,
        *,
        look_back_days: int,
        await_archived: Callable[[], None],
        on_record: Callable[[Keys], Keys],
        erased: Erased,
    ) -> None:
        """``await_archived`` returns once what was appended before the call can be read from ``archive``.
        ``on_record``: the subjects that events, by their plain keys, were accepted with of late. ``erased``:
        whose events are not said again, nor read from ``archive``."""
        self._log = log
        self._store = store
        self._archive = archive
        self._successions = successions
        self._clock = clock
        self._look_back_ms = look_back_days * DAY_MS
        self._await_archived = await_archived
        self._on_record = on_record
        self._erased = erased
        self._to_part: list[ToPart] = []
        """Links that are in force no more."""
        self._up_to = 0
        """Pseudonyms noted up to this id have their links in force."""
        self._archived_to = 0
        """Of those up to this id the archive holds all that was written before."""
        self._backoff = Backoff()
        self._stopping = False
        self._wake = threading.Event()
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="intake-rekeying", daemon=True)

    @property
    def failed(self) -> BaseException | None:
        """What ended the thread, if anything unexpected did."""
        return self._failed

    def start(self) -> None:
        """Put kept links in force, and go on where an earlier process was. Before anything is written."""
        self._to_part = self._store.to_part()
        self._successions.take(self._store.links(), self._store.salted(), apart=self._store.apart())
        self._up_to = self._store.highest_to_move()
        self._thread.start()

    def stop(self) -> None:
        """Finish the workers in hand, then end."""
        self._stopping = True
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()

    def part(self, undone: Sequence[ToPart]) -> None:
        """The links between these are not in force any more."""
        if undone:
            _log.info("%d links of pseudonyms are undone", len(undone))
        self._to_part = [*self._to_part, *undone]
        self._wake.set()

    def move(self, up_to: int, links: int) -> None:
        """The links of those noted up to this id are in force now; ``links``: how many of them are new."""
        if links:
            _log.info("%d links of pseudonyms are in force", links)
        self._up_to = max(self._up_to, up_to)
        self._wake.set()

    def idle(self) -> bool:
        """Whether everything has been moved."""
        return not (self._store.count_to_move() or self._store.to_part())

    def _run(self) -> None:
        try:
            while not self._stopping:
                began_s = time.monotonic()
                try:
                    worked = self.step()
                    self._backoff.reset()
                except RetryableError as error:
                    _log.warning("moving events of replaced pseudonyms: %s; trying again", error)
                    self._backoff.wait(self._wake)
                else:
                    self._wake.wait(time.monotonic() - began_s if worked else LOOK_S)
                self._wake.clear()
        except BaseException as error:  # noqa: BLE001 - as in ConsumerLoop
            self._failed = error
            _log.exception("moving events of replaced pseudonyms ended")

    def step(self) -> bool:
        """Move a few workers, or part two; False if there are none."""
        if to_part := self._to_part:
            self._part(to_part[0])
            self._to_part = [each for each in self._to_part if each is not to_part[0]]
            return True
        up_to = self._up_to
        workers = self._store.to_move(up_to, MOST_WORKERS)
        if not workers:
            self._forget()
            return False
        if self._archived_to < up_to:  # 1
            self._await_archived()
            self._archived_to = up_to
        rows, records = self._restated(workers)  # 2
        self._log.append(records)  # 3
        self._store.moved(workers)  # 4
        left = self._store.count_to_move()
        _log.info("events of %d pseudonyms are moved by %d rows; %d to go", len(workers), rows, left)
        return True

    def _part(self, each: ToPart) -> None:
        """Say again what was said of two workers who had been taken for one, in the order of ``step``."""
        members = [*each.olds, *each.news]
        self._await_archived()  # 1
        with self._successions.held() as all_links:
            successions = all_links.of(members)
        rows, records = 0, list[NewRecord]()
        for topic in SCHEMAS:
            since_ms = self._clock() - self._look_back_ms
            found = [self._archive.rows_of(topic, [member], since_ms) for member in members]  # 2
            batches = [batch for batch in found if batch is not None]
            again = parted(concat(batches), successions, each, self._on_record) if batches else None
            # What stood under the one's pseudonym may turn out to be of the other, who is erased.
            if again is not None and len(again := self._erased.without(again)):
                rows += len(again)
                records += _records(topic, again, self._log.partition_count(topic))
        self._log.append(records)  # 3
        self._store.parted(each)  # 4
        _log.info("the events of two workers who had been linked are parted by %d rows", rows)

    def _restated(self, workers: Sequence[ToMove]) -> tuple[int, list[NewRecord]]:
        worker_ids = [each.worker_id for each in workers]
        with self._successions.held() as all_links:
            successions = all_links.of(worker_ids)
        rows, place = 0, 0
        records: list[NewRecord] = []
        for topic in SCHEMAS:
            batch = self._archive.rows_of(topic, worker_ids, self._clock() - self._look_back_ms)
            again = None if batch is None else restated(batch, successions)
            if again is not None:
                rows += len(again)
                partitions = self._log.partition_count(topic)
                place = partition_of(worker_ids[0].encode(), partitions)
                records += _records(topic, again, partitions)
        # Deletions are all in the partition the workers are of. That comes last: where a finding moves, the
        # new one mostly stands before the old one goes, so a case that rests on it is not withdrawn between.
        records.sort(key=lambda record: record.partition == place)
        return rows, records

    def _forget(self) -> None:
        overdue = self._store.overdue(self._clock())
        if overdue:
            self._store.forget(self._successions.forget(overdue))
            _log.info("%d links of pseudonyms are forgotten", len(overdue))


def _records(topic: str, batch: EventBatch, partitions: int) -> Iterator[NewRecord]:
    for partition, part in by_partition(batch, partitions):
        for some in by_worker(part, MOST_RECORD_ROWS):
            yield NewRecord(topic, some.encode(), partition=partition)
