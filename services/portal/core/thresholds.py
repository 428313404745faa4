"""Every declared threshold against the middle: rows of all audits, in the order somebody asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from services.portal.core.audits import Audit, CohortAudit, Verdict, gravity
from services.portal.core.language import LocalText


class Order(StrEnum):
    """What rows are sorted by."""

    GRAVITY = "gravity"
    PLATFORM = "platform"
    ATTAINMENT = "attainment"
    WORKERS = "workers"


@dataclass(frozen=True, slots=True)
class Metric:
    """What a threshold may be set for."""

    name: LocalText
    unit: str


@dataclass(frozen=True, slots=True)
class ThresholdQuery:
    """Which rows are wanted; what is empty does not restrict."""

    platform_id: str = ""
    metric_id: str = ""
    area_code: str = ""
    verdict: Verdict | None = None
    order: Order = Order.GRAVITY


@dataclass(frozen=True, slots=True)
class ThresholdVersion:
    """One version of a declared threshold. It never changes."""

    threshold_id: str
    version: int
    platform_id: str
    metric_id: str
    area_code: str
    service: int
    distance_start_m: int
    distance_end_m: int
    """0 has no bound."""
    value: float
    effective_ms: int
    consultation_id: str
    """Empty: the platform declared it by itself."""

    @property
    def band(self) -> str:
        """As a cohort of it is called: ``3000-5000``."""
        return f"{self.distance_start_m}-{self.distance_end_m or ''}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A row with the audit it is of."""

    audit: Audit
    row: CohortAudit


@dataclass(frozen=True, slots=True)
class MetricTable:
    """The rows of one metric: they share a unit, and so a scale."""

    metric_id: str
    standings: tuple[Standing, ...]

    @property
    def audit(self) -> Audit:
        """What says the metric's name and unit."""
        return self.standings[0].audit

    @property
    def rows(self) -> tuple[CohortAudit, ...]:
        return tuple(standing.row for standing in self.standings)


def newest(audits: Iterable[Audit]) -> list[Audit]:
    """Of each metric and area the last audit."""
    latest: dict[tuple[str, str], Audit] = {}
    for audit in sorted(audits, key=lambda each: each.create_time_ms or 0):
        latest[audit.metric_id, audit.area_code] = audit
    return list(latest.values())


def standings(audits: Iterable[Audit]) -> list[Standing]:
    """Every row once: a threshold that a city's and a county's audit judged is told by the later one."""
    found: dict[tuple[object, ...], Standing] = {}
    for audit in sorted(audits, key=lambda each: each.create_time_ms or 0):
        for row in audit.cohorts:
            found[audit.metric_id, row.service, *row.key] = Standing(audit, row)
    return list(found.values())


def tables(rows: Iterable[Standing], query: ThresholdQuery, names: Mapping[str, str]) -> list[MetricTable]:
    """The rows that are wanted, by metric; the metric with the gravest row first.

    ``names``: of platforms, as they are sorted.
    """
    wanted = [each for each in rows if _wanted(each, query)]
    by_metric = groupby(
        sorted(wanted, key=lambda each: each.audit.metric_id), key=lambda each: each.audit.metric_id
    )
    found = [MetricTable(metric_id, _sorted(list(each), query.order, names)) for metric_id, each in by_metric]
    return sorted(found, key=lambda table: min(gravity(row) for row in table.rows))


def unaudited(
    versions: Iterable[ThresholdVersion], rows: Iterable[Standing], now_ms: int
) -> list[ThresholdVersion]:
    """Thresholds in force that no audit has judged yet, one version each."""
    judged = {each.row.threshold_id for each in rows}
    holding: dict[str, ThresholdVersion] = {}
    for version in sorted(versions, key=lambda each: (each.effective_ms, each.version)):
        if version.effective_ms <= now_ms:
            holding[version.threshold_id] = version
    return [each for threshold_id, each in sorted(holding.items()) if threshold_id not in judged]


def _wanted(each: Standing, query: ThresholdQuery) -> bool:
    return (
        query.platform_id in ("", each.row.platform_id)
        and query.metric_id in ("", each.audit.metric_id)
        and query.area_code in ("", each.row.area_code)
        and query.verdict in (None, each.row.verdict)
    )


def _sorted(rows: Sequence[Standing], order: Order, names: Mapping[str, str]) -> tuple[Standing, ...]:
    def key(each: Standing) -> tuple[object, ...]:
        row, figures = each.row, each.row.figures
        match order:
            case Order.PLATFORM:
                return names.get(row.platform_id, row.platform_id), gravity(row)
            case Order.ATTAINMENT:
                return figures is None, figures.attainment if figures else 0.0, gravity(row)
            case Order.WORKERS:
                return figures is None, -figures.workers if figures else 0, gravity(row)
        return (gravity(row),)

    return tuple(sorted(rows, key=key))
