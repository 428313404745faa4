"""Intervals: exact ranks, and coverage by simulation when orders of one worker are alike."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from services.algo_audit.core.baseline import Sample, sample_of
from services.algo_audit.core.intervals import (
    attainment_interval,
    effective_size,
    order_statistic_interval,
    order_statistic_ranks,
    quantile_interval,
    wilson,
)
from services.algo_audit.core.metrics import Direction

NOMINAL = 0.95
ROUNDS = 1_000


def binomial_tail_below(k: int, n: int, p: Fraction) -> Fraction:
    """P(Bin(n, p) < k), exactly."""
    return sum((math.comb(n, j) * p**j * (1 - p) ** (n - j) for j in range(k)), Fraction(0))


@given(st.integers(1, 60), st.sampled_from([Fraction(1, 10), Fraction(1, 2), Fraction(9, 10)]))
def test_ranks_are_the_tightest_with_at_most_a_fortieth_in_each_tail(n: int, p: Fraction) -> None:
    tail = Fraction(1, 40)
    low = max(k for k in range(n + 1) if binomial_tail_below(k, n, p) <= tail)
    high = min(k for k in range(1, n + 2) if 1 - binomial_tail_below(k, n, p) <= tail)
    assert order_statistic_ranks(n, float(p), NOMINAL) == (low, high)


def test_too_few_values_leave_the_median_unbounded() -> None:
    five = sample_of(np.arange(5.0), np.arange(5))
    assert order_statistic_interval(five, 0.5, NOMINAL, 5).low == -math.inf
    assert order_statistic_interval(five, 0.5, NOMINAL, 5).high == math.inf


@given(st.integers(1, 500), st.data())
def test_wilson_equals_scipy_where_trials_are_whole(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    theirs = stats.binomtest(hits, n).proportion_ci(NOMINAL, method="wilson")
    ours = wilson(hits / n, n, NOMINAL)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 6)), min_size=1, max_size=80))
def test_effective_size_lies_between_nothing_and_n(orders: list[tuple[bool, int]]) -> None:
    # The value is the row number, so the sample keeps the order of the rows and the mask fits.
    sample = sample_of(np.arange(float(len(orders))), np.array([worker for _, worker in orders]))
    assert 0 < effective_size(np.array([hit for hit, _ in orders]), sample, NOMINAL) <= len(orders)


def test_orders_that_copy_their_worker_count_once_a_worker() -> None:
    """50 workers, 20 identical orders each: the data know no more than 50 orders would."""
    values = np.repeat(np.arange(50.0), 20)
    sample = sample_of(values, np.repeat(np.arange(50), 20))
    assert effective_size(sample.values < 25, sample, NOMINAL) == pytest.approx(50, rel=0.1)


def test_one_order_a_worker_gives_nearly_the_classical_interval() -> None:
    sample = sample_of(np.arange(400.0), np.arange(400))
    robust = quantile_interval(sample, 0.5, NOMINAL)
    classical = order_statistic_interval(sample, 0.5, NOMINAL, 400)
    assert abs(robust.low - classical.low) <= 1
    assert abs(robust.high - classical.high) <= 1


def clustered(rng: np.random.Generator, workers: int, alike: float) -> Sample:
    """Log-normal durations, true median 1; workers of very different size; `alike`: intra-worker share."""
    sizes = rng.geometric(1 / 20, workers)
    worker = np.repeat(np.arange(workers), sizes)
    own = rng.normal(0, math.sqrt(alike), workers)[worker]
    return sample_of(np.exp(own + rng.normal(0, math.sqrt(1 - alike), len(worker))), worker)


@pytest.mark.parametrize("workers", [15, 60])
def test_the_median_is_covered_near_nominal_where_the_classical_interval_fails(workers: int) -> None:
    rng = np.random.default_rng(20251204)
    robust = naive = 0
    for _ in range(ROUNDS):
        sample = clustered(rng, workers, alike=0.3)
        interval = quantile_interval(sample, 0.5, NOMINAL)
        classical = order_statistic_interval(sample, 0.5, NOMINAL, len(sample))
        robust += interval.low <= 1.0 <= interval.high
        naive += classical.low <= 1.0 <= classical.high
    # Three standard errors of a share of 0.95 in 1,000 rounds are 0.02.
    assert 0.92 <= robust / ROUNDS <= 0.99
    assert naive / ROUNDS < 0.75


def test_the_attainment_is_covered_near_nominal_too() -> None:
    rng = np.random.default_rng(15)
    tau = math.exp(stats.norm.ppf(0.3))
    covered = 0
    for _ in range(ROUNDS):
        interval = attainment_interval(clustered(rng, 60, alike=0.3), tau, Direction.AT_MOST, NOMINAL)
        covered += interval.low <= 0.3 <= interval.high
    assert 0.92 <= covered / ROUNDS <= 0.99


def test_independent_orders_are_covered_near_nominal() -> None:
    rng = np.random.default_rng(58)
    covered = 0
    for _ in range(ROUNDS):
        interval = quantile_interval(clustered(rng, 60, alike=0.0), 0.5, NOMINAL)
        covered += interval.low <= 1.0 <= interval.high
    assert 0.92 <= covered / ROUNDS <= 0.99
