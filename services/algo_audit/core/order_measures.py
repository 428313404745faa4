"""Metrics of single orders: one row per order undertaken that could have a value.

A row is excluded for the first reason that holds, in the order of ``Exclusion``. Rows that are censored may
be excluded too, but never for their speed: how fast an order without an end was, nobody knows.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.bands import UNKNOWN_BAND, band_of
from services.algo_audit.core.cohort_keys import hour_band, local_days, vehicle_class, weather_band
from services.algo_audit.core.feasibility import at_lawful_speed
from services.algo_audit.core.measure_context import MeasureContext
from services.algo_audit.core.metrics import (
    COMMISSION_SHARE,
    DELIVERY_TIME,
    IMPLIED_SPEED,
    PIECE_RATE,
    SUPPLEMENT_SHARE,
    Key,
    Metric,
)
from services.algo_audit.core.observations import NOT_IN_A_GROUP, Exclusion, Group, Observations
from services.algo_audit.core.orders import CENSORED_OUTCOMES, NEVER, Orders, Outcome
from services.algo_audit.core.platform_workers import distinct

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EXTREME_WEATHER = 4
"""WEATHER_EXTREME of the events."""
HOLIDAY = 1
M_S_TO_KM_H = 3.6

_TIMED = (DELIVERY_TIME.id, IMPLIED_SPEED.id)
"""Of these, orders above the lawful speed are no yardstick."""
_FAULTS = {
    Outcome.NO_ACCEPTANCE: Exclusion.NO_ACCEPTANCE,
    Outcome.END_BEFORE_START: Exclusion.END_BEFORE_START,
    Outcome.ZERO_DURATION: Exclusion.ZERO_DURATION,
}


def delivery_time(orders: Orders, context: MeasureContext) -> Observations:
    """completed − accepted, seconds; of orders cancelled or unfinished how long they were seen, censored."""
    orders = orders.take(orders.undertaken)
    censored = orders.having(*CENSORED_OUTCOMES)
    value = np.where(censored, orders.observed_s, orders.duration_s)
    return _observed(DELIVERY_TIME, orders, value, context, censored=censored)


def implied_speed(orders: Orders, context: MeasureContext) -> Observations:
    """distance / (completed − accepted), km/h, of completed orders."""
    orders = _completed(orders)
    value = orders.distance_m / orders.duration_s * M_S_TO_KM_H
    # What may be missing here is the distance, and that has a reason of its own.
    return _observed(IMPLIED_SPEED, orders, value, context, unstated=np.zeros(len(orders), np.bool_))


def piece_rate(orders: Orders, context: MeasureContext) -> Observations:
    """pay, fen, of completed orders."""
    orders = _completed(orders)
    return _observed(PIECE_RATE, orders, orders.pay_fen, context)


def commission_share(orders: Orders, context: MeasureContext) -> Observations:
    """commission / (pay + commission) of completed orders: the share of what the two get together, because
    ``pay_fen`` is what is left after commission. Orders of which they get nothing have no share."""
    orders = _completed(orders)
    together = orders.pay_fen + orders.commission_fen
    value = np.full(len(orders), np.nan)
    np.divide(orders.commission_fen, together, out=value, where=together > 0)
    return _observed(COMMISSION_SHARE, orders, value, context)


def supplement_share(orders: Orders, context: MeasureContext) -> Observations:
    """pay / median(pay of ordinary orders) − 1, of completed orders on statutory holidays or in extreme
    weather.

    Ordinary: finished orders of the same platform, distance band and service on other days and in other
    weather, with their pay stated, at least ``min_orders`` of them.
    """
    orders = _completed(orders)
    extra = (orders.holiday == HOLIDAY) | (orders.weather == EXTREME_WEATHER)
    band = band_of(orders.distance_m, context.bands)
    _, platform = distinct(orders.platform)
    cells, cell = distinct(
        (platform * (int(orders.service.max(initial=0)) + 1) + orders.service) * (len(context.bands) + 1)
        + (band - UNKNOWN_BAND)
    )
    ordinary = ~extra & (orders.outcome == Outcome.FINISHED) & ~np.isnan(orders.pay_fen)
    usual = _medians(orders.pay_fen[ordinary], cell[ordinary], len(cells), context.min_orders)[cell[extra]]
    orders = orders.take(extra)
    value = np.full(len(orders), np.nan)
    np.divide(orders.pay_fen, usual, out=value, where=usual > 0)
    return _observed(SUPPLEMENT_SHARE, orders, value - 1, context)


def _medians(value: Floats, cell: Ints, cells: int, least: int) -> Floats:
    """The median of each cell's values, NaN of fewer than `least`, shape (cells,)."""
    value = value[np.lexsort((value, cell))]
    count = np.bincount(cell, minlength=cells)
    start = np.cumsum(count) - count
    median = np.full(cells, np.nan)
    enough = count >= least
    low, high = (start + (count - 1) // 2)[enough], (start + count // 2)[enough]
    median[enough] = (value[low] + value[high]) / 2
    return median


def _completed(orders: Orders) -> Orders:
    return orders.take(orders.completed_ms != NEVER)


def _observed(
    metric: Metric,
    orders: Orders,
    value: Floats,
    context: MeasureContext,
    *,
    censored: Bools | None = None,
    unstated: Bools | None = None,
) -> Observations:
    """The rows of `orders`. `unstated`: where the platform did not state the value; where it is NaN, if not
    given."""
    n = len(orders)
    vehicle = vehicle_class(orders.vehicle)
    band = band_of(orders.distance_m, context.bands)
    begun = orders.begun_ms
    reasons: dict[Exclusion, Bools] = {
        exclusion: orders.outcome == outcome for outcome, exclusion in _FAULTS.items()
    }
    reasons[Exclusion.VALUE_NOT_STATED] = np.isnan(value) if unstated is None else unstated
    reasons[Exclusion.DISTANCE_UNKNOWN] = band == UNKNOWN_BAND
    if metric.id in _TIMED:
        reasons[Exclusion.ABOVE_LAWFUL_SPEED] = (orders.outcome == Outcome.FINISHED) & ~at_lawful_speed(
            orders.duration_s, orders.distance_m, context.floor, vehicle
        )
    if metric.id != SUPPLEMENT_SHARE.id:
        reasons[Exclusion.EXTREME_WEATHER] = orders.weather == EXTREME_WEATHER
    reasons[Exclusion.OVER_HOURS] = context.over_hours.at(orders.worker, begun)
    return Observations(
        metric=metric,
        value=value,
        censored=np.zeros(n, np.bool_) if censored is None else censored,
        worker=orders.worker,
        platform=orders.platform,
        day=local_days(begun),
        orders=np.ones(n, np.int64),
        excluded=first_that_holds(reasons, n),
        keys={
            Key.SERVICE: orders.service,
            Key.VEHICLE: vehicle,
            Key.DISTANCE: band,
            Key.AREA: orders.area,
            Key.HOUR: hour_band(begun),
            Key.WEATHER: weather_band(orders.weather),
        },
        groups=groups_of(orders.employment_form, orders.area, orders.tenure_band, orders.partner_firm),
    )


def first_that_holds(reasons: Mapping[Exclusion, Bools], n: int) -> NDArray[np.uint8]:
    """Of each of n rows the least exclusion whose mask holds; NONE if none does."""
    excluded = np.zeros(n, np.uint8)
    for exclusion in sorted(reasons, reverse=True):
        excluded[reasons[exclusion]] = exclusion
    return excluded


def groups_of(employment_form: Ints, area: Ints, tenure_band: Ints, partner_firm: Ints) -> dict[Group, Ints]:
    """Codes of the groups, with NOT_IN_A_GROUP for what nobody stated. The partner firm has it already."""
    return {
        Group.EMPLOYMENT_FORM: np.where(employment_form == 0, NOT_IN_A_GROUP, employment_form),
        Group.DISTRICT: np.where(area == 0, NOT_IN_A_GROUP, area),
        Group.TENURE_BAND: np.where(tenure_band == 0, NOT_IN_A_GROUP, tenure_band),
        Group.PARTNER_FIRM: partner_firm,
    }
