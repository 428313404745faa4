"""Groups and pay in one line of a table: an interval on a scale that all lines share, with a mark."""

from __future__ import annotations

from dataclasses import dataclass

_MARGIN = 6


@dataclass(frozen=True, slots=True)
class Line:
    """Positions along the line, in the SVG's user units."""

    width: float
    start: float
    end: float
    point: float
    mark: float
    """What it is held against: four fifths, the minimum wage."""


def line(
    low: float | None, point: float, high: float | None, mark: float, least: float, most: float, width: float
) -> Line:
    """One line on the scale ``least``–``most``. An end not told is the point's, an infinite one the edge."""
    span = (most - least) or 1.0

    def x(value: float) -> float:
        within = min(max(value, least), most)
        return round(_MARGIN + (within - least) / span * (width - 2 * _MARGIN), 1)

    return Line(
        width, x(point if low is None else low), x(point if high is None else high), x(point), x(mark)
    )
