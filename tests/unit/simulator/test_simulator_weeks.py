"""Weeks without faults: the same people every day, and nothing for an audit to find."""

import datetime as dt
import time
from dataclasses import fields

import numpy as np
import pytest

from simulator import AREAS, NOT_STATED, Weeks, WeeksParameters, distance_band, simulate_weeks
from simulator.vocabulary import DispatchKind, EmploymentForm, TenureBand, Vehicle, Weather
from tests.unit.simulator.weeks_table import Order, attainment, net_per_hour, order_table

DAY_MS = 86_400_000
SEEDS = (7, 101, 102)


@pytest.fixture(scope="module", params=SEEDS)
def weeks(request: pytest.FixtureRequest) -> Weeks:
    return simulate_weeks(WeeksParameters(seed=request.param))


@pytest.fixture(scope="module")
def orders(weeks: Weeks) -> Order:
    return order_table(weeks)


def small(**change: object) -> Weeks:
    return simulate_weeks(WeeksParameters(**{"workers": 40, "days": 5} | change))  # type: ignore[arg-type]


def test_same_parameters_give_the_same_arrays() -> None:
    one, other = small(), small()
    for table, again in ((one.dispatches, other.dispatches), (one.sessions, other.sessions)):
        for each in fields(table):
            assert np.array_equal(getattr(table, each.name), getattr(again, each.name)), each.name
    assert one.declared == other.declared


def test_another_seed_gives_other_weeks() -> None:
    assert not np.array_equal(small(seed=1).dispatches.time_ms, small(seed=2).dispatches.time_ms)


def test_twenty_eight_days_of_400_workers_are_built_within_four_seconds() -> None:
    begin = time.perf_counter()
    simulate_weeks()
    assert time.perf_counter() - begin < 4  # some 0.8 s by itself


def test_a_person_is_the_same_every_day(weeks: Weeks) -> None:
    events = weeks.dispatches
    for column, of_worker in (
        (events.employment_form, weeks.employment_form),
        (events.tenure_band, weeks.tenure_band),
        (events.partner_firm, weeks.partner_firm),
        (events.vehicle, weeks.vehicle),
        (events.area_code, weeks.area_code),
        (weeks.sessions.area_code, weeks.area_code),
    ):
        worker = weeks.sessions.worker if len(column) == len(weeks.sessions) else events.worker
        assert np.array_equal(column, of_worker[worker])


def test_everybody_works_and_most_people_work_on_most_days(weeks: Weeks, orders: Order) -> None:
    day = (orders.accepted_ms - weeks.days_ms[0]) // DAY_MS
    works = np.zeros((400, 28), dtype=np.bool_)
    works[orders.worker, day] = True
    assert works.any(axis=1).all()
    ordinary = ~(weeks.holiday | weeks.extreme)
    weekend = np.arange(28) % 7 >= 5
    assert 0.8 < works[:, ordinary & ~weekend].mean() < works[:, ordinary & weekend].mean() < 0.97
    assert works[:, weeks.extreme].mean() < 0.7


