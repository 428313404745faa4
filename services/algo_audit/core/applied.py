"""Rules as declared beside the same rules as seen on orders.

| rule                | shown on an order       | stricter than declared if     | per platform and        |
|---------------------|-------------------------|-------------------------------|-------------------------|
| delivery_time       | the limit promised      | shorter by more than 1 s      | service × distance band |
| commission_share    | commission /            | more than 1 fen above the     | service                 |
|                     | (pay + commission)      | declared share                |                         |
| penalties_per_order | the penalty             | more than 1 fen above         | service                 |

Declared is what was in force when the order was accepted, for its service, area and distance. A doubt is
not held against the platform: of several declarations that apply the strictest counts; an order whose
service or area nobody stated may be of any; and an order from a time in which nothing was declared is left
out where something was declared later, or before. Only where no order of a cohort had a declaration is the
rule an undeclared one: then every order counts to which it was applied (a limit was shown, a commission or
a penalty was taken).

A finding: the share of such orders is certainly above the tolerated one (see excess), the interval being
robust to many orders of one worker, after false discovery control over all rules of the audit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.bands import DistanceBand, band_of
from services.algo_audit.core.cohort_keys import Value
from services.algo_audit.core.discovery import adjusted
from services.algo_audit.core.excess import Excess, excess
from services.algo_audit.core.groups import hidden_in_line, middle_of, rows_by, workers_in
from services.algo_audit.core.metrics import COMMISSION_SHARE, DELIVERY_TIME, PENALTIES_PER_ORDER
from services.algo_audit.core.orders import NEVER, Orders
from services.algo_audit.core.privacy import MinimumCell
from services.algo_audit.core.report import AppliedRule
from services.algo_audit.core.service_band import service_band
from services.algo_audit.core.thresholds import DeclaredThreshold, in_force

_NO_BAND = 0
"""Where a rule is not cut by distance, all its orders are of one band."""


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
    """One rule on the orders that it could be applied to, one array of shape (n,) per field."""

    metric_id: str
    rows: NDArray[np.intp]
    """Into the orders."""
    band: NDArray[np.int64]
    shown: NDArray[np.float64]
    """In the metric's unit."""
    applied: NDArray[np.bool_]
    """Whether the rule was applied to the order at all."""
    stricter: NDArray[np.bool_]
    """Whether it was stricter than declared; False where nothing was."""
    declared: NDArray[np.float64]
    """NaN where nothing was declared."""


def applied_rules(
    orders: Orders,
    thresholds: Iterable[DeclaredThreshold],
    bands: Sequence[DistanceBand],
    params: AppliedParams | None = None,
    minimum: MinimumCell | None = None,
) -> list[AppliedRule]:
    """Every rule that is seen on enough orders to be told, sorted by rule, platform, service and band.

    `thresholds` are all versions that were ever declared, of all metrics: each order is held to its own
    time's."""
    params, minimum = params or AppliedParams(), minimum or MinimumCell()
    known = list(thresholds)
    told = [
        each
        for seen in (
            _limits(orders, known, bands, params),
            _commissions(orders, known, params),
            _penalties(orders, known, params),
        )
        for each in _told(orders, seen, bands, params, minimum)
    ]
    adjusted_p = adjusted([found.p_value for _, found in told])
    return [
        _with_charge(rule, found, float(p), params) for (rule, found), p in zip(told, adjusted_p, strict=True)
    ]


def declared_at(
    orders: Orders, rows: NDArray[np.intp], thresholds: Iterable[DeclaredThreshold], metric_id: str
) -> NDArray[np.float64]:
    """What was declared for each of the orders when it was accepted, in the metric's unit, shape (n,); NaN
    where nothing was. Of several the strictest."""
    known = [threshold for threshold in thresholds if threshold.metric == metric_id]
    strictest = np.fmin if metric_id == DELIVERY_TIME.id else np.fmax
    declared = np.full(len(rows), np.nan)
    accepted, distance, service = orders.accepted_ms[rows], orders.distance_m[rows], orders.service[rows]
    areas, area = np.unique(orders.area[rows], return_inverse=True)
    changes = sorted({threshold.effective_from_ms for threshold in known})
    for start, end in pairwise([*changes, NEVER]):
        of_time = (accepted >= start) & (accepted < end)
        for threshold in in_force(known, start):
            in_area = np.array([code == 0 or threshold.holds_in(code) for code in areas.tolist()], np.bool_)
            everywhere = threshold.min_m == 0 and np.isinf(threshold.max_m)
            applies = (
                of_time
                & (orders.platform[rows] == threshold.platform)
                & ((service == threshold.service) | (service == 0))
                & in_area[area]
                & (everywhere | ((threshold.min_m <= distance) & (distance < threshold.max_m)))
            )
            declared[applies] = strictest(declared[applies], threshold.value)
    return declared


