"""Rules as declared beside the same rules as applied."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.algo_audit.core.applied import AppliedParams, applied_rules
from services.algo_audit.core.bands import DISTANCE_BANDS
from services.algo_audit.core.declared import DeclaredRules
from services.algo_audit.core.orders import Orders
from services.algo_audit.core.report import AppliedRule
from services.algo_audit.core.thresholds import DeclaredThreshold, in_force
from tests.unit.algo_audit.charge_tables import on_day, orders_table


def declared(value: float, metric: str = "delivery_time", **what: float) -> DeclaredThreshold:
    return DeclaredThreshold(platform=1, metric=metric, value=value, **what)  # type: ignore[arg-type]


def rules(orders: Orders, *thresholds: DeclaredThreshold) -> list[AppliedRule]:
    return applied_rules(orders, thresholds, DISTANCE_BANDS)


def city(n: int = 600, **columns: object) -> Orders:
    return orders_table(n, worker=np.arange(n) % 30, **columns)


THRESHOLDS = st.builds(
    DeclaredThreshold,
    platform=st.integers(1, 2),
    metric=st.sampled_from(["delivery_time", "commission_share"]),
    value=st.integers(1, 9).map(float),
    min_m=st.sampled_from([0.0, 1_000.0]),
    max_m=st.sampled_from([2_000.0, math.inf]),
    version=st.integers(1, 3),
    effective_from_ms=st.sampled_from([0, 10, 20]),
    service=st.integers(1, 2),
    area=st.sampled_from([0, 130200, 130203]),
)
ORDERS = st.tuples(
    st.integers(1, 2),
    st.integers(0, 2),
    st.sampled_from([0, 130203, 130204, 110101]),
    st.sampled_from([500.0, 1_500.0, 2_500.0, math.nan]),
    st.sampled_from([0, 5, 10, 15, 25]),
)


@settings(max_examples=200)
@given(st.lists(THRESHOLDS, max_size=6), st.lists(ORDERS, min_size=1, max_size=8))
def test_declared_is_the_strictest_in_force_at_acceptance(
    thresholds: list[DeclaredThreshold], rows: list[tuple[int, int, int, float, int]]
) -> None:
    platform, service, area, distance, accepted = (np.array(column) for column in zip(*rows, strict=True))
    orders = orders_table(
        len(rows), platform=platform, service=service, area=area, distance_m=distance, accepted_ms=accepted
    )
    found = DeclaredRules(orders, thresholds).at("delivery_time").each()
    for row, (p, s, a, d, t) in enumerate(rows):
        values = [
            threshold.value
            for threshold in in_force([x for x in thresholds if x.metric == "delivery_time"], t)
            if threshold.platform == p
            and s in (0, threshold.service)
            and (a == 0 or threshold.holds_in(a))
            and (
                threshold.min_m <= d < threshold.max_m or (threshold.min_m, threshold.max_m) == (0, math.inf)
            )
        ]
        assert found[row] == min(values) if values else math.isnan(found[row])


def test_limits_as_declared_are_no_finding() -> None:
    (found,) = rules(city(promised_s=1_800.0), declared(1_800))
    assert (found.declared, found.applied, found.stricter_share, found.undeclared) == (1_800, 1_800, 0, False)


def test_a_second_less_is_tolerated_and_two_are_not() -> None:
    (rounded,) = rules(city(promised_s=1_799.0), declared(1_800))
    (shorter,) = rules(city(promised_s=1_798.0), declared(1_800))
    assert (rounded.stricter_share, rounded.undeclared) == (0.0, False)
    assert (shorter.stricter_share, shorter.undeclared) == (1.0, True)


def test_each_order_is_held_to_its_own_time() -> None:
    day = np.arange(600) % 20
    orders = city(promised_s=np.where(day < 10, 1_800.0, 1_500.0), accepted_ms=on_day(20_000 + day))
    (found,) = rules(
        orders, declared(1_800), declared(1_500, version=2, effective_from_ms=int(on_day(20_010)))
    )
    assert not found.undeclared
    (early,) = rules(
        orders, declared(1_800), declared(1_500, version=2, effective_from_ms=int(on_day(20_015)))
    )
    assert early.stricter_share == pytest.approx(0.25)
    assert early.undeclared


def test_a_single_worker_with_many_shorter_limits_is_not_certain() -> None:
    orders = city(promised_s=1_800.0)
    orders.promised_s[orders.worker == 0] = 1_000.0
    (found,) = rules(orders, declared(1_800))
    assert found.stricter_share == pytest.approx(1 / 30, abs=0.001)
    assert not found.undeclared, "33 per thousand, but all of them one worker's"


def test_limits_never_declared_are_undeclared() -> None:
    (found,) = rules(city(promised_s=1_800.0), declared(1_800, min_m=3_000))
    assert found.declared is None
    assert found.undeclared


def test_orders_of_a_time_before_the_first_declaration_are_left_out() -> None:
    day = np.arange(600) % 20
    orders = city(promised_s=1_800.0, accepted_ms=on_day(20_000 + day))
    (found,) = rules(orders, declared(1_800, effective_from_ms=int(on_day(20_010))))
    assert (found.orders, found.undeclared) == (300, False)


def test_penalties_nobody_declared_are_found() -> None:
    penalty = np.where(np.arange(600) % 7 == 0, 300.0, math.nan)
    (found,) = rules(city(penalty_fen=penalty))
    assert (found.metric_id, found.declared) == ("penalties_per_order", None)
    assert found.applied == pytest.approx(300 / 7, abs=5), "the mean of an order, not a single fine"
    assert found.orders == 600
    assert found.stricter_share == pytest.approx(86 / 600, abs=0.001)
    assert found.undeclared


def test_what_is_told_does_not_depend_on_which_metric_is_asked_for() -> None:
    penalty = np.where(np.arange(600) % 7 == 0, 300.0, math.nan)
    orders = city(promised_s=1_700.0, pay_fen=800.0, commission_fen=200.0, penalty_fen=penalty)
    thresholds = [declared(1_800), declared(0.2, "commission_share")]
    every = rules(orders, *thresholds)
    assert len(every) == 3
    for rule in every:
        assert applied_rules(orders, thresholds, DISTANCE_BANDS, only=rule.metric_id) == [rule]


def test_penalties_as_declared_are_none_and_higher_ones_are_found() -> None:
    penalty = np.where(np.arange(600) % 7 == 0, 300.0, 0.0)
    # 300 fen of every seventh order: 30 or 45 an order, by worker.
    (fair,) = rules(city(penalty_fen=penalty), declared(45, "penalties_per_order"))
    (higher,) = rules(city(penalty_fen=penalty), declared(20, "penalties_per_order"))
    assert (fair.undeclared, higher.undeclared) == (False, True)


def test_penalties_of_few_workers_are_not_told() -> None:
    orders = city(penalty_fen=math.nan)
    orders.penalty_fen[orders.worker < 9] = 300.0
    assert rules(orders) == []


def test_commission_is_compared_as_a_share_of_pay_and_commission() -> None:
    orders = city(pay_fen=800.0, commission_fen=200.0)
    (fair,) = rules(orders, declared(0.2, "commission_share"))
    (above,) = rules(orders, declared(0.18, "commission_share"))
    assert fair.applied == pytest.approx(0.2)
    assert (fair.undeclared, above.undeclared) == (False, True)


def test_a_service_nobody_stated_may_be_any() -> None:
    (found,) = rules(city(promised_s=1_800.0, service=0), declared(1_800, service=2))
    assert (found.cohort, found.undeclared) == ("service-not-stated/1000-2000", False)


def test_fair_platforms_are_not_charged_more_often_than_said() -> None:
    rng = np.random.default_rng(7)
    charged = 0
    for _ in range(100):
        # 1 % of orders, tolerated as it is, in clusters of workers.
        strict = rng.random(600) < rng.beta(0.1, 9.9, 30)[np.arange(600) % 30]
        charged += any(
            rule.undeclared
            for rule in rules(city(promised_s=np.where(strict, 1_000.0, 1_800.0)), declared(1_800))
        )
    assert charged <= 5


def test_parameters_name_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="tolerated_share"):
        AppliedParams(tolerated_share=0.0)
    with pytest.raises(ValueError, match="limit_tolerance_s"):
        AppliedParams(limit_tolerance_s=-1.0)
