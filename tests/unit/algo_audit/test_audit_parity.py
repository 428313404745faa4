"""Groups beside the most favoured one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import optimize

from services.algo_audit.core.bands import DISTANCE_BANDS
from services.algo_audit.core.declared import declared_for
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.metrics import COMMISSION_SHARE, DELIVERY_TIME, HOURLY_EARNINGS
from services.algo_audit.core.observations import Exclusion, Group, Observations
from services.algo_audit.core.parity import (
    GroupNames,
    ParityParams,
    parity,
    ratio_interval,
    ratio_p_value,
)
from services.algo_audit.core.thresholds import DeclaredThreshold
from tests.unit.algo_audit.charge_tables import observations_table

FIRMS = GroupNames(firms=("steady", "swift", "tiny"))


def earnings(
    *per_hour: tuple[int, float], spread: float = 0.1, seed: int = 1, **columns: object
) -> Observations:
    """Workers of the firms 0, 1, …: how many, and their median earnings."""
    rng = np.random.default_rng(seed)
    firm = np.repeat(np.arange(len(per_hour)), [n for n, _ in per_hour])
    middle = np.array([value for _, value in per_hour])[firm]
    return observations_table(
        HOURLY_EARNINGS,
        len(firm),
        value=middle * np.exp(spread * rng.normal(size=len(firm))),
        partner_firm=firm,
        orders=20,
        **columns,
    )


def test_a_firm_that_pays_seven_tenths_is_found() -> None:
    found, _ = parity(earnings((200, 3_000.0), (200, 2_100.0)), names=FIRMS)
    (row,) = found
    assert (row.group_id, row.reference_group_id, row.grouping) == ("swift", "steady", Group.PARTNER_FIRM)
    assert row.ratio == pytest.approx(0.7, abs=0.03)
    assert row.ratio_interval.low < row.ratio < row.ratio_interval.high < 0.8
    assert (row.workers, row.orders, row.disparate) == (200, 4_000, True)


def test_nine_tenths_are_within_the_band_unless_it_is_declared_higher() -> None:
    table = earnings((200, 3_000.0), (200, 2_550.0))
    assert [row.disparate for row in parity(table, names=FIRMS)[0]] == [False]
    strict = parity(table, names=FIRMS, params=ParityParams(band=0.95))[0]
    assert [row.disparate for row in strict] == [True]


def test_doubt_is_no_finding() -> None:
    (row,) = parity(earnings((30, 3_000.0), (12, 2_200.0), spread=0.8), names=FIRMS)[0]
    assert row.ratio_interval.high > 0.8
    assert not row.disparate


def test_small_groups_are_hidden_with_the_smallest_of_the_others() -> None:
    rows, _ = parity(earnings((200, 3_000.0), (40, 2_900.0), (9, 1_000.0)), names=FIRMS)
    assert rows == [], "tiny is hidden, and swift with it, or tiny were what subtraction leaves"
    rows, _ = parity(earnings((200, 3_000.0), (40, 2_900.0), (12, 1_000.0)), names=FIRMS)
    assert [row.group_id for row in rows] == ["swift", "tiny"]


def test_a_small_group_is_never_the_yardstick() -> None:
    rows, _ = parity(earnings((200, 3_000.0), (200, 2_900.0), (12, 9_000.0)), names=FIRMS)
    assert {row.reference_group_id for row in rows} == {"steady"}
    assert max(row.ratio for row in rows) == 1.0


def test_missing_groups_are_said_and_never_compared() -> None:
    table = earnings((200, 3_000.0), (200, 1_000.0))
    table.groups[Group.PARTNER_FIRM][::3] = -1
    rows, issues = parity(table, names=FIRMS)
    assert rows == []
    (firm,) = [issue for issue in issues if "合作企业" in issue.zh]
    assert (firm.reason, firm.platform, firm.orders) == ("GROUPS_MISSING", 1, 2_680)
    assert "34%" in firm.zh
    assert "nothing is compared" in firm.en
    others = [issue for issue in issues if issue is not firm]
    assert len(others) == 3
    assert all("100%" in issue.en for issue in others)


def test_a_few_missing_groups_are_said_and_the_rest_compared() -> None:
    table = earnings((200, 3_000.0), (200, 1_000.0))
    table.groups[Group.PARTNER_FIRM][0] = -1
    rows, issues = parity(table, names=FIRMS)
    assert len(rows) == 1
    assert "不足 1%" in next(issue.zh for issue in issues if "合作企业" in issue.zh)


def riders(
    met: tuple[float, float], n: int = 2_000, seed: int = 3
) -> tuple[Observations, NDArray[np.float64]]:
    rng = np.random.default_rng(seed)
    form = np.arange(n) % 2
    tau = np.where(np.arange(n) % 3 == 0, 1_200.0, 1_800.0)
    late = rng.random(n) > np.array(met)[form]
    table = observations_table(
        DELIVERY_TIME,
        n,
        value=tau * np.where(late, 1.2, 0.8),
        worker=np.arange(n) % 100,
        employment_form=form + 1,
        partner_firm=-1,
    )
    return table, tau


def test_attainment_is_of_each_rows_own_threshold() -> None:
    table, tau = riders((0.9, 0.5))
    (row,) = parity(table, tau)[0]
    assert row.value == pytest.approx(0.5, abs=0.05)
    assert row.reference_value == pytest.approx(0.9, abs=0.03)
    assert (row.group_id, row.disparate) == ("not-fully-labour-relation", True)


def test_rows_outside_the_reference_or_without_a_threshold_do_not_count() -> None:
    table, tau = riders((0.9, 0.9))
    table.value[table.groups[Group.EMPLOYMENT_FORM] == 2] *= 9
    table.excluded[table.groups[Group.EMPLOYMENT_FORM] == 2] = Exclusion.ABOVE_LAWFUL_SPEED
    assert parity(table, tau)[0] == []
    table.excluded[:] = 0
    tau[table.groups[Group.EMPLOYMENT_FORM] == 2] = np.nan
    assert parity(table, tau)[0] == []


def test_censored_rows_count_as_longer_than_seen() -> None:
    table, tau = riders((0.6, 0.6))
    half = (table.groups[Group.EMPLOYMENT_FORM] == 2) & (table.value > tau)
    table.censored[half] = True
    (row,) = parity(table, tau)[0]
    assert row.ratio > 0.9, "cut off after τ: it was missed all the same"


def test_equal_groups_are_seldom_charged() -> None:
    charged = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        table, tau = riders((0.5, 0.5), n=1_000, seed=seed)
        own = rng.beta(2, 2, 50)  # workers differ, groups do not
        worker = np.arange(1_000) % 50
        table.worker[:] = worker
        table.groups[Group.EMPLOYMENT_FORM][:] = worker % 2 + 1
        table.value[:] = tau * np.where(rng.random(1_000) < own[worker], 0.8, 1.2)
        charged += any(
            row.disparate for row in parity(table, tau, params=ParityParams(reference_workers=20))[0]
        )
    assert charged <= 5


SHARES = st.floats(0.02, 0.98)


@given(SHARES, SHARES, SHARES, SHARES, SHARES, SHARES)
def test_the_ratio_interval_ends_where_the_contrast_does(
    a: float, b: float, c: float, d: float, e: float, f: float
) -> None:
    (l_a, value, u_a), (l_b, reference, u_b) = sorted((a, b, c)), sorted((d, e, f))
    own, other = Interval(l_a, u_a), Interval(l_b, u_b)
    found = ratio_interval(value, own, reference, other)

    def upper(k: float) -> float:  # the upper end of value − k·reference
        return value - k * reference + math.hypot(u_a - value, k * (reference - l_b))

    def lower(k: float) -> float:
        return value - k * reference - math.hypot(value - l_a, k * (u_b - reference))

    assert found.high == pytest.approx(optimize.brentq(upper, value / reference * (1 - 1e-9), 1e6), rel=1e-6)
    assert found.low == pytest.approx(optimize.brentq(lower, 0, value / reference * (1 + 1e-9)), rel=1e-6)
    p = ratio_p_value(value, own, reference, other, 0.8, 0.95)
    if abs(found.high - 0.8) > 1e-6:
        assert (p < 0.025) == (found.high < 0.8)


def test_nobody_meeting_it_is_a_ratio_of_zero_with_an_interval() -> None:
    table, tau = riders((0.9, 0.0))
    (row,) = parity(table, tau)[0]
    assert (row.ratio, row.ratio_interval.low) == (0.0, 0.0)
    assert 0 < row.ratio_interval.high < 0.8
    assert row.disparate


def test_an_end_that_the_data_cannot_bound_is_infinite() -> None:
    assert ratio_interval(1.0, Interval(0.5, math.inf), 1.0, Interval(-math.inf, math.inf)) == Interval(
        0.0, math.inf
    )
    assert ratio_p_value(0.1, Interval(0.0, math.inf), 1.0, Interval(0.5, 2.0), 0.8, 0.95) == 0.5


def test_thresholds_are_those_of_the_rows_service_area_and_whole_band() -> None:
    table = observations_table(
        DELIVERY_TIME,
        5,
        platform=[1, 1, 1, 2, 1],
        distance=[0, 1, 1, 0, -1],
        area=[130203, 130203, 110101, 130203, 130203],
    )
    thresholds = [
        DeclaredThreshold(1, "delivery_time", 900, max_m=1_500, area=130200),
        DeclaredThreshold(1, "delivery_time", 1_200, max_m=2_000, area=130200),
        DeclaredThreshold(2, "commission_share", 0.2),
    ]
    found = declared_for(table, thresholds, DISTANCE_BANDS)
    np.testing.assert_equal(found, [1_200, 1_200, np.nan, np.nan, np.nan])


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ValueError, match="commission_share"):
        parity(observations_table(COMMISSION_SHARE, 5))
    with pytest.raises(ValueError, match="tau"):
        parity(observations_table(DELIVERY_TIME, 5))
    with pytest.raises(ValueError, match="band"):
        ParityParams(band=1.0)
