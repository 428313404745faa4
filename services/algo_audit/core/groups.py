"""Rows by the values of some columns, and the medians of such cells."""

import math

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.baseline import Sample
from services.algo_audit.core.combinations import combinations_of, stable_order
from services.algo_audit.core.tally import NOWHERE, tally

_MOST_COUNTERS = 1 << 22
"""32 MB."""


def rows_by(*columns: NDArray[np.signedinteger]) -> list[tuple[tuple[int, ...], NDArray[np.intp]]]:
    """For each combination of values that occurs, ascending: the values, and the rows that have it,
    ascending.

    Linear where few combinations occur (up to 2**16), as they do of platforms, services and bands. Raises
    ValueError for values so far apart that they cannot be codes."""
    cell, codes = combinations_of(columns)
    if len(codes) == 0:
        return []
    widths = [int(column.max()) - int(column.min()) + 1 for column in codes.T]
    if math.prod(widths) > 2**62:
        raise ValueError(f"the values of the columns are too far apart: {widths}")
    # numpy sorts 16-bit whole numbers by radix, in linear time.
    order = np.argsort(cell.astype(np.uint16) if len(codes) <= 2**16 else cell, kind="stable")
    ends = np.cumsum(np.bincount(cell, minlength=len(codes)))
    return list(zip(map(tuple, codes.tolist()), np.split(order, ends[:-1]), strict=True))


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
    any_censored = bool(censored.any())
    if not (any_censored or stable):
        return np.argsort(value)
    if len(value) and not value.min() >= 0:
        return np.lexsort((censored, value))
    # The bits of floating-point numbers from 0 on ascend as whole numbers do, and leave the sign's bit free:
    # one sort of whole numbers in place of two of pairs. (Adding 0 makes −0 the 0 it equals.)
    key = (value + 0.0).view(np.uint64)
    if any_censored:
        key <<= np.uint64(1)
        key |= censored
    return stable_order(key) if stable else np.argsort(key)


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