def _limits(
    orders: Orders, thresholds: list[DeclaredThreshold], bands: Sequence[DistanceBand], params: AppliedParams
) -> _Seen:
    band = band_of(orders.distance_m, bands)
    rows = _accepted(orders, np.isfinite(orders.promised_s) & (band >= 0))
    shown = orders.promised_s[rows]
    declared = declared_at(orders, rows, thresholds, DELIVERY_TIME.id)
    stricter = shown < declared - params.limit_tolerance_s
    return _Seen(DELIVERY_TIME.id, rows, band[rows], shown, np.ones(len(rows), np.bool_), stricter, declared)


def _commissions(orders: Orders, thresholds: list[DeclaredThreshold], params: AppliedParams) -> _Seen:
    rows = _accepted(orders, orders.pay_fen + orders.commission_fen > 0)  # NaN is not above 0
    commission = orders.commission_fen[rows]
    gross = orders.pay_fen[rows] + commission
    declared = declared_at(orders, rows, thresholds, COMMISSION_SHARE.id)
    stricter = commission > declared * gross + params.amount_tolerance_fen
    one_band = np.full(len(rows), _NO_BAND)
    return _Seen(COMMISSION_SHARE.id, rows, one_band, commission / gross, commission > 0, stricter, declared)


def _penalties(orders: Orders, thresholds: list[DeclaredThreshold], params: AppliedParams) -> _Seen:
    rows = _accepted(orders, np.ones(len(orders), np.bool_))
    penalty = np.nan_to_num(orders.penalty_fen[rows])  # none stated is none taken
    declared = declared_at(orders, rows, thresholds, PENALTIES_PER_ORDER.id)
    stricter = penalty > declared + params.amount_tolerance_fen
    one_band = np.full(len(rows), _NO_BAND)
    return _Seen(PENALTIES_PER_ORDER.id, rows, one_band, penalty, penalty > 0, stricter, declared)


def _accepted(orders: Orders, wanted: NDArray[np.bool_]) -> NDArray[np.intp]:
    return np.flatnonzero(wanted & (orders.accepted_ms != NEVER))


def _told(
    orders: Orders, seen: _Seen, bands: Sequence[DistanceBand], params: AppliedParams, minimum: MinimumCell
) -> list[tuple[AppliedRule, Excess]]:
    """The rule in each cohort in which the orders that show it may be published."""
    worker, one = orders.worker[seen.rows], np.ones(len(seen.rows), np.int64)
    told = []
    for (platform, service), line in rows_by(orders.platform[seen.rows], orders.service[seen.rows]):
        cells = [(code, line[cell]) for (code,), cell in rows_by(seen.band[line])]
        showing = [cell[seen.applied[cell]] for _, cell in cells]
        hidden = hidden_in_line(showing, worker, one, minimum)
        for (code, cell), hide in zip(cells, hidden, strict=True):
            stated = cell[~np.isnan(seen.declared[cell])]
            compared = stated if len(stated) else cell
            if not hide and minimum.allows(workers_in(worker[compared]), len(compared)):
                cohort = service_band(service, bands[code] if seen.metric_id == DELIVERY_TIME.id else None)
                told.append(_rule(seen, cell, worker, platform, cohort, params))
    return told


def _rule(
    seen: _Seen,
    cell: NDArray[np.intp],
    worker: NDArray[np.int64],
    platform: int,
    cohort: Value,
    params: AppliedParams,
) -> tuple[AppliedRule, Excess]:
    stated = cell[~np.isnan(seen.declared[cell])]
    if len(stated) == 0:
        compared, hit, declared = cell, seen.applied[cell], None
    else:
        compared, hit, declared = stated, seen.stricter[stated], middle_of(seen.declared[stated])
    found = excess(hit, worker[compared], params.tolerated_share, params.confidence)
    rule = AppliedRule(
        platform=platform,
        metric_id=seen.metric_id,
        cohort=cohort.id,
        cohort_zh=cohort.zh,
        cohort_en=cohort.en,
        declared=declared,
        applied=middle_of(seen.shown[cell[seen.applied[cell]]]),
        orders=len(compared),
        workers=workers_in(worker[compared]),
        stricter_share=found.share,
        stricter_share_interval=found.interval,
        undeclared=False,
    )
    return rule, found


def _with_charge(rule: AppliedRule, found: Excess, adjusted_p: float, params: AppliedParams) -> AppliedRule:
    return replace(rule, undeclared=found.certain(adjusted_p, params.level))
