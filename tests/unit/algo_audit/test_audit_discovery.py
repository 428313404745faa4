"""False discovery control, and the p-value that it is given."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.algo_audit.core.baseline import sample_of
from services.algo_audit.core.discovery import adjusted, p_value
from services.algo_audit.core.intervals import attainment_interval
from services.algo_audit.core.metrics import Direction

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


def test_nothing_tested_is_nothing_adjusted() -> None:
    assert len(adjusted([])) == 0


def test_nan_is_no_p_value() -> None:
    with pytest.raises(ValueError, match="NaN"):
        adjusted([0.1, float("nan")])


@given(st.integers(0, 2**31), st.floats(0.2, 0.8))
def test_p_is_below_a_fortieth_exactly_if_the_interval_ends_below_the_share(seed: int, tau: float) -> None:
    rng = np.random.default_rng(seed)
    sample = sample_of(rng.random(60), rng.integers(0, 15, 60))
    p = p_value(sample, tau, Direction.AT_MOST, 0.5)
    ends_below = attainment_interval(sample, tau, Direction.AT_MOST, 0.95).high < 0.5
    assert (p < 0.025) == ends_below


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
