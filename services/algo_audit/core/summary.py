"""P10, P50 and P90 of a file of durations, for the command line. Not for publication: no cell is suppressed
here."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.baseline import quantile, sample_of
from services.algo_audit.core.intervals import Interval, quantile_interval


@dataclass(frozen=True, slots=True)
class Percentile:
    """A percentile in minutes, and its cluster-robust interval (ends infinite where the data cannot tell)."""

    minutes: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Summary:
    """What a file of durations says."""

    n: int
    """Durations in the figures."""
    workers: int
    excluded: int
    """Left out: not positive, or not a number."""
    p10: Percentile
    p50: Percentile
    p90: Percentile


def summarise(
    durations_s: NDArray[np.float64], workers: NDArray[np.generic], confidence: float = 0.95
) -> Summary:
    """Summarise durations (seconds) by workers (identities of any kind), both of shape (n,) in any order.

    Raises ValueError if the shapes differ or no duration is left.
    """
    kept = np.isfinite(durations_s) & (durations_s > 0)
    if not kept.any():
        raise ValueError("no positive duration to summarise")
    sample = sample_of(durations_s[kept] / 60.0, workers[kept])

    def percentile(p: float) -> Percentile:
        return Percentile(quantile(sample, p), quantile_interval(sample, p, confidence))

    return Summary(
        n=len(sample),
        workers=sample.workers,
        excluded=len(durations_s) - len(sample),
        p10=percentile(0.10),
        p50=percentile(0.50),
        p90=percentile(0.90),
    )
