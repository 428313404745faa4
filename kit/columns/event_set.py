"""The set of events a consumer keeps of one partition: each once, in columns, whatever order they came in.

What a verdict is a function of. Rows are numbered as they come and never move, so whoever derives something
from them only has to look at the rows it has not seen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kit.columns.batch import EventBatch
from kit.columns.row_index import RowIndex
from kit.columns.schema import DICTIONARIES


class Names:
    """Strings interned for the life of the process: string ⇄ code, codes from 0."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._names: list[str] = []

    def codes(self, names: Iterable[str]) -> NDArray[np.int64]:
        """The codes of names, new ones added."""
        return np.array([self._code(name) for name in names], dtype=np.int64)

    def _code(self, name: str) -> int:
        code = self._codes.setdefault(name, len(self._names))
        if code == len(self._names):
            self._names.append(name)
        return code

    def __getitem__(self, code: int) -> str:
        return self._names[code]

    def __len__(self) -> int:
        return len(self._names)


class EventSet:
    """Events of one partition. Columns ``platform``, ``worker`` and ``area`` hold codes of ``names``.

    An event is known by its ``event_key``: intake lets one id stand for one content only, so a second row of
    the same key says nothing new.
    """

    def __init__(self, names: dict[str, Names], columns: Sequence[str], texts: Sequence[str] = ()) -> None:
        """``columns`` and ``texts``: what is kept ready of each event, besides its ``event_key``."""
        self._names = names
        self._kept = tuple(dict.fromkeys((*columns, "event_key")))
        self._columns: dict[str, NDArray[Any]] = {}
        self._texts: dict[str, list[Sequence[str]]] = {name: [] for name in texts}
        self._starts: list[int] = []
        self._by_key = RowIndex()
        self._rows = 0

    def __len__(self) -> int:
        return self._rows

    def __getitem__(self, column: str) -> NDArray[Any]:
        """A kept column, length ``len(self)``. Raises KeyError while the set is empty."""
        return self._columns[column][: self._rows]

    def add(self, batch: EventBatch) -> EventBatch:
        """Add the batch's events that are not in the set yet, and answer them."""
        fresh = ~self._by_key.holds(batch["event_key"])
        _, first = np.unique(batch["event_key"], return_index=True)
        repeated = np.ones(len(batch), dtype=bool)
        repeated[first] = False
        fresh &= ~repeated
        if not fresh.all():
            batch = batch.take(np.flatnonzero(fresh))
        if len(batch):
            self._append(batch)
        return batch

    def text(self, field: str, row: int) -> str:
        """A kept text of one event, e.g. its ``event_ids``."""
        part = bisect_right(self._starts, row) - 1
        return self._texts[field][part][row - self._starts[part]]

    def _append(self, batch: EventBatch) -> None:
        end = self._rows + len(batch)
        for name in self._kept:
            values = batch[name]
            if name in DICTIONARIES:
                values = self._names[name].codes(batch.dictionaries[name])[values]
            self._room(name, values.dtype, end)[self._rows : end] = values
        for name, parts in self._texts.items():
            parts.append(batch.texts[name])
        self._starts.append(self._rows)
        self._by_key.append(batch["event_key"])
        self._rows = end

    def _room(self, name: str, dtype: np.dtype[Any], rows: int) -> NDArray[Any]:
        """The column's array, with room for so many rows; doubled when it is full."""
        room = self._columns.get(name)
        if room is None or len(room) < rows:
            grown = np.empty(max(2 * rows, 1024), dtype=dtype)
            if room is not None:
                grown[: self._rows] = room[: self._rows]
            room = self._columns[name] = grown
        return room
