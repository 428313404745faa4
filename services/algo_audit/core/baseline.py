"""The percentile baseline: quantiles, attainment, strictness, and the middle.

For a metric with direction *at most* and a reference x_1 … x_n:

    attainment  A(τ) = #{x_i ≤ τ} / n        (at least: #{x_i ≥ τ} / n)
    strictness       = 1 − A(τ)
    middle           = the τ whose attainment lies in a declared band around one half

Quantiles are of the inverse empirical distribution (type 1 of Hyndman & Fan, "Sample quantiles in
statistical packages", The American Statistician 50 (1996) 361–365; NumPy's ``inverted_cdf``): always a
duration that someone really had, and exactly consistent with attainment: A(value_at_attainment(a)) ≥ a,
and no stricter τ of the sample has that.

Where rows are right-censored, A is Kaplan & Meier's (see kaplan_meier) and a quantile that it never
reaches is infinite. Only *at most* can have such rows: a time not seen to its end is at least what was
seen, and says nothing about a rate or an amount.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.kaplan_meier import Curve, curve_of
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
    """Ascending, shape (k,); of equal values those seen to their end come first."""
    observed: NDArray[np.bool_]
    """Whether the value was seen to its end, shape (k,); False: right-censored, the truth is larger."""
    worker: NDArray[np.int64]
    """Worker code 0…m−1 of each value, shape (k,)."""
    sizes: NDArray[np.int64]
    """Values per worker code, shape (m,), n in all; none is zero."""
    beyond: int = 0
    """n − k values beyond all of these, some of them censored: left out where no τ will be asked for that
    reaches them. Percentiles cannot be asked for then."""
    curve: Curve | None = field(init=False, repr=False)
    """The product-limit curve; None if nothing is censored and plain counting says the same."""

    def __post_init__(self) -> None:
        plain = not self.beyond and self.observed.all()
        object.__setattr__(self, "curve", None if plain else curve_of(self.observed, self.beyond))

    def __len__(self) -> int:
        return len(self.values) + self.beyond

    @property
    def workers(self) -> int:
        """How many different workers."""
        return len(self.sizes)

    def rows_within(self, tau: float, direction: Direction) -> int:
        """How many of the ascending rows lie on the low side of τ: x ≤ τ for AT_MOST, which meet it;
        x < τ for AT_LEAST, which do not. Binary search.

        Raises ValueError if the sample is empty, or AT_LEAST is asked of one with censored rows.
        """
        if len(self) == 0:
            raise ValueError("an empty sample has no figures")
        if direction is Direction.AT_MOST:
            return int(np.searchsorted(self.values, tau, side="right"))
        if self.curve is not None:
            raise ValueError("a metric that is strict when high has no right-censored values")
        return int(np.searchsorted(self.values, tau, side="left"))


def sample_of(
    values: NDArray[np.float64], worker: NDArray[np.generic], censored: NDArray[np.bool_] | None = None
) -> Sample:
    """A sample from values in any order, worker identities of any kind, and which values are right-censored
    (default none), all of shape (n,).

    Raises ValueError if the shapes differ or a value is NaN.
    """
    shapes = {values.shape, worker.shape} | ({censored.shape} if censored is not None else set())
    if values.ndim != 1 or len(shapes) > 1:
        raise ValueError("values, workers and censored must be equally long")
    if np.isnan(values).any():
        raise ValueError("NaN is not a value: leave the row out and count it")
    index = np.argsort(values, kind="stable") if censored is None else np.lexsort((censored, values))
    codes = np.unique(worker, return_inverse=True)[1][index]
    return ordered_sample(values[index], codes, None if censored is None else censored[index])


def ordered_sample(
    values: NDArray[np.float64], codes: NDArray[np.int64], censored: NDArray[np.bool_] | None = None
) -> Sample:
    """A sample from values already ascending (of equal values the censored last) and worker codes ≥ 0 (gaps
    allowed), all of shape (n,). Linear."""
    sizes = np.bincount(codes)
    present = sizes > 0
    observed = np.ones(len(values), np.bool_) if censored is None else ~censored
    return Sample(values, observed, (np.cumsum(present) - 1)[codes], sizes[present])


def quantile(sample: Sample, p: float) -> float:
    """Smallest x with A(x) ≥ p (at most), for 0 < p ≤ 1; infinite if so much is censored that A never gets
    there. Raises ValueError if the sample is empty."""
    row = _first_row_attaining(sample, p)
    return float(sample.values[row]) if row < len(sample) else math.inf


def attainment(sample: Sample, tau: float, direction: Direction) -> float:
    """A(τ), between 0 and 1. Raises ValueError as `Sample.rows_within`."""
    rows = sample.rows_within(tau, direction)
    if sample.curve is not None:
        return sample.curve.attainment(rows)
    return (rows if direction is Direction.AT_MOST else len(sample) - rows) / len(sample)


def share_better(sample: Sample, tau: float, direction: Direction) -> float:
    """The share strictly better than τ: A(τ) less the share of the values equal to it. Raises as
    `attainment`."""
    stricter = -math.inf if direction is Direction.AT_MOST else math.inf
    return attainment(sample, math.nextafter(tau, stricter), direction)


def strictness(sample: Sample, tau: float, direction: Direction) -> float:
    """1 − A(τ). Raises ValueError as `Sample.rows_within`."""
    return 1.0 - attainment(sample, tau, direction)


def value_at_attainment(sample: Sample, share: float, direction: Direction) -> float:
    """The strictest τ of the sample that at least `share` (0 < share ≤ 1) of it meets; infinite as
    `quantile`.

    Raises ValueError if the sample is empty, or AT_LEAST is asked of one with censored rows.
    """
    if direction is Direction.AT_MOST:
        return quantile(sample, share)
    sample.rows_within(-math.inf, direction)  # refuses what has no answer
    return float(sample.values[len(sample) - 1 - _first_row_attaining(sample, share)])


def middle_range(sample: Sample, band: MiddleBand, direction: Direction) -> tuple[float, float]:
    """The band of attainment as a range of τ, (smaller, larger) in the metric's unit.

    AT_MOST: the smaller end is the strict one. AT_LEAST: the larger.
    """
    ends = [value_at_attainment(sample, share, direction) for share in (band.low, band.high)]
    return min(ends), max(ends)


def _first_row_attaining(sample: Sample, p: float) -> int:
    """Index of the first of the ascending rows after which at least p lie behind; n if there is none. Raises
    ValueError if the sample is empty."""
    n = len(sample)
    if n == 0:
        raise ValueError("an empty sample has no figures")
    if sample.curve is not None:
        return sample.curve.first_row_attaining(p)
    k = min(n, max(1, math.ceil(p * n)))
    # p·n rounds (0.07 × 100 is a little over 7 in binary, and its ceiling 8 is one order too far): step to
    # the rank that the definition names.
    if k > 1 and (k - 1) / n >= p:
        return k - 2
    if k < n and k / n < p:
        return k
    return k - 1
