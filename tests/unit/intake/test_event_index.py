"""The index of accepted events against a dict that is told the same, batch after batch.

In memory, and with all but the last keys in files.
"""

from __future__ import annotations

import gc
import os
import resource
import tempfile
from collections.abc import Callable, Iterator
from enum import IntEnum
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kit.errors import StorageUnavailableError
from services.intake.adapters import run_files
from services.intake.adapters.run_files import FileRuns
from services.intake.core.event_index import EventIndex, Keys, RecentEvents, content_digests

TMP = Path(tempfile.gettempdir())


def spilling(folder: Path = TMP, spilled_keys: int = 3, largest_run: int = 24) -> EventIndex:
    return EventIndex(FileRuns(folder, largest_run), spilled_keys)


either_way = pytest.mark.parametrize("index", [EventIndex, spilling])


@pytest.fixture(autouse=True)
def _small_reads(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Properties of a few keys are to cross the ends of what is read, and of what is merged, at once."""
    if "index" in request.fixturenames:
        monkeypatch.setattr(run_files, "_BLOCK", 2)
        monkeypatch.setattr(run_files, "_PORTION", 4)


KEYS = st.integers(0, 40) | st.integers(2**64 - 3, 2**64 - 1)
EVENTS = st.lists(st.tuples(KEYS, st.integers(0, 2)), max_size=30)


class Seen(IntEnum):
    """What the index says of a row."""

    NEW = 0
    DUPLICATE = 1
    """Same key, same digest."""
    CONFLICT = 2
    """Same key, other digest."""


def judge(events: RecentEvents, keys: Keys, digests: Keys) -> NDArray[np.int64]:
    known, record = events.look_up(keys, digests)
    seen: NDArray[np.int64] = np.where(
        known, np.where(record == digests, Seen.DUPLICATE, Seen.CONFLICT), Seen.NEW
    )
    return seen


def arrays(events: list[tuple[int, int]]) -> tuple[Keys, Keys]:
    keys, digests = np.array(events, dtype=np.uint64).reshape(-1, 2).T
    return keys, digests


def by_dict(accepted: dict[int, int], batch: list[tuple[int, int]]) -> list[Seen]:
    """One row after the other; a row that is new is accepted at once."""
    seen = []
    for key, digest in batch:
        known = accepted.setdefault(key, digest) if key not in accepted else None
        if known is not None:
            seen.append(Seen.NEW)
        else:
            seen.append(Seen.DUPLICATE if accepted[key] == digest else Seen.CONFLICT)
    return seen


@either_way
@given(batches=st.lists(EVENTS, max_size=12))
def test_it_says_what_a_dict_says(
    index: Callable[[], EventIndex], batches: list[list[tuple[int, int]]]
) -> None:
    events, accepted = RecentEvents(index), dict[int, int]()
    for day, batch in enumerate(batches):
        keys, digests = arrays(batch)
        seen = judge(events, keys, digests)
        assert seen.tolist() == by_dict(accepted, batch)
        new = seen == Seen.NEW
        events.add(day // 3, keys[new], digests[new])
        assert len(events) == len(accepted)


@either_way
@given(batches=st.lists(EVENTS, max_size=12), first_kept=st.integers(0, 12))
def test_days_are_forgotten_whole(
    index: Callable[[], EventIndex], batches: list[list[tuple[int, int]]], first_kept: int
) -> None:
    events, accepted_on = RecentEvents(index), dict[int, int]()
    for day, batch in enumerate(batches):
        keys, digests = arrays(batch)
        new = judge(events, keys, digests) == Seen.NEW
        events.add(day, keys[new], digests[new])
        accepted_on |= dict.fromkeys(keys[new].tolist(), day)
    events.forget_before(first_kept)
    for key, day in accepted_on.items():
        (seen,) = judge(events, np.array([key], dtype=np.uint64), np.array([7], dtype=np.uint64))
        assert (seen == Seen.NEW) == (day < first_kept)


def test_an_event_that_conflicts_with_the_set_does_not_hide_its_true_repeat() -> None:
    events = RecentEvents()
    events.add(0, *arrays([(5, 1)]))
    seen = judge(events, *arrays([(5, 2), (5, 1), (5, 2)]))
    assert seen.tolist() == [Seen.CONFLICT, Seen.DUPLICATE, Seen.CONFLICT]


@either_way
@given(one=EVENTS, two=EVENTS)
def test_several_digests_a_key_are_kept_together(
    index: Callable[[], EventIndex], one: list[tuple[int, int]], two: list[tuple[int, int]]
) -> None:
    events = RecentEvents(index)
    for day, batch in enumerate((one, two)):
        keys, digests = arrays(batch)
        known, record = events.look_up(keys, np.stack([digests, ~digests], axis=1))
        assert (record[:, 1] == ~record[:, 0]).all()
        events.add(day, keys[~known], record[~known])


def test_levels_stay_few() -> None:
    index = EventIndex()
    for start in range(0, 100_000, 500):
        keys = np.arange(start, start + 500, dtype=np.uint64) * np.uint64(2654435761)
        index.add(keys, keys)
    assert len(index) == 100_000
    assert len(index._in_memory) <= np.log2(100_000 / 500) + 1


def test_what_is_spilled_is_found_among_what_never_was() -> None:
    events = RecentEvents(lambda: spilling(spilled_keys=5_000, largest_run=150_000))
    rng = np.random.default_rng(7)
    keys = np.unique(rng.integers(0, 2**64, 300_000, dtype=np.uint64))
    rng.shuffle(keys)
    here, absent = keys[:250_000], keys[250_000:]
    for batch in np.array_split(here, 100):
        known, _ = events.look_up(batch, np.stack([batch, ~batch], axis=1))
        assert not known.any()
        events.add(0, batch, np.stack([batch, ~batch], axis=1))
    assert len(events) == len(here)
    asked = np.concatenate([here[::10], absent])
    known, digests = events.look_up(asked, np.zeros((len(asked), 2), dtype=np.uint64))
    assert known.tolist() == [True] * len(here[::10]) + [False] * len(absent)
    found = here[::10]
    assert (digests[: len(found)] == np.stack([found, ~found], axis=1)).all()
    assert not digests[len(found) :].any()


def test_spilled_runs_are_few_and_their_files_go_with_the_day(tmp_path: Path) -> None:
    def open_files() -> int:
        gc.collect()
        return sum(1 for _ in Path("/proc/self/fd").iterdir())

    before = open_files()
    events = RecentEvents(lambda: spilling(tmp_path, spilled_keys=1_000, largest_run=8_000))
    rng = np.random.default_rng(8)
    for _ in range(100):
        keys = rng.integers(0, 2**64, 1_000, dtype=np.uint64)
        events.add(3, keys, keys)
    assert 100_000 / 8_000 <= open_files() - before <= 2 * 100_000 / 8_000 + np.log2(8)
    assert not list(tmp_path.iterdir()), "the files have no name, so that none is left behind"
    events.forget_before(4)
    assert (open_files(), len(events)) == (before, 0)


def test_files_are_hardly_read_for_keys_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = FileRuns(TMP)
    rng = np.random.default_rng(9)
    keys = np.sort(rng.integers(0, 2**64, 100_000, dtype=np.uint64))
    assert runs.spill(keys, keys)
    reads, pread = 0, os.pread

    def counted(fd: int, length: int, offset: int) -> bytes:
        nonlocal reads
        reads += 1
        return pread(fd, length, offset)

    monkeypatch.setattr(os, "pread", counted)
    absent = np.sort(rng.integers(0, 2**64, 100_000, dtype=np.uint64))
    for batch in np.array_split(absent, 200):
        runs.look_up(batch, np.zeros(len(batch), dtype=bool), batch.copy())
    assert 0 < reads < 0.01 * len(absent)


@either_way
@given(
    days=st.lists(st.lists(st.tuples(st.integers(0, 9), st.just(5)), max_size=20), max_size=8),
    asked=st.lists(st.integers(0, 12), max_size=20),
)
def test_equal_keys_with_equal_digests_may_be_added_again(
    index: Callable[[], EventIndex], days: list[list[tuple[int, int]]], asked: list[int]
) -> None:
    events = RecentEvents(index)
    for day in days:
        events.add(0, *arrays(day))
    known, _ = events.look_up(*arrays([(key, 0) for key in asked]))
    added = {key for day in days for key, _ in day}
    assert known.tolist() == [key in added or key in asked[:row] for row, key in enumerate(asked)]


@pytest.fixture
def room() -> Iterator[Callable[[int], None]]:
    """Sets how many bytes a file of this process may have, as a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


ROW_BYTES = 16
UNLIMITED = resource.RLIM_INFINITY


def spread(count: int, first: int = 0) -> Keys:
    """Keys all over the range."""
    return np.arange(first, first + count, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)


@pytest.mark.parametrize("rows_of_room", [0, 130, 250, 700])
def test_a_full_disk_loses_nothing_and_is_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, room: Callable[[int], None], rows_of_room: int
) -> None:
    # Room for no run, for none of the second run, for the runs but not for two in one, for several in one.
    runs = FileRuns(tmp_path)
    events = RecentEvents(lambda: EventIndex(runs, spilled_keys=100))
    keys = spread(2_000)
    room(rows_of_room * ROW_BYTES)
    for batch in np.array_split(keys, 20):
        events.add(0, batch, ~batch)
    known, digests = events.look_up(keys, keys)
    assert known.all()
    assert (digests == ~keys).all()
    assert str(tmp_path) in caplog.text
    assert len(events) == 2_000
    room(UNLIMITED)
    more = spread(2_000, 2_000)
    for batch in np.array_split(more, 20):
        events.add(0, batch, ~batch)
    assert len(events) == len(runs) == 4_000
    known, digests = events.look_up(np.concatenate([keys, more]), np.zeros(4_000, dtype=np.uint64))
    assert known.all()
    assert (digests == ~np.concatenate([keys, more])).all()


