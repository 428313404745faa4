"""The weeks' orders put together again in plain NumPy, knowing nothing of simulator.measures."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator import NOT_STATED, Weeks
from simulator.vocabulary import DispatchKind, Vehicle, Weather

Ints = NDArray[np.int64]


class Order(NamedTuple):
    """One entry per order of ``order_names``; −1 where nothing is stated."""

    worker: Ints
    platform: Ints
    accepted_ms: Ints
    completed_ms: Ints
    cancelled_ms: Ints
    distance_m: Ints
    promised_s: Ints
    weather: Ints
    pay_fen: Ints
    commission_fen: Ints
    penalty_fen: Ints
    completed: NDArray[np.bool_]
    time_s: NDArray[np.float64]
    """Accepted → completed."""
    safe: NDArray[np.bool_]
    """Completed on an e-bike at 15 km/h at most, outside extreme weather, the distance known."""


def order_table(weeks: Weeks) -> Order:
    """One row per order."""
    events = weeks.dispatches

    def stated(kind: DispatchKind, name: str) -> Ints:
        column = np.full(len(weeks.order_names), NOT_STATED, dtype=np.int64)
        rows = events.kind == kind
        column[events.order[rows]] = getattr(events, name)[rows]
        return column

    accepted, completed = DispatchKind.ACCEPTED, DispatchKind.COMPLETED
    worker, distance_m = stated(accepted, "worker"), stated(accepted, "distance_m")
    accepted_ms, completed_ms = stated(accepted, "time_ms"), stated(completed, "time_ms")
    weather, done = stated(accepted, "weather"), completed_ms != NOT_STATED
    time_s = (completed_ms - accepted_ms) / 1_000
    safe = done & (distance_m > 0) & (time_s * 15 / 3.6 >= distance_m)
    safe &= (weeks.vehicle[worker] == Vehicle.E_BIKE) & (weather != Weather.EXTREME)
    return Order(
        worker=worker,
        platform=stated(accepted, "platform"),
        accepted_ms=accepted_ms,
        completed_ms=completed_ms,
        cancelled_ms=stated(DispatchKind.CANCELLED, "time_ms"),
        distance_m=distance_m,
        promised_s=stated(accepted, "promised_s"),
        weather=weather,
        pay_fen=stated(completed, "pay_fen"),
        commission_fen=stated(completed, "commission_fen"),
        penalty_fen=stated(completed, "penalty_fen"),
        completed=done,
        time_s=time_s,
        safe=safe,
    )


def attainment(
    weeks: Weeks, orders: Order, platform: int, band: tuple[float, float], limit_s: float
) -> float:
    """Share of the other platforms' safe orders of a distance band that meet a limit."""
    others = orders.safe & (orders.platform != platform)
    others &= (band[0] <= orders.distance_m) & (orders.distance_m < band[1])
    return float(np.mean(orders.time_s[others] <= limit_s))


def net_per_hour(weeks: Weeks, orders: Order, platform: int) -> NDArray[np.float64]:
    """Fen per hour of order time (union of a worker's orders) on one platform; NaN: not on it."""
    found = np.full(len(weeks.worker_names), np.nan)
    end_ms = np.where(orders.completed, orders.completed_ms, orders.cancelled_ms)
    net = np.where(orders.completed, orders.pay_fen - np.maximum(orders.penalty_fen, 0), 0)
    rows = np.flatnonzero(orders.platform == platform)
    rows = rows[np.lexsort((orders.accepted_ms[rows], orders.worker[rows]))]
    for own in np.split(rows, np.flatnonzero(np.diff(orders.worker[rows])) + 1):
        start, end = orders.accepted_ms[own], np.maximum.accumulate(end_ms[own])
        begun = np.concatenate([start[:1], np.maximum(start[1:], end[:-1])])
        hours = np.maximum(end - begun, 0).sum() / 3_600_000
        found[orders.worker[own[0]]] = net[own].sum() / hours
    return found
