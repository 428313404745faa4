"""Percentiles of weighted values, with right-censored ones beside them, and how far off they may be.

What a quantile sketch retains of n values is fewer values with weights that add up to n; its ranks are right
to within its normalised rank error ε, a share of n. A sketch holds values only, so a cohort has two: the
*ends* (values seen to their end, n_c of them) and the *cuts* (how long a censored value was seen, n_x of
them). With the weights w of both, at a retained end u

    d(u) = Σ w over ends at u,    Y(u) = Σ w over ends ≥ u  +  Σ w over cuts ≥ u,
    S(t) = Π_{u ≤ t} (1 − d(u)/Y(u)),    A(t) = 1 − S(t),

the product-limit estimate of ``kaplan_meier`` with weighted rows: at a tie ends come before cuts, past the
last end S keeps its value, and a percentile that A never reaches is infinite. While both sketches still hold
every value all weights are 1, and it is that estimate exactly.

How an error of the sketches carries. Write H_c(t), H_x(t) for the shares of all n = n_c + n_x that ended, or
were cut, by t, and y = 1 − H_c − H_x for the share at risk. Since log S = −∫ dH_c / y, an error δ of both
moves it, to first order and after integrating by parts (d(1/y) = (dH_c + dH_x)/y²), by

    δ log S(t) = −δH_c(t)/y(t) + ∫_0^t δH_c/y² dH_x − ∫_0^t δH_x/y² dH_c,

and as |δH_c| ≤ e_c = ε_c·n_c/n and |δH_x| ≤ e_x = ε_x·n_x/n,

    |δA(t)| ≤ S(t)·( e_c/y(t) + e_c·∫_0^t dH_x/y² + e_x·∫_0^t dH_c/y² ).

Without cuts S = y and it is ε_c, the sketch's own. It grows where few are still at risk, and is told as 1
where nobody is. ε holds of one rank with 99 % confidence a sketch (Karnin, Lang & Liberty, "Optimal quantile
approximation in streams", FOCS 2016; the constant is the library's), so the bound does with 99 %; with 98 %
where there are cuts, as two sketches are combined.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.baseline import MiddleBand
from services.algo_audit.core.kaplan_meier import ROUNDING
from services.algo_audit.core.metrics import Direction


@dataclass(frozen=True, slots=True, eq=False)
class Weighted:
    """Values with weights, in any order; arrays of shape (n,)."""

    values: NDArray[np.float64]
    weights: NDArray[np.int64]
    """How many of the original values each stands for, at least 1."""
    error: float = 0.0
    """ε: by how much a rank may be wrong, as a share of all; 0: nothing was left out."""

    @property
    def total(self) -> int:
        """How many values there were."""
        return int(self.weights.sum())


NOTHING = Weighted(np.empty(0), np.empty(0, np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """The distribution of a cohort. Build it with `estimate_of`."""

    times: NDArray[np.float64]
    """The different ends, ascending, shape (m,)."""
    attained: NDArray[np.float64]
    """A after each, shape (m,)."""
    errors: NDArray[np.float64]
    """By how much A may be wrong there, 0–1, shape (m,)."""
    from_above: NDArray[np.float64]
    """Share of the values at or above each, shape (m,); of one with cuts NaN."""

    def quantile(self, p: float) -> float:
        """Smallest end with A ≥ p, for 0 < p ≤ 1; infinite if A never gets there."""
        at = int(np.searchsorted(self.attained, p - ROUNDING))
        return float(self.times[at]) if at < len(self.times) else math.inf

    def share_beyond(self, p: float) -> float:
        """At least so large a share of the values lies at the p-quantile or beyond it, away from the median;
        0 if that cannot be told."""
        at = int(np.searchsorted(self.attained, p - ROUNDING))
        if at >= len(self.times) or np.isnan(self.from_above).any():
            return 0.0
        share = self.attained[at] if p < 0.5 else self.from_above[at]
        return max(0.0, float(share - self.errors[at]))

    def error(self, p: float) -> float:
        """By how much A at the p-quantile may be wrong, as a share of the cohort."""
        if not len(self.times):
            return 1.0
        at = int(np.searchsorted(self.attained, p - ROUNDING))
        return float(self.errors[min(at, len(self.times) - 1)])

    def value_at_attainment(self, share: float, direction: Direction) -> float:
        """The strictest τ that at least `share` (0 < share ≤ 1) meets; infinite as `quantile`.

        Raises ValueError if AT_LEAST is asked of one with censored values, or there is none.
        """
        if direction is Direction.AT_MOST:
            return self.quantile(share)
        if not len(self.times) or np.isnan(self.from_above).any():
            raise ValueError("a metric that is strict when high has no right-censored values")
        return float(self.times[np.flatnonzero(self.from_above >= share - ROUNDING)[-1]])

    def middle_range(self, band: MiddleBand, direction: Direction) -> tuple[float, float]:
        """The band of attainment as a range of τ, (smaller, larger); see ``baseline.middle_range``."""
        ends = [self.value_at_attainment(share, direction) for share in (band.low, band.high)]
        return min(ends), max(ends)


def estimate_of(ends: Weighted, cuts: Weighted = NOTHING) -> Estimate:
    """The estimate from values seen to their end and those that were cut; formulas at the top. O(n log n)."""
    n_c, n_x = ends.total, cuts.total
    n = n_c + n_x
    times, d = _tied(ends)
    ended = np.cumsum(d)
    cut_times, c = _tied(cuts)
    were_cut = np.append(0, np.cumsum(c))
    cut_before = were_cut[np.searchsorted(cut_times, times, side="left")]
    at_risk = n - (ended - d) - cut_before
    surviving = np.cumprod(1 - d / at_risk)
    if n_x == 0 and n:
        surviving = (n - ended) / n  # the same product, telescoped: nothing is rounded
    return Estimate(
        times=times,
        attained=1 - surviving,
        errors=_errors(ends, cuts, times, d, at_risk, surviving),
        from_above=(n - ended + d) / n if n_x == 0 and n else np.full(len(times), np.nan),
    )


def _errors(
    ends: Weighted,
    cuts: Weighted,
    times: NDArray[np.float64],
    d: NDArray[np.int64],
    at_risk: NDArray[np.int64],
    surviving: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The bound at the top, at each end."""
    n = ends.total + cuts.total
    if not n or not (ends.error or cuts.error):
        return np.zeros(len(times))
    e_c, e_x = ends.error * ends.total / n, cuts.error * cuts.total / n
    if not cuts.total:
        return np.full(len(times), e_c)
    cut_times, c = _tied(cuts)
    cut_by = np.append(0, np.cumsum(c))[np.searchsorted(cut_times, times, side="right")]
    after = (n - np.cumsum(d) - cut_by) / n
    ended_before = np.append(0, np.cumsum(d))[np.searchsorted(times, cut_times, side="right")]
    risk_of_cuts = (n - ended_before - (np.cumsum(c) - c)) / n
    of_cuts = np.append(0.0, np.cumsum(c / n / risk_of_cuts**2))
    over_cuts = of_cuts[np.searchsorted(cut_times, times, side="right")]
    over_ends = np.cumsum(d / n / (at_risk / n) ** 2)
    bound = np.ones(len(times))
    left = after > 0
    bound[left] = surviving[left] * (e_c / after[left] + e_c * over_cuts[left] + e_x * over_ends[left])
    return np.minimum(bound, 1.0)


def _tied(sample: Weighted) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The different values, ascending, and the weight of each."""
    order = np.argsort(sample.values, kind="stable")
    values, weights = sample.values[order], sample.weights[order]
    first = np.flatnonzero(np.diff(values, prepend=np.nan) != 0)
    return values[first], (np.add.reduceat(weights, first) if len(first) else weights).astype(np.int64)
