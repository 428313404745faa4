"""What a platform's day leaves of a metric: its cohorts counted, and the values that sketches are made of.

A day's cells are a function of the events whose times lie in the day or up to REACH_DAYS days before or after
it, and of who was over their hours. So a late event changes the cells of those days only, and a closed day
can be computed again from the same events.

| level of the metric | a day's values                                                                       |
|---------------------|--------------------------------------------------------------------------------------|
| order               | one an order begun on the day                                                        |
| worker's day        | one a worker                                                                         |
| worker's period     | one a worker, the day being the period: a month's values cannot be had from its days |

An order that has no end by then was seen until the end of the reach (right-censored); what comes of it later
belongs to audits of the events themselves.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.cohort_keys import DAY_MS, SHANGHAI_OFFSET_MS, local_days
from services.algo_audit.core.combinations import combinations_of
from services.algo_audit.core.measures import MeasureContext, measure
from services.algo_audit.core.metrics import DAILY_ORDERS, SUPPLEMENT_SHARE, Metric
from services.algo_audit.core.observations import Exclusion, Observations
from services.algo_audit.core.orders import NEVER, Orders

REACH_DAYS = 2
"""One day for an order of the last minute to end (none of food, a ride or the last mile takes longer), one
for its events to arrive (as QUZHONG_WORKHOURS_LATE_HOURS, 24). And pay on a holiday is held against ordinary
days nearby: of four holidays in a row, the longest run that is statutory (国务院令第 795 号，2024), each is
within two days of a day that is none."""

REASONS = tuple(reason for reason in Exclusion if reason is not Exclusion.NONE)


def midnight_ms(day: int) -> int:
    """Its first moment in Asia/Shanghai, epoch milliseconds; `day` counts from 1970-01-01."""
    return day * DAY_MS - SHANGHAI_OFFSET_MS


def show_day(day: int) -> str:
    """As people write it: ``2026-03-16``."""
    return str(np.datetime64(day, "D"))


def window_ms(day: int) -> tuple[int, int]:
    """The events that a day's cells are made of: first moment, and the one after the last."""
    return midnight_ms(day - REACH_DAYS), midnight_ms(day + REACH_DAYS + 1)


def last_closed(watermark_ms: int) -> int:
    """The last day whose reach the watermark has passed."""
    return (watermark_ms + SHANGHAI_OFFSET_MS) // DAY_MS - REACH_DAYS - 1


def days_touched(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """The days whose cells may change with events of these days, ascending."""
    near = np.unique(days)[:, None] + np.arange(-REACH_DAYS, REACH_DAYS + 1)
    return np.unique(near)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """One metric of one platform, by leaf of the cohort tree: L leaves, W workers."""

    metric: Metric
    codes: NDArray[np.int64]
    """Values of the metric's keys, shape (L, K), rows ascending."""
    rows: NDArray[np.int64]
    """Values of the reference, censored ones too, shape (L,)."""
    censored: NDArray[np.int64]
    """Shape (L,)."""
    orders: NDArray[np.int64]
    """That the values are made of, shape (L,)."""
    excluded: NDArray[np.int64]
    """By REASONS, shape (len(REASONS), L)."""
    worker: NDArray[np.uint64]
    """Keys of the different workers of the reference, ascending, shape (W,)."""
    member_leaf: NDArray[np.int64]
    """One entry a worker and leaf with a value there, shape (M,)."""
    member_worker: NDArray[np.int64]
    """Index into `worker`, shape (M,)."""
    member_rows: NDArray[np.int64]
    """How many values of the leaf are the worker's, shape (M,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """Values of each leaf: leaf i has values[starts[i]:starts[i + 1]]."""

    values: NDArray[np.float64]
    starts: NDArray[np.int64]
    """Shape (L + 1,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A platform's day: the cells, and the values they count."""

    platform: int
    """Code of the platform."""
    cells: Cells
    ends: Values
    """Seen to their end."""
    cuts: Values
    """Right-censored."""


@dataclass(frozen=True, slots=True, eq=False)
class DayOrders:
    """The orders of a day's window in one city."""

    day: int
    around: Orders
    """All of them: what pay is ordinary, the days around tell."""
    begun: Orders
    """Those begun on the day."""
    counted: Orders
    """Those begun or completed on it."""


def orders_of_day(orders: Orders, day: int) -> DayOrders:
    """Choose among the orders of a day's window."""
    begun = local_days(orders.begun_ms) == day
    completed = np.where(orders.completed_ms == NEVER, orders.begun_ms, orders.completed_ms)
    counted = begun | (local_days(completed) == day)
    return DayOrders(day, orders, orders.take(begun), orders.take(counted))


def measure_day(metric: Metric, orders: DayOrders, context: MeasureContext) -> Observations:
    """The observations of a day. The context's sessions, too, are those of its window and one city."""
    chosen = {SUPPLEMENT_SHARE: orders.around, DAILY_ORDERS: orders.counted}.get(metric, orders.begun)
    observations = measure(metric, chosen, context)
    of_day = observations.day == orders.day
    return observations if of_day.all() else observations.take(of_day)


def cells_of(observations: Observations, worker_keys: NDArray[np.uint64]) -> list[Measured]:
    """The cells of each platform; `worker_keys`, by worker code: what a worker is known by for good."""
    return [
        _of_platform(int(code), observations.take(observations.platform == code), worker_keys)
        for code in np.unique(observations.platform)
    ]


def _of_platform(platform: int, observed: Observations, worker_keys: NDArray[np.uint64]) -> Measured:
    metric, kept = observed.metric, observed.excluded == Exclusion.NONE
    combination, codes = combinations_of([observed.keys[key] for key in metric.keys])
    leaf, count = combination.astype(np.int64), len(codes)
    left_out = observed.excluded[~kept].astype(np.int64) - 1
    excluded = np.zeros((len(REASONS), count), np.int64)
    np.add.at(excluded, (left_out, leaf[~kept]), 1)
    cut, end = kept & observed.censored, kept & ~observed.censored
    worker, who = np.unique(worker_keys[observed.worker[kept]], return_inverse=True)
    members, member_rows = np.unique(leaf[kept] * max(1, len(worker)) + who, return_counts=True)
    member_leaf, member_worker = np.divmod(members, max(1, len(worker)))
    return Measured(
        platform,
        Cells(
            metric=metric,
            codes=codes,
            rows=np.bincount(leaf[kept], minlength=count).astype(np.int64),
            censored=np.bincount(leaf[cut], minlength=count).astype(np.int64),
            orders=np.bincount(leaf[kept], observed.orders[kept], minlength=count).astype(np.int64),
            excluded=excluded,
            worker=worker,
            member_leaf=member_leaf,
            member_worker=member_worker,
            member_rows=member_rows.astype(np.int64),
        ),
        ends=_by_leaf(observed.value[end], leaf[end], count),
        cuts=_by_leaf(observed.value[cut], leaf[cut], count),
    )


def _by_leaf(values: NDArray[np.float64], leaf: NDArray[np.int64], count: int) -> Values:
    order = np.argsort(leaf, kind="stable")
    starts = np.append(0, np.cumsum(np.bincount(leaf, minlength=count))).astype(np.int64)
    return Values(values[order], starts)
