"""What another threshold would do in a cohort: who would miss it, what that would cost them, and the middle
and the floor beside it.

Attainment and verdict are of the reference, as in the audit; orders and workers affected are the platform's
own where its cell may be shown, else the reference's. τ is free to choose, so everything counted is told in
tens (see privacy): a search over τ tells which tens of orders lie where, never a single one.

*Missing* τ follows the metric's direction; a right-censored order misses it with the probability that
Kaplan & Meier give it, while a worker is affected by what was seen to miss.

What a platform declares as `penalties_per_order` is a mean over all orders, those in time too, as the metric
is: 3 yuan for every tenth order are 0.3 yuan. A cohort's orders so cost, under the threshold in force, the
mean times their number; and as it is the missing that is fined, under another threshold in proportion,

    penalty(τ) = mean · orders · missing(τ) / missing(declared),

rounded once, to whole fen. What one miss costs then follows, and need not be declared. Where nothing misses
the threshold in force it does not follow, and nothing is told; nor where τ is that mean itself.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from services.algo_audit.core.audit import Audited, CohortAudit, Standing, feasible_in, verdict_on
from services.algo_audit.core.baseline import Sample, attainment, middle_range, quantile, share_better
from services.algo_audit.core.discovery import adjusted
from services.algo_audit.core.feasibility import Feasibility
from services.algo_audit.core.intervals import Interval, evidence, wilson
from services.algo_audit.core.metrics import DELIVERY_TIME, IMPLIED_SPEED, PENALTIES_PER_ORDER, Direction
from services.algo_audit.core.percentiles import told_percentiles
from services.algo_audit.core.privacy import rounded, shown_share
from services.algo_audit.core.verdict import Verdict

MOST_POINTS = 101
"""Of a frontier: every per cent of its range."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a threshold does in a cohort."""

    threshold: float
    attainment: float
    """Of the reference, to the nearest ten values; of the threshold in force as the audit has it."""
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
    """What it would cost, by the formula at the top; None: no penalty is declared, or it does not follow."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a threshold is looked at beside, in the metric's unit."""

    middle: Interval
    p50: float
    floor: float | None
    """None for a metric without a floor."""
    declared: float | None
    """None: nothing is."""
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
    audited: Audited,
    platform: int,
    service: int,
    cohort_id: str,
    tau: float,
    mean_penalty_fen: float | None = None,
) -> Answer | None:
    """What τ would do in place of the platform's declared threshold; None if nothing may be shown.

    `mean_penalty_fen`: the platform's declared penalties_per_order. Linear in the cohort. Raises ValueError
    for a τ that is not positive and finite, LookupError if the platform has no threshold there.
    """
    _check(tau)
    scene = _scene(audited, platform, service, cohort_id, mean_penalty_fen)
    if scene is None:
        return None
    return Answer(scene.at(tau), scene.at(scene.row.threshold.value), scene.marks())


def what_if_undeclared(audited: Audited, row: CohortAudit, tau: float) -> tuple[WhatIf, Marks] | None:
    """What τ would do where nothing is declared; None if nothing may be shown. ``row``: undeclared.untouched.

    No penalty follows. Raises ValueError for a τ that is not positive and finite.
    """
    _check(tau)
    scene = _scene_of(audited, row, None, declared=False)
    return None if scene is None else (scene.at(tau), scene.marks())


def frontier(
    audited: Audited,
    platform: int,
    service: int,
    cohort_id: str,
    points: int = 21,
    mean_penalty_fen: float | None = None,
) -> Frontier | None:
    """The same at `points` (2–101) thresholds, evenly spaced from half a spread (P10 to P90; of those
    percentiles that may be told) below the P10 to half a spread above the P90; None if nothing may be shown.
    Raises as `what_if`."""
    scene = _scene(audited, platform, service, cohort_id, mean_penalty_fen)
    return _frontier(scene, points)


def frontier_undeclared(audited: Audited, row: CohortAudit, points: int = 21) -> Frontier | None:
    """The same where nothing is declared, as `what_if_undeclared`."""
    return _frontier(_scene_of(audited, row, None, declared=False), points)


def _frontier(scene: "_Scene | None", points: int) -> Frontier | None:
    if not 2 <= points <= MOST_POINTS:
        raise ValueError(f"points: 2 to {MOST_POINTS} can be had, not {points}")
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
    mean_penalty_fen: float | None
    declared: bool
    """Whether the row's threshold is; else it stands for none."""

    @property
    def direction(self) -> Direction:
        return self.audited.metric.direction

    def at(self, tau: float) -> WhatIf:
        """What τ does."""
        params, known = self.audited.params, evidence(self.sample, tau, self.direction)
        share = shown_share(known.share, len(self.sample))
        interval = wilson(share, known.effective_size(params.confidence), params.confidence)
        if tau == self.row.threshold.value and self.row.standing is not None:
            # The audit told it already: one threshold must not stand on one sheet with two attainments.
            share, interval = self.row.standing.attainment, self.row.standing.interval
        p = known.p_at_least(params.strictest_below)
        better = shown_share(share_better(self.sample, tau, self.direction), len(self.sample))
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
            verdict=self._verdict(tau, Standing(share, interval, p_value=p, adjusted_p=p, better=better)),
            penalty_fen=self._penalty(orders),
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
            declared=self.row.threshold.value if self.declared else None,
            recommended=recommended,
        )

    def range(self, points: int) -> list[float]:
        """Ascending thresholds to look at."""
        told = told_percentiles(self.sample, self.audited.metric.level)  # the range tells its ends
        seen = [x for x in told if x is not None and math.isfinite(x)]
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

    def _penalty(self, affected: int) -> int | None:
        """What it costs if so many orders miss, whole fen; see the top."""
        if self.mean_penalty_fen is None or self.audited.metric.id == PENALTIES_PER_ORDER.id:
            return None
        as_declared, _ = self._missing(self.row.threshold.value)
        if not as_declared:
            return None
        return round(self.mean_penalty_fen * self.orders * affected / as_declared)

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
    audited: Audited, platform: int, service: int, cohort_id: str, mean_penalty_fen: float | None
) -> _Scene | None:
    return _scene_of(audited, audited.of(platform, service, cohort_id), mean_penalty_fen, declared=True)


def _scene_of(
    audited: Audited, row: CohortAudit, mean_penalty_fen: float | None, *, declared: bool
) -> _Scene | None:
    platform, population = row.platform, audited.population
    node = population.node(tuple(code for _, code in row.cohort.keys))
    pool = None if node is None else population.pool(platform, node)
    if node is None or pool is None:
        return None
    sample = population.kept_sample(pool.platforms, node)
    if row.suppressed and not population.is_yardstick(sample):
        return None
    own = population.platform_code(platform)
    counted = (own,) if own is not None and population.publishes(own, node) else pool.platforms
    return _Scene(
        audited=audited,
        row=row,
        sample=sample,
        counted=sample if counted == pool.platforms else population.kept_sample(counted, node),
        orders=population.orders(counted, node),
        mean_penalty_fen=mean_penalty_fen,
        declared=declared,
    )
