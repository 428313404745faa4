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
| tables beside the tree      | rules as applied, groups, pay: numbers in tens along each line, shares   |
|                             | that fit all numbers that may be meant (tens_in_lines, told_share)       |
| chart                       | bins where each platform has nothing or a publishable cell (histogram)   |

Tables beside the tree cut the same rows otherwise, so exact numbers of both could be subtracted. Their cells
are hidden by the same steps 2 and 3 (published_in_lines), and their numbers are no exact ones. What is not
covered stands in docs/adr/0017.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.cohort_tree import ROOT_DEPTH, UNKNOWN_CODE
from services.algo_audit.core.cutting import Level, Presence, Tree
from services.algo_audit.core.tally import Tally


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


WORKERS_BEYOND = 5
"""Of pay, a percentile other than the median, or an end of its interval, is told only where at least so many
workers lie beyond it: it is what one worker earned, and at the edge of a small cell it is soon known whose.
Declared: half of the smallest cell, which is about what lies beyond its median."""


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


_STEPS = tuple(digit / 10.0**power for power in range(6, 0, -1) for digit in (1, 2, 5))
"""A millionth to one half, ascending: steps that people read off a scale."""


def told_share(share: float, told: int) -> float:
    """A share of the rows of a cell beside the tree whose number is told as `told` tens: so coarse that with
    every number that may be meant it is a possible share. With the exact one the number would follow."""
    return min(1.0, max(0.0, told_ratio(share, told)))


def told_ratio(ratio: float, told: int) -> float:
    """A ratio of such shares, of which the one of fewer rows has `told`; infinite ones as they are."""
    if not math.isfinite(ratio):
        return ratio
    fewest = max(told - ROUNDING, 2)
    step = next((step for step in _STEPS if step * fewest >= 1), _STEPS[-1])
    return float(round(round(ratio / step) * step, 6))


def tens_in_lines(line: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tens in place of the counts of a table's cells, shape (cells,): the steps of running totals along each
    line (numbers that ascend), which are told to the nearest ten.

    Each by itself to the nearest ten, all of a line at the end of what rounds so would be known exactly where
    their sum is. Of running totals the exact sum tells nothing about those before it.
    """
    total = np.cumsum(counts)
    before = np.append(0, total)[np.searchsorted(line, line)]
    tens = (total - before + ROUNDING // 2) // ROUNDING * ROUNDING
    first = np.diff(line, prepend=-1) > 0
    steps: NDArray[np.int64] = np.where(first, tens, np.diff(tens, prepend=0))
    return steps


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


def published_in_lines(
    line: NDArray[np.int64], counted: Tally, orders: NDArray[np.int64], minimum: MinimumCell
) -> NDArray[np.bool_]:
    """Which cells of a table beside the tree may be told, shape (cells,), also where the total of their line
    is known: steps 2 and 3 at the top, of a tree that is one level of lines and one of cells.

    Args:
        line: of each cell, from 0 on, ascending, shape (cells,).
        counted: who has rows in which cell.
        orders: that the rows of each cell are made of, shape (cells,).
    """
    by_person = np.lexsort((counted.cell, counted.worker))
    node = counted.cell[by_person].astype(np.int32)
    everybody = np.arange(len(line))
    level = Level(
        codes=everybody[:, np.newaxis],
        first_leaf=np.arange(len(line) + 1),
        node_of_leaf=everybody,
        parent=line,
        rows=counted.sizes[np.newaxis],
        orders=orders[np.newaxis],
        workers=counted.workers[np.newaxis],
        presence=Presence(counted.worker[by_person], np.zeros(len(node), np.int32), node),
    )
    known = np.ones((1, int(line.max(initial=-1)) + 1), np.bool_)
    here = minimum.allowed(level.workers, level.orders)
    told: NDArray[np.bool_] = (here & ~_complementary(level, here, known, minimum))[0]
    return told


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
