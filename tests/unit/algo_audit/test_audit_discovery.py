"""False discovery control, and the p-value that it is given."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from services.algo_audit.core.baseline import Sample, attainment, sample_of
from services.algo_audit.core.discovery import adjusted, p_value
from services.algo_audit.core.intervals import Interval, attainment_interval
from services.algo_audit.core.metrics import Direction


def alike(seed: int) -> Sample:
    """60 orders of up to 15 workers, uniform; some workers' are much alike."""
    rng = np.random.default_rng(seed)
    worker, weight = rng.integers(0, 15, 60), rng.random()
    return sample_of((weight * rng.random(15)[worker] + rng.random(60)) / (1 + weight), worker)


def normal(rng: np.random.Generator, worker: NDArray[np.int64], correlation: float) -> Sample:
    """Normal values with median 0, of which this share of the variance is the worker's."""
    own = rng.normal(0, correlation**0.5, worker.max() + 1)[worker]
    return sample_of(own + rng.normal(0, (1 - correlation) ** 0.5, len(worker)), worker)


SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@given(SHARES)
def test_adjustment_is_the_step_up_of_benjamini_and_hochberg(p: list[float]) -> None:
    m = len(p)
    expected = [
        min(
            1.0,
            min(
                p[other] * m / sum(each <= p[other] for each in p) for other in range(m) if p[other] >= p[at]
            ),
        )
        for at in range(m)
    ]
    assert adjusted(p) == pytest.approx(expected)


@given(SHARES, st.floats(0.01, 0.5))
def test_what_is_called_is_what_the_definition_calls(p: list[float], level: float) -> None:
    """Benjamini & Hochberg 1995, (1): of the ascending p's all up to the last with p(k) ≤ k·q/m."""
    ascending, m = sorted(p), len(p)
    ranks = [k for k in range(1, m + 1) if ascending[k - 1] <= k * level / m]
    called = [each <= ascending[ranks[-1] - 1] if ranks else False for each in p]
    near = any(abs(ascending[k - 1] * m / k - level) < 1e-12 for k in range(1, m + 1))
    assert near or (adjusted(p) <= level).tolist() == called


def test_nothing_tested_is_nothing_adjusted() -> None:
    assert len(adjusted([])) == 0


def test_nan_is_no_p_value() -> None:
    with pytest.raises(ValueError, match="NaN"):
        adjusted([0.1, float("nan")])


@given(st.integers(0, 2**31), st.floats(0.2, 0.8))
def test_p_is_below_a_fortieth_exactly_if_the_interval_ends_below_the_share(seed: int, tau: float) -> None:
    sample = alike(seed)
    p = p_value(sample, tau, Direction.AT_MOST, 0.5)
    interval = attainment_interval(sample, tau, Direction.AT_MOST, 0.95)
    assert (p < 0.025) == (interval.high < 0.5)
    assert (p > 0.975) == (interval.low > 0.5)


@given(st.integers(0, 2**31), st.floats(0.02, 0.98), st.floats(0.05, 0.95))
def test_p_is_the_level_at_which_the_interval_lets_go_of_the_share(
    seed: int, tau: float, share: float
) -> None:
    """Brute force: widen the interval until it reaches the share, on whichever side of it that lies."""
    sample = alike(seed)
    low, high = 1e-12, 0.5 - 1e-9  # half of what is left outside of the interval

    def interval(outside: float) -> Interval:
        return attainment_interval(sample, tau, Direction.AT_MOST, 1 - 2 * outside)

    below = attainment(sample, tau, Direction.AT_MOST) < share
    for _ in range(50):
        middle = (low + high) / 2
        apart = interval(middle).high < share if below else interval(middle).low > share
        low, high = (low, middle) if apart else (middle, high)
    assert p_value(sample, tau, Direction.AT_MOST, share) == pytest.approx(
        high if below else 1 - high, abs=1e-6
    )


@given(st.integers(0, 2**31), st.floats(-0.1, 1.1))
def test_p_falls_as_more_are_said_to_meet_it(seed: int, tau: float) -> None:
    sample = alike(seed)
    p = [p_value(sample, tau, Direction.AT_MOST, share) for share in np.linspace(0.01, 0.99, 99)]
    assert (np.diff(p) <= 1e-15).all()


@given(st.integers(0, 2**31), st.floats(0, 1), st.floats(0.05, 0.95))
def test_too_few_and_too_many_are_one_question(seed: int, tau: float, share: float) -> None:
    """Who does not meet *at most τ* meets *at least τ* (no value is τ): the two p's add up to 1."""
    sample = alike(seed)
    both = p_value(sample, tau, Direction.AT_MOST, share), p_value(sample, tau, Direction.AT_LEAST, 1 - share)
    assert sum(both) == pytest.approx(1)


@pytest.mark.parametrize("correlation", [0.2, 0.4])
def test_p_is_uniform_where_exactly_so_many_can_meet_it(correlation: float) -> None:
    rng = np.random.default_rng(1995)
    rounds = 2_000
    p = np.empty(rounds)
    for turn in range(rounds):
        worker = np.repeat(np.arange(60), 8)
        p[turn] = p_value(normal(rng, worker, correlation), 0.0, Direction.AT_MOST, 0.5)
    for level in (0.05, 0.25, 0.5, 0.75, 0.95):
        # Three standard errors, and two points for what a finite sample does.
        assert (p <= level).mean() == pytest.approx(
            level, abs=3 * (level * (1 - level) / rounds) ** 0.5 + 0.02
        )


def test_ten_workers_do_not_pass_for_a_hundred_independent_orders() -> None:
    """Else the p-values that matter among 40 cohorts come several times too often, and one of them would be
    called strictest, though all are fair, in every fifth audit."""
    rng = np.random.default_rng(2001)
    rounds = 8_000
    rare = 0
    for _ in range(rounds):
        worker = np.repeat(np.arange(10), rng.geometric(0.1, 10))
        rare += p_value(normal(rng, worker, 0.2), 0.0, Direction.AT_MOST, 0.5) <= 0.0025
    # 20 are expected; three standard errors are 13.
    assert rare <= 33


def test_of_families_that_are_fair_few_have_any_finding() -> None:
    """25 cohorts of which exactly half meet τ, orders alike within workers; 200 families."""
    rng = np.random.default_rng(2026)
    wrong = 0
    for _ in range(200):
        p = []
        for _ in range(25):
            worker = np.repeat(np.arange(30), 4)
            values = rng.normal(0, 0.6, 30)[worker] + rng.normal(0, 0.8, 120)
            p.append(p_value(sample_of(values, worker), 0.0, Direction.AT_MOST, 0.5))
        wrong += bool((adjusted(p) <= 0.05).any())
    # Three standard errors of a share of 5 % in 200 rounds are 0.046.
    assert wrong / 200 <= 0.096
