"""Earnings per hour worked beside the minimum wage."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.algo_audit.core.metrics import DELIVERY_TIME, HOURLY_EARNINGS
from services.algo_audit.core.minimum_wage import MinimumWage, MinimumWages
from services.algo_audit.core.observations import Exclusion, Observations
from services.algo_audit.core.pay import ALL_AREAS, PayParams, pay_standing
from tests.unit.algo_audit.charge_tables import observations_table

WAGES = MinimumWages.of(
    [
        MinimumWage(130200, 19_000, 2_000, "一", "one", verified=True),
        MinimumWage(130200, 20_000, 2_200, "二", "two", verified=False),
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
    assert found.share_below == pytest.approx(30 / 400)
    assert found.p10 < found.p50 < found.p90
    assert found.p50_interval.low < found.p50 < found.p50_interval.high
    assert not found.underpaid, "7.5 % are tolerated"
    assert "待核实" in found.minimum_wage_source
    assert issues == []


def test_earning_the_minimum_wage_itself_is_not_below_it() -> None:
    (found,), _ = pay_standing(city(value=2_200.0), WAGES)
    assert found.share_below == 0


def test_certainly_more_than_a_tenth_below_is_a_finding() -> None:
    (found,), _ = pay_standing(city(value=np.where(np.arange(400) % 4 == 0, 1_500.0, 3_000.0)), WAGES)
    assert found.share_below_interval.low > 0.10
    assert found.underpaid
    few, _ = pay_standing(city(24, value=np.where(np.arange(24) % 6 == 0, 1_500.0, 3_000.0)), WAGES)
    assert [standing.underpaid for standing in few] == [False], "4 of 24 may be chance"


def test_the_wage_is_that_of_the_first_day() -> None:
    (found,), _ = pay_standing(city(value=2_100.0, day=19_999), WAGES)
    assert (found.minimum_wage, found.share_below, found.minimum_wage_source) == (2_000, 0, "一")


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
        assert standing.workers == len(own) >= 10
        assert standing.share_below == pytest.approx(sum(v < 2_200 for v in own) / len(own))
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
