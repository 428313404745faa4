"""Rows of workers: one per worker and platform, or for each of their days, with cohort, groups and the reason
why one is no part of the reference. What figures are made of is in ``worker_measures``.
"""

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.cohort_keys import DAY_MS, SHANGHAI_OFFSET_MS, local_days, vehicle_class
from services.algo_audit.core.measure_context import MeasureContext
from services.algo_audit.core.metrics import Key, Metric
from services.algo_audit.core.observations import NOT_IN_A_GROUP, Exclusion, Observations
from services.algo_audit.core.order_measures import EXTREME_WEATHER, first_that_holds, groups_of
from services.algo_audit.core.orders import Orders
from services.algo_audit.core.platform_workers import PlatformWorkers

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def rate(
    metric: Metric,
    orders: Orders,
    workers: PlatformWorkers,
    met: Bools,
    of: Bools,
    stated: Bools,
    context: MeasureContext,
) -> Observations:
    """met / of, among orders outside extreme weather of workers within their hours."""
    asked = of & (orders.weather != EXTREME_WEATHER)
    asked &= ~context.over_hours.at(orders.worker, orders.begun_ms)
    count = workers.count(asked)
    value = ratio(workers.count(met & asked).astype(np.float64), count.astype(np.float64))
    return of_period(metric, orders, workers, value, count, stated, context)


def of_period(
    metric: Metric,
    orders: Orders,
    workers: PlatformWorkers,
    value: Floats,
    count: Ints,
    stated: Bools,
    context: MeasureContext,
) -> Observations:
    reasons = {
        Exclusion.VALUE_NOT_STATED: ~stated,
        Exclusion.TOO_FEW_ORDERS: count < context.min_orders,
    }
    first_day = int(local_days(orders.begun_ms).min()) if len(orders) else 0
    return _observed(
        metric,
        orders,
        workers,
        pair=np.arange(len(workers)),
        day=np.full(len(workers), first_day, np.int64),
        value=np.where(stated, value, np.nan),
        count=count,
        reasons=reasons,
    )


def of_days(
    metric: Metric,
    orders: Orders,
    workers: PlatformWorkers,
    *,
    pair: Ints,
    day: Ints,
    value: Floats,
    count: Ints,
    extreme: Bools,
    context: MeasureContext,
    area_online: Ints | None = None,
    vehicle_online: Ints | None = None,
) -> Observations:
    midnight = day * DAY_MS - SHANGHAI_OFFSET_MS
    reasons = {
        Exclusion.EXTREME_WEATHER: extreme,
        Exclusion.OVER_HOURS: context.over_hours.during(workers.worker[pair], midnight, midnight + DAY_MS),
    }
    return _observed(
        metric,
        orders,
        workers,
        pair=pair,
        day=day,
        value=value,
        count=count,
        reasons=reasons,
        area_online=area_online,
        vehicle_online=vehicle_online,
    )


def _observed(
    metric: Metric,
    orders: Orders,
    workers: PlatformWorkers,
    *,
    pair: Ints,
    day: Ints,
    value: Floats,
    count: Ints,
    reasons: dict[Exclusion, Bools],
    area_online: Ints | None = None,
    vehicle_online: Ints | None = None,
) -> Observations:
    """Rows of the pairs numbered `pair`, with the cohort and the groups of each."""
    area = workers.most_frequent(orders.area, 0)
    vehicle = workers.most_frequent(orders.vehicle, 0)
    if area_online is not None:
        area = np.where(area == 0, area_online, area)
    if vehicle_online is not None:
        vehicle = np.where(vehicle == 0, vehicle_online, vehicle)
    groups = groups_of(
        workers.most_frequent(orders.employment_form, 0),
        area,
        workers.most_frequent(orders.tenure_band, 0),
        workers.most_frequent(orders.partner_firm, NOT_IN_A_GROUP),
    )
    return Observations(
        metric=metric,
        value=value,
        censored=np.zeros(len(pair), np.bool_),
        worker=workers.worker[pair],
        platform=workers.platform[pair],
        day=day,
        orders=count,
        excluded=first_that_holds(reasons, len(pair)),
        keys={
            Key.SERVICE: workers.most_frequent(orders.service, 0)[pair],
            Key.VEHICLE: vehicle_class(vehicle)[pair],
            Key.AREA: area[pair],
        },
        groups={group: codes[pair] for group, codes in groups.items()},
    )


def ratio(part: Floats, whole: Floats) -> Floats:
    """part / whole, NaN where the whole is nothing."""
    value = np.full(len(whole), np.nan)
    np.divide(part, whole, out=value, where=whole > 0)
    return value
