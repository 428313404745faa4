"""The orders of many workers: one row a (worker, order), updated by events in any order and any number.

What a row says is a function of the *set* of its events, whatever order they came in and however often:

    offered     the earliest OFFERED
    accepted    the latest ACCEPTED      } if an order has two different ones, its platform contradicts
    picked_up   the latest PICKED_UP     } itself. A worker's finding must not rest on that, so the row takes
    ended       the earliest end         } what all statements agree on, and is marked `contradictory`.

Of events of one kind and instant the one with the smaller identity is named as evidence. Every worker's rows
are chained from the newest to the oldest, so that reading one worker's orders costs no search.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from services.workhours.core.work_events import Bools, DispatchKind, Int64s, Uint64s, WorkEvents

NOT_SAID: Final = np.iinfo(np.int64).min
"""No such event yet, where the latest counts."""
NOT_YET: Final = np.iinfo(np.int64).max
"""No such event yet, where the earliest counts."""
NO_ROW: Final = -1

_NO_EVENT = np.iinfo(np.uint64).max

_COLUMNS: Final[Mapping[str, tuple[str, int]]] = {
    "worker": ("i4", 0),
    "platform": ("i4", 0),
    "area": ("i4", 0),
    "offered": ("i8", NOT_YET),
    "accepted": ("i8", NOT_SAID),
    "picked_up": ("i8", NOT_SAID),
    "ended": ("i8", NOT_YET),
    "offered_event": ("u8", _NO_EVENT),
    "accepted_event": ("u8", _NO_EVENT),
    "picked_up_event": ("u8", _NO_EVENT),
    "ended_event": ("u8", _NO_EVENT),
    "offered_record": ("i8", 0),
    "accepted_record": ("i8", 0),
    "picked_up_record": ("i8", 0),
    "ended_record": ("i8", 0),
    "contradictory": ("?", 0),
    "previous": ("i4", NO_ROW),
}
"""Column → its type, and what a new row says."""
STORED: Final = tuple(name for name in _COLUMNS if name != "previous")
"""The columns that a row's meaning is in."""


class Keys(Protocol):
    """Numbers 64-bit keys from 0 as they come, e.g. ``kit.columns.KeyTable``."""

    @property
    def keys(self) -> Uint64s:
        """The key of every row."""
        ...

    @property
    def nbytes(self) -> int: ...

    def find_or_add(self, keys: Uint64s) -> Int64s:
        """The row of each key; keys may repeat."""
        ...

    def keep(self, rows: Bools) -> None:
        """Forget the rows that are not marked; the others are numbered anew, in their order."""
        ...

    def __len__(self) -> int: ...


