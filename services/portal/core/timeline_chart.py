"""A worker's time by platform: time runs right, each platform has a lane; bars are work, strokes offers.

      快达外卖
      ▬▬▬▬▬  ▬▬▬▬▬▬ ¦ ▬▬▬▬▬▬▬        ¦ the moment the finding's tier was reached
      随风到家
          ▬▬▬▬▬    |   |              | an offer
      10:00     12:00     14:00

All figures are in the SVG's user units; the same time is drawn once for wide and once for narrow screens.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.portal.core.explanations import Timeline
from services.portal.core.spell_chart import Span, Tick, time_ticks

_SIDE, _TOP, _LANE_HEIGHT, _BAR_TOP, _BAR_HEIGHT, _AXIS_HEIGHT = 22, 4, 40, 20, 12, 24


@dataclass(frozen=True, slots=True)
class Lane:
    """One platform's."""

    platform_id: str
    label_y: float
    y: float
    height: float
    bars: tuple[Span, ...]
    open_bars: tuple[Span, ...]
    """Whose end nobody reported."""
    strokes: tuple[float, ...]
    """Instants."""


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """Ready to be written out as SVG."""

    width: float
    height: float
    left: float
    top: float
    bottom: float
    lanes: tuple[Lane, ...]
    time_ticks: tuple[Tick, ...]
    mark_x: float | None
    """Of the moment to be marked, if it is in the window."""


def timeline_chart(timeline: Timeline, mark_ms: int | None, *, width: float) -> TimelineChart:
    """Lay a timeline out in ``width``; lanes in the order in which the platforms come up."""
    start, end = timeline.start_ms, timeline.end_ms
    left, right = _SIDE, width - _SIDE

    def x(moment_ms: float) -> float:
        within = min(max(moment_ms, start), end)
        return round(left + (within - start) / (end - start) * (right - left), 1)

    def lane(number: int, platform_id: str) -> Lane:
        top = _TOP + number * _LANE_HEIGHT
        own = [each for each in timeline.intervals if each.platform_id == platform_id]
        lasting = [
            (each.open, Span(x(each.start_ms), round(max(x(each.end_ms) - x(each.start_ms), 0.5), 1)))
            for each in own
            if each.end_ms > each.start_ms
        ]
        return Lane(
            platform_id=platform_id,
            label_y=top + _BAR_TOP - 6,
            y=top + _BAR_TOP,
            height=_BAR_HEIGHT,
            bars=tuple(bar for is_open, bar in lasting if not is_open),
            open_bars=tuple(bar for is_open, bar in lasting if is_open),
            strokes=tuple(x(each.start_ms) for each in own if each.end_ms == each.start_ms),
        )

    platforms = dict.fromkeys(each.platform_id for each in timeline.intervals)
    bottom = _TOP + len(platforms) * _LANE_HEIGHT
    return TimelineChart(
        width=width,
        height=bottom + _AXIS_HEIGHT,
        left=left,
        top=_TOP,
        bottom=bottom,
        lanes=tuple(lane(number, platform_id) for number, platform_id in enumerate(platforms)),
        time_ticks=tuple(Tick(x(at), at) for at in time_ticks(start, end, right - left)),
        mark_x=x(mark_ms) if mark_ms is not None and start <= mark_ms <= end else None,
    )
