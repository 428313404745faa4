"""From the columns that are held to those that the core reads: codes by name, figures that may be missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kit.columns import NOT_STATED, EventSet, Names
from kit.columns.versions import in_force, statement_keys
from services.algo_audit.core.cohort_keys import local_days
from services.algo_audit.core.measures import OverHours
from services.algo_audit.core.orders import DispatchColumns
from services.algo_audit.core.worker_days import SessionColumns
from services.algo_audit.ports import Mark, Observed, OverHoursSpan

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


def last_statement(events: EventSet, since_ms: int) -> int | None:
    """The last to come of those that say something from the moment on, by its key; None: there is none.

    It stays as long as anything from that moment on does (``StoredEvents.forget_before``): it is of that time
    itself, or another version of an event that is.
    """
    if not len(events):
        return None
    return last_of(events["event_key"], events["version"], events["event_time_ms"], since_ms)


def last_of(
    keys: NDArray[np.uint64], versions: NDArray[Any], times: NDArray[np.int64], since_ms: int
) -> int | None:
    """The same of some rows, in the order they came in."""
    rows = np.flatnonzero(times >= since_ms)
    if not len(rows):
        return None
    row = int(rows[-1])
    # What came after that is of earlier times; few rows, of which corrections of a later event count.
    after = np.flatnonzero(np.isin(keys[row + 1 :], keys[rows])) if row + 1 < len(keys) else rows[:0]
    if len(after):
        row += 1 + int(after[-1])
    return int(statement_keys(keys[row : row + 1], versions[row : row + 1])[0])


def rows_until(events: EventSet, last: int | None) -> int:
    """How many rows there are up to a statement, itself included; 0 if there is none, or it is gone."""
    if last is None:
        return 0
    found = np.flatnonzero(statement_keys(events["event_key"], events["version"]) == np.uint64(last))
    return int(found[0]) + 1 if len(found) else 0


def chosen(events: EventSet, window: tuple[int, int] | None, rows: int | None) -> NDArray[np.bool_]:
    """Which rows are in force and within the window, shape (n,). ``rows``: of the first so many only, as if
    there were no others; None: of all."""
    if rows is None:
        holds = events.in_force()
    else:
        holds = np.zeros(len(events), dtype=bool)
        holds[:rows] = in_force(*(events[name][:rows] for name in ("event_key", "version", "deleted")))
    if window is not None:
        times = events["event_time_ms"]
        holds &= (times >= window[0]) & (times < window[1])
    return holds


def numbered(
    names: Mapping[str, Names], orders: Mapping[str, NDArray[Any]], sessions: Mapping[str, NDArray[Any]]
) -> dict[str, Numbering]:
    """The numbering of everything in NAMED that orders or sessions name."""
    return {
        name: by_name(names[name], *(part[name] for part in (orders, sessions) if name in part))
        for name in NAMED
    }


def observed_of(
    orders: Mapping[str, NDArray[Any]],
    sessions: Mapping[str, NDArray[Any]],
    over_hours: Sequence[OverHoursSpan],
    names: Mapping[str, Numbering],
    first_day: int | None,
    mark: Mark | None,
) -> Observed:
    """What is observed, numbered by ``names``; over their hours are those whom orders or sessions name."""
    areas = np.array([int(code) for code in names["area"].names], dtype=np.int64)
    workers = {name: number for number, name in enumerate(names["worker"].names)}
    coded = {name: numbering.number for name, numbering in names.items() if name != "area"}
    coded["area"] = areas[names["area"].number] if len(areas) else areas
    return Observed(
        dispatches=dispatches_of(orders, coded, names["partner_firm"].names),
        sessions=sessions_of(sessions, coded),
        over_hours=over_hours_of([span for span in over_hours if span.worker_id in workers], workers),
        platform_ids=names["platform"].names,
        partner_firm_ids=names["partner_firm"].names,
        worker_ids=names["worker"].names,
        first_day=first_day,
        mark=mark,
    )


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


def days_of(spans: Sequence[OverHoursSpan]) -> NDArray[np.int64]:
    """The days that any of the spans lies in, ascending."""
    first = local_days(np.array([span.start_ms for span in spans], np.int64))
    last = local_days(np.array([max(span.start_ms, span.end_ms - 1) for span in spans], np.int64))
    return np.unique(np.concatenate([np.arange(a, b + 1) for a, b in zip(first, last, strict=True)]))


def _or_nan(values: NDArray[Any]) -> NDArray[np.float64]:
    return np.where(values == NOT_STATED, np.nan, values.astype(np.float64))
