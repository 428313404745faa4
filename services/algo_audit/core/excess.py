"""Whether a share is certainly more than is tolerated: the question behind every charge that counts.

*Certainly* is two things at once: the interval of the share lies above what is tolerated, and the one-sided p
of "no more than is tolerated" is small after false discovery control over all that were asked.

Both are exact binomial (Clopper & Pearson, Biometrika 26 (1934) 404–413) at the effective size of the sample,
as Korn & Graubard have it (Survey Methodology 24 (1998) 193–201): x = share · n_eff need not be whole. The
tolerated shares are small, and there the normal approximation of a score test charges the fair too often: of
100 workers, of whom 10 % are tolerated, it gives 18 a p of 0.4 %, which in truth is 1.0 %.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from services.algo_audit.core.baseline import attainment
from services.algo_audit.core.groups import two_valued
from services.algo_audit.core.intervals import Interval, effective_size
from services.algo_audit.core.metrics import Direction
from services.algo_audit.core.privacy import told_share


@dataclass(frozen=True, slots=True)
class Excess:
    """How a share stands to what is tolerated."""

    share: float
    interval: Interval
    p_value: float
    """One-sided, of "the share is no more than tolerated"."""
    tolerated: float

    def told(self, rows: int) -> tuple[float, Interval]:
        """Share and interval as they may be published of rows told as so many (privacy.tens_in_lines)."""
        ends = (told_share(end, rows) for end in (self.interval.low, self.interval.high))
        return told_share(self.share, rows), Interval(*ends)

    def certain(self, adjusted_p: float, level: float) -> bool:
        """Whether the share is certainly too large; `adjusted_p` after false discovery control."""
        return self.interval.low > self.tolerated and adjusted_p <= level


def excess(hit: NDArray[np.bool_], worker: NDArray[np.int64], tolerated: float, confidence: float) -> Excess:
    """The share of `hit` among rows of workers (codes ≥ 0), both of shape (n,), beside a tolerated one.

    Linear. One worker alone proves nothing, however many the rows.

    Raises ValueError if there are no rows.
    """
    sizes, hits = np.bincount(worker), np.bincount(worker[hit])
    hits = np.append(hits, np.zeros(len(sizes) - len(hits), np.int64))
    return excess_of(hits[sizes > 0], sizes[sizes > 0], tolerated, confidence)


def excess_of(
    hits: NDArray[np.int64], sizes: NDArray[np.int64], tolerated: float, confidence: float
) -> Excess:
    """The same of workers of whom it is known how many of their rows hit, and how many they have (at least
    1), both of shape (m,)."""
    # A row is 1 where it hits, else 0: at least a half is a hit.
    sample = two_valued(sizes - hits, hits)
    share = attainment(sample, 0.5, Direction.AT_LEAST)
    n = effective_size(sample, 0.5, Direction.AT_LEAST, confidence) if sample.workers > 1 else 0.0
    return Excess(
        share=share,
        interval=exact_interval(share, n, confidence),
        p_value=exact_p_value(share, n, tolerated),
        tolerated=tolerated,
    )


def exact_interval(share: float, n: float, confidence: float) -> Interval:
    """Clopper–Pearson interval of a proportion seen in n (not necessarily whole) independent trials."""
    hits, misses, tail = share * n, (1 - share) * n, (1 - confidence) / 2
    return Interval(
        float(special.betaincinv(hits, misses + 1, tail)) if hits > 0 else 0.0,
        float(special.betaincinv(hits + 1, misses, 1 - tail)) if misses > 0 else 1.0,
    )


def exact_p_value(share: float, n: float, tolerated: float) -> float:
    """P(X ≥ share · n) for X ~ Bin(n, tolerated), n not necessarily whole: P(X ≥ x) = I_t(x, n − x + 1)."""
    hits = share * n
    return float(special.betainc(hits, (1 - share) * n + 1, tolerated)) if hits > 0 else 1.0
