"""Metrics of workers: one row per worker and platform, for the whole period or for each day.

What a worker's figure is made of
    rates            the orders an audit of times would take: none in extreme weather, none accepted while the
                     worker was over their hours, because no rate may be asked of those
    money            all orders: what was earned or taken was earned or taken in whatever weather
    days             the whole day; a day with an order in extreme weather, or on which the worker was over
                     their hours, is excluded as a whole

Unknown is not zero: complaints, offers and penalties are counted only on platforms that state any at all.
Cohort and groups of a worker are those of most of the orders they undertook there (of equals the smallest
code; orders that do not state it have no say).
"""

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.cohort_keys import local_days
from services.algo_audit.core.measure_context import MeasureContext
from services.algo_audit.core.metrics import (
    ACCEPTANCE_RATE,
    COMPLAINT_RATE,
    COMPLETION_RATE,
    DAILY_ORDERS,
    HOURLY_EARNINGS,
    ON_TIME_RATE,
    ONLINE_HOURS,
    PENALTIES_PER_ORDER,
)
from services.algo_audit.core.observations import Observations
from services.algo_audit.core.order_measures import EXTREME_WEATHER
from services.algo_audit.core.orders import CENSORED_OUTCOMES, NEVER, Orders, Outcome
from services.algo_audit.core.platform_workers import PlatformWorkers, distinct
from services.algo_audit.core.worker_days import online_days, worked_s
from services.algo_audit.core.worker_rows import of_days, of_period, rate, ratio

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_HOUR_S = 3600.0


def on_time_rate(orders: Orders, context: MeasureContext) -> Observations:
    """orders finished within their promised limit / orders of which that is known.

    Known: finished; or cancelled or unfinished, and by then already over the limit. An order cancelled before
    its limit was neither in time nor late; an order without a limit has no time to be in.
    """
    orders = orders.take(orders.undertaken)
    promised = ~np.isnan(orders.promised_s)
    finished = promised & (orders.outcome == Outcome.FINISHED)
    late = promised & orders.having(*CENSORED_OUTCOMES) & (orders.observed_s > orders.promised_s)
    in_time = finished & (orders.duration_s <= orders.promised_s)
    workers = PlatformWorkers.of(orders.platform, orders.worker)
    return rate(ON_TIME_RATE, orders, workers, in_time, finished | late, workers.count(promised) > 0, context)


def acceptance_rate(orders: Orders, context: MeasureContext) -> Observations:
    """orders undertaken / orders offered. What was undertaken was offered, whether or not that was seen; an
    offer without an answer was not accepted."""
    workers = PlatformWorkers.of(orders.platform, orders.worker)
    stated = workers.on_platform(orders.offered_ms != NEVER)
    every = np.ones(len(orders), np.bool_)
    return rate(ACCEPTANCE_RATE, orders, workers, orders.undertaken, every, stated, context)


def completion_rate(orders: Orders, context: MeasureContext) -> Observations:
    """orders completed / orders completed or cancelled, of those whose acceptance was seen. Open orders have
    not ended, and so are neither."""
    orders = orders.take(orders.undertaken)
    workers = PlatformWorkers.of(orders.platform, orders.worker)
    completed = (orders.completed_ms != NEVER) & (orders.accepted_ms != NEVER)
    ended = completed | (orders.outcome == Outcome.CANCELLED)
    stated = np.ones(len(workers), np.bool_)
    return rate(COMPLETION_RATE, orders, workers, completed, ended, stated, context)


def complaint_rate(orders: Orders, context: MeasureContext) -> Observations:
    """orders with at least one complaint / orders undertaken."""
    orders = orders.take(orders.undertaken)
    workers = PlatformWorkers.of(orders.platform, orders.worker)
    complained = orders.complaints > 0
    every = np.ones(len(orders), np.bool_)
    stated = workers.on_platform(complained)
    return rate(COMPLAINT_RATE, orders, workers, complained, every, stated, context)


