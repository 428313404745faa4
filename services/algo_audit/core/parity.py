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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from services.algo_audit.core.cohort_keys import EMPLOYMENT_FORMS, TENURE_BANDS, Value
from services.algo_audit.core.discovery import adjusted
from services.algo_audit.core.group_figures import Figure, GroupRows, Stated
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.metrics import (
    COMMISSION_SHARE,
    HOURLY_EARNINGS,
    PENALTIES_PER_ORDER,
    PIECE_RATE,
    SUPPLEMENT_SHARE,
)
from services.algo_audit.core.observations import Exclusion, Group, Observations
from services.algo_audit.core.privacy import MinimumCell, rounded, rounded_up, told_ratio, told_share
from services.algo_audit.core.report import DataIssue, Parity

BY_MEDIAN = (HOURLY_EARNINGS.id, PIECE_RATE.id)
_NOT_COMPARED = (COMMISSION_SHARE.id, PENALTIES_PER_ORDER.id, SUPPLEMENT_SHARE.id)
GROUP_TEXT: dict[Group, tuple[str, str]] = {
    Group.EMPLOYMENT_FORM: ("用工形式", "employment form"),
    Group.DISTRICT: ("区县", "district"),
    Group.TENURE_BAND: ("从业时长", "tenure"),
    Group.PARTNER_FIRM: ("合作企业", "partner firm"),
}
GROUPS_MISSING = "GROUPS_MISSING"
_MISSING_TEXT = {
    Group.PARTNER_FIRM: (
        "合作企业（平台直接用工者亦在其中，数据未加区分）",
        "partner firm (the platform's own workers among them: the data do not tell the two apart)",
    )
}
"""An event without a partner firm is of the platform's own worker, or states none."""


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
    rows = GroupRows(observations, kept, None if metric.id in BY_MEDIAN else tau, params.confidence)
    by_grouping = [(each, list(rows.of(each, params.missing_share, minimum))) for each in rows.groupings]
    compared: list[tuple[Parity, float, int]] = []
    issues: list[DataIssue] = []
    for code, platform in enumerate(rows.platforms.tolist()):
        for grouping, stated in by_grouping:
            of = stated[code]
            if of.missing:
                issues.append(_issue(platform, grouping, of, params))
            compared += _compare(platform, metric.id, grouping, of.figures, names, params)
    adjusted_p = adjusted([p for _, p, _ in compared]).tolist()
    return [
        replace(
            each,
            adjusted_p=p,
            disparate=each.ratio_interval.high < params.band and p <= params.level,
            ratio_interval=Interval(
                told_ratio(each.ratio_interval.low, fewest), told_ratio(each.ratio_interval.high, fewest)
            ),
        )
        for (each, _, fewest), p in zip(compared, adjusted_p, strict=True)
    ], issues


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


def _compare(
    platform: int,
    metric_id: str,
    grouping: Group,
    figures: Sequence[Figure],
    names: GroupNames,
    params: ParityParams,
) -> list[tuple[Parity, float, int]]:
    """Each group beside the most favoured one, with its p and the orders of the smaller of the two; a group
    better off than the most favoured one is its equal."""
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
        fewest = min(figure.tens, best.tens)
        row = Parity(
            platform=platform,
            metric_id=metric_id,
            grouping=grouping,
            group=figure.group,
            group_id=name.id,
            group_zh=name.zh,
            group_en=name.en,
            reference_group_id=names.of(grouping, best.group).id,
            workers=rounded(figure.workers),
            orders=figure.tens,
            value=_told(metric_id, figure),
            reference_value=_told(metric_id, best),
            ratio=told_share(min(1.0, max(0.0, figure.value) / best.value), fewest),
            ratio_interval=ratio_interval(*terms),
            disparate=False,
            adjusted_p=1.0,
        )
        compared.append((row, ratio_p_value(*terms, params.band, params.confidence), fewest))
    return compared


def _told(metric_id: str, figure: Figure) -> float:
    """A group's value as it may be published: an amount that somebody earned, or a share."""
    return figure.value if metric_id in BY_MEDIAN else told_share(figure.value, figure.tens)


def _issue(platform: int, grouping: Group, stated: Stated, params: ParityParams) -> DataIssue:
    zh, en = _MISSING_TEXT.get(grouping, GROUP_TEXT[grouping])
    share = stated.missing
    none = share > params.missing_share
    shown = "不足 1%" if share < 0.01 else f"{share:.0%}"
    shown_en = "under 1%" if share < 0.01 else f"{share:.0%}"
    return DataIssue(
        platform=platform,
        reason=GROUPS_MISSING,
        zh=f"{shown} 的数据未注明{zh}" + ("，不作比较" if none else ""),
        en=f"{shown_en} of the data state no {en}" + (": nothing is compared" if none else ""),
        orders=rounded_up(stated.orders),
    )
