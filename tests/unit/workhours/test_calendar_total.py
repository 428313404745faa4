"""Totals of calendar windows, against a minute-by-minute count in the zone's own clock."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.workhours.core.calendar_windows import midnight_ms, windows_over
from services.workhours.core.document import Node
from services.workhours.core.families import calendar_total
from services.workhours.core.param_reader import ParamReader
from services.workhours.core.timeline import Interval, Span, Timeline
from services.workhours.core.verdict import Severity
from tests.unit.workhours.long_run import EXAMPLES

MINUTE, HOUR = 60_000, 3_600_000
SHANGHAI, PARIS = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Paris")
STATES = ("driving", "work", "rest")


def params(zone: ZoneInfo = SHANGHAI, **values: str) -> calendar_total.Params:
    """The parameters as a pack would give them."""
    given_values = {"states": "driving", "window": "day", "limit": "8 h", "exceed": "past"} | values
    node = {
        name: {"value": value, "origin": {"zh": "测试", "en": "test"}} for name, value in given_values.items()
    }
    return calendar_total.parse(ParamReader(Node(node, "params"), STATES, zone))


def ms(local: str, zone: ZoneInfo = SHANGHAI) -> int:
    return round(datetime.fromisoformat(local).replace(tzinfo=zone).timestamp() * 1000)


def spent(*spells: tuple[str, str], state: str = "driving", zone: ZoneInfo = SHANGHAI) -> list[Interval]:
    return [Interval(ms(start, zone), ms(end, zone), state) for start, end in spells]


def judge(intervals: list[Interval], given_params: calendar_total.Params) -> list[tuple[Severity, int, int]]:
    found = calendar_total.judge(Timeline.of(intervals), given_params, {})
    return [(verdict.severity, verdict.start_ms, verdict.end_ms) for verdict in found]


def test_past_the_limit_the_breach_begins_with_the_next_act() -> None:
    day = spent(("2026-03-02T08:00", "2026-03-02T16:00"), ("2026-03-02T17:00", "2026-03-02T18:00"))
    assert judge(day, params()) == [(Severity.BREACH, ms("2026-03-02T17:00"), ms("2026-03-02T18:00"))]


def test_where_reaching_violates_the_breach_begins_at_the_limit() -> None:
    day = spent(("2026-03-02T08:00", "2026-03-02T16:00"), ("2026-03-02T17:00", "2026-03-02T18:00"))
    found = judge(day, params(exceed="reach"))
    assert found == [(Severity.BREACH, ms("2026-03-02T16:00"), ms("2026-03-02T18:00"))]


def test_exactly_the_limit_is_reached_and_not_past() -> None:
    day = spent(("2026-03-02T08:00", "2026-03-02T16:00"))
    at = ms("2026-03-02T16:00")
    assert judge(day, params()) == [(Severity.LIMIT_REACHED, at, at)]
    assert judge(day, params(exceed="reach")) == [(Severity.BREACH, at, at)]


def test_the_prompt_comes_at_the_lead() -> None:
    day = spent(("2026-03-02T08:00", "2026-03-02T15:40"))
    at = ms("2026-03-02T15:30")
    assert judge(day, params(prompt_lead="30 min")) == [(Severity.PROMPT, at, at)]
    assert judge(day, params()) == []


def test_an_interval_over_midnight_counts_in_both_days_with_its_part() -> None:
    night = spent(("2026-03-02T19:00", "2026-03-03T04:00"))
    assert judge(night, params(limit="4 h 59 min")) == [
        (Severity.BREACH, ms("2026-03-02T23:59"), ms("2026-03-03T00:00"))
    ]


def test_only_acts_violate_past_the_limit() -> None:
    day = spent(("2026-03-02T06:00", "2026-03-02T16:00"), state="work")
    both = params(states="driving, work", acts="driving")
    assert [severity for severity, *_ in judge(day, both)] == [Severity.LIMIT_REACHED]
    late = spent(("2026-03-02T17:00", "2026-03-02T18:00"))
    assert judge([*day, *late], both) == [(Severity.BREACH, ms("2026-03-02T17:00"), ms("2026-03-02T18:00"))]


def test_a_fortnight_is_any_two_consecutive_weeks() -> None:
    second = spent(("2026-03-09T00:00", "2026-03-10T22:00"))
    third = spent(("2026-03-16T00:00", "2026-03-17T22:00"))
    found = calendar_total.judge(Timeline.of([*second, *third]), params(window="fortnight", limit="90 h"), {})
    assert [(each.period_start_ms, each.measured_ms) for each in found] == [
        (ms("2026-03-09T00:00"), 92 * HOUR)
    ]
    assert found[0].open


def test_a_month_ends_with_its_last_day() -> None:
    work = spent(("2026-01-31T20:00", "2026-02-01T06:00"))
    assert judge(work, params(window="month", limit="5 h")) == [
        (Severity.BREACH, ms("2026-02-01T05:00"), ms("2026-02-01T06:00"))
    ]


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)])
def test_a_day_of_a_clock_change_has_its_own_length(day: str, hours: int) -> None:
    noon = ms(f"{day}T12:00", PARIS)
    (window,) = windows_over("day", Span(noon, noon + 1), PARIS)
    assert window.length_ms == hours * HOUR


def test_a_day_whose_midnight_was_skipped_begins_with_the_jump() -> None:
    zone = ZoneInfo("America/Sao_Paulo")  # 2018-11-04: 23:59:59 was followed by 01:00
    assert midnight_ms(date(2018, 11, 4), zone) == ms("2018-11-04T01:00", zone)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"states": "sleeping"}, "states"),
        ({"prompt_lead": "8 h"}, "prompt_lead"),
        ({"window": "year"}, "window"),
    ],
)
def test_a_parameter_that_cannot_be_is_refused_by_name(values: dict[str, str], field: str) -> None:
    with pytest.raises(ValueError, match=field):
        params(SHANGHAI, **values)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    spells=st.lists(
        st.tuples(st.integers(0, 4 * 24 * 60), st.integers(0, 400), st.sampled_from(STATES)), max_size=12
    ),
    window=st.sampled_from(("day", "week", "fortnight", "month")),
    limit=st.integers(1, 1500),
    exceed=st.sampled_from(("past", "reach")),
    zone=st.sampled_from((PARIS, SHANGHAI, ZoneInfo("America/St_Johns"))),
    acts=st.sampled_from(("driving", "driving, work")),
    first=st.sampled_from(("2026-03-27", "2026-10-23", "2026-12-29")),
)
def test_as_counted_minute_by_minute(
    spells: list[tuple[int, int, str]],
    window: str,
    limit: int,
    exceed: str,
    zone: ZoneInfo,
    acts: str,
    first: str,
) -> None:
    start = datetime.fromisoformat(first).replace(tzinfo=UTC)
    start_ms = round(start.timestamp() * 1000)
    intervals = [
        Interval(start_ms + at * MINUTE, start_ms + (at + length) * MINUTE, state)
        for at, length, state in spells
    ]
    asked: dict[str, Any] = {"window": window, "limit": f"{limit} min", "exceed": exceed}
    found = judge(
        [*intervals, *reversed(intervals)], params(zone, states="driving, work", acts=acts, **asked)
    )
    breaches = [(start, end) for severity, start, end in found if severity is Severity.BREACH]

    minutes: dict[date, list[tuple[int, set[str]]]] = defaultdict(list)
    for minute in sorted({minute for at, length, _ in spells for minute in range(at, at + length)}):
        spent_in = {state for at, length, state in spells if at <= minute < at + length} - {"rest"}
        local = (start + timedelta(minutes=minute)).astimezone(zone).date()
        monday = local - timedelta(days=local.weekday())
        for key in {
            "day": [local],
            "week": [monday],
            "fortnight": [monday - timedelta(days=7), monday],
            "month": [local.replace(day=1)],
        }[window]:
            if spent_in:
                minutes[key].append((start_ms + minute * MINUTE, spent_in))
    expected = []
    for _, counted in sorted(minutes.items()):
        reached = [counted[limit - 1][0] + MINUTE] if len(counted) >= limit else []
        allowed = set(acts.split(", "))
        beyond = [at for at, states in counted[limit:] if states & allowed]
        if reached and exceed == "reach":
            expected.append((reached[0], beyond[-1] + MINUTE if beyond else reached[0]))
        elif beyond:
            expected.append((beyond[0], beyond[-1] + MINUTE))
    assert breaches == expected
