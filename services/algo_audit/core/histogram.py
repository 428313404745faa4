"""The chart of a cohort: equal bins, merged until every platform's part of every bin may be published.

Pools of different platforms are published side by side, and the difference of two of them is one platform's
orders. So the bins are the same for all pools of a distance band, and each is wide enough that every platform
has either nothing in it or a publishable number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.privacy import MinimumCell

WIDTHS_S = (15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400)
"""Widths a person can read off an axis, seconds."""
MOST_BINS = 30
"""About as many as a chart on a page shows apart."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts between ascending edges. The last bin also holds everything above its edge."""

    edges_s: tuple[float, ...]
    """Length k + 1, seconds."""
    counts: tuple[int, ...]
    """Length k."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One platform's orders of a distance band."""

    duration_s: NDArray[np.float64]
    """Ascending, shape (n,)."""
    worker: NDArray[np.int64]
    """Worker codes, shape (n,)."""


def histogram(duration_s: NDArray[np.float64], edges_s: Sequence[float]) -> Histogram:
    """Count ascending durations between the edges."""
    below = np.searchsorted(duration_s, np.asarray(edges_s[1:-1], np.float64), side="left")
    return Histogram(tuple(edges_s), tuple(np.diff(below, prepend=0, append=len(duration_s)).tolist()))


def shared_edges(parts: Sequence[Part], minimum: MinimumCell) -> tuple[float, ...]:
    """Edges (seconds, from 0) at which each part has, in every bin, nothing or a publishable number.

    Each part must be publishable as a whole. Merging goes from the left; what is left over at the right joins
    the bins before it.
    """
    grid = _grid(parts)
    starts = [np.searchsorted(part.duration_s, grid[:-1], side="left") for part in parts]
    ends = [np.append(start[1:], len(part.duration_s)) for start, part in zip(starts, parts, strict=True)]

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
    return (0.0, *inner, float(grid[-1]))


def _grid(parts: Sequence[Part]) -> NDArray[np.float64]:
    """Equal bins of a readable width up to the longest P99 of the parts."""
    reach = max(float(part.duration_s[int(0.99 * (len(part.duration_s) - 1))]) for part in parts)
    width = next((width for width in WIDTHS_S if reach <= width * MOST_BINS), WIDTHS_S[-1])
    bins = min(MOST_BINS, int(reach // width) + 1)
    return np.arange(bins + 1, dtype=np.float64) * width


def _nothing_or_enough(worker: NDArray[np.int64], minimum: MinimumCell) -> bool:
    if len(worker) == 0:
        return True
    # Most bins show ten workers in their first few hundred orders: look there before sorting them all.
    return len(worker) >= minimum.orders and (
        len(np.unique(worker[:300])) >= minimum.workers or len(np.unique(worker)) >= minimum.workers
    )
