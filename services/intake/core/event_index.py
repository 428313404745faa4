"""Which keys are known, and what was noted of each: a set of 64-bit keys with 64-bit digests.

Sorted runs whose sizes grow by doubling (the logarithmic method of Bentley and Saxe, 1980): adding ``n``
keys costs O(n log n) amortised, looking ``m`` up O(m log² n), no Python object a key. Long runs may be kept
elsewhere than in memory (``Runs``), at costs of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]

Run = tuple[Keys, Keys]
"""Sorted keys with their digests, or a piece of it."""

SPILLED_KEYS = 1 << 18
"""Of a run that leaves memory: 6 MB with two digests a key. With four times as many the index was slower by
a tenth, as the processor's caches hold less of it (``bench.event_index``)."""


class Runs(Protocol):
    """Sorted runs that are kept elsewhere than in memory."""

    def __len__(self) -> int:
        """Keys in all of them."""
        ...

    def look_up(self, keys: Keys, known: NDArray[np.bool_], digests: Keys) -> None:
        """See ``EventIndex.look_up``."""
        ...

    def spill(self, keys: Keys, digests: Keys) -> bool:
        """Keep a run: sorted keys, equal ones with equal digests. False: it cannot be written now."""
        ...


class EventIndex:
    """The set, with a row of digests a key: shape ``(n,)`` or ``(n, m)``. One thread owns it."""

    def __init__(self, runs: Runs | None = None, spilled_keys: int = SPILLED_KEYS) -> None:
        """``runs``: where a run of ``spilled_keys`` or more is kept; None: in memory, as all are."""
        self._in_memory: list[Run] = []
        self._runs = runs
        self._spilled_keys = spilled_keys

    def __len__(self) -> int:
        in_memory = sum(len(keys) for keys, _ in self._in_memory)
        return in_memory if self._runs is None else in_memory + len(self._runs)

    def look_up(self, keys: Keys, known: NDArray[np.bool_], digests: Keys) -> None:
        """Mark those of sorted keys that are in the set as ``known``, and put their digests in the place of
        those given."""
        for run_keys, run_digests in self._in_memory:
            look_up_run(run_keys, run_digests, keys, known, digests)
        if self._runs is not None:
            self._runs.look_up(keys, known, digests)

    def add(self, keys: Keys, digests: Keys) -> None:
        """Add keys, each once. One that is in the set already must have the same digests."""
        if not len(keys):
            return
        order = np.argsort(keys)
        run, merged = (keys[order], digests[order]), len(self._in_memory)
        while merged and len(self._in_memory[merged - 1][0]) <= 2 * len(run[0]):
            merged -= 1
            run = merge_runs(self._in_memory[merged], run)
        spilled = self._runs is not None and len(run[0]) >= self._spilled_keys and self._runs.spill(*run)
        self._in_memory[merged:] = [] if spilled else [run]


class RecentEvents:
    """The keys of the last days: an index a day, so that a day can be let go whole."""

    def __init__(self, index: Callable[[], EventIndex] = EventIndex) -> None:
        """``index`` makes an empty one."""
        self._index = index
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
        if day not in self._days:
            self._days[day] = self._index()
        self._days[day].add(keys, digests)

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


def look_up_run(
    run_keys: Keys, run_digests: Keys, keys: Keys, known: NDArray[np.bool_], digests: Keys
) -> None:
    """What ``EventIndex.look_up`` does, in a sorted run that is not empty."""
    at = np.minimum(np.searchsorted(run_keys, keys), len(run_keys) - 1)
    found = np.flatnonzero(run_keys[at] == keys)
    if len(found):
        known[found] = True
        digests[found] = run_digests[at[found]]


def merge_runs(one: Run, other: Run) -> Run:
    """One sorted run of two."""
    keys = np.concatenate([one[0], other[0]])
    order = np.argsort(keys, kind="stable")
    return keys[order], np.concatenate([one[1], other[1]])[order]
