"""What another threshold would do, and the frontier of all of them."""

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from services.algo_audit.core.audit import Audited, audit
from services.algo_audit.core.baseline import attainment, quantile, sample_of
from services.algo_audit.core.cohort_tree import Detail
from services.algo_audit.core.metrics import (
    ACCEPTANCE_RATE,
    DELIVERY_TIME,
    IMPLIED_SPEED,
    OF_ORDERS,
    PENALTIES_PER_ORDER,
    Direction,
    Key,
    Metric,
)
from services.algo_audit.core.observations import Observations
from services.algo_audit.core.thresholds import DeclaredThreshold
from services.algo_audit.core.verdict import Verdict
from services.algo_audit.core.what_if import frontier, what_if


def observed(
    value: NDArray[np.float64],
    platform: NDArray[np.int64],
    worker: NDArray[np.int64],
    *,
    metric: Metric = DELIVERY_TIME,
    censored: NDArray[np.bool_] | None = None,
    orders: int = 1,
    band: int = 2,
) -> Observations:
    """Food by e-bike over 2–3 km in one area."""
    n = len(value)
    codes = dict(zip(OF_ORDERS, (1, 1, band, 130202, 2, 0), strict=True))
    return Observations(
        metric=metric,
        value=value,
        censored=np.zeros(n, np.bool_) if censored is None else censored,
        worker=worker,
        platform=platform,
        day=np.zeros(n, np.int64),
        orders=np.full(n, orders),
        excluded=np.zeros(n, np.uint8),
        keys={key: np.full(n, codes[key]) for key in metric.keys},
        groups={},
    )


def two_platforms(n: int = 1_000, *, censored: float = 0.0, declared: float = 900.0) -> Audited:
    rng = np.random.default_rng(n)
    platform = np.repeat([1, 2], n)
    value = np.round(rng.gamma(9, 130, 2 * n) + 200 * (platform == 2))
    made = observed(
        value, platform, platform * 1_000 + np.arange(2 * n) % 50, censored=rng.random(2 * n) < censored
    )
    return audit(made, [DeclaredThreshold(1, "delivery_time", declared, 2_000, 3_000)])


@settings(max_examples=30, deadline=None)
@given(st.floats(200, 3_000), st.sampled_from([0.0, 0.2]))
def test_attainment_is_of_the_others_and_orders_and_workers_of_the_platform_itself(
    tau: float, censored: float
) -> None:
    rng = np.random.default_rng(4)
    n = 400
    platform = np.repeat([1, 2], n)
    value, worker = np.round(rng.gamma(9, 130, 2 * n)), platform * 1_000 + rng.integers(0, 60, 2 * n)
    lost = rng.random(2 * n) < censored
    made = observed(value, platform, worker, censored=lost)
    audited = audit(made, [DeclaredThreshold(1, "delivery_time", 900.0, 2_000, 3_000)])
    answer = what_if(audited, 1, 1, "2000-3000", tau, mean_penalty_fen=120.3)
    assert answer is not None
    own, others = (
        sample_of(value[mine], worker[mine], lost[mine]) for mine in (platform == 1, platform == 2)
    )
    effect = answer.what_if
    assert effect.attainment == pytest.approx(attainment(others, tau, Direction.AT_MOST), abs=5.001 / n)
    assert effect.interval.low <= effect.attainment <= effect.interval.high + 1e-12
    assert (effect.orders, effect.workers) == (n, own.workers)
    missing = n * (1 - attainment(own, tau, Direction.AT_MOST))
    assert effect.orders_affected == pytest.approx(missing, abs=5.001)
    late = len(set(worker[(platform == 1) & (value > tau)].tolist()))
    assert effect.workers_affected == pytest.approx(late, abs=5.001)
    per_miss = 120.3 * n / answer.declared.orders_affected
    assert effect.penalty_fen == round(per_miss * effect.orders_affected)
    assert answer.marks.p50 == quantile(others, 0.5)


