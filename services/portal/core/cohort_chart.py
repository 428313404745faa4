"""A cohort's distribution as data for ``static/audit-chart.js``.

Bins may be of unequal width (narrow ones are merged until they may be published), so a bar's AREA is its
orders and its height is orders per minute (per unit for metrics without time).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from services.portal.core.audits import CohortAudit, CohortFigures

_SECONDS_PER_MINUTE = 60


class ChartData(TypedDict):
    """What the script gets: values in the unit of the axis, texts in the reader's language."""

    bins: list[tuple[float, float, int, float]]
    """Start, end, orders, orders per unit of the axis."""
    declared: float
    floor: float
    p50: float
    p50Low: float
    p50High: float
    middleLow: float
    middleHigh: float
    texts: dict[str, str]


def chart_data(row: CohortAudit, figures: CohortFigures, unit: str, texts: Mapping[str, str]) -> ChartData:
    """The drawing of one row; ``unit`` is the metric's (seconds are drawn as minutes)."""
    scale = _SECONDS_PER_MINUTE if unit == "s" else 1

    def axis(value: float) -> float:
        return round(value / scale, 4)

    return ChartData(
        bins=[
            (
                axis(bin_.start),
                axis(bin_.end),
                bin_.orders,
                round(bin_.orders * scale / (bin_.end - bin_.start), 2),
            )
            for bin_ in figures.histogram
            if bin_.end > bin_.start
        ],
        declared=axis(row.declared),
        floor=axis(row.floor),
        p50=axis(figures.p50),
        p50Low=axis(figures.p50_interval.low),
        p50High=axis(figures.p50_interval.high),
        middleLow=axis(figures.middle.low),
        middleHigh=axis(figures.middle.high),
        texts=dict(texts),
    )
