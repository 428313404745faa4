"""Limits that tighten at equal distance."""

from __future__ import annotations

import math
from itertools import combinations
from statistics import median, median_low

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from services.algo_audit.core.bands import DISTANCE_BANDS
from services.algo_audit.core.orders import Orders
from services.algo_audit.core.ratchet import RatchetParams, at_equal_distance, ratchets, trend
from tests.unit.algo_audit.charge_tables import on_day, orders_table

SERIES = st.lists(st.integers(600, 620), min_size=4, max_size=20)


def theil_sen(time: list[float], values: list[float]) -> float:
    pairs = combinations(range(len(values)), 2)
    return median((values[j] - values[i]) / (time[j] - time[i]) for i, j in pairs)


def mann_kendall(values: list[float]) -> float:
    n = len(values)
    s = sum((b > a) - (b < a) for a, b in combinations(values, 2))
    ties = [values.count(value) for value in set(values)]
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    return math.erfc(abs(s) / math.sqrt(2 * variance)) if variance else 1.0


@given(SERIES)
def test_slope_is_that_of_the_definition_and_p_never_below_independent_days(series: list[int]) -> None:
    time, values = list(map(float, range(len(series)))), list(map(float, series))
    found = trend(np.array(time), np.array(values), 0.95)
    assert found.slope == pytest.approx(theil_sen(time, values), abs=1e-9)
    assert found.p_value >= mann_kendall(values) - 1e-12
    if not math.isinf(found.interval.width):
        assert found.interval.low <= found.slope <= found.interval.high


@given(SERIES)
def test_without_autocorrelation_it_is_scipys(series: list[int]) -> None:
    time, values = np.arange(len(series), dtype=float), np.array(series, float)
    found = trend(time, values, 0.95)
    plain = mann_kendall(values.tolist())
    if plain == 1.0 or not math.isclose(found.p_value, plain, rel_tol=1e-9):
        return  # corrected: wider, tested below; a p of 1 does not say whether it was
    theirs = stats.theilslopes(values, time, 0.95)
    assert found.p_value == pytest.approx(stats.kendalltau(time, values, method="asymptotic").pvalue)
    if not math.isinf(found.interval.width):
        assert (found.interval.low, found.interval.high) == pytest.approx(
            (theirs.low_slope, theirs.high_slope)
        )


def test_wandering_limits_are_charged_as_seldom_as_said() -> None:
    rng = np.random.default_rng(4)
    naive = corrected = 0
    for _ in range(400):
        noise = rng.normal(size=60)
        for day in range(1, 60):
            noise[day] += 0.5 * noise[day - 1]
        naive += mann_kendall(noise.tolist()) <= 0.05
        corrected += trend(np.arange(60.0), noise, 0.95).p_value <= 0.05
    assert naive / 400 > 0.20, "days that resemble each other fool the plain test"
    assert corrected / 400 < 0.13, "the approximation is not exact: the tolerance guards as well"


def city(limits: list[float], *, a_day: int = 60, distance: float = 1_500.0, first: int = 20_000) -> Orders:
    n = a_day * len(limits)
    return orders_table(
        n,
        promised_s=np.repeat(limits, a_day),
        accepted_ms=on_day(np.repeat(first + np.arange(len(limits)), a_day)),
        worker=np.arange(n) % 20,
        distance_m=distance,
    )


def test_a_limit_cut_a_little_every_day_tightens() -> None:
    limits = [1_800.0 - 10 * day for day in range(21)]
    (found,) = ratchets(city(limits), DISTANCE_BANDS)
    assert found.tightening
    assert found.slope == pytest.approx(-300.0)
    assert found.slope_interval.high < 0
    assert (found.cohort, found.limits) == ("food-delivery/1000-2000", limits)
    assert found.times_ms[0] == int(on_day(20_000)) - 9 * 3_600_000, "the start of the day in Shanghai"


@pytest.mark.parametrize(
    "limits",
    [
        [1_800.0] * 21,
        [1_800.0 + 10 * day for day in range(21)],
        [1_800.0 - day for day in range(21)],  # 1.1 % in all
        [1_800.0, 1_790.0, 1_805.0, 1_795.0] * 5,
    ],
    ids=["constant", "relaxed", "within the tolerance", "up and down"],
)
def test_other_limits_do_not(limits: list[float]) -> None:
    (found,) = ratchets(city(limits), DISTANCE_BANDS)
    assert not found.tightening


def test_shorter_orders_are_no_ratchet() -> None:
    rng = np.random.default_rng(1)
    table = city([0.0] * 28)
    day = np.repeat(np.arange(28), 60)
    table.distance_m[:] = np.clip(rng.normal(1_800 - 25 * day, 150), 1_000, 1_999)
    table.promised_s[:] = 600 + table.distance_m // 100 * 60
    (found,) = ratchets(table, DISTANCE_BANDS)
    assert not found.tightening
    assert np.ptp(found.limits) == pytest.approx(0.0)


def test_six_days_are_too_few() -> None:
    assert ratchets(city([1_800.0 - 60 * day for day in range(6)]), DISTANCE_BANDS) == []


def test_days_too_small_to_be_published_make_weeks() -> None:
    limits = np.repeat([1_800.0 - 60 * week for week in range(8)], 7).tolist()
    (found,) = ratchets(city(limits, a_day=9, first=20_003 - 3), DISTANCE_BANDS)
    assert len(found.limits) in (8, 9)
    assert np.diff(found.times_ms).tolist() == [7 * 86_400_000] * (len(found.limits) - 1)
    assert found.tightening


def test_days_of_few_workers_say_nothing() -> None:
    table = city([1_800.0 - 60 * day for day in range(21)])
    table.worker[:] %= 9
    assert ratchets(table, DISTANCE_BANDS) == []


def test_limits_not_shown_and_unknown_distances_are_left_out() -> None:
    assert ratchets(city([math.nan] * 21), DISTANCE_BANDS) == []
    assert ratchets(city([1_800.0] * 21, distance=math.nan), DISTANCE_BANDS) == []


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(600, 900), st.integers(1_000, 1_400)), min_size=1, max_size=30))
def test_equal_distance_divides_by_the_median_of_the_strip(rows: list[tuple[int, int]]) -> None:
    limit, distance = (np.array(column, float) for column in zip(*rows, strict=True))
    found = at_equal_distance(limit, distance, 100.0)
    whole = median_low(limit.tolist())
    for row, (value, place) in enumerate(rows):
        strip = [other for other, where in rows if where // 100 == place // 100]
        assert found[row] == pytest.approx(value / median_low(strip) * whole)


def test_parameters_name_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="points"):
        RatchetParams(points=3)
    with pytest.raises(ValueError, match="tolerance"):
        RatchetParams(tolerance=1.0)
