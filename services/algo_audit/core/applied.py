"""Rules as declared beside the same rules as seen on orders.

| rule                | shown on an order       | stricter than declared if     | per platform and        |
|---------------------|-------------------------|-------------------------------|-------------------------|
| delivery_time       | the limit promised      | shorter by more than 1 s      | service × distance band |
| commission_share    | commission /            | more than 1 fen above the     | service                 |
|                     | (pay + commission)      | declared share                |                         |
| penalties_per_order | the mean penalty of its | more than 1 fen above         | service                 |
|                     | worker in the period    |                               |                         |

Declared is what was in force when the order was accepted, for its service, area and distance. A doubt is
not held against the platform: of several declarations that apply the strictest counts; an order whose
service or area nobody stated may be of any; and an order from a time in which nothing was declared is left
out where something was declared later, or before. Only where no order of a cohort had a declaration is the
rule an undeclared one: then every order counts to which it was applied (a limit was shown, a commission or
a penalty was taken).

A finding: the share of such orders is certainly above the tolerated one (see excess), the interval being
robust to many orders of one worker, after false discovery control over all rules of the audit.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.bands import UNKNOWN_BAND, DistanceBand, band_of
from services.algo_audit.core.combinations import combinations_of
from services.algo_audit.core.declared import Declared, DeclaredRules
from services.algo_audit.core.discovery import adjusted
from services.algo_audit.core.excess import Excess, excess_of
from services.algo_audit.core.groups import lower_medians, medians_of_codes
from services.algo_audit.core.metrics import COMMISSION_SHARE, DELIVERY_TIME, PENALTIES_PER_ORDER
from services.algo_audit.core.orders import NEVER, Orders
from services.algo_audit.core.platform_workers import PlatformWorkers
from services.algo_audit.core.privacy import MinimumCell, published_in_lines, rounded, tens_in_lines
from services.algo_audit.core.report import AppliedRule
from services.algo_audit.core.service_band import service_band
from services.algo_audit.core.tally import NOWHERE, Counter
from services.algo_audit.core.thresholds import DeclaredThreshold


@dataclass(frozen=True, slots=True)
class AppliedParams:
    """What counts as applying another rule. Raises ValueError for a share outside (0, 1) or a negative
    tolerance."""

    tolerated_share: float = 0.01
    """1 % of orders: single mistakes, and orders around the moment in which a new version came into force."""
    limit_tolerance_s: float = 1.0
    """1 s: limits are told in whole seconds or minutes, and rounded on the way."""
    amount_tolerance_fen: float = 1.0
    """1 fen: amounts are rounded to it."""
    confidence: float = 0.95
    """Of the share's interval: the field's custom."""
    level: float = 0.05
    """False discovery rate: the field's custom."""

    def __post_init__(self) -> None:
        if not 0 < self.tolerated_share < 1:
            raise ValueError(f"tolerated_share: {self.tolerated_share} is no share between 0 and 1")
        for name in ("limit_tolerance_s", "amount_tolerance_fen"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name}: cannot be negative, is {getattr(self, name)}")


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """One rule on the orders, one array of shape (n,) per field."""

    metric_id: str
    there: NDArray[np.bool_]
    """Orders that it could be applied to."""
    shown: NDArray[np.float64]
    """In the metric's unit."""
    applied: NDArray[np.bool_]
    """Whether the rule was applied to the order at all; only where it could be."""
    stricter: NDArray[np.bool_]
    """Whether it was stricter than declared; only where it could be, and something was."""
    declared: Declared


def applied_rules(
    orders: Orders,
    thresholds: Iterable[DeclaredThreshold],
    bands: Sequence[DistanceBand],
    params: AppliedParams | None = None,
    minimum: MinimumCell | None = None,
    *,
    only: str | None = None,
) -> list[AppliedRule]:
    """Every rule that is seen on enough orders to be told, sorted by rule, platform, service and band.

    `thresholds` are all versions that were ever declared, of all metrics: each order is held to its own
    time's. `only`: the metric whose rules are told. Tested are all of them, whatever is told: the family of
    the false discovery control are all rules of the orders, and a charge must not depend on which metric
    was asked for.
    """
    params, minimum = params or AppliedParams(), minimum or MinimumCell()
    known = DeclaredRules(orders, thresholds)
    accepted = orders.accepted_ms != NEVER
    by_service, services = combinations_of([orders.platform, orders.service])
    band = band_of(orders.distance_m, bands)
    by_band = np.where(band == UNKNOWN_BAND, NOWHERE, by_service * len(bands) + band).astype(np.int32)
    found: list[tuple[AppliedRule | None, Excess]] = []
    for seen, cell, cut in (
        (_limits(orders, known, accepted & (band != UNKNOWN_BAND), params), by_band, bands),
        (_commissions(orders, known, accepted, params), by_service, None),
        (_penalties(orders, known, accepted, params), by_service, None),
    ):
        tested = _tested(orders.worker, seen, cell, services, cut, params, minimum)
        if only in (None, seen.metric_id):
            found += zip(_told(seen, cell, services, cut, tested), (of.excess for of in tested), strict=True)
        else:
            found += [(None, of.excess) for of in tested]
    adjusted_p = adjusted([each.p_value for _, each in found])
    return [
        replace(rule, undeclared=each.certain(float(p), params.level))
        for (rule, each), p in zip(found, adjusted_p, strict=True)
        if rule is not None
    ]


