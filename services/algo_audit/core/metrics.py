"""What is audited, as data: a metric has a unit and a direction, and everything else follows from them."""

from dataclasses import dataclass
from enum import Enum


class Direction(Enum):
    """Which values meet a threshold τ."""

    AT_MOST = "at_most"
    """x ≤ τ meets it; strict = low (delivery time, complaint rate)."""
    AT_LEAST = "at_least"
    """x ≥ τ meets it; strict = high (on-time rate, acceptance, orders a day)."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing a platform may set a threshold for."""

    id: str
    """The same in thresholds, findings and on the wire."""
    name_zh: str
    name_en: str
    unit: str
    """Of the values and of τ: "s", "share", "orders/day"."""
    direction: Direction


DELIVERY_TIME = Metric(
    id="delivery_time",
    name_zh="配送时长（接单至送达）",
    name_en="delivery time (accepted to completed)",
    unit="s",
    direction=Direction.AT_MOST,
)

METRICS: dict[str, Metric] = {metric.id: metric for metric in (DELIVERY_TIME,)}
