"""Closed days: whatever order events come in, the same counts; and what is kept of days whose events go."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.columns import DISPATCH, WORK_SESSION, EventBatch
from kit.erasure import Erased
from kit.errors import FailedPreconditionError
from kit.eventlog.port import Record, TopicPartition
from kit.eventlog.topics import DISPATCHES, FINDINGS, WORK_SESSIONS
from kit.storage.scrubbing import Scrubbing
from kit.storage.store import Store
from services.algo_audit.adapters.baselines import SqlClosedDays, SqlSketchedDays
from services.algo_audit.adapters.named_workers import SqlNamedWorkers
from services.algo_audit.adapters.over_hours import SqlOverHoursSpans
from services.algo_audit.adapters.tables import METADATA
from services.algo_audit.baseline_ports import DayState, SketchedCells
from services.algo_audit.closing import Closing, method_of, require_kept
from services.algo_audit.core.cohort_keys import DAY_MS
from services.algo_audit.core.day_cells import REACH_DAYS, last_closed, midnight_ms
from services.algo_audit.core.metrics import METRICS
from services.algo_audit.core.params import AuditParams
from services.algo_audit.erasing import Erasing
from services.algo_audit.held import Held
from services.algo_audit.ports import Observed, OverHoursSpan, Scope, Since
from services.algo_audit.sketches import merged

FIRST_DAY = 20_000
KEEP_DAYS = 14
OFFERED, ACCEPTED, REJECTED, PICKED_UP, COMPLETED, CANCELLED, COMPLAINED = range(1, 8)
ANY = (0, 2**31 - 1)


class Event(NamedTuple):
    """A version of an event of an order. An order is its worker's; the worker's partition is theirs."""

    worker: int
    order: int
    kind: int
    day: int
    """From FIRST_DAY."""
    minute: int
    version: int = 0
    deleted: bool = False

    @property
    def key(self) -> int:
        """The same of all versions."""
        return 1 + self.kind + 10 * (self.order + 10_000 * self.worker)

    @property
    def time_ms(self) -> int:
        return midnight_ms(FIRST_DAY + self.day) + self.minute * 60_000


def batch(events: Sequence[Event]) -> EventBatch:
    n = len(events)
    platforms = ["swift", "steady"]
    workers = [f"worker-{worker:04d}" for worker in range(40)]
    values: dict[str, list[int]] = {
        "platform": [event.worker % 2 for event in events],
        "worker": [event.worker for event in events],
        "area": [event.order % 2 for event in events],
        "event_key": [event.key for event in events],
        "event_time_ms": [event.time_ms for event in events],
        "order_key": [1 + event.order + 10_000 * event.worker for event in events],
        "kind": [event.kind for event in events],
        "vehicle": [1] * n,
        "service": [1] * n,
        "weather": [1 + (event.order % 7 == 6) * 3 for event in events],
        "statutory_holiday": [int(event.order % 5 == 4) for event in events],
        "distance_m": [1_500 + 1_000 * (event.order % 3) for event in events],
        "promised_ms": [1_200_000] * n,
        "pay_fen": [500 + event.order for event in events],
        "version": [event.version for event in events],
        "deleted": [event.deleted for event in events],
    }
    dictionaries = {
        "platform": platforms,
        "worker": workers,
        "area": ["130202", "130203"],
        "partner_firm": [""],
    }
    columns = {
        name: np.array(values[name], dtype)
        if name in values
        else np.full(n, DISPATCH.when_empty.get(name, 0), dtype)
        for name, dtype in DISPATCH.dtypes.items()
    }
    ids = [str(event.key) for event in events]
    return EventBatch(DISPATCH, dictionaries, {"event_ids": ids, "order_ids": ids}, columns).take(
        np.arange(n)
    )


def online(worker: int, spells: Iterable[tuple[int, int]]) -> EventBatch:
    """Spells of a worker, from and to minutes since FIRST_DAY."""
    moments = [(minute, kind) for spell in spells for minute, kind in zip(spell, (1, 2), strict=True)]
    n = len(moments)
    values = {
        "event_key": [10_000_000 + worker * 10_000 + minute for minute, _ in moments],
        "event_time_ms": [midnight_ms(FIRST_DAY) + minute * 60_000 for minute, _ in moments],
        "kind": [kind for _, kind in moments],
        "vehicle": [1] * n,
    }
    columns = {
        name: np.array(values[name], dtype) if name in values else np.zeros(n, dtype)
        for name, dtype in WORK_SESSION.dtypes.items()
    }
    dictionaries = {"platform": ["swift"], "worker": [f"worker-{worker:04d}"], "area": ["130202"]}
    return EventBatch(WORK_SESSION, dictionaries, {"event_ids": [str(n)] * n}, columns)


class Service:
    """The state of some partitions over a store, without a loop."""

    def __init__(
        self,
        store: Store,
        partitions: int = 1,
        keep_days: int = KEEP_DAYS,
        erased: Erased | None = None,
    ) -> None:
        self._store = store
        self._count = partitions
        self.sources = [
            TopicPartition(topic, number)
            for topic in (DISPATCHES.name, WORK_SESSIONS.name)
            for number in range(partitions)
        ]
        self.closing = Closing(SqlClosedDays(), AuditParams(), keep_days)
        erasing = None if erased is None else Erasing(erased, SqlNamedWorkers())
        scrubbing = Scrubbing(store.scrub)
        self.held = Held(SqlOverHoursSpans(), self.closing, lambda: self.sources, erasing, scrubbing)
        with store.transaction() as connection:
            self.held.restore(connection, [*self.sources, TopicPartition(FINDINGS.name, 0)])

    def take(self, events: Sequence[Event]) -> None:
        for number in range(self._count):
            mine = [event for event in events if event.worker % self._count == number]
            if mine:
                self.say(DISPATCHES.name, batch(mine), number)

    def say(self, topic: str, said: EventBatch | OverHoursSpan, number: int = 0) -> None:
        with self._store.transaction() as connection:
            self.held.handle(connection, [(Record(topic, number, 0, b"", None, {}, 0), said)])

    def tick(self) -> None:
        with self._store.transaction() as connection:
            self.held.tick(connection)
        self.held.committed()

    def all(self, since: Since | None = None) -> Observed:
        observed = self.held.observed(self.held._stored, since=since)
        assert observed is not None
        return observed

    def states(self) -> dict[int, DayState]:
        """By day from FIRST_DAY."""
        with self._store.read() as connection:
            return {state.day - FIRST_DAY: state for state in SqlClosedDays().states(connection)}

    def cells(self, metric_id: str = "delivery_time") -> list[SketchedCells]:
        days = SqlSketchedDays(self._store)
        return list(days.period(metric_id, ANY, ANY, method_of(AuditParams())).cells)

    def counted(self) -> list[Any]:
        """Everything that is exact of every day, metric and platform, and the values where all are held."""
        return [
            (
                metric_id,
                each.city,
                each.platform_id,
                *(getattr(each.cells, name).tolist() for name in each.cells.__slots__ if name != "metric"),
                [sorted(merged([sketch]).values.tolist()) for sketch in (*each.ends, *each.cuts)],
            )
            for metric_id in METRICS
            for each in self.cells(metric_id)
        ]


@pytest.fixture
def store(tmp_path: Path) -> Any:
    store = Store.open(f"sqlite:///{tmp_path / 'audit.db'}", METADATA)
    yield store
    store.close()


def orders(day: int, workers: int = 4, each: int = 12) -> list[Event]:
    return [
        event
        for worker in range(workers)
        for number in range(each)
        for event in (
            Event(worker, 100 * day + number, ACCEPTED, day, 480 + 40 * number),
            Event(worker, 100 * day + number, COMPLETED, day, 490 + 41 * number + worker),
        )
    ]


def noon(day: int) -> Event:
    """Time passes."""
    return Event(39, day % 100, COMPLAINED, day, 720)


# -- one truth, whatever the order --

kinds = st.sampled_from([OFFERED, ACCEPTED, ACCEPTED, COMPLETED, COMPLETED, CANCELLED, COMPLAINED])
some_events = st.lists(
    st.builds(
        Event,
        worker=st.integers(0, 5),
        order=st.integers(0, 8),
        kind=kinds,
        day=st.integers(0, 4),
        minute=st.sampled_from([1, 400, 720, 725, 1_439]),
        version=st.integers(0, 2),
        deleted=st.sampled_from([False, False, False, True]),
    ).map(lambda event: event._replace(deleted=event.deleted and event.version > 0)),
    min_size=1,
    max_size=40,
    unique_by=lambda event: (event.key, event.version),
)


def closed(parts: Sequence[Sequence[Event]], partitions: int, *, ticks: bool) -> list[Any]:
    """What is counted when the parts came in this order; ``ticks``: days are closed in between."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'audit.db'}", METADATA)
        service = Service(store, partitions)
        for part in parts:
            service.take(part)
            if ticks:
                service.tick()
        service.take([noon(12)])
        service.tick()
        assert not any(state.stale for state in service.states().values())
        counted = service.counted()
        store.close()
    return counted


