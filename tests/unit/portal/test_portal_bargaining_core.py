"""Units as typed, rows sorted and filtered, drawings of what-ifs and of a threshold's history."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.adapters.decode_audits import audit as decoded
from services.portal.core import units
from services.portal.core.audit_tables import Ratchet
from services.portal.core.audits import Audit, Interval, Verdict
from services.portal.core.frontier_chart import frontier_chart, round_values
from services.portal.core.group_chart import line
from services.portal.core.history_chart import history_chart
from services.portal.core.language import NO_TEXT, Language
from services.portal.core.thresholds import (
    Order,
    Standing,
    ThresholdQuery,
    ThresholdVersion,
    newest,
    standings,
    tables,
    unaudited,
)
from services.portal.core.what_if import Frontier, WhatIf, bounds
from tests.support.fake_suite import bargaining, data

DAY_MS = 24 * data.HOUR_MS
NAMES = ["s", "share", "fen", "fen/h", "fen/order", "km/h", "orders/day", "h/day"]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("28.5", "s", 1_710),
        (" ２８．５ 分钟", "s", 1_710),
        ("15%", "share", 0.15),
        ("1,234.50", "fen", 123_450),
        (".5", "km/h", 0.5),
        ("", "s", None),
        ("-3", "s", None),
        ("half", "s", None),
        ("1.2.3", "s", None),
    ],
)
def test_a_value_is_read_as_people_type_it(text: str, unit: str, value: float | None) -> None:
    assert units.read(text, unit) == value


@given(st.sampled_from(NAMES), st.integers(0, 1_000_000))
def test_what_an_input_shows_is_read_back_as_the_same_value(name: str, steps: int) -> None:
    known = units.unit(name)
    value = steps / 10**known.decimals * known.factor
    read = units.read(units.plain(value, name), name)
    assert read is not None
    assert math.isclose(read, value, rel_tol=1e-9, abs_tol=1e-6)


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(1_668, 1_746, "27.8–29.1 分钟"), (-math.inf, 1_740, "≤ 29 分钟"), (1_740, math.inf, "≥ 29 分钟")],
)
def test_an_interval_says_its_unit_once(low: float, high: float, shown: str) -> None:
    assert units.interval(low, high, "s", Language.CHINESE) == shown


def audits() -> list[Audit]:
    return [decoded(bargaining.full_audit()), decoded(bargaining.orders_audit())]


def shown(query: ThresholdQuery) -> list[tuple[str, str, str]]:
    return [
        (table.metric_id, each.row.platform_id, each.row.cohort)
        for table in tables(standings(audits()), query, {})
        for each in table.standings
    ]


def test_the_gravest_metric_and_row_stand_first() -> None:
    rows = shown(ThresholdQuery())
    assert rows[0] == ("delivery_time", "kuaida", "3000-5000")  # below the floor
    assert len(rows) == 17


@pytest.mark.parametrize("order", list(Order))
def test_every_order_shows_the_same_rows(order: Order) -> None:
    assert sorted(shown(ThresholdQuery(order=order))) == sorted(shown(ThresholdQuery()))


def test_rows_without_figures_come_last_by_workers_and_by_attainment() -> None:
    for order in (Order.WORKERS, Order.ATTAINMENT):
        cohorts = [row[2] for row in shown(ThresholdQuery(metric_id="delivery_time", order=order))]
        assert cohorts[-3:] == ["5000-inf"] * 3


def test_filters_go_together() -> None:
    query = ThresholdQuery("kuaida", "delivery_time", data.AREA, Verdict.STRICTEST)
    assert {row[1:] for row in shown(query)} == {
        ("kuaida", band) for band in ("1000-2000", "2000-3000", "3000-5000")
    }


def test_a_row_of_two_audits_is_told_by_the_later_one() -> None:
    first = audits()[0]
    later = replace(first, audit_id="later", area_code="130203")
    later = replace(later, create_time_ms=(first.create_time_ms or 0) + 1)
    assert {each.audit.audit_id for each in standings([later, first])} == {"later"}
    assert [each.audit_id for each in newest([later, replace(later, audit_id="old", create_time_ms=1)])] == [
        "later"
    ]


def version(number: int, value: float, day: int, name: str = "t") -> ThresholdVersion:
    return ThresholdVersion(
        name, number, "kuaida", "delivery_time", data.AREA, 1, 0, 0, value, day * DAY_MS, ""
    )


def test_only_what_is_in_force_and_was_never_judged_is_unaudited() -> None:
    judged = replace(audits()[0].cohorts[0], threshold_id="judged")
    versions = [
        version(1, 600, 1),
        version(2, 540, 5),
        version(3, 480, 99),
        version(1, 1, 1, "judged"),
        version(1, 1, 99, "coming"),
    ]
    found = unaudited(versions, [Standing(audits()[0], judged)], 10 * DAY_MS)
    assert [(each.threshold_id, each.version) for each in found] == [("t", 2)]


def what_if(threshold: float, attainment: float) -> WhatIf:
    sure = Interval(attainment, attainment)
    return WhatIf(threshold, attainment, sure, 100, 0, 10, 0, False, Verdict.WITHIN_MIDDLE, None)


def frontier(floor: float = 700) -> Frontier:
    points = tuple(what_if(600 + 60 * step, step / 20) for step in range(21))
    return Frontier(points, Interval(1_080, 1_320), 1_200, floor, 900)


def test_the_moved_threshold_lies_on_the_curve() -> None:
    chart = frontier_chart(frontier(), Interval(0.4, 0.6), 1_200, 0.5, 60, width=720, height=300)
    assert f"{chart.moved},{chart.moved_y}" in chart.curve.split()
    assert chart.middle_start < chart.moved < chart.middle_start + chart.middle_width
    assert chart.floor is not None
    assert chart.left < chart.floor < chart.declared


def test_a_floor_outside_of_what_is_drawn_is_left_out() -> None:
    chart = frontier_chart(frontier(60), Interval(0.4, 0.6), 1_200, 0.5, 60, width=720, height=300)
    assert chart.floor is None


def test_a_slider_covers_every_point_in_whole_steps() -> None:
    assert bounds([what_if(610, 0), what_if(1_799, 1)], 30) == (600, 1_800)


@given(
    st.floats(0, 1e6),
    st.floats(1e-3, 1e6),
    st.sampled_from([1.0, 60.0, 100.0, 0.01]),
    st.integers(1, 12),
)
def test_ticks_are_within_and_not_too_many(low: float, span: float, factor: float, most: int) -> None:
    ticks = round_values(low, low + span, factor, most)
    assert len(ticks) <= most + 1
    assert all(low - 1e-6 * span - 1e-6 <= tick <= low + span * (1 + 1e-6) + 1e-6 for tick in ticks)


def ratchet(limits: tuple[float, ...], slope: float) -> Ratchet:
    times = tuple(number * 30 * DAY_MS for number in range(1, len(limits) + 1))
    return Ratchet("kuaida", "", NO_TEXT, times, limits, slope, slope, slope, 0.01, True)


def test_the_trend_goes_through_limits_that_lie_on_a_line() -> None:
    chart = history_chart(
        [version(1, 1_500, 1)],
        ratchet((1_500, 1_440, 1_380, 1_320), -60),
        200 * DAY_MS,
        60,
        width=700,
        height=300,
    )
    assert chart is not None
    assert chart.trend == (*chart.dots[0], *chart.dots[-1])
    assert chart.steps.startswith("M")
    assert chart.steps.endswith(f"H{chart.right}")


def test_nothing_is_drawn_without_a_second_moment() -> None:
    assert history_chart([], None, 5 * DAY_MS, 60, width=700, height=300) is None
    assert history_chart([version(1, 600, 5)], None, 5 * DAY_MS, 60, width=700, height=300) is None


def test_an_infinite_end_reaches_the_edge_and_a_missing_one_the_point() -> None:
    drawn = line(None, 0.9, math.inf, 0.8, 0.4, 1.2, 220)
    assert drawn.start == drawn.point
    assert drawn.end == 214
    assert drawn.mark < drawn.point
