"""Tables for the tests of what an audit finds besides its cohorts; columns not given are not stated."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from services.algo_audit.core.cohort_keys import DAY_MS, SHANGHAI_OFFSET_MS
from services.algo_audit.core.metrics import Key, Metric
from services.algo_audit.core.observations import NOT_IN_A_GROUP, Group, Observations
from services.algo_audit.core.orders import NEVER, Orders, Outcome

MORNING_MS = 9 * 3_600_000 - SHANGHAI_OFFSET_MS
"""9 o'clock in Shanghai, after the start of the day in UTC+8."""
_ALIKE: dict[str, Any] = {
    "platform": 1,
    "area": 130203,
    "outcome": Outcome.FINISHED,
    "accepted_ms": MORNING_MS,
    "completed_ms": NEVER,
    "offered_ms": NEVER,
    "distance_m": 1_500.0,
    "service": 1,
    "holiday": -1,
    "partner_firm": -1,
}


def orders_table(n: int, **columns: Any) -> Orders:
    """n orders; a column is an array of shape (n,) or one value for all."""
    made: dict[str, Any] = {"worker": np.arange(n), "order": np.arange(n)}
    for field in fields(Orders):
        floating = field.name.endswith(("_s", "_fen", "_m"))
        value = columns.pop(
            field.name, made.get(field.name, _ALIKE.get(field.name, np.nan if floating else 0))
        )
        made[field.name] = np.broadcast_to(np.asarray(value, np.float64 if floating else np.int64), n).copy()
    assert not columns, f"orders have no {sorted(columns)}"
    return Orders(**made)


def on_day(day: Any) -> Any:
    """The morning of a day since 1970-01-01, epoch milliseconds."""
    return np.asarray(day) * DAY_MS + MORNING_MS


def observations_table(metric: Metric, n: int, **columns: Any) -> Observations:
    """n rows; keys and groups by their names."""

    def column(name: str, kind: Any, otherwise: Any) -> Any:
        return np.broadcast_to(np.asarray(columns.pop(name, otherwise), kind), n).copy()

    usual = {Key.SERVICE: 1, Key.VEHICLE: 1, Key.AREA: 130203}
    table = Observations(
        metric=metric,
        value=column("value", np.float64, 1.0),
        censored=column("censored", np.bool_, False),
        worker=column("worker", np.int64, np.arange(n)),
        platform=column("platform", np.int64, 1),
        day=column("day", np.int64, 20_000),
        orders=column("orders", np.int64, 1),
        excluded=column("excluded", np.uint8, 0),
        keys={key: column(key.value, np.int64, usual.get(key, 0)) for key in metric.keys},
        groups={
            group: column(group.value, np.int64, 0 if group is Group.PARTNER_FIRM else NOT_IN_A_GROUP)
            for group in Group
        },
    )
    assert not columns, f"observations have no {sorted(columns)}"
    return table
