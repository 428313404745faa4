"""The audit of declared thresholds: each one, in each cohort that it touches, against the middle.

A threshold is judged in the cohorts of its service and of the vehicle class that the service is assessed by
(cohort_keys.ASSESSED_BY); where cohorts are cut by distance or area, in those that its range and area touch.
A distance band that it covers only in part gets INSUFFICIENT_EVIDENCE, for its own orders and the band's are
not alike; cohorts that it does not touch get no row. Whether a cohort is empty or just too small cannot be
told from its row.

METHOD_VERSION 2: all metrics, censored orders by Kaplan–Meier, cohorts beyond the distance band, false
discovery control over all cohorts. 3: few workers count as few where their orders are alike. 4: a threshold
that many values equal may take the middle; percentiles of few workers are held back.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from services.algo_audit.core.bands import DistanceBand
from services.algo_audit.core.baseline import share_better
from services.algo_audit.core.cohort_keys import ASSESSED_BY, HOUR_BANDS, WEATHER_BANDS
from services.algo_audit.core.cohort_tree import AreaNames, Cohort, Detail, cohort_of
from services.algo_audit.core.cohorts import Baseline, Cohorts
from services.algo_audit.core.discovery import adjusted
from services.algo_audit.core.feasibility import Feasibility, feasibility
from services.algo_audit.core.intervals import Interval, evidence, wilson
from services.algo_audit.core.metrics import Direction, Key, Metric
from services.algo_audit.core.observations import Observations
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.reference import ReferenceKind
from services.algo_audit.core.thresholds import DeclaredThreshold, covers_area
from services.algo_audit.core.verdict import Doubt, Judgement, Verdict, judge

METHOD_VERSION = "4"
"""Of this folder: another method judges the same data differently, so its audits are others."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a threshold stands in its reference."""

    attainment: float
    interval: Interval
    """Of the attainment; cluster-robust."""
    p_value: float
    """One-sided, of "at least params.strictest_below of the reference can meet it"."""
    adjusted_p: float
    """The same after false discovery control over everything that the audit tested."""
    better: float
    """Share strictly better than the threshold: the attainment less the share equal to it."""

    @property
    def strictness(self) -> float:
        """1 − attainment."""
        return 1.0 - self.attainment


@dataclass(frozen=True, slots=True)
class CohortAudit:
    """The verdict on one threshold in one cohort."""

    threshold: DeclaredThreshold
    cohort: Cohort
    feasibility: Feasibility | None
    """None for a metric without a floor."""
    judgement: Judgement
    reference: ReferenceKind | None = None
    """Whose orders it was held against; None when suppressed."""
    baseline: Baseline | None = None
    """None when suppressed."""
    standing: Standing | None = None
    """None when suppressed."""

    @property
    def platform(self) -> int:
        return self.threshold.platform

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict

    @property
    def below_floor(self) -> bool:
        """A safety finding, whatever the verdict."""
        return self.feasibility is not None and self.feasibility.below_floor

    @property
    def suppressed(self) -> bool:
        """Whether there are no figures that may leave the service."""
        return self.baseline is None


@dataclass(frozen=True, slots=True, eq=False)
class Audited:
    """All verdicts of one audit, and what further questions about it are answered from (what_if)."""

    metric: Metric
    detail: Detail
    params: AuditParams
    cohorts: list[CohortAudit]
    """By platform, service, distance range, area and age of the threshold, then in the order of the cohort's
    keys, whatever the order of the input."""
    population: Cohorts
    """Stays inside the service."""

    def of(self, platform: int, service: int, cohort_id: str) -> CohortAudit:
        """The verdict on the threshold last in force there. Raises LookupError if there is none."""
        for audit in reversed(self.cohorts):
            if (audit.platform, audit.threshold.service, audit.cohort.id) == (platform, service, cohort_id):
                return audit
        raise LookupError(
            f"cohort: platform {platform} declared nothing of service {service} in {cohort_id!r}"
        )


def audit(
    observations: Observations,
    thresholds: Iterable[DeclaredThreshold],
    params: AuditParams | None = None,
    detail: Detail = Detail.DISTANCE,
    *,
    area: int = 0,
    area_names: AreaNames | None = None,
) -> Audited:
    """Judge every threshold of the observations' metric.

    `observations` are all platforms' of the whole period and city, also where only an `area` (GB/T 2260 code)
    is asked for: what may be published follows from all the data. With an area, cohorts are cut by area at
    least and those within it are judged. `thresholds` are those in force (thresholds.in_force). O(n log n) in
    the observations, O(n) more per different reference.

    Raises ValueError for a threshold of another metric, or a metric without a direction.
    """
    params, metric = params or AuditParams(), observations.metric
    if not isinstance(metric.direction, Direction):
        raise ValueError(f"direction: metric {metric.id!r} has none, so nothing can be called strict")
    thresholds = sorted(thresholds, key=_place)
    for threshold in thresholds:
        if threshold.metric != metric.id:
            raise ValueError(
                f"metric: threshold {threshold.id!r} is of {threshold.metric!r}, not {metric.id!r}"
            )
    if area:
        detail = max(detail, Detail.AREA)
    population = Cohorts(observations, detail, params)
    named: dict[tuple[tuple[Key, int], ...], Cohort] = {}
    rows: list[tuple[int, CohortAudit]] = []
    for threshold in thresholds:
        for keys in touched(threshold, population, params.bands, area):
            if keys not in named:
                named[keys] = cohort_of(keys, params.bands, area_names)
            node = population.node(tuple(code for _, code in keys))
            rows.append((-1 if node is None else node, unjudged(threshold, named[keys], metric, params)))
    cohorts = [row for _, row in rows]
    # Node by node, so that each reference is made once and let go.
    for place in sorted(range(len(rows)), key=lambda place: rows[place][0]):
        cohorts[place] = _measured(*rows[place], population, params)
    return Audited(metric, detail, params, _judged(cohorts, params), population)


