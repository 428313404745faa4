"""Each planted fault does what it says and touches nothing else."""

from dataclasses import fields

import numpy as np
import pytest

from simulator import BAND_EDGES_M, NOT_STATED, Faults, Weeks, WeeksParameters, distance_band, simulate_weeks
from simulator.faults import FIRM, UNDERPAID_AREA
from tests.unit.simulator.weeks_table import Order, attainment, net_per_hour, order_table

A, B, C = range(3)
DAY_MS = 86_400_000
SEEDS = (7, 23)
LAWFUL_M_S = 15 / 3.6


def build(seed: int, **faults: bool) -> Weeks:
    return simulate_weeks(WeeksParameters(seed=seed, faults=Faults(**faults)))


@pytest.fixture(scope="module", params=SEEDS)
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def clean(seed: int) -> Weeks:
    return build(seed)


def changed(clean: Weeks, faulty: Weeks) -> dict[str, np.ndarray]:
    """Column → rows that differ, of the dispatches; sessions and people must not differ at all."""
    for each in fields(clean.sessions):
        assert np.array_equal(getattr(clean.sessions, each.name), getattr(faulty.sessions, each.name))
    for name in ("vehicle", "area_code", "employment_form", "tenure_band", "partner_firm", "days_ms"):
        assert np.array_equal(getattr(clean, name), getattr(faulty, name))
    assert len(clean.dispatches) == len(faulty.dispatches)
    differing = {
        each.name: np.flatnonzero(
            getattr(clean.dispatches, each.name) != getattr(faulty.dispatches, each.name)
        )
        for each in fields(clean.dispatches)
    }
    return {name: rows for name, rows in differing.items() if len(rows)}


def limit_changes(weeks: Weeks, orders: Order, platform: int) -> np.ndarray:
    """Median of (limit shown ÷ limit declared) of each day."""
    own = (orders.platform == platform) & (orders.distance_m != NOT_STATED)
    ratio = orders.promised_s[own] / weeks.platforms[platform].limit_s(orders.distance_m[own])
    day = (orders.accepted_ms[own] - weeks.days_ms[0]) // DAY_MS
    return np.array([np.median(ratio[day == each]) for each in range(len(weeks.days_ms))])


def test_all_faults_are_off_by_default() -> None:
    assert not any(getattr(Faults(), each.name) for each in fields(Faults))


def test_limit_below_speed_is_met_by_few_and_partly_below_the_floor(clean: Weeks, seed: int) -> None:
    faulty = build(seed, limit_below_speed=True)
    orders = order_table(faulty)
    difference = changed(clean, faulty)
    assert difference.keys() == {"promised_s"}
    assert set(faulty.dispatches.platform[difference["promised_s"]].tolist()) == {C}
    assert [each for each in faulty.declared if each.platform != C] == [
        each for each in clean.declared if each.platform != C
    ]
    limits = [each for each in faulty.declared if (each.platform, each.metric_id) == (C, "delivery_time")]
    assert [each.band[0] for each in limits if each.band] == list(BAND_EDGES_M)
    for each in limits:
        assert each.band is not None
        assert attainment(faulty, orders, C, each.band, each.value) < 0.08
        # 120 s to fetch and 60 s to hand over are the shortest an audit reckons with.
        shortest_s = 180 + (each.band[0] + min(each.band[1], each.band[0] + 2_000)) / 2 / LAWFUL_M_S
        if each.band[0] >= 2_000:
            assert each.value < shortest_s
    own = (orders.platform == C) & (orders.distance_m != NOT_STATED)
    assert np.array_equal(orders.promised_s[own], faulty.platforms[C].limit_s(orders.distance_m[own]))


def test_ratchet_tightens_every_day_down_to_the_declared_limit(clean: Weeks, seed: int) -> None:
    faulty = build(seed, ratchet=True)
    orders = order_table(faulty)
    difference = changed(clean, faulty)
    assert difference.keys() == {"promised_s"}
    assert set(faulty.dispatches.platform[difference["promised_s"]].tolist()) == {A}
    assert faulty.declared == clean.declared
    change = limit_changes(faulty, orders, A)
    assert np.all(np.diff(change) < 0)
    assert change[-1] / change[0] == pytest.approx(0.99**27, abs=0.002)
    assert change[-1] == 1
    known = orders.distance_m != NOT_STATED
    for platform in (B, C):
        assert np.all(limit_changes(faulty, orders, platform) == 1)
    own = known & (orders.platform == A)
    assert np.all(orders.promised_s[own] >= faulty.platforms[A].limit_s(orders.distance_m[own]))
    # At equal distance: every band by itself.
    band, day = distance_band(orders.distance_m), (orders.accepted_ms - faulty.days_ms[0]) // DAY_MS
    for each in range(len(BAND_EDGES_M)):
        shown = [np.median(orders.promised_s[own & (band == each) & (day == when)]) for when in range(28)]
        assert np.all(np.diff(shown) < 0)


