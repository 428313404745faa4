"""One coarse group of workers beside the most favoured one.

| metric                         | a group's value               | more is better for the worker because |
|--------------------------------|-------------------------------|---------------------------------------|
| hourly_earnings, piece_rate    | the median                    | it is pay                             |
| delivery_time, implied_speed,  | attainment of the declared τ, | who meets the threshold is not        |
| rates, daily orders and hours  | each row's own                | penalised                             |

Commission, penalties and supplements have no value of that kind here: ValueError.

Attainment of differing thresholds is that of x/τ against 1, so that a group with longer orders, and longer
limits, is held to its own limits; censored rows stay censored (Kaplan–Meier). What groups do within a
distance band is not standardised further: a ratio says *that* two groups fare differently, not yet why.

Ratio of A (the group) to B (the most favoured): the interval is by the method of variance estimates
recovery (MOVER; Donner & Zou, Stat. Methods Med. Res. 21 (2012) 347–359) from the cluster-robust intervals
of A and of B:

    low = (A² − a²) / (AB + s)   a = A − l_A, b = u_B − B       s = √(A²b² + a²B² − a²b²)
    high = (AB + s) / (B² − b²)  a = u_A − A, b = B − l_B

It keeps their asymmetry, and works where A is 0, which the delta method of the log ratio does not. Workers in
both groups make the two figures go together, which it does not credit: the interval is then too wide.

A finding: the upper end below the band (four fifths: 29 CFR 1607.4 D, the only number there is; no Chinese
source gives one, so it is declared), and p ≤ 5 % of "at least four fifths" after false discovery control
over all. The most favoured group is the best of several, and the best of many small ones is best by luck:
it must have a declared number of workers.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from services.algo_audit.core.bands import DistanceBand
from services.algo_audit.core.baseline import Sample, attainment, ordered_sample, quantile
from services.algo_audit.core.cohort_keys import EMPLOYMENT_FORMS, TENURE_BANDS, Value
from services.algo_audit.core.discovery import adjusted
from services.algo_audit.core.groups import hidden_in_line, rows_by
from services.algo_audit.core.intervals import Interval, attainment_interval, quantile_interval
from services.algo_audit.core.metrics import (
    COMMISSION_SHARE,
    HOURLY_EARNINGS,
    PENALTIES_PER_ORDER,
    PIECE_RATE,
    SUPPLEMENT_SHARE,
    Direction,
    Key,
)
from services.algo_audit.core.observations import NOT_IN_A_GROUP, Exclusion, Group, Observations
from services.algo_audit.core.privacy import MinimumCell, rounded_up
from services.algo_audit.core.report import DataIssue, Parity
from services.algo_audit.core.thresholds import DeclaredThreshold

BY_MEDIAN = (HOURLY_EARNINGS.id, PIECE_RATE.id)
_NOT_COMPARED = (COMMISSION_SHARE.id, PENALTIES_PER_ORDER.id, SUPPLEMENT_SHARE.id)
GROUP_TEXT: dict[Group, tuple[str, str]] = {
    Group.EMPLOYMENT_FORM: ("用工形式", "employment form"),
    Group.DISTRICT: ("区县", "district"),
    Group.TENURE_BAND: ("从业时长", "tenure"),
    Group.PARTNER_FIRM: ("合作企业", "partner firm"),
}
GROUPS_MISSING = "GROUPS_MISSING"


@dataclass(frozen=True, slots=True)
class ParityParams:
    """What counts as a disparity. Raises ValueError for a share outside (0, 1)."""

    band: float = 0.8
    """Four fifths; see the top."""
    missing_share: float = 0.2
    """20 %: with more rows of no group, who is missing may decide the ratio (four fifths is itself a
    difference of 20 %); then nothing is compared."""
    reference_workers: int = 30
    """30 workers in the most favoured group: three times the least that may be published."""
    confidence: float = 0.95
    """Of the intervals: the field's custom."""
    level: float = 0.05
    """False discovery rate: the field's custom."""

    def __post_init__(self) -> None:
        for name in ("band", "missing_share"):
            if not 0 < getattr(self, name) < 1:
                raise ValueError(f"{name}: {getattr(self, name)} is no share between 0 and 1")


