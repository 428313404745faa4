"""Rows by the values of some columns, and which of such cells may be published."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.privacy import MinimumCell


def rows_by(*columns: NDArray[np.int64]) -> list[tuple[tuple[int, ...], NDArray[np.intp]]]:
    """For each combination of values that occurs, ascending: the values, and the rows that have it,
    ascending.

    Linear where the combinations possible are few (up to 2**16), as they are of platforms, services and
    bands."""
    if len(columns[0]) == 0:
        return []
    lows = [int(column.min()) for column in columns]
    widths = [int(column.max()) - low + 1 for column, low in zip(columns, lows, strict=True)]
    if math.prod(widths) > 2**62:
        raise ValueError(f"the values of the columns are too far apart: {widths}")
    code = np.zeros(len(columns[0]), np.int64)
    for column, low, width in zip(columns, lows, widths, strict=True):
        code = code * width + (column - low)
    # numpy sorts 16-bit whole numbers by radix, in linear time.
    order = np.argsort(code.astype(np.uint16) if math.prod(widths) <= 2**16 else code, kind="stable")
    starts = np.flatnonzero(np.diff(code[order], prepend=-1))
    return [(tuple(int(column[rows[0]]) for column in columns), rows) for rows in np.split(order, starts[1:])]


def workers_in(worker: NDArray[np.int64]) -> int:
    """How many different workers (codes ≥ 0). Linear."""
    return int(np.count_nonzero(np.bincount(worker)))


def middle_of(values: NDArray[np.float64]) -> float:
    """The median as the rest of the audit takes it: a value that occurs, the lower one of two."""
    rank = (len(values) - 1) // 2
    return float(np.partition(values, rank)[rank])


def hidden_in_line(
    cells: Sequence[NDArray[np.intp]],
    worker: NDArray[np.int64],
    orders: NDArray[np.int64],
    minimum: MinimumCell,
) -> list[bool]:
    """Which cells of a line (rows into `worker` and `orders`, no row twice) must stay hidden, also where
    the total over the line is known: steps 2 and 3 of privacy. What is hidden together is empty or large
    enough."""

    def size(rows: NDArray[np.intp]) -> tuple[int, int]:
        return workers_in(worker[rows]), int(orders[rows].sum())

    sizes = [size(cell) for cell in cells]
    hidden = [not minimum.allows(*each) for each in sizes]
    parts = [cell for cell, hide in zip(cells, hidden, strict=True) if hide]
    rest = np.concatenate(parts) if parts else np.empty(0, np.intp)
    if len(rest) and not minimum.allows(*size(rest)) and not all(hidden):
        shown = [at for at, hide in enumerate(hidden) if not hide]
        hidden[min(shown, key=lambda at: (sizes[at][1], sizes[at][0], at))] = True
    return hidden
