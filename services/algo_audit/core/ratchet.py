"""Limits that tighten at equal distance.

Why it is a finding of its own: the times that workers are seen to take chase the limit they are held to.
Who shortens the limit gets shorter times, and a percentile of shorter times approves the next cut: the
middle alone would bless its own squeeze. So the limits themselves are followed over time, whatever the
workers did.

1. Per platform × service × distance band: the median limit shown on the orders accepted each local day. A
   day counts if its orders may be published (privacy.MinimumCell); with too few such days, weeks from
   Monday on. Medians of days, not orders: the orders of a day share one rule book, and thousands of them
   are one statement about it.
2. *Equal distance* to 100 m: every limit is first divided by the period's median limit of its own 100 m
   strip, so that a platform whose orders become shorter is not charged for that. A strip with few orders is
   its own yardstick and shows no change, which errs in the platform's favour.
3. Slope: Theil–Sen, the median of the slopes of all pairs (Sen, JASA 63 (1968) 1379–1389), with Sen's
   interval from the variance of Kendall's S; test: Mann–Kendall, two-sided, ties in the variance.
4. Both assume that days are independent, and days are not: a rule book stays as it is for weeks. The
   variance of S is therefore multiplied by the factor of Hamed & Rao (J. Hydrology 204 (1998) 182–196) from
   the autocorrelation of the ranks of what the slope leaves over; only significant positive lags up to n/4
   count, so the factor is never below 1. It is an approximation for long series; below some twenty points
   it is noisy, and what then guards are the tolerance and the false discovery control.
5. Tightening: the interval of the slope below 0, p ≤ 5 % after false discovery control over all series, and
   the fitted change over the period more than the tolerance. One cut that stays is a tightening too.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from services.algo_audit.core.bands import UNKNOWN_BAND, DistanceBand, band_of
from services.algo_audit.core.cohort_keys import DAY_MS, SHANGHAI_OFFSET_MS, local_days
from services.algo_audit.core.combinations import changes, dense, pieces
from services.algo_audit.core.discovery import adjusted
from services.algo_audit.core.groups import lower_medians, middle_of, rows_by, workers_in
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.orders import NEVER, Orders
from services.algo_audit.core.privacy import MinimumCell
from services.algo_audit.core.report import Ratchet
from services.algo_audit.core.service_band import service_band

SLOPE_DAYS = 30.0
"""Slopes are told per 30 days: a month that is always as long."""
_DAY_AND_WEEK = ((1, 0), (7, 3))
"""Length of a span in days, and the shift that lets it begin on a Monday (1970-01-01 was a Thursday)."""


@dataclass(frozen=True, slots=True)
class RatchetParams:
    """What counts as a ratchet. Raises ValueError for fewer than four points or a tolerance outside [0,
    1)."""

    points: int = 7
    """7 days, or weeks: with fewer, Mann–Kendall has hardly a result that could be significant after
    correction over many series."""
    tolerance: float = 0.03
    """3 % over the period: less is not felt on the road (under a minute of half an hour), and may be a
    rounding or what is left of a shift in distances."""
    strip_m: float = 100.0
    """100 m: some 24 s at 15 km/h, below the tolerance of the limits that are usual."""
    confidence: float = 0.95
    """Of the slope's interval: the field's custom."""
    level: float = 0.05
    """False discovery rate: the field's custom."""

    def __post_init__(self) -> None:
        if self.points < 4:
            raise ValueError(f"points: a trend needs at least 4, not {self.points}")
        if not 0 <= self.tolerance < 1:
            raise ValueError(f"tolerance: {self.tolerance} is no share from 0 to under 1")
        if not self.strip_m > 0:
            raise ValueError(f"strip_m: must be positive, not {self.strip_m}")


@dataclass(frozen=True, slots=True)
class Trend:
    """A line through points in time."""

    slope: float
    """Per unit of time."""
    interval: Interval
    start: float
    """Of the line at the first point."""
    p_value: float
    """Two-sided, of "no trend"."""


def ratchets(
    orders: Orders,
    bands: Sequence[DistanceBand],
    params: RatchetParams | None = None,
    minimum: MinimumCell | None = None,
) -> list[Ratchet]:
    """Every series of limits long enough to say something, sorted by platform, service and band. Limits in
    seconds. O(n log n)."""
    params, minimum = params or RatchetParams(), minimum or MinimumCell()
    band = band_of(orders.distance_m, bands)
    shown = np.isfinite(orders.promised_s) & (orders.promised_s > 0)
    band[~(shown & (orders.accepted_ms != NEVER))] = UNKNOWN_BAND
    day = np.zeros(len(orders), np.int32)
    for some in pieces(len(orders)):
        at = np.flatnonzero(band[some] != UNKNOWN_BAND)
        day[some][at] = local_days(orders.accepted_ms[some].take(at))
    series = []
    by_day = rows_by(orders.platform, orders.service, band, day)
    for (platform, service, code), of_days in groupby(by_day, key=lambda each: each[0][:3]):
        if code == UNKNOWN_BAND:
            continue
        points = _points(orders, {values[3]: rows for values, rows in of_days}, params, minimum)
        if points is not None:
            days, limits = points
            found = trend(days / SLOPE_DAYS, limits, params.confidence)
            series.append((platform, service, bands[code], days, limits, found))
    adjusted_p = adjusted([found.p_value for *_, found in series])
    return [
        _ratchet(platform, service, of, days, limits, found, float(p), params)
        for (platform, service, of, days, limits, found), p in zip(series, adjusted_p, strict=True)
    ]