def test_days_differ_from_one_another(weeks: Weeks, orders: Order) -> None:
    of_day = (orders.accepted_ms - weeks.days_ms[0]) % DAY_MS
    first, second = (
        of_day[(orders.accepted_ms - weeks.days_ms[0]) // DAY_MS == day][:1_000] for day in (0, 1)
    )
    assert len(np.intersect1d(first, second)) < 20


def test_there_is_one_holiday_and_one_other_day_of_extreme_weather(weeks: Weeks) -> None:
    assert np.flatnonzero(weeks.holiday).tolist() == [(dt.date(2026, 4, 5) - dt.date(2026, 3, 16)).days]
    assert weeks.extreme.sum() == 1
    assert not (weeks.holiday & weeks.extreme).any()
    events = weeks.dispatches
    offered = events.kind == DispatchKind.OFFERED
    day = (events.time_ms[offered] - weeks.days_ms[0]) // DAY_MS
    assert np.array_equal(events.holiday[offered], weeks.holiday[day])
    assert np.array_equal(events.weather[offered] == Weather.EXTREME, weeks.extreme[day])
    assert np.mean(events.weather[offered] == Weather.RAIN) > 0.02


def test_tables_are_sorted_by_time_and_ids_are_unique(weeks: Weeks) -> None:
    for table in (weeks.dispatches, weeks.sessions):
        assert np.all(np.diff(table.time_ms) >= 0)
        assert len(np.unique(table.event_id)) == len(table)
        assert table.time_ms[0] >= weeks.days_ms[0]
        assert table.time_ms[-1] < weeks.observed_until_ms


def test_every_order_is_accepted_once_and_ends(weeks: Weeks, orders: Order) -> None:
    accepted = weeks.dispatches.kind == DispatchKind.ACCEPTED
    assert np.array_equal(np.sort(weeks.dispatches.order[accepted]), np.arange(len(weeks.order_names)))
    assert np.all(orders.completed ^ (orders.cancelled_ms != -1))
    assert np.mean(~orders.completed) == pytest.approx(0.03, abs=0.003)


def test_rejections_come_from_colleagues_at_work_that_day(weeks: Weeks, orders: Order) -> None:
    events = weeks.dispatches
    rejected = events.kind == DispatchKind.REJECTED
    assert rejected.sum() / len(weeks.order_names) == pytest.approx(0.09, abs=0.015)
    keys = orders.worker * 100 + (orders.accepted_ms - weeks.days_ms[0]) // DAY_MS
    day = (events.time_ms[rejected] - weeks.days_ms[0]) // DAY_MS
    assert np.isin(events.worker[rejected] * 100 + day, keys).mean() > 0.99
    assert np.all(events.worker[rejected] != orders.worker[events.order[rejected]])


def test_complaints_are_few_follow_completion_and_hit_everybody_alike(weeks: Weeks, orders: Order) -> None:
    events = weeks.dispatches
    rows = events.kind == DispatchKind.COMPLAINED
    about = events.order[rows]
    assert len(np.unique(about)) == len(about)
    assert len(about) / orders.completed.sum() == pytest.approx(0.005, abs=0.001)
    assert np.all(events.time_ms[rows] > orders.completed_ms[about])
    assert np.array_equal(events.worker[rows], orders.worker[about])
    for money in (events.pay_fen, events.commission_fen, events.penalty_fen):
        assert np.all(money[rows] == NOT_STATED)
    firm = weeks.partner_firm[orders.worker]
    expected = np.bincount(firm[orders.completed]) * len(about) / orders.completed.sum()
    seen = np.bincount(firm[about], minlength=len(expected))
    # χ² with 3 degrees of freedom: 21.1 is passed by chance once in 10,000.
    assert np.sum((seen - expected) ** 2 / expected) < 21.1


def test_codes_of_groups_are_known_and_every_group_is_large(weeks: Weeks) -> None:
    for column, codes in (
        (weeks.employment_form, list(EmploymentForm)),
        (weeks.tenure_band, list(TenureBand)),
        (weeks.partner_firm, list(range(len(weeks.partner_firms)))),
    ):
        values, counts = np.unique(column, return_counts=True)
        assert values.tolist() == codes
        assert counts.min() >= 15
        assert np.sort(counts)[1] >= 35
    assert weeks.partner_firms[0] == ""


def test_every_declared_limit_is_in_the_middle_of_the_others(weeks: Weeks, orders: Order) -> None:
    limits = [each for each in weeks.declared if each.metric_id == "delivery_time"]
    assert len(limits) == 15
    for each in limits:
        assert each.band is not None
        share = attainment(weeks, orders, each.platform, each.band, each.value)
        assert 0.47 <= share <= 0.53, each


@pytest.mark.parametrize("cut", ["hour", "weather", "area"])
def test_the_middle_is_the_middle_in_every_hour_weather_and_large_area(
    weeks: Weeks, orders: Order, cut: str
) -> None:
    limits = np.array(weeks.platforms[0].declared_limits_s)[distance_band(orders.distance_m)]
    met = orders.time_s <= limits
    cuts: dict[str, np.ndarray] = {
        "hour": (orders.accepted_ms // 3_600_000 + 8) % 24 // 3,
        "weather": orders.weather,
        "area": weeks.area_code[orders.worker],
    }
    codes = cuts[cut]
    for code in np.unique(codes[orders.safe]):
        rows = orders.safe & (codes == code)
        if len(np.unique(orders.worker[rows])) >= 30:
            assert 0.44 <= met[rows].mean() <= 0.56, code


def test_every_order_shows_the_declared_limit(weeks: Weeks, orders: Order) -> None:
    known = orders.distance_m != NOT_STATED
    for index, platform in enumerate(weeks.platforms):
        own = known & (orders.platform == index)
        assert np.array_equal(orders.promised_s[own], platform.limit_s(orders.distance_m[own]))


def test_every_order_shows_the_declared_commission_exactly(weeks: Weeks, orders: Order) -> None:
    for each in weeks.declared:
        if each.metric_id == "commission_share":
            own = orders.completed & (orders.platform == each.platform)
            commission, pay = orders.commission_fen[own], orders.pay_fen[own]
            assert np.all(commission / (pay + commission) == each.value)


def test_nobody_takes_or_declares_penalties(weeks: Weeks, orders: Order) -> None:
    assert {each.metric_id for each in weeks.declared} == {"delivery_time", "commission_share"}
    assert np.all(orders.penalty_fen == NOT_STATED)


def test_declared_penalties_are_those_of_platform_b_and_never_more_than_declared() -> None:
    weeks = small(workers=100, declared_penalties=True)
    orders = order_table(weeks)
    declared = {
        each.platform: each.value for each in weeks.declared if each.metric_id == "penalties_per_order"
    }
    assert declared.keys() == {1}
    own = orders.completed & (orders.platform == 1)
    fined = orders.penalty_fen[own] > 0
    assert 0.01 < fined.mean() < 0.05
    assert orders.penalty_fen[own].max() <= declared[1]
    assert np.all((orders.time_s - orders.promised_s)[own][fined] > 20 * 60 - 0.01)
    assert np.all(orders.penalty_fen[~own] == NOT_STATED)


def test_everybody_earns_well_above_the_minimum_wage_on_every_platform(weeks: Weeks, orders: Order) -> None:
    for platform in range(3):
        earned = net_per_hour(weeks, orders, platform)
        assert np.nanmin(earned) > 1.4 * weeks.parameters.minimum_wage_fen


@pytest.mark.parametrize("group", ["employment_form", "tenure_band", "partner_firm"])
def test_no_group_is_paid_or_held_otherwise(weeks: Weeks, orders: Order, group: str) -> None:
    code = getattr(weeks, group)[orders.worker]
    limits = np.array(weeks.platforms[0].declared_limits_s)[distance_band(orders.distance_m)]
    for platform in range(3):
        own = orders.completed & (orders.platform == platform)
        pay = [orders.pay_fen[own & (code == each)].mean() for each in np.unique(code)]
        assert min(pay) / max(pay) > 0.96
        safe = own & orders.safe
        met = [(orders.time_s <= limits)[safe & (code == each)].mean() for each in np.unique(code)]
        assert min(met) / max(met) > 0.85


def test_pay_is_higher_on_the_holiday_and_in_extreme_weather(weeks: Weeks, orders: Order) -> None:
    day = (orders.accepted_ms - weeks.days_ms[0]) // DAY_MS
    ordinary = orders.completed & (orders.weather == Weather.NORMAL) & ~weeks.holiday[day]
    usual = orders.pay_fen[ordinary].mean()
    assert orders.pay_fen[orders.completed & weeks.holiday[day]].mean() / usual == pytest.approx(1.5, abs=0.1)
    extreme = orders.completed & (orders.weather == Weather.EXTREME)
    assert orders.pay_fen[extreme].mean() / usual == pytest.approx(1.3, abs=0.05)


def test_areas_and_vehicles_are_those_of_the_city(weeks: Weeks) -> None:
    assert set(weeks.area_code.tolist()) <= {area.code for area in AREAS}
    assert np.mean(weeks.vehicle == Vehicle.E_BIKE) > 0.9


@pytest.mark.parametrize(("workers", "days"), [(1, 1), (2, 3), (5, 1)])
def test_the_smallest_weeks_can_be_built(workers: int, days: int) -> None:
    built = small(workers=workers, days=days)
    assert set(built.dispatches.worker.tolist()) == set(range(workers))
    assert len(built.days_ms) == days


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"days": 0}, "days"),
        ({"workers": 0}, "workers"),
        ({"seed": -1}, "seed"),
        ({"platforms": ()}, "platforms"),
        ({"minimum_wage_fen": 0}, "minimum_wage_fen"),
        ({"minimum_wage_fen": 9_000}, "minimum_wage_fen"),
    ],
)
def test_impossible_parameters_are_refused_by_name(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        WeeksParameters(**change)  # type: ignore[arg-type]
