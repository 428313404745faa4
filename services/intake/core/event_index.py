"""Which events were accepted before: a set of 64-bit keys with a 64-bit digest of the content each.

Sorted arrays whose sizes grow by doubling (the logarithmic method of Bentley and Saxe, 1980): adding ``n``
keys costs O(n log n) amortised, looking ``m`` up O(m log² n), 16 bytes a key, no Python object a key.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]


class Seen(IntEnum):
    """What the index says of an event."""

    NEW = 0
    DUPLICATE = 1
    """Same key, same content."""
    CONFLICT = 2
    """Same key, other content."""


class EventIndex:
    """The set. Not safe for threads: one committer owns it."""

    def __init__(self) -> None:
        self._levels: list[tuple[Keys, Keys]] = []

    def __len__(self) -> int:
        return sum(len(keys) for keys, _ in self._levels)

    def look_up(self, keys: Keys, digests: Keys) -> NDArray[np.uint8]:
        """What is known of each key: values of ``Seen``, shape as ``keys``. Sorted keys are found faster."""
        seen = np.zeros(len(keys), dtype=np.uint8)
        for level_keys, level_digests in self._levels:
            at = np.minimum(np.searchsorted(level_keys, keys), len(level_keys) - 1)
            known = np.flatnonzero(level_keys[at] == keys)
            if len(known):
                same = level_digests[at[known]] == digests[known]
                seen[known] = np.where(same, Seen.DUPLICATE, Seen.CONFLICT)
        return seen

    def add(self, keys: Keys, digests: Keys) -> None:
        """Add keys that are not in the set, each once."""
        if not len(keys):
            return
        order = np.argsort(keys)
        level = (keys[order], digests[order])
        while self._levels and len(self._levels[-1][0]) <= 2 * len(level[0]):
            level = _merge(self._levels.pop(), level)
        self._levels.append(level)


class RecentEvents:
    """The events of the last days: an index a day, so that a day can be let go whole."""

    def __init__(self) -> None:
        self._days: dict[int, EventIndex] = {}

    def __len__(self) -> int:
        return sum(map(len, self._days.values()))

    def judge(self, keys: Keys, digests: Keys) -> NDArray[np.uint8]:
        """What each row of a batch is to the set and to the rows before it: values of ``Seen``."""
        order = np.argsort(keys)
        if (keys[order[1:]] == keys[order[:-1]]).any():
            order = np.argsort(keys, kind="stable")  # slower, but of equal keys the earliest row comes first
        keys, digests = keys[order], digests[order]
        found = np.zeros(len(keys), dtype=np.uint8)
        for index in self._days.values():
            np.maximum(found, index.look_up(keys, digests), out=found)
        repeated = np.flatnonzero(keys[1:] == keys[:-1]) + 1
        if len(repeated):
            firsts = np.searchsorted(keys, keys[repeated])
            within = np.where(digests[firsts] == digests[repeated], Seen.DUPLICATE, Seen.CONFLICT)
            found[repeated] = np.where(found[repeated] == Seen.NEW, within, found[repeated])
        seen = np.empty_like(found)
        seen[order] = found
        return seen

    def add(self, day: int, keys: Keys, digests: Keys) -> None:
        """Add keys that are not in the set, each once. ``day``: when they were accepted."""
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
