"""The orders and sessions of a scope: of which city, area and period."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kit.security.caller import significant
from services.algo_audit.core.cohort_keys import DAY_MS, SHANGHAI_OFFSET_MS
from services.algo_audit.core.day_cells import REACH_DAYS, midnight_ms
from services.algo_audit.core.observations import Observations
from services.algo_audit.core.orders import Orders
from services.algo_audit.core.worker_days import SessionColumns
from services.algo_audit.ports import Mark, Observed, Scope, Since


def latest_ms(observed: Observed) -> int:
    """The time of the latest event."""
    return int(observed.dispatches.time.max(initial=0))


def since(scope: Scope, as_of: Mark | None) -> Since | None:
    """Which events the scope's orders can be had from; None: all.

    From REACH_DAYS before its start: all that an order of the period can have said earlier is its offer.
    ``as_of``: of which state of them; None: of now.
    """
    if scope.start_ms is None:
        return None
    return Since(scope.start_ms - REACH_DAYS * DAY_MS, as_of)


def orders_within(orders: Orders, scope: Scope, first_day: int | None, end_ms: int | None) -> Orders:
    """The orders from the scope's start on, before the end, that are kept, in the whole city that its area
    belongs to."""
    chosen = in_area(orders.area, city_of(scope))
    begun = orders.begun_ms
    if first_day is not None:
        chosen &= begun >= midnight_ms(first_day)
    if scope.start_ms is not None:
        chosen &= begun >= scope.start_ms
    if end_ms is not None:
        chosen &= begun < end_ms
    return orders.take(chosen)


def sessions_within(sessions: SessionColumns, scope: Scope) -> SessionColumns:
    """Those of the same city, as of closed days. They reach beyond the period: ``days_within``."""
    return sessions.take(in_area(sessions.area, city_of(scope)))


def days_within(observations: Observations, scope: Scope, first_day: int | None) -> Observations:
    """Those of the period's days, and of days that are kept: time online before and after it is no part."""
    begins_ms = observations.day * DAY_MS - SHANGHAI_OFFSET_MS
    chosen = np.ones(len(begins_ms), np.bool_)
    if first_day is not None:
        chosen &= begins_ms >= midnight_ms(first_day)
    if scope.start_ms is not None:
        chosen &= begins_ms >= scope.start_ms
    if scope.end_ms is not None:
        chosen &= begins_ms < scope.end_ms
    return observations if chosen.all() else observations.take(chosen)


def city_of(scope: Scope) -> str:
    """The code of the city, or province, that its area is of."""
    return scope.area_code[:4] + "00"


def in_area(areas: NDArray[np.int64], area_code: str) -> NDArray[np.bool_]:
    """Which of the areas are an area or within it, a city's code including its counties. Shape as given."""
    digits = significant(area_code)
    within: NDArray[np.bool_] = areas // 10 ** (6 - len(digits)) == int(digits)
    return within


def areas_of(orders: Orders) -> Sequence[int]:
    """The areas there are orders of, ascending."""
    areas: list[int] = np.unique(orders.area).tolist()
    return areas
