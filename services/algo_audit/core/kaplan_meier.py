"""The product-limit estimate for orders that were not seen to their end.

A cancelled or unfinished order is right-censored: all that is known of its time is that it is longer than
what was seen. Dropping such rows drops the slow ones and makes the middle stricter than the truth;
counting them as finished does the same. Kaplan & Meier (JASA 53 (1958) 457–481) keep each in the
population at risk for as long as it was seen. With d(u) ends at time u and Y(u) rows still at risk just
before it,

    S(t) = Π_{u ≤ t} (1 − d(u)/Y(u)),    A(t) = 1 − S(t);

| figure           | how censoring enters                                                             |
|------------------|----------------------------------------------------------------------------------|
| attainment A(τ)  | 1 − S(τ); the empirical share if nothing is censored before τ. Past the last row |
|                  | S keeps its last value (as SciPy's ecdf has it)                                  |
| p-quantile       | smallest time with A(t) ≥ p; infinite if A never gets there                      |
| variance of A(τ) | from the sum of squares of the workers' influences, each the sum of its rows' ψ  |

    ψ_i(τ) = S(τ) · [ δ_i·1{x_i ≤ τ} / (Y−d)(x_i)  −  Σ_{u ≤ min(x_i, τ)} d(u) / (Y·(Y−d))(u) ]

ψ is the exact derivative of A(τ) by the weight of row i (infinitesimal jackknife; Reid, "Influence
functions for censored data", Annals of Statistics 9 (1981) 78–92), δ_i saying whether the end was seen.
Without censoring it is (1{x_i ≤ τ} − A)/n, the clustered proportion; with one row a worker Σψ² is
Greenwood's variance S²·Σ d/(Y·(Y−d)); summed by worker it holds however alike a worker's rows are (Ying &
Wei, "The Kaplan–Meier estimate for dependent failure time observations", J. Multivariate Analysis 50
(1994) 17–29).

It assumes that, within the cohort, being cancelled says nothing about the time that the order would still
have taken. That cannot be tested with these data, so each baseline says how many of its rows are censored.

Why there is no code for ties: rows are in ascending order, and of equal times the ends before the
censored. Taking tied ends one after the other, at risk n, n−1, …, telescopes to the same products and
sums as taking them together, as long as figures are read after the last row of a tie. Only the order of
the rows matters, then, not the times. All of it is linear.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDING = 1e-10
"""Two attainments no further apart are equal: far above the rounding of a product of a million factors, far
below what one row of a million weighs."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Sums over the rows 0…i, each of shape (k,), k ≤ n. Rows are ascending, ends before the censored at
    ties; read after the last row of a tie."""

    attained: NDArray[np.float64]
    """A after row i."""
    greenwood: NDArray[np.float64]
    """Σ d/(Y·(Y−d)): the variance of log S after row i, were all rows independent."""
    residual: NDArray[np.float64]
    """δ_i/(Y−d) − greenwood_i: the influence of row i on A(t), over S(t), for every t ≥ x_i."""

    def attainment(self, rows: int) -> float:
        """A after the first `rows` rows."""
        return float(self.attained[rows - 1]) if rows else 0.0

    def first_row_attaining(self, p: float) -> int:
        """Index of the first row with A ≥ p; k if there is none."""
        return int(np.searchsorted(self.attained, p - ROUNDING))

    def independent_variance(self, rows: int) -> float:
        """Greenwood's variance of A after the first `rows` rows."""
        return float((1 - self.attained[rows - 1]) ** 2 * self.greenwood[rows - 1]) if rows else 0.0

    def influence(
        self, rows: int, cluster: NDArray[np.int64], sizes: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Σψ of each cluster, shape (m,), on A after the first `rows` rows; it sums to zero.

        `cluster` gives the code 0…m−1 of each row, shape (k,); `sizes` the rows of each cluster, all n of
        them, shape (m,).
        """
        if rows == 0:
            return np.zeros(len(sizes))
        ended = np.bincount(cluster[:rows], self.residual[:rows], len(sizes))
        remaining = sizes - np.bincount(cluster[:rows], minlength=len(sizes))
        surviving: float = 1 - self.attained[rows - 1]
        return surviving * (ended - float(self.greenwood[rows - 1]) * remaining)


def curve_of(observed: NDArray[np.bool_], beyond: int = 0) -> Curve:
    """The curve over k rows in ascending order, after which `beyond` more follow that nobody asks about.

    `observed`: whether the end was seen, shape (k,).
    """
    rows = len(observed)
    n = rows + beyond
    cut = np.flatnonzero(~observed)
    at_risk = np.arange(n, beyond, -1, dtype=np.float64)
    # Nobody is left after the last row. What would be divided by zero there is only ever multiplied by S = 0,
    # or belongs to a censored row and counts nothing.
    left = np.maximum(at_risk - 1, 1)
    # Redistribution to the right (Efron, 5th Berkeley Symposium 4 (1967) 831–853): whoever is censored
    # leaves its weight to the rows after it, so S = rows left / n × what each of them inherited. Without
    # censoring nothing is multiplied, and nothing rounded.
    inherited = np.append(1.0, np.cumprod(at_risk[cut] / left[cut]))
    attained = (at_risk - 1) / n
    attained *= np.repeat(inherited, np.diff(cut, prepend=0, append=rows))
    np.subtract(1, attained, out=attained)
    # At a censored row A stays what it was after the last end before it, to the last bit.
    first_of_run = np.maximum.accumulate(np.where(np.diff(cut, prepend=-2) > 1, cut, 0))
    attained[cut] = np.where(first_of_run > 0, attained[first_of_run - 1], 0.0)
    hazard = 1 / (at_risk * left)
    hazard[cut] = 0.0
    greenwood = np.cumsum(hazard)
    residual = np.divide(1, left, out=left)
    residual[cut] = 0.0
    residual -= greenwood
    return Curve(attained, greenwood, residual)
