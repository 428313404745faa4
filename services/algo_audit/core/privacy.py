"""Which cells may leave the service: none with too few workers or orders, and none that subtraction would
reveal.

A cell is one platform's part of one node of the tree (cohort_tree). Along the tree, for each platform by
itself:

1. a root (service × vehicle) is published if it is large enough (MinimumCell);
2. of a published node, the children that are too small are hidden, and those whose key is not known;
3. if the hidden children together are too few to be known (they are what subtraction leaves), the smallest
   published child is hidden with them (complementary suppression; Hundepool et al., Statistical Disclosure
   Control, 2012, ch. 4): the rest then holds at least that child, which is large enough by itself;
4. all below a hidden node is hidden.

Why no combination of published figures gives a small cell. Every pool (reference) is a union of published
cells, so whatever is published is a sum of published cells' counts, and each of those is the sum of the
*rests* in its subtree, a rest being a published node less its published children. Rests have no row in
common. So a set of rows whose count follows from published counts is a union of rests, and every rest is
empty or large enough. This holds for all details, counties and left-out platforms at once, because the
decision looks at nothing but the tree of all the data.

Numbers that are not sums of cells:

| figure                      | published                                                                |
|-----------------------------|--------------------------------------------------------------------------|
| censored, excluded          | tens that add up, so that sums tell nothing but tens (additive_tens)     |
| orders and workers affected | to the nearest ten, never from 1 to 9                                    |
| share at a free τ           | to the nearest ten values (shown_share)                                  |
| chart                       | bins where each platform has nothing or a publishable cell (histogram)   |

What is not covered: a worker who subtracts their own orders (dominance rules); audits of two periods that
differ by an hour, which is why audits of any period are for authorities; the share that meets a *declared* τ,
which with n tells how many orders missed it; and how many workers work for one platform only, which
differences between numbers of different workers can tell of a publishable cell.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.cohort_tree import ROOT_DEPTH, UNKNOWN_CODE
from services.algo_audit.core.cutting import Level, Tree


@dataclass(frozen=True, slots=True)
class MinimumCell:
    """The smallest cell that may be published. Raises ValueError below 2: a cell of one is a person."""

    workers: int = 10
    """10 workers and 30 orders: the product's privacy rule, declared."""
    orders: int = 30

    def __post_init__(self) -> None:
        if self.workers < 2 or self.orders < 2:
            raise ValueError("a published cell needs at least 2 workers and 2 orders")

    def allows(self, workers: int, orders: int) -> bool:
        """Whether a cell of that size may be published."""
        return workers >= self.workers and orders >= self.orders

    def allowed(self, workers: NDArray[np.int64], orders: NDArray[np.int64]) -> NDArray[np.bool_]:
        """The same of many cells, arrays of one shape."""
        enough: NDArray[np.bool_] = (workers >= self.workers) & (orders >= self.orders)
        return enough


ROUNDING = 10
"""Counts of what did not enter the figures, or would be affected, are told in tens: small ones matter to the
reader and may not be exact."""


def rounded_up(count: int) -> int:
    """A lone count that may be published: the next multiple of ten, 0 for 0."""
    return -(-count // ROUNDING) * ROUNDING


def rounded(count: float) -> int:
    """The nearest multiple of ten, up from the middle."""
    # A share times its number may be a hair off the whole number that it means.
    return ROUNDING * int((count + 1e-6) / ROUNDING + 0.5)


def shown_share(share: float, values: int) -> float:
    """A share of `values` to the nearest ten of them: together with their number it tells no small count."""
    return min(1.0, rounded(share * values) / values) if 0 < share < 1 else share


def additive_tens(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tens in place of counts of adjacent cells (last axis), such that sums of neighbours are right to within
    ten.

    Rounding each by itself would give small counts away: ten parts shown as 10 whose whole is shown as 10 are
    ones. So the running total is rounded up, and its steps are what is shown: all sums of them together tell
    no more than in which ten each running total lies.
    """
    tens = -(-np.cumsum(counts, axis=-1) // ROUNDING) * ROUNDING
    return np.diff(tens, axis=-1, prepend=0)


def published_cells(tree: Tree, minimum: MinimumCell) -> tuple[NDArray[np.bool_], ...]:
    """For each depth, which cells may be published, shape (P, N) by platform code and node; see the top.

    A function of the tree alone. O(U) per depth for U different (worker, platform, leaf).
    """
    published: list[NDArray[np.bool_]] = []
    for d, level in enumerate(tree.levels):
        if d < ROOT_DEPTH:
            published.append(np.zeros(level.rows.shape, np.bool_))
            continue
        here = minimum.allowed(level.workers, level.orders) & _named(tree, d)
        if d > ROOT_DEPTH:
            here &= published[-1][:, level.parent]
            here &= ~_complementary(level, here, published[-1], minimum)
        published.append(here)
    return tuple(published)


def _named(tree: Tree, d: int) -> NDArray[np.bool_]:
    """Which nodes of a depth have known values, shape (N,)."""
    unknown = np.array([UNKNOWN_CODE[key] for key in tree.keys[:d]])
    named: NDArray[np.bool_] = (tree.levels[d].codes != unknown).all(axis=1)
    return named


def _complementary(
    level: Level,
    published: NDArray[np.bool_],
    parents: NDArray[np.bool_],
    minimum: MinimumCell,
) -> NDArray[np.bool_]:
    """The published children, shape (P, N), that have to be hidden with their siblings; step 3 at the top.

    `parents`: which parents are published, shape (P, M).
    """
    hidden = parents[:, level.parent] & ~published
    rest_rows = _by_parent(np.where(hidden, level.rows, 0), level, parents.shape[1])
    rest_orders = _by_parent(np.where(hidden, level.orders, 0), level, parents.shape[1])
    exposed = parents & (rest_rows > 0) & (rest_orders < minimum.orders)
    unsure = parents & (rest_rows > 0) & ~exposed
    if unsure.any():
        exposed |= unsure & (_rest_workers(level, hidden & unsure[:, level.parent]) < minimum.workers)

    candidate = published & exposed[:, level.parent]
    platform, node = np.nonzero(candidate)
    by_size = np.lexsort((node, level.workers[platform, node], level.orders[platform, node]))
    parent = platform[by_size] * parents.shape[1] + level.parent[node[by_size]]
    smallest = by_size[np.unique(parent, return_index=True)[1]]
    chosen = np.zeros_like(published)
    chosen[platform[smallest], node[smallest]] = True
    return chosen


def _by_parent(counts: NDArray[np.int64], level: Level, parents: int) -> NDArray[np.int64]:
    """Sums over the children of each parent, shape (P, M)."""
    starts = np.searchsorted(level.parent, np.arange(parents))
    return np.add.reduceat(counts, starts, axis=1) if parents else counts


def _rest_workers(level: Level, hidden: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many different workers the hidden children of each parent have together, shape (P, M)."""
    presence, parents = level.presence, int(level.parent[-1]) + 1
    chosen = np.flatnonzero(hidden[presence.platform, presence.node])
    person, parent = presence.person[chosen], level.parent[presence.node[chosen]]
    # Entries are in order of person and node, so equal (person, parent) are neighbours.
    first = np.ones(len(chosen), np.bool_)
    first[1:] = (person[1:] != person[:-1]) | (parent[1:] != parent[:-1])
    cell = presence.platform[chosen][first] * parents + parent[first]
    return np.bincount(cell, minlength=len(hidden) * parents).reshape(len(hidden), parents)
