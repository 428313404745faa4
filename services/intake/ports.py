"""What intake needs from outside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from kit.columns import EventBatch
from kit.eventlog.port import TopicPartition
from services.intake.core.accepted import Statements
from services.intake.core.integration import AnsweredBatch
from services.intake.core.rows import Fault


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a batch was answered."""

    verdicts: NDArray[np.uint8]
    """One ``Verdict`` a row, in the rows' order."""
    faults: Sequence[Fault]
    """One a rejected row, by row."""


@dataclass(frozen=True, slots=True, eq=False)
class KeptAnswer:
    """An answer as it is kept for a resent request."""

    platform_id: str
    request_id: str
    content: int
    """64-bit digest of the request: another content under the same id is an error."""
    answer: Answer
    newest_event_ms: int | None = None
    """Of the accepted rows; None if there are none."""


class Answers(Protocol):
    """Keeps answers and what is remembered of accepted events; both survive a restart."""

    def earlier(self, requests: Iterable[tuple[str, str]]) -> dict[tuple[str, str], KeptAnswer]:
        """The kept answers among ``(platform_id, request_id)``."""
        ...

    def of_platform(self, platform_id: str, since_ms: int, most: int) -> list[AnsweredBatch]:
        """What became of a platform's batches, the newest first, ``most`` at most."""
        ...

    def keep(self, answers: Sequence[KeptAnswer], accepted: Statements, now_ms: int) -> None:
        """Keep answers and newly accepted statements, in one transaction."""
        ...

    def accepted(self) -> Iterator[tuple[int, Statements]]:
        """All kept statements, in portions: (when they were accepted, statements)."""
        ...

    def expire(self, before_ms: int) -> None:
        """Forget what was kept before a moment."""
        ...


class ErasableAnswers(Protocol):
    """Answers for who removes a worker's data."""

    def withhold(self, before_ms: int) -> int:
        """Take out of answers given before a moment the values that may tell of a worker: identifiers, times.
        Verdicts, fields and reasons stay. Answers how many were changed."""
        ...


@dataclass(frozen=True, slots=True)
class PastEvent:
    """One version of an event, out of the archive."""

    topic: str
    platform_id: str
    worker_id: str
    event_id: str
    version: int
    event_time_ms: int
    fields: Mapping[str, Any]
    """The other columns by name; ``area_code`` and, for dispatches, ``order_id`` as strings."""

    @property
    def place(self) -> tuple[int, str, str, int]:
        """What they are ordered by; no two have the same."""
        return self.event_time_ms, self.platform_id, self.event_id, self.version


class Archive(Protocol):
    """The record of what was said."""

    def worker_events(self, worker_id: str, start_ms: int, end_ms: int) -> list[PastEvent]:
        """All that was said, once, by time, platform, event_id and version; ``start_ms`` included, ``end_ms``
        excluded."""
        ...


@dataclass(frozen=True, slots=True)
class SegmentId:
    """Names a segment of the archive for as long as it is not merged into another."""

    topic: str
    partition: int
    first_offset: int
    last_offset: int


class Found(NamedTuple):
    """What of erased workers was in a segment."""

    workers: Collection[str]
    """Who has events in it, be they from before the erasure or not."""
    replaced: list[Path]
    """Files that are not needed any more."""


class ErasableArchive(Protocol):
    """The archive for who removes a worker's data."""

    def segments(
        self, connection: Any, places: Collection[TopicPartition], before_ms: int
    ) -> list[SegmentId]:
        """Those of some partitions that have events from before a moment, the newest first."""
        ...

    def places_of(self, worker_id: str) -> Collection[TopicPartition]:
        """Where all of a worker's events are."""
        ...

    def erase(self, connection: Any, segment: SegmentId) -> Found:
        """Leave those events out whose worker was erased; it counts when ``connection`` commits."""
        ...

    def remove(self, files: Iterable[Path]) -> None:
        """Delete files that are not needed any more."""
        ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """Records of one partition, one after the other."""

    topic: str
    partition: int
    first_offset: int
    last_offset: int


