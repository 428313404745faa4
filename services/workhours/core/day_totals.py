"""Work a day: how long each worker had an order in hand on each local day, without reading the day again.

A worker's *settled* time is that of all spells before their last one; the last spell, which may still grow,
is added whenever it is judged. What was settled by orders that are no longer kept is the *base*.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from services.workhours.core.calendar_windows import local_day, midnight_ms
from services.workhours.core.counter import Count
from services.workhours.core.docket import LONG_AGO, Due
from services.workhours.core.work_events import Int64s

Int32s = NDArray[np.int32]


class Piece(NamedTuple):
    """Busy time cut at midnights: columns of one length."""

    worker: Int64s
    column: Int64s
    """Which of the days."""
    ms: Int64s
    spell: Int64s


class DayTotals:
    """``days`` local days up to the day after the latest one seen; earlier ones are forgotten."""

    def __init__(self, zone: ZoneInfo, days: int) -> None:
        self._zone = zone
        self._days = days
        self._first: date | None = None
        self._starts: Int64s = np.zeros(days + 1, dtype=np.int64)
        """When each day begins, ms; one more than days."""
        self._base: Int32s = np.zeros((0, days), dtype=np.int32)
        self._settled: Int32s = np.zeros((0, days), dtype=np.int32)

    @property
    def starts(self) -> Int64s:
        """When each day begins, ms; and when the last one ends."""
        return self._starts

    @property
    def nbytes(self) -> int:
        return self._base.nbytes + self._settled.nbytes

    def weeks(self) -> list[slice]:
        """The columns of each fixed week, Monday to Sunday, that is whole among the days."""
        if self._first is None:
            return []
        monday = (7 - self._first.weekday()) % 7
        return [slice(start, start + 7) for start in range(monday, self._days - 6, 7)]

    def reach(self, moment_ms: int) -> None:
        """Let the days reach to the day after this moment's."""
        last = local_day(moment_ms, self._zone) + timedelta(days=1)
        first = last - timedelta(days=self._days - 1)
        if self._first is not None and first <= self._first:
            return
        gone = self._days if self._first is None else min(self._days, (first - self._first).days)
        for table in (self._base, self._settled):
            table[:, : self._days - gone] = table[:, gone:].copy()
            table[:, self._days - gone :] = 0
        self._first = first
        self._starts = np.array(
            [midnight_ms(first + timedelta(days=number), self._zone) for number in range(self._days + 1)]
        )

    def judged(self, due: Due, count: Count) -> Int32s:
        """The totals of those who were just judged, shape (len(due), days), ms."""
        self._grow(int(due.worker.max(initial=-1)) + 1)
        whole = due.worker[due.since == LONG_AGO]
        self._settled[whole] = self._base[whole]
        pieces = self._pieces(count)
        spell_worker = count.spells.worker
        is_last = np.ones(len(spell_worker), dtype=np.bool_)
        np.not_equal(spell_worker[1:], spell_worker[:-1], out=is_last[:-1])
        last = is_last[pieces.spell]
        np.add.at(self._settled, (pieces.worker[~last], pieces.column[~last]), pieces.ms[~last])
        totals = self._settled[due.worker]
        np.add.at(totals, (due.place[pieces.worker[last]], pieces.column[last]), pieces.ms[last])
        return totals

    def forget_orders(self, count: Count) -> None:
        """The orders counted here are no longer kept: their time goes into the base."""
        pieces = self._pieces(count)
        self._grow(int(pieces.worker.max(initial=-1)) + 1)
        np.add.at(self._base, (pieces.worker, pieces.column), pieces.ms)

    def forget_workers(self, workers: Int64s) -> None:
        """Nothing is known of them any more."""
        known = workers[workers < len(self._base)]
        self._base[known] = self._settled[known] = 0

    def base(self, workers: Int64s) -> Int32s:
        """What orders that are no longer kept add to each day, ms."""
        self._grow(int(workers.max(initial=-1)) + 1)
        return self._base[workers]

    def add_base(self, workers: Int64s, day_starts: Int64s, base: Int32s) -> None:
        """Take over what ``base`` said of the days that begin then."""
        if not len(workers) or not len(day_starts):
            return
        self.reach(int(day_starts[-2]) - 1)
        self._grow(int(workers.max()) + 1)
        columns = np.searchsorted(self._starts, day_starts[:-1])
        kept = self._starts[columns] == day_starts[:-1]
        self._base[np.ix_(workers, columns[kept])] += base[:, kept]

    def _pieces(self, count: Count) -> Piece:
        busy, spells = count.busy, count.spells
        spell = np.repeat(np.arange(len(spells)), np.diff(spells.first_busy))
        first = np.searchsorted(self._starts, busy.start, side="right") - 1
        last = np.searchsorted(self._starts, busy.end, side="left") - 1
        parts = []
        for step in range(int((last - first).max(initial=-1)) + 1):
            at = np.flatnonzero((first + step <= last) & (first + step >= 0) & (first + step < self._days))
            column = first[at] + step
            start = np.maximum(busy.start[at], self._starts[column])
            end = np.minimum(busy.end[at], self._starts[column + 1])
            parts.append(Piece(busy.worker[at], column, end - start, spell[at]))
        none = np.empty(0, dtype=np.int64)
        return Piece(*map(np.concatenate, zip(*parts, strict=True))) if parts else Piece(*[none] * 4)

    def _grow(self, workers: int) -> None:
        missing = workers - len(self._base)
        if missing > 0:
            more = np.zeros((missing + len(self._base) // 2, self._days), dtype=np.int32)
            self._base, self._settled = np.vstack([self._base, more]), np.vstack([self._settled, more])
