"""A threshold over time, as geometry for an SVG: versions as declared, and limits as orders show them.

30 min ┤━━━━━━┓                 ━ declared, a step at each version
       │ ○ ○  ┃ ○               ○ median limit seen on orders, a day or week
       │      ┗━━━━━━━━         ╌ Theil–Sen line through them: its slope is the ratchet's
       ┼──────────────────
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from services.portal.core.audit_tables import Ratchet
from services.portal.core.frontier_chart import round_values
from services.portal.core.spell_chart import Tick
from services.portal.core.thresholds import ThresholdVersion

_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 16, 14, 28
_SLOPE_MS = 30 * 86_400_000
_LABEL_WIDTH, _LABEL_HEIGHT = 130, 34


@dataclass(frozen=True, slots=True)
class HistoryChart:
    """Ready to be written out."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    steps: str
    """Path of the declared values; empty if none was ever declared."""
    dots: tuple[tuple[float, float], ...]
    trend: tuple[float, float, float, float] | None
    """x1, y1, x2, y2; None without limits seen on orders."""
    time_ticks: tuple[Tick, ...]
    value_ticks: tuple[Tick, ...]
    """``at`` is the height; ``value`` is in thousandths of the metric's unit."""


def history_chart(
    versions: Sequence[ThresholdVersion],
    ratchet: Ratchet | None,
    end_ms: int,
    unit_factor: float,
    *,
    width: float,
    height: float,
) -> HistoryChart | None:
    """Lay it out; ``end_ms``: until when what holds is drawn. None where there is no second moment."""
    declared = [
        (each.effective_ms, each.value) for each in sorted(versions, key=lambda each: each.effective_ms)
    ]
    seen = list(zip(ratchet.times_ms, ratchet.limits, strict=True)) if ratchet else []
    moments = [at for at, _ in (*declared, *seen)]
    if not moments or max(*moments, end_ms) <= min(moments):
        return None
    start, end = min(moments), max(*moments, end_ms)
    # What held long before orders were seen would push them to the edge.
    if seen and end - start > 4 * (end - seen[0][0]):
        start = end - 4 * (end - seen[0][0])
    values = [value for _, value in (*declared, *seen)]
    room = ((max(values) - min(values)) or max(values) or 1.0) * 0.15
    low, high = max(min(values) - room, 0.0), max(values) + room
    left, right, top, bottom = _LEFT, width - _RIGHT, _TOP, height - _BOTTOM

    def x(at_ms: float) -> float:
        return round(left + (min(max(at_ms, start), end) - start) / (end - start) * (right - left), 1)

    def y(value: float) -> float:
        return round(bottom - (value - low) / (high - low) * (bottom - top), 1)

    path = "".join(
        f"{'M' if number == 0 else 'H'}{x(at)}{' ' if number == 0 else 'V'}{y(value)}"
        for number, (at, value) in enumerate(declared)
    )
    trend = None
    if ratchet and seen:
        per_ms = ratchet.slope / _SLOPE_MS
        level = median(value - per_ms * at for at, value in seen)
        ends = seen[0][0], seen[-1][0]
        trend = (x(ends[0]), y(level + per_ms * ends[0]), x(ends[1]), y(level + per_ms * ends[1]))
    count = max(int((right - left) // _LABEL_WIDTH), 1)
    return HistoryChart(
        width=width,
        height=height,
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        steps=f"{path}H{right}" if path else "",
        dots=tuple((x(at), y(value)) for at, value in seen),
        trend=trend,
        time_ticks=tuple(
            Tick(x(at), at)
            for at in (start + round((end - start) * part / count) for part in range(count + 1))
        ),
        value_ticks=tuple(
            Tick(y(value), round(value * 1000))
            for value in round_values(low, high, unit_factor, int((bottom - top) // _LABEL_HEIGHT))
        ),
    )
