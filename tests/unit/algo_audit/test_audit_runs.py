"""An audit is a function of the set of events: whatever order they came in, and whoever asks again."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.columns import DISPATCH, EventBatch
from kit.directory.entries import PartyEntry, ThresholdEntry
from kit.errors import FailedPreconditionError, OverloadedError
from kit.eventlog.loop import ConsumerLoop
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.port import NewRecord, Record, TopicPartition
from kit.eventlog.topics import DISPATCHES, TOPICS
from kit.storage.store import Store
from services.algo_audit.adapters.audits import SqlArchive, SqlAudits
from services.algo_audit.adapters.marks import mark_from_bytes, mark_to_bytes
from services.algo_audit.adapters.over_hours import SqlOverHoursSpans
from services.algo_audit.adapters.tables import AUDIT_SCOPE, METADATA
from services.algo_audit.adapters.told_periods import SqlToldBook
from services.algo_audit.adapters.whole_log import WholeLog
from services.algo_audit.charging import Charging
from services.algo_audit.consumer import CONSUMED, decode_consumed
from services.algo_audit.core.baseline import MiddleBand
from services.algo_audit.core.cohort_keys import DAY_MS, SHANGHAI_OFFSET_MS
from services.algo_audit.core.minimum_wage import MinimumWages
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.public_periods import Partition
from services.algo_audit.handlers import Auditor
from services.algo_audit.held import Held
from services.algo_audit.ports import Observed, Request, Scope, Since
from services.algo_audit.public_calendar import PublicCalendar
from services.algo_audit.remaking import RECENT_AUDITS, RecentAudits
from tests.support.suite import eventually

SCOPE = Scope("delivery_time", "130200", None, None)
NOBODY = Request("nobody", "")
Event = tuple[str, int, int, int, int]
"""Platform, worker, order, kind, minute."""
EVENTS: list[Event] = [
    (platform, worker, order, kind, order * 60 + late)
    for platform in ("swift", "steady")
    for worker in range(12)
    for order in range(4)
    for kind, late in ((2, 0), (5, 8 + (worker + order) % 10))
]


class Said(NamedTuple):
    """A version of an event."""

    event: Event
    version: int = 0
    deleted: bool = False
    right: Event | None = None
    """Where it is wrong, the event that it is a version of."""


class Declared:
    """``Registered`` whose thresholds are always in force."""

    def thresholds(self, metric_id: str, at_ms: int) -> list[ThresholdEntry]:
        return [
            ThresholdEntry("t1", 1, "swift", metric_id, "130200", 1, 0, 2_000, 540.0, 0, 0),
            ThresholdEntry("t2", 1, "absent", metric_id, "130200", 1, 0, 2_000, 900.0, 0, 0),
        ]

    def threshold_history(self) -> list[ThresholdEntry]:
        return self.thresholds("delivery_time", 0)

    def area_name(self, area_code: str) -> tuple[str, str]:
        return area_code, area_code

    def platform(self, platform_id: str) -> PartyEntry | None:
        return None


def batch(rows: Sequence[Said]) -> EventBatch:
    events = [row.event for row in rows]
    words = {
        "platform": [platform for platform, *_ in events],
        "worker": [f"worker-of-{platform}-{worker:06d}" for platform, worker, *_ in events],
        "area": ["130203"] * len(events),
    }
    words["partner_firm"] = [""] * len(events)
    dictionaries = {name: list(dict.fromkeys(column)) for name, column in words.items()}
    values = {name: [dictionaries[name].index(word) for word in column] for name, column in words.items()}
    values["event_key"] = [abs(hash(row.right or row.event)) for row in rows]
    values["version"] = [row.version for row in rows]
    values["deleted"] = [row.deleted for row in rows]
    values["order_key"] = [abs(hash(event[:3])) for event in events]
    values["kind"] = [kind for *_, kind, _ in events]
    values["event_time_ms"] = [1_700_000_000_000 + minute * 60_000 for *_, minute in events]
    values["distance_m"] = [1_500] * len(events)
    columns = {
        name: np.array(values[name], dtype=dtype)
        if name in values
        else np.full(len(events), DISPATCH.when_empty.get(name, 1), dtype=dtype)
        for name, dtype in DISPATCH.dtypes.items()
    }
    ids = [str(key) for key in values["event_key"]]
    return EventBatch(DISPATCH, dictionaries, {"event_ids": ids, "order_ids": ids}, columns)


def calendar(store: Store) -> PublicCalendar:
    return PublicCalendar(Partition.MONTH, SqlToldBook(store), lambda: 7)


class State:
    """``Dispatches`` over the service's state, filled by hand."""

    def __init__(self, store: Store, partitions: int) -> None:
        self._store = store
        self._partitions = range(partitions)
        self.state = Held(SqlOverHoursSpans())
        with store.read() as connection:
            self.state.restore(connection, [TopicPartition(DISPATCHES.name, n) for n in self._partitions])

    def take(self, rows: Sequence[Said]) -> None:
        for number in self._partitions:
            mine = [row for row in rows if row.event[1] % len(self._partitions) == number]
            record = Record(DISPATCHES.name, number, 0, b"", None, {}, 0)
            with self._store.transaction() as connection:
                self.state.handle(connection, [(record, batch(mine))] if mine else [])

    def all(self, since: Since | None = None) -> Observed:
        partitions = [TopicPartition(DISPATCHES.name, n) for n in self._partitions]
        observed = self.state.observed(partitions, since=since)
        assert observed is not None
        return observed


