"""Intervals: exact ranks, and coverage by simulation when orders of one worker are alike."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from services.algo_audit.core.baseline import Sample, sample_of
from services.algo_audit.core.intervals import (
    attainment_interval,
    effective_size,
    quantile_interval,
    wilson,
)
from services.algo_audit.core.metrics import Direction

NOMINAL = 0.95
ROUNDS = 1_000


def classical(sample: Sample, p: float) -> tuple[float, float]:
    """The order-statistic interval that takes every row for independent and forgets who was cut off."""
    values = sample.values[sample.observed]
    tail = (1 - NOMINAL) / 2
    low, high = np.asarray(stats.binom.ppf([tail, 1 - tail], len(values), p), np.int64).tolist()
    return (
        float(values[low - 1]) if low >= 1 else -math.inf,
        float(values[high]) if high < len(values) else math.inf,
    )


def test_too_few_values_leave_the_median_unbounded() -> None:
    interval = quantile_interval(sample_of(np.arange(3.0), np.arange(3)), 0.5, NOMINAL)
    assert (interval.low, interval.high) == (-math.inf, math.inf)


@given(st.integers(1, 500), st.data())
def test_wilson_equals_scipy_where_trials_are_whole(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    theirs = stats.binomtest(hits, n).proportion_ci(NOMINAL, method="wilson")
    ours = wilson(hits / n, n, NOMINAL)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6)), min_size=1, max_size=80), st.integers(0, 9))
def test_effective_size_lies_between_nothing_and_n(orders: list[tuple[int, int]], tau: int) -> None:
    values, workers = np.array(orders).T
    sample = sample_of(values.astype(np.float64), workers)
    assert 0 < effective_size(sample, tau, Direction.AT_MOST, NOMINAL) <= len(orders) * 1.0001


def test_orders_that_copy_their_worker_count_once_a_worker() -> None:
    """50 workers, 20 identical orders each: the data know no more than 50 orders would."""
    sample = sample_of(np.repeat(np.arange(50.0), 20), np.repeat(np.arange(50), 20))
    assert effective_size(sample, 24, Direction.AT_MOST, NOMINAL) == pytest.approx(50, rel=0.1)


def test_one_order_a_worker_gives_nearly_the_classical_interval() -> None:
    sample = sample_of(np.arange(400.0), np.arange(400))
    robust, plain = quantile_interval(sample, 0.5, NOMINAL), classical(sample, 0.5)
    assert abs(robust.low - plain[0]) <= 1
    assert abs(robust.high - plain[1]) <= 1


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
        low, high = classical(sample, 0.5)
        robust += interval.low <= 1.0 <= interval.high
        naive += low <= 1.0 <= high
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
