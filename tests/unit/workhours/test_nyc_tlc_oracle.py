"""The New York pack against its ten-minute oracle."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings, target
from hypothesis import strategies as st

from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Verdict
from tests.unit.workhours.long_run import EXAMPLES
from tests.unit.workhours.oracles import nyc_tlc_oracle as oracle
from tests.unit.workhours.oracles.nyc_tlc_oracle import CELL_MS
from tests.unit.workhours.shipped_packs import breach_spans, shipped_pack, verdicts_by_code

ZONE = ZoneInfo("America/New_York")
PACK = shipped_pack("nyc-tlc")

aboard = st.one_of(st.integers(1, 6), st.sampled_from([12, 30, 59, 60, 61, 72]))
free = st.one_of(st.integers(1, 4), st.sampled_from([6, 30, 47, 48, 49, 84]))
# A hard week: nearly every hour with passengers, with and without the rest that resets.
week = st.builds(
    lambda carried, rest, count: [(carried, rest)] * count,
    st.sampled_from([48, 60, 66, 72]),
    st.sampled_from([6, 47, 48, 60]),
    st.integers(1, 8),
)
history = st.lists(st.one_of(st.tuples(aboard, free).map(lambda pair: [pair]), week), max_size=16).map(
    lambda parts: [pair for part in parts for pair in part][:40]
)
starts = st.sampled_from(["2026-01-12T00:00", "2026-03-04T05:30", "2026-10-28T22:00"]).map(
    lambda text: int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp() * 1000)
)


def in_cells(verdicts: list[Verdict], start_ms: int) -> list[tuple[int, int]]:
    return [((a - start_ms) // CELL_MS, (b - start_ms) // CELL_MS) for a, b in breach_spans(verdicts)]


@settings(max_examples=EXAMPLES, deadline=None)
@given(history, starts)
def test_every_breach_is_the_oracles(trips: list[tuple[int, int]], start_ms: int) -> None:
    cells: list[bool] = []
    intervals = []
    for carried, rest in trips:
        from_ms = start_ms + len(cells) * CELL_MS
        intervals.append(Interval(from_ms, from_ms + carried * CELL_MS, "passenger"))
        cells += [True] * carried + [False] * rest
    judged = verdicts_by_code(Timeline.of(intervals, start_ms + len(cells) * CELL_MS), PACK)
    by_day = oracle.day_violations(cells)
    by_week = oracle.week_violations(cells, start_ms, ZONE)
    assert in_cells(judged["nyc.passenger_10h_24h"], start_ms) == by_day
    assert in_cells(judged["nyc.passenger_60h_week"], start_ms) == by_week
    names = [(code, v.period_start_ms) for code, verdicts in judged.items() for v in verdicts]
    assert len(set(names)) == len(names)
    target(float(len(by_day) + 3 * len(by_week)))
