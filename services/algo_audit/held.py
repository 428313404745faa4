"""What algo_audit keeps of the log for audits to read: orders, sessions, and who was over their hours."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kit.columns import DISPATCH, NOT_STATED, WORK_SESSION, EventBatch, EventSet, Names
from kit.columns.records import by_partition
from kit.eventlog.port import Record, TopicPartition
from kit.eventlog.topics import DISPATCHES, FINDINGS, WORK_SESSIONS
from kit.storage.stored_events import StoredEvents
from services.algo_audit.core.measures import OverHours
from services.algo_audit.core.orders import DispatchColumns, DispatchKind
from services.algo_audit.core.worker_days import SessionColumns
from services.algo_audit.ports import Observed, OverHoursSpan, OverHoursSpans

DISPATCH_STATE = "dispatch-events"
SESSION_STATE = "session-events"
"""Names of the state blobs: the events as they came."""

_NAMED = ("platform", "worker", "area", "partner_firm")
_SESSION_COLUMNS = ("platform", "worker", "area", "kind", "event_time_ms", "vehicle")
_DISPATCH_COLUMNS = (
    *_SESSION_COLUMNS,
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
_TOLD = (*(kind for kind in DispatchKind if kind is not DispatchKind.PICKED_UP),)
"""Kinds that say something of an order to an audit. When the goods were on board is no part of any metric."""

Consumed = EventBatch | OverHoursSpan | None
"""What a record says: events, a worker over their hours, or nothing that matters here."""


class Held:
    """The handler of the consumed topics. The loop's thread writes, those of audits read."""

    def __init__(self, spans: OverHoursSpans) -> None:
        self._names = {name: Names() for name in _NAMED}
        self._stored: dict[TopicPartition, StoredEvents] = {}
        self._spans = spans
        self._over_hours: dict[str, OverHoursSpan] = {}
        """By finding; those that stand."""
        self._lock = threading.Lock()

    def restore(self, connection: Any, partitions: Collection[TopicPartition]) -> None:
        """Load what is stored of partitions."""
        with self._lock:
            for source in partitions:
                if source.topic == FINDINGS.name:
                    self._over_hours = {span.finding_id: span for span in self._spans.all(connection)}
                    continue
                stored = self._empty(source)
                stored.load(connection)
                self._stored[source] = stored

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        """Drop what is held of partitions."""
        with self._lock:
            for source in partitions:
                self._stored.pop(source, None)
                if source.topic == FINDINGS.name:
                    self._over_hours = {}

    def handle(self, connection: Any, batch: Sequence[tuple[Record, Consumed]]) -> None:
        """Add the events that an audit needs, and follow who was over their hours.

        All corrections are added: one of a kind that is not needed replaces what was needed all the same.
        """
        self._follow(connection, [said for _, said in batch if isinstance(said, OverHoursSpan)])
        for topic in (DISPATCHES.name, WORK_SESSIONS.name):
            of_topic = [
                (record, said)
                for record, said in batch
                if record.topic == topic and isinstance(said, EventBatch)
            ]
            for number, events in by_partition(of_topic):
                if topic == DISPATCHES.name:
                    told = np.isin(events["kind"], _TOLD) | (events["version"] > 0)
                    events = events.take(np.flatnonzero(told))
                with self._lock:
                    self._stored[TopicPartition(topic, number)].add(connection, events)

    def observed(self, partitions: Collection[TopicPartition]) -> Observed | None:
        """All that is in force of exactly these partitions; None if others are held, or not all of them.

        Workers and platforms are numbered by their names. Figures are sums over workers, and a sum of floats
        depends on the order of its parts in the last digit: numbered as they came, the same data would be
        another audit after a restart.
        """
        with self._lock:
            if self._stored.keys() != {source for source in partitions if source.topic != FINDINGS.name}:
                return None
            orders = self._joined(DISPATCHES.name, (*_DISPATCH_COLUMNS, "event_key"))
            sessions = self._joined(WORK_SESSIONS.name, _SESSION_COLUMNS)
            over_hours = sorted(self._over_hours.values())
            names = {
                name: _by_name(
                    self._names[name], *(part[name] for part in (orders, sessions) if name in part)
                )
                for name in _NAMED
            }
        areas = np.array([int(code) for code in names["area"].names], dtype=np.int64)
        workers = {name: number for number, name in enumerate(names["worker"].names)}
        coded = {name: numbering.number for name, numbering in names.items() if name != "area"}
        coded["area"] = areas[names["area"].number] if len(areas) else areas
        return Observed(
            dispatches=_dispatches(orders, coded, names["partner_firm"].names),
            sessions=_sessions(sessions, coded),
            over_hours=_over_hours([span for span in over_hours if span.worker_id in workers], workers),
            platform_ids=names["platform"].names,
            partner_firm_ids=names["partner_firm"].names,
        )

    def _follow(self, connection: Any, spans: Sequence[OverHoursSpan]) -> None:
        if not spans:
            return
        self._spans.save(connection, spans)
        with self._lock:
            for span in spans:
                if span.stands:
                    self._over_hours[span.finding_id] = span
                else:
                    self._over_hours.pop(span.finding_id, None)

    def _empty(self, source: TopicPartition) -> StoredEvents:
        if source.topic == DISPATCHES.name:
            return StoredEvents(DISPATCH_STATE, source.partition, DISPATCH, self._names, _DISPATCH_COLUMNS)
        return StoredEvents(SESSION_STATE, source.partition, WORK_SESSION, self._names, _SESSION_COLUMNS)

    def _joined(self, topic: str, columns: Sequence[str]) -> dict[str, NDArray[Any]]:
        """The columns of all events of a topic that are in force."""
        sets = [
            stored.events
            for source, stored in sorted(self._stored.items())
            if source.topic == topic and len(stored.events)
        ]
        rows = [np.flatnonzero(events.in_force()) for events in sets]
        return {name: _column(sets, rows, name) for name in columns}


