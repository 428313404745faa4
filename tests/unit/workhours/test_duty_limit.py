"""The family "duty_limit": tiers, rests, what may be done past a limit; any numbers, second by second."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.workhours.core.document import Node
from services.workhours.core.families import duty_limit
from services.workhours.core.families.duty_limit import Measured, Params
from services.workhours.core.param_reader import ParamReader
from services.workhours.core.split_rest import Split
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Severity, Step, Verdict
from tests.unit.workhours.long_run import EXAMPLES

DRIVING = frozenset({"driving"})
DUTY = frozenset({"driving", "on_duty"})

PARAMS = Params(
    measured=Measured(DRIVING, "worked", 100),
    acts=DRIVING,
    work=DUTY,
    rest=frozenset(),
    rest_at_least_ms=50,
    exceed="past",
    prompt_lead_ms=20,
    split=None,
    other=None,
)
WINDOW = replace(PARAMS, measured=Measured(DUTY, "elapsed", 100))


def judge(params: Params, *rows: tuple[str, int, int], until: int | None = None) -> list[Verdict]:
    timeline = Timeline.of((Interval(start, end, state) for state, start, end in rows), until)
    return duty_limit.judge(timeline, params, {})


def seen(verdicts: list[Verdict]) -> list[tuple[str, int, int]]:
    return [(v.severity.name, v.start_ms, v.end_ms) for v in verdicts]


def test_below_the_prompt_nothing_is_said() -> None:
    assert judge(PARAMS, ("driving", 0, 79)) == []


def test_the_prompt_comes_when_its_lead_is_left() -> None:
    assert seen(judge(PARAMS, ("driving", 0, 80))) == [("PROMPT", 80, 80)]


def test_exactly_the_limit_reaches_it_and_does_not_breach() -> None:
    (verdict,) = judge(PARAMS, ("driving", 0, 60), ("driving", 70, 110))
    assert seen([verdict]) == [("LIMIT_REACHED", 110, 110)]
    assert verdict.trace == (Step(0, 60, 60), Step(70, 110, 100))
    assert verdict.open


def test_acts_on_end_past_the_limit_are_one_breach_and_later_ones_another() -> None:
    verdicts = judge(PARAMS, ("driving", 0, 110), ("driving", 110, 120), ("driving", 140, 150), until=200)
    assert seen(verdicts) == [("BREACH", 100, 120), ("BREACH", 140, 150)]
    assert [v.period_start_ms for v in verdicts] == [0, 140]
    assert [v.measured_ms for v in verdicts] == [120, 130]
    assert not any(v.open for v in verdicts)


def test_an_act_still_going_on_past_the_limit_is_open() -> None:
    (verdict,) = judge(PARAMS, ("driving", 0, 110))
    assert verdict.open


def test_a_rest_of_exactly_the_least_length_resets_and_one_shorter_does_not() -> None:
    assert judge(PARAMS, ("driving", 0, 70), ("driving", 120, 190)) == []
    assert seen(judge(PARAMS, ("driving", 0, 70), ("driving", 119, 190))) == [("BREACH", 149, 190)]


def test_other_work_past_an_elapsed_limit_is_allowed_and_driving_is_not() -> None:
    assert seen(judge(WINDOW, ("on_duty", 0, 150))) == [("LIMIT_REACHED", 100, 100)]
    assert seen(judge(WINDOW, ("on_duty", 0, 150), ("driving", 150, 160))) == [("BREACH", 150, 160)]


def test_rest_within_an_elapsed_limit_does_not_stop_the_clock() -> None:
    assert seen(judge(WINDOW, ("on_duty", 0, 60), ("driving", 90, 105))) == [("BREACH", 100, 105)]


def test_where_rest_must_be_stated_a_gap_is_none() -> None:
    stated = replace(PARAMS, rest=frozenset({"off"}))
    assert seen(judge(stated, ("driving", 0, 70), ("driving", 120, 190))) == [("BREACH", 150, 190)]
    assert judge(stated, ("driving", 0, 70), ("off", 70, 120), ("driving", 120, 190)) == []


def test_work_during_a_stated_rest_interrupts_it() -> None:
    stated = replace(PARAMS, rest=frozenset({"off"}))
    rows = (("driving", 0, 70), ("off", 70, 140), ("on_duty", 100, 101), ("driving", 140, 180))
    assert seen(judge(stated, *rows)) == [("BREACH", 170, 180)]


def test_where_reaching_violates_the_moment_of_reaching_is_a_breach() -> None:
    reach = replace(PARAMS, exceed="reach")
    assert seen(judge(reach, ("driving", 0, 100), until=120)) == [("BREACH", 100, 100)]
    assert seen(judge(reach, ("driving", 0, 100), ("driving", 110, 115), until=120)) == [
        ("BREACH", 100, 100),
        ("BREACH", 110, 115),
    ]
    assert seen(judge(reach, ("driving", 0, 105), until=120)) == [("BREACH", 100, 105)]


def test_a_pair_completed_later_takes_a_breach_back() -> None:
    split = replace(
        WINDOW,
        split=Split(frozenset({"sleeper"}), long_ms=35, short_ms=10, total_ms=50),
    )
    first_half = (("driving", 0, 60), ("sleeper", 60, 98), ("driving", 98, 120))
    (verdict,) = judge(split, *first_half, until=130)
    assert seen([verdict]) == [("BREACH", 100, 120)]
    assert verdict.open
    assert seen(judge(split, *first_half, ("off", 120, 132), ("driving", 132, 140))) == [("PROMPT", 118, 118)]


params = st.builds(
    lambda limit, rest, measure, exceed, acts, stated: replace(
        PARAMS,
        measured=Measured(DUTY, measure, limit),
        acts=acts,
        rest=frozenset({"off"}) if stated else frozenset(),
        rest_at_least_ms=rest,
        exceed=exceed,
        prompt_lead_ms=min(3, limit - 1),
    ),
    st.integers(1, 30),
    st.integers(1, 12),
    st.sampled_from(["worked", "elapsed"]),
    st.sampled_from(["past", "reach"]),
    st.sampled_from([DRIVING, DUTY]),
    st.booleans(),
)
row = st.builds(
    lambda state, start, length: (state, start, start + length),
    st.sampled_from(["driving", "on_duty", "off", "elsewhere"]),
    st.integers(0, 90),
    st.integers(0, 25),
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(params, st.lists(row, max_size=12))
def test_any_numbers_second_by_second(params: Params, rows: list[tuple[str, int, int]]) -> None:
    """From the rule's words: one second after another, what is done in it and where the counter stands."""
    violating, moments, counter, rested = [], [], 0, 10**9
    started = False
    for second in range(120):
        states = {state for state, start, end in rows if start <= second < end}
        working, acting = bool(states & DUTY), bool(states & params.acts)
        resting = not working and (not params.rest or "off" in states)
        if not working:
            rested = rested + 1 if resting else 0
            if started and params.measured.measure == "elapsed":
                counter += 1
            if rested >= params.rest_at_least_ms:
                started = False
            continue
        if not started:
            started, counter = True, 0
        rested = 0
        if acting and counter >= params.measured.limit_ms:
            violating.append(second)
        counter += 1
        if acting and params.exceed == "reach" and counter == params.measured.limit_ms:
            moments.append(second + 1)
    expected: list[tuple[int, int]] = []
    for second in violating:
        if expected and expected[-1][1] == second:
            expected[-1] = (expected[-1][0], second + 1)
        else:
            expected.append((second, second + 1))
    expected += [(at, at) for at in moments if at not in violating]
    found = [(v.start_ms, v.end_ms) for v in judge(params, *rows, until=120) if v.severity is Severity.BREACH]
    assert sorted(found) == sorted(expected)


def read(**values: str) -> Params:
    node: dict[str, Any] = {
        name: {"value": value, "origin": {"zh": "自定", "en": "chosen"}} for name, value in values.items()
    }
    return duty_limit.parse(
        ParamReader(Node(node, "params"), ["driving", "on_duty", "off"], ZoneInfo("Asia/Shanghai"))
    )


GOOD = {"states": "driving", "limit": "4 h", "measure": "worked", "rest_at_least": "20 min", "exceed": "past"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("work", "on_duty"),
        ("rest", "driving"),
        ("prompt_lead", "4 h"),
        ("measure", "guessed"),
        ("limit", "0 h"),
        ("states", "flying"),
        ("window", "24 h"),
    ],
)
def test_a_parameter_that_does_not_fit_is_refused_by_name(field: str, value: str) -> None:
    assert read(**GOOD).measured.limit_ms == 4 * 3_600_000
    with pytest.raises(ValueError, match=rf"params\.{field}"):
        read(**{**GOOD, field: value})
