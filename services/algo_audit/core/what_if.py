"""What another threshold would do in a cohort: who would miss it, what that would cost them, and the middle
and the floor beside it.

Attainment and verdict are of the reference, as in the audit; orders and workers affected are the platform's
own where its cell may be shown, else the reference's. τ is free to choose, so everything counted is told in
tens (see privacy): a search over τ tells which tens of orders lie where, never a single one.

*Missing* τ follows the metric's direction; a right-censored order misses it with the probability that
Kaplan & Meier give it, while a worker is affected by what was seen to miss.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from services.algo_audit.core.audit import Audited, CohortAudit, Standing, feasible_in, verdict_on
from services.algo_audit.core.baseline import Sample, attainment, middle_range, quantile
from services.algo_audit.core.discovery import adjusted
from services.algo_audit.core.feasibility import Feasibility
from services.algo_audit.core.intervals import Interval, evidence, wilson
from services.algo_audit.core.metrics import DELIVERY_TIME, IMPLIED_SPEED, Direction
from services.algo_audit.core.privacy import rounded, shown_share
from services.algo_audit.core.verdict import Verdict

MOST_POINTS = 101
"""Of a frontier: every per cent of its range."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a threshold does in a cohort."""

    threshold: float
    attainment: float
    """Of the reference, to the nearest ten values."""
    interval: Interval
    orders: int
    orders_affected: int
    """That miss the threshold; in tens."""
    workers: int
    workers_affected: int
    """With at least one such order; in tens."""
    below_floor: bool
    verdict: Verdict
    """As the audit would give it, everything else declared as it is."""
    penalty_fen: int | None
    """Affected orders times the declared penalty of one; None: no penalty is declared."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a threshold is looked at beside, in the metric's unit."""

    middle: Interval
    p50: float
    floor: float | None
    """None for a metric without a floor."""
    declared: float
    recommended: float
    """The middle's P50; the floor where that is safer. Never below the floor."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One threshold and the one in force."""

    what_if: WhatIf
    declared: WhatIf
    marks: Marks


@dataclass(frozen=True, slots=True)
class Frontier:
    """The share affected over the whole range of thresholds."""

    points: tuple[WhatIf, ...]
    """By ascending threshold."""
    marks: Marks


def what_if(
    audited: Audited, platform: int, service: int, cohort_id: str, tau: float, penalty_fen: int | None = None
) -> Answer | None:
    """What τ would do in place of the platform's declared threshold; None if nothing may be shown.

    `penalty_fen`: the platform's declared penalty for one order that misses. Linear in the cohort. Raises
    ValueError for a τ that is not positive and finite, LookupError if the platform has no threshold there.
    """
    _check(tau)
    scene = _scene(audited, platform, service, cohort_id, penalty_fen)
    if scene is None:
        return None
    return Answer(scene.at(tau), scene.at(scene.row.threshold.value), scene.marks())


def frontier(
    audited: Audited,
    platform: int,
    service: int,
    cohort_id: str,
    points: int = 21,
    penalty_fen: int | None = None,
) -> Frontier | None:
    """The same at `points` (2–101) thresholds, evenly spaced from half a spread (P10 to P90) below the P10 to
    half a spread above the P90; None if nothing may be shown. Raises as `what_if`."""
    if not 2 <= points <= MOST_POINTS:
        raise ValueError(f"points: 2 to {MOST_POINTS} can be had, not {points}")
    scene = _scene(audited, platform, service, cohort_id, penalty_fen)
    if scene is None:
        return None
    return Frontier(tuple(scene.at(tau) for tau in scene.range(points)), scene.marks())


