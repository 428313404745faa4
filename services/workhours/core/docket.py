"""Which workers are due to be judged again under one rule, and from where on their orders are needed.

A worker is due when a new event came, or when the watermark gets to the moment for which they were put down.

Why not all of a worker's history is needed
    Let c be the start of the worker's last spell in their last judgement, and m the earliest moment, old or
    new, of any order that a new event belongs to. If m >= c, every spell that starts before c stays as it
    is: its orders have no new event, it ended at least the reset gap before c, and no order that a new event
    touches begins before c. An order in hand belongs to the last spell (it fills the time up to the last
    known moment, so no later spell can start), hence what the watermark moves lies at c or after it as well.
    So the orders that start at c or later make exactly the spells that do. If m < c, all of the worker's
    history is judged.
    As rows of the order book come in the order of their first event, each worker also has a lowest row that
    matters: of an order that begins or is offered at c or later, or that a new event belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.workhours.core.work_events import Int64s

NEVER: Final = np.iinfo(np.int64).max
LONG_AGO: Final = np.iinfo(np.int64).min
NO_ROW_YET: Final = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True, eq=False)
class Due:
    """Whom to judge."""

    worker: Int64s
    """Codes, ascending."""
    since: Int64s
    """Beside each the moment from which on their orders are needed, ms: `LONG_AGO`, or a spell's start."""
    since_row: Int64s
    """Beside each the lowest row of the order book that is needed."""
    touched: Int64s
    """Beside each m, `NEVER` where only time has passed."""
    place: Int64s
    """By code: where the worker stands among these."""

    def __len__(self) -> int:
        return len(self.worker)

    def since_of(self, workers: Int64s) -> Int64s:
        """The moment of each of `workers`, all of whom are due."""
        return self.since[self.place[workers]]


class Docket:
    """Four numbers per worker code; codes are small and dense."""

    def __init__(self) -> None:
        self._due_at = np.empty(0, dtype=np.int64)
        """The watermark at which to judge again, ms."""
        self._touched = np.empty(0, dtype=np.int64)
        """m: since the last judgement."""
        self._last_spell = np.empty(0, dtype=np.int64)
        """c: by the last judgement."""
        self._since_row: NDArray[np.int32] = np.empty(0, dtype=np.int32)

    @property
    def nbytes(self) -> int:
        return 28 * len(self._due_at)

    def touch(self, workers: Int64s, earliest: Int64s, rows: Int64s) -> None:
        """Orders of `workers`, in `rows` of the book, have new events; the orders' earliest moments, ms."""
        self._grow(workers)
        self._due_at[workers] = LONG_AGO
        np.minimum.at(self._touched, workers, earliest)
        np.minimum.at(self._since_row, workers, rows.astype(np.int32))

    def touch_whole(self, workers: Int64s) -> None:
        """All of these workers' history is to be judged."""
        self._grow(workers)
        self._due_at[workers] = self._touched[workers] = LONG_AGO

    def put_down(self, workers: Int64s, at: Int64s) -> None:
        """Judge `workers` again when the watermark gets to `at`, ms, if nothing does earlier."""
        np.minimum.at(self._due_at, workers, at)

    def due(self, watermarks: Int64s) -> Due:
        """Whom to judge now that the watermark of each worker (by code) is here."""
        known = min(len(watermarks), len(self._due_at))
        worker = np.flatnonzero(self._due_at[:known] <= watermarks[:known])
        last, touched = self._last_spell[worker], self._touched[worker]
        since = np.where(touched >= last, last, LONG_AGO)
        row = np.where(since == LONG_AGO, 0, self._since_row[worker])
        place = np.zeros(known, dtype=np.int64)
        place[worker] = np.arange(len(worker))
        return Due(worker, since, row, touched, place)

    def judged(self, due: Due, worker: Int64s, start: Int64s) -> None:
        """They were judged; these are all spells of theirs that start at or after their moment."""
        self._due_at[due.worker] = NEVER
        self._touched[due.worker] = NEVER
        self._last_spell[due.worker] = LONG_AGO
        self._since_row[due.worker] = NO_ROW_YET
        np.maximum.at(self._last_spell, worker, start)

    def last_spell(self, workers: Int64s) -> Int64s:
        """c of each of `workers`; `LONG_AGO` where they have no spell."""
        return self._last_spell[workers]

    def needs_rows(self, workers: Int64s, rows: Int64s) -> None:
        """These rows matter to their workers as long as the last spell goes on."""
        np.minimum.at(self._since_row, workers, rows.astype(np.int32))

    def forget(self, workers: Int64s) -> None:
        """They are nobody's now: not due, and nothing is known of them."""
        known = workers[workers < len(self._due_at)]
        self._due_at[known] = self._touched[known] = NEVER
        self._last_spell[known] = LONG_AGO
        self._since_row[known] = NO_ROW_YET

    def renumber(self, kept_before: Int64s) -> None:
        """The book's rows have other numbers: ``kept_before`` tells, by old number, how many kept rows come
        before it; one entry more than there were rows."""
        named = self._since_row < NO_ROW_YET
        self._since_row[named] = kept_before[np.minimum(self._since_row[named], len(kept_before) - 1)]

    def _grow(self, workers: Int64s) -> None:
        missing = int(workers.max(initial=-1)) + 1 - len(self._due_at)
        if missing <= 0:
            return
        more = missing + len(self._due_at) // 2  # half as many again, so that growing stays linear
        self._due_at = np.append(self._due_at, np.full(more, NEVER))
        self._touched = np.append(self._touched, np.full(more, NEVER))
        self._last_spell = np.append(self._last_spell, np.full(more, LONG_AGO))
        self._since_row = np.append(self._since_row, np.full(more, NO_ROW_YET, dtype=np.int32))
