"""Observations cut into the leaves of the tree (cohort_tree), and every node counted.

Nothing here works row by row in Python, and nothing sorts more than once: people are in order of (worker,
platform, leaf), so that for every depth the different ones are neighbours.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.metrics import Key
from services.algo_audit.core.observations import Exclusion, Observations


@dataclass(frozen=True, slots=True, eq=False)
class Presence:
    """Who has rows of the reference where: one entry a different (worker, platform, node), in that order."""

    person: NDArray[np.int64]
    """Ascending code of (worker, platform), shape (U,)."""
    platform: NDArray[np.int32]
    node: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """The nodes of one depth, in the order of their values."""

    codes: NDArray[np.int64]
    """Values of the first d keys, shape (N, d), rows ascending."""
    first_leaf: NDArray[np.int64]
    """Shape (N + 1,): node i has the leaves first_leaf[i] … first_leaf[i + 1] − 1."""
    node_of_leaf: NDArray[np.int64]
    """Shape (L,)."""
    parent: NDArray[np.int64]
    """Index of each node's parent one depth up, shape (N,)."""
    rows: NDArray[np.int64]
    """Rows of the reference, shape (P, N) by platform code and node."""
    orders: NDArray[np.int64]
    """Orders that those rows are made of, shape (P, N)."""
    workers: NDArray[np.int64]
    """Different workers, shape (P, N)."""
    presence: Presence


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """All observations of an audit, cut. Codes, not ids."""

    keys: tuple[Key, ...]
    platforms: NDArray[np.int64]
    """Id of each platform code, ascending, shape (P,)."""
    platform: NDArray[np.signedinteger]
    """Platform code of each row, shape (n,)."""
    leaf: NDArray[np.signedinteger]
    """Leaf of each row, shape (n,)."""
    levels: tuple[Level, ...]
    """levels[d] at depth d; levels[0] is the one node of everything."""
    kept: NDArray[np.bool_]
    """Whether a row is part of the reference, shape (n,)."""
    censored: NDArray[np.int64]
    """Censored rows of the reference, shape (P, L)."""
    excluded: dict[Exclusion, NDArray[np.int64]]
    """Rows that are no part of the reference, shape (P, L) each."""

    @property
    def leaves(self) -> int:
        """How many."""
        return len(self.levels[-1].codes)

    def platform_code(self, platform: int) -> int | None:
        """Code of a platform id; None if it has no row."""
        position = int(np.searchsorted(self.platforms, platform))
        return position if position < len(self.platforms) and self.platforms[position] == platform else None


def cut(observations: Observations) -> Tree:
    """Cut observations into the leaves of their metric's keys and count every node, O(n log n)."""
    keys, n = observations.metric.keys, len(observations)
    platforms, platform = dense(observations.platform)
    leaf, codes = _leaves([observations.keys[key] for key in keys], n)
    shape = len(platforms), len(codes)
    cell = platform.astype(_fitting(math.prod(shape))) * len(codes) + leaf

    kept = observations.excluded == Exclusion.NONE
    left_out = np.flatnonzero(~kept)
    reason = observations.excluded[left_out]
    at = cell if not len(left_out) else cell[kept]
    rows = orders = _count(at, shape)
    if (observations.orders != 1).any():
        orders = _sum(cell, np.where(kept, observations.orders, 0), shape)
    worker = observations.worker if not len(left_out) else observations.worker[kept]
    return Tree(
        keys=keys,
        platforms=platforms,
        platform=platform,
        leaf=leaf,
        levels=_levels(codes, rows, orders, _presence(worker, at, shape)),
        kept=kept,
        censored=_count(cell[np.flatnonzero(observations.censored & kept)], shape),
        excluded={
            each: _count(cell[left_out[reason == each]], shape)
            for each in Exclusion
            if each is not Exclusion.NONE
        },
    )


def dense(ids: NDArray[np.signedinteger]) -> tuple[NDArray[np.int64], NDArray[np.signedinteger]]:
    """The different ids, ascending, and the position of each row's id among them, shape (n,).

    Ids within a narrow range are counted, in linear time; others are sorted (np.unique hashes, which takes
    ten times as long on millions of values).
    """
    n = len(ids)
    codes = np.empty(n, _fitting(n))
    if n == 0:
        return np.empty(0, np.int64), codes
    low, span = int(ids.min()), int(ids.max()) - int(ids.min()) + 1
    if span <= 4 * n:
        present = np.zeros(span, np.bool_)
        for some in _pieces(n):
            present[ids[some] - low] = True
        code = (np.cumsum(present) - 1).astype(codes.dtype)
        for some in _pieces(n):
            codes[some] = code[ids[some] - low]
        return np.flatnonzero(present) + low, codes
    order = np.argsort(ids)
    ordered = ids[order]
    first = _changes(ordered)
    codes[order] = np.cumsum(first) - 1
    return ordered[first].astype(np.int64), codes


def _leaves(
    columns: Sequence[NDArray[np.int64]], n: int
) -> tuple[NDArray[np.signedinteger], NDArray[np.int64]]:
    """Leaf of each row, shape (n,), and the values of each leaf, shape (L, keys).

    Values of neighbouring keys make one number, digit by digit, for as long as there are not many more such
    numbers than rows; only then are the numbers that occur made dense.
    """
    many = max(2 * n, 1 << 16)
    leaf, codes = np.zeros(n, _fitting(many)), np.empty((min(n, 1), 0), np.int64)
    digits: list[NDArray[np.int64]] = []
    for column in columns if n else ():
        low, high = int(column.min()), int(column.max())
        if high - low >= many:
            values, column = dense(column)
            low = 0
        else:
            values = np.arange(low, high + 1)
        if len(codes) * math.prod(len(digit) for digit in digits) * len(values) > many:
            leaf, codes = _dense_leaves(leaf, codes, digits)
            digits = []
        digits.append(values)
        if len(values) > 1:
            leaf *= len(values)
            for some in _pieces(n):
                leaf[some] += (column[some] - low).astype(leaf.dtype)
    if n == 0:
        return leaf, np.empty((0, len(columns)), np.int64)
    return _dense_leaves(leaf, codes, digits)