def test_undeclared_penalty_is_taken_from_late_orders_of_platform_b(clean: Weeks, seed: int) -> None:
    faulty = build(seed, undeclared_penalty=True)
    orders = order_table(faulty)
    assert changed(clean, faulty).keys() == {"penalty_fen"}
    assert faulty.declared == clean.declared
    assert not any(each.metric_id == "penalties_per_order" for each in faulty.declared)
    own = orders.completed & (orders.platform == B)
    fined = orders.penalty_fen > 0
    assert np.array_equal(orders.penalty_fen != NOT_STATED, own)
    assert 0.015 < fined[own].mean() < 0.035
    assert np.all((orders.time_s - orders.promised_s)[fined] > 20 * 60 - 0.01)
    assert np.nanmin(net_per_hour(faulty, orders, B)) > 1.4 * faulty.parameters.minimum_wage_fen


def test_the_same_penalties_declared_differ_in_the_declaration_only() -> None:
    undeclared = build(7, undeclared_penalty=True)
    declared = simulate_weeks(WeeksParameters(declared_penalties=True))
    assert not changed(undeclared, declared)
    added = set(declared.declared) - set(undeclared.declared)
    assert [(each.platform, each.metric_id, each.value) for each in added] == [
        (B, "penalties_per_order", 100.0)
    ]


def test_underpaid_cohort_lies_below_the_minimum_wage_and_nobody_else_does(clean: Weeks, seed: int) -> None:
    faulty = build(seed, underpaid_cohort=True)
    orders = order_table(faulty)
    difference = changed(clean, faulty)
    assert difference.keys() == {"pay_fen", "commission_fen"}
    touched = np.union1d(*difference.values())
    assert set(faulty.dispatches.platform[touched].tolist()) == {A}
    assert set(faulty.dispatches.area_code[touched].tolist()) == {UNDERPAID_AREA}
    assert faulty.declared == clean.declared
    minimum = faulty.parameters.minimum_wage_fen
    earned = net_per_hour(faulty, orders, A)
    cohort = np.isfinite(earned) & (faulty.area_code == UNDERPAID_AREA)
    assert np.count_nonzero(cohort) >= 20
    assert np.mean(earned[cohort] < minimum) > 0.9
    assert np.nanmin(np.where(cohort, np.nan, earned)) > 1.4 * minimum
    for platform in (B, C):
        assert np.nanmin(net_per_hour(faulty, orders, platform)) > 1.4 * minimum
    own = orders.completed
    commission, pay = orders.commission_fen[own], orders.pay_fen[own]
    assert np.all(commission / (pay + commission) == 0.1)


def test_the_underpaid_follow_the_minimum_wage_asked_for() -> None:
    weeks = simulate_weeks(WeeksParameters(minimum_wage_fen=1_800, faults=Faults(underpaid_cohort=True)))
    earned = net_per_hour(weeks, order_table(weeks), A)[weeks.area_code == UNDERPAID_AREA]
    assert np.nanmedian(earned) == pytest.approx(0.8 * 1_800, rel=0.05)


def test_partner_firm_gets_seven_tenths_for_the_same_order_and_stays_above_the_minimum(
    clean: Weeks, seed: int
) -> None:
    faulty = build(seed, partner_firm_disparity=True)
    orders, before = order_table(faulty), order_table(clean)
    difference = changed(clean, faulty)
    assert difference.keys() == {"pay_fen", "commission_fen"}
    touched = np.union1d(*difference.values())
    assert set(faulty.dispatches.platform[touched].tolist()) == {B}
    assert set(orders.worker[faulty.dispatches.order[touched]].tolist()) == set(
        np.flatnonzero(faulty.partner_firm == FIRM).tolist()
    ) & set(orders.worker[orders.platform == B].tolist())
    assert faulty.declared == clean.declared
    own = orders.completed & (orders.platform == B)
    firm = faulty.partner_firm[orders.worker]
    members, others = own & (firm == FIRM), own & (firm != FIRM)
    assert len(np.unique(orders.worker[members])) >= 30
    assert orders.pay_fen[members].mean() / orders.pay_fen[others].mean() == pytest.approx(0.7, abs=0.02)
    assert orders.pay_fen[members].sum() / before.pay_fen[members].sum() == pytest.approx(0.7, abs=0.001)
    assert np.nanmin(net_per_hour(faulty, orders, B)) > faulty.parameters.minimum_wage_fen


def test_faults_add_up(clean: Weeks, seed: int) -> None:
    faulty = build(seed, **{each.name: True for each in fields(Faults)})
    assert changed(clean, faulty).keys() == {"promised_s", "pay_fen", "commission_fen", "penalty_fen"}
    orders = order_table(faulty)
    assert limit_changes(faulty, orders, A)[0] > 1.3
    assert np.nanmedian(net_per_hour(faulty, orders, A)[faulty.area_code == UNDERPAID_AREA]) < 2_200
