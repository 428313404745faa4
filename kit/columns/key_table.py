"""From 64-bit keys to row numbers, many at a time: an open-addressing hash table in two arrays.

Rows are numbered from 0 in the order in which their keys are first seen. A slot holds a row number, so that a
key costs 16 bytes at half load; looking ``m`` keys up is a few passes over arrays of length ``m``, and no
Python object per key exists.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Rows = NDArray[np.int64]

_EMPTY = -1
_LEAST_BITS = 10
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
"""2^64 / golden ratio (Knuth, The Art of Computer Programming 3, 6.4): spreads keys that differ little."""


class KeyTable:
    """Not safe for threads: whoever owns the rows owns it."""

    def __init__(self) -> None:
        self._keys: Keys = np.empty(1 << (_LEAST_BITS - 1), dtype=np.uint64)
        """By row; room for more."""
        self._rows = 0
        self._slots: NDArray[np.int32] = np.full(1 << _LEAST_BITS, _EMPTY, dtype=np.int32)

    def __len__(self) -> int:
        return self._rows

    @property
    def keys(self) -> Keys:
        """The key of every row."""
        return self._keys[: self._rows]

    @property
    def nbytes(self) -> int:
        """What the table takes of memory."""
        return self._keys.nbytes + self._slots.nbytes

    def find(self, keys: Keys) -> Rows:
        """The row of each key; −1 where there is none."""
        found = np.full(len(keys), _EMPTY, dtype=np.int64)
        if not self._rows:
            return found
        pending, slot = np.arange(len(keys)), self._home(keys)
        while len(pending):
            row = self._slots[slot].astype(np.int64)
            here = (row >= 0) & (self._keys[row] == keys[pending])
            found[pending[here]] = row[here]
            on = ~here & (row >= 0)
            pending, slot = pending[on], self._next(slot[on])
        return found

    def find_or_add(self, keys: Keys) -> Rows:
        """The row of each key; a key not seen before gets the next number. Keys may repeat."""
        distinct, of_each = _distinct(keys)
        rows = self.find(distinct)
        new = np.flatnonzero(rows < 0)
        rows[new] = np.arange(self._rows, self._rows + len(new))
        self._add(distinct[new])
        return rows[of_each]

    def _add(self, keys: Keys) -> None:
        """Give keys that are not here, each once, the next rows."""
        before, end = self._rows, self._rows + len(keys)
        self._room(end)
        self._keys[before:end] = keys
        self._rows = end
        self._put(np.arange(before, end))

    def keep(self, rows: NDArray[np.bool_]) -> None:
        """Forget the rows that are not marked; the others are numbered anew, in their order."""
        kept = self.keys[rows].copy()
        self._keys, self._rows = kept, len(kept)
        self._room(len(kept))
        self._fill()

    def _home(self, keys: Keys) -> Rows:
        shift = np.uint64(64 - (len(self._slots).bit_length() - 1))
        return ((keys * _GOLDEN) >> shift).astype(np.int64)

    def _next(self, slot: Rows) -> Rows:
        return (slot + 1) & (len(self._slots) - 1)

    def _room(self, rows: int) -> None:
        """Make room for so many rows: at most every second slot is taken."""
        if rows > len(self._keys):
            grown = np.empty(max(rows, 2 * len(self._keys)), dtype=np.uint64)
            grown[: self._rows] = self.keys
            self._keys = grown
        if 2 * rows > len(self._slots):
            self._slots = np.full(1 << (2 * rows - 1).bit_length(), _EMPTY, dtype=np.int32)
            self._fill()

    def _fill(self) -> None:
        """Put all rows into the slots again."""
        self._slots[:] = _EMPTY
        self._put(np.arange(self._rows))

    def _put(self, row: Rows) -> None:
        """Put rows into slots: several may claim one that is free, one claim stays, the others go on."""
        slot = self._home(self._keys[row])
        while len(row):
            free = self._slots[slot] < 0
            self._slots[slot[free]] = row[free]
            on = self._slots[slot] != row
            row, slot = row[on], self._next(slot[on])


def _distinct(keys: Keys) -> tuple[Keys, NDArray[np.int32]]:
    """The different keys, as they first come, and which of them each is. (Hashing beats sorting here.)"""
    encoded = pc.dictionary_encode(pa.array(keys))
    return encoded.dictionary.to_numpy(), encoded.indices.to_numpy()
