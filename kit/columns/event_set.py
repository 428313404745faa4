"""The set of events a consumer keeps of one partition: each version once, in columns, in whatever order.

What a verdict is a function of. Rows are numbered as they come and never move, so whoever derives something
from them only has to look at the rows it has not seen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kit.columns.batch import EventBatch
from kit.columns.row_index import RowIndex
from kit.columns.versions import in_force, statement_keys


class _Codes(dict[str, int]):
    """String → code; whoever asks for a string that has none gives it the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        """By code."""

    def __missing__(self, name: str) -> int:
        code = self[name] = len(self.names)
        self.names.append(name)
        return code


class Names:
    """Strings interned for the life of the process: string ⇄ code, codes from 0."""

    def __init__(self) -> None:
        self._codes = _Codes()
        self._names = self._codes.names

    def codes(self, names: Sequence[str]) -> NDArray[np.int64]:
        """The codes of names, new ones added; names may repeat."""
        return np.fromiter(map(self._codes.__getitem__, names), dtype=np.int64, count=len(names))

    def __getitem__(self, code: int) -> str:
        return self._names[code]

    def __len__(self) -> int:
        return len(self._names)


class EventSet:
    """Events of one partition. Columns that index a dictionary hold codes of ``names``.

    A row is known by its ``event_key`` and ``version``: intake lets them stand for one content only, so a
    second row of the same says nothing new. Rows that a higher version replaced stay, as no row ever moves:
    ``in_force`` tells which ones hold.
    """

    def __init__(self, names: dict[str, Names], columns: Sequence[str], texts: Sequence[str] = ()) -> None:
        """``columns`` and ``texts``: what is kept ready of each event, besides what ``in_force`` needs."""
        self._names = names
        self._kept = tuple(dict.fromkeys((*columns, "event_key", "version", "deleted")))
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
        """Add the batch's rows that are not in the set yet, and answer them."""
        keys = statement_keys(batch["event_key"], batch["version"])
        fresh = ~self.holds(keys)
        _, first = np.unique(keys, return_index=True)
        repeated = np.ones(len(batch), dtype=bool)
        repeated[first] = False
        fresh &= ~repeated
        if not fresh.all():
            batch = batch.take(np.flatnonzero(fresh))
        if len(batch):
            self._append(batch)
        return batch

    def holds(self, statements: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Which of the statements (``versions.statement_keys``) are in the set, shape as given."""
        return self._by_key.holds(statements)

    def in_force(self) -> NDArray[np.bool_]:
        """Which rows hold, length ``len(self)``: the highest version of each event, unless it is deleted."""
        if not self._rows:
            return np.empty(0, dtype=bool)
        return in_force(self["event_key"], self["version"], self["deleted"])

    def text(self, field: str, row: int) -> str:
        """A kept text of one event, e.g. its ``event_ids``."""
        part = bisect_right(self._starts, row) - 1
        return self._texts[field][part][row - self._starts[part]]

    def _append(self, batch: EventBatch) -> None:
        end = self._rows + len(batch)
        for name in self._kept:
            values = batch[name]
            if name in batch.schema.dictionaries:
                values = self._names[name].codes(batch.dictionaries[name])[values]
            self._room(name, values.dtype, end)[self._rows : end] = values
        for name, parts in self._texts.items():
            parts.append(batch.texts[name])
        self._starts.append(self._rows)
        self._by_key.append(statement_keys(batch["event_key"], batch["version"]))
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
