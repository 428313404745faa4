"""A worker's spell drawn against its limit: time runs right, the counter climbs, work lies beneath as bars.

      4 h ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈╱▒▒▒   ← limit; what is above it is the excess
                     ___╱
            ___╱             ░░░░░  ← the window in which no order may be pushed
      ╱
      ▬▬▬▬▬  ▬▬▬▬▬▬  ▬▬▬▬▬▬▬▬▬▬▬▬   ← order time
      10:00     12:00     14:00

All figures are in the SVG's user units; the same spell is drawn once for wide and once for narrow screens.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from services.portal.core.findings import CounterStep, WorkingTimeEvidence

HOUR_MS = 3_600_000
SHANGHAI_OFFSET_MS = 8 * HOUR_MS
"""So that ticks of several hours fall on round local hours. UTC+8 without summer time since 1991."""

_TICK_STEPS_MS = tuple(minutes * 60_000 for minutes in (10, 15, 30, 60, 120, 180, 360, 720, 1440))
_LABEL_WIDTH = 58
"""Room a ``10:00`` needs."""
_LEFT, _RIGHT, _TOP, _BAR_GAP, _BAR_HEIGHT, _AXIS_HEIGHT = 46, 22, 14, 8, 10, 22

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch along the time axis."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: ``value`` is a moment (epoch ms) on the time axis, a span (ms) on the counter's."""

    at: float
    value: int


@dataclass(frozen=True, slots=True)
class SpellChart:
    """Ready to be written out as SVG."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    """Of the counter's plot."""
    bars_y: float
    bars_height: float
    bars: tuple[Span, ...]
    curve: str
    """The counter as an SVG path."""
    excess: str
    """The area between counter and limit as an SVG path; empty if the limit was not passed."""
    limit_y: float
    limit_x: float | None
    """Where the counter reaches the limit."""
    no_push: Span | None
    time_ticks: tuple[Tick, ...]
    counter_ticks: tuple[Tick, ...]


def spell_chart(evidence: WorkingTimeEvidence, *, width: float, height: float = 190) -> SpellChart:
    """Lay a spell out in ``width`` × ``height``."""
    start = evidence.spell_start_ms
    end = max(evidence.spell_end_ms, evidence.no_push_end_ms or 0, start + 60_000)
    top_value = max(evidence.measured_ms, evidence.limit_ms, 1) * 1.1
    left, right, top = _LEFT, width - _RIGHT, _TOP
    bottom = height - _AXIS_HEIGHT - _BAR_HEIGHT - _BAR_GAP

    def x(moment_ms: float) -> float:
        return round(left + (moment_ms - start) / (end - start) * (right - left), 1)

    def y(counted_ms: float) -> float:
        return round(bottom - counted_ms / top_value * (bottom - top), 1)

    def stretch(from_ms: int, to_ms: int) -> Span:
        return Span(x(from_ms), round(max(x(to_ms) - x(from_ms), 0.5), 1))

    counter = climb(start, evidence.counter)
    over = above(counter, evidence.limit_ms)
    enclosed = [*over, (over[-1][0], evidence.limit_ms)] if over else []
    no_push = None
    if evidence.no_push_start_ms is not None and evidence.no_push_end_ms is not None:
        no_push = stretch(evidence.no_push_start_ms, evidence.no_push_end_ms)
    return SpellChart(
        width=width,
        height=height,
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        bars_y=bottom + _BAR_GAP,
        bars_height=_BAR_HEIGHT,
        bars=tuple(stretch(step.start_ms, step.end_ms) for step in evidence.counter),
        curve=_path([(x(at), y(counted)) for at, counted in counter]),
        excess=_path([(x(at), y(counted)) for at, counted in enclosed], close=True) if over else "",
        limit_y=y(evidence.limit_ms),
        limit_x=x(over[0][0]) if over else None,
        no_push=no_push,
        time_ticks=tuple(Tick(x(at), at) for at in time_ticks(start, end, right - left)),
        counter_ticks=tuple(Tick(y(span), span) for span in _counter_ticks(top_value, evidence.limit_ms)),
    )


def climb(start_ms: int, steps: tuple[CounterStep, ...]) -> list[Point]:
    """The counter as corners (epoch ms, counted ms): still between steps, climbing within them."""
    points: list[Point] = [(start_ms, 0)]
    for step in steps:
        points += [(step.start_ms, points[-1][1]), (step.end_ms, step.accumulated_ms)]
    return points


def above(counter: list[Point], limit_ms: float) -> list[Point]:
    """The counter from where it crosses the limit on, crossing point first; empty if it never does."""
    for index, ((from_ms, before), (to_ms, after)) in enumerate(pairwise(counter), start=1):
        if before <= limit_ms < after:
            crossing = from_ms + (to_ms - from_ms) * (limit_ms - before) / (after - before)
            return [(crossing, limit_ms), *counter[index:]]
    return []


def time_ticks(start_ms: int, end_ms: int, width: float) -> list[int]:
    """Round moments of Shanghai's day, as many as have room for their labels in ``width``."""
    most = width / _LABEL_WIDTH
    step = next((step for step in _TICK_STEPS_MS if (end_ms - start_ms) / step <= most), _TICK_STEPS_MS[-1])
    first = -(-(start_ms + SHANGHAI_OFFSET_MS) // step) * step - SHANGHAI_OFFSET_MS
    return list(range(first, end_ms + 1, step))


def _counter_ticks(top_ms: float, limit_ms: int) -> list[int]:
    """Whole hours; every second, third … where there are many; none right beside the limit's label."""
    hours = int(top_ms // HOUR_MS)
    step = -(-max(hours, 1) // 5)
    ticks = [hour * HOUR_MS for hour in range(0, hours + 1, step)]
    return [tick for tick in ticks if tick == 0 or abs(tick - limit_ms) > top_ms / 9]


def _path(points: list[Point], *, close: bool = False) -> str:
    return "M" + " L".join(f"{at:g} {height:g}" for at, height in points) + (" Z" if close else "")