@settings(max_examples=15, deadline=None)
@given(some_events, st.randoms(use_true_random=False), st.integers(8, 20), st.integers(1, 3))
def test_order_repeats_partitions_and_lateness_change_no_count(
    events: list[Event], random: Any, size: int, partitions: int
) -> None:
    """Days closed, and closed again with each part that comes late, end as if all had come at once."""
    mixed = events.copy()
    random.shuffle(mixed)
    parts = [mixed[start : start + size] for start in range(0, len(mixed), size)]
    late = [[noon(11)], *parts, parts[0], mixed[-3:]]
    assert closed(late, partitions, ticks=True) == closed([events, [noon(11)]], 1, ticks=False)


def test_a_day_is_closed_two_days_after_its_end(store: Store) -> None:
    service = Service(store)
    service.take([*orders(0), Event(0, 90, ACCEPTED, REACH_DAYS, 1_439)])
    service.tick()
    assert not service.states()
    service.take([Event(0, 90, COMPLETED, REACH_DAYS + 1, 0)])
    service.tick()
    assert list(service.states()) == [0]
    assert last_closed(midnight_ms(FIRST_DAY + REACH_DAYS + 1)) == FIRST_DAY


def test_no_day_is_closed_of_a_part_of_the_log(store: Store) -> None:
    service = Service(store)
    service.take([*orders(0), noon(9)])
    service.sources.append(TopicPartition(DISPATCHES.name, 7))
    service.tick()
    assert not service.states()


