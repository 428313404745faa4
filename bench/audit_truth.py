"""Orders whose truth is known, and figures of a simulation with the error that chance leaves them.

Durations are log-normal with median 1. Of the variance of their logarithms a declared share, the
intra-worker correlation, belongs to the worker. What cuts an order off is log-normal too, as much alike
within a worker, but knows nothing of how long the order would have taken.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """One array of shape (n,) a field."""

    value: NDArray[np.float64]
    """How much of the duration was seen."""
    censored: NDArray[np.bool_]
    worker: NDArray[np.int64]


def true_quantile(p: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """The durations that a share p of all orders does not exceed."""
    return np.asarray(np.exp(special.ndtri(p)))


def orders_of(rng: np.random.Generator, workers: int, mean_orders: float) -> NDArray[np.int64]:
    """Worker codes of all orders. Their numbers are geometric: most workers do little, a few do very much."""
    return np.repeat(np.arange(workers), rng.geometric(1 / mean_orders, workers))


def drawn(rng: np.random.Generator, worker: NDArray[np.int64], alike: float, cut: float) -> Orders:
    """Durations of these workers' orders, shape (n,); `alike`: intra-worker correlation; `cut`: share
    right-censored, below 1."""
    ends = _logarithms(rng, worker, alike)
    if not cut:
        return Orders(np.exp(ends), np.zeros(len(worker), np.bool_), worker)
    # The difference of two standard normals has variance 2: P(cut off before the end) is `cut`.
    seen_for = _logarithms(rng, worker, alike) - math.sqrt(2) * float(special.ndtri(cut))
    return Orders(np.exp(np.minimum(ends, seen_for)), seen_for < ends, worker)


def _logarithms(rng: np.random.Generator, worker: NDArray[np.int64], alike: float) -> NDArray[np.float64]:
    own = rng.normal(0, math.sqrt(alike), int(worker.max()) + 1)
    return own[worker] + rng.normal(0, math.sqrt(1 - alike), len(worker))


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over rounds, and its Monte-Carlo standard error."""

    mean: float
    error: float

    def __str__(self) -> str:
        return f"{self.mean:6.1%} ±{self.error * 100:3.1f}"


def figure(rounds: NDArray[np.float64] | NDArray[np.bool_]) -> Figure:
    """The mean of one value between 0 and 1 a round, shape (R,), R > 0; NaN where a round has none."""
    values = np.asarray(rounds, np.float64)
    values = values[~np.isnan(values)]
    count = len(values)
    if not count:
        return Figure(math.nan, math.nan)
    # All rounds alike do not make a rate certain: two more, one of each kind (Agresti & Coull 1998), do not
    # let the error vanish.
    imagined = (values.sum() + 1) / (count + 2)
    least = imagined * (1 - imagined) / (count + 2) if np.ptp(values) == 0 else 0.0
    return Figure(float(values.mean()), math.sqrt(max(float(values.var()) / count, least)))
