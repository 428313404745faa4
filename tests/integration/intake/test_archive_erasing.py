"""The archive once workers are erased: what is read and what is on the disk, against a brute-force filter."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from kit.clock import Clock
from kit.columns import EventBatch
from kit.erasure import Erased
from kit.eventlog.port import TopicPartition
from kit.eventlog.topics import DISPATCHES
from kit.storage.scrubbing import Scrubbing
from kit.storage.store import Store
from services.intake import erasing
from services.intake.adapters import archive as archives
from services.intake.adapters.archive import METADATA, ParquetArchive
from services.intake.erasing import Erasing
from services.intake.lot import DISPATCH_EVENTS, Lot, Submission
from services.intake.ports import Found, SegmentId, Stretch
from tests.support.erasures import SaidErasures
from tests.unit.intake.row_makers import NOW_MS, rows

WORKERS = [f"pseudonym-{number:010d}" for number in range(4)]
PARTITIONS = 2
HOUR_MS = 3_600_000


class KilledError(Exception):
    """The process ends here."""


class NoAnswers:
    """``ErasableAnswers``: there are none."""

    def withhold(self, before_ms: int) -> int:
        return 0


def partition_of(topic: str, worker_id: str) -> int:
    return WORKERS.index(worker_id) % PARTITIONS


def at(hour: int) -> int:
    return NOW_MS - 100 * HOUR_MS + hour * HOUR_MS


def batch_of(events: list[tuple[int, int, int]]) -> EventBatch:
    """Dispatches: number, worker, hour."""
    made = rows(
        len(events),
        event_id={row: f"event-{number}" for row, (number, _, _) in enumerate(events)},
        worker_id={row: WORKERS[worker] for row, (_, worker, _) in enumerate(events)},
        event_time={row: at(hour) for row, (_, _, hour) in enumerate(events)},
    )
    submission = Submission("swift", "r", 0, DISPATCH_EVENTS, made, lambda fault: pytest.fail(fault.reason))
    return Lot(DISPATCH_EVENTS, [submission], lambda kind, rows: []).batch


class Archived:
    """An archive, and who takes erased workers out of it: begun anew after each ``restart``."""

    def __init__(self, folder: Path, now: Clock = lambda: NOW_MS) -> None:
        self.folder = folder / "archive"
        self.store = Store.open(f"sqlite:///{folder / 'archive.db'}", METADATA)
        self.said = SaidErasures()
        self.now = now
        self.offsets = [0] * PARTITIONS
        self.restart()

    def restart(self) -> None:
        """What was in memory is lost."""
        erased = Erased(self.said)
        self.archive = ParquetArchive(self.store, self.folder, partition_of, erased)
        self.archive.remove_leftovers()
        scrubbing = Scrubbing(lambda: True)
        self.erasing = Erasing(self.archive, NoAnswers(), erased, scrubbing, hurry=lambda: None)
        self.erasing.take([TopicPartition(DISPATCHES.name, number) for number in range(PARTITIONS)])

    def write(self, batch: EventBatch, partition: int) -> None:
        """As the archiver does."""
        offset = self.offsets[partition]
        self.offsets[partition] += 1
        stretch = Stretch(DISPATCHES.name, partition, offset, offset)
        with self.store.transaction() as connection:
            replaced = self.archive.write(connection, stretch, batch, self.now())
        self.archive.remove(replaced)

    def tick(self) -> None:
        """As the archiver's loop does."""
        with self.store.transaction() as connection:
            replaced = self.erasing.step(connection)
        self.archive.remove(replaced)
        self.erasing.committed()

    def crash(self, *, before_commit: bool) -> None:
        """While segments are written again: their files are there, and the earlier ones still."""
        with suppress(KilledError), self.store.transaction() as connection:
            self.erasing.step(connection)
            if before_commit:
                raise KilledError
        self.restart()

    def read(self, worker: int) -> list[tuple[str, int]]:
        events = self.archive.worker_events(WORKERS[worker], 0, 2**60)
        moved = self.archive.rows_of(DISPATCHES.name, [WORKERS[worker]], 0)
        ids = set(moved.texts["event_ids"]) if moved is not None else set()
        assert ids == {event.event_id for event in events}
        return [(event.event_id, event.event_time_ms) for event in events]

    def stored(self) -> Iterator[tuple[str, int]]:
        """Whose events of when stand in the files."""
        for file in self.folder.rglob("*.parquet"):
            for row in pq.read_table(file).to_pylist():
                yield row["worker_id"], row["event_time_ms"]


