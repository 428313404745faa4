"""How often an interval holds the truth: the audit's, and three that a spreadsheet would give.

| interval    | orders of one worker       | cut off orders    |
|-------------|----------------------------|-------------------|
| the audit's | alike (clustered)          | right-censored    |
| plain       | independent: ranks by the  | dropped           |
|             | binomial, Wilson's at n    |                   |
| dropping    | alike (clustered)          | dropped           |
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from bench.audit_truth import Figure, drawn, figure, orders_of, true_quantile
from services.algo_audit.core.baseline import Sample, attainment, sample_of
from services.algo_audit.core.intervals import Interval, attainment_interval, quantile_interval, wilson
from services.algo_audit.core.metrics import Direction

CONFIDENCE = 0.95
QUANTILES = (0.25, 0.50, 0.75)
SHARE = 0.40
"""True attainment of the threshold whose interval is looked at: where the middle band begins, and a wrong
interval would cost somebody."""
FIGURES = ("P25", "P50", "P75", "attainment")
MEAN_ORDERS = 20
"""A worker; geometric."""

AT_MOST = Direction.AT_MOST


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of sample."""

    alike: float
    """Intra-worker correlation."""
    cut: float
    """Share of orders right-censored."""
    workers: int


CASES = tuple(
    Case(alike, cut, workers)
    for workers in (10, 40, 120)
    for alike in (0.0, 0.2, 0.4)
    for cut in (0.0, 0.15, 0.30)
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares of intervals that hold the truth, one figure each of FIGURES."""

    case: Case
    audits: tuple[Figure, ...]
    plain: tuple[Figure, ...]
    dropping: tuple[Figure, ...]
    unbounded: tuple[Figure, ...]
    """Share of the audit's quantile intervals with an infinite end: they hold the truth and say little."""


def coverage(case: Case, rounds: int, seed: int) -> Coverage:
    """Draw samples of one case and look which intervals hold the truth. The same seed, the same figures."""
    rng = np.random.default_rng([seed, case.workers, round(100 * case.alike), round(100 * case.cut)])
    truth = np.array([*true_quantile(np.array(QUANTILES)), SHARE])
    tau = float(true_quantile(SHARE))
    methods = (_audits, _plain, _dropping)
    held = np.empty((len(methods), rounds, len(FIGURES)), np.bool_)
    unbounded = np.empty((rounds, len(QUANTILES)), np.bool_)
    for turn in range(rounds):
        orders = drawn(rng, orders_of(rng, case.workers, MEAN_ORDERS), case.alike, case.cut)
        whole = sample_of(orders.value, orders.worker, orders.censored)
        for place, method in enumerate(methods):
            intervals = method(whole, tau)
            held[place, turn] = [i.low <= t <= i.high for i, t in zip(intervals, truth, strict=True)]
            if place == 0:
                unbounded[turn] = [math.isinf(i.width) for i in intervals[: len(QUANTILES)]]
    audits, plain, dropping = (tuple(figure(column) for column in each.T) for each in held)
    return Coverage(case, audits, plain, dropping, tuple(figure(column) for column in unbounded.T))


def _audits(sample: Sample, tau: float) -> list[Interval]:
    quantiles = [quantile_interval(sample, p, CONFIDENCE) for p in QUANTILES]
    return [*quantiles, attainment_interval(sample, tau, AT_MOST, CONFIDENCE)]


def _dropping(sample: Sample, tau: float) -> list[Interval]:
    return _audits(_ended(sample), tau)


def _plain(sample: Sample, tau: float) -> list[Interval]:
    ended = _ended(sample)
    values, n = ended.values, len(ended)
    low, high = _ranks(n)
    quantiles = [
        Interval(
            float(values[first - 1]) if first >= 1 else -math.inf,
            float(values[last]) if last < n else math.inf,
        )
        for first, last in zip(low, high, strict=True)
    ]
    return [*quantiles, wilson(attainment(ended, tau, AT_MOST), n, CONFIDENCE)]


def _ended(sample: Sample) -> Sample:
    return sample_of(sample.values[sample.observed], sample.worker[sample.observed])


def _ranks(n: int) -> tuple[list[int], list[int]]:
    """Ranks (from 1) of the order statistics around each of QUANTILES, were n values independent."""
    tail = (1 - CONFIDENCE) / 2
    ranks = np.asarray(stats.binom.ppf([[tail], [1 - tail]], n, QUANTILES), np.int64)
    return ranks[0].tolist(), ranks[1].tolist()
