"""The drawing of a spell against its limit."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from services.portal.core.findings import CounterStep, WorkingTimeEvidence
from services.portal.core.spell_chart import HOUR_MS, above, climb, spell_chart

MINUTE_MS = 60_000
START_MS = 1_773_617_400_000  # 2026-03-16 07:30 in Shanghai


def evidence(steps: list[tuple[int, int]], *, limit_min: int = 240, rest: bool = True) -> WorkingTimeEvidence:
    """A spell of (gap, work) minutes."""
    counter, now, total = [], START_MS, 0
    for gap, work in steps:
        begin = now + gap * MINUTE_MS
        now = begin + work * MINUTE_MS
        total += work * MINUTE_MS
        counter.append(CounterStep(begin, now, total))
    return WorkingTimeEvidence(
        spell_start_ms=START_MS,
        spell_end_ms=now,
        open=False,
        measured_ms=total,
        limit_ms=limit_min * MINUTE_MS,
        limit_time_ms=None,
        no_push_start_ms=now if rest else None,
        no_push_end_ms=now + 20 * MINUTE_MS if rest else None,
        counter=tuple(counter),
        event_ids=(),
        platform_ids=(),
    )


spells = st.lists(st.tuples(st.integers(0, 19), st.integers(1, 120)), min_size=1, max_size=30)


@given(spells, st.integers(1, 600))
def test_the_counter_crosses_its_limit_in_the_minute_a_minute_by_minute_count_says(
    steps: list[tuple[int, int]], limit_min: int
) -> None:
    spell = evidence(steps, limit_min=limit_min)
    minutes = [working for gap, work in steps for working in [0] * gap + [1] * work]
    counted, crossing = 0, None
    for minute, working in enumerate(minutes):
        if crossing is None and counted == limit_min and working:
            crossing = START_MS + minute * MINUTE_MS
        counted += working
    over = above(climb(START_MS, spell.counter), spell.limit_ms)
    if crossing is None:
        assert over == []
    else:
        # Within a step the count climbs evenly; at a gap the limit may be met before it and passed after it.
        assert over[0] == (crossing, spell.limit_ms)


@given(spells, st.integers(1, 600), st.sampled_from([320, 760]), st.booleans())
def test_everything_drawn_lies_within_the_drawing(
    steps: list[tuple[int, int]], limit_min: int, width: int, rest: bool
) -> None:
    chart = spell_chart(evidence(steps, limit_min=limit_min, rest=rest), width=width)
    corners = [
        (float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", chart.curve + chart.excess)
    ]
    assert all(chart.left <= x <= chart.right and chart.top <= y <= chart.bottom for x, y in corners)
    assert all(chart.left <= bar.x and bar.x + bar.width <= chart.right + 0.6 for bar in chart.bars)
    assert all(chart.left <= tick.at <= chart.right for tick in chart.time_ticks)
    assert chart.top <= chart.limit_y <= chart.bottom
    assert (chart.no_push is None) is not rest


def test_exactly_the_limit_has_no_excess() -> None:
    chart = spell_chart(evidence([(0, 120), (10, 120)]), width=760)
    assert chart.excess == ""
    assert chart.limit_x is None


def test_time_ticks_fall_on_round_hours_in_shanghai_on_a_long_spell() -> None:
    chart = spell_chart(evidence([(5, 600)] * 4), width=760)
    assert {(tick.value + 8 * HOUR_MS) % (3 * HOUR_MS) for tick in chart.time_ticks} == {0}


def test_a_narrow_drawing_has_fewer_time_ticks() -> None:
    spell = evidence([(5, 60)] * 6)
    assert len(spell_chart(spell, width=320).time_ticks) < len(spell_chart(spell, width=760).time_ticks)
