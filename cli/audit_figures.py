"""The figures of an audited file: of all rows, of each distance band, of each group.

Every row is in its own reference: there is nobody else's to compare with. So the verdict says where a
threshold stands in what the file itself shows, and nothing is left out of it for speed, weather or hours.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cli.audit_rows import Rows
from cli.bad_input import BadInputError
from services.algo_audit.core.bands import DistanceBand, band_of
from services.algo_audit.core.baseline import (
    Sample,
    attainment,
    middle_range,
    quantile,
    sample_of,
    share_better,
)
from services.algo_audit.core.cohort_keys import E_BIKE
from services.algo_audit.core.discovery import adjusted, p_value
from services.algo_audit.core.feasibility import feasibility
from services.algo_audit.core.intervals import Interval, attainment_interval, quantile_interval
from services.algo_audit.core.metrics import Metric
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.verdict import Judgement, Verdict, judge

PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)
MOST_GROUPS = 100
"""More groups than a person reads; then the column is something else, an order number for instance."""
ALL = "all"


@dataclass(frozen=True, slots=True)
class Standing:
    """A threshold in a cohort that has rows."""

    attainment: float
    interval: Interval
    p_value: float
    adjusted_p: float
    """After false discovery control over every cohort and threshold of the file."""
    better: float
    """Share strictly better than the threshold."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A threshold in a cohort."""

    threshold: float
    """In the metric's unit."""
    judgement: Judgement
    standing: Standing | None
    """None: the cohort has no row."""
    below_floor: bool = False


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a cohort shows, whatever the threshold; in the metric's unit."""

    percentiles: tuple[float, ...]
    """P10, P25, P50, P75, P90."""
    p50_interval: Interval
    middle: Interval


@dataclass(frozen=True, slots=True)
class Cohort:
    """Some of the rows."""

    id: str
    kind: str
    """``all``, ``distance`` or ``group``."""
    zh: str
    en: str
    rows: int
    workers: int
    censored: int
    """Of the rows: not seen to their end."""
    baseline: Baseline | None
    """None: there is no row."""
    floor: float | None
    """Of feasibility, in the metric's unit; None where there is none."""
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All cohorts: everything first, then the bands, then the groups."""

    cohorts: tuple[Cohort, ...]
    outside_bands: int
    """Rows whose distance is unknown or in no band."""
    without_group: int

    @property
    def whole(self) -> Cohort:
        return self.cohorts[0]


def figures_of(rows: Rows, metric: Metric, thresholds: Sequence[float], params: AuditParams) -> Figures:
    """The figures; ``rows`` has at least one. The bands are ``params.bands``.

    Raises:
        BadInputError: if there are more groups than anybody reads.
    """
    if len(rows.groups) > MOST_GROUPS:
        raise BadInputError(
            "--group-column",
            str(len(rows.groups)),
            f"分组过多（上限 {MOST_GROUPS}），请改用区县、用工形式一类的列",
            f"groups are too many (at most {MOST_GROUPS}); name a column such as district or employment form",
            reason="TOO_MANY_GROUPS",
        )
    everything = np.ones(len(rows), np.bool_)
    cohorts = [_cohort((ALL, ALL, "全部", "all"), rows, everything, None, metric, thresholds, params)]
    outside = 0
    if rows.has_distance:
        band = band_of(rows.distance_m, params.bands)
        outside = int((band < 0).sum())
        for number, distances in enumerate(params.bands):
            named = distances.id, "distance", distances.label_zh, distances.label_en
            cohorts.append(_cohort(named, rows, band == number, distances, metric, thresholds, params))
    for code, group in sorted(enumerate(rows.groups), key=lambda each: each[1]):
        named = group, "group", group, group
        cohorts.append(_cohort(named, rows, rows.group == code, None, metric, thresholds, params))
    without = int((rows.group < 0).sum()) if rows.groups else 0
    return Figures(_controlled(cohorts, params), outside, without)


def _cohort(
    named: tuple[str, str, str, str],
    rows: Rows,
    inside: NDArray[np.bool_],
    band: DistanceBand | None,
    metric: Metric,
    thresholds: Sequence[float],
    params: AuditParams,
) -> Cohort:
    id_, kind, zh, en = named
    sample = (
        sample_of(rows.value[inside], rows.worker[inside], rows.censored[inside]) if inside.any() else None
    )
    feasible = [
        feasibility(metric, tau, band.representative_m, E_BIKE, params.floor) if band is not None else None
        for tau in (*thresholds, 1.0)
    ]
    return Cohort(
        id=id_,
        kind=kind,
        zh=zh,
        en=en,
        rows=0 if sample is None else len(sample),
        workers=0 if sample is None else sample.workers,
        censored=int(rows.censored[inside].sum()),
        baseline=None if sample is None else _baseline(sample, metric, params),
        floor=None if feasible[-1] is None else feasible[-1].floor,
        judged=tuple(
            Judged(
                threshold=tau,
                judgement=Judgement(Verdict.INSUFFICIENT_EVIDENCE),
                standing=None if sample is None else _standing(sample, tau, metric, params),
                below_floor=floor is not None and floor.below_floor,
            )
            for tau, floor in zip(thresholds, feasible, strict=False)
        ),
    )


def _baseline(sample: Sample, metric: Metric, params: AuditParams) -> Baseline:
    return Baseline(
        percentiles=tuple(quantile(sample, p) for p in PERCENTILES),
        p50_interval=quantile_interval(sample, 0.5, params.confidence),
        middle=Interval(*middle_range(sample, params.middle, metric.direction)),
    )


def _standing(sample: Sample, tau: float, metric: Metric, params: AuditParams) -> Standing:
    p = p_value(sample, tau, metric.direction, params.strictest_below)
    return Standing(
        attainment=attainment(sample, tau, metric.direction),
        interval=attainment_interval(sample, tau, metric.direction, params.confidence),
        p_value=p,
        adjusted_p=math.nan,
        better=share_better(sample, tau, metric.direction),
    )


def _controlled(cohorts: Sequence[Cohort], params: AuditParams) -> tuple[Cohort, ...]:
    """The verdicts, once every p of the file is known."""
    standings = [each.standing for cohort in cohorts for each in cohort.judged if each.standing is not None]
    controlled = iter(adjusted([each.p_value for each in standings]).tolist())
    return tuple(
        replace(cohort, judged=tuple(_verdict(each, controlled, params) for each in cohort.judged))
        for cohort in cohorts
    )


def _verdict(judged: Judged, controlled: Iterator[float], params: AuditParams) -> Judged:
    if judged.standing is None:
        return judged
    standing = replace(judged.standing, adjusted_p=next(controlled))
    judgement = judge(
        standing.attainment,
        standing.interval,
        params.middle,
        adjusted_p=standing.adjusted_p,
        level=params.false_discoveries,
        strictest_below=params.strictest_below,
        better=standing.better,
    )
    return replace(judged, standing=standing, judgement=judgement)
