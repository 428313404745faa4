"""Audits of declared thresholds, thresholds, and what another one would do."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from services.portal.core.audits import Reference, Verdict
from services.portal.core.rules import Service
from services.portal.http_api.answers.parts import WORD, Answer, Bounded, Moment, Range, Text

VerdictWord = Annotated[Verdict, WORD]
ServiceWord = Annotated[Service, WORD]


class HistogramBin(Answer):
    """Orders x with start ≤ x < end, in the metric's unit."""

    start: float
    end: Bounded
    orders: int


class CohortFigures(Answer):
    """In the metric's unit; shares are 0–1."""

    orders: int
    workers: int
    p10: float | None = Field(description="Null, as the P90: too few workers lie beyond for it to be told.")
    p50: float
    p90: float | None
    p50_interval: Range
    attainment: float
    attainment_interval: Range
    strictness: float
    middle: Range = Field(description="The thresholds that the middle band of attainment corresponds to.")
    histogram: list[HistogramBin]
    censored_orders: int
    excluded_orders: int


class CohortAudit(Answer):
    """One declared threshold in one cohort."""

    platform_id: str
    area_code: str
    cohort: str
    cohort_name: Text
    threshold_id: str
    threshold_version: int
    declared: float
    effective_time: Moment | None = Field(validation_alias="effective_ms")
    verdict: VerdictWord
    reference: Annotated[Reference, WORD] = Field(description="Whose orders are compared with.")
    floor: float
    below_floor: bool
    suppressed: bool
    figures: CohortFigures | None = Field(description="Null where the cell is too small to be told.")
    doubt: Text = Field(description="Why the evidence is insufficient; empty otherwise.")


class Ratchet(Answer):
    """Limits seen on orders at equal distance, over days or weeks."""

    platform_id: str
    cohort: str
    cohort_name: Text
    times: list[Moment] = Field(validation_alias="times_ms")
    limits: list[float]
    slope: float = Field(description="Theil–Sen, unit of the metric per 30 days.")
    slope_low: Bounded
    slope_high: Bounded
    adjusted_p: float = Field(description="Mann–Kendall, after false discovery control.")
    tightening: bool


class AppliedRule(Answer):
    """A rule as declared beside the same rule as orders show it."""

    platform_id: str
    cohort: str
    cohort_name: Text
    metric_id: str
    declared: float | None = Field(description="Null: nobody declared it.")
    applied: float
    orders: int
    workers: int
    stricter_share: float
    undeclared: bool


class Parity(Answer):
    """A coarse group beside the most favoured one."""

    platform_id: str
    metric_id: str
    grouping: str
    group: str
    group_name: Text
    reference_group: str
    workers: int
    orders: int
    value: Bounded
    reference_value: Bounded
    ratio: Bounded
    ratio_low: Bounded
    ratio_high: Bounded = Field(description="Null: without bound.")
    disparate: bool


class PayStanding(Answer):
    """Earnings per hour worked beside the minimum wage, fen an hour."""

    platform_id: str
    cohort: str
    cohort_name: Text
    workers: int
    p10: float | None
    p50: float
    p90: float | None
    p50_low: float
    p50_high: float
    minimum_wage: float
    source: str
    share_below: float
    underpaid: bool


class DataIssue(Answer):
    """Something wrong with the data an audit rests on."""

    platform_id: str
    reason: str
    text: Text
    orders: int


class AuditSummary(Answer):
    """One run over all declared thresholds of a metric in an area, without its rows."""

    audit_id: str
    metric_id: str
    metric_name: Text
    unit: str
    area_code: str
    period_start_time: Moment | None = Field(validation_alias="period_start_ms")
    period_end_time: Moment | None = Field(validation_alias="period_end_ms")
    create_time: Moment | None = Field(validation_alias="create_time_ms")
    middle_band: Range = Field(description="The share of attainment that counts as the middle, 0–1.")


class Audit(AuditSummary):
    """One run over all declared thresholds of a metric in an area."""

    cohorts: list[CohortAudit]
    ratchets: list[Ratchet]
    applied: list[AppliedRule]
    parity: list[Parity]
    pay: list[PayStanding]
    issues: list[DataIssue]


class AuditList(Answer):
    audits: list[AuditSummary] = Field(validation_alias="items")
    next_page_token: str


class Metric(Answer):
    """What a threshold may be set for."""

    metric_id: str
    name: Text
    unit: str


class MetricList(Answer):
    metrics: list[Metric]


class Threshold(Answer):
    """One version of a declared threshold. It never changes."""

    threshold_id: str
    version: int
    platform_id: str
    metric_id: str
    area_code: str
    service: ServiceWord
    distance_start_m: int
    distance_end_m: int = Field(description="0 has no bound.")
    value: float
    effective_time: Moment = Field(validation_alias="effective_ms")
    consultation_id: str = Field(description="Empty: the platform declared it by itself.")


class ThresholdList(Answer):
    thresholds: list[Threshold] = Field(validation_alias="items")
    next_page_token: str


class WhatIf(Answer):
    """What one threshold does. Shares are 0–1; those who miss it are told in tens."""

    threshold: float
    attainment: float
    attainment_interval: Range
    orders: int
    orders_affected: int
    workers: int
    workers_affected: int
    below_floor: bool
    verdict: VerdictWord
    penalty_fen: int | None = Field(
        description="What penalties would come to over the period; null where nothing can be said of them."
    )


class Compared(Answer):
    """One threshold beside the one in force."""

    moved: WhatIf
    declared: WhatIf
    middle: Range
    p50: float
    floor: float
    penalty_change_fen: int | None


class Frontier(Answer):
    """The whole range of thresholds, ascending."""

    points: list[WhatIf]
    middle: Range
    p50: float
    floor: float
    declared: float
