"""The audit of declared delivery times: every threshold, in every distance band, against the middle.

A threshold is judged in each band that its distance range covers. In a band it covers only in part it gets
INSUFFICIENT_EVIDENCE, for its own orders and the band's are not alike; in the other bands it gets no row.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from services.algo_audit.core.bands import DistanceBand
from services.algo_audit.core.baseline import attainment
from services.algo_audit.core.cohorts import Baseline, Cohorts
from services.algo_audit.core.feasibility import Feasibility, feasibility
from services.algo_audit.core.intervals import Interval, attainment_interval
from services.algo_audit.core.metrics import DELIVERY_TIME
from services.algo_audit.core.orders import Orders
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.reference import ReferenceKind
from services.algo_audit.core.thresholds import DeclaredThreshold
from services.algo_audit.core.verdict import Doubt, Judgement, Verdict, judge

METHOD_VERSION = "1"
"""Of this folder: another method judges the same data differently, so its audits are others."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a threshold stands in its reference."""

    attainment: float
    interval: Interval
    """Of the attainment; cluster-robust."""

    @property
    def strictness(self) -> float:
        """1 − attainment."""
        return 1.0 - self.attainment


@dataclass(frozen=True, slots=True)
class CohortAudit:
    """The verdict on one threshold in one cohort (area × distance band)."""

    threshold: DeclaredThreshold
    area: int | None
    """None: the whole city."""
    band: DistanceBand
    feasibility: Feasibility
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
        return self.feasibility.below_floor

    @property
    def suppressed(self) -> bool:
        """Whether there are no figures that may leave the service."""
        return self.baseline is None


def audit_delivery_time(
    orders: Orders, thresholds: Iterable[DeclaredThreshold], params: AuditParams | None = None
) -> list[CohortAudit]:
    """Judge every threshold for delivery_time; those of other metrics are left to their own audits.

    `orders` are the audited period's, of all platforms; `thresholds` those in force in it
    (thresholds.in_force). The result is sorted by platform, distance range, area (whole city first) and band,
    whatever the order of the input. O(n log n) in the orders, O(n) more per different reference.
    """
    params = params or AuditParams()
    cohorts = Cohorts(orders, params)
    return [
        _judge(threshold, area, band, cohorts, params)
        for threshold in sorted(thresholds, key=_place)
        if threshold.metric == DELIVERY_TIME.id
        for area in (None, *cohorts.areas)
        for band, distances in enumerate(params.bands)
        if threshold.touches(distances)
    ]


def _judge(
    threshold: DeclaredThreshold, area: int | None, band: int, cohorts: Cohorts, params: AuditParams
) -> CohortAudit:
    distances = params.bands[band]
    feasible = feasibility(threshold.value_s, distances, params.floor)

    def undecided(doubt: Doubt) -> CohortAudit:
        judgement = Judgement(Verdict.INSUFFICIENT_EVIDENCE, doubt)
        return CohortAudit(threshold, area, distances, feasible, judgement)

    if not threshold.covers(distances):
        return undecided(Doubt.BAND_PARTLY_COVERED)
    reference = cohorts.reference(threshold.platform, area, band)
    if reference is None:
        return undecided(Doubt.CELL_TOO_SMALL)
    sample, direction = reference.sample, DELIVERY_TIME.direction
    standing = Standing(
        attainment(sample, threshold.value_s, direction),
        attainment_interval(sample, threshold.value_s, direction, params.confidence),
    )
    judgement = judge(standing.attainment, standing.interval, params.middle, params.strictest_below)
    return CohortAudit(
        threshold, area, distances, feasible, judgement, reference.kind, reference.baseline, standing
    )


def _place(threshold: DeclaredThreshold) -> tuple[int, float, float, int, int, float]:
    when = threshold.effective_from_ms, threshold.version, threshold.value_s
    return threshold.platform, threshold.min_m, threshold.max_m, *when
