"""Audits of declared thresholds, by platform and cohort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from services.portal.core.audit_tables import AppliedRule, DataIssue, Parity, PayStanding, Ratchet
from services.portal.core.language import NO_TEXT, LocalText


class Verdict(IntEnum):
    """Values equal those of quzhong.api.algo_audit.v1.Verdict."""

    UNSPECIFIED = 0
    WITHIN_MIDDLE = 1
    STRICTER = 2
    STRICTEST = 3
    LAXER = 4
    INSUFFICIENT_EVIDENCE = 5


class Reference(IntEnum):
    """Whose orders are compared with; values equal those of quzhong.api.algo_audit.v1.Reference."""

    UNSPECIFIED = 0
    OTHERS = 1
    ALL = 2


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class HistogramBin:
    """Orders x with start ≤ x < end, in the metric's unit."""

    start: float
    end: float
    orders: int


@dataclass(frozen=True, slots=True)
class CohortFigures:
    """The figures of a cohort, in the metric's unit; shares are 0–1."""

    orders: int
    workers: int
    p10: float | None
    """None, as the P90: too few workers lie beyond for it to be told."""
    p50: float
    p90: float | None
    p50_interval: Interval
    attainment: float
    attainment_interval: Interval
    strictness: float
    middle: Interval
    """The thresholds that the middle band of attainment corresponds to."""
    histogram: tuple[HistogramBin, ...]
    censored_orders: int
    excluded_orders: int


@dataclass(frozen=True, slots=True)
class CohortAudit:
    """One declared threshold in one distance band."""

    platform_id: str
    area_code: str
    cohort: str
    """Stable name of the distance band."""
    cohort_name: LocalText
    declared: float
    threshold_version: int
    verdict: Verdict
    reference: Reference
    below_floor: bool
    floor: float
    suppressed: bool
    figures: CohortFigures | None
    """None where the cell is too small to leave the service."""
    doubt: LocalText
    """Why the evidence is insufficient; empty otherwise."""
    service: int = 0
    """As in quzhong.api.events.v1.ServiceKind."""
    threshold_id: str = ""
    effective_ms: int | None = None
    distance: tuple[int, int] = (0, 0)
    """Metres, start included, end excluded; an end of 0 has no bound."""
    distance_name: LocalText = NO_TEXT
    """Of the band alone, where cohorts are cut further."""

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What tells it from the audit's other rows."""
        return self.platform_id, self.area_code, self.cohort, self.threshold_version


@dataclass(frozen=True, slots=True)
class Audit:
    """One run over all declared thresholds of a metric in an area."""

    audit_id: str
    metric_id: str
    metric_name: LocalText
    unit: str
    area_code: str
    period_start_ms: int | None
    period_end_ms: int | None
    create_time_ms: int | None
    middle_band: Interval
    """The share of attainment that counts as the middle, 0–1."""
    cohorts: tuple[CohortAudit, ...]
    ratchets: tuple[Ratchet, ...] = ()
    applied: tuple[AppliedRule, ...] = ()
    parity: tuple[Parity, ...] = ()
    pay: tuple[PayStanding, ...] = ()
    issues: tuple[DataIssue, ...] = ()
    data_version: str = ""
    """Names the values that the cohorts are made of."""
    method_version: str = ""
    """Of the statistics; figures of two versions cannot be compared."""


_GRAVITY = (Verdict.STRICTEST, Verdict.STRICTER, Verdict.LAXER, Verdict.WITHIN_MIDDLE)


def gravity(row: CohortAudit) -> tuple[bool, int, float]:
    """Sort key, gravest first: below the floor, then strictest … within the middle, then least attained."""
    rank = _GRAVITY.index(row.verdict) if row.verdict in _GRAVITY else len(_GRAVITY)
    return not row.below_floor, rank, row.figures.attainment if row.figures else 1.0


def selected(
    rows: Sequence[CohortAudit], platform_id: str, area_code: str, cohort: str, version: int
) -> CohortAudit | None:
    """The row a reader asked for (empty or 0: any); without one, the gravest with figures."""
    wished = [
        row
        for row in rows
        if row.platform_id == platform_id
        and row.cohort == cohort
        and area_code in ("", row.area_code)
        and version in (0, row.threshold_version)
    ]
    drawn = [row for row in rows if row.figures is not None]
    return min(wished or drawn, key=gravity, default=None)


def by_platform(rows: Sequence[CohortAudit]) -> dict[str, list[CohortAudit]]:
    """Rows under their platform, both in the order they came in."""
    groups: dict[str, list[CohortAudit]] = {}
    for row in rows:
        groups.setdefault(row.platform_id, []).append(row)
    return groups


def tally(rows: Sequence[CohortAudit]) -> dict[Verdict, int]:
    """How many rows have each verdict, gravest first; verdicts nobody has are left out."""
    order = (*_GRAVITY, Verdict.INSUFFICIENT_EVIDENCE, Verdict.UNSPECIFIED)
    counts = {verdict: sum(row.verdict is verdict for row in rows) for verdict in order}
    return {verdict: count for verdict, count in counts.items() if count}
