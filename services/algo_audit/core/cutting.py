"""Observations cut into the leaves of the tree (cohort_tree), and every node counted.

Nothing here works row by row in Python, and nothing sorts more than once: people are in order of (worker,
platform, leaf), so that for every depth the different ones are neighbours.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.combinations import (
    changes,
    combinations_of,
    dense,
    different,
    fitting,
    pieces,
)
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
    keys = observations.metric.keys
    platforms, platform = dense(observations.platform)
    leaf, codes = combinations_of([observations.keys[key] for key in keys])
    shape = len(platforms), len(codes)
    cell = platform.astype(fitting(math.prod(shape))) * len(codes) + leaf

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


def tree_of_cells(
    keys: Sequence[Key],
    platforms: int,
    codes: NDArray[np.int64],
    rows: NDArray[np.int64],
    orders: NDArray[np.int64],
    censored: NDArray[np.int64],
    excluded: dict[Exclusion, NDArray[np.int64]],
    worker: NDArray[np.int64],
    cell: NDArray[np.int64],
) -> Tree:
    """The same tree of cells that were counted before: without rows of its own.

    Args:
        platforms: how many, P; platform codes stand for themselves.
        codes: values of each leaf, shape (L, keys), rows ascending.
        rows: shape (P, L), like `orders`, `censored` and each of `excluded`.
        worker: with `cell`, platform code · L + leaf: one entry or more a worker who has rows there.
    """
    none = np.empty(0, np.int64)
    return Tree(
        keys=tuple(keys),
        platforms=np.arange(platforms),
        platform=none,
        leaf=none,
        levels=_levels(codes, rows, orders, _presence(worker, cell, (platforms, len(codes)))),
        kept=np.empty(0, np.bool_),
        censored=censored,
        excluded=excluded,
    )


def _presence(worker: NDArray[np.int64], cell: NDArray[np.signedinteger], shape: tuple[int, int]) -> Presence:
    """Of leaves."""
    platforms, leaves = max(shape[0], 1), max(shape[1], 1)
    if len(worker) and not 0 <= worker.min() <= worker.max() < np.iinfo(np.int64).max // (platforms * leaves):
        worker = dense(worker)[1].astype(np.int64)
    # In 32 bits where they fit: sorted in half the time.
    entries = np.empty(len(worker), fitting((int(worker.max(initial=0)) + 1) * platforms * leaves))
    for some in pieces(len(worker)):
        entries[some] = worker[some] * (platforms * leaves) + cell[some]
    entries = different(entries)
    person = np.empty(len(entries), np.int64)
    platform, node = np.empty(len(entries), np.int32), np.empty(len(entries), np.int32)
    for some in pieces(len(entries)):
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
            starts |= changes(column)
        first = np.flatnonzero(starts)
        node_of_leaf = np.cumsum(starts) - 1
        if levels:
            presence = _coarser(presence, node_of_leaf[levels[-1].first_leaf[:-1]].astype(np.int32))
        above = np.zeros(leaves, np.bool_)
        above[:1] = d > 0
        for column in codes[:, : max(d - 1, 0)].T:
            above |= changes(column)
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
    return presence.platform.astype(fitting(math.prod(shape))) * shape[1] + presence.node


def _coarser(presence: Presence, parent: NDArray[np.int32]) -> Presence:
    """The same one depth up."""
    node = parent[presence.node]
    first = changes(presence.person) | changes(node)
    return Presence(presence.person[first], presence.platform[first], node[first])


def _count(cell: NDArray[np.signedinteger], shape: tuple[int, ...]) -> NDArray[np.int64]:
    cells = math.prod(shape)
    counts = np.zeros(cells, np.int64)
    for some in pieces(len(cell), cells):
        counts += np.bincount(cell[some], minlength=cells)
    return counts.reshape(shape)


def _sum(
    cell: NDArray[np.signedinteger], weight: NDArray[np.int64], shape: tuple[int, ...]
) -> NDArray[np.int64]:
    # In floating point, exact below 2**53: more orders than there are.
    return np.bincount(cell, weights=weight, minlength=math.prod(shape)).astype(np.int64).reshape(shape)
