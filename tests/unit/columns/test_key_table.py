"""The table of keys against a dict."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kit.columns.key_table import KeyTable

GOLDEN_INVERSE = pow(0x9E3779B97F4A7C15, -1, 2**64)
COLLIDING = [number * GOLDEN_INVERSE % 2**64 for number in range(40)]
"""Keys that all want the same slot: what they are multiplied into differs in its lowest bits only."""

KEYS = st.one_of(
    st.integers(0, 2**64 - 1),
    st.integers(0, 60),
    st.integers(0, 60).map(lambda number: number << 58),
    st.sampled_from(COLLIDING),
)
ROUNDS = st.lists(st.tuples(st.lists(KEYS, max_size=40), st.booleans()), max_size=8)


def keys_of(numbers: list[int]) -> NDArray[np.uint64]:
    return np.array(numbers, dtype=np.uint64)


def numbered(rows: dict[int, int], keys: list[int]) -> list[int]:
    """What the table is to answer: the next number to each key not seen before."""
    return [rows.setdefault(key, len(rows)) for key in keys]


@given(ROUNDS, st.integers(0, 2**32))
def test_the_table_answers_as_a_dict_does(rounds: list[tuple[list[int], bool]], seed: int) -> None:
    rng = np.random.default_rng(seed)
    table, rows = KeyTable(), dict[int, int]()
    for keys, drop in rounds:
        asked = keys_of([*keys, *COLLIDING])
        assert table.find(asked).tolist() == [rows.get(key, -1) for key in asked.tolist()]
        assert table.find_or_add(keys_of(keys)).tolist() == numbered(rows, keys)
        if drop:
            kept = rng.random(len(rows)) < 0.5
            table.keep(kept)
            rows = {key: row for row, key in enumerate(np.array([*rows], dtype=np.uint64)[kept].tolist())}
        assert table.keys.tolist() == [*rows]
        assert len(table) == len(rows)


def test_many_keys_that_want_one_slot_are_told_apart() -> None:
    keys = [number * GOLDEN_INVERSE % 2**64 for number in range(3_000)]
    table = KeyTable()
    assert table.find_or_add(keys_of(keys)).tolist() == list(range(3_000))
    assert table.find(keys_of(keys[::-1])).tolist() == list(range(3_000))[::-1]
    assert table.find(keys_of([3_000 * GOLDEN_INVERSE % 2**64])).tolist() == [-1]


def test_a_table_grows_by_many_keys_at_once_and_by_few_at_a_time() -> None:
    rng = np.random.default_rng(5)
    keys = rng.integers(0, 2**64, 20_000, dtype=np.uint64)
    at_once, bit_by_bit = KeyTable(), KeyTable()
    rows = at_once.find_or_add(keys)
    parts = [bit_by_bit.find_or_add(keys[start : start + 37]) for start in range(0, len(keys), 37)]
    assert (np.concatenate(parts) == rows).all()
    assert (rows == np.arange(len(keys))).all()


def test_a_key_is_kept_in_at_most_32_bytes() -> None:
    table = KeyTable()
    table.find_or_add(np.arange(100_000, dtype=np.uint64))
    assert table.nbytes <= 32 * len(table)


def test_an_emptied_table_starts_anew() -> None:
    table = KeyTable()
    table.find_or_add(keys_of([7, 8]))
    table.keep(np.zeros(2, dtype=np.bool_))
    assert len(table) == 0
    assert table.find(keys_of([7])).tolist() == [-1]
    assert table.find_or_add(keys_of([8, 9, 8])).tolist() == [0, 1, 0]