class OrderBook:
    """Rows are numbered as they come; ``drop`` numbers them anew."""

    def __init__(self, keys: Keys) -> None:
        """``keys``: an empty table."""
        self._keys = keys
        self._columns: dict[str, NDArray[Any]] = {n: np.empty(0, dtype) for n, (dtype, _) in _COLUMNS.items()}
        self._head: NDArray[np.int32] = np.empty(0, dtype=np.int32)
        """By worker: their newest row."""

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, column: str) -> NDArray[Any]:
        """A column of all rows; a view, good until the next ``add`` or ``drop``."""
        return self._columns[column][: len(self)]

    @property
    def nbytes(self) -> int:
        """What the rows take of memory, their numbering included."""
        return sum(column.nbytes for column in self._columns.values()) + self._keys.nbytes + self._head.nbytes

    def add(self, events: WorkEvents) -> Int64s:
        """Take in events; the row of each. Kinds unknown here change nothing but make a row."""
        before = len(self)
        rows = self._keys.find_or_add(events.order)
        self._begin(before, rows, events)
        self._earliest("offered", rows, events, events.kind == DispatchKind.OFFERED)
        self._latest("picked_up", rows, events, events.kind == DispatchKind.PICKED_UP)
        self._latest("accepted", rows, events, events.kind == DispatchKind.ACCEPTED)
        ends = (events.kind == DispatchKind.COMPLETED) | (events.kind == DispatchKind.CANCELLED)
        self._earliest("ended", rows, events, ends, agreed=True)
        return rows

    def rows_of(self, workers: Int64s, since_row: Int64s | int = 0) -> Int64s:
        """The rows of these workers, those numbered below ``since_row`` left out; in no particular order."""
        known = workers < len(self._head)
        at = self._head[workers[known]]
        least = np.broadcast_to(since_row, workers.shape)[known]
        previous, found = self._columns["previous"], []
        while True:
            on = at >= np.maximum(least, 0)
            at, least = at[on], least[on]
            if not len(at):
                break
            found.append(at)
            at = previous[at]
        return np.concatenate(found).astype(np.int64) if found else np.empty(0, dtype=np.int64)

    def drop(self, rows: Bools) -> Int64s:
        """Forget the marked rows. The new number of each old row; ``NO_ROW`` if it is gone."""
        kept = ~rows
        number = np.where(kept, np.cumsum(kept) - 1, NO_ROW)
        columns = {name: self[name][kept] for name in _COLUMNS}
        self._keys.keep(kept)
        self._columns = columns
        self._head[:] = NO_ROW
        self._chain(np.arange(len(self)))
        return number

    def restore(self, keys: Uint64s, columns: Mapping[str, NDArray[Any]]) -> None:
        """Add rows as ``STORED`` columns had them; their keys must be new."""
        before = len(self)
        rows = self._keys.find_or_add(keys)
        self._grow(before)
        for name in STORED:
            self._columns[name][rows] = columns[name]
        self._grow_head(columns["worker"])
        self._chain(np.arange(before, len(self)))

    def key(self, rows: Int64s) -> Uint64s:
        """The identity of rows' (worker, order) pairs."""
        keys: Uint64s = self._keys.keys[rows]
        return keys

    def _begin(self, before: int, rows: Int64s, events: WorkEvents) -> None:
        """Rows not seen before: whose they are."""
        self._grow(before)
        fresh = np.flatnonzero(rows >= before)
        self._columns["worker"][rows[fresh]] = events.worker[fresh]
        self._columns["platform"][rows[fresh]] = events.platform[fresh]
        self._grow_head(events.worker)
        self._chain(np.arange(before, len(self)))

    def _grow(self, before: int) -> None:
        rows = len(self)
        room = len(self._columns["worker"])
        for name, (dtype, empty) in _COLUMNS.items():
            if rows > room:
                grown = np.empty(max(rows, room + room // 2, 1024), dtype=dtype)
                grown[:before] = self._columns[name][:before]
                self._columns[name] = grown
            self._columns[name][before:rows] = empty

    def _grow_head(self, workers: Int64s) -> None:
        missing = int(workers.max(initial=-1)) + 1 - len(self._head)
        if missing > 0:
            more = np.full(missing + len(self._head) // 2, NO_ROW, dtype=np.int32)
            self._head = np.append(self._head, more)

    def _chain(self, rows: Int64s) -> None:
        """Put new rows, ascending, before the newest ones of their workers."""
        if not len(rows):
            return
        worker = self._columns["worker"][rows]
        turn = np.argsort(worker, kind="stable")
        rows, worker = rows[turn], worker[turn]
        first = np.ones(len(rows), dtype=np.bool_)
        np.not_equal(worker[1:], worker[:-1], out=first[1:])
        previous = np.roll(rows, 1)
        previous[first] = self._head[worker[first]]
        self._columns["previous"][rows] = previous
        last = np.append(first[1:], True)
        self._head[worker[last]] = rows[last]

    def _latest(self, kind: str, rows: Int64s, events: WorkEvents, chosen: Bools) -> None:
        at = np.flatnonzero(chosen)
        if len(at):
            self._decide(kind, rows[at], events, at, np.maximum, NOT_SAID, agreed=True)

    def _earliest(
        self, kind: str, rows: Int64s, events: WorkEvents, chosen: Bools, *, agreed: bool = False
    ) -> None:
        at = np.flatnonzero(chosen)
        if len(at):
            self._decide(kind, rows[at], events, at, np.minimum, NOT_YET, agreed=agreed)

    def _decide(
        self,
        kind: str,
        rows: Int64s,
        events: WorkEvents,
        at: Int64s,
        better: np.ufunc,
        unsaid: int,
        *,
        agreed: bool,
    ) -> None:
        """Let the events in these places, all of one kind, say when it was in ``rows``.

        ``agreed``: two different moments contradict each other.
        """
        time, event = self._columns[kind], self._columns[f"{kind}_event"]
        said, before = events.time[at], time[rows]
        better.at(time, rows, said)
        after = time[rows]
        if agreed:
            differ = (after != said) | ((before != unsaid) & (before != after))
            self._columns["contradictory"][rows[differ]] = True
        event[rows[after != before]] = _NO_EVENT
        decisive = after == said
        rows, at = rows[decisive], at[decisive]
        identity = events.event[at]
        np.minimum.at(event, rows, identity)
        named = event[rows] == identity
        rows, at = rows[named], at[named]
        self._columns[f"{kind}_record"][rows] = events.record[at]
        self._state_area(kind, rows, events.area[at])

    def _state_area(self, kind: str, rows: Int64s, area: Int64s) -> None:
        """The area is that of the acceptance; for want of it of the pick-up, of the offer, of the end."""
        known = np.zeros(len(rows), dtype=np.bool_)
        for better in _BEFORE[kind]:
            time, unsaid = self._columns[better][rows], _COLUMNS[better][1]
            known |= time != unsaid
        self._columns["area"][rows[~known]] = area[~known]


_BEFORE: Final[Mapping[str, tuple[str, ...]]] = {
    "accepted": (),
    "picked_up": ("accepted",),
    "offered": ("accepted", "picked_up"),
    "ended": ("accepted", "picked_up", "offered"),
}
"""Kind → the kinds whose area counts before its own."""
