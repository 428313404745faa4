"""Which rows have a key: an index of 64-bit keys over rows that only ever grow in number.

Sorted arrays whose sizes grow by doubling (the logarithmic method of Bentley and Saxe, 1980): ``n`` rows cost
O(n log n) in all, however they are batched; looking ``m`` keys up costs O(m log² n) and no scan of the rows.
16 bytes a row, no Python object a key.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Rows = NDArray[np.int64]


class RowIndex:
    """Keys may repeat. Not safe for threads: whoever owns the rows owns it."""

    def __init__(self, first: int = 0) -> None:
        """``first``: the number of the first row to be appended."""
        self._levels: list[tuple[Keys, Rows]] = []
        """Each sorted by key; from long to short, every one more than twice the next."""
        self._next = first

    def append(self, keys: Keys) -> None:
        """The keys of the next ``len(keys)`` rows."""
        if not len(keys):
            return
        order = np.argsort(keys, kind="stable")
        level = keys[order], order + self._next
        self._next += len(keys)
        while self._levels and len(self._levels[-1][0]) <= 2 * len(level[0]):
            level = _merged(self._levels.pop(), level)
        self._levels.append(level)

    def holds(self, keys: Keys) -> NDArray[np.bool_]:
        """Which of the keys some row has, shape as ``keys``."""
        order = np.argsort(keys)  # ascending keys are found several times quicker: the cache is with them
        ascending, held = keys[order], np.zeros(len(keys), dtype=bool)
        for known, _ in self._levels:
            at = np.minimum(np.searchsorted(known, ascending), len(known) - 1)
            held[order] |= known[at] == ascending
        return held

    def rows(self, keys: Keys) -> Rows:
        """Rows whose key is one of ``keys`` (each different), in no particular order."""
        return self.rows_between(keys, keys)

    def rows_between(self, first: Keys, last: Keys) -> Rows:
        """Rows whose key lies in one of the ranges ``first[i]…last[i]``, both ends included.

        The ranges must not overlap; the rows come in no particular order.
        """
        found = [
            rows[_spread(np.searchsorted(keys, first, "left"), np.searchsorted(keys, last, "right"))]
            for keys, rows in self._levels
        ]
        return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def _spread(start: Rows, stop: Rows) -> Rows:
    """Every index of every ``start[i]:stop[i]``."""
    counts = stop - start
    before = np.cumsum(counts) - counts
    spread: Rows = np.arange(counts.sum()) + np.repeat(start - before, counts)
    return spread


def _merged(one: tuple[Keys, Rows], other: tuple[Keys, Rows]) -> tuple[Keys, Rows]:
    keys = np.concatenate([one[0], other[0]])
    order = np.argsort(keys, kind="stable")  # two ascending runs: this merges, in linear time
    return keys[order], np.concatenate([one[1], other[1]])[order]
