"""Takes workers whose data were erased out of what intake keeps: the archive, answers, links of pseudonyms.

An erasure names a worker by a hash, so all of it is looked through, by the loops of those who write it. Of
the archive the newest segments come first, and once a pseudonym is found its own partition only. What is
found goes in this order, because a crash between any two steps must lose nothing:

1. a segment is written again, durably, without the worker's rows and under another name;
2. the catalogue names the one for the other, in the transaction of the archiver's tick;
3. the earlier file is deleted.

A crash after 1 or 2 leaves a file that nobody names: it goes at the next start. That is also when everything
is looked through once more, as what was brought back from a backup may have anybody's rows.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from sqlalchemy.engine import Connection

from kit.directory.entries import ErasureEntry
from kit.erasure import Erased, worker_sha256
from kit.eventlog.port import TopicPartition
from kit.storage.scrubbing import Scrubbing
from services.intake.ports import ErasableAnswers, ErasableArchive, SegmentId

_log = logging.getLogger(__name__)

STEP_S = 0.5
"""So long the archiver looks through segments at once, each second: some three million rows, less where the
worker is. Half a core, so that what comes in meanwhile is archived."""

IN_FLIGHT_S = 30.0
"""By then every batch that was judged before this process heard of an erasure has been answered."""

HEARD_WITHIN_MS = 3_600_000
"""After an hour every process has heard of an erasure: an answer from later tells of nobody who is erased."""


class Erasing:
    """Of the archive and the answers. One thread calls, the archiver's."""

    def __init__(
        self,
        archive: ErasableArchive,
        answers: ErasableAnswers,
        erased: Erased,
        scrubbing: Scrubbing,
        hurry: Callable[[], None],
    ) -> None:
        """``scrubbing``: of the store that has the answers. ``hurry``: let ``step`` be called again soon."""
        self._archive = archive
        self._answers = answers
        self._erased = erased
        self._scrubbing = scrubbing
        self._hurry = hurry
        self._owned: frozenset[TopicPartition] = frozenset()
        self._seen: Mapping[bytes, ErasureEntry] | None = None
        """The erasures by which is being looked; None: begin anew."""
        self._through: Mapping[bytes, ErasureEntry] | None = None
        """The erasures by which all was looked through."""
        self._waiting: deque[SegmentId] = deque()
        self._sought: set[bytes] = set()
        """Workers whose pseudonym is not known yet: they may be anywhere."""
        self._places: set[TopicPartition] = set()
        """Where the others are."""
        self._changed = 0
        self._answers_due_s: list[float] = []

    def take(self, partitions: Iterable[TopicPartition]) -> None:
        """Look through these partitions' segments too."""
        self._owned |= frozenset(partitions)
        self._seen = self._through = None

    def give_up(self, partitions: Collection[TopicPartition]) -> None:
        """Their segments are another process's, or will be taken again."""
        self._owned -= frozenset(partitions)
        self._waiting = deque(each for each in self._waiting if _place(each) in self._owned)

    def idle(self) -> bool:
        """Whether nothing of what is known to be erased is left; for other threads."""
        latest = self._erased.all()
        return not latest or latest is self._through

    def step(self, connection: Connection) -> list[Path]:
        """Look on for a while; answers the files that are not needed any more once ``connection`` commits."""
        self._begin(connection)
        if not self._waiting:
            return []
        replaced: list[Path] = []
        until_s = time.monotonic() + STEP_S
        while self._waiting:
            segment = self._waiting.popleft()
            if not self._sought and _place(segment) not in self._places:
                continue
            found = self._archive.erase(connection, segment)
            replaced += found.replaced
            for worker in found.workers:
                if (known_by := worker_sha256(worker)) in self._sought:
                    self._sought.remove(known_by)
                    self._places.update(self._archive.places_of(worker))
            if time.monotonic() >= until_s:
                break
        self._changed += len(replaced)
        if not self._waiting:
            _log.info("all is looked through for erased workers: %d segments had any", self._changed)
        return replaced

    def committed(self) -> None:
        """Go through the answers if it is time to. Called outside of transactions."""
        if self._answers_due_s and time.monotonic() >= self._answers_due_s[0]:
            if self._answers.withhold(self._erased.before_ms() + HEARD_WITHIN_MS):
                self._scrubbing.deleted()
            self._answers_due_s = self._answers_due_s[1:]
        self._scrubbing.committed()
        if self._waiting:
            self._hurry()
        else:
            self._through = self._seen

    def _begin(self, connection: Connection) -> None:
        latest = self._erased.all()
        if latest is self._seen:
            return
        self._seen = latest
        self._waiting.clear()
        if latest:
            found = self._archive.segments(connection, self._owned, self._erased.before_ms())
            self._waiting.extend(found)
            self._changed = 0
            known = self._through or {}
            self._sought = {worker for worker, entry in latest.items() if known.get(worker) != entry}
            self._places = set()
            now_s = time.monotonic()
            self._answers_due_s = [now_s, now_s + IN_FLIGHT_S]


def _place(segment: SegmentId) -> TopicPartition:
    return TopicPartition(segment.topic, segment.partition)
