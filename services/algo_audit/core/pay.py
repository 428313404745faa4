"""Earnings per hour worked beside the hourly minimum wage of the area (唐人社字〔2022〕1号 二.3).

Per platform × area, and per platform over all areas that have the same minimum wage. One row is what one
worker earned an hour in the period, after commission and penalties. The wage is that of the row's first
day: minimum wages have only ever been raised, so a period with a change in it is judged by the lower one.

A finding: certainly more than the tolerated share of workers earn less than the minimum wage (see excess),
after false discovery control over all cohorts. A value that nobody has verified charges nobody: the last
verified one does, and the other is named beside it. Areas whose minimum wage is not known are a data issue,
never a zero.

Each percentile is what one worker earned. P10 and P90 are told, and ends of the P50's interval finite, only
where at least privacy.WORKERS_BEYOND others earn as little, or less (as much, or more).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.baseline import quantile, sample_of
from services.algo_audit.core.discovery import adjusted
from services.algo_audit.core.excess import Excess, excess
from services.algo_audit.core.groups import rows_by, workers_in
from services.algo_audit.core.intervals import Interval, quantile_interval
from services.algo_audit.core.metrics import HOURLY_EARNINGS, Key
from services.algo_audit.core.minimum_wage import MinimumWage, MinimumWages
from services.algo_audit.core.observations import Exclusion, Observations
from services.algo_audit.core.privacy import (
    WORKERS_BEYOND,
    MinimumCell,
    published_in_lines,
    rounded_up,
    tens_in_lines,
)
from services.algo_audit.core.report import DataIssue, PayStanding
from services.algo_audit.core.tally import tally

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
    *,
    area: int = 0,
) -> tuple[list[PayStanding], list[DataIssue]]:
    """Every publishable cohort, sorted by platform and area, all areas first; and whose minimum wage is
    unknown.

    `observations` are the whole city's, also where only one `area` (GB/T 2260 code; 0: all) is to be told of:
    what may be published, and the family of the false discovery control, follow from all of it.

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
        unknown = own[np.isnan(wage[own]) & ((area == 0) | (rows.keys[Key.AREA][own] == area))]
        if len(unknown):
            issues.append(_unknown(platform, int(rows.orders[unknown].sum())))
        own = own[~np.isnan(wage[own])]
        for where, cell, tens in _cells(rows, own, wage, minimum):
            held = _held(rows, cell, wages)
            standings.append(_standing(rows, cell, wage, platform, where, tens, held, params))
    adjusted_p = adjusted([found.p_value for _, found in standings]).tolist()
    return [
        replace(standing, adjusted_p=p, underpaid=standing.wage_verified and found.certain(p, params.level))
        for (standing, found), p in zip(standings, adjusted_p, strict=True)
        if area == 0 or standing.cohort == str(area)
    ], issues


def _held(
    rows: Observations, cell: NDArray[np.intp], wages: MinimumWages
) -> tuple[MinimumWage, MinimumWage | None]:
    """What a cohort of one known minimum wage is held against, and a later value that is only told of. Where
    several places have that wage, one that nobody verified there decides: the cohort charges nobody then."""
    places = [place for place, _ in rows_by(rows.keys[Key.AREA][cell], rows.day[cell])]
    held = [wage for place in places if (wage := wages.wage_at(*place)) is not None]
    later = [wage for place in places if (wage := wages.unverified_at(*place)) is not None]
    return min(held, key=lambda wage: wage.verified), later[0] if later else None


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
) -> list[tuple[int | None, NDArray[np.intp], int]]:
    """The cohorts of a platform that may be published and have one minimum wage (None: all areas), and their
    workers in tens."""
    if len(own) == 0:
        return []
    areas = rows_by(rows.keys[Key.AREA][own])
    at, line = np.empty(len(own), np.int64), np.zeros(len(areas), np.int64)
    for number, (_, cell) in enumerate(areas):
        at[cell] = number
    # One row is one worker here.
    counted = tally(at, rows.worker[own], len(areas))
    orders = np.bincount(at, rows.orders[own]).astype(np.int64)
    told = published_in_lines(line, counted, orders, minimum).tolist()
    tens = tens_in_lines(line, counted.sizes).tolist()
    cells: list[tuple[int | None, NDArray[np.intp], int]] = []
    if len(areas) > 1 and minimum.allows(workers_in(rows.worker[own]), int(rows.orders[own].sum())):
        cells.append((None, own, sum(tens)))
    cells += [
        (area, own[cell], count)
        for ((area,), cell), show, count in zip(areas, told, tens, strict=True)
        if show
    ]
    return [each for each in cells if np.ptp(wage[each[1]]) == 0]


def _standing(
    rows: Observations,
    cell: NDArray[np.intp],
    wage: NDArray[np.float64],
    platform: int,
    area: int | None,
    tens: int,
    of: tuple[MinimumWage, MinimumWage | None],
    params: PayParams,
) -> tuple[PayStanding, Excess]:
    held, later = of
    earned, worker = rows.value[cell], rows.worker[cell]
    sample = sample_of(earned, worker)
    found = excess(earned < wage[cell], worker, params.tolerated_share, params.confidence)
    share, interval = found.told(tens)
    low, high = _shielded(earned, worker, quantile(sample, 0.10), quantile(sample, 0.90))
    median = quantile_interval(sample, 0.50, params.confidence)
    ends = _shielded(earned, worker, median.low, median.high)
    zh, en = _ALL_AREAS_TEXT if area is None else params.area_names.get(area, (str(area), str(area)))
    standing = PayStanding(
        platform=platform,
        cohort=ALL_AREAS if area is None else str(area),
        cohort_zh=zh,
        cohort_en=en,
        workers=tens,
        p10=low,
        p50=quantile(sample, 0.50),
        p90=high,
        p50_interval=Interval(
            -math.inf if ends[0] is None else ends[0], math.inf if ends[1] is None else ends[1]
        ),
        minimum_wage=float(held.fen_per_hour),
        minimum_wage_source=_source(held, later),
        share_below=share,
        share_below_interval=interval,
        underpaid=False,
        adjusted_p=1.0,
        wage_verified=held.verified,
    )
    return standing, found


def _shielded(
    earned: NDArray[np.float64], worker: NDArray[np.int64], low: float, high: float
) -> tuple[float | None, float | None]:
    """A low and a high percentile, each None where too few others lie beyond it (WORKERS_BEYOND)."""
    below, above = workers_in(worker[earned <= low]) - 1, workers_in(worker[earned >= high]) - 1
    return low if below >= WORKERS_BEYOND else None, high if above >= WORKERS_BEYOND else None


def _source(held: MinimumWage, later: MinimumWage | None) -> tuple[str, str]:
    """Where the value comes from, in Chinese and English, and what is said of a later one not verified."""
    zh, en = held.cited
    if later is None:
        return zh, en
    yuan = f"{later.fen_per_hour / 100:g}"
    since = np.datetime64(later.from_day, "D")
    return (
        f"{zh}；另有自 {since} 起每小时 {yuan} 元之说，待核实，未据以比较",
        f"{en}; {yuan} yuan an hour since {since} is still to be verified and was not compared with",
    )


def _unknown(platform: int, orders: int) -> DataIssue:
    return DataIssue(
        platform=platform,
        reason=MINIMUM_WAGE_UNKNOWN,
        zh="部分劳动者的地区或日期没有已知的最低工资标准，未作比较",
        en="no minimum wage is known for the area or date of some workers: they are not compared",
        orders=rounded_up(orders),
    )