def audited(*parts: Sequence[Event | Said], partitions: int = 1) -> tuple[str, bytes]:
    """The audit's id, and the audit as it is answered."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'audit.db'}", METADATA)
        state = State(store, partitions)
        for part in parts:
            state.take([each if isinstance(each, Said) else Said(each) for each in part])
        again = State(store, partitions)  # what another process would restore
        ids = {
            Auditor(
                each,
                Declared(),
                SqlAudits(store),
                AuditParams(),
                Charging(AuditParams(), MinimumWages()),
                calendar(store),
                lambda: 7,
            ).run(SCOPE, NOBODY, publish=True)
            for each in (state, again)
        }
        (audit_id,) = ids
        kept = SqlArchive(store).find(audit_id)
        assert kept is not None
        with store.read() as connection:
            assert all(finding.revision == 1 for finding in SqlAudits(store).findings(connection, SCOPE))
        store.close()
    return audit_id, kept.value


@pytest.fixture(scope="module")
def expected() -> tuple[str, bytes]:
    return audited(EVENTS)


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(10, 80), st.integers(1, 4))
def test_order_batches_repeats_and_partitions_change_no_audit(
    expected: tuple[str, bytes], random: Any, size: int, partitions: int
) -> None:
    mixed = EVENTS.copy()
    random.shuffle(mixed)
    parts = [mixed[start : start + size] for start in range(0, len(mixed), size)]
    assert audited(*parts, parts[0], partitions=partitions) == expected


PHANTOMS: list[Event] = [("swift", 3, 99, 2, 5), ("swift", 3, 99, 5, 6), ("a-new-platform", 70, 1, 2, 0)]
"""They never happened."""


@settings(max_examples=40, deadline=None)
@given(
    st.randoms(use_true_random=False),
    st.lists(st.sampled_from(EVENTS), min_size=1, max_size=30, unique=True),
    st.integers(10, 80),
    st.integers(1, 4),
)
def test_corrections_equal_having_sent_the_right_events_first(
    expected: tuple[str, bytes], random: Any, mistaken: list[Event], size: int, partitions: int
) -> None:
    wrong = [
        Said((*event[:3], random.choice([1, 2, 4, 5, 6]), event[4] + random.randrange(30)), 0, right=event)
        for event in mistaken
    ]
    right = [Said(event, random.randrange(1, 9)) for event in mistaken]
    rows = [*(Said(event) for event in EVENTS if event not in mistaken), *wrong, *right]
    rows += [Said(phantom, version, deleted=version == 1) for phantom in PHANTOMS for version in (0, 1)]
    random.shuffle(rows)
    parts = [rows[start : start + size] for start in range(0, len(rows), size)]
    assert audited(*parts, parts[0], partitions=partitions) == expected


@pytest.mark.parametrize(
    "more",
    [
        lambda events: [*events, ("steady", 12, 0, 2, 5)],
        lambda events: events[1:],
        lambda events: [(*event[:4], event[4] + 1) if event[3] == 5 else event for event in events],
    ],
    ids=["an order more", "an event less", "other times"],
)
def test_other_data_are_another_audit(
    expected: tuple[str, bytes], more: Callable[[list[Event]], list[Event]]
) -> None:
    assert audited(more(EVENTS))[0] != expected[0]


class Kept:
    """``Events`` whose first days may be gone."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.first_day: int | None = None

    def all(self, since: Since | None = None) -> Observed:
        return replace(self.state.all(since), first_day=self.first_day)


@settings(max_examples=60, deadline=None)
@given(
    st.randoms(use_true_random=False),
    st.integers(0, len(EVENTS)),
    st.integers(0, 200),
    st.integers(1, 3),
    st.booleans(),
)
def test_a_marked_state_is_found_again_whatever_comes_after_it(
    random: Any, known: int, since_minute: int, partitions: int, dropped: bool
) -> None:
    """Of all statements in any order the first so many are a state: later ones, also of the same events,
    a restart and the dropping of older days change nothing in it."""
    rows = [Said(event) for event in EVENTS]
    mistaken = random.sample(EVENTS, 20)
    rows += [
        Said((*event[:4], event[4] + random.randrange(-90, 90)), 1, random.random() < 0.3, right=event)
        for event in mistaken
    ]
    random.shuffle(rows)
    since_ms = 1_700_000_000_000 + since_minute * 60_000
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'audit.db'}", METADATA)
        state = State(store, partitions)
        state.take(rows[:known])
        before = state.all(Since(since_ms))
        assert before.mark is not None
        mark = mark_from_bytes(mark_to_bytes(before.mark))
        state.take(rows[known:])
        if dropped:
            with store.transaction() as connection:
                for stored in state.state._stored.values():
                    stored.forget_before(connection, since_ms - random.randrange(0, 60) * 60_000)
        for each in (state, State(store, partitions)):
            after = each.all(Since(since_ms, mark))
            assert contents(after) == contents(before)
        store.close()