def test_a_file_that_cannot_be_read_is_an_error_and_no_absence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = FileRuns(tmp_path)
    keys = np.sort(spread(1_000))
    assert runs.spill(keys, keys)
    pread = os.pread
    monkeypatch.setattr(os, "pread", lambda fd, length, offset: pread(fd, min(length, 7), offset))
    known, digests = np.zeros(1_000, dtype=bool), np.zeros(1_000, dtype=np.uint64)
    runs.look_up(keys, known, digests)  # a little at a time is all of it
    assert known.all()
    assert (digests == keys).all()
    monkeypatch.setattr(os, "pread", lambda fd, length, offset: b"")
    with pytest.raises(StorageUnavailableError, match=str(tmp_path)):
        runs.look_up(keys, known, digests)
    more = np.sort(spread(600, 1_000))
    assert runs.spill(more, more), "it need not be read to be written"
    assert len(runs) == 1_600, "what cannot be merged stays as it is"
    monkeypatch.setattr(os, "pread", pread)
    for written in (keys, more):
        known = np.zeros(len(written), dtype=bool)
        runs.look_up(written, known, np.zeros(len(written), dtype=np.uint64))
        assert known.all()


def test_where_there_is_no_folder_the_index_stays_in_memory(tmp_path: Path) -> None:
    events = RecentEvents(lambda: spilling(tmp_path / "not-there", spilled_keys=100))
    keys = spread(1_000)
    for batch in np.array_split(keys, 10):
        events.add(0, batch, ~batch)
    assert events.look_up(keys, keys)[0].all()


