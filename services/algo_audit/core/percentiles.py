"""Which percentiles of a cohort may be told, and how exactly the ends of the P50's interval.

Where a value is a worker's day or period, a percentile is what one worker did or earned, and at the edge of a
small cell it is soon known whose: of ten workers the P10 is the least of all. So P10, P25, P75 and P90 are
told only where at least privacy.WORKERS_BEYOND other workers lie there or beyond, as in the table of pay;
with ten workers that is the P50 alone, of fifty-one all. Where a value is one order's, it tells of an order
and nobody's work as a whole; those are told.

The ends of an interval are order statistics, so values of workers too: of ten, the second and the ninth. One
with too few workers beyond is rounded outward, so coarsely that WORKERS_SHARING have a value between the
number told and the next: it could be any of theirs. The interval only gets wider by it.
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.baseline import Sample, quantile
from services.algo_audit.core.groups import workers_in
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.metrics import Level
from services.algo_audit.core.privacy import WORKERS_BEYOND

PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)
WORKERS_SHARING = 3
"""Declared: of three nobody is meant, and of ten workers an interval of nine is still one."""


def told_percentiles(sample: Sample, level: Level) -> tuple[float | None, ...]:
    """Of PERCENTILES each, in the metric's unit; None where too few workers lie beyond it."""
    percentiles = [quantile(sample, p) for p in PERCENTILES]
    if level is Level.ORDER:
        return tuple(percentiles)
    return tuple(
        value if p == 0.5 or _others_beyond(sample, value, low=p < 0.5) >= WORKERS_BEYOND else None
        for p, value in zip(PERCENTILES, percentiles, strict=True)
    )


def told_interval(sample: Sample, p50: Interval, level: Level) -> Interval:
    """The interval of the P50 as it may be told, in the metric's unit; it contains the one given."""
    if level is Level.ORDER:
        return p50
    return Interval(_told_end(sample, p50.low, low=True), _told_end(sample, p50.high, low=False))


def _told_end(sample: Sample, end: float, *, low: bool) -> float:
    if not math.isfinite(end) or _others_beyond(sample, end, low=low) >= WORKERS_BEYOND:
        return end
    told = end
    for step in _steps(float(np.abs(sample.values).max())):
        told = (math.floor(end / step) if low else math.ceil(end / step)) * step
        first, last = (told, told + step) if low else (told - step, told)
        sharing = (sample.values >= first) & (sample.values <= last)
        if workers_in(sample.worker[sharing]) >= WORKERS_SHARING:
            break
    return float(f"{told:.12g}")


def _steps(largest: float) -> Iterator[float]:
    """1, 2, 5, 10 …: from a ten-thousandth of the largest value to ten times it, the steps of a scale."""
    power = math.floor(math.log10(largest)) if largest else 0
    for exponent in range(power - 4, power + 2):
        yield from (digit * 10.0**exponent for digit in (1, 2, 5))


def _others_beyond(sample: Sample, value: float, *, low: bool) -> int:
    beyond = sample.values <= value if low else sample.values >= value
    return workers_in(sample.worker[beyond]) - 1


def fewest_workers(each: NDArray[np.int64], values: int) -> int:
    """How many different workers so many values are of at least; ``each``: values of each worker, shape
    (workers,). For sketches, which do not know whose their values are."""
    together = np.cumsum(np.sort(each)[::-1])
    return min(int(np.searchsorted(together, values)) + 1, len(each)) if values > 0 else 0
