"""The work-session events of many workers, as a set: one row a statement, in whatever order they came.

What is answered is a function of the set. A row is known by its event and version, so a repeated one adds
nothing; of an event the highest version holds, and none if that one says it never happened. Every worker's
rows are chained from the newest to the oldest, as in ``order_book``.

What is older than the horizon, ``history_ms`` before what is known of a worker, is not looked at;
``drop_before`` lets go of it, so that when it does changes no answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from services.workhours.core.order_book import NO_ROW, Keys
from services.workhours.core.timeline import Span, union, within
from services.workhours.core.work_events import Bools, Int8s, Int64s, Uint64s
from services.workhours.core.work_sessions import SESSION_SOURCES

_COLUMNS: Final[Mapping[str, str]] = {
    "worker": "i4",
    "platform": "i4",
    "partition": "i4",
    "kind": "i1",
    "time": "i8",
    "event": "u8",
    "version": "u2",
    "deleted": "?",
    "previous": "i4",
}
_STATING: Final = np.array(sorted(SESSION_SOURCES), dtype=np.int8)
"""Kinds that state something."""


@dataclass(frozen=True, slots=True, eq=False)
class SessionRows:
    """Statements to be taken in; every column has the same length. Codes are the caller's."""

    worker: Int64s
    platform: Int64s
    partition: Int64s
    """Of the log: what is given up together."""
    kind: Int8s
    """``SessionKind`` numbers; those unknown here state nothing."""
    time: Int64s
    """Epoch ms."""
    event: Uint64s
    """Identity of the event, the same in all its versions."""
    version: NDArray[np.uint16]
    deleted: Bools
    statement: Uint64s
    """Identity of the event's version."""


class SessionBook:
    """Rows are numbered as they come; dropping numbers them anew."""

    def __init__(self, keys: Keys, history_ms: int) -> None:
        """``keys``: an empty table. ``history_ms``: how far back statements count."""
        self._keys = keys
        self._history_ms = history_ms
        self._columns: dict[str, NDArray[Any]] = {n: np.empty(0, dtype) for n, dtype in _COLUMNS.items()}
        self._head: NDArray[np.int32] = np.empty(0, dtype=np.int32)
        """By worker: their newest row."""

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def nbytes(self) -> int:
        """What the rows take of memory, their numbering included."""
        return sum(column.nbytes for column in self._columns.values()) + self._keys.nbytes + self._head.nbytes

    def add(self, rows: SessionRows) -> None:
        """Take statements in; what is known already changes nothing."""
        before = len(self)
        numbers = self._keys.find_or_add(rows.statement)
        self._grow(before)
        fresh = np.flatnonzero(numbers >= before)
        for field in fields(SessionRows):
            if field.name in self._columns:
                self._columns[field.name][numbers[fresh]] = getattr(rows, field.name)[fresh]
        self._chain(before)

    def observed(self, worker: int, window: Span, known_until_ms: int) -> tuple[Span, ...]:
        """When anything was stated of a worker, within a window: ascending, disjoint.

        Online, on a break or offline: of a platform all time since its first statement that counts, as each
        holds until the next (``work_sessions``). The union over platforms: it says that something was stated,
        not that every platform was heard.
        """
        rows = self._in_force(worker)
        time, platform = self._columns["time"][rows], self._columns["platform"][rows]
        counts = np.isin(self._columns["kind"][rows], _STATING) & (time >= known_until_ms - self._history_ms)
        first: dict[int, int] = {}
        for of, begin_ms in zip(platform[counts].tolist(), time[counts].tolist(), strict=True):
            if begin_ms < first.get(of, known_until_ms):
                first[of] = begin_ms
        return within(union(Span(begin_ms, known_until_ms) for begin_ms in first.values()), window)

    def drop_before(self, partition: int, moment_ms: int) -> None:
        """Let go of a partition's statements on what was before.

        Corrections stay as long again: one that moves an event back still keeps the version it replaced from
        holding.
        """
        until = moment_ms - np.where(self["version"] > 0, self._history_ms, 0)
        self._drop((self["partition"] == partition) & (self["time"] < until))

    def forget(self, partitions: Collection[int]) -> None:
        """They are another process's now."""
        self._drop(np.isin(self["partition"], list(partitions)))

    def __getitem__(self, column: str) -> NDArray[Any]:
        """A column of all rows; a view, good until rows come or go."""
        return self._columns[column][: len(self)]

    def _in_force(self, worker: int) -> Int64s:
        """The rows on a worker that hold."""
        rows = self._rows_of(worker)
        version, deleted = self._columns["version"][rows], self._columns["deleted"][rows]
        if not version.any():
            return rows
        event = self._columns["event"][rows]
        turn = np.lexsort((version, event))
        holds = np.append(event[turn][1:] != event[turn][:-1], True) & ~deleted[turn]
        found: Int64s = rows[turn[holds]]
        return found

    def _rows_of(self, worker: int) -> Int64s:
        row = int(self._head[worker]) if worker < len(self._head) else NO_ROW
        previous, rows = self._columns["previous"].item, []
        while row != NO_ROW:
            rows.append(row)
            row = previous(row)
        return np.array(rows, dtype=np.int64)

    def _drop(self, rows: Bools) -> None:
        if not rows.any():
            return
        kept = ~rows
        columns = {name: self[name][kept] for name in _COLUMNS}
        self._keys.keep(kept)
        self._columns = columns
        self._head[:] = NO_ROW
        self._chain(0)

    def _grow(self, before: int) -> None:
        rows, room = len(self), len(self._columns["worker"])
        if rows > room:
            for name, dtype in _COLUMNS.items():
                grown = np.empty(max(rows, room + room // 2, 1024), dtype=dtype)
                grown[:before] = self._columns[name][:before]
                self._columns[name] = grown

    def _chain(self, first_row: int) -> None:
        """Put the rows from this one on before the newest ones of their workers."""
        worker = self["worker"][first_row:]
        if not len(worker):
            return
        missing = int(worker.max()) + 1 - len(self._head)
        if missing > 0:
            more = np.full(missing + len(self._head) // 2, NO_ROW, dtype=np.int32)
            self._head = np.append(self._head, more)
        turn = np.argsort(worker, kind="stable")
        rows, worker = turn + first_row, worker[turn]
        starts = np.ones(len(rows), dtype=np.bool_)
        np.not_equal(worker[1:], worker[:-1], out=starts[1:])
        previous = np.roll(rows, 1)
        previous[starts] = self._head[worker[starts]]
        self._columns["previous"][rows] = previous
        last = np.append(starts[1:], True)
        self._head[worker[last]] = rows[last]