def test_what_cannot_be_added_leaves_what_there_was(monkeypatch: pytest.MonkeyPatch) -> None:
    index = spilling(spilled_keys=300)
    for start in (0, 100):
        index.add(spread(100, start), spread(100, start))

    def refused(*_: object) -> tuple[Keys, Keys]:
        raise MemoryError

    monkeypatch.setattr("services.intake.core.event_index.merge_runs", refused)
    with pytest.raises(MemoryError):
        index.add(spread(100, 200), spread(100, 200))
    assert len(index) == 200


@given(st.lists(st.tuples(*[st.integers(-(2**63), 2**63 - 1)] * 3), min_size=2, max_size=2, unique=True))
def test_rows_that_differ_have_different_digests(pair: list[tuple[int, int, int]]) -> None:
    columns = [np.array(column, dtype=np.int64) for column in zip(*pair, strict=True)]
    one, other = content_digests(columns).tolist()
    differing = sum(len(set(column)) == 2 for column in zip(*pair, strict=True))
    assert one != other or differing > 1


def test_columns_of_equal_values_in_another_order_make_another_digest() -> None:
    one, other = np.array([1], dtype=np.int32), np.array([2], dtype=np.int32)
    assert content_digests([one, other]) != content_digests([other, one])


def test_a_million_rows_that_differ_a_little_have_a_million_digests() -> None:
    times, pay, distance = (
        grid.ravel() for grid in np.meshgrid(np.arange(100), np.arange(100), np.arange(100))
    )
    columns = [1_773_630_000_000 + times * 60_000, 400 + pay, 1_000 + 10 * distance]
    assert len(np.unique(content_digests(columns))) == 1_000_000
