"""Whole audits of many cohorts whose truth is known: how often they charge, and how often wrongly.

A platform declares one limit for all distances and districts. The orders of another one are its yardstick, so
that every distance band of every district is a cohort of its own, with a known share that can meet the limit.
What is run is `core.audit.audit`, as the service runs it. A charge is wrong where at least half can meet it.

Beside it two audits that a spreadsheet would make, with the same verdicts and the same false discovery
control: orders taken for independent, and cut off orders dropped.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from bench.audit_truth import Figure, drawn, figure, orders_of, true_quantile
from services.algo_audit.core.audit import CohortAudit, audit
from services.algo_audit.core.bands import DISTANCE_BANDS
from services.algo_audit.core.cohort_tree import Detail
from services.algo_audit.core.discovery import adjusted
from services.algo_audit.core.intervals import wilson
from services.algo_audit.core.metrics import DELIVERY_TIME, Key
from services.algo_audit.core.observations import Observations
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.thresholds import DeclaredThreshold
from services.algo_audit.core.verdict import Verdict, judge

PARAMS = AuditParams()
BANDS, DISTRICTS = len(DISTANCE_BANDS), 8
COHORTS = BANDS * DISTRICTS
FIRST_DISTRICT = 130202
"""GB/T 2260; any would do."""
LIMIT_S = 1_800.0
CUT = 0.15
"""Share of orders right-censored."""
MEAN_ORDERS = 10
"""A worker in a cohort; geometric."""
HALF = 0.5
FAULTY = (0.35, 0.40, 0.45)
"""True attainments whose detection is looked at."""


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of audit."""

    truths: tuple[float, ...]
    """Share of each cohort that can meet the limit; COHORTS of them."""
    workers: int
    """Of each cohort."""
    alike: float
    """Intra-worker correlation."""
    shared: bool
    """Whether the same workers, with their own speed, work in all cohorts: then all err together."""


def fair(truth: float) -> tuple[float, ...]:
    """All cohorts alike."""
    return (truth,) * COHORTS


MIXED = (HALF,) * (COHORTS - 5 * len(FAULTY)) + FAULTY * 5
"""25 cohorts of which exactly half can meet the limit, and five each of FAULTY."""


@dataclass(frozen=True, slots=True)
class Charges:
    """What audits of one family said."""

    family: Family
    any_wrong: Figure
    """Share of audits with a wrong STRICTEST, be it one of 40."""
    wrong_of_charged: Figure
    """Of all that an audit calls STRICTEST the share that is wrong; 0 if it charges nothing."""
    wrong_by_p: Figure
    """The same of all whose adjusted p is small enough: without what the middle band forgives."""
    any_wrong_independent: Figure
    """``any_wrong`` with every order taken for independent."""
    found: dict[float, Figure]
    """By true attainment below one half: the share called STRICTEST."""
    found_by_p: dict[float, Figure]
    """The same of small adjusted p's."""
    found_dropping: dict[float, Figure]
    """``found`` with cut off orders dropped."""


def charges(family: Family, rounds: int, seed: int) -> Charges:
    """Make so many audits of a family. The same seed, the same figures."""
    rng = np.random.default_rng([seed, family.workers, round(100 * family.alike), int(family.shared)])
    truths = np.array(family.truths)
    innocent, faulty = truths >= HALF, sorted({truth for truth in family.truths if truth < HALF})
    strictest, small, independent, dropping = (np.zeros((rounds, COHORTS), np.bool_) for _ in range(4))
    for turn in range(rounds):
        observations = population(family, rng)
        rows = _audited(observations)
        places = [_place(row) for row in rows]
        strictest[turn, places] = [row.verdict is Verdict.STRICTEST for row in rows]
        small[turn, places] = [
            row.standing is not None and row.standing.adjusted_p <= PARAMS.false_discoveries for row in rows
        ]
        independent[turn, places] = taken_for_independent(rows)
        if faulty:
            rows = _audited(observations.take(~observations.censored))
            dropping[turn, [_place(row) for row in rows]] = [row.verdict is Verdict.STRICTEST for row in rows]

    def found(called: NDArray[np.bool_]) -> dict[float, Figure]:
        return {truth: figure(called[:, truths == truth].mean(axis=1)) for truth in faulty}

    return Charges(
        family,
        any_wrong=figure(_any(strictest, innocent)),
        wrong_of_charged=figure(_false_discoveries(strictest, innocent)),
        wrong_by_p=figure(_false_discoveries(small, innocent)),
        any_wrong_independent=figure(_any(independent, innocent)),
        found=found(strictest),
        found_by_p=found(small),
        found_dropping=found(dropping),
    )


def _audited(observations: Observations) -> list[CohortAudit]:
    limit = DeclaredThreshold(1, DELIVERY_TIME.id, LIMIT_S)
    return audit(observations, [limit], PARAMS, Detail.AREA).cohorts


def population(family: Family, rng: np.random.Generator) -> Observations:
    """The orders of platform 2 in all cohorts."""
    cells = orders_of(rng, COHORTS * family.workers, MEAN_ORDERS)
    cohort = cells // family.workers
    orders = drawn(rng, cells % family.workers if family.shared else cells, family.alike, CUT)
    scale = LIMIT_S / true_quantile(np.array(family.truths))
    n = len(cells)
    ones, zeros = np.ones(n, np.int64), np.zeros(n, np.int64)
    return Observations(
        metric=DELIVERY_TIME,
        value=orders.value * scale[cohort],
        censored=orders.censored,
        worker=orders.worker,
        platform=2 * ones,
        day=zeros,
        orders=ones,
        excluded=np.zeros(n, np.uint8),
        keys={
            Key.SERVICE: ones,
            Key.VEHICLE: ones,
            Key.DISTANCE: cohort % BANDS,
            Key.AREA: FIRST_DISTRICT + cohort // BANDS,
            Key.HOUR: zeros,
            Key.WEATHER: zeros,
        },
        groups={},
    )


def _place(row: CohortAudit) -> int:
    distance, area = row.cohort.code(Key.DISTANCE), row.cohort.code(Key.AREA)
    assert distance is not None
    assert area is not None
    return distance + BANDS * (area - FIRST_DISTRICT)


def taken_for_independent(rows: list[CohortAudit]) -> NDArray[np.bool_]:
    """Which cohorts would be STRICTEST if each order were a worker of its own."""
    told = [
        (row.standing.attainment, row.baseline.values) if row.standing and row.baseline else None
        for row in rows
    ]
    p = [special.ndtr((share - HALF) * 2 * np.sqrt(n)) for share, n in filter(None, told)]
    controlled = iter(adjusted(p).tolist())
    called = []
    for known in told:
        if known is None:
            called.append(False)
            continue
        interval = wilson(*known, PARAMS.confidence)
        verdict = judge(known[0], interval, PARAMS.middle, adjusted_p=next(controlled)).verdict
        called.append(verdict is Verdict.STRICTEST)
    return np.array(called)


def _any(called: NDArray[np.bool_], innocent: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """In which audits, shape (R,), an innocent cohort was called."""
    return np.asarray(called[:, innocent].any(axis=1))


def _false_discoveries(called: NDArray[np.bool_], innocent: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Of what each audit called, shape (R, COHORTS), the share that is innocent; 0 where nothing was."""
    wrong: NDArray[np.int64] = called[:, innocent].sum(axis=1)
    shares: NDArray[np.float64] = wrong / np.maximum(called.sum(axis=1), 1)
    return shares