def _points(
    orders: Orders, of_day: Mapping[int, NDArray[np.intp]], params: RatchetParams, minimum: MinimumCell
) -> tuple[NDArray[np.int64], NDArray[np.float64]] | None:
    """First day and median limit of each span, ascending; None if there are too few. `of_day`: rows of a day,
    the days ascending."""
    rows = np.concatenate(list(of_day.values()))
    worker = orders.worker.take(rows)
    limit = at_equal_distance(orders.promised_s.take(rows), orders.distance_m.take(rows), params.strip_m)
    day, start = np.array(list(of_day)), np.cumsum([0, *map(len, of_day.values())])
    for length, shift in _DAY_AND_WEEK:
        span = (day + shift) // length
        first = np.flatnonzero(changes(span))
        ends = np.append(start[first], len(rows)).tolist()
        points = [
            (int(span[at]) * length - shift, middle_of(limit[low:high]))
            for at, (low, high) in zip(first.tolist(), pairwise(ends), strict=True)
            if minimum.allows(workers_in(worker[low:high]), high - low)
        ]
        if len(points) >= params.points:
            return np.array([first for first, _ in points]), np.array([value for _, value in points])
    return None


def at_equal_distance(
    limit_s: NDArray[np.float64], distance_m: NDArray[np.float64], strip_m: float
) -> NDArray[np.float64]:
    """Each limit as it would be at the distance of the median limit; see 2 at the top. Shape (n,)."""
    # As distance_m // strip_m, which is slow: a quotient may be rounded up to the next whole number.
    number = np.floor(distance_m / strip_m)
    number -= number * strip_m > distance_m
    strips, strip = dense(number.astype(np.int64))
    relative = limit_s / lower_medians(strip, limit_s, len(strips))[strip]
    # To the millisecond, so that equal limits are ties again.
    limits: NDArray[np.float64] = np.round(relative * middle_of(limit_s), 3)
    return limits


def trend(time: NDArray[np.float64], values: NDArray[np.float64], confidence: float) -> Trend:
    """The trend of values at ascending, different times, both of shape (n,), n ≥ 4."""
    n = len(values)
    slope, intercept = stats.theilslopes(values, time)[:2]
    factor = _inflation(np.round(values - slope * time, 9))
    ties = np.unique(values, return_counts=True)[1]
    variance = (n * (n - 1) * (2 * n + 5) - float((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18 * factor
    if variance <= 0:
        return Trend(0.0, Interval(0.0, 0.0), float(values[0]), 1.0)
    first, second = np.triu_indices(n, 1)
    rises = values[second] - values[first]
    slopes = np.sort(rises / (time[second] - time[first]))
    statistic = float(np.sign(rises).sum()) / math.sqrt(variance)
    half = float(special.ndtri((1 + confidence) / 2)) * math.sqrt(variance)
    # Ranks as in scipy.stats.theilslopes, but an end that so few points cannot bound is infinite.
    low, high = round((len(slopes) - half) / 2) - 1, round((len(slopes) + half) / 2)
    return Trend(
        slope=float(slope),
        interval=Interval(
            float(slopes[low]) if low >= 0 else -math.inf,
            float(slopes[high]) if high < len(slopes) else math.inf,
        ),
        start=float(intercept + slope * time[0]),
        p_value=float(2 * special.ndtr(-abs(statistic))),
    )


def _inflation(residuals: NDArray[np.float64]) -> float:
    """How much larger the variance of S is than independent values would have it (Hamed & Rao); at least
    1."""
    n = len(residuals)
    ranks = stats.rankdata(residuals) - (n + 1) / 2
    total = float(ranks @ ranks)
    if total == 0.0:
        return 1.0
    lag = np.arange(1, n // 4 + 1)
    correlation = np.array([float(ranks[:-k] @ ranks[k:]) / total for k in lag])
    kept = correlation > float(special.ndtri(0.975)) / math.sqrt(n)
    weight = (n - lag) * (n - lag - 1) * (n - lag - 2)
    return 1 + 2 * float((weight * correlation)[kept].sum()) / (n * (n - 1) * (n - 2))


def _ratchet(
    platform: int,
    service: int,
    band: DistanceBand,
    days: NDArray[np.int64],
    limits: NDArray[np.float64],
    found: Trend,
    adjusted_p: float,
    params: RatchetParams,
) -> Ratchet:
    cohort = service_band(service, band)
    change = found.slope * float(days[-1] - days[0]) / SLOPE_DAYS
    return Ratchet(
        platform=platform,
        cohort=cohort.id,
        cohort_zh=cohort.zh,
        cohort_en=cohort.en,
        times_ms=(days * DAY_MS - SHANGHAI_OFFSET_MS).tolist(),
        limits=limits.tolist(),
        slope=found.slope,
        slope_interval=found.interval,
        p_value=found.p_value,
        adjusted_p=adjusted_p,
        tightening=(
            found.interval.high < 0
            and adjusted_p <= params.level
            and -change > params.tolerance * found.start
        ),
    )
