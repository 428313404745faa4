"""A partition's events in the store: what was added is there again, and snapshots cost little."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kit.columns import DISPATCH, EventBatch, Names
from kit.storage import state_blobs
from kit.storage.store import Store
from kit.storage.stored_events import DELTAS_BEFORE_SNAPSHOT, StoredEvents
from tests.unit.workhours.batches import batch
from tests.unit.workhours.shifts import Row

NAMES = ("platform", "worker", "area")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path / 'events.db'}")
    yield store
    store.close()


def opened(store: Store) -> StoredEvents:
    stored = StoredEvents("state", 0, DISPATCH, {n: Names() for n in NAMES}, ("worker",), ("event_ids",))
    with store.read() as connection:
        stored.load(connection)
    return stored


def rows(start: int, count: int) -> EventBatch:
    return batch([Row(number % 3, 0, number, 2, number * 1000) for number in range(start, start + count)])  # type: ignore[arg-type]


def test_what_was_added_is_there_after_a_hand_over(store: Store) -> None:
    stored = opened(store)
    for start in (0, 5, 3):
        with store.transaction() as connection:
            stored.add(connection, rows(start, 5))
    again = opened(store)
    assert again.events["event_key"].tolist() == stored.events["event_key"].tolist()
    assert [again.events.text("event_ids", row) for row in range(10)] == [
        stored.events.text("event_ids", row) for row in range(10)
    ]


def test_repeats_write_nothing(store: Store) -> None:
    stored = opened(store)
    for _ in range(2):
        with store.transaction() as connection:
            answered = stored.add(connection, rows(0, 5))
    assert len(answered) == 0
    with store.read() as connection:
        assert len(state_blobs.load(connection, "state", 0)) == 1


def test_every_event_is_written_a_few_times_however_many_deltas(store: Store) -> None:
    stored, written, most = opened(store), 0, 0
    count = 6 * DELTAS_BEFORE_SNAPSHOT
    for number in range(count):
        with store.transaction() as connection:
            before = len(state_blobs.load(connection, "state", 0))
            stored.add(connection, rows(number * 2, 2))
            blobs = len(state_blobs.load(connection, "state", 0))
            written += 2 if blobs > before else 2 + len(stored.events)
            most = max(most, blobs)
    assert written <= 4 * len(stored.events)
    assert most <= count / 2
    again = opened(store)
    np.testing.assert_array_equal(again.events["event_key"], stored.events["event_key"])


def test_a_restarted_process_goes_on_counting_deltas(store: Store) -> None:
    for number in range(DELTAS_BEFORE_SNAPSHOT + 1):
        stored = opened(store)
        with store.transaction() as connection:
            stored.add(connection, rows(number, 1))
    with store.read() as connection:
        (blob,) = state_blobs.load(connection, "state", 0)
    assert blob.kind is state_blobs.Kind.SNAPSHOT


def test_what_is_before_a_moment_goes_from_the_set_and_from_the_store(store: Store) -> None:
    stored = opened(store)
    for start in (0, 10):
        with store.transaction() as connection:
            stored.add(connection, rows(start, 10))
    with store.transaction() as connection:
        assert stored.forget_before(connection, 12_000) == 12
        assert stored.forget_before(connection, 12_000) == 0
    with store.transaction() as connection:
        assert len(stored.add(connection, rows(10, 12))) == 4, "what went is new again; what stayed is known"
    again = opened(store)
    assert again.events["event_key"].tolist() == stored.events["event_key"].tolist()
    assert len(again.events) == 12
    with store.transaction() as connection:
        stored.forget_before(connection, 10**9)
    assert len(stored.events) == len(opened(store).events) == 0


def test_a_version_before_the_moment_stays_as_long_as_another_does(store: Store) -> None:
    stored, (first, corrected) = opened(store), (rows(0, 2), rows(1, 1))
    corrected.columns["version"][:] = 1
    corrected.columns["event_time_ms"][:] = 50_000
    with store.transaction() as connection:
        stored.add(connection, first)
        stored.add(connection, corrected)
        assert stored.forget_before(connection, 40_000) == 1
    assert stored.events["version"].tolist() == [0, 1]
    assert stored.events.in_force().tolist() == [False, True]


def test_rows_that_are_dropped_go_from_the_set_and_from_the_store_and_the_others_keep_their_order(
    store: Store,
) -> None:
    stored = opened(store)
    for start in (10, 0):
        with store.transaction() as connection:
            stored.add(connection, rows(start, 10))
    before, gone = stored.events["event_key"].tolist(), np.arange(20) % 3 == 0
    with store.transaction() as connection:
        stored.drop(connection, np.zeros(20, dtype=np.bool_))
    with store.read() as connection:
        assert len(state_blobs.load(connection, "state", 0)) == 2, "nothing went, nothing was written"
    with store.transaction() as connection:
        stored.drop(connection, gone)
    stays = [key for key, goes in zip(before, gone.tolist(), strict=True) if not goes]
    assert stored.events["event_key"].tolist() == opened(store).events["event_key"].tolist() == stays
    with store.transaction() as connection:
        assert len(stored.add(connection, rows(0, 20))) == 7, "what went is new again; what stayed is known"
