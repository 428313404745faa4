"""Intervals without a distribution, which know that orders of one worker are alike.

| for        | interval                                                                              |
|------------|---------------------------------------------------------------------------------------|
| attainment | score interval (Wilson, JASA 22 (1927) 209–212) at n_eff orders                       |
| a quantile | the times at which the observed attainment crosses p ± z·√(p(1−p)/n_eff): every ξ     |
|            | whose attainment's score interval holds p (Woodruff, JASA 47 (1952) 635–646). The     |
|            | ends are order statistics; infinite where the data cannot bound them                  |

n_eff, the effective sample size (after Korn & Graubard, Survey Methodology 24 (1998) 193–201), is the
number of independent orders that would tell as much as these n orders of m workers do,

    var   = m/(m−1) · Σ_w u_w²        u_w: influence of worker w on A(τ), the sum over its orders. Without
                                      censoring (h_w − A·n_w)/n, of h_w hits in n_w orders (linearised ratio
                                      over unequal clusters; Cochran 1977, ch. 9A); with it: kaplan_meier
    f     = (Σ_w u_w²)² / Σ_w u_w⁴    degrees of freedom that the data show, at most m−1: a few if a few
                                      workers weigh most (Fay & Graubard, Biometrics 57 (2001) 1198–1206)
    n_eff = A(1−A)/var · (z / t_f)²   Student's t instead of the normal z

between two limits that hold whatever the variance says:

| limit | n_eff is                                   | because                                             |
|-------|--------------------------------------------|-----------------------------------------------------|
| upper | A(1−A) / variance of independent orders    | that orders of one worker differ more than those of |
|       | · (z / t_{k−1})²; uncensored: A(1−A)/n     | others is chance; never narrower than independence  |
| lower | k · (z / t_{m−1})²                         | were all orders of a worker the same, each worker   |
|       |                                            | would still be one                                  |

with k = (Σ k_w)² / Σ k_w² workers who weigh alike (Kish, Survey Sampling 1965), k_w: orders of worker w known
to meet τ or not to.

At the upper limit, too, it is the workers who said that their orders are not alike, and a few may say so by
chance. With t_{n−1} there, ten workers had a p below 1 in 1,000 several times too often, and of forty fair
cohorts one was called strictest in every fifth audit; the price of t_{k−1} is that few workers whose orders
*are* independent get wider intervals than they need.

The lower limit is also the answer where A is 0 or 1 and the variance says nothing. Chosen over a cluster
bootstrap: no seed, one pass. `bench/audit_coverage` measures coverage against a known truth.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from services.algo_audit.core.baseline import Sample, quantile
from services.algo_audit.core.metrics import Direction


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval; an end is infinite where the data cannot bound it."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """How much a sample knows about A(τ): the better of two counts; one, where the variance says nothing."""

    share: float
    """A(τ)."""
    sizes: NDArray[np.float64]
    """Independent orders that would tell as much: A(1−A)/var, and the lower limit. Positive."""
    freedoms: NDArray[np.float64]
    """Degrees of freedom, at least 1, of the same shape."""

    def effective_size(self, confidence: float) -> float:
        """n_eff, see the top: tells with the normal quantile what the sizes tell with Student's."""
        upper = (1 + confidence) / 2
        widening = special.stdtrit(self.freedoms, upper) / special.ndtri(upper)
        return float((self.sizes / widening**2).max())

    def p_at_least(self, share: float) -> float:
        """One-sided p of "A(τ) ≥ share" (0 < share < 1), by the score test that the interval inverts: below
        (1 − confidence)/2 exactly if the interval ends below `share`, and above (1 + confidence)/2 exactly if
        it begins above. Falls as `share` rises; one half where A(τ) is `share`."""
        per_order = (self.share - share) / math.sqrt(share * (1 - share))
        each = special.stdtr(self.freedoms, per_order * np.sqrt(self.sizes))
        # The better of the two counts, as in the interval, is the one further from one half, on either side.
        return float(each.min() if per_order < 0 else each.max())


def evidence(sample: Sample, tau: float, direction: Direction) -> Evidence:
    """How much the sample knows about A(τ). Linear. Raises ValueError as `Sample.rows_within`."""
    rows = sample.rows_within(tau, direction)
    n, m, curve = len(sample), sample.workers, sample.curve
    within = np.bincount(sample.worker[:rows], minlength=m)
    # `low` is the share on the low side of τ; its influences are those of A but for the sign.
    if curve is None:
        low, known = rows / n, sample.sizes
        influence = (within - low * known) / n
        independent = low * (1 - low) / n
    else:
        low = curve.attainment(rows)
        cut_off = np.bincount(sample.worker[:rows][~sample.observed[:rows]], minlength=m)
        known = (sample.sizes - cut_off).astype(np.float64)
        influence = curve.influence(rows, sample.worker, sample.sizes)
        independent = curve.independent_variance(rows)
    share = low if direction is Direction.AT_MOST else 1 - low
    one_a_worker = float(known.sum()) ** 2 / max(float(known @ known), 1.0)
    if m < 2 or low <= 0 or low >= 1:
        return Evidence(share, np.array([max(one_a_worker, 1.0)]), np.array([max(m - 1.0, 1.0)]))
    squares = influence**2
    total = float(squares.sum())
    variance = total * m / (m - 1)
    if variance > independent:
        freedom = min(total**2 / float(squares @ squares), m - 1.0)
    else:
        variance, freedom = independent, max(one_a_worker - 1, 1.0)
    return Evidence(share, np.array([low * (1 - low) / variance, one_a_worker]), np.array([freedom, m - 1.0]))


def effective_size(sample: Sample, tau: float, direction: Direction, confidence: float) -> float:
    """n_eff of A(τ), see the top; 0 < n_eff ≤ n. Raises ValueError as `Sample.rows_within`."""
    return evidence(sample, tau, direction).effective_size(confidence)


def attainment_interval(sample: Sample, tau: float, direction: Direction, confidence: float) -> Interval:
    """Cluster-robust score interval of A(τ). Raises ValueError as `Sample.rows_within`."""
    known = evidence(sample, tau, direction)
    return wilson(known.share, known.effective_size(confidence), confidence)


def quantile_interval(sample: Sample, p: float, confidence: float) -> Interval:
    """Cluster-robust interval of the p-quantile, in the unit of the values; ends may be infinite. Raises
    ValueError if the sample is empty."""
    n_eff = effective_size(sample, quantile(sample, p), Direction.AT_MOST, confidence)
    half = float(special.ndtri((1 + confidence) / 2)) * math.sqrt(p * (1 - p) / n_eff)
    return Interval(
        quantile(sample, p - half) if p - half > 0 else -math.inf,
        quantile(sample, p + half) if p + half < 1 else math.inf,
    )


def wilson(share: float, n: float, confidence: float) -> Interval:
    """Wilson's score interval for a proportion observed in n (not necessarily whole) independent trials."""
    if n <= 0:
        return Interval(0.0, 1.0)
    z2 = float(special.ndtri((1 + confidence) / 2)) ** 2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n**2))) / (1 + z2 / n)
    return Interval(max(0.0, centre - half), min(1.0, centre + half))
