"""The families of working periods and rests, apart from any pack: dating, tiers, refusals."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.workhours.core.document import Node
from services.workhours.core.families import (
    calendar_week_rest,
    no_push,
    rest_days,
    rest_in_window,
    work_period_break,
    work_period_total,
)
from services.workhours.core.param_reader import ParamReader
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Severity, Verdict

HOUR = 3_600_000
TOTAL = {"states": "work", "rest": "10 h", "limit": "8 h", "exceed": "past"}
BREAK = {
    "states": "work",
    "rest": "10 h",
    "piece": "15 min",
    "worked_over": "6 h, 9 h",
    "breaks": "30 min, 45 min",
}
WINDOW = {"states": "work", "rest": "10 h", "window": "24 h"}
WEEK_REST = {"states": "work", "rest": "34 h", "max_days": "6"}
REST_DAYS = {"states": "work", "days": "1"}
NO_PUSH = {"of": "pack.other", "offers": "push", "window": "20 min"}


def parsed(family: ModuleType, params: Mapping[str, str]) -> Any:
    node = {name: {"value": value, "origin": {"zh": "测试", "en": "test"}} for name, value in params.items()}
    return family.parse(ParamReader(Node(node, "params"), ["work", "transfer", "push"], ZoneInfo("UTC")))


def judge(family: ModuleType, params: Mapping[str, str], *hours: tuple[float, float]) -> list[Verdict]:
    """Work at these hours; hour 0 is Monday, 5 January 1970, 00:00 UTC."""
    monday = 4 * 24
    work = [
        Interval(round((monday + start) * HOUR), round((monday + end) * HOUR), "work") for start, end in hours
    ]
    verdicts: list[Verdict] = family.judge(Timeline.of(work), parsed(family, params), {})
    return verdicts


def hour(at_ms: int) -> float:
    return at_ms / HOUR - 4 * 24


def test_by_excess_a_breach_lasts_from_the_limit_to_the_last_act() -> None:
    (verdict,) = judge(work_period_total, TOTAL, (6, 12), (13, 16))
    assert (hour(verdict.start_ms), hour(verdict.end_ms)) == (15, 16)
    assert (hour(verdict.period_start_ms), hour(verdict.period_end_ms)) == (6, 16)


def test_by_excess_a_breach_begins_with_the_next_act_where_the_limit_stood_in_a_gap() -> None:
    (verdict,) = judge(work_period_total, TOTAL, (6, 14), (15, 16))
    assert (hour(verdict.start_ms), hour(verdict.end_ms)) == (15, 16)


def test_where_reaching_violates_the_limit_itself_is_a_breach() -> None:
    (verdict,) = judge(work_period_total, TOTAL | {"exceed": "reach"}, (6, 14))
    assert (verdict.severity, hour(verdict.start_ms), hour(verdict.end_ms)) == (Severity.BREACH, 14, 14)


def test_by_excess_the_missing_break_counts_from_the_first_length_passed() -> None:
    (verdict,) = judge(work_period_break, BREAK, (6, 16))
    assert (hour(verdict.start_ms), hour(verdict.end_ms)) == (12, 16)
    assert verdict.detail["required_break_s"] == 45 * 60


def test_a_break_can_be_enough_for_six_hours_and_too_short_for_nine() -> None:
    (verdict,) = judge(work_period_break, BREAK, (6, 10), (10.5, 16))
    assert (hour(verdict.start_ms), hour(verdict.end_ms)) == (15.5, 16)


def test_by_excess_a_missing_rest_is_one_breach_a_spell_from_the_first_late_act() -> None:
    (verdict,) = judge(rest_in_window, WINDOW, (6, 12), (15, 18), (21, 24), (30, 40))
    assert (hour(verdict.start_ms), hour(verdict.end_ms)) == (21, 40)


def test_by_excess_a_missing_weekly_rest_counts_from_the_act_that_takes_it_away() -> None:
    acts = [(24 * day + 6.0, 24 * day + 16.0) for day in range(6)]
    (verdict,) = judge(calendar_week_rest, WEEK_REST, *acts)
    assert (hour(verdict.start_ms), hour(verdict.end_ms)) == (24 * 5 + 14, 24 * 5 + 16)


def test_a_prompt_for_the_weekly_rest_comes_before_it_has_to_begin() -> None:
    acts = [(24 * day + 6.0, 24 * day + 13.0) for day in range(6)]
    (verdict,) = judge(calendar_week_rest, WEEK_REST | {"prompt_lead": "2 h"}, *acts)
    assert (verdict.severity, hour(verdict.start_ms)) == (Severity.PROMPT, 24 * 5 + 12)


@pytest.mark.parametrize(
    "family",
    [work_period_total, work_period_break, rest_in_window, calendar_week_rest, rest_days, no_push],
)
def test_a_worker_of_whom_nothing_is_known_has_no_verdict(family: ModuleType) -> None:
    params = {
        work_period_total: TOTAL,
        work_period_break: BREAK,
        rest_in_window: WINDOW,
        calendar_week_rest: WEEK_REST,
        rest_days: REST_DAYS,
        no_push: NO_PUSH,
    }[family]
    assert family.judge(Timeline.of([]), parsed(family, params), {"pack.other": []}) == []


@pytest.mark.parametrize(
    ("family", "params", "field"),
    [
        (work_period_total, TOTAL | {"prompt_lead": "8 h"}, "prompt_lead"),
        (work_period_total, TOTAL | {"states": "sleeping"}, "states"),
        (work_period_total, TOTAL | {"night_from": "00:00"}, "night_from"),
        (work_period_total, TOTAL | {"night_limit": "10 h"}, "night_from"),
        (work_period_total, TOTAL | {"long_span": "12 h"}, "long_span_limit"),
        (work_period_break, BREAK | {"breaks": "30 min"}, "breaks"),
        (work_period_break, BREAK | {"worked_over": "9 h, 6 h"}, "worked_over"),
        (work_period_break, BREAK | {"prompt_lead": "6 h"}, "prompt_lead"),
        (rest_in_window, WINDOW | {"window": "10 h"}, "window"),
        (rest_in_window, WINDOW | {"prompt_lead": "14 h"}, "prompt_lead"),
        (calendar_week_rest, WEEK_REST | {"max_days": "8"}, "max_days"),
        (calendar_week_rest, WEEK_REST | {"rest": "169 h"}, "rest"),
        (rest_days, REST_DAYS | {"days": "8"}, "days"),
        (rest_days, REST_DAYS | {"prompt_days_left": "-1"}, "prompt_days_left"),
        (no_push, NO_PUSH | {"offers": "push, work"}, "offers"),
        (no_push, NO_PUSH | {"window": "-5 min"}, "window"),
    ],
)
def test_parameters_that_make_no_sense_are_refused_by_name(
    family: ModuleType, params: Mapping[str, str], field: str
) -> None:
    with pytest.raises(ValueError, match=rf"params\.{field}\b"):
        parsed(family, params)