@dataclass(frozen=True, slots=True)
class GroupNames:
    """What people read for the codes that no table of this folder names."""

    firms: Sequence[str] = ()
    """Partner firms, by code."""
    districts: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """GB/T 2260 code → Chinese and English name; the code itself where it has none."""

    def of(self, grouping: Group, code: int) -> Value:
        """The name of a group."""
        if grouping is Group.PARTNER_FIRM:
            firm = self.firms[code]
            return Value(code, firm, firm, firm)
        if grouping is Group.DISTRICT:
            zh, en = self.districts.get(code, (str(code), str(code)))
            return Value(code, str(code), zh, en)
        table = EMPLOYMENT_FORMS if grouping is Group.EMPLOYMENT_FORM else TENURE_BANDS
        return next(value for value in table if value.code == code)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A group's value."""

    group: int
    workers: int
    orders: int
    value: float
    interval: Interval


def parity(
    observations: Observations,
    tau: NDArray[np.float64] | None = None,
    names: GroupNames | None = None,
    params: ParityParams | None = None,
    minimum: MinimumCell | None = None,
) -> tuple[list[Parity], list[DataIssue]]:
    """Every publishable group but the most favoured one, sorted by platform, grouping and group; and where
    groups are not stated.

    `tau`, shape (n,): the threshold declared for each row (`declared_for`), NaN where none is; not needed for
    metrics compared by their median. Rows outside the reference, or without a τ, are left out. Raises
    ValueError for a metric that cannot be compared, or compared without τ.
    """
    params, minimum, names = params or ParityParams(), minimum or MinimumCell(), names or GroupNames()
    metric = observations.metric
    if metric.id in _NOT_COMPARED:
        raise ValueError(f"metric: groups are not compared by {metric.id}")
    kept = observations.excluded == Exclusion.NONE
    if metric.id not in BY_MEDIAN:
        if tau is None:
            raise ValueError(f"tau: attainment of {metric.id} needs the declared thresholds")
        kept &= tau > 0  # NaN is not above 0
        observations = replace(observations, value=observations.value / tau)
    rows = observations.take(kept)
    # Once for all groups: every cell then has its values in order.
    rows = rows.take(np.lexsort((rows.censored, rows.value)))
    compared: list[tuple[Parity, float]] = []
    issues: list[DataIssue] = []
    for (platform,), of_platform in rows_by(rows.platform):
        own = rows.take(of_platform)
        for grouping in Group:
            if grouping not in own.groups:
                continue
            missing = own.groups[grouping] == NOT_IN_A_GROUP
            if missing.any():
                issues.append(_issue(platform, grouping, own.orders, missing, params))
            if float(missing.mean()) <= params.missing_share:
                figures = _figures(own.take(~missing), grouping, params, minimum)
                compared += _compare(platform, metric.id, grouping, figures, names, params)
    adjusted_p = adjusted([p for _, p in compared]).tolist()
    return [
        replace(each, adjusted_p=p, disparate=each.ratio_interval.high < params.band and p <= params.level)
        for (each, _), p in zip(compared, adjusted_p, strict=True)
    ], issues


def declared_for(
    observations: Observations, thresholds: Iterable[DeclaredThreshold], bands: Sequence[DistanceBand]
) -> NDArray[np.float64]:
    """The threshold that holds for each row, shape (n,); NaN where none does, or none for the whole of the
    row's distance band. `thresholds` are those in force; of several the laxest."""
    metric, keys = observations.metric, observations.keys
    laxest = np.fmax if metric.direction is Direction.AT_MOST else np.fmin
    areas, area = np.unique(keys[Key.AREA], return_inverse=True)
    tau = np.full(len(observations), np.nan)
    for threshold in thresholds:
        if threshold.metric != metric.id:
            continue
        in_area = np.array([threshold.holds_in(code) for code in areas.tolist()], np.bool_)
        holds = (
            (observations.platform == threshold.platform)
            & (keys[Key.SERVICE] == threshold.service)
            & in_area[area]
        )
        if Key.DISTANCE in keys:
            covered = np.array([threshold.covers(band) for band in bands] + [False])  # −1: of no band
            holds &= covered[keys[Key.DISTANCE]]
        tau[holds] = laxest(tau[holds], threshold.value)
    return tau


