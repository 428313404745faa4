"""Earnings per hour worked beside the hourly minimum wage of the area (唐人社字〔2022〕1号 二.3).

Per platform × area, and per platform over all areas that have the same minimum wage. One row is what one
worker earned an hour in the period, after commission and penalties. The wage is that of the row's first
day: minimum wages have only ever been raised, so a period with a change in it is judged by the lower one.

A finding: certainly more than the tolerated share of workers earn less than the minimum wage (see excess),
after false discovery control over all cohorts. Areas whose minimum wage is not known are a data issue,
never a zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.baseline import quantile, sample_of
from services.algo_audit.core.discovery import adjusted
from services.algo_audit.core.excess import Excess, excess
from services.algo_audit.core.groups import hidden_in_line, rows_by, workers_in
from services.algo_audit.core.intervals import quantile_interval
from services.algo_audit.core.metrics import HOURLY_EARNINGS, Key
from services.algo_audit.core.minimum_wage import MinimumWage, MinimumWages
from services.algo_audit.core.observations import Exclusion, Observations
from services.algo_audit.core.privacy import MinimumCell, rounded_up
from services.algo_audit.core.report import DataIssue, PayStanding

MINIMUM_WAGE_UNKNOWN = "MINIMUM_WAGE_UNKNOWN"
ALL_AREAS = "all-areas"
_ALL_AREAS_TEXT = ("全部地区", "all areas")


@dataclass(frozen=True, slots=True)
class PayParams:
    """What counts as underpaid. Raises ValueError for a share outside (0, 1)."""

    tolerated_share: float = 0.10
    """10 % of workers: who takes few orders far apart may earn little an hour for reasons of their own."""
    confidence: float = 0.95
    """Of the intervals: the field's custom."""
    level: float = 0.05
    """False discovery rate: the field's custom."""
    area_names: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """GB/T 2260 code → Chinese and English name; the code itself where it has none."""

    def __post_init__(self) -> None:
        if not 0 < self.tolerated_share < 1:
            raise ValueError(f"tolerated_share: {self.tolerated_share} is no share between 0 and 1")


def pay_standing(
    observations: Observations,
    wages: MinimumWages,
    params: PayParams | None = None,
    minimum: MinimumCell | None = None,
) -> tuple[list[PayStanding], list[DataIssue]]:
    """Every publishable cohort, sorted by platform and area, all areas first; and whose minimum wage is
    unknown.

    Raises ValueError for observations of another metric than hourly_earnings.
    """
    if observations.metric.id != HOURLY_EARNINGS.id:
        raise ValueError(f"metric: pay is judged by {HOURLY_EARNINGS.id}, not {observations.metric.id}")
    params, minimum = params or PayParams(), minimum or MinimumCell()
    rows = observations.take(observations.excluded == Exclusion.NONE)
    wage = _wages_of(rows, wages)
    standings: list[tuple[PayStanding, Excess]] = []
    issues: list[DataIssue] = []
    for (platform,), own in rows_by(rows.platform):
        unknown = own[np.isnan(wage[own])]
        if len(unknown):
            issues.append(_unknown(platform, int(rows.orders[unknown].sum())))
        own = own[~np.isnan(wage[own])]
        for area, cell in _cells(rows, own, wage, minimum):
            row = cell[0]
            held = wages.wage_at(int(rows.keys[Key.AREA][row]), int(rows.day[row]))
            if held is not None:
                standings.append(_standing(rows, cell, wage, platform, area, held, params))
    adjusted_p = adjusted([found.p_value for _, found in standings]).tolist()
    return [
        replace(standing, adjusted_p=p, underpaid=found.certain(p, params.level))
        for (standing, found), p in zip(standings, adjusted_p, strict=True)
    ], issues


def _wages_of(rows: Observations, wages: MinimumWages) -> NDArray[np.float64]:
    """Fen an hour that hold for each row; NaN unknown."""
    wage = np.full(len(rows), np.nan)
    for (area, day), cell in rows_by(rows.keys[Key.AREA], rows.day):
        held = wages.wage_at(area, day)
        if held is not None:
            wage[cell] = held.fen_per_hour
    return wage


def _cells(
    rows: Observations, own: NDArray[np.intp], wage: NDArray[np.float64], minimum: MinimumCell
) -> list[tuple[int | None, NDArray[np.intp]]]:
    """The cohorts of a platform that may be published and have one minimum wage; None: all areas."""
    if len(own) == 0:
        return []
    lines = [(area, own[cell]) for (area,), cell in rows_by(rows.keys[Key.AREA][own])]
    hidden = hidden_in_line([cell for _, cell in lines], rows.worker, rows.orders, minimum)
    cells: list[tuple[int | None, NDArray[np.intp]]] = []
    if len(lines) > 1 and minimum.allows(workers_in(rows.worker[own]), int(rows.orders[own].sum())):
        cells.append((None, own))
    cells += [line for line, hide in zip(lines, hidden, strict=True) if not hide]
    return [(area, cell) for area, cell in cells if np.ptp(wage[cell]) == 0]


def _standing(
    rows: Observations,
    cell: NDArray[np.intp],
    wage: NDArray[np.float64],
    platform: int,
    area: int | None,
    held: MinimumWage,
    params: PayParams,
) -> tuple[PayStanding, Excess]:
    earned, worker = rows.value[cell], rows.worker[cell]
    sample = sample_of(earned, worker)
    found = excess(earned < wage[cell], worker, params.tolerated_share, params.confidence)
    zh, en = _ALL_AREAS_TEXT if area is None else params.area_names.get(area, (str(area), str(area)))
    standing = PayStanding(
        platform=platform,
        cohort=ALL_AREAS if area is None else str(area),
        cohort_zh=zh,
        cohort_en=en,
        workers=sample.workers,
        p10=quantile(sample, 0.10),
        p50=quantile(sample, 0.50),
        p90=quantile(sample, 0.90),
        p50_interval=quantile_interval(sample, 0.50, params.confidence),
        minimum_wage=float(held.fen_per_hour),
        minimum_wage_source=held.cited,
        share_below=found.share,
        share_below_interval=found.interval,
        underpaid=False,
        adjusted_p=1.0,
    )
    return standing, found


def _unknown(platform: int, orders: int) -> DataIssue:
    return DataIssue(
        platform=platform,
        reason=MINIMUM_WAGE_UNKNOWN,
        zh="部分劳动者的地区或日期没有已知的最低工资标准，未作比较",
        en="no minimum wage is known for the area or date of some workers: they are not compared",
        orders=rounded_up(orders),
    )
