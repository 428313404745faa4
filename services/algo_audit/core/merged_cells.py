"""Cells of many days and platforms, added up and cut along the cohort tree.

What may be shown of them is decided by ``privacy`` on the tree that comes of it, as for audits: counts of
rows, orders and different workers are exact, so the decision is the same as for the rows themselves.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.cohort_tree import Detail, depth_of
from services.algo_audit.core.combinations import combinations_of
from services.algo_audit.core.cutting import Tree, tree_of_cells
from services.algo_audit.core.day_cells import REASONS, Cells
from services.algo_audit.core.left_out import LeftOut
from services.algo_audit.core.metrics import Key, Metric
from services.algo_audit.core.observations import Exclusion
from services.algo_audit.core.percentiles import fewest_workers
from services.algo_audit.core.privacy import MinimumCell, published_cells

LEAST_EFFECTIVE_WORKERS = 6
"""Kish's effective number of workers, (Σ k_w)²/Σ k_w² of k_w values each, below which percentiles are not
told: fewer than six independent values cannot bound their median with 95 % confidence (2·2⁻⁵ > 0.05), and
were all values of a worker alike, this is how many there are. The counterpart of what audits ask of an
interval."""


class MergedCells:
    """All cohorts of one metric at one detail. `node` indexes the tree's nodes there."""

    def __init__(
        self,
        metric: Metric,
        parts: Sequence[tuple[int, Cells]],
        platforms: int,
        detail: Detail,
        minimum: MinimumCell,
    ) -> None:
        """`parts`: cells with the code of their platform, 0…platforms − 1, in any order."""
        self._metric = metric
        self._parts = parts
        self._depth = depth_of(metric, detail)
        self._tree, self._leaves, self._members = _merged(metric, parts, platforms)
        level = self._tree.levels[self._depth]
        self.codes: list[tuple[int, ...]] = [tuple(codes) for codes in level.codes.tolist()]
        """Of each node, the values of `keys`; ascending."""
        self._level = level
        self._published = published_cells(self._tree, minimum)[self._depth]
        self._left_out = LeftOut(self._tree)

    @property
    def keys(self) -> tuple[Key, ...]:
        """What the nodes are cut by."""
        return self._metric.keys[: self._depth]

    def pool(self, node: int, without: int | None) -> tuple[int, ...]:
        """The platforms (codes) whose values in a node may be shown, all but `without`; maybe none."""
        return tuple(int(code) for code in np.flatnonzero(self._published[:, node]) if code != without)

    def rows(self, pool: Sequence[int], node: int) -> int:
        """How many values the pool has in a node, censored ones too."""
        return int(self._level.rows[list(pool), node].sum())

    def orders(self, pool: Sequence[int], node: int) -> int:
        """How many orders they are made of."""
        return int(self._level.orders[list(pool), node].sum())

    def workers(self, pool: Sequence[int], node: int) -> int:
        """How many different workers they are of."""
        return int(np.count_nonzero(self._by_worker(pool, node)))

    def fewest_workers(self, pool: Sequence[int], node: int, values: int) -> int:
        """How many different workers so many of the values are of at least."""
        each = self._by_worker(pool, node)
        return fewest_workers(each[each > 0], values)

    def bounded(self, pool: Sequence[int], node: int) -> bool:
        """Whether the values are of enough workers, weighed by their shares; LEAST_EFFECTIVE_WORKERS."""
        each = self._by_worker(pool, node).astype(np.float64)
        return float(each.sum()) ** 2 >= LEAST_EFFECTIVE_WORKERS * float(each @ each)

    def left_out(self, pool: Sequence[int], node: int) -> tuple[int, dict[Exclusion, int]]:
        """The censored, and the excluded by reason, in tens."""
        return self._left_out.of(pool, self._depth, node)

    def places(self, pool: Sequence[int], node: int) -> list[tuple[int, int]]:
        """Where the pool's values of the node are: (part, leaf of that part)."""
        first, last = self._level.first_leaf[node : node + 2].tolist()
        return [
            (number, leaf)
            for number, (platform, _) in enumerate(self._parts)
            if platform in pool
            for leaf in np.flatnonzero(
                (self._leaves[number] >= first) & (self._leaves[number] < last)
            ).tolist()
        ]

    def _by_worker(self, pool: Sequence[int], node: int) -> NDArray[np.int64]:
        """Values of each worker, shape (workers,)."""
        worker, platform, leaf, rows = self._members
        first, last = self._level.first_leaf[node : node + 2].tolist()
        # Members are in order of their leaf.
        here = slice(*np.searchsorted(leaf, (first, last)).tolist())
        chosen = np.isin(platform[here], pool)
        return np.bincount(worker[here][chosen], rows[here][chosen]).astype(np.int64)


_Members = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Worker code, platform code, leaf and number of values, ascending by leaf."""


def _merged(
    metric: Metric, parts: Sequence[tuple[int, Cells]], platforms: int
) -> tuple[Tree, list[NDArray[np.int64]], _Members]:
    """The tree, the leaf there of each part's leaves, and who has values where."""
    cells = [each for _, each in parts]
    sizes = np.array([len(each.codes) for each in cells], np.int64)
    every = np.concatenate([np.empty((0, len(metric.keys)), np.int64), *(each.codes for each in cells)])
    combination, codes = combinations_of(list(every.T))
    leaf = combination.astype(np.int64)
    platform = np.repeat(np.array([code for code, _ in parts], np.int64), sizes)
    shape = (platforms, len(codes))
    cell = platform * len(codes) + leaf

    def added(column: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
        together = np.concatenate([np.empty(0, np.int64), *column])
        return np.bincount(cell, together, shape[0] * shape[1]).astype(np.int64).reshape(shape)

    leaves = np.split(leaf, np.cumsum(sizes)[:-1]) if cells else []
    keys = np.concatenate([np.empty(0, np.uint64), *(each.worker[each.member_worker] for each in cells)])
    worker = np.unique(keys, return_inverse=True)[1].astype(np.int64)
    at = np.concatenate(
        [np.empty(0, np.int64), *(of[each.member_leaf] for of, each in zip(leaves, cells, strict=True))]
    )
    of_platform = np.repeat(
        np.array([code for code, _ in parts], np.int64),
        np.array([len(each.member_leaf) for each in cells], np.int64),
    )
    rows = np.concatenate([np.empty(0, np.int64), *(each.member_rows for each in cells)])
    tree = tree_of_cells(
        metric.keys,
        platforms,
        codes,
        rows=added([each.rows for each in cells]),
        orders=added([each.orders for each in cells]),
        censored=added([each.censored for each in cells]),
        excluded={reason: added([each.excluded[at] for each in cells]) for at, reason in enumerate(REASONS)},
        worker=worker,
        cell=of_platform * len(codes) + at,
    )
    order = np.argsort(at, kind="stable")
    return tree, leaves, (worker[order], of_platform[order], at[order], rows[order])