def ratio_interval(value: float, own: Interval, reference: float, other: Interval) -> Interval:
    """Interval of value / reference (both ≥ 0, reference > 0); see the top."""
    a, b = value - max(own.low, 0.0), other.high - reference
    low = (value**2 - a**2) / (value * reference + _root(value, a, reference, b)) if value > 0 else 0.0
    a, b = own.high - value, reference - max(other.low, 0.0)
    if not math.isfinite(a) or b >= reference:
        return Interval(low, math.inf)
    return Interval(low, (value * reference + _root(value, a, reference, b)) / (reference**2 - b**2))


def _root(value: float, a: float, reference: float, b: float) -> float:
    if not math.isfinite(b):
        return math.inf
    return math.sqrt((value * b) ** 2 + a**2 * (reference**2 - b**2))


def ratio_p_value(
    value: float, own: Interval, reference: float, other: Interval, band: float, confidence: float
) -> float:
    """One-sided p of "value is at least `band` of reference", from the same intervals: p < (1 − confidence)/2
    exactly if the interval of the ratio ends below the band."""
    half = math.hypot(own.high - value, band * (reference - max(other.low, 0.0)))
    short = band * reference - value
    if half == 0.0:
        return 0.0 if short > 0 else 1.0
    return float(special.ndtr(-float(special.ndtri((1 + confidence) / 2)) * short / half))


def _figures(own: Observations, grouping: Group, params: ParityParams, minimum: MinimumCell) -> list[_Figure]:
    cells = rows_by(own.groups[grouping])
    hidden = hidden_in_line([cell for _, cell in cells], own.worker, own.orders, minimum)
    figures = []
    for ((group,), cell), hide in zip(cells, hidden, strict=True):
        if not hide:
            sample = ordered_sample(own.value[cell], own.worker[cell], own.censored[cell])
            value, interval = _value(sample, own, params.confidence)
            figures.append(_Figure(group, sample.workers, int(own.orders[cell].sum()), value, interval))
    return figures


def _value(sample: Sample, own: Observations, confidence: float) -> tuple[float, Interval]:
    if own.metric.id in BY_MEDIAN:
        return quantile(sample, 0.5), quantile_interval(sample, 0.5, confidence)
    direction = own.metric.direction
    return attainment(sample, 1.0, direction), attainment_interval(sample, 1.0, direction, confidence)


def _compare(
    platform: int,
    metric_id: str,
    grouping: Group,
    figures: list[_Figure],
    names: GroupNames,
    params: ParityParams,
) -> list[tuple[Parity, float]]:
    """Each group beside the most favoured one, with its p; a group better off than that is its equal."""
    candidates = [f for f in figures if f.workers >= params.reference_workers and f.value > 0]
    if len(figures) < 2 or not candidates:
        return []
    best = max(candidates, key=lambda figure: (figure.value, figure.workers, -figure.group))
    compared = []
    for figure in figures:
        if figure is best:
            continue
        name = names.of(grouping, figure.group)
        terms = figure.value, figure.interval, best.value, best.interval
        row = Parity(
            platform=platform,
            metric_id=metric_id,
            grouping=grouping,
            group=figure.group,
            group_id=name.id,
            group_zh=name.zh,
            group_en=name.en,
            reference_group_id=names.of(grouping, best.group).id,
            workers=figure.workers,
            orders=figure.orders,
            value=figure.value,
            reference_value=best.value,
            ratio=min(1.0, max(0.0, figure.value) / best.value),
            ratio_interval=ratio_interval(*terms),
            disparate=False,
            adjusted_p=1.0,
        )
        compared.append((row, ratio_p_value(*terms, params.band, params.confidence)))
    return compared


def _issue(
    platform: int,
    grouping: Group,
    orders: NDArray[np.int64],
    missing: NDArray[np.bool_],
    params: ParityParams,
) -> DataIssue:
    zh, en = GROUP_TEXT[grouping]
    share = float(missing.mean())
    none = share > params.missing_share
    shown = "不足 1%" if share < 0.01 else f"{share:.0%}"
    shown_en = "under 1%" if share < 0.01 else f"{share:.0%}"
    return DataIssue(
        platform=platform,
        reason=GROUPS_MISSING,
        zh=f"{shown} 的数据未注明{zh}" + ("，不作比较" if none else ""),
        en=f"{shown_en} of the data state no {en}" + (": nothing is compared" if none else ""),
        orders=rounded_up(int(orders[missing].sum())),
    )
