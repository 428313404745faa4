"""The European pack against the slot-by-slot oracle, on random histories of drivers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from services.workhours.core.families.registry import FAMILIES
from services.workhours.core.pack_parser import parse_rule_pack
from services.workhours.core.rule_pack import Rule
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Severity
from tests.unit.workhours.long_run import EXAMPLES
from tests.unit.workhours.oracles.eu_561_2006_oracle import Breach, History, breaches

pytestmark = pytest.mark.timeout(3600)  # the long run takes minutes a test

PACK = Path(__file__).resolve().parents[3] / "rules" / "eu-561-2006.yaml"
MINUTE_MS = 60_000
WEEK_MIN = 7 * 24 * 60
MONDAY_MS = 1_769_990_400_000
"""2026-02-02T00:00Z."""

Segment = tuple[str, int]
"""State, minutes; "" where nothing is stated."""

short_acts = st.sampled_from([5, 10, 15, 20, 30, 60])
pauses = st.sampled_from([10, 14, 15, 16, 29, 30, 40, 44, 45, 60])
drives = st.sampled_from([60, 120, 135, 225, 255, 269, 270, 271, 300])
resting = st.sampled_from(["rest", ""])

turns: st.SearchStrategy[list[Segment]] = st.one_of(
    st.tuples(st.just("driving"), drives).map(lambda one: [one]),
    st.tuples(st.sampled_from(["other_work", "availability", "work"]), short_acts).map(lambda one: [one]),
    st.tuples(st.sampled_from(["break", ""]), pauses).map(lambda one: [one]),
    st.tuples(st.just("rest"), st.sampled_from([179, 180, 200])).map(lambda one: [one]),
)
ordinary_rests = st.tuples(
    resting, st.sampled_from([480, 539, 540, 541, 600, 659, 660, 720, 1439, 1440, 1800, 2699, 2700, 3000])
).map(lambda one: [one])
crossings = st.lists(
    st.tuples(
        st.sampled_from(["rest", "rest_ferry"]),
        st.sampled_from([60, 120, 180, 420, 480, 540, 640]),
        st.sampled_from(["movement_ferry", "movement_ferry", "driving"]),
        st.sampled_from([5, 10, 20, 30, 35]),
    ),
    min_size=1,
    max_size=4,
).map(lambda parts: [segment for a, b, c, d in parts for segment in ((a, b), (c, d))])
long_holidays = st.just([("rest", 9 * 24 * 60)])
days = st.tuples(
    st.lists(turns, min_size=1, max_size=7),
    st.one_of(ordinary_rests, ordinary_rests, ordinary_rests, crossings),
).map(lambda parts: [*(segment for turn in parts[0] for segment in turn), *parts[1]])
plain_days = st.sampled_from(
    [
        [("driving", drive), ("", 45), ("driving", drive), ("", 1440 - 2 * drive - 45)]
        for drive in (240, 270, 285, 300)
    ]
)
"""Days that begin at the same hour: only so does driving add up to the limits of weeks."""
weekends = st.sampled_from([[("rest", minutes)] for minutes in (1440, 2160, 2700, 2880)])
working_weeks = st.tuples(
    st.lists(plain_days, min_size=5, max_size=6), st.one_of(weekends, long_holidays)
).map(lambda parts: [*(segment for day in parts[0] for segment in day), *parts[1]])

steady_weeks = st.one_of(
    st.lists(plain_days, min_size=6, max_size=6).map(lambda six: [*six, [("rest", 1440)]]),
    st.lists(plain_days, min_size=5, max_size=5).map(lambda five: [*five, [("rest", 2880)]]),
).map(lambda parts: [segment for part in parts for segment in part])
"""Seven days: begun on a Monday, every weekly rest falls in two weeks."""
stints = st.tuples(
    st.sampled_from([60, 135, 200, 255, 270]), st.sampled_from([14, 15, 16, 29, 30, 31, 44, 45])
).map(lambda parts: [("driving", parts[0]), ("break", parts[1])])
port_days = st.tuples(st.lists(turns, min_size=1, max_size=3), crossings).map(
    lambda parts: [*(segment for turn in parts[0] for segment in turn), *parts[1]]
)


def flat(parts: list[list[Segment]]) -> list[Segment]:
    return [segment for part in parts for segment in part]


@pytest.fixture(scope="module")
def judged() -> Callable[[Timeline], list[tuple[str, int, int]]]:
    """All breaches the shipped pack finds: code, start, end, sorted."""
    rules: tuple[Rule, ...] = parse_rule_pack(yaml.safe_load(PACK.read_text("utf-8"))).rules

    def judge(timeline: Timeline) -> list[tuple[str, int, int]]:
        return sorted(
            (rule.code, verdict.start_ms, verdict.end_ms)
            for rule in rules
            for verdict in FAMILIES[rule.family].judge(timeline, rule.params, {})
            if verdict.severity is Severity.BREACH
        )

    return judge


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(days, min_size=1, max_size=5).map(flat), st.integers(0, WEEK_MIN - 1), st.booleans())
def test_days_by_the_minute_as_the_text_has_them(
    judged: Callable[[Timeline], list[Breach]],
    segments: list[Segment],
    offset_min: int,
    doubled: bool,
) -> None:
    check(judged, segments, offset_min, slot_min=1, doubled=doubled)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(stints, min_size=2, max_size=8).map(flat))
def test_breaks_by_the_minute_as_the_text_has_them(
    judged: Callable[[Timeline], list[Breach]], segments: list[Segment]
) -> None:
    check(judged, segments, 0, slot_min=1, doubled=False)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(st.one_of(port_days, port_days, days), min_size=1, max_size=5).map(flat))
def test_crossings_by_five_minutes_as_the_text_has_them(
    judged: Callable[[Timeline], list[Breach]], segments: list[Segment]
) -> None:
    check(judged, [(state, minutes // 5 * 5) for state, minutes in segments], 0, slot_min=5, doubled=False)


@settings(max_examples=EXAMPLES // 4, deadline=None)
@given(st.lists(steady_weeks, min_size=6, max_size=7).map(flat), st.integers(1, 24))
def test_weekly_rests_that_fall_in_two_weeks_as_the_text_has_them(
    judged: Callable[[Timeline], list[Breach]], segments: list[Segment], offset_h: int
) -> None:
    check(judged, segments, offset_h * 60, slot_min=15, doubled=False)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(st.one_of(working_weeks, working_weeks, days), min_size=2, max_size=4).map(flat),
    st.integers(0, WEEK_MIN // 15 - 1),
)
def test_weeks_by_the_quarter_hour_as_the_text_has_them(
    judged: Callable[[Timeline], list[Breach]], segments: list[Segment], offset: int
) -> None:
    rounded = [(state, max(15, minutes // 15 * 15)) for state, minutes in segments]
    check(judged, rounded, offset * 15, slot_min=15, doubled=False)


def check(
    judged: Callable[[Timeline], list[Breach]],
    segments: list[Segment],
    offset_min: int,
    *,
    slot_min: int,
    doubled: bool,
) -> None:
    """The engine and the oracle agree on these segments, which begin that long after a Monday's midnight."""
    slots: list[frozenset[str]] = []
    intervals: list[Interval] = []
    for state, minutes in segments:
        start_ms = MONDAY_MS + (offset_min + len(slots) * slot_min) * MINUTE_MS
        slots += [frozenset({state} - {""})] * (minutes // slot_min)
        if state:
            intervals.append(Interval(start_ms, start_ms + minutes * MINUTE_MS, state))
    if doubled:  # stated twice, in pieces that overlap, and backwards
        middles = [(one.start_ms + one.end_ms) // 2 for one in intervals]
        intervals = [
            *(
                Interval(one.start_ms, middle, one.state)
                for one, middle in zip(intervals, middles, strict=True)
            ),
            *(Interval(one.start_ms, one.end_ms, one.state, "again") for one in reversed(intervals)),
        ]
    until_ms = MONDAY_MS + (offset_min + len(slots) * slot_min) * MINUTE_MS
    history = History(slots, slot_min, -(offset_min // slot_min))
    found = [
        (code, slot_of(start_ms, offset_min, slot_min), slot_of(end_ms, offset_min, slot_min))
        for code, start_ms, end_ms in judged(Timeline.of(intervals, until_ms))
    ]
    assert found == breaches(history)


def slot_of(moment_ms: int, offset_min: int, slot_min: int) -> int:
    slot, rest = divmod(moment_ms - MONDAY_MS - offset_min * MINUTE_MS, slot_min * MINUTE_MS)
    assert rest == 0
    return slot
