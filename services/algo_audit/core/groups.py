"""Rows by the values of some columns, and the medians of such cells."""

import math
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.baseline import Sample
from services.algo_audit.core.tally import NOWHERE, tally

_MOST_COUNTERS = 1 << 22
"""32 MB."""


def rows_by(*columns: NDArray[np.signedinteger]) -> list[tuple[tuple[int, ...], NDArray[np.intp]]]:
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


def by_value(
    value: NDArray[np.float64], censored: NDArray[np.bool_], *, stable: bool = True
) -> NDArray[np.intp]:
    """Ascending; of equal values the censored last, and otherwise as they came (unless not `stable`, which is
    up to a third quicker)."""
    kind: Literal["stable", "quicksort"] = "stable" if stable else "quicksort"
    if not censored.any():
        return np.argsort(value, kind=kind)
    if value[0] < 0 or value.min() < 0:
        return np.lexsort((censored, value))
    # The bits of floating-point numbers from 0 on ascend as whole numbers do, and leave the sign's bit free:
    # one sort of whole numbers in place of two of pairs. (Adding 0 makes −0 the 0 it equals.)
    key = ((value + 0.0).view(np.int64).astype(np.uint64) << np.uint64(1)) | censored
    return np.argsort(key, kind=kind)


def two_valued(
    low: NDArray[np.int64], high: NDArray[np.int64], values: tuple[float, float] = (0.0, 1.0)
) -> Sample:
    """A sample of two values, of workers of whom it is known how many rows have the lower one, and how many
    the higher; shape (m,) each, no worker without a row."""
    column = np.repeat(values, [int(low.sum()), int(high.sum())])
    everybody = np.arange(len(low))
    worker = np.concatenate([np.repeat(everybody, low), np.repeat(everybody, high)])
    return Sample(column, np.ones(len(column), np.bool_), worker, low + high)


def lower_medians(
    cell: NDArray[np.signedinteger], values: NDArray[np.float64], cells: int
) -> NDArray[np.float64]:
    """`middle_of` the values of each cell (0…cells − 1, or NOWHERE), shape (cells,); NaN of one without rows.

    Linear; quick where values are whole numbers within a narrow range, as limits in seconds and amounts are.
    """
    there = cell != NOWHERE
    if not there.all():
        cell, values = cell[there], values[there]
    if len(values) == 0:
        return np.full(cells, np.nan)
    low = float(values.min())
    if float(values.max()) - low < _MOST_COUNTERS / cells:
        code = (values - low).astype(np.int32)
        if np.array_equal(code + low, values):
            return medians_of_codes(
                cell, code, np.arange(low, low + int(code.max()) + 1, dtype=np.float64), cells
            )
    medians = np.full(cells, np.nan)
    for (at,), rows in rows_by(cell):
        medians[at] = middle_of(values[rows])
    return medians


def medians_of_codes(
    cell: NDArray[np.signedinteger],
    code: NDArray[np.signedinteger],
    values: NDArray[np.float64],
    cells: int,
) -> NDArray[np.float64]:
    """The same of values that are told by their place in `values`, which ascend. Rows may be NOWHERE in
    either."""
    counted = tally(np.where(code == NOWHERE, NOWHERE, cell), np.maximum(code, 0).astype(np.int64), cells)
    medians = np.full(cells, np.nan)
    reached = np.cumsum(counted.rows)
    for at in np.flatnonzero(counted.workers).tolist():
        of = counted.of(at)
        before = int(reached[of.start - 1]) if of.start else 0
        rank = before + (int(counted.rows[of].sum()) - 1) // 2
        medians[at] = values[counted.worker[np.searchsorted(reached, rank, side="right")]]
    return medians