def contents(observed: Observed) -> list[Any]:
    columns: list[Any] = [observed.dispatches, observed.sessions, observed.over_hours]
    arrays = [getattr(each, field.name).tobytes() for each in columns for field in fields(each)]
    return [arrays, observed.platform_ids, observed.worker_ids, observed.partner_firm_ids]


def test_an_audit_that_was_let_go_is_made_again_or_says_why_not(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'audit.db'}", METADATA)
    events = Kept(State(store, 1))
    events.state.take([Said(each) for each in EVENTS])

    def auditor(params: AuditParams) -> Auditor:
        charging = Charging(params, MinimumWages())
        return Auditor(events, Declared(), SqlAudits(store), params, charging, calendar(store), lambda: 7)

    made = auditor(AuditParams())
    audit_id = made.run(SCOPE, NOBODY, publish=True)
    before = made.recent(audit_id)
    for area in range(130201, 130201 + RECENT_AUDITS):
        with contextlib.suppress(FailedPreconditionError):
            made.run(replace(SCOPE, area_code=str(area)), NOBODY, publish=True)
    assert made.recent(audit_id) is before, "asked for lately"
    restarted = auditor(AuditParams())
    again = restarted.recent(audit_id)
    assert again is not before
    assert (again.audit_id, again.data_version, again.scope) == (audit_id, before.data_version, SCOPE)
    assert again.audited.cohorts == before.audited.cohorts
    assert restarted.recent(audit_id) is again

    def refused(auditor: Auditor) -> str:
        with pytest.raises(FailedPreconditionError, match=audit_id) as error:
            auditor.recent(audit_id)
        assert error.value.field == "audit_id"
        return error.value.reason

    assert refused(auditor(AuditParams(middle=MiddleBand(0.30, 0.70)))) == "DATA_HAVE_CHANGED"
    first_day = (1_700_000_000_000 + SHANGHAI_OFFSET_MS) // DAY_MS
    events.first_day = first_day
    assert auditor(AuditParams()).recent(audit_id).audit_id == audit_id
    events.first_day = first_day + 1
    assert refused(auditor(AuditParams())) == "ORDERS_NO_LONGER_KEPT"
    events.first_day = None
    events.state.take([Said(event, 1, deleted=True) for event in EVENTS])
    assert refused(auditor(AuditParams())) == "DATA_HAVE_CHANGED"
    assert made.recent(audit_id) is before
    with store.transaction() as connection:
        connection.execute(sa.delete(AUDIT_SCOPE))
    assert refused(auditor(AuditParams())) == "AUDIT_NOT_IN_MEMORY"
    store.close()


def test_of_recent_audits_the_one_asked_for_longest_ago_is_let_go() -> None:
    recent, audits = RecentAudits(most=2), [SimpleNamespace(audit_id=name) for name in "abc"]
    recent.put(audits[0])  # type: ignore[arg-type]
    recent.put(audits[1])  # type: ignore[arg-type]
    assert recent.get("a") is not None
    recent.put(audits[2])  # type: ignore[arg-type]
    assert [recent.get(name) is not None for name in "abcd"] == [True, False, True, False]


def test_a_process_with_a_part_of_the_log_does_not_audit(tmp_path: Path) -> None:
    log = MemoryEventLog()
    log.ensure_topics(TOPICS, 2)
    log.append(
        [NewRecord(DISPATCHES.name, batch([*map(Said, EVENTS)]).encode(), partition=n) for n in range(2)]
    )
    store = Store.open(f"sqlite:///{tmp_path / 'audit.db'}", METADATA)
    states = [Held(SqlOverHoursSpans()), Held(SqlOverHoursSpans())]
    loops = [
        ConsumerLoop(
            log=log,
            store=store,
            group="algo_audit",
            topics=CONSUMED,
            decode=decode_consumed,
            handler=state,
            poll_timeout_s=0.05,
        )
        for state in states
    ]
    for loop in loops:
        loop.start()
    try:
        # Until the second has joined, the first holds all of them.
        sources = loops[0].end().keys()
        eventually(lambda: all(state.observed(sources) is None for state in states) and loops[0].caught_up())
        with pytest.raises(OverloadedError, match="all of its partitions") as behind:
            WholeLog(loops[0], states[0], await_s=0.2).all()
        assert behind.value.reason == "ORDERS_INCOMPLETE"
        loops[1].stop()
        assert len(WholeLog(loops[0], states[0]).all().dispatches.order) == 2 * len(EVENTS)
    finally:
        for loop in loops:
            loop.stop()
        store.close()