class ArchiveWriter(Protocol):
    """Adds to the archive, in the transaction that advances the reader's position."""

    def write(self, connection: Any, source: Stretch, batch: EventBatch, now_ms: int) -> list[Path]:
        """Add the events of a stretch; they count when ``connection`` commits.

        Answers the files that are not needed any more then.
        """
        ...

    def remove(self, files: Iterable[Path]) -> None:
        """Delete files that are not needed any more."""
        ...


@dataclass(frozen=True, slots=True)
class Succession:
    """A worker's pseudonyms before and after a change of the registry's key."""

    old: str
    new: str
    forget_ms: int | None
    """From when on nothing is expected under the old one any more, epoch milliseconds; None: not known."""
    undone: bool = False
    """It was wrong: they are two workers."""


@dataclass(frozen=True, slots=True)
class ToPart:
    """Pseudonyms taken for one worker's that are two workers', whose events have yet to be parted."""

    olds: tuple[str, ...]
    """Of the one, the last one first."""
    news: tuple[str, ...]
    """Of the other, the last one first."""


@dataclass(frozen=True, slots=True)
class ToMove:
    """A pseudonym whose events have yet to be moved."""

    id: int
    worker_id: str


@dataclass(frozen=True, slots=True)
class ErasedLinks:
    """What was deleted of erased pseudonyms."""

    olds: Sequence[str]
    """The old pseudonyms of the links."""
    deleted: int
    """Rows."""
    left: bool
    """Some are still noted, as yet to be parted."""


class Successors(Protocol):
    """Keeps links, and whose events have yet to be moved; both survive a restart."""

    def links(self) -> Iterator[Succession]:
        """All links, in the order they came."""
        ...

    def salted(self) -> Iterator[int]:
        """XXH64 of the pseudonyms whose link was forgotten."""
        ...

    def put(self, connection: Any, links: Sequence[Succession]) -> None:
        """Add fresh links, in the transaction that advances their reader, and note the events of both
        pseudonyms as to be moved."""
        ...

    def part(self, connection: Any, undone: Sequence[ToPart]) -> None:
        """Delete the links between those, in the transaction that advances their reader, and note their
        events as to be parted."""
        ...

    def to_part(self) -> list[ToPart]:
        """Whose events have yet to be parted."""
        ...

    def parted(self, each: ToPart) -> None:
        """They have been."""
        ...

    def apart(self) -> Iterator[int]:
        """XXH64 of the pseudonyms of which a link was undone."""
        ...

    def highest_to_move(self, connection: Any = None) -> int:
        """The last id of a pseudonym that is to be moved, as ``connection`` sees it; 0: there is none."""
        ...

    def to_move(self, up_to: int, most: int) -> list[ToMove]:
        """Pseudonyms of ONE partition whose events have yet to be moved, ``most`` at most, with ids up to
        ``up_to``; empty: there are none."""
        ...

    def count_to_move(self) -> int:
        """How many there are in all."""
        ...

    def moved(self, workers: Sequence[ToMove]) -> None:
        """They have been. Who was noted again meanwhile, under another id, stays noted."""
        ...

    def overdue(self, now_ms: int) -> list[str]:
        """Old pseudonyms of links that nobody needs any more."""
        ...

    def forget(self, links: Mapping[str, int]) -> None:
        """Delete links: old pseudonym → XXH64 of the new one, which is kept."""
        ...

    def erase(self, connection: Any, is_erased: Callable[[str], bool]) -> ErasedLinks:
        """Delete the links of erased pseudonyms, as ``forget`` does, and the notes that they are to be moved.
        Who is to be parted stays noted until that is done."""
        ...


class MovableArchive(Protocol):
    """The archive for who says events again."""

    def rows_of(self, topic: str, worker_ids: Sequence[str], start_ms: int) -> EventBatch | None:
        """What was said of workers of ONE partition since ``start_ms``, every version, some perhaps twice.

        None if it is nothing.
        """
        ...
