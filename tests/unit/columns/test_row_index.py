"""The index of rows against a list of keys that is searched from end to end."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kit.columns import RowIndex

keys = st.integers(0, 12) | st.sampled_from([2**32, 2**63, 2**64 - 1])
appended = st.lists(st.lists(keys, max_size=9), max_size=12)


def u8(values: list[int]) -> NDArray[np.uint64]:
    return np.array(values, dtype=np.uint64)


def filled(parts: list[list[int]], first: int = 0) -> RowIndex:
    index = RowIndex(first)
    for part in parts:
        index.append(u8(part))
    return index


@given(appended, st.lists(keys, max_size=9))
def test_it_holds_what_was_appended(parts: list[list[int]], asked: list[int]) -> None:
    known = [key for part in parts for key in part]
    assert filled(parts).holds(u8(asked)).tolist() == [key in known for key in asked]


@given(appended, st.sets(keys), st.integers(0, 5))
def test_it_finds_every_row_of_a_key_once(parts: list[list[int]], asked: set[int], first: int) -> None:
    known = [key for part in parts for key in part]
    found = filled(parts, first).rows(u8(sorted(asked)))
    assert sorted(found.tolist()) == [first + row for row, key in enumerate(known) if key in asked]


@given(appended, st.sets(keys, max_size=6))
def test_it_finds_every_row_of_a_range(parts: list[list[int]], bounds: set[int]) -> None:
    ends = sorted(bounds)
    ranges = list(zip(ends[::2], ends[1::2], strict=False))
    known = [key for part in parts for key in part]
    found = filled(parts).rows_between(u8([low for low, _ in ranges]), u8([high for _, high in ranges]))
    expected = [row for row, key in enumerate(known) if any(low <= key <= high for low, high in ranges)]
    assert sorted(found.tolist()) == expected


def test_levels_stay_few_however_small_the_batches() -> None:
    index = RowIndex()
    for key in range(5_000):
        index.append(u8([key * 7919 % 5_000]))
    assert len(index._levels) <= 13
    assert index.holds(np.arange(5_000, dtype=np.uint64)).all()
