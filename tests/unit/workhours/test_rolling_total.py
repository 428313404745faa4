"""The family "rolling_total": windows of days and hours, restarts, tiers; any numbers, second by second."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.workhours.core.document import Node
from services.workhours.core.families import rolling_total
from services.workhours.core.families.rolling_total import Params
from services.workhours.core.param_reader import ParamReader
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Severity, Step, Verdict
from tests.unit.workhours.long_run import EXAMPLES

DRIVING = frozenset({"driving"})
DUTY = frozenset({"driving", "on_duty"})
NEW_YORK = ZoneInfo("America/New_York")
HOUR = 3_600_000

HOURS = Params(
    states=DUTY,
    acts=DRIVING,
    work=DUTY,
    window_days=0,
    window_ms=100,
    day_starts_at_ms=0,
    restart_ms=40,
    limit_ms=50,
    exceed="past",
    prompt_lead_ms=10,
    zone=NEW_YORK,
)
DAYS = replace(
    HOURS, window_days=2, window_ms=0, restart_ms=34 * HOUR, limit_ms=10 * HOUR, prompt_lead_ms=HOUR
)


def judge(params: Params, *rows: tuple[str, int, int], until: int | None = None) -> list[Verdict]:
    timeline = Timeline.of((Interval(start, end, state) for state, start, end in rows), until)
    return rolling_total.judge(timeline, params, {})


def seen(verdicts: list[Verdict]) -> list[tuple[str, int, int]]:
    return [(v.severity.name, v.start_ms, v.end_ms) for v in verdicts]


def at(local: str) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=NEW_YORK).timestamp() * 1000)


def test_the_tiers_of_a_window_of_hours() -> None:
    assert judge(HOURS, ("driving", 0, 39)) == []
    assert seen(judge(HOURS, ("driving", 0, 40))) == [("PROMPT", 40, 40)]
    assert seen(judge(HOURS, ("driving", 0, 30), ("driving", 60, 80))) == [("LIMIT_REACHED", 80, 80)]
    assert seen(judge(HOURS, ("driving", 0, 30), ("driving", 60, 81))) == [("BREACH", 80, 81)]


def test_other_work_past_the_limit_reaches_it_only() -> None:
    (verdict,) = judge(HOURS, ("on_duty", 0, 60))
    assert seen([verdict]) == [("LIMIT_REACHED", 50, 50)]
    assert verdict.measured_ms == 60


def test_at_the_limit_driving_goes_on_lawfully_while_as_much_leaves_the_window() -> None:
    # The first 20 leave the window between 100 and 120, just as the last 20 enter it.
    rows = (("driving", 0, 20), ("driving", 50, 80), ("driving", 100, 120))
    assert seen(judge(HOURS, *rows)) == [("LIMIT_REACHED", 80, 80)]
    assert seen(judge(HOURS, *rows, ("driving", 120, 121))) == [("BREACH", 120, 121)]


def test_a_rest_of_exactly_the_restart_empties_the_window() -> None:
    assert judge(HOURS, ("driving", 0, 35), ("driving", 75, 110)) == []
    assert seen(judge(HOURS, ("driving", 0, 35), ("driving", 74, 110))) == [("BREACH", 89, 110)]


def test_later_breaches_of_a_period_have_names_of_their_own() -> None:
    verdicts = judge(HOURS, ("driving", 0, 60), ("driving", 70, 75), ("driving", 200, 260), until=300)
    assert seen(verdicts) == [("BREACH", 50, 60), ("BREACH", 70, 75), ("BREACH", 250, 260)]
    assert [v.period_start_ms for v in verdicts] == [0, 70, 200]
    assert [v.measured_ms for v in verdicts] == [60, 65, 60]
    assert verdicts[2].trace == (Step(200, 260, 60),)


def test_the_oldest_day_drops_off_at_midnight() -> None:
    rows = (
        ("driving", at("2026-05-04T10:00"), at("2026-05-04T16:00")),
        ("driving", at("2026-05-05T22:00"), at("2026-05-06T04:00")),
    )
    # 6 h and 2 h on the second day; on the third the 6 h are gone, and 4 h come to the 2 h.
    found = judge(replace(DAYS, limit_ms=7 * HOUR), *rows)
    assert seen(found) == [
        ("PROMPT", at("2026-05-04T16:00"), at("2026-05-04T16:00")),
        ("BREACH", at("2026-05-05T23:00"), at("2026-05-06T00:00")),
        ("PROMPT", at("2026-05-06T04:00"), at("2026-05-06T04:00")),
    ]


def test_a_day_may_begin_at_another_time_of_the_wall_clock() -> None:
    params = replace(DAYS, day_starts_at_ms=4 * HOUR, window_days=1, limit_ms=4 * HOUR)
    rows = (("driving", at("2026-03-08T01:00"), at("2026-03-08T09:30")),)
    # On this night 01:00 to 04:00 lasts two hours; the day's 4 h begin at 04:00 by the new time.
    assert seen(judge(params, *rows)) == [("BREACH", at("2026-03-08T08:00"), at("2026-03-08T09:30"))]


def test_where_reaching_violates_the_moment_at_midnight_belongs_to_the_day_before() -> None:
    params = replace(DAYS, exceed="reach", window_days=1, limit_ms=4 * HOUR)
    midnight = at("2026-05-05T00:00")
    (verdict,) = judge(params, ("driving", at("2026-05-04T20:00"), midnight))
    assert seen([verdict]) == [("BREACH", midnight, midnight)]
    assert verdict.period_start_ms == at("2026-05-04T00:00")


row = st.builds(
    lambda state, start, length: (state, start, start + length),
    st.sampled_from(["driving", "on_duty", "off"]),
    st.integers(0, 170),
    st.integers(0, 40),
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(row, max_size=14),
    st.integers(5, 60),
    st.integers(1, 40),
    st.integers(0, 30),
    st.sampled_from([DRIVING, DUTY]),
)
def test_any_window_of_hours_second_by_second(
    rows: list[tuple[str, int, int]], window: int, limit: int, restart: int, acts: frozenset[str]
) -> None:
    """Past the limit: at the end of the second more than the limit lies in the window that ends there."""
    states = [{state for state, start, end in rows if start <= second < end} for second in range(220)]
    violating, since, free = [], 0, 0
    for second, now in enumerate(states):
        if not now & DUTY:
            free += 1
            continue
        if restart and free >= restart:
            since = second
        free = 0
        held = sum(bool(states[s] & DUTY) for s in range(max(since, second + 1 - window), second + 1))
        if now & acts and held > limit:
            violating.append(second)
    expected: list[tuple[int, int]] = []
    for second in violating:
        if expected and expected[-1][1] == second:
            expected[-1] = (expected[-1][0], second + 1)
        else:
            expected.append((second, second + 1))
    params = replace(HOURS, window_ms=window, limit_ms=limit, restart_ms=restart, acts=acts, prompt_lead_ms=0)
    verdicts = judge(params, *rows, until=220)
    assert [(v.start_ms, v.end_ms) for v in verdicts if v.severity is Severity.BREACH] == expected
    assert len({v.period_start_ms for v in verdicts}) == len(verdicts)


def read(**values: str) -> Params:
    node: dict[str, Any] = {
        name: {"value": value, "origin": {"zh": "自定", "en": "chosen"}} for name, value in values.items()
    }
    return rolling_total.parse(ParamReader(Node(node, "params"), ["driving", "on_duty", "off"], NEW_YORK))


GOOD = {"states": "driving", "limit": "60 h", "window_days": "7", "exceed": "past"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("window", "24 h"),
        ("acts", "on_duty"),
        ("work", "on_duty"),
        ("prompt_lead", "60 h"),
        ("window_days", "0"),
        ("rest_at_least", "8 h"),
    ],
)
def test_a_parameter_that_does_not_fit_is_refused_by_name(field: str, value: str) -> None:
    assert read(**GOOD).window_days == 7
    with pytest.raises(ValueError, match=rf"params\.{field}"):
        read(**{**GOOD, field: value})


def test_one_kind_of_window_must_be_given() -> None:
    with pytest.raises(ValueError, match=r"params\.window"):
        read(**{name: value for name, value in GOOD.items() if name != "window_days"})
