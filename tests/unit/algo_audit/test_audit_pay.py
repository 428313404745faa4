"""Earnings per hour worked beside the minimum wage."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.algo_audit.core.metrics import DELIVERY_TIME, HOURLY_EARNINGS
from services.algo_audit.core.minimum_wage import MinimumWage, MinimumWages
from services.algo_audit.core.observations import Exclusion, Observations
from services.algo_audit.core.pay import ALL_AREAS, PayParams, pay_standing
from services.algo_audit.core.privacy import told_share
from tests.unit.algo_audit.charge_tables import observations_table

WAGES = MinimumWages.of(
    [
        MinimumWage(130200, 19_000, 2_000, "一", "one", verified=True),
        MinimumWage(130200, 20_000, 2_200, "二", "two", verified=True),
    ]
)


def city(n: int = 400, **columns: object) -> Observations:
    columns.setdefault("value", np.linspace(1_900, 5_900, n))
    return observations_table(HOURLY_EARNINGS, n, orders=30, **columns)


def test_figures_are_of_the_workers() -> None:
    (found,), issues = pay_standing(city(), WAGES, PayParams(area_names={130203: ("路北区", "Lubei")}))
    assert (found.cohort, found.cohort_zh, found.workers, found.minimum_wage) == (
        "130203",
        "路北区",
        400,
        2_200,
    )
    assert found.share_below == pytest.approx(30 / 400, abs=0.0025)
    assert found.p10 is not None
    assert found.p90 is not None
    assert found.p10 < found.p50 < found.p90
    assert found.p50_interval.low < found.p50 < found.p50_interval.high
    assert not found.underpaid, "7.5 % are tolerated"
    assert found.minimum_wage_source == ("二", "two")
    assert issues == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1_900, 2_000), min_size=10, max_size=120))
def test_no_figure_is_told_that_fewer_than_five_others_lie_beyond_but_the_median(earned: list[int]) -> None:
    (found,), _ = pay_standing(city(len(earned), value=np.array(earned)), WAGES)
    for told, p in ((found.p10, 0.1), (found.p90, 0.9)):
        ranked = sorted(earned)
        at = ranked[math.ceil(len(ranked) * p) - 1]
        beyond = sum(each <= at for each in earned) if p < 0.5 else sum(each >= at for each in earned)
        assert told == (at if beyond > 5 else None)
    low, high = found.p50_interval.low, found.p50_interval.high
    assert math.isinf(low) or sum(each <= low for each in earned) > 5
    assert math.isinf(high) or sum(each >= high for each in earned) > 5
    assert found.p50 in earned


def test_of_ten_workers_only_the_median_is_told_and_of_51_all() -> None:
    (ten,), _ = pay_standing(city(10), WAGES)
    assert (ten.p10, ten.p90) == (None, None)
    assert (ten.p50_interval.low, ten.p50_interval.high) == (-math.inf, math.inf)
    (enough,), _ = pay_standing(city(51), WAGES)
    assert None not in (enough.p10, enough.p90)
    assert math.isfinite(enough.p50_interval.width)


def test_earning_the_minimum_wage_itself_is_not_below_it() -> None:
    (found,), _ = pay_standing(city(value=2_200.0), WAGES)
    assert found.share_below == 0


def test_certainly_more_than_a_tenth_below_is_a_finding() -> None:
    (found,), _ = pay_standing(city(value=np.where(np.arange(400) % 4 == 0, 1_500.0, 3_000.0)), WAGES)
    assert found.share_below_interval.low > 0.10
    assert found.underpaid
    few, _ = pay_standing(city(24, value=np.where(np.arange(24) % 6 == 0, 1_500.0, 3_000.0)), WAGES)
    assert [standing.underpaid for standing in few] == [False], "4 of 24 may be chance"


def test_a_wage_that_nobody_verified_charges_nobody() -> None:
    heard = MinimumWage(130200, 19_500, 2_200, "据说", "heard", verified=False)
    poor = city(value=np.where(np.arange(400) % 4 == 0, 1_500.0, 3_000.0))
    (found,), _ = pay_standing(poor, MinimumWages.of([heard]))
    assert (found.minimum_wage, found.share_below, found.underpaid) == (2_200, 0.25, False)
    assert found.minimum_wage_source == ("据说（数值待核实）", "heard (to be verified)")
    sure = MinimumWage(130200, 19_000, 1_600, "一", "one", verified=True)
    (found,), _ = pay_standing(poor, MinimumWages.of([sure, heard]))
    assert (found.minimum_wage, found.underpaid) == (1_600, True)
    zh, en = found.minimum_wage_source
    assert zh.startswith("一；另有自 2023-05-23 起每小时 22 元之说，待核实")
    assert en.startswith("one; 22 yuan an hour since 2023-05-23 is still to be verified")


def test_the_wage_is_that_of_the_first_day() -> None:
    (found,), _ = pay_standing(city(value=2_100.0, day=19_999), WAGES)
    assert (found.minimum_wage, found.share_below, found.minimum_wage_source) == (2_000, 0, ("一", "one"))


def test_areas_and_days_without_a_known_wage_are_said() -> None:
    area = np.where(np.arange(400) % 2 == 0, 130203, 110101)
    (found,), (issue,) = pay_standing(city(area=area, value=1_000.0), WAGES)
    assert (found.workers, found.share_below) == (200, 1.0)
    assert (issue.reason, issue.orders) == ("MINIMUM_WAGE_UNKNOWN", 6_000)
    assert pay_standing(city(area=0), WAGES)[0] == []
    assert pay_standing(city(day=18_000), WAGES)[0] == []


def test_all_areas_come_first_and_small_areas_are_hidden_with_a_sibling() -> None:
    area = np.repeat([130202, 130203, 130204], [200, 192, 8])
    found, _ = pay_standing(city(area=area), WAGES)
    assert [standing.cohort for standing in found] == [ALL_AREAS, "130202"]


def test_of_one_area_only_its_own_is_told_and_hidden_as_in_the_whole_city() -> None:
    area = np.repeat([130202, 130203, 130204], [200, 192, 8])
    whole, _ = pay_standing(city(area=area), WAGES)
    assert pay_standing(city(area=area), WAGES, area=130202)[0] == whole[1:]
    assert pay_standing(city(area=area), WAGES, area=130203)[0] == []
    elsewhere = city(area=np.repeat([130203, 110101], 200))
    assert [len(pay_standing(elsewhere, WAGES, area=code)[1]) for code in (130203, 110101)] == [0, 1]


def test_all_areas_are_charged_by_no_wage_that_is_hearsay_in_one_of_them() -> None:
    wages = [
        MinimumWage(130203, 19_000, 2_000, "一", "one", verified=True),
        MinimumWage(130204, 19_000, 2_000, "据说", "heard", verified=False),
    ]
    number = np.arange(400)
    table = city(value=np.where(number % 4 < 2, 1_500.0, 3_000.0), area=np.where(number % 2, 130203, 130204))
    found, _ = pay_standing(table, MinimumWages.of(wages))
    assert [(each.cohort, each.underpaid) for each in found] == [
        (ALL_AREAS, False),
        ("130203", True),
        ("130204", False),
    ]


def test_rows_outside_the_reference_are_left_out() -> None:
    table = city(value=np.where(np.arange(400) < 300, 3_000.0, np.nan))
    table.excluded[300:] = Exclusion.VALUE_NOT_STATED
    (found,), _ = pay_standing(table, WAGES)
    assert (found.workers, found.share_below) == (300, 0)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 2), st.sampled_from([130202, 130203]), st.integers(1_900, 2_500)),
        min_size=1,
        max_size=120,
    )
)
def test_shares_are_those_counted_by_hand(rows: list[tuple[int, int, int]]) -> None:
    platform, area, value = (np.array(column) for column in zip(*rows, strict=True))
    found, _ = pay_standing(city(len(rows), platform=platform, area=area, value=value), WAGES)
    for standing in found:
        own = [v for p, a, v in rows if p == standing.platform and standing.cohort in (ALL_AREAS, str(a))]
        assert len(own) >= 10
        assert abs(standing.workers - len(own)) < 10
        share = sum(v < 2_200 for v in own) / len(own)
        assert standing.share_below == told_share(share, standing.workers)
        assert standing.p50 == sorted(own)[(len(own) - 1) // 2]


def test_fair_cohorts_are_seldom_charged() -> None:
    rng = np.random.default_rng(2)
    charged = 0
    for _ in range(100):
        area = 130201 + np.arange(1_000) % 10
        value = np.where(rng.random(1_000) < 0.10, 1_500.0, 3_000.0)  # just as many as tolerated
        found, _ = pay_standing(city(1_000, area=area, value=value), WAGES)
        charged += any(standing.underpaid for standing in found)
    assert charged <= 5


def test_other_metrics_are_refused() -> None:
    with pytest.raises(ValueError, match="delivery_time"):
        pay_standing(observations_table(DELIVERY_TIME, 3), WAGES)
    with pytest.raises(ValueError, match="tolerated_share"):
        PayParams(tolerated_share=1.0)
