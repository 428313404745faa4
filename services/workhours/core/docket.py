"""Which workers are due to be judged again under one rule, and from where on their orders are needed.

A worker is due when a new event came, or when the watermark gets to the moment for which they were put down.

Why not all of a worker's history is needed
    Let c be the start of the worker's last spell in their last judgement, and m the earliest event, old or
    new, of any order that a new event belongs to. If m >= c, every spell that starts before c stays as it
    is: its orders have no new event, it ended at least the reset gap before c, and no order that a new event
    touches begins before c. An order in hand belongs to the last spell (it fills the time up to the last
    known moment, so no later spell can start), hence what the watermark moves lies at c or after it as well.
    So the orders that start at c or later make exactly the spells that do; to have these orders whole, take
    every order that has any event at or after c. If m < c, all of the worker's history is judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from services.workhours.core.spells import Spells
from services.workhours.core.work_events import Int64s

NEVER: Final = np.iinfo(np.int64).max
LONG_AGO: Final = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True, eq=False)
class Due:
    """Whom to judge."""

    worker: Int64s
    """Codes, ascending."""
    since: Int64s
    """Beside each the moment from which on their orders are needed, ms: `LONG_AGO`, or a spell's start."""

    def __len__(self) -> int:
        return len(self.worker)

    def since_of(self, workers: Int64s) -> Int64s:
        """The moment of each of `workers`, all of whom are due."""
        return self.since[np.searchsorted(self.worker, workers)]


class Docket:
    """Three numbers per worker code; codes are small and dense."""

    def __init__(self) -> None:
        self._due_at = np.empty(0, dtype=np.int64)
        """The watermark at which to judge again, ms."""
        self._touched = np.empty(0, dtype=np.int64)
        """m: since the last judgement."""
        self._last_spell = np.empty(0, dtype=np.int64)
        """c: by the last judgement."""

    def touch(self, workers: Int64s, earliest: Int64s) -> None:
        """Orders of `workers` have new events; the orders' earliest events were at `earliest`, ms."""
        self._grow(workers)
        self._due_at[workers] = LONG_AGO
        np.minimum.at(self._touched, workers, earliest)

    def put_down(self, workers: Int64s, at: Int64s) -> None:
        """Judge `workers` again when the watermark gets to `at`, ms, if nothing does earlier."""
        np.minimum.at(self._due_at, workers, at)

    def due(self, watermark_ms: int) -> Due:
        """Whom to judge now that the watermark is here."""
        worker = np.flatnonzero(self._due_at <= watermark_ms)
        last = self._last_spell[worker]
        return Due(worker, np.where(self._touched[worker] >= last, last, LONG_AGO))

    def judged(self, due: Due, spells: Spells) -> None:
        """They were judged; `spells` are all of theirs that start at or after their moment."""
        self._due_at[due.worker] = NEVER
        self._touched[due.worker] = NEVER
        self._last_spell[due.worker] = LONG_AGO
        np.maximum.at(self._last_spell, spells.worker, spells.start)

    def _grow(self, workers: Int64s) -> None:
        missing = int(workers.max(initial=-1)) + 1 - len(self._due_at)
        if missing <= 0:
            return
        more = missing + len(self._due_at) // 2  # half as many again, so that growing stays linear
        self._due_at = np.append(self._due_at, np.full(more, NEVER))
        self._touched = np.append(self._touched, np.full(more, NEVER))
        self._last_spell = np.append(self._last_spell, np.full(more, LONG_AGO))
