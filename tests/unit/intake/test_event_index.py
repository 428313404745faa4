"""The index of accepted events against a dict that is told the same, batch after batch."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from services.intake.core.event_index import EventIndex, Keys, RecentEvents, content_digests

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


@given(st.lists(EVENTS, max_size=12))
def test_it_says_what_a_dict_says(batches: list[list[tuple[int, int]]]) -> None:
    events, accepted = RecentEvents(), dict[int, int]()
    for day, batch in enumerate(batches):
        keys, digests = arrays(batch)
        seen = judge(events, keys, digests)
        assert seen.tolist() == by_dict(accepted, batch)
        new = seen == Seen.NEW
        events.add(day // 3, keys[new], digests[new])
        assert len(events) == len(accepted)


@given(st.lists(EVENTS, max_size=12), st.integers(0, 12))
def test_days_are_forgotten_whole(batches: list[list[tuple[int, int]]], first_kept: int) -> None:
    events, accepted_on = RecentEvents(), dict[int, int]()
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


@given(EVENTS, EVENTS)
def test_several_digests_a_key_are_kept_together(
    one: list[tuple[int, int]], two: list[tuple[int, int]]
) -> None:
    events = RecentEvents()
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
    assert len(index._levels) <= np.log2(100_000 / 500) + 1


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