def _check(tau: float) -> None:
    if not (math.isfinite(tau) and tau > 0):
        raise ValueError(f"threshold: must be positive and finite, not {tau}")


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """One cohort, ready for any τ."""

    audited: Audited
    row: CohortAudit
    sample: Sample
    """The reference."""
    counted: Sample
    """Whose orders are counted: the platform's own, or the reference again."""
    orders: int
    """That ``counted`` is made of."""
    penalty_fen: int | None

    @property
    def direction(self) -> Direction:
        return self.audited.metric.direction

    def at(self, tau: float) -> WhatIf:
        """What τ does."""
        params, known = self.audited.params, evidence(self.sample, tau, self.direction)
        share = shown_share(known.share, len(self.sample))
        interval = wilson(share, known.effective_size(params.confidence), params.confidence)
        p = known.p_at_least(params.strictest_below)
        orders, workers = self._missing(tau)
        floor = self._feasibility(tau)
        return WhatIf(
            threshold=tau,
            attainment=share,
            interval=interval,
            orders=self.orders,
            orders_affected=orders,
            workers=self.counted.workers,
            workers_affected=workers,
            below_floor=floor is not None and floor.below_floor,
            verdict=self._verdict(tau, Standing(share, interval, p_value=p, adjusted_p=p)),
            penalty_fen=None if self.penalty_fen is None else orders * self.penalty_fen,
        )

    def marks(self) -> Marks:
        """What every τ is looked at beside."""
        p50 = quantile(self.sample, 0.5)
        feasible = self._feasibility(self.row.threshold.value)
        recommended = p50
        if feasible is not None and self.audited.metric.id == DELIVERY_TIME.id:
            recommended = max(p50, feasible.floor)
        if feasible is not None and self.audited.metric.id == IMPLIED_SPEED.id:
            recommended = min(p50, feasible.floor)
        return Marks(
            middle=Interval(*middle_range(self.sample, self.audited.params.middle, self.direction)),
            p50=p50,
            floor=None if feasible is None else feasible.floor,
            declared=self.row.threshold.value,
            recommended=recommended,
        )

    def range(self, points: int) -> list[float]:
        """Ascending thresholds to look at."""
        seen = [
            x for x in (quantile(self.sample, p) for p in (0.1, 0.25, 0.5, 0.75, 0.9)) if math.isfinite(x)
        ]
        low, high = min(seen), max(seen)
        half = (high - low) / 2 or abs(high) / 2 or 0.5
        last = high + half
        if self.audited.metric.unit == "share" and high <= 1:
            last = min(last, 1.0)
        first = max(low - half, last / (10 * points))
        return [float(tau) for tau in np.linspace(first, last, points)]

    def _missing(self, tau: float) -> tuple[int, int]:
        """Orders and workers that miss τ, in tens.

        Where a value is made of many orders, their number follows from how many values miss, in tens: the
        orders of the very ones that miss could be those of a single worker.
        """
        sample, n = self.counted, len(self.counted)
        within = sample.rows_within(tau, self.direction)
        seen = slice(within, None) if self.direction is Direction.AT_MOST else slice(within)
        workers = int(np.count_nonzero(np.bincount(sample.worker[seen], minlength=sample.workers)))
        values = rounded((1 - attainment(sample, tau, self.direction)) * n)
        orders = rounded(values / n * self.orders)
        return min(orders, self.orders), min(rounded(workers), sample.workers)

    def _feasibility(self, tau: float) -> Feasibility | None:
        row, audited = self.row, self.audited
        return feasible_in(row.cohort, row.threshold, tau, audited.metric, audited.params)

    def _verdict(self, tau: float, standing: Standing) -> Verdict:
        if tau == self.row.threshold.value and self.row.standing is not None:
            return self.row.verdict
        rows = (row for row in self.audited.cohorts if row is not self.row)
        others = [row.standing.p_value for row in rows if row.standing is not None]
        adjusted_p = float(adjusted([standing.p_value, *others])[0])
        return verdict_on(replace(standing, adjusted_p=adjusted_p), self.audited.params).verdict


def _scene(
    audited: Audited, platform: int, service: int, cohort_id: str, penalty_fen: int | None
) -> _Scene | None:
    row, population = audited.of(platform, service, cohort_id), audited.population
    node = population.node(tuple(code for _, code in row.cohort.keys))
    pool = None if node is None else population.pool(platform, node)
    if node is None or pool is None:
        return None
    sample = population.sample(pool.platforms, node)
    if row.suppressed and not population.is_yardstick(sample):
        return None
    own = population.platform_code(platform)
    counted = (own,) if own is not None and population.publishes(own, node) else pool.platforms
    return _Scene(
        audited=audited,
        row=row,
        sample=sample,
        counted=sample if counted == pool.platforms else population.sample(counted, node),
        orders=population.orders(counted, node),
        penalty_fen=penalty_fen,
    )