@contextmanager
def archived() -> Iterator[Archived]:
    # One segment a tick, so that some are merged while others wait to be looked through.
    often, briefly = patch.object(archives, "MERGE_AT", 3), patch.object(erasing, "STEP_S", 0.0)
    with tempfile.TemporaryDirectory() as folder, often, briefly:
        made = Archived(Path(folder))
        try:
            yield made
        finally:
            made.store.close()


@pytest.fixture
def some(tmp_path: Path) -> Iterator[Archived]:
    """Five segments of partition 0 with events of workers 0 and 2, and one of partition 1."""
    made = Archived(tmp_path)
    for number in range(5):
        made.write(batch_of([(number, 0, number), (100 + number, 2, number)]), 0)
    made.write(batch_of([(200, 1, 0)]), 1)
    yield made
    made.store.close()


events = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, len(WORKERS) - 1), st.integers(0, 20)),
    min_size=1,
    max_size=6,
)
happenings = st.lists(
    st.one_of(
        st.tuples(st.just("write"), events),
        st.tuples(st.just("write"), events),
        st.tuples(st.just("erase"), st.tuples(st.integers(0, len(WORKERS) - 1), st.integers(0, 21))),
        st.tuples(st.just("tick"), st.none()),
        st.tuples(st.just("crash before the commit"), st.none()),
        st.tuples(st.just("crash after the commit"), st.none()),
    ),
    max_size=12,
)


@settings(max_examples=20, deadline=None)
@given(happenings)
def test_what_is_read_is_what_was_written_but_for_who_is_erased(happened: list[tuple[str, object]]) -> None:
    with archived() as under_test:
        written: dict[int, set[tuple[str, int]]] = {worker: set() for worker in range(len(WORKERS))}
        erased_ms = dict.fromkeys(range(len(WORKERS)), 0)

        def agree() -> None:
            for worker, said in written.items():
                expected = {each for each in said if each[1] >= erased_ms[worker]}
                assert set(under_test.read(worker)) == expected

        for what, details in happened:
            if what == "write":
                assert isinstance(details, list)
                for number in range(PARTITIONS):
                    here = [each for each in details if each[1] % PARTITIONS == number]
                    # As the archiver's decoding has it: without who is known to be erased.
                    here = [each for each in here if at(each[2]) >= erased_ms[each[1]]]
                    if here:
                        # An event is named by its worker and time too, so that copies are copies.
                        named = [(n * 10_000 + worker * 100 + hour, worker, hour) for n, worker, hour in here]
                        under_test.write(batch_of(named), number)
                        for event, worker, hour in named:
                            written[worker].add((f"event-{event}", at(hour)))
            elif what == "erase":
                assert isinstance(details, tuple)
                worker, hour = details
                if at(hour) > erased_ms[worker]:
                    erased_ms[worker] = at(hour)
                    under_test.said.say(f"erasure-{worker}-{hour}", at(hour), WORKERS[worker])
            elif what == "tick":
                under_test.tick()
            elif what == "crash before the commit":
                under_test.crash(before_commit=True)
            else:
                under_test.crash(before_commit=False)
            agree()
        under_test.tick()
        while not under_test.erasing.idle():
            under_test.tick()
        agree()
        left = list(under_test.stored())
        assert all(time_ms >= erased_ms[WORKERS.index(worker)] for worker, time_ms in left)
        assert under_test.archive.remove_leftovers() == 0


