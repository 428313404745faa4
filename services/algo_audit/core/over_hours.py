"""When workers were over their hours, as workhours found it."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


def _no_times() -> NDArray[np.int64]:
    return np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class OverHours:
    """Spans, one array of shape (n,) per field, rows in any order; spans of a worker may overlap."""

    worker: NDArray[np.int64] = field(default_factory=_no_times)
    """Code of the worker, the same as in the orders."""
    start_ms: NDArray[np.int64] = field(default_factory=_no_times)
    """Epoch milliseconds."""
    end_ms: NDArray[np.int64] = field(default_factory=_no_times)
    """Exclusive."""

    def during(
        self, worker: NDArray[np.int64], start_ms: NDArray[np.int64], end_ms: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Mask of the stretches [start, end) of a worker that a span of theirs overlaps, shape (n,).

        Of the spans that begin before the stretch ends, the one that ends last decides. Workers and
        times are packed into one word by rank, so that no time can run over into the next worker.
        """
        if len(self.worker) == 0:
            return np.zeros(len(worker), np.bool_)
        over = np.isin(worker, self.worker)
        over[over] = self._during(worker[over], start_ms[over], end_ms[over])
        return over

    def _during(
        self, worker: NDArray[np.int64], start_ms: NDArray[np.int64], end_ms: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """The same of workers who all have spans."""
        workers, lane = np.unique(self.worker, return_inverse=True)
        starts, start = np.unique(self.start_ms, return_inverse=True)
        ends, end = np.unique(self.end_ms, return_inverse=True)
        begins = lane * (len(starts) + 1) + start
        order = np.argsort(begins)
        latest = np.maximum.accumulate((lane * len(ends) + end)[order])
        latest = np.concatenate(([-1], latest))  # before the first span: none

        row = np.searchsorted(workers, worker)
        before_end = row * (len(starts) + 1) + np.searchsorted(starts, end_ms)
        last = latest[np.searchsorted(begins[order], before_end)]
        over: NDArray[np.bool_] = ends[last % len(ends)] > start_ms
        over &= last // len(ends) == row  # a span of this worker, not of the one before
        return over

    def at(self, worker: NDArray[np.int64], time_ms: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Mask of the moments of a worker that lie within a span of theirs, shape (n,)."""
        return self.during(worker, time_ms, time_ms + 1)
