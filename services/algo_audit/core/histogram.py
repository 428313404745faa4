"""The chart of a cohort: equal bins, merged until every platform's part of every bin may be published.

Pools of different platforms are published side by side, and the difference of two of them is one platform's
orders. So the bins are the same for all pools of a cohort, and each is wide enough that every platform has
either nothing in it or a publishable number. For the same reason charts are drawn at one depth of the tree
only (see cohorts): a chart of the whole and charts of its parts could be subtracted.

A right-censored order counts where it would have ended: the bins hold the mass of the Kaplan–Meier estimate,
and plain counts where nothing is censored.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.baseline import Sample, attainment
from services.algo_audit.core.metrics import Direction
from services.algo_audit.core.privacy import MinimumCell

WIDTHS_S = (15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400)
"""Widths a person can read off an axis, seconds."""
WIDTHS = tuple(digit * 10.0**power for power in range(-4, 9) for digit in (1, 2, 5))
"""The same for other units."""
MOST_BINS = 30
"""About as many as a chart on a page shows apart."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts between ascending edges: bin i is edges[i] < x ≤ edges[i + 1]. The first bin also holds
    everything below, the last everything above."""

    edges: tuple[float, ...]
    """Length k + 1, in the metric's unit."""
    counts: tuple[int, ...]
    """Length k."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One platform's finished rows of a cohort."""

    values: NDArray[np.float64]
    """Ascending, shape (n,)."""
    worker: NDArray[np.int64]
    """Worker codes, shape (n,)."""


def histogram(sample: Sample, edges: Sequence[float]) -> Histogram:
    """The rows of a sample between the edges."""
    n = len(sample)
    inner = [round(n * attainment(sample, edge, Direction.AT_MOST)) for edge in edges[1:-1]]
    return Histogram(tuple(edges), tuple(np.diff([0, *inner, n]).tolist()))


def shared_edges(parts: Sequence[Part], unit: str, minimum: MinimumCell) -> tuple[float, ...]:
    """Edges at which each part has, in every bin, nothing or a publishable number.

    Parts that are not publishable as a whole have to stay out. Merging goes from the left; what is left over
    at the right joins the bins before it. Raises ValueError if no part has a row.
    """
    parts = [part for part in parts if len(part.values)]
    grid = _grid(parts, unit)
    ends = [
        np.append(np.searchsorted(part.values, grid[1:-1], side="right"), len(part.values)) for part in parts
    ]
    starts = [np.append(0, end[:-1]) for end in ends]

    def publishable(first: int, last: int) -> bool:
        """Whether the merged bins first…last may be published."""
        return all(
            _nothing_or_enough(part.worker[start[first] : end[last]], minimum)
            for part, start, end in zip(parts, starts, ends, strict=True)
        )

    firsts: list[int] = []
    first = 0
    for last in range(len(grid) - 1):
        if publishable(first, last):
            firsts.append(first)
            first = last + 1
    while firsts and first < len(grid) - 1:
        first = firsts.pop()
        if publishable(first, len(grid) - 2):
            firsts.append(first)
            break
    inner = [float(grid[bin_]) for bin_ in firsts[1:]]
    return (float(grid[0]), *inner, float(grid[-1]))


def _grid(parts: Sequence[Part], unit: str) -> NDArray[np.float64]:
    """Equal bins of a readable width up to the longest P99 of the parts, from 0 unless all lies far from
    it."""
    if not parts:
        raise ValueError("a chart needs a row")
    reach = max(float(part.values[int(0.99 * (len(part.values) - 1))]) for part in parts)
    low = min(float(part.values[int(0.01 * (len(part.values) - 1))]) for part in parts)
    start = 0.0 if 0 <= low < reach / 2 else low
    widths = WIDTHS_S if unit == "s" else WIDTHS
    width = next((width for width in widths if reach - start <= width * (MOST_BINS - 1)), widths[-1])
    first = int(start // width)
    bins = min(MOST_BINS, int(reach // width) + 1 - first)
    return np.arange(first, first + bins + 1, dtype=np.float64) * width


def _nothing_or_enough(worker: NDArray[np.int64], minimum: MinimumCell) -> bool:
    if len(worker) == 0:
        return True
    # Most bins show ten workers in their first few hundred orders: look there before sorting them all.
    return len(worker) >= minimum.orders and (
        len(np.unique(worker[:300])) >= minimum.workers or len(np.unique(worker)) >= minimum.workers
    )