def touched(
    threshold: DeclaredThreshold, population: Cohorts, bands: Sequence[DistanceBand], area: int
) -> list[tuple[tuple[Key, int], ...]]:
    """The cohorts that a threshold touches, in order. Every hour and weather is one, whether or not any row
    is there; where no area is known, the cohort that it would be a part of."""
    service, vehicle = threshold.service, ASSESSED_BY[threshold.service]
    values: list[list[tuple[Key, int]]] = [[(Key.SERVICE, service)], [(Key.VEHICLE, vehicle)]]
    for key in population.keys[len(values) :]:
        if key is Key.DISTANCE:
            codes = [code for code, band in enumerate(bands) if threshold.touches(band)]
        elif key is Key.AREA:
            known = population.areas(service, vehicle)
            if threshold.area % 100:
                known = sorted({*known, threshold.area})
            codes = [code for code in known if threshold.holds_in(code) and covers_area(area, code)]
            if not known:
                break
        else:
            codes = [value.code for value in (HOUR_BANDS if key is Key.HOUR else WEATHER_BANDS)]
        values.append([(key, code) for code in codes])
    return list(product(*values))


def unjudged(
    threshold: DeclaredThreshold, cohort: Cohort, metric: Metric, params: AuditParams
) -> CohortAudit:
    """The row of a threshold in a cohort before it is held against anything."""
    return CohortAudit(
        threshold,
        cohort,
        feasible_in(cohort, threshold, threshold.value, metric, params),
        Judgement(
            Verdict.INSUFFICIENT_EVIDENCE,
            Doubt.CELL_TOO_SMALL if _covers(threshold, cohort, metric) else Doubt.BAND_PARTLY_COVERED,
        ),
    )


def feasible_in(
    cohort: Cohort, threshold: DeclaredThreshold, value: float, metric: Metric, params: AuditParams
) -> Feasibility | None:
    """A value held against the floor of a cohort; of the threshold's distances where the cohort is of all."""
    distance_m = (cohort.distance or threshold).representative_m
    return feasibility(metric, value, distance_m, cohort.code(Key.VEHICLE) or 0, params.floor)


def _covers(threshold: DeclaredThreshold, cohort: Cohort, metric: Metric) -> bool:
    """Whether the threshold holds for all distances of the cohort."""
    if Key.DISTANCE not in metric.keys:
        return True
    if cohort.distance is None:
        return threshold.min_m == 0 and math.isinf(threshold.max_m)
    return threshold.covers(cohort.distance)


def _measured(node: int, row: CohortAudit, population: Cohorts, params: AuditParams) -> CohortAudit:
    """The row with its figures, not yet judged; as it is if it has none."""
    if node < 0 or row.judgement.doubt is Doubt.BAND_PARTLY_COVERED:
        return row
    reference = population.reference(row.platform, node)
    if reference is None:
        return row
    sample, tau, direction = reference.sample, row.threshold.value, population.metric.direction
    known = evidence(sample, tau, direction)
    p = known.p_at_least(params.strictest_below)
    interval = wilson(known.share, known.effective_size(params.confidence), params.confidence)
    better = share_better(sample, tau, direction)
    standing = Standing(known.share, interval, p_value=p, adjusted_p=p, better=better)
    return replace(row, reference=reference.kind, baseline=reference.baseline, standing=standing)


def _judged(cohorts: list[CohortAudit], params: AuditParams) -> list[CohortAudit]:
    """All verdicts, which depend on each other through false discovery control."""
    tested = iter(adjusted([row.standing.p_value for row in cohorts if row.standing]).tolist())
    judged = []
    for row in cohorts:
        if row.standing is not None:
            standing = replace(row.standing, adjusted_p=next(tested))
            row = replace(row, standing=standing, judgement=verdict_on(standing, params))
        judged.append(row)
    return judged


def verdict_on(standing: Standing, params: AuditParams) -> Judgement:
    """verdict.judge with the audit's parameters."""
    return judge(
        standing.attainment,
        standing.interval,
        params.middle,
        adjusted_p=standing.adjusted_p,
        level=params.false_discoveries,
        strictest_below=params.strictest_below,
        better=standing.better,
    )


def _place(threshold: DeclaredThreshold) -> tuple[int, int, float, float, int, int, int, float, str]:
    where = threshold.platform, threshold.service, threshold.min_m, threshold.max_m, threshold.area
    return *where, threshold.effective_from_ms, threshold.version, threshold.value, threshold.id
