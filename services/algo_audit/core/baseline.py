"""The percentile baseline: quantiles, attainment, strictness, and the middle.

For a metric with direction *at most* and a reference x_1 … x_n:

    attainment  A(τ) = #{x_i ≤ τ} / n        (at least: #{x_i ≥ τ} / n)
    strictness       = 1 − A(τ)
    middle           = the τ whose attainment lies in a declared band around one half

Quantiles are of the inverse empirical distribution (type 1 of Hyndman & Fan, "Sample quantiles in statistical
packages", The American Statistician 50 (1996) 361–365): always a duration that someone really had, and
exactly consistent with attainment: A(value_at_attainment(a)) ≥ a, and no stricter τ of the sample has that.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.metrics import Direction


@dataclass(frozen=True, slots=True)
class MiddleBand:
    """The middle (取中) as a band of attainment.

    No source gives a percentile: the band is declared by who runs the audit and is reported with every
    verdict. Raises ValueError unless 0 < low ≤ high < 1.
    """

    low: float = 0.40
    """40 %: with `high`, ten points either side of the median, the default of the audit's definition."""
    high: float = 0.60

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.high < 1:
            raise ValueError(f"a middle band needs 0 < low ≤ high < 1, not {self.low}–{self.high}")


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A reference population, ready for every figure. Build it with `sample_of`."""

    values: NDArray[np.float64]
    """Ascending, shape (n,)."""
    worker: NDArray[np.int64]
    """Worker code 0…m−1 of each value, shape (n,)."""
    sizes: NDArray[np.int64]
    """Values per worker code, shape (m,); none is zero."""

    def __len__(self) -> int:
        return len(self.values)

    @property
    def workers(self) -> int:
        """How many different workers."""
        return len(self.sizes)


def sample_of(values: NDArray[np.float64], worker: NDArray[np.generic]) -> Sample:
    """A sample from values in any order and worker identities of any kind, both of shape (n,).

    Raises ValueError if the shapes differ or a value is NaN.
    """
    if values.shape != worker.shape or values.ndim != 1:
        raise ValueError(f"values {values.shape} and workers {worker.shape} must be equally long")
    if np.isnan(values).any():
        raise ValueError("NaN is not a value: leave the row out and count it")
    index = np.argsort(values, kind="stable")
    return ordered_sample(values[index], np.unique(worker, return_inverse=True)[1][index])


def ordered_sample(values: NDArray[np.float64], codes: NDArray[np.int64]) -> Sample:
    """A sample from values already ascending and worker codes ≥ 0 (gaps allowed), both of shape (n,).
    Linear."""
    sizes = np.bincount(codes)
    present = sizes > 0
    return Sample(values, (np.cumsum(present) - 1)[codes], sizes[present])


def quantile(sample: Sample, p: float) -> float:
    """Smallest x of the sample with #{x_i ≤ x} / n ≥ p, for 0 < p ≤ 1. Raises ValueError if the sample is
    empty."""
    return float(sample.values[_rank(sample, p) - 1])


def attainment(sample: Sample, tau: float, direction: Direction) -> float:
    """A(τ), between 0 and 1. Raises ValueError if the sample is empty."""
    return meeting(sample, tau, direction) / _size(sample)


def strictness(sample: Sample, tau: float, direction: Direction) -> float:
    """1 − A(τ). Raises ValueError if the sample is empty."""
    return 1.0 - attainment(sample, tau, direction)


def meeting(sample: Sample, tau: float, direction: Direction) -> int:
    """How many values of the sample meet τ. Binary search."""
    if direction is Direction.AT_MOST:
        return int(np.searchsorted(sample.values, tau, side="right"))
    return len(sample) - int(np.searchsorted(sample.values, tau, side="left"))


def value_at_attainment(sample: Sample, share: float, direction: Direction) -> float:
    """The strictest τ of the sample that at least `share` (0 < share ≤ 1) of it meets.

    Raises ValueError if the sample is empty.
    """
    rank = _rank(sample, share)
    if direction is Direction.AT_MOST:
        return float(sample.values[rank - 1])
    return float(sample.values[len(sample) - rank])


def middle_range(sample: Sample, band: MiddleBand, direction: Direction) -> tuple[float, float]:
    """The band of attainment as a range of τ, (smaller, larger) in the metric's unit.

    AT_MOST: the smaller end is the strict one. AT_LEAST: the larger.
    """
    ends = [value_at_attainment(sample, share, direction) for share in (band.low, band.high)]
    return min(ends), max(ends)


def _rank(sample: Sample, p: float) -> int:
    """Smallest whole k ≥ 1 with k / n ≥ p."""
    n = _size(sample)
    k = min(n, max(1, int(np.ceil(p * n))))
    # p·n rounds (0.07 × 100 is a little over 7 in binary, and its ceiling 8 is one order too far): step to
    # the rank that the definition names.
    if k > 1 and (k - 1) / n >= p:
        return k - 1
    if k < n and k / n < p:
        return k + 1
    return k


def _size(sample: Sample) -> int:
    if len(sample) == 0:
        raise ValueError("an empty sample has no figures")
    return len(sample)
