"""What an audit tells beside its cohorts: limits over time, rules as applied, groups, pay.

Numbers of orders and workers are told in tens, as the audit gives them.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.portal.core.language import LocalText


@dataclass(frozen=True, slots=True)
class Ratchet:
    """Limits seen on orders at equal distance, over days or weeks."""

    platform_id: str
    cohort: str
    cohort_name: LocalText
    times_ms: tuple[int, ...]
    limits: tuple[float, ...]
    slope: float
    """Theil–Sen, unit of the metric per 30 days."""
    slope_low: float
    slope_high: float
    adjusted_p: float
    """Mann–Kendall, after false discovery control."""
    tightening: bool


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """A rule as declared beside the same rule as orders show it."""

    platform_id: str
    cohort: str
    cohort_name: LocalText
    metric_id: str
    declared: float | None
    """None: nobody declared it."""
    applied: float
    orders: int
    workers: int
    stricter_share: float
    undeclared: bool


@dataclass(frozen=True, slots=True)
class Parity:
    """A coarse group beside the most favoured one."""

    platform_id: str
    metric_id: str
    grouping: str
    group: str
    group_name: LocalText
    reference_group: str
    workers: int
    orders: int
    value: float
    reference_value: float
    ratio: float
    ratio_low: float
    ratio_high: float
    """May be infinite."""
    disparate: bool


@dataclass(frozen=True, slots=True)
class PayStanding:
    """Earnings per hour worked beside the minimum wage, fen an hour."""

    platform_id: str
    cohort: str
    cohort_name: LocalText
    workers: int
    p10: float | None
    """None, as the P90: too few workers lie beyond."""
    p50: float
    p90: float | None
    p50_low: float
    p50_high: float
    minimum_wage: float
    source: str
    share_below: float
    underpaid: bool


@dataclass(frozen=True, slots=True)
class DataIssue:
    """Something wrong with the data an audit rests on."""

    platform_id: str
    reason: str
    text: LocalText
    orders: int