def one_in_ten_late() -> Audited:
    """1,000 orders a platform: a tenth take longer than the 900 s that are declared, a fifth than 800."""
    order = np.arange(2_000)
    value = np.choose(order % 10, [1_000.0, 850.0] + [700.0] * 8)
    made = observed(value, np.repeat([1, 2], 1_000), order // 1_000 * 1_000 + order // 10 % 50)
    return audit(made, [DeclaredThreshold(1, "delivery_time", 900.0, 2_000, 3_000)])


def test_a_fine_on_each_order_that_misses_is_what_its_mean_over_all_orders_comes_to() -> None:
    fine_fen = 300
    answer = what_if(one_in_ten_late(), 1, 1, "2000-3000", 800.0, mean_penalty_fen=fine_fen / 10)
    assert answer is not None
    assert (answer.declared.orders_affected, answer.declared.penalty_fen) == (100, 100 * fine_fen)
    assert (answer.what_if.orders_affected, answer.what_if.penalty_fen) == (200, 200 * fine_fen)


def test_a_mean_below_half_a_fen_is_not_rounded_to_nothing() -> None:
    answer = what_if(one_in_ten_late(), 1, 1, "2000-3000", 800.0, mean_penalty_fen=0.3)
    assert answer is not None
    assert (answer.declared.penalty_fen, answer.what_if.penalty_fen) == (300, 600)


def test_where_nothing_misses_the_threshold_in_force_no_penalty_follows() -> None:
    seen = frontier(two_platforms(declared=90_000.0), 1, 1, "2000-3000", 11, mean_penalty_fen=30.0)
    assert seen is not None
    assert seen.points[0].orders_affected > 0
    assert {point.penalty_fen for point in seen.points} == {None}


def test_of_penalties_per_order_itself_no_penalty_is_told() -> None:
    made = observed(
        np.linspace(1, 100, 100), np.full(100, 1), np.arange(100), metric=PENALTIES_PER_ORDER, orders=25
    )
    audited = audit(made, [DeclaredThreshold(1, PENALTIES_PER_ORDER.id, 50.0)])
    answer = what_if(audited, 1, 1, "all", 40.0, mean_penalty_fen=50.0)
    assert answer is not None
    assert min(answer.what_if.orders_affected, answer.declared.orders_affected) > 0
    assert answer.what_if.penalty_fen is None


def test_the_threshold_in_force_is_told_beside_it() -> None:
    answer = what_if(two_platforms(), 1, 1, "2000-3000", 1_500.0)
    assert answer is not None
    assert (answer.what_if.threshold, answer.declared.threshold) == (1_500.0, 900.0)
    assert answer.declared.orders_affected > answer.what_if.orders_affected
    assert answer.what_if.penalty_fen is None
    assert answer.marks.declared == 900.0


def test_the_declared_threshold_has_the_audit_s_verdict_and_others_their_own() -> None:
    audited = two_platforms()
    assert audited.cohorts[0].verdict is Verdict.STRICTEST
    answer = what_if(audited, 1, 1, "2000-3000", 3_000.0)
    assert answer is not None
    assert (answer.declared.verdict, answer.what_if.verdict) == (Verdict.STRICTEST, Verdict.LAXER)
    middle = what_if(audited, 1, 1, "2000-3000", answer.marks.p50)
    assert middle is not None
    assert middle.what_if.verdict is Verdict.WITHIN_MIDDLE


def test_the_declared_threshold_has_the_audit_s_attainment_and_interval() -> None:
    audited = two_platforms(censored=0.1)
    standing = audited.cohorts[0].standing
    assert standing is not None
    tens = round(standing.attainment * 1_000, 1) % 10
    assert tens != 0, "in tens it would be another"
    answer = what_if(audited, 1, 1, "2000-3000", 900.0)
    assert answer is not None
    for told in (answer.what_if, answer.declared):
        assert (told.attainment, told.interval) == (standing.attainment, standing.interval)


def test_a_platform_whose_cell_is_hidden_is_counted_on_the_reference() -> None:
    rng = np.random.default_rng(5)
    platform = np.repeat([1, 2], (20, 1_000))
    made = observed(rng.gamma(9, 130, 1_020), platform, np.arange(1_020) % 200)
    audited = audit(made, [DeclaredThreshold(1, "delivery_time", 900.0, 2_000, 3_000)])
    answer = what_if(audited, 1, 1, "2000-3000", 1_000.0)
    assert answer is not None
    assert answer.what_if.orders == 1_000


def test_nothing_is_told_of_a_cohort_that_may_not_be_shown() -> None:
    made = observed(np.linspace(300, 900, 29), np.ones(29, np.int64), np.arange(29))
    audited = audit(made, [DeclaredThreshold(1, "delivery_time", 900.0, 2_000, 3_000)])
    assert what_if(audited, 1, 1, "2000-3000", 800.0) is None
    assert frontier(audited, 1, 1, "2000-3000") is None


def test_a_range_that_covers_the_band_in_part_may_still_ask() -> None:
    rng = np.random.default_rng(6)
    made = observed(rng.gamma(9, 130, 500), np.full(500, 2), np.arange(500) % 50)
    audited = audit(made, [DeclaredThreshold(1, "delivery_time", 900.0, 2_000, 2_500)])
    answer = what_if(audited, 1, 1, "2000-3000", 1_000.0)
    assert answer is not None
    assert answer.marks.floor == pytest.approx(13 * 60)


@pytest.mark.parametrize("tau", [0.0, -1.0, math.nan, math.inf])
def test_a_threshold_that_makes_no_sense_is_refused(tau: float) -> None:
    with pytest.raises(ValueError, match=r"threshold: .* not"):
        what_if(two_platforms(), 1, 1, "2000-3000", tau)


def test_a_cohort_without_a_threshold_is_not_there() -> None:
    with pytest.raises(LookupError, match="0-1000"):
        what_if(two_platforms(), 1, 1, "0-1000", 900.0)
    with pytest.raises(LookupError, match="platform 2"):
        what_if(two_platforms(), 2, 1, "2000-3000", 900.0)


def test_the_middle_is_recommended_unless_the_floor_is_safer() -> None:
    slow = what_if(two_platforms(), 1, 1, "2000-3000", 900.0)
    assert slow is not None
    assert slow.marks.recommended == slow.marks.p50 > 13 * 60
    # The others' P50 is below 13 min, what 2.5 km take at 15 km/h.
    made = observed(np.linspace(500, 800, 500), np.full(500, 2), np.arange(500) % 50)
    fast = what_if(
        audit(made, [DeclaredThreshold(1, "delivery_time", 650.0, 2_000, 3_000)]), 1, 1, "2000-3000", 650.0
    )
    assert fast is not None
    assert fast.marks.p50 < 13 * 60
    assert fast.marks.recommended == pytest.approx(13 * 60)
    assert fast.what_if.below_floor


def test_no_speed_above_the_lawful_one_is_recommended() -> None:
    made = observed(np.linspace(14, 24, 500), np.full(500, 2), np.arange(500) % 50, metric=IMPLIED_SPEED)
    audited = audit(made, [DeclaredThreshold(1, "implied_speed", 20.0, 2_000, 3_000)])
    answer = what_if(audited, 1, 1, "2000-3000", 14.0)
    assert answer is not None
    assert answer.marks.recommended == pytest.approx(15)


def test_orders_of_a_rate_follow_from_how_many_workers_miss_it() -> None:
    # 100 workers of 25 orders each; a third of them under the rate.
    made = observed(
        np.linspace(0.4, 1.0, 100), np.full(100, 1), np.arange(100), metric=ACCEPTANCE_RATE, orders=25
    )
    audited = audit(made, [DeclaredThreshold(1, "acceptance_rate", 0.9)])
    answer = what_if(audited, 1, 1, "all", 0.6)
    assert answer is not None
    effect = answer.what_if
    assert (effect.orders, effect.workers) == (2_500, 100)
    assert (effect.orders_affected, effect.workers_affected) == (750, 30)
    assert effect.attainment == pytest.approx(0.7)


@pytest.mark.parametrize("censored", [0.0, 0.3])
def test_the_frontier_falls_from_everybody_to_nobody(censored: float) -> None:
    seen = frontier(two_platforms(censored=censored), 1, 1, "2000-3000", 41, mean_penalty_fen=100.0)
    assert seen is not None
    taus, affected = zip(*((p.threshold, p.orders_affected) for p in seen.points), strict=True)
    assert len(seen.points) == 41
    assert list(taus) == sorted(taus)
    assert list(affected) == sorted(affected, reverse=True)
    assert affected[0] > 0.9 * seen.points[0].orders
    assert affected[-1] < 0.2 * seen.points[0].orders
    assert taus[0] < seen.marks.middle.low <= seen.marks.p50 <= seen.marks.middle.high < taus[-1]


@pytest.mark.parametrize("points", [1, 0, 102])
def test_a_frontier_has_2_to_101_points(points: int) -> None:
    with pytest.raises(ValueError, match=f"points: .* not {points}"):
        frontier(two_platforms(), 1, 1, "2000-3000", points)


def test_a_frontier_of_shares_ends_at_one() -> None:
    made = observed(np.linspace(0.4, 1.0, 100), np.full(100, 1), np.arange(100), metric=ACCEPTANCE_RATE)
    seen = frontier(audit(made, [DeclaredThreshold(1, "acceptance_rate", 0.9)]), 1, 1, "all")
    assert seen is not None
    assert seen.points[-1].threshold == 1.0
    assert seen.points[0].threshold > 0


def test_a_cohort_of_half_a_million_orders_answers_at_once() -> None:
    rng = np.random.default_rng(8)
    n = 500_000
    made = observed(
        rng.gamma(9, 130, n), rng.integers(1, 4, n), rng.integers(0, 30_000, n), censored=rng.random(n) < 0.1
    )
    audited = audit(made, [DeclaredThreshold(1, "delivery_time", 900.0, 2_000, 3_000)], None, Detail.DISTANCE)
    assert audited.cohorts[0].cohort.code(Key.DISTANCE) == 2
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        assert what_if(audited, 1, 1, "2000-3000", 1_000.0) is not None
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.2, "under 50 ms on a quiet machine"


def test_samples_kept_for_the_next_question_are_those_made_anew_and_are_let_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    population = two_platforms(500, censored=0.1).population
    node = population.node((1, 1, 2))
    assert node is not None
    first = population.kept_sample((0,), node)
    assert population.kept_sample((0,), node) is first
    np.testing.assert_array_equal(first.values, population.sample((0,), node).values)
    monkeypatch.setattr("services.algo_audit.core.cohorts.KEPT_VALUES", len(first))
    population.kept_sample((1,), node)
    assert population.kept_sample((0,), node) is not first
