"""Attainment over the whole range of thresholds, as geometry for an SVG.

100% ┤            ╭────      curve: share of the reference that meets the threshold
     │▒▒▒▒▒▒▒▒╱▒▒▒▒▒▒▒▒      band across: the middle (40–60 %); upright: the thresholds it corresponds to
   0 ┼────╯──┆────◆───┃─     ┆ floor of feasibility   ◆ declared   ┃ the threshold that is moved
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from services.portal.core.audits import Interval
from services.portal.core.spell_chart import Tick
from services.portal.core.what_if import Frontier

LEFT, RIGHT, TOP, BOTTOM = 44, 14, 16, 30
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_LABEL_WIDTH = 64


@dataclass(frozen=True, slots=True)
class FrontierChart:
    """Ready to be written out. ``low`` and ``high`` are the values at ``left`` and ``right``: a script moves
    the threshold along them."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    curve: str
    """Points of a polyline."""
    band_top: float
    band_height: float
    middle_start: float
    middle_width: float
    p50: float
    floor: float | None
    """None where it lies outside of what is drawn."""
    declared: float
    moved: float
    moved_y: float
    value_ticks: tuple[Tick, ...]
    """``value`` is in thousandths of the metric's unit."""


def frontier_chart(
    frontier: Frontier,
    band: Interval,
    moved: float,
    attainment: float,
    unit_factor: float,
    *,
    width: float,
    height: float,
) -> FrontierChart:
    """Lay it out in ``width`` × ``height``; ticks fall on round numbers of ``unit_factor``."""
    values = [point.threshold for point in frontier.points]
    low, high = min(*values, frontier.declared, moved), max(*values, frontier.declared, moved)
    left, right, top, bottom = LEFT, width - RIGHT, TOP, height - BOTTOM
    span = (high - low) or 1.0

    def x(value: float) -> float:
        within = min(max(value, low), high)
        return round(left + (within - low) / span * (right - left), 1)

    def y(share: float) -> float:
        return round(bottom - min(max(share, 0.0), 1.0) * (bottom - top), 1)

    start, end = x(frontier.middle.low), x(frontier.middle.high)
    return FrontierChart(
        width=width,
        height=height,
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        low=low,
        high=high,
        curve=" ".join(f"{x(each.threshold)},{y(each.attainment)}" for each in frontier.points),
        band_top=y(band.high),
        band_height=round(y(band.low) - y(band.high), 1),
        middle_start=start,
        middle_width=round(max(end - start, 1.0), 1),
        p50=x(frontier.p50),
        floor=x(frontier.floor) if low <= frontier.floor <= high else None,
        declared=x(frontier.declared),
        moved=x(moved),
        moved_y=y(attainment),
        value_ticks=tuple(
            Tick(x(value), round(value * 1000))
            for value in round_values(low, high, unit_factor, int((right - left) // _LABEL_WIDTH))
        ),
    )


def round_values(low: float, high: float, factor: float, most: int) -> list[float]:
    """Round multiples of ``factor`` within an interval, no more than ``most``."""
    if not high > low:
        return [low]
    span = (high - low) / factor
    step, power = span / max(most, 1), 0
    while step >= 10:
        step, power = step / 10, power + 1
    while step < 1:
        step, power = step * 10, power - 1
    width = next(each for each in _ROUND if each >= step) * 10.0**power
    first = -(-low / factor // width)
    count = math.floor((high / factor - first * width) / width + 1e-9) + 1
    return [round((first + number) * width, 9) * factor for number in range(max(count, 0))]
