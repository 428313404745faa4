"""What is done, cohort by cohort, whatever was declared: percentiles over closed days."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from services.portal.core.consultations import Detail
from services.portal.core.language import LocalText


class Direction(IntEnum):
    """Values equal those of quzhong.api.algo_audit.v1.Direction."""

    UNSPECIFIED = 0
    AT_MOST = 1
    AT_LEAST = 2


class Level(IntEnum):
    """Values equal those of quzhong.api.algo_audit.v1.Level."""

    UNSPECIFIED = 0
    ORDER = 1
    WORKER_DAY = 2
    WORKER_PERIOD = 3


@dataclass(frozen=True, slots=True)
class BaselineQuery:
    """Which baselines are wanted; what is empty does not restrict."""

    metric_id: str = ""
    area_code: str = ""
    period_start_ms: int | None = None
    period_end_ms: int | None = None
    detail: Detail = Detail.UNSPECIFIED
    exclude_platform_id: str = ""


@dataclass(frozen=True, slots=True)
class CohortKey:
    """One of the things a cohort is told apart by."""

    key: str
    value: str
    name: LocalText


@dataclass(frozen=True, slots=True)
class ExcludedValues:
    """Values left out for one reason, in tens."""

    reason: str
    text: LocalText
    values: int


@dataclass(frozen=True, slots=True)
class Span:
    """From low to high, both included."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CohortBaseline:
    """Percentiles in the metric's unit; one that censored values put out of sight is infinite."""

    cohort: str
    cohort_name: LocalText
    keys: tuple[CohortKey, ...]
    orders: int
    values: int
    workers: int
    censored: int
    p10: float | None
    """None, as the others: the values beyond may be of too few workers."""
    p25: float | None
    p50: float
    p75: float | None
    p90: float | None
    middle: Span
    rank_error: float
    """By how much the share of values below a percentile may differ from it, 0–1."""
    excluded: tuple[ExcludedValues, ...]


@dataclass(frozen=True, slots=True)
class Baselines:
    """A part of the cohorts of a metric over a period, and what they rest on."""

    items: tuple[CohortBaseline, ...]
    next_page_token: str
    metric_id: str
    unit: str
    direction: Direction
    level: Level
    period_start_ms: int | None
    period_end_ms: int | None
    middle_band: Span
    days_covered: int
    missing_days: tuple[str, ...]
    """ISO 8601: not closed yet, or without any event."""
    days_to_amend: int
    events_after_closing: int
