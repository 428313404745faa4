"""From the columns that are held to those that the core reads: codes by name, figures that may be missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kit.columns import NOT_STATED, EventSet, Names
from services.algo_audit.core.measures import OverHours
from services.algo_audit.core.orders import DispatchColumns
from services.algo_audit.core.worker_days import SessionColumns
from services.algo_audit.ports import OverHoursSpan

NAMED = ("platform", "worker", "area", "partner_firm")
SESSION_COLUMNS = ("platform", "worker", "area", "kind", "event_time_ms", "vehicle")
DISPATCH_COLUMNS = (
    *SESSION_COLUMNS,
    "partner_firm",
    "order_key",
    "service",
    "weather",
    "statutory_holiday",
    "distance_m",
    "promised_ms",
    "pay_fen",
    "commission_fen",
    "penalty_fen",
    "employment_form",
    "tenure_band",
)


class Numbering(NamedTuple):
    names: list[str]
    """In order."""
    number: NDArray[np.int64]
    """By code: the place of the name among them; 0 of codes that are not used."""


def by_name(names: Names, *used: NDArray[Any]) -> Numbering:
    """Number the names that are used; one that only deleted events had is nobody's."""
    codes = sorted(np.unique(np.concatenate(used)).tolist(), key=names.__getitem__)
    place = np.zeros(len(names), dtype=np.int64)
    place[codes] = np.arange(len(codes))
    return Numbering([names[code] for code in codes], place)


def column(sets: Sequence[EventSet], rows: Sequence[NDArray[np.intp]], name: str) -> NDArray[Any]:
    if not sets:
        return np.empty(0, dtype=np.int64)
    return np.concatenate([events[name][held] for events, held in zip(sets, rows, strict=True)])


def dispatches_of(
    told: Mapping[str, NDArray[Any]], coded: Mapping[str, NDArray[np.int64]], firms: Sequence[str]
) -> DispatchColumns:
    firm = coded["partner_firm"][told["partner_firm"]]
    if "" in firms:  # engaged by the platform itself, or not stated
        firm = np.where(firm == firms.index(""), NOT_STATED, firm)
    return DispatchColumns(
        order=told["order_key"].astype(np.uint64),
        worker=coded["worker"][told["worker"]],
        platform=coded["platform"][told["platform"]],
        area=coded["area"][told["area"]],
        kind=told["kind"].astype(np.int8),
        time=told["event_time_ms"].astype(np.int64),
        distance_m=_or_nan(told["distance_m"]),
        promised_s=_or_nan(told["promised_ms"]) / 1000,
        event=told["event_key"].astype(np.uint64),
        service=told["service"].astype(np.int64),
        vehicle=told["vehicle"].astype(np.int64),
        weather=told["weather"].astype(np.int64),
        holiday=told["statutory_holiday"].astype(np.int8),
        pay_fen=_or_nan(told["pay_fen"]),
        commission_fen=_or_nan(told["commission_fen"]),
        penalty_fen=_or_nan(told["penalty_fen"]),
        employment_form=told["employment_form"].astype(np.int64),
        tenure_band=told["tenure_band"].astype(np.int64),
        partner_firm=firm,
    )


def sessions_of(told: Mapping[str, NDArray[Any]], coded: Mapping[str, NDArray[np.int64]]) -> SessionColumns:
    return SessionColumns(
        worker=coded["worker"][told["worker"]],
        platform=coded["platform"][told["platform"]],
        area=coded["area"][told["area"]],
        vehicle=told["vehicle"].astype(np.int64),
        kind=told["kind"].astype(np.int8),
        time=told["event_time_ms"].astype(np.int64),
    )


def over_hours_of(spans: Sequence[OverHoursSpan], workers: Mapping[str, int]) -> OverHours:
    return OverHours(
        worker=np.array([workers[span.worker_id] for span in spans], dtype=np.int64),
        start_ms=np.array([span.start_ms for span in spans], dtype=np.int64),
        end_ms=np.array([span.end_ms for span in spans], dtype=np.int64),
    )


def _or_nan(values: NDArray[Any]) -> NDArray[np.float64]:
    return np.where(values == NOT_STATED, np.nan, values.astype(np.float64))
