"""Which cells may leave the service: none with too few workers or orders, and none that subtraction would
reveal.

Primary suppression hides every cell below the minimum. Where the total over a line of cells is published as
well, the hidden part is total − published cells; so the smallest published cells are hidden too
(complementary suppression; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4) until what
subtraction gives is a sum of at least two cells that would pass the rule itself.

What this does not do yet: tables with totals in two dimensions (none is published: no total over distance
bands leaves the service); contributors who could subtract their own orders (dominance rules); and the share
that meets a limit, which with n tells how many orders missed it, however few.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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


ROUNDING = 10
"""Counts of what did not enter the figures are rounded up to the next ten: small ones matter to the reader
and may not be exact."""


def rounded_up(count: int) -> int:
    """A count that may be published beside a cell: the next multiple of ten, 0 for 0."""
    return -(-count // ROUNDING) * ROUNDING


def hidden_cells(
    workers: NDArray[np.int64], orders: NDArray[np.int64], minimum: MinimumCell
) -> NDArray[np.bool_]:
    """Which cells of a line must stay hidden if the total over the line is published; mask of shape (k,).

    `workers` and `orders` count each cell, shape (k,). An empty cell is hidden but protects nobody: it does
    not count as a second hidden cell. Of workers only the largest hidden cell is counted on, because the same
    people may be in several cells.
    """
    hidden = (workers < minimum.workers) | (orders < minimum.orders)
    for cell in np.lexsort((np.arange(len(orders)), workers, orders)):
        if _protects(workers[hidden], orders[hidden], minimum):
            break
        hidden[cell] = True
    return hidden


def _protects(workers: NDArray[np.int64], orders: NDArray[np.int64], minimum: MinimumCell) -> bool:
    """Whether the sum of these hidden cells may be known. A lone one is hidden for its size, so never is."""
    return not orders.any() or minimum.allows(int(workers.max()), int(orders.sum()))