class _Numbering(NamedTuple):
    names: list[str]
    """In order."""
    number: NDArray[np.int64]
    """By code: the place of the name among them; 0 of codes that are not used."""


def _by_name(names: Names, *used: NDArray[Any]) -> _Numbering:
    """Number the names that are used; one that only deleted events had is nobody's."""
    codes = sorted(np.unique(np.concatenate(used)).tolist(), key=names.__getitem__)
    place = np.zeros(len(names), dtype=np.int64)
    place[codes] = np.arange(len(codes))
    return _Numbering([names[code] for code in codes], place)


def _column(sets: Sequence[EventSet], rows: Sequence[NDArray[np.intp]], name: str) -> NDArray[Any]:
    if not sets:
        return np.empty(0, dtype=np.int64)
    return np.concatenate([events[name][held] for events, held in zip(sets, rows, strict=True)])


def _dispatches(
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


def _sessions(told: Mapping[str, NDArray[Any]], coded: Mapping[str, NDArray[np.int64]]) -> SessionColumns:
    return SessionColumns(
        worker=coded["worker"][told["worker"]],
        platform=coded["platform"][told["platform"]],
        area=coded["area"][told["area"]],
        vehicle=told["vehicle"].astype(np.int64),
        kind=told["kind"].astype(np.int8),
        time=told["event_time_ms"].astype(np.int64),
    )


def _over_hours(spans: Sequence[OverHoursSpan], workers: Mapping[str, int]) -> OverHours:
    return OverHours(
        worker=np.array([workers[span.worker_id] for span in spans], dtype=np.int64),
        start_ms=np.array([span.start_ms for span in spans], dtype=np.int64),
        end_ms=np.array([span.end_ms for span in spans], dtype=np.int64),
    )


def _or_nan(values: NDArray[Any]) -> NDArray[np.float64]:
    return np.where(values == NOT_STATED, np.nan, values.astype(np.float64))