def _limits(orders: Orders, known: DeclaredRules, there: NDArray[np.bool_], params: AppliedParams) -> _Seen:
    there = there & np.isfinite(orders.promised_s)
    declared = known.at(DELIVERY_TIME.id)
    stricter = there & (orders.promised_s < declared.each() - params.limit_tolerance_s)
    return _Seen(DELIVERY_TIME.id, there, orders.promised_s, there, stricter, declared)


def _commissions(
    orders: Orders, known: DeclaredRules, accepted: NDArray[np.bool_], params: AppliedParams
) -> _Seen:
    commission, gross = orders.commission_fen, orders.pay_fen + orders.commission_fen
    there = accepted & (gross > 0)  # NaN is not above 0
    declared = known.at(COMMISSION_SHARE.id)
    stricter = there & (commission > declared.each() * gross + params.amount_tolerance_fen)
    share = np.full(len(orders), np.nan)
    np.divide(commission, gross, out=share, where=there)
    return _Seen(COMMISSION_SHARE.id, there, share, there & (commission > 0), stricter, declared)


def _penalties(
    orders: Orders, known: DeclaredRules, accepted: NDArray[np.bool_], params: AppliedParams
) -> _Seen:
    penalty = np.nan_to_num(orders.penalty_fen)  # none stated is none taken
    # As worker_measures.penalties_per_order has it: one meaning, for what is declared and what is applied.
    workers = PlatformWorkers.of(orders.platform, orders.worker)
    taken = orders.undertaken
    mean = workers.total(penalty, taken) / np.maximum(workers.count(taken), 1)
    shown = mean[workers.number]
    declared = known.at(PENALTIES_PER_ORDER.id)
    stricter = accepted & (shown > declared.each() + params.amount_tolerance_fen)
    return _Seen(PENALTIES_PER_ORDER.id, accepted, shown, accepted & (penalty > 0), stricter, declared)


@dataclass(frozen=True, slots=True)
class _Tested:
    """A rule in one cohort, and how sure one may be that it is another than declared."""

    cell: int
    declared: bool
    """Whether anything was."""
    workers: int
    tens: int
    """The orders as they may be told."""
    excess: Excess


def _tested(
    worker: NDArray[np.int64],
    seen: _Seen,
    cell: NDArray[np.signedinteger],
    services: NDArray[np.int64],
    bands: Sequence[DistanceBand] | None,
    params: AppliedParams,
    minimum: MinimumCell,
) -> list[_Tested]:
    """The rule in each cohort in which the orders that show it may be published.

    `cell`: of each order, platform and service (rows of `services`), then band if there are `bands`.
    """
    parts = len(bands) if bands else 1
    cells = len(services) * parts

    of = Counter(cell, worker, cells)
    every = of.count(seen.there)
    showing = every if seen.applied is seen.there else of.count(seen.applied)
    compared = seen.there & seen.declared.stated
    stated = every if np.array_equal(compared, seen.there) else of.count(compared)
    strict = of.count(seen.stricter)
    line = np.arange(cells) // parts
    shown = published_in_lines(line, showing, showing.sizes, minimum)
    declared = stated.sizes > 0
    tens = tens_in_lines(line, np.where(declared, stated.sizes, every.sizes))
    tested = []
    for at in np.flatnonzero(shown).tolist():
        held, hits = (stated, strict) if declared[at] else (every, showing)
        sizes = held.rows[held.of(at)]
        if minimum.allows(len(sizes), int(sizes.sum())):
            each = excess_of(hits.beside(held, at), sizes, params.tolerated_share, params.confidence)
            tested.append(_Tested(at, bool(declared[at]), len(sizes), int(tens[at]), each))
    return tested


def _told(
    seen: _Seen,
    cell: NDArray[np.signedinteger],
    services: NDArray[np.int64],
    bands: Sequence[DistanceBand] | None,
    tested: Sequence[_Tested],
) -> Iterator[AppliedRule]:
    """What was tested as it may be published."""
    parts = len(bands) if bands else 1
    cells = len(services) * parts
    applied = lower_medians(np.where(seen.applied, cell, NOWHERE), seen.shown, cells)
    there = np.where(seen.there, cell, NOWHERE)
    declared = medians_of_codes(there, seen.declared.code, seen.declared.values, cells)
    for of in tested:
        platform, service = services[of.cell // parts].tolist()
        cohort = service_band(service, bands[of.cell % parts] if bands else None)
        share, interval = of.excess.told(of.tens)
        yield AppliedRule(
            platform=platform,
            metric_id=seen.metric_id,
            cohort=cohort.id,
            cohort_zh=cohort.zh,
            cohort_en=cohort.en,
            declared=float(declared[of.cell]) if of.declared else None,
            applied=float(applied[of.cell]),
            orders=of.tens,
            workers=rounded(of.workers),
            stricter_share=share,
            stricter_share_interval=interval,
            undeclared=False,
        )