def _dense_leaves(
    leaf: NDArray[np.signedinteger], codes: NDArray[np.int64], digits: Sequence[NDArray[np.int64]]
) -> tuple[NDArray[np.signedinteger], NDArray[np.int64]]:
    """Numbers whose first digit is a row of `codes`, and whose others index `digits`, made dense; and all the
    values that they stand for."""
    numbers, leaf = dense(leaf)
    columns: list[NDArray[np.int64]] = []
    for values in reversed(digits):
        numbers, digit = np.divmod(numbers, len(values))
        columns.append(values[digit])
    return leaf, np.column_stack([codes[numbers], *reversed(columns)])


def _presence(worker: NDArray[np.int64], cell: NDArray[np.signedinteger], shape: tuple[int, int]) -> Presence:
    """Of leaves."""
    platforms, leaves = max(shape[0], 1), max(shape[1], 1)
    entries = np.empty(len(worker), np.int64)
    if len(worker) and not 0 <= worker.min() <= worker.max() < np.iinfo(np.int64).max // (platforms * leaves):
        worker = dense(worker)[1].astype(np.int64)
    np.multiply(worker, platforms * leaves, out=entries)
    entries += cell
    entries.sort()
    entries = entries[_changes(entries)]
    person = np.empty(len(entries), np.int64)
    platform, node = np.empty(len(entries), np.int32), np.empty(len(entries), np.int32)
    for some in _pieces(len(entries)):
        person[some] = entries[some] // leaves
        platform[some] = person[some] % platforms
        node[some] = entries[some] - person[some] * leaves
    return Presence(person, platform, node)


def _levels(
    codes: NDArray[np.int64], rows: NDArray[np.int64], orders: NDArray[np.int64], presence: Presence
) -> tuple[Level, ...]:
    """From the deepest, the leaves, to the one node of everything: each has fewer to count than the one
    below."""
    leaves, depth = codes.shape
    levels: list[Level] = []
    for d in range(depth, -1, -1):
        starts = np.zeros(leaves, np.bool_)
        starts[:1] = True
        for column in codes[:, :d].T:
            starts |= _changes(column)
        first = np.flatnonzero(starts)
        node_of_leaf = np.cumsum(starts) - 1
        if levels:
            presence = _coarser(presence, node_of_leaf[levels[-1].first_leaf[:-1]].astype(np.int32))
        above = np.zeros(leaves, np.bool_)
        above[:1] = d > 0
        for column in codes[:, : max(d - 1, 0)].T:
            above |= _changes(column)
        shape = len(rows), len(first)
        levels.append(
            Level(
                codes=codes[first, :d],
                first_leaf=np.append(first, leaves),
                node_of_leaf=node_of_leaf,
                parent=np.maximum(np.cumsum(above) - 1, 0)[first],
                rows=np.add.reduceat(rows, first, axis=1) if leaves else rows,
                orders=np.add.reduceat(orders, first, axis=1) if leaves else orders,
                workers=_count(_cell(presence, shape), shape),
                presence=presence,
            )
        )
    return tuple(reversed(levels))


def _cell(presence: Presence, shape: tuple[int, int]) -> NDArray[np.signedinteger]:
    return presence.platform.astype(_fitting(math.prod(shape))) * shape[1] + presence.node


def _coarser(presence: Presence, parent: NDArray[np.int32]) -> Presence:
    """The same one depth up."""
    node = parent[presence.node]
    first = _changes(presence.person) | _changes(node)
    return Presence(presence.person[first], presence.platform[first], node[first])


def _count(cell: NDArray[np.signedinteger], shape: tuple[int, ...]) -> NDArray[np.int64]:
    cells = math.prod(shape)
    counts = np.zeros(cells, np.int64)
    for some in _pieces(len(cell), cells):
        counts += np.bincount(cell[some], minlength=cells)
    return counts.reshape(shape)


def _sum(
    cell: NDArray[np.signedinteger], weight: NDArray[np.int64], shape: tuple[int, ...]
) -> NDArray[np.int64]:
    # In floating point, exact below 2**53: more orders than there are.
    return np.bincount(cell, weights=weight, minlength=math.prod(shape)).astype(np.int64).reshape(shape)


def _changes(column: NDArray[np.signedinteger]) -> NDArray[np.bool_]:
    """True where a row differs from the one before it, and at row 0."""
    first = np.ones(len(column), np.bool_)
    np.not_equal(column[1:], column[:-1], out=first[1:])
    return first


def _pieces(n: int, at_least: int = 0) -> Iterator[slice]:
    """Slices of n rows, each small enough that what is computed of it stays in the processor's cache: on
    millions of rows half the time would go into fresh memory for intermediate results."""
    size = max(at_least, 1 << 17)
    return (slice(start, start + size) for start in range(0, n, size))


def _fitting(numbers: int) -> type[np.signedinteger]:
    """The narrower type that holds the numbers 0…numbers − 1."""
    return np.int32 if numbers < 2**31 else np.int64
