"""The US pack against its quarter-hour oracle, on random logs that often come to the limits."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import HealthCheck, given, settings, target
from hypothesis import strategies as st

from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Verdict
from tests.unit.workhours.long_run import EXAMPLES
from tests.unit.workhours.oracles import us_fmcsa_hos_oracle as oracle
from tests.unit.workhours.oracles.us_fmcsa_hos_oracle import CELL_MS
from tests.unit.workhours.shipped_packs import breach_spans, shipped_pack, verdicts_by_code

ZONE = ZoneInfo("America/New_York")
PACKS = {cycle: shipped_pack("us-fmcsa-hos", cycle=cycle) for cycle in ("70h_8d", "60h_7d")}
CODES = {"70h_8d": ("us.cycle_70h_8d", 8, 70), "60h_7d": ("us.cycle_60h_7d", 7, 60)}

rest = st.tuples(
    st.sampled_from(["sleeper", "off_duty", "not stated"]),
    st.sampled_from([1, 2, 4, 8, 9, 11, 12, 13, 27, 28, 29, 32, 39, 40, 41, 136]),
)
work = st.tuples(
    st.sampled_from(["driving", "driving", "on_duty"]),
    st.one_of(st.integers(1, 24), st.sampled_from([16, 20, 28, 31, 32, 33, 44, 45, 56])),
)
shift = st.lists(st.one_of(work, work, rest), min_size=1, max_size=6)
# Rests that may be paired, so that the sleeper berth provision is reached.
split = st.builds(
    lambda first, drive, second, more: [*first, ("sleeper", 28 + drive % 8), *second, ("off_duty", 8 + more)],
    shift,
    st.integers(0, 40),
    shift,
    st.integers(0, 8),
)
# Days that fill a cycle.
days = st.builds(
    lambda hours, count: [("driving", hours), ("off_duty", 40)] * count,
    st.integers(36, 56),
    st.integers(1, 7),
)
history = st.lists(st.one_of(shift, split, days), min_size=1, max_size=6).map(
    lambda parts: [entry for part in parts for entry in part][:48]
)
# In and around the nights on which New York changes its clocks.
starts = st.sampled_from(
    ["2026-02-02T00:00", "2026-03-05T06:15", "2026-10-27T00:00", "2026-10-30T19:45"]
).map(lambda text: int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp() * 1000))


def as_log(entries: list[tuple[str, int]]) -> list[str]:
    return [state for state, cells in entries for _ in range(cells)]


def as_timeline(entries: list[tuple[str, int]], start_ms: int) -> Timeline:
    intervals, at_ms = [], start_ms
    for state, cells in entries:
        if state != "not stated":
            intervals.append(Interval(at_ms, at_ms + cells * CELL_MS, state))
        at_ms += cells * CELL_MS
    return Timeline.of(intervals, known_until_ms=at_ms)


def in_cells(verdicts: list[Verdict], start_ms: int) -> list[tuple[int, int]]:
    return [tuple((at - start_ms) // CELL_MS for at in span) for span in breach_spans(verdicts)]  # type: ignore[misc]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history, starts, st.sampled_from(sorted(PACKS)))
def test_every_breach_is_the_oracles(entries: list[tuple[str, int]], start_ms: int, cycle: str) -> None:
    log = as_log(entries)
    judged = verdicts_by_code(as_timeline(entries, start_ms), PACKS[cycle])
    code, window_days, hours = CODES[cycle]

    broken = oracle.break_violations(log)
    assert in_cells(judged["us.break_30min_after_8h_driving"], start_ms) == broken
    cycled = oracle.cycle_violations(log, start_ms, ZONE, window_days, hours)
    assert in_cells(judged[code], start_ms) == cycled

    driven = in_cells(judged["us.drive_11h"], start_ms)
    late = in_cells(judged["us.window_14h"], start_ms)
    for shift_cells, allowed in oracle.shift_violations(log):
        own = tuple([span for span in spans if span[0] in shift_cells] for spans in (driven, late))
        assert own in allowed
    target(float(len(broken) + len(cycled) + len(driven) + len(late)))


@settings(max_examples=EXAMPLES // 4, deadline=None)
@given(history, starts, st.integers(0, 2**32))
def test_order_repetition_and_cuts_of_the_intervals_change_nothing(
    entries: list[tuple[str, int]], start_ms: int, seed: int
) -> None:
    whole = as_timeline(entries, start_ms)
    chance = np.random.default_rng(seed)
    cut = list(whole.intervals)
    for interval in whole.intervals:
        middle_ms = int(chance.integers(interval.start_ms, interval.end_ms))
        cut.append(Interval(interval.start_ms, middle_ms, interval.state))
        cut.append(Interval(middle_ms, interval.end_ms, interval.state))
    shuffled = [cut[at] for at in chance.permutation(2 * len(cut)) % max(1, len(cut))]
    again = Timeline.of(shuffled, whole.known_until_ms)
    assert verdicts_by_code(again, PACKS["70h_8d"]) == verdicts_by_code(whole, PACKS["70h_8d"])
    names = [
        (code, verdict.period_start_ms)
        for code, verdicts in verdicts_by_code(whole, PACKS["70h_8d"]).items()
        for verdict in verdicts
    ]
    assert len(set(names)) == len(names)