def test_what_has_no_end_within_the_reach_is_censored_there(store: Store) -> None:
    service = Service(store)
    service.take([Event(0, 0, ACCEPTED, 0, 720), Event(0, 0, COMPLETED, 4, 720), noon(9)])
    service.tick()
    (day,) = [each for each in service.cells() if each.cells.rows.any()]
    assert day.cells.censored.tolist() == [1]
    assert merged(day.cuts).values.tolist() == [(REACH_DAYS + 0.5) * 86_400]


def test_a_worker_found_over_their_hours_later_leaves_the_reference(store: Store) -> None:
    service = Service(store)
    service.take([*orders(0), noon(9)])
    service.tick()
    before = sum(int(each.cells.rows.sum()) for each in service.cells())
    start = midnight_ms(FIRST_DAY) + 480 * 60_000
    span = OverHoursSpan("f1", "worker-0001", start, start + DAY_MS // 2, stands=True)
    service.say(FINDINGS.name, span)
    assert service.states()[0].stale
    service.tick()
    assert sum(int(each.cells.rows.sum()) for each in service.cells()) == before - 10
    service.say(FINDINGS.name, span._replace(stands=False))
    service.tick()
    assert sum(int(each.cells.rows.sum()) for each in service.cells()) == before


def test_time_online_counts_on_its_day_and_changes_with_what_ends_it_late(store: Store) -> None:
    service = Service(store)
    service.take([*orders(0, each=6), noon(9)])
    service.say(WORK_SESSIONS.name, online(0, [(1_380, 1_500)]))

    def hours() -> list[float]:
        service.tick()
        return [
            value for each in service.cells("online_hours") for value in merged(each.ends).values.tolist()
        ]

    assert hours() == [1.0, 1.0], "an hour on either side of midnight"
    service.say(WORK_SESSIONS.name, online(0, [(1_300, 1_350)]))
    assert hours() == [pytest.approx(1 + 50 / 60), 1.0]


# -- what is kept --


def test_events_of_the_days_that_are_kept_stay_and_older_ones_go(store: Store) -> None:
    service = Service(store)
    for day in range(40):
        service.take(orders(day))
        service.tick()
    first, a_day = 40 - KEEP_DAYS, len(orders(0))
    observed = service.all()
    assert observed.first_day == FIRST_DAY + first
    assert observed.dispatches.time.min() >= midnight_ms(FIRST_DAY + first - REACH_DAYS)
    assert len(observed.dispatches.time) == (KEEP_DAYS + REACH_DAYS) * a_day
    held = sum(len(stored.events) for stored in service.held._stored.values())
    assert held <= (KEEP_DAYS + REACH_DAYS) * a_day / (1 - 0.25) + a_day, "a third more at most"
    states = service.states()
    assert list(states) == list(range(40 - REACH_DAYS - 1))
    assert [day for day, state in states.items() if state.dropped] == list(range(first))
    again = Service(store)
    assert again.all().first_day == observed.first_day
    assert sorted(again.all().dispatches.event) == sorted(observed.dispatches.event)


def test_what_comes_after_its_day_was_dropped_is_counted_once_and_changes_nothing(store: Store) -> None:
    service = Service(store)
    for day in range(30):
        service.take(orders(day))
        service.tick()
    before = service.counted()
    first = 30 - KEEP_DAYS
    late = [event._replace(worker=8) for event in orders(3, workers=1)]
    for _ in range(2):
        service.take(late)
        service.tick()
    assert service.counted() == before
    beside = [event._replace(worker=8) for event in orders(first - 1, workers=1)]
    service.take(beside)
    service.take([Event(8, 77, ACCEPTED, -5, 700)])
    states = service.states()
    assert {day: state.after_closing for day, state in states.items() if state.after_closing} == {
        3: len(late),
        first - 1: len(beside),
        -5: 1,
    }
    assert not any(state.stale for day, state in states.items() if day < first)
    service.tick()
    assert service.all().first_day == FIRST_DAY + first
    orders_kept = service.all().dispatches
    assert not np.isin([event.key for event in late], orders_kept.event).any()


def test_a_correction_that_moves_an_event_to_a_dropped_day_still_replaces_it(store: Store) -> None:
    service = Service(store)
    for day in range(30):
        service.take(orders(day))
        service.tick()
    moved = orders(28, workers=1, each=1)
    count = len(service.all().dispatches.event)
    service.take([event._replace(day=2, version=1) for event in moved])
    assert len(service.all().dispatches.event) == count - 2
    for day in range(30, 50):
        service.take(orders(day))
        service.tick()
        keys = service.all().dispatches.event.tolist()
        assert not {event.key for event in moved} & set(keys), "the version it replaced never holds again"


def test_nothing_is_dropped_before_it_is_closed(store: Store) -> None:
    service = Service(store)
    for day in range(30):
        service.take(orders(day))
    service.sources.append(TopicPartition(DISPATCHES.name, 7))
    service.tick()
    assert service.all().first_day is None
    service.sources.pop()
    service.tick()
    assert service.all().first_day == FIRST_DAY + 30 - KEEP_DAYS


def test_cells_of_another_method_are_made_again_or_left_out(store: Store) -> None:
    service = Service(store)
    service.take([*orders(0), noon(9)])
    service.tick()
    before = service.counted()
    with store.transaction() as connection:
        SqlClosedDays().keep(connection, FIRST_DAY, "an older method", service.cells())
    assert not [each for each in service.cells() if each.cells.rows.any()]
    again = Service(store)
    again.tick()
    assert again.counted() == before


def test_a_reach_that_is_longer_than_what_is_kept_is_refused() -> None:
    with pytest.raises(ValueError, match="too few to keep"):
        Closing(SqlClosedDays(), AuditParams(), REACH_DAYS + 1)


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (9, None, "period_start_time"),
        (9, 20, "period_start_time"),
        (None, 10, "period_end_time"),
        (10, None, ""),
        (10, 20, ""),
        (None, 11, ""),
        (None, None, ""),
    ],
)
def test_an_audit_of_days_that_are_not_kept_is_refused_by_name(
    start: int | None, end: int | None, field: str
) -> None:
    """The tenth day is the first that is kept."""
    start_ms, end_ms = (None if day is None else midnight_ms(FIRST_DAY + day) for day in (start, end))
    scope = Scope("delivery_time", "130200", start_ms, end_ms)
    require_kept(scope, None)
    if not field:
        require_kept(scope, FIRST_DAY + 10)
        return
    with pytest.raises(FailedPreconditionError, match="first day kept is 2024-10-14") as refused:
        require_kept(scope, FIRST_DAY + 10)
    assert (refused.value.field, refused.value.reason) == (field, "ORDERS_NO_LONGER_KEPT")
