"""A worker's data are removed on request: what is left is what there would be had the worker said nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.erasure import Erased
from kit.eventlog.port import Record
from kit.eventlog.topics import DISPATCHES, FINDINGS, WORK_SESSIONS
from kit.storage.store import Store
from quzhong.api.events.v1 import findings_pb2
from services.algo_audit.adapters.marks import mark_from_bytes, mark_to_bytes
from services.algo_audit.adapters.tables import AUDIT_MARK, METADATA
from services.algo_audit.consumer import decode_without
from services.algo_audit.core.day_cells import midnight_ms
from services.algo_audit.ports import Mark, OverHoursSpan, Since
from tests.support.erasures import SaidErasures
from tests.unit.algo_audit.test_audit_closing import (
    ACCEPTED,
    COMPLETED,
    FIRST_DAY,
    Event,
    Service,
    batch,
    noon,
    online,
    orders,
)
from tests.unit.algo_audit.test_audit_runs import contents

H_MS = 3_600_000
STANDS = findings_pb2.FINDING_STATE_STANDS


def worker(number: int) -> str:
    return f"worker-{number:04d}"


def ms(day: int, hour: int = 0) -> int:
    return midnight_ms(FIRST_DAY + day) + hour * H_MS


class Erasure(NamedTuple):
    worker: int
    erase_ms: int


some_events = st.lists(
    st.builds(
        Event,
        worker=st.integers(0, 3),
        order=st.integers(0, 4),
        kind=st.sampled_from([ACCEPTED, COMPLETED]),
        day=st.integers(0, 3),
        minute=st.sampled_from([1, 400, 720]),
        version=st.integers(0, 2),
        deleted=st.sampled_from([False, False, True]),
    ).map(lambda event: event._replace(deleted=event.deleted and event.version > 0)),
    min_size=4,
    max_size=40,
    unique_by=lambda event: (event.key, event.version),
)
some_spans = st.lists(
    st.builds(
        lambda number, of, day: OverHoursSpan(f"f{number}", worker(of), ms(day, 9), ms(day, 20), stands=True),
        st.integers(0, 9),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=6,
    unique_by=lambda span: span.finding_id,
)
some_erasures = st.lists(
    st.builds(Erasure, st.integers(0, 3), st.sampled_from([ms(0), ms(1, 8), ms(2), ms(9)])),
    min_size=1,
    max_size=3,
    unique_by=lambda erasure: erasure.worker,
)


def without(events: Sequence[Event], erasures: Sequence[Erasure]) -> list[Event]:
    """Brute force: an event goes with every version if one of them is from before the erasure."""
    gone = {event.key for event in events for each in erasures if _is_of(each, event.worker, event.time_ms)}
    return [event for event in events if event.key not in gone]


def spans_without(spans: Sequence[OverHoursSpan], erasures: Sequence[Erasure]) -> list[OverHoursSpan]:
    return [
        span
        for span in spans
        if not any(_is_of(each, int(span.worker_id[-4:]), span.start_ms) for each in erasures)
    ]


def _is_of(erasure: Erasure, number: int, at_ms: int) -> bool:
    return erasure.worker == number and at_ms < erasure.erase_ms


def said(erasures: Sequence[Erasure], by: SaidErasures) -> None:
    for number, each in enumerate(erasures):
        by.say(f"erasure-{number}", each.erase_ms, worker(each.worker))


def told(service: Service, events: Sequence[Event], spans: Sequence[OverHoursSpan]) -> Service:
    for event in events:
        service.take([event])
    for span in spans:
        service.say(FINDINGS.name, span)
    return service


def keep_mark(store: Store, mark: Mark) -> None:
    row = {"audit_id": "a", "since_ms": mark.since_ms, "value": mark_to_bytes(mark)}
    with store.transaction() as connection:
        connection.execute(sa.insert(AUDIT_MARK), row)


def kept_mark(store: Store) -> Mark:
    with store.read() as connection:
        return mark_from_bytes(connection.execute(sa.select(AUDIT_MARK.c.value)).scalar_one())


@settings(max_examples=40, deadline=None)
@given(some_events, some_spans, some_erasures, st.data(), st.integers(1, 3))
def test_what_is_held_and_marked_is_as_if_the_erased_had_said_nothing(
    events: list[Event],
    spans: list[OverHoursSpan],
    erasures: list[Erasure],
    data: st.DataObject,
    partitions: int,
) -> None:
    known, known_spans = data.draw(st.integers(0, len(events))), data.draw(st.integers(0, len(spans)))
    since_ms = data.draw(st.sampled_from([ms(0), ms(1), ms(2)]))
    with tempfile.TemporaryDirectory() as folder:
        store, right = (Store.open(f"sqlite:///{folder}/{name}.db", METADATA) for name in ("a", "b"))
        erased = SaidErasures()
        service = told(Service(store, partitions, erased=Erased(erased)), events[:known], spans[:known_spans])
        observed = service.all(Since(since_ms))
        assert observed.mark is not None
        keep_mark(store, observed.mark)
        told(service, events[known:], spans[known_spans:])
        said(erasures, erased)
        service.tick()

        stay = without(events, erasures)
        earlier = told(
            Service(right, partitions),
            [event for event in events[:known] if event in stay],
            spans_without(spans[:known_spans], erasures),
        )
        as_it_was = contents(earlier.all(Since(since_ms)))
        now = told(
            earlier,
            [event for event in events[known:] if event in stay],
            spans_without(spans[known_spans:], erasures),
        )
        later = Service(store, partitions, erased=Erased(erased))
        for each in (service, later, Service(store, partitions)):
            assert contents(each.all()) == contents(now.all())
            assert contents(each.all(Since(since_ms, kept_mark(store)))) == as_it_was
        names = {worker(each.worker) for each in erasures if each.erase_ms == ms(9)}
        for file in Path(folder).glob("a.db*"):
            assert not any(name.encode() in file.read_bytes() for name in names)
        assert {span.worker_id for span in kept_mark(store).over_hours}.isdisjoint(names)
        store.close()
        right.close()


@settings(max_examples=40, deadline=None)
@given(some_events, some_erasures, st.randoms(use_true_random=False))
def test_what_the_log_still_has_of_the_erased_is_read_without_them(
    events: list[Event], erasures: list[Erasure], random: Any
) -> None:
    erased = SaidErasures()
    said(erasures, erased)
    decode = decode_without(Erased(erased))
    random.shuffle(events)
    value = batch(events).encode()
    read = decode(Record(DISPATCHES.name, 0, 0, value, None, {}, 0))
    stay = [
        event.key
        for event in events
        if not any(_is_of(each, event.worker, event.time_ms) for each in erasures)
    ]
    assert read is not None
    assert not isinstance(read, OverHoursSpan)
    assert read["event_key"].tolist() == stay
    session = decode(Record(WORK_SESSIONS.name, 0, 0, online(0, [(60, 90)]).encode(), None, {}, 0))
    assert session is not None
    assert len(session) == (0 if any(_is_of(each, 0, ms(0, 1)) for each in erasures) else 2)


def finding(state: findings_pb2.FindingState.ValueType = STANDS) -> findings_pb2.Finding:
    message = findings_pb2.Finding(finding_id="f1", worker_id=worker(1), state=state)
    message.working_time.limit_time.FromMilliseconds(ms(0, 9))
    message.working_time.spell_end_time.FromMilliseconds(ms(0, 20))
    return message


@pytest.fixture
def store(tmp_path: Path) -> Any:
    store = Store.open(f"sqlite:///{tmp_path / 'audit.db'}", METADATA)
    yield store
    store.close()


def test_closed_days_stand_as_they_were_made_and_are_not_made_anew(store: Store) -> None:
    erased = SaidErasures()
    service = Service(store, erased=Erased(erased))
    service.take([*orders(0), noon(9)])
    service.say(FINDINGS.name, OverHoursSpan("f1", worker(1), ms(0, 9), ms(0, 20), stands=True))
    service.tick()
    counted, states = service.counted(), service.states()
    assert 0 in states
    erased.say("e1", ms(9), worker(1))
    service.tick()
    decode = decode_without(Erased(erased))
    for state in (STANDS, findings_pb2.FINDING_STATE_WITHDRAWN):
        value = finding(state).SerializeToString()
        again = decode(Record(FINDINGS.name, 0, 0, value, None, {}, 0))
        assert isinstance(again, OverHoursSpan)
        assert (again.worker_id, again.stands) == ("", False)
        service.say(FINDINGS.name, again)
    service.tick()
    later = Service(store, erased=Erased(erased))
    later.tick()
    assert (service.counted(), service.states()) == (counted, states) == (later.counted(), later.states())
    assert worker(1) not in service.all().worker_ids
    assert len(service.all().over_hours.worker) == 0


def test_a_day_that_nobody_else_was_seen_on_is_forgotten_with_its_worker(store: Store) -> None:
    erased = SaidErasures()
    service = Service(store, erased=Erased(erased))
    service.take([Event(1, 1, ACCEPTED, 0, 720), noon(1)])
    erased.say("e1", ms(9), worker(1))
    service.tick()
    service.take([noon(9)])
    service.tick()
    assert service.states().keys() == {1}


def test_a_store_that_was_set_back_is_without_the_erased_as_soon_as_it_is_opened(
    tmp_path: Path, store: Store
) -> None:
    erased = SaidErasures()
    erased.say("e1", ms(9), worker(1))
    told(
        Service(store), orders(0), [OverHoursSpan("f1", worker(1), ms(0, 9), ms(0, 20), stands=True)]
    )  # as it was before
    service = Service(store, erased=Erased(erased))
    assert worker(1) not in service.all().worker_ids
    service.held.committed()
    assert not any(worker(1).encode() in file.read_bytes() for file in tmp_path.iterdir())


def test_who_works_on_is_seen_again(store: Store) -> None:
    erased = SaidErasures()
    service = Service(store, erased=Erased(erased))
    service.take([*orders(0), *orders(3)])
    erased.say("e1", ms(2), worker(1))
    service.tick()
    observed = service.all()
    of_worker = observed.dispatches.worker == list(observed.worker_ids).index(worker(1))
    assert np.count_nonzero(of_worker) == 24
    assert observed.dispatches.time[of_worker].min() >= ms(3)


def test_an_audit_that_is_being_made_keeps_its_mark_before_anything_goes(store: Store) -> None:
    erased = SaidErasures()
    service = Service(store, erased=Erased(erased))
    service.take(orders(0))
    erased.say("e1", ms(9), worker(1))
    with service.held._audits:
        service.tick()
        assert worker(1) in service.all().worker_ids
    service.tick()
    assert worker(1) not in service.all().worker_ids


def test_a_hand_over_while_an_audit_is_being_made_erases_after_it(store: Store) -> None:
    erased = SaidErasures()
    service = Service(store, erased=Erased(erased))
    service.take(orders(0))
    erased.say("e1", ms(9), worker(1))
    with suppress(ZeroDivisionError), store.transaction() as connection:
        service.held.tick(connection)
        raise ZeroDivisionError  # heard of, and rolled back
    with service.held._audits, store.transaction() as connection:
        service.held.forget(service.sources)
        service.held.restore(connection, service.sources)
    assert worker(1) in service.all().worker_ids
    service.tick()
    assert worker(1) not in service.all().worker_ids
