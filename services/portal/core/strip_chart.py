"""A threshold against the middle in one line of a table, on a scale that all lines share.

├──────▒▒▒┃▒▒▒─────────┤     whisker P10–P90, box = middle band, bar = P50
   ◆                        declared threshold;  ▏ = floor of feasibility
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from services.portal.core.audits import CohortAudit

_MARGIN = 8
"""So that a diamond at the edge of the scale is whole."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Positions along the line, in the SVG's user units; None where the cohort has no such figure."""

    width: float
    declared: float
    floor: float
    p10: float | None = None
    p50: float | None = None
    p90: float | None = None
    middle_start: float | None = None
    middle_width: float | None = None
    p50_start: float | None = None
    """Of the P50's interval; an end without bound reaches the edge."""
    p50_width: float | None = None


class Scale:
    """The shared scale: from the least to the greatest of what is drawn."""

    def __init__(self, rows: Sequence[CohortAudit], *, width: float) -> None:
        drawn = [value for row in rows for value in _values(row) if math.isfinite(value)] or [0.0]
        self.width = width
        self._low = min(drawn)
        self._per_unit = (width - 2 * _MARGIN) / ((max(drawn) - self._low) or 1.0)

    def strip(self, row: CohortAudit) -> Strip:
        """One row on the scale."""
        figures = row.figures
        if figures is None:
            return Strip(self.width, self._at(row.declared), self._at(row.floor))
        start, end = self._within(figures.middle.low), self._within(figures.middle.high)
        sure = self._within(figures.p50_interval.low), self._within(figures.p50_interval.high)
        return Strip(
            self.width,
            self._at(row.declared),
            self._at(row.floor),
            None if figures.p10 is None else self._at(figures.p10),
            self._at(figures.p50),
            None if figures.p90 is None else self._at(figures.p90),
            start,
            round(end - start, 1),
            sure[0],
            round(sure[1] - sure[0], 1),
        )

    def _within(self, value: float) -> float:
        if math.isinf(value):
            return 0.0 if value < 0 else self.width
        return min(max(self._at(value), 0.0), self.width)

    def _at(self, value: float) -> float:
        return round(_MARGIN + (value - self._low) * self._per_unit, 1)


def _values(row: CohortAudit) -> tuple[float, ...]:
    figures = row.figures
    if figures is None:
        return (row.declared, row.floor) if row.floor else (row.declared,)
    told = (value for value in (figures.p10, figures.p90) if value is not None)
    floor = (row.floor,) if row.floor else ()  # 0: the metric has none
    return row.declared, *floor, *told, figures.middle.low, figures.middle.high
