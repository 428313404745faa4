"""How sure one may be of the adverse word, and how sure over many cohorts.

An audit asks the same question of hundreds of cohorts. At 5 % each, one in twenty that is fair would be
called strictest. What is controlled is therefore the false discovery rate: of everything that an audit
calls strictest, the expected share that is not (Benjamini & Hochberg, J. R. Statist. Soc. B 57 (1995)
289–300).

Benjamini–Hochberg, not Benjamini–Yekutieli: the cohorts of an audit overlap and share workers and
platforms, so that their errors go the same way; under such positive dependence BH holds as it stands
(Benjamini & Yekutieli, Annals of Statistics 29 (2001) 1165–1188, theorem 1.2). BY guards against
dependence that could also be adverse and pays for it with a factor of Σ1/i (5.9 for 200 cohorts), that is
with charges it would fail to bring. `bench/audit_coverage` simulates families of independent cohorts and
of cohorts with the same workers.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from services.algo_audit.core.baseline import Sample
from services.algo_audit.core.intervals import evidence
from services.algo_audit.core.metrics import Direction


def p_value(sample: Sample, tau: float, direction: Direction, share: float = 0.5) -> float:
    """One-sided p of "at least `share` (0 < share < 1) of the reference can meet τ": small if too few can.

    The score test that `intervals.attainment_interval` inverts: p < (1 − confidence)/2 exactly if the
    interval ends below `share`. Raises ValueError as `Sample.rows_within`.
    """
    return evidence(sample, tau, direction).p_at_least(share)


def adjusted(p_values: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    """Benjamini–Hochberg: what is at most q after it has a false discovery rate of at most q. Shape (n,).

    Only of what was tested; who tested nothing has no p. Raises ValueError for a p outside 0…1 or NaN.
    """
    p = np.asarray(p_values, np.float64)
    if np.isnan(p).any():
        raise ValueError("NaN is no p-value: leave out what was not tested")
    return np.asarray(stats.false_discovery_control(p, method="bh")) if len(p) else p
