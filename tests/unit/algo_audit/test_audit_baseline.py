"""Quantiles, attainment, and the middle, against their definitions read literally."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from services.algo_audit.core.baseline import (
    MiddleBand,
    attainment,
    middle_range,
    quantile,
    sample_of,
    strictness,
    value_at_attainment,
)
from services.algo_audit.core.metrics import Direction

values_ = st.lists(st.integers(0, 30).map(float), min_size=1, max_size=60)
shares = st.one_of(st.floats(0.01, 1.0), st.integers(1, 100).map(lambda percent: percent / 100))
directions = st.sampled_from(Direction)


def sample(values: list[float]):  # type: ignore[no-untyped-def]
    return sample_of(np.array(values), np.arange(len(values)))


def meets(x: float, tau: float, direction: Direction) -> bool:
    return x <= tau if direction is Direction.AT_MOST else x >= tau


@given(values_, shares)
def test_a_quantile_is_the_smallest_value_with_enough_at_or_below_it(values: list[float], p: float) -> None:
    expected = min(x for x in values if sum(y <= x for y in values) / len(values) >= p)
    assert quantile(sample(values), p) == expected


@given(values_, st.floats(0.01, 0.99))
def test_a_quantile_is_scipys_inverse_of_the_distribution(values: list[float], p: float) -> None:
    n = len(values)
    # SciPy takes the ceiling of p·n as it was rounded; the definition above has the last word there.
    assume(abs(p * n - round(p * n)) > 1e-9)
    assert quantile(sample(values), p) == stats.quantile(np.array(values), p, method="inverted_cdf")


@given(values_, st.floats(-1, 31), directions)
def test_attainment_counts_who_meets_the_threshold(
    values: list[float], tau: float, direction: Direction
) -> None:
    expected = sum(meets(x, tau, direction) for x in values) / len(values)
    assert attainment(sample(values), tau, direction) == expected
    assert strictness(sample(values), tau, direction) == 1 - expected


@given(values_, shares, directions)
def test_the_threshold_at_an_attainment_is_the_strictest_that_reaches_it(
    values: list[float], share: float, direction: Direction
) -> None:
    n = len(values)
    enough = [t for t in values if sum(meets(x, t, direction) for x in values) / n >= share]
    strictest = min(enough) if direction is Direction.AT_MOST else max(enough)
    assert value_at_attainment(sample(values), share, direction) == strictest


def test_the_strict_end_of_the_middle_is_low_for_at_most_and_high_for_at_least() -> None:
    hundred = sample([float(x) for x in range(1, 101)])
    assert middle_range(hundred, MiddleBand(), Direction.AT_MOST) == (40.0, 60.0)
    assert middle_range(hundred, MiddleBand(), Direction.AT_LEAST) == (41.0, 61.0)
    assert attainment(hundred, 61.0, Direction.AT_LEAST) == 0.40


@given(values_, st.randoms(use_true_random=False))
def test_the_order_of_values_changes_nothing(values: list[float], random) -> None:  # type: ignore[no-untyped-def]
    pairs = [(x, i % 5) for i, x in enumerate(values)]
    shuffled = random.sample(pairs, len(pairs))
    one, two = (
        sample_of(np.array([x for x, _ in some]), np.array([w for _, w in some]))
        for some in (pairs, shuffled)
    )
    np.testing.assert_array_equal(one.values, two.values)
    np.testing.assert_array_equal(one.sizes, two.sizes)


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.5), (0.6, 0.4), (0.5, 1.0)])
def test_a_middle_band_that_is_no_band_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="middle band"):
        MiddleBand(low, high)


def test_an_empty_sample_and_one_with_a_hole_are_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        quantile(sample([]), 0.5)
    with pytest.raises(ValueError, match="NaN"):
        sample([1.0, float("nan")])
    with pytest.raises(ValueError, match="equally long"):
        sample_of(np.ones(3), np.ones(2, np.int64))
