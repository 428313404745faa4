"""Intervals without a distribution, which know that orders of one worker are alike.

| for        | if orders were independent                                             | here          |
|------------|------------------------------------------------------------------------|---------------|
| a quantile | order statistics at binomial ranks: P(X(l) ≤ ξ_p ≤ X(u)) ≥             | the same at   |
|            | P(l ≤ Bin(n, p) ≤ u − 1)  (David & Nagaraja, Order Statistics, 3rd ed. | n_eff, ranks  |
|            | 2003, § 7.1)                                                           | carried to n  |
| attainment | score interval (Wilson, JASA 22 (1927) 209–212)                        | the same at   |
|            |                                                                        | n_eff         |

n_eff is the effective sample size of Korn & Graubard (Survey Methodology 24 (1998) 193–201): the number of
independent orders that would tell as much as these n orders of m workers do,

    p̂     = Σ_w h_w / n                        h_w hits and n_w orders of worker w
    var   = m/(m−1) · Σ_w (h_w − p̂·n_w)² / n²   (linearised ratio over unequal clusters; Cochran 1977, ch. 9A)
    n_eff = p̂(1−p̂)/var · (t_{n−1} / t_{m−1})²   (few workers: Student's t on m − 1 degrees of freedom)

capped at n, so that an interval is never narrower than independence gives. Woodruff (JASA 47 (1952) 635–646)
turns the uncertainty of F(ξ) into that of ξ. Chosen over a cluster bootstrap: no seed, one pass, and coverage
near nominal (the tests simulate it).

Where p̂ is 0 or 1 the variance says nothing; then n_eff = n² / Σ n_w² (Kish, Survey Sampling 1965): as if each
worker were one observation.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from services.algo_audit.core.baseline import Sample, meeting, quantile
from services.algo_audit.core.metrics import Direction


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval; an end is infinite where the data cannot bound it."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


def order_statistic_ranks(n: int, p: float, confidence: float) -> tuple[int, int]:
    """Ranks (l, u), counted from 1, such that [X(l), X(u)] holds the p-quantile with at least `confidence`.

    Equal tails. l = 0 or u = n + 1 means that n values are too few to bound that side.
    """
    tail = (1 - confidence) / 2
    # ppf gives the smallest k with P(B ≤ k) ≥ tail, so P(B ≤ l − 1) < tail, and P(B ≥ u) ≤ tail.
    low, high = np.asarray(stats.binom.ppf([tail, 1 - tail], n, p), np.int64).tolist()
    return low, high + 1


def effective_size(hit: NDArray[np.bool_], sample: Sample, confidence: float) -> float:
    """n_eff of the proportion of `hit` (mask of shape (n,) beside the sample); 0 < n_eff ≤ n. See the top."""
    n, m, sizes = len(sample), sample.workers, sample.sizes
    if m < 2:
        return float(min(n, 1))
    hits = np.bincount(sample.worker, weights=hit, minlength=m)
    share = float(hits.sum()) / n
    deviation = hits - share * sizes
    variance = m / (m - 1) * float(deviation @ deviation) / n**2
    if share in (0.0, 1.0):
        independent = n**2 / float(sizes @ sizes)
    elif variance == 0.0:
        independent = float(n)
    else:
        independent = share * (1 - share) / variance
    upper = (1 + confidence) / 2
    few_workers = (special.stdtrit(n - 1, upper) / special.stdtrit(m - 1, upper)) ** 2
    return min(float(n), independent * float(few_workers))


def quantile_interval(sample: Sample, p: float, confidence: float) -> Interval:
    """Cluster-robust interval of the p-quantile, in the unit of the values; ends may be infinite."""
    hit = sample.values <= quantile(sample, p)
    return order_statistic_interval(sample, p, confidence, effective_size(hit, sample, confidence))


def order_statistic_interval(sample: Sample, p: float, confidence: float, n_eff: float) -> Interval:
    """Interval at the binomial ranks of n_eff observations, carried back to the sample's n ranks.

    With n_eff = n it is the classical interval, right only if every value is independent of the others.
    """
    n, m = len(sample), int(n_eff)
    if m < 1:
        return Interval(-math.inf, math.inf)
    low, high = order_statistic_ranks(m, p, confidence)
    # Outwards, so that rounding never narrows; in whole numbers, so that m = n gives the ranks back exactly.
    rank_low, rank_high = low * n // m, -(-high * n // m)
    return Interval(
        float(sample.values[rank_low - 1]) if low >= 1 else -math.inf,
        float(sample.values[rank_high - 1]) if high <= m else math.inf,
    )


def attainment_interval(sample: Sample, tau: float, direction: Direction, confidence: float) -> Interval:
    """Cluster-robust Wilson interval of A(τ)."""
    hit = sample.values <= tau if direction is Direction.AT_MOST else sample.values >= tau
    share = meeting(sample, tau, direction) / len(sample)
    return wilson(share, effective_size(hit, sample, confidence), confidence)


def wilson(share: float, n: float, confidence: float) -> Interval:
    """Wilson's score interval for a proportion observed in n (not necessarily whole) independent trials."""
    if n <= 0:
        return Interval(0.0, 1.0)
    z2 = float(special.ndtri((1 + confidence) / 2)) ** 2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n**2))) / (1 + z2 / n)
    return Interval(max(0.0, centre - half), min(1.0, centre + half))
