"""What can be read off the weeks' events, plainly: for the summary only. The product's verdicts come from its
services, which know intervals, censoring and privacy; here are only shares and medians."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.measures import OrderTimes, order_times, spells
from simulator.platforms import BAND_EDGES_M, LAWFUL_EBIKE_METRES_PER_SECOND, Platform, distance_band
from simulator.vocabulary import NOT_STATED, DispatchKind, Vehicle, Weather
from simulator.weeks import Weeks

HOUR_MS = 3_600_000
FEWEST_WORKERS = 10
"""Groups of fewer are not looked at."""


@dataclass(frozen=True, slots=True)
class Signs:
    """One platform's weeks in the figures that the faults move."""

    workers: int
    completed: int
    attainment: tuple[float, ...]
    """Share of the other platforms' lawful e-bike orders that meet the declared limit, per distance band."""
    limit_change: float
    """Limit shown ÷ limit declared: its median on the last day against that on the first, minus 1."""
    fined: float
    """Share of the completed orders with a penalty."""
    fines_declared: bool
    below_minimum: float
    """Share of an area's workers who earn less than the minimum wage, where it is largest."""
    firm_ratio: float
    """Mean pay of an order: the worst paid partner firm's against the best paid one's."""


def signs(weeks: Weeks) -> tuple[Signs, ...]:
    """The figures of each platform, in the order of ``weeks.platforms``."""
    times = order_times(weeks)
    weather, pay, net = _of_orders(weeks)
    known = times.completed & (times.distance_m != NOT_STATED)
    lawful = times.delivery_time_s * LAWFUL_EBIKE_METRES_PER_SECOND >= times.distance_m
    on_ebike = weeks.vehicle[times.worker] == Vehicle.E_BIKE
    safe = known & lawful & on_ebike & (weather != Weather.EXTREME)
    return tuple(
        _signs_of(weeks, times, safe, pay, net, index, platform)
        for index, platform in enumerate(weeks.platforms)
    )


def _of_orders(weeks: Weeks) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Weather, pay and pay − penalty of each order; nothing was paid for an order that was not completed."""
    events, size = weeks.dispatches, len(weeks.order_names)
    weather = np.zeros(size, dtype=np.int64)
    weather[events.order] = events.weather
    settled = events.kind == DispatchKind.COMPLETED
    pay, net = np.zeros(size), np.zeros(size)
    pay[events.order[settled]] = events.pay_fen[settled]
    net[events.order[settled]] = events.pay_fen[settled] - np.maximum(events.penalty_fen[settled], 0)
    return weather, pay, net


def _signs_of(
    weeks: Weeks,
    times: OrderTimes,
    safe: NDArray[np.bool_],
    pay: NDArray[np.float64],
    net: NDArray[np.float64],
    index: int,
    platform: Platform,
) -> Signs:
    own = times.platform == index
    done = own & times.completed
    others = safe & ~own
    met = times.delivery_time_s <= platform.limit_s(times.distance_m)
    band = distance_band(times.distance_m)
    return Signs(
        workers=len(np.unique(times.worker[own])),
        completed=int(np.count_nonzero(done)),
        attainment=tuple(_mean(met[others & (band == each)]) for each in range(len(BAND_EDGES_M))),
        limit_change=_limit_change(weeks, times, own, platform),
        fined=_mean(pay[done] > net[done]),
        fines_declared=any(
            each.platform == index and each.metric_id == "penalties_per_order" for each in weeks.declared
        ),
        below_minimum=_below_minimum(weeks, times, net, index),
        firm_ratio=_firm_ratio(weeks, times, pay, done),
    )


def _limit_change(weeks: Weeks, times: OrderTimes, own: NDArray[np.bool_], platform: Platform) -> float:
    rows = np.flatnonzero(own & (times.distance_m != NOT_STATED))
    against_declared = times.promised_s[rows] / platform.limit_s(times.distance_m[rows])
    day = np.searchsorted(weeks.days_ms, times.accepted_ms[rows], side="right") - 1
    first, last = (against_declared[day == each] for each in (0, len(weeks.days_ms) - 1))
    if not len(first) or not len(last):
        return float("nan")
    return float(np.median(last) / np.median(first) - 1)


def _below_minimum(weeks: Weeks, times: OrderTimes, net: NDArray[np.float64], index: int) -> float:
    workers = len(weeks.worker_names)
    together = spells(times, index)
    hours = np.bincount(together.worker, weights=together.worked_ms, minlength=workers) / HOUR_MS
    own = times.platform == index
    earned = np.bincount(times.worker[own], weights=net[own], minlength=workers)
    worked = hours > 0
    too_little = earned < hours * weeks.parameters.minimum_wage_fen
    shares = [
        _mean(too_little[here])
        for area in np.unique(weeks.area_code)
        if np.count_nonzero(here := worked & (weeks.area_code == area)) >= FEWEST_WORKERS
    ]
    return max(shares, default=float("nan"))


def _firm_ratio(weeks: Weeks, times: OrderTimes, pay: NDArray[np.float64], done: NDArray[np.bool_]) -> float:
    firm = weeks.partner_firm[times.worker]
    groups = [done & (firm == each) for each in range(len(weeks.partner_firms))]
    large = [rows for rows in groups if len(np.unique(times.worker[rows])) >= FEWEST_WORKERS]
    means = [_mean(pay[rows]) for rows in large]
    return min(means) / max(means) if means else float("nan")


def _mean(values: NDArray[np.float64] | NDArray[np.bool_]) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
