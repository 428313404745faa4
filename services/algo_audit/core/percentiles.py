"""Which percentiles of a cohort may be told.

Where a value is a worker's day or period, a percentile is what one worker did or earned, and at the edge of a
small cell it is soon known whose: of ten workers the P10 is the least of all. So P10, P25, P75 and P90 are
told only where at least privacy.WORKERS_BEYOND other workers lie there or beyond, as in the table of pay;
with ten workers that is the P50 alone, of fifty-one all. Where a value is one order's, it tells of an order
and nobody's work as a whole; those are told.
"""

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.baseline import Sample, quantile
from services.algo_audit.core.groups import workers_in
from services.algo_audit.core.metrics import Level
from services.algo_audit.core.privacy import WORKERS_BEYOND

PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)


def told_percentiles(sample: Sample, level: Level) -> tuple[float | None, ...]:
    """Of PERCENTILES each, in the metric's unit; None where too few workers lie beyond it."""
    percentiles = [quantile(sample, p) for p in PERCENTILES]
    if level is Level.ORDER:
        return tuple(percentiles)
    return tuple(
        value if p == 0.5 or _others_beyond(sample, value, low=p < 0.5) >= WORKERS_BEYOND else None
        for p, value in zip(PERCENTILES, percentiles, strict=True)
    )


def _others_beyond(sample: Sample, value: float, *, low: bool) -> int:
    beyond = sample.values <= value if low else sample.values >= value
    return workers_in(sample.worker[beyond]) - 1


def fewest_workers(each: NDArray[np.int64], values: int) -> int:
    """How many different workers so many values are of at least; ``each``: values of each worker, shape
    (workers,). For sketches, which do not know whose their values are."""
    together = np.cumsum(np.sort(each)[::-1])
    return min(int(np.searchsorted(together, values)) + 1, len(each)) if values > 0 else 0