def hourly_earnings(orders: Orders, context: MeasureContext) -> Observations:
    """(Σ pay − Σ penalty) / hours worked, fen an hour.

    Orders: finished ones whose pay is stated, and cancelled ones, which earn what is stated of them, or
    nothing. Hours: the union of these orders' time, from acceptance to completion or cancellation; never
    counted twice. ``pay_fen`` is after commission. A finished order whose pay is not stated is out of both.
    """
    orders = orders.take(orders.undertaken)
    workers = PlatformWorkers.of(orders.platform, orders.worker)
    paid = (orders.outcome == Outcome.FINISHED) & ~np.isnan(orders.pay_fen)
    worked = paid | (orders.outcome == Outcome.CANCELLED)
    earned = np.nan_to_num(orders.pay_fen) - np.nan_to_num(orders.penalty_fen)
    lasted_s = np.where(orders.outcome == Outcome.CANCELLED, orders.observed_s, orders.duration_s)
    start_ms = orders.accepted_ms[worked]
    end_ms = start_ms + np.rint(lasted_s[worked] * 1000).astype(np.int64)
    hours = worked_s(workers.number[worked], start_ms, end_ms, len(workers)) / _HOUR_S
    value = ratio(workers.total(earned, worked), hours)
    stated = (workers.count(paid) > 0) & (hours > 0)
    return of_period(HOURLY_EARNINGS, orders, workers, value, workers.count(worked), stated, context)


def penalties_per_order(orders: Orders, context: MeasureContext) -> Observations:
    """Σ penalty / orders undertaken, fen an order: what an order costs a worker on average. An order of which
    none is stated has none."""
    orders = orders.take(orders.undertaken)
    workers = PlatformWorkers.of(orders.platform, orders.worker)
    every = np.ones(len(orders), np.bool_)
    count = workers.count(every)
    value = ratio(workers.total(np.nan_to_num(orders.penalty_fen), every), count.astype(np.float64))
    stated = workers.on_platform(~np.isnan(orders.penalty_fen))
    return of_period(PENALTIES_PER_ORDER, orders, workers, value, count, stated, context)


def daily_orders(orders: Orders, context: MeasureContext) -> Observations:
    """orders completed on a day, by the time of completion; days without one are no working days."""
    orders = orders.take(orders.undertaken)
    workers = PlatformWorkers.of(orders.platform, orders.worker)
    completed = np.flatnonzero(orders.completed_ms != NEVER)
    days, day = distinct(local_days(orders.completed_ms[completed]))
    cells, cell = distinct(workers.number[completed] * len(days) + day)
    count = np.bincount(cell, minlength=len(cells)).astype(np.int64)
    extreme = np.bincount(cell[orders.weather[completed] == EXTREME_WEATHER], minlength=len(cells)) > 0
    span = max(1, len(days))
    return of_days(
        DAILY_ORDERS,
        orders,
        workers,
        pair=cells // span,
        day=days[cells % span],
        value=count.astype(np.float64),
        count=count,
        extreme=extreme,
        context=context,
    )


def online_hours(orders: Orders, context: MeasureContext) -> Observations:
    """hours online on a day, without breaks (worker_days). ``orders``: those begun on the day, maybe none.

    Of a worker without orders the area and vehicle are those of most of their days online; the service stays
    unknown. Raises ValueError without sessions.
    """
    if context.sessions is None:
        raise ValueError(f"{ONLINE_HOURS.id} is measured on work sessions, and there are none in the context")
    orders = orders.take(orders.undertaken)
    online = online_days(context.sessions)
    both = PlatformWorkers.of(
        np.concatenate((orders.platform, online.platform)), np.concatenate((orders.worker, online.worker))
    )
    workers = PlatformWorkers(both.number[: len(orders)], both.platform, both.worker)
    of_day = PlatformWorkers(both.number[len(orders) :], both.platform, both.worker)
    days, day = distinct(np.concatenate((local_days(orders.begun_ms), online.day)))
    cells, cell = distinct(both.number * max(1, len(days)) + day)
    begun, wanted = cell[: len(orders)], cell[len(orders) :]
    count = np.bincount(begun, minlength=len(cells)).astype(np.int64)
    extreme = np.bincount(begun[orders.weather == EXTREME_WEATHER], minlength=len(cells)) > 0
    return of_days(
        ONLINE_HOURS,
        orders,
        workers,
        pair=of_day.number,
        day=online.day,
        value=online.online_s / _HOUR_S,
        count=count[wanted],
        extreme=extreme[wanted],
        context=context,
        area_online=of_day.most_frequent(online.area, 0),
        vehicle_online=of_day.most_frequent(online.vehicle, 0),
    )