def test_a_segment_without_the_worker_keeps_its_file(some: Archived) -> None:
    before = set(some.folder.rglob("*.parquet"))
    some.said.say("e", at(3), WORKERS[2])
    some.tick()
    after = set(some.folder.rglob("*.parquet"))
    assert len(before - after) == len(after - before) == 3  # hours 0 to 2
    assert not any(worker == WORKERS[2] and time_ms < at(3) for worker, time_ms in some.stored())
    assert len(some.read(0)) == 5
    assert len(some.read(2)) == 2


def test_a_segment_of_nobody_else_goes_wholly(some: Archived) -> None:
    some.said.say("e", NOW_MS, WORKERS[1])
    some.tick()
    assert not (list((some.folder / "dispatches").rglob("0001-*")))
    assert some.read(1) == []
    assert len(some.read(0)) == 5


def test_nobody_erased_costs_no_look(some: Archived, monkeypatch: pytest.MonkeyPatch) -> None:
    def unexpected(*_: object) -> list[SegmentId]:
        raise AssertionError("looked through the archive")

    monkeypatch.setattr(some.archive, "segments", unexpected)
    some.tick()
    assert some.erasing.idle()


def test_a_file_that_is_missing_does_not_keep_the_others_from_being_written_again(some: Archived) -> None:
    next(iter(sorted(some.folder.rglob("0000-000000000002-*")))).unlink()
    some.said.say("e", NOW_MS, WORKERS[2])
    some.tick()
    assert all(worker != WORKERS[2] for worker, _ in some.stored())


def test_partitions_of_others_are_left_to_them(some: Archived) -> None:
    some.erasing.give_up([TopicPartition(DISPATCHES.name, 1)])
    for worker in (1, 2):
        some.said.say(f"e-{worker}", NOW_MS, WORKERS[worker])
    some.tick()
    assert {worker for worker, _ in some.stored()} == {WORKERS[0], WORKERS[1]}
    some.erasing.take([TopicPartition(DISPATCHES.name, 1)])
    some.tick()
    assert {worker for worker, _ in some.stored()} == {WORKERS[0]}


def test_a_long_look_is_taken_in_steps(some: Archived, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "STEP_S", 0.0)
    some.said.say("e", NOW_MS, WORKERS[2])
    for _ in range(5):
        some.tick()
        assert not some.erasing.idle()
    some.tick()
    assert some.erasing.idle()
    assert all(worker != WORKERS[2] for worker, _ in some.stored())


def test_what_is_merged_before_it_is_looked_through_is_merged_without_the_worker(
    some: Archived, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "STEP_S", 0.0)
    some.said.say("e", NOW_MS, WORKERS[2])
    some.tick()
    monkeypatch.setattr(archives, "MERGE_AT", 6)
    some.write(batch_of([(300, 0, 1)]), 0)
    assert all(worker != WORKERS[2] for worker, _ in some.stored())
    some.write(batch_of([(301, 0, 1)]), 0)
    while not some.erasing.idle():
        some.tick()
    assert len(some.read(0)) == 7


def test_once_a_pseudonym_is_found_other_partitions_are_let_be(
    some: Archived, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    look = some.archive.erase

    def counted(connection: Connection, segment: SegmentId) -> Found:
        looked.append(segment.partition)
        return look(connection, segment)

    monkeypatch.setattr(some.archive, "erase", counted)
    for number in range(3):
        some.write(batch_of([(400 + number, 1, 9)]), 1)
    some.write(batch_of([(500, 2, 9)]), 0)  # the newest
    some.said.say("e", NOW_MS, WORKERS[2])
    some.tick()
    assert looked == [0] * 6
    assert all(worker != WORKERS[2] for worker, _ in some.stored())
    some.said.say("another's", NOW_MS, WORKERS[1])  # the first has been seen to
    some.tick()
    assert looked[6:].count(1) == 4
    some.said.say("of nobody", NOW_MS, "pseudonym-of-nobody")
    del looked[:]
    some.tick()
    assert set(looked) == {0}  # all there is
