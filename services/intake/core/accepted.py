"""What was accepted before: each version of an event with its content, and whose each event is.

A version is known again by its statement key, and is a duplicate if all it says is the same. A further one
has to keep the event's worker, who decides where on the log it stands, and its order, on which hangs all that
is derived from it: together the event's *subject*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from services.intake.core.event_index import EventIndex, Keys, RecentEvents


class Standing(IntEnum):
    """What a row is to all that was accepted."""

    NEW = 0
    DUPLICATE = 1
    """The same version was accepted with the same content."""
    REUSED = 2
    """The same version was accepted with other content, or version 0 comes for a subject of its own."""
    OTHER_WORKER = 3
    """A version that names another worker than the event's."""
    OTHER_ORDER = 4
    """A version that names another order than the event's."""


@dataclass(frozen=True, slots=True, eq=False)
class Statements:
    """``n`` versions of events; every array has length ``n``."""

    event_keys: Keys
    """Identity of the event."""
    keys: Keys
    """Identity of this version of it."""
    contents: Keys
    """A digest of all it says."""
    subjects: Keys
    """A digest of its worker in the high, of its order in the low 32 bits."""

    def __len__(self) -> int:
        return len(self.keys)

    @staticmethod
    def joined(parts: Sequence[Statements]) -> Statements:
        """Those of all parts, in order. At least one part."""
        columns = zip(
            *((part.event_keys, part.keys, part.contents, part.subjects) for part in parts), strict=True
        )
        return Statements(*map(np.concatenate, columns))

    def take(self, rows: NDArray[np.bool_]) -> Statements:
        """Those of a mask."""
        return Statements(self.event_keys[rows], self.keys[rows], self.contents[rows], self.subjects[rows])


class AcceptedEvents:
    """The statements of the last days. Not safe for threads: one committer owns it."""

    def __init__(self, index: Callable[[], EventIndex] = EventIndex) -> None:
        """``index`` makes an empty one, of a day."""
        self._statements = RecentEvents(index)
        """Key of the statement → content, subject."""
        self._corrected = RecentEvents(index)
        """Key of an event of which a version above 0 was accepted → subject. Few, so quickly asked."""

    def judge(self, rows: Statements) -> NDArray[np.uint8]:
        """What each row of a batch is to the set and to the rows before it: values of ``Standing``."""
        corrections = rows.keys != rows.event_keys
        if not corrections.any() and not len(self._corrected):
            return self._judge_content(rows)
        subject = self._subjects_on_record(rows, corrections)
        kept = subject == rows.subjects
        if kept.all():
            return self._judge_content(rows)
        # Apart, so that a row of another subject does not stand in the way of the version it pretends to be.
        standing = np.empty(len(rows), dtype=np.uint8)
        standing[kept] = self._judge_content(rows.take(kept))
        other_worker = (rows.subjects ^ subject)[~kept] >> np.uint64(32) != 0
        moved = np.where(other_worker, Standing.OTHER_WORKER, Standing.OTHER_ORDER)
        standing[~kept] = np.where(corrections[~kept], moved, Standing.REUSED)
        return standing

    def subjects_of(self, event_keys: Keys) -> Keys:
        """The subjects that events were accepted with; 0 where none was. Shape as given."""
        nothing = np.zeros((len(event_keys), 2), dtype=np.uint64)
        _, by_version_0 = self._statements.look_up(event_keys, nothing)
        _, subject = self._corrected.look_up(event_keys, by_version_0[:, 1])
        return subject

    def add(self, day: int, new: Statements) -> None:
        """Add statements that are not in the set, each once. ``day``: when they were accepted.

        A subject is kept with each version, so that it is known as long as any of them.
        """
        self._statements.add(day, new.keys, _digests(new.contents, new.subjects))
        corrections = np.flatnonzero(new.keys != new.event_keys)
        if len(corrections):
            events, firsts = np.unique(new.event_keys[corrections], return_index=True)
            self._corrected.add(day, events, new.subjects[corrections[firsts]])

    def forget_before(self, day: int) -> None:
        """Let earlier days go."""
        self._statements.forget_before(day)
        self._corrected.forget_before(day)

    def _judge_content(self, rows: Statements) -> NDArray[np.uint8]:
        known, record = self._statements.look_up(rows.keys, _digests(rows.contents, rows.subjects))
        repeated = np.where(record[:, 0] == rows.contents, Standing.DUPLICATE, Standing.REUSED)
        return np.where(known, repeated, Standing.NEW).astype(np.uint8)

    def _subjects_on_record(self, rows: Statements, corrections: NDArray[np.bool_]) -> Keys:
        """The subject of each row's event, by the set or else by the first row that has the event.

        Of a row that no correction concerns its own: what it says is judged as a whole.
        """
        known, subject = self._corrected.look_up(rows.event_keys, rows.subjects)
        concerned = np.flatnonzero(known | np.isin(rows.event_keys, rows.event_keys[corrections]))
        _, by_version_0 = self._statements.look_up(
            rows.event_keys[concerned], _digests(rows.contents[concerned], subject[concerned])
        )
        subject[concerned] = by_version_0[:, 1]
        return subject


def _digests(contents: Keys, subjects_of: Keys) -> Keys:
    """As they are noted of a statement: shape ``(n, 2)``."""
    return np.stack([contents, subjects_of], axis=1)


def subjects(workers: Keys, orders: Keys | None) -> Keys:
    """The digest a row of worker and order, from 64-bit digests of each; ``orders`` None: there are none."""
    low = np.uint64(0xFFFF_FFFF)
    return (workers & ~low) if orders is None else (workers & ~low) | (orders & low)
