"""What the European pack says of single days and weeks, one article at a time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from services.workhours.core.families import daily_rest
from services.workhours.core.families.registry import FAMILIES
from services.workhours.core.pack_parser import parse_rule_pack
from services.workhours.core.rule_pack import Rule
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Severity, Verdict

PACK = Path(__file__).resolve().parents[3] / "rules" / "eu-561-2006.yaml"
HOUR_MS = 3_600_000
MONDAY = datetime(2026, 2, 2, tzinfo=UTC)
BREAK, DRIVING = "eu.break_45min_after_4h30_driving", "eu.daily_driving_9h"
DAILY, WEEKLY = "eu.daily_rest", "eu.weekly_rest"

Part = tuple[str, float]
"""State and hours."""
DAY: list[Part] = [("driving", 4), ("break", 1), ("driving", 4)]


@pytest.fixture(scope="module")
def rules() -> dict[str, Rule]:
    return {rule.code: rule for rule in parse_rule_pack(yaml.safe_load(PACK.read_text("utf-8"))).rules}


def timeline(*parts: Part, start_h: float = 0, known_h: float | None = None) -> Timeline:
    """These parts one after the other from `start_h` after Monday midnight, known to `known_h`."""
    intervals = []
    at = start_h
    for state, hours in parts:
        intervals.append(Interval(hour_ms(at), hour_ms(at + hours), state))
        at += hours
    return Timeline.of(intervals, None if known_h is None else hour_ms(known_h))


def hour_ms(hours: float) -> int:
    return round(MONDAY.timestamp() * 1000 + hours * HOUR_MS)


def verdicts(rule: Rule, history: Timeline) -> list[Verdict]:
    return FAMILIES[rule.family].judge(history, rule.params, {})


def breaches(rule: Rule, history: Timeline) -> list[tuple[float, float]]:
    """Start and end in hours after Monday midnight."""
    monday_ms = hour_ms(0)
    return [
        ((each.start_ms - monday_ms) / HOUR_MS, (each.end_ms - monday_ms) / HOUR_MS)
        for each in verdicts(rule, history)
        if each.severity is Severity.BREACH
    ]


def test_thirty_then_fifteen_minutes_is_no_break(rules: dict[str, Rule]) -> None:
    history = timeline(("driving", 2), ("break", 0.5), ("driving", 2.5), ("break", 0.25), ("driving", 1))
    assert breaches(rules[BREAK], history) == [(5.25, 6.25)]


def test_a_pause_before_any_driving_is_no_first_part(rules: dict[str, Rule]) -> None:
    history = timeline(
        ("other_work", 1), ("break", 0.25), ("driving", 4), ("break", 0.5), ("driving", 1), known_h=6.75
    )
    assert breaches(rules[BREAK], history) == [(6.25, 6.75)]


def test_four_and_a_half_hours_are_reached_but_not_past(rules: dict[str, Rule]) -> None:
    (verdict,) = verdicts(rules[BREAK], timeline(("driving", 4.5)))
    assert verdict.severity is Severity.LIMIT_REACHED
    assert verdict.open


def test_the_third_day_of_ten_hours_in_a_week_is_a_breach(rules: dict[str, Rule]) -> None:
    ten: list[Part] = [("driving", 10), ("rest", 14)]
    assert breaches(rules[DRIVING], timeline(*ten, *ten, *ten)) == [(57, 58)]
    assert breaches(rules[DRIVING], timeline(*ten, *ten, *ten, start_h=6 * 24)) == []


def test_driving_on_to_the_ferry_is_not_of_the_day_if_it_interrupts_the_rest(rules: dict[str, Rule]) -> None:
    crossing: list[Part] = [("rest", 2), ("driving", 0.5), ("rest_ferry", 9), ("driving", 0.5), ("rest", 1)]
    assert breaches(rules[DRIVING], timeline(("driving", 10), *crossing)) == []
    interrupted_too_long: list[Part] = [*crossing[:3], ("driving", 0.6), ("rest", 1)]
    assert breaches(rules[DRIVING], timeline(("driving", 10), *interrupted_too_long)) == []
    no_crossing: list[Part] = [("rest", 2), ("driving", 0.5), ("rest", 9)]
    assert breaches(rules[DRIVING], timeline(("driving", 10), *no_crossing)) == [(12, 12.5)]


def test_the_rest_must_begin_nine_hours_before_the_day_is_over(rules: dict[str, Rule]) -> None:
    assert breaches(rules[DAILY], timeline(("work", 15), ("rest", 9))) == []
    assert breaches(rules[DAILY], timeline(("work", 16), ("rest", 12))) == [(15, 16)]


def test_the_fourth_reduced_rest_between_weekly_ones_is_a_breach(rules: dict[str, Rule]) -> None:
    reduced: list[Part] = [("work", 14), ("rest", 10)]
    assert breaches(rules[DAILY], timeline(*reduced, *reduced, *reduced, ("work", 13), ("rest", 11))) == []
    assert breaches(rules[DAILY], timeline(*reduced * 4)) == [(85, 86)]
    weekly: list[Part] = [("work", 13), ("rest", 24)]
    assert breaches(rules[DAILY], timeline(*reduced * 3, *weekly, *reduced * 3)) == []


def test_a_weekly_rest_begun_too_late_is_a_reduced_daily_rest_too(rules: dict[str, Rule]) -> None:
    reduced: list[Part] = [("work", 14), ("rest", 10)]
    assert breaches(rules[DAILY], timeline(*reduced * 3, ("work", 14), ("rest", 45))) == [(85, 86)]


def test_three_hours_then_nine_are_no_reduced_rest(rules: dict[str, Rule]) -> None:
    split: list[Part] = [("work", 6), ("rest", 3), ("work", 6), ("rest", 9)]
    history = timeline(*split * 5)
    assert breaches(rules[DAILY], history) == []
    assert [rest.kind for rest in daily_rest.daily_rests(history, rules[DAILY].params)] == ["split"] * 5


def test_nine_hours_then_three_are_a_reduced_rest(rules: dict[str, Rule]) -> None:
    history = timeline(("work", 6), ("rest", 9), ("work", 6), ("rest", 3))
    assert daily_rest.daily_rests(history, rules[DAILY].params)[0].kind == "reduced"


def test_a_reduced_rest_may_not_be_interrupted_by_a_crossing(rules: dict[str, Rule]) -> None:
    history = timeline(("work", 6), ("rest", 1), ("movement_ferry", 0.25), ("rest_ferry", 9), ("work", 1))
    first, *_ = daily_rest.daily_rests(history, rules[DAILY].params)
    assert (first.kind, first.interruptions, first.day.end_ms) == ("reduced", 0, hour_ms(7.25))


def test_a_breach_is_certain_before_the_day_is_over(rules: dict[str, Rule]) -> None:
    (*_, verdict) = verdicts(rules[DAILY], timeline(("work", 15.5)))
    assert (verdict.severity, verdict.open) == (Severity.BREACH, True)


def test_a_weekly_rest_may_begin_at_the_end_of_the_sixth_day(rules: dict[str, Rule]) -> None:
    days = [part for _ in range(5) for part in [*DAY, ("rest", 15.0)]]
    assert (
        breaches(rules[WEEKLY], timeline(*days, ("work", 12), ("rest", 11), ("work", 1), ("rest", 45))) == []
    )
    assert breaches(
        rules[WEEKLY], timeline(*days, ("work", 12), ("rest", 11), ("work", 2), ("rest", 45))
    ) == [(144, 145)]


def test_two_reduced_weekly_rests_in_two_weeks_are_a_breach_once_the_weeks_are_over(
    rules: dict[str, Rule],
) -> None:
    week = [part for _ in range(5) for part in [*DAY, ("rest", 15.0)]]
    reduced: list[Part] = [*week, *DAY, ("rest", 39)]
    regular: list[Part] = [*week, ("rest", 48)]
    assert breaches(rules[WEEKLY], timeline(*reduced, *reduced, *DAY)) == [(336, 345)]
    assert breaches(rules[WEEKLY], timeline(*reduced, *regular, *DAY)) == []
    assert breaches(rules[WEEKLY], timeline(*reduced, *reduced)) == []


def test_a_holiday_of_three_weeks_is_no_offence(rules: dict[str, Rule]) -> None:
    week = [part for _ in range(5) for part in [*DAY, ("rest", 15.0)]]
    regular: list[Part] = [*week, ("rest", 48)]
    holiday: list[Part] = [("rest", 21 * 24)]
    assert breaches(rules[WEEKLY], timeline(*regular, *holiday, *regular, *regular)) == []
