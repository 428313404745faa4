"""Which keys are known, and what was noted of each: a set of 64-bit keys with 64-bit digests.

Sorted arrays whose sizes grow by doubling (the logarithmic method of Bentley and Saxe, 1980): adding ``n``
keys costs O(n log n) amortised, looking ``m`` up O(m log² n), no Python object a key.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]


class EventIndex:
    """The set, with a row of digests a key: shape ``(n,)`` or ``(n, m)``. One thread owns it."""

    def __init__(self) -> None:
        self._levels: list[tuple[Keys, Keys]] = []

    def __len__(self) -> int:
        return sum(len(keys) for keys, _ in self._levels)

    def look_up(self, keys: Keys, known: NDArray[np.bool_], digests: Keys) -> None:
        """Mark the keys that are in the set as ``known``, and put their digests in the place of those given.

        Sorted keys are found faster.
        """
        for level_keys, level_digests in self._levels:
            at = np.minimum(np.searchsorted(level_keys, keys), len(level_keys) - 1)
            found = np.flatnonzero(level_keys[at] == keys)
            if len(found):
                known[found] = True
                digests[found] = level_digests[at[found]]

    def add(self, keys: Keys, digests: Keys) -> None:
        """Add keys, each once. One that is in the set already must have the same digests."""
        if not len(keys):
            return
        order = np.argsort(keys)
        level = (keys[order], digests[order])
        while self._levels and len(self._levels[-1][0]) <= 2 * len(level[0]):
            level = _merge(self._levels.pop(), level)
        self._levels.append(level)


class RecentEvents:
    """The keys of the last days: an index a day, so that a day can be let go whole."""

    def __init__(self) -> None:
        self._days: dict[int, EventIndex] = {}

    def __len__(self) -> int:
        return sum(map(len, self._days.values()))

    def look_up(self, keys: Keys, digests: Keys) -> tuple[NDArray[np.bool_], Keys]:
        """Of each row of a batch: whether the set or an earlier row has its key, and the digests on record.

        Those are the set's, else those of the first row with the key. Shapes as given.
        """
        order = np.argsort(keys)
        if repeats := bool((keys[order[1:]] == keys[order[:-1]]).any()):
            order = np.argsort(keys, kind="stable")  # slower, but of equal keys the earliest row comes first
        keys, record = keys[order], digests[order]
        known = np.zeros(len(keys), dtype=bool)
        for index in self._days.values():
            index.look_up(keys, known, record)
        if repeats:
            repeated = np.flatnonzero(keys[1:] == keys[:-1]) + 1
            record[repeated] = record[np.searchsorted(keys, keys[repeated])]
            known[repeated] = True
        known_of_row, record_of_row = np.empty_like(known), np.empty_like(record)
        known_of_row[order], record_of_row[order] = known, record
        return known_of_row, record_of_row

    def add(self, day: int, keys: Keys, digests: Keys) -> None:
        """Add keys, each once. ``day``: when they were accepted. See ``EventIndex.add``."""
        self._days.setdefault(day, EventIndex()).add(keys, digests)

    def forget_before(self, day: int) -> None:
        """Let earlier days go."""
        self._days = {kept: index for kept, index in self._days.items() if kept >= day}


def content_digests(columns: Sequence[NDArray[np.integer]]) -> Keys:
    """A 64-bit digest a row of integer columns, each of which has a factor of its own.

    Multilinear hashing modulo 2⁶⁴ (after Carter and Wegman, 1979). The factors are odd, so rows that differ
    in one column always have different digests; if in several, equal ones come about by chance only.
    """
    digest = np.zeros(len(columns[0]), dtype=np.uint64)
    for factor, values in zip(_FACTORS, columns, strict=False):
        digest += values.astype(np.uint64, copy=False) * factor
    return digest


def _mix(value: Keys) -> Keys:
    """The finaliser of SplitMix64 (Steele, Lea and Flood, 2014)."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


_FACTORS = _mix(np.arange(1, 65, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) | np.uint64(1)
"""More than any schema has columns."""


def _merge(one: tuple[Keys, Keys], other: tuple[Keys, Keys]) -> tuple[Keys, Keys]:
    keys = np.concatenate([one[0], other[0]])
    order = np.argsort(keys, kind="stable")
    return keys[order], np.concatenate([one[1], other[1]])[order]
