"""Sketches answer as the rows would: exactly where they hold every value, else within their stated error."""

from __future__ import annotations

import math

import numpy as np
import pytest
from datasketches import kll_floats_sketch  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from services.algo_audit.core.baseline import (
    MiddleBand,
    Sample,
    attainment,
    middle_range,
    quantile,
    sample_of,
)
from services.algo_audit.core.metrics import Direction
from services.algo_audit.core.weighted import NOTHING, Estimate, Weighted, estimate_of
from services.algo_audit.sketches import K, merged, shown, sketched

PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)
Floats = NDArray[np.float64]
RANK_ERROR: float = kll_floats_sketch.get_normalized_rank_error(K, False)
"""What the library states: of one rank, with 99 % confidence."""


def narrow(values: Floats) -> Floats:
    """What a sketch keeps of them."""
    return values.astype(np.float32).astype(np.float64)


def whole(values: Floats, parts: int, order: NDArray[np.int64] | None = None) -> Weighted:
    """A sketch of each part, merged in some order."""
    starts = np.linspace(0, len(values), parts + 1).astype(np.int64)
    sketches = sketched(values, starts)
    return merged(sketches if order is None else [sketches[place] for place in order])


def estimated(values: Floats, censored: NDArray[np.bool_], parts: int) -> Estimate:
    return estimate_of(whole(values[~censored], parts), whole(values[censored], parts))


def off_by(sample: Sample, estimate: Estimate, p: float) -> float:
    """By how much the true share up to the estimated percentile differs from p, but for the value's own."""
    found = estimate.quantile(p)
    if math.isinf(found):
        return max(0.0, attainment(sample, math.inf, Direction.AT_MOST) - p)
    up_to = attainment(sample, found, Direction.AT_MOST)
    below = attainment(sample, np.nextafter(found, -math.inf), Direction.AT_MOST)
    return max(p - up_to, below - p, 0.0)


def delivery_times(seed: int, n: int, share_cut: float) -> tuple[Floats, NDArray[np.bool_]]:
    """Times in seconds, some cut at a random part of themselves."""
    random = np.random.default_rng(seed)
    times = random.gamma(3.0, 300.0, n)
    censored = random.random(n) < share_cut
    return narrow(np.where(censored, times * random.random(n), times)), censored


few = st.lists(st.tuples(st.integers(-50, 50), st.booleans()), min_size=1, max_size=60)


@given(few, st.integers(1, 5))
def test_few_values_are_all_there_and_the_estimate_is_that_of_kaplan_and_meier(
    rows: list[tuple[int, bool]], parts: int
) -> None:
    values = np.array([value / 4 for value, _ in rows])
    censored = np.array([cut for _, cut in rows])
    sample = sample_of(values, np.arange(len(values)), censored)
    estimate = estimated(values, censored, parts)
    for p in np.linspace(0.02, 1, 40).tolist():
        assert estimate.quantile(p) == quantile(sample, p)
        assert estimate.error(p) == (0.0 if (~censored).any() else 1.0)


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=60), st.sampled_from(Direction))
def test_the_middle_of_few_values_is_that_of_the_rows(rows: list[int], direction: Direction) -> None:
    values = np.array([value / 4 for value in rows])
    sample = sample_of(values, np.arange(len(values)))
    estimate = estimate_of(whole(values, 1))
    for low, high in ((0.4, 0.6), (0.05, 0.5), (0.5, 0.5), (1 / 3, 2 / 3)):
        band = MiddleBand(low, high)
        assert estimate.middle_range(band, direction) == middle_range(sample, band, direction)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(1_000, 20_000), st.floats(0, 0.4), st.integers(1, 12))
def test_many_values_are_within_twice_the_stated_error_whatever_they_are_merged_from(
    seed: int, n: int, share_cut: float, parts: int
) -> None:
    """Twice: the error is one that 98 of 100 are within; how many really are, the next test counts."""
    values, censored = delivery_times(seed, n, share_cut)
    sample = sample_of(values, np.arange(n), censored)
    estimate = estimated(values, censored, parts)
    for p in PERCENTILES:
        assert off_by(sample, estimate, p) <= 2 * estimate.error(p) + 1e-9


def test_the_stated_error_holds_as_often_as_it_says() -> None:
    outside = 0
    for seed in range(150):
        values, censored = delivery_times(seed, 3_000 + 40 * seed, 0.3 * (seed % 5) / 4)
        sample = sample_of(values, np.arange(len(values)), censored)
        estimate = estimated(values, censored, 1 + seed % 7)
        outside += any(off_by(sample, estimate, p) > estimate.error(p) + 1e-9 for p in PERCENTILES)
    assert outside <= 3, "two of a hundred"


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(2, 30))
def test_the_order_of_merging_changes_no_count_and_no_rank_by_more_than_the_error(
    seed: int, parts: int
) -> None:
    values, _ = delivery_times(seed, 12_000, 0.0)
    mixed = np.random.default_rng(seed).permutation(parts)
    one, other = whole(values, parts), whole(values, parts, mixed)
    assert one.total == other.total == 12_000
    exact = np.sort(values)
    for p in PERCENTILES:
        ranks = [np.searchsorted(exact, estimate_of(each).quantile(p)) / 12_000 for each in (one, other)]
        assert abs(ranks[0] - ranks[1]) <= 4 * RANK_ERROR


def test_without_censoring_the_error_is_the_sketchs_own() -> None:
    values, _ = delivery_times(1, 5_000, 0.0)
    estimate = estimate_of(whole(values, 3))
    assert {estimate.error(p) for p in PERCENTILES} == {RANK_ERROR}
    assert 0.002 < RANK_ERROR < 0.01
    assert K == 400


def test_the_error_grows_where_few_are_left_at_risk() -> None:
    values, censored = delivery_times(2, 20_000, 0.4)
    estimate = estimated(values, censored, 1)
    errors = [estimate.error(p) for p in PERCENTILES]
    assert errors == sorted(errors)
    assert errors[0] < errors[-1] < 0.05


def test_nothing_has_no_percentile_and_all_censored_has_none_either() -> None:
    nothing = estimate_of(NOTHING)
    cut = estimate_of(NOTHING, whole(np.array([1.0, 2.0]), 1))
    for estimate in (nothing, cut):
        assert (estimate.quantile(0.5), estimate.error(0.5)) == (math.inf, 1.0)
        with pytest.raises(ValueError, match="strict when high"):
            estimate.value_at_attainment(0.5, Direction.AT_LEAST)
    assert merged([b"", b""]) is NOTHING


def test_nan_is_refused_rather_than_dropped() -> None:
    with pytest.raises(ValueError, match="NaN"):
        sketched(np.array([1.0, np.nan]), np.array([0, 2]))


def test_a_figure_is_shown_as_it_was_written() -> None:
    assert shown(float(np.float32(0.9))) == 0.9
    assert shown(math.inf) == math.inf
