"""Rows by the values of columns, counts and medians of such cells."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.algo_audit.core.groups import by_value, lower_medians, middle_of, rows_by
from services.algo_audit.core.tally import tally


@given(st.lists(st.tuples(st.integers(-3, 3), st.sampled_from([0, 130203, 10**9])), max_size=30))
def test_rows_are_those_with_the_values_in_order(rows: list[tuple[int, int]]) -> None:
    columns = [np.array(column, np.int64) for column in zip(*rows, strict=True)] or [np.empty(0, np.int64)]
    expected = [
        (values, [at for at, row in enumerate(rows) if row == values]) for values in sorted(set(rows))
    ]
    assert [(values, found.tolist()) for values, found in rows_by(*columns)] == expected


def test_values_too_far_apart_are_refused() -> None:
    far = np.array([0, 2**40])
    with pytest.raises(ValueError, match="too far apart"):
        rows_by(far, far)


@given(st.lists(st.integers(0, 9), min_size=1))
def test_the_middle_is_the_lower_median(values: list[int]) -> None:
    assert middle_of(np.array(values, np.float64)) == sorted(values)[(len(values) - 1) // 2]


@given(
    st.lists(st.tuples(st.integers(-1, 4), st.integers(-3, 40)), max_size=40),
    st.sampled_from([1.0, 0.25, 1e9]),
)
def test_medians_are_those_of_each_cell(rows: list[tuple[int, int]], unit: float) -> None:
    cell, value = (
        (np.array(column) for column in zip(*rows, strict=True)) if rows else (np.empty(0, int),) * 2
    )
    found = lower_medians(cell.astype(np.int64), value * unit, 5)
    for at in range(5):
        mine = sorted(v * unit for c, v in rows if c == at)
        assert found[at] == mine[(len(mine) - 1) // 2] if mine else np.isnan(found[at])


@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(0, 9), st.integers(0, 1)), max_size=40))
def test_a_tally_counts_rows_by_cell_and_worker(rows: list[tuple[int, int, int]]) -> None:
    cell, worker, kind = (
        (np.array(column) for column in zip(*rows, strict=True)) if rows else (np.empty(0, np.int64),) * 3
    )
    counted = tally(cell, worker, 5)
    expected = Counter((c, w) for c, w, _ in rows if c >= 0)
    found = zip(counted.cell.tolist(), counted.worker.tolist(), counted.rows.tolist(), strict=True)
    assert [((c, w), count) for c, w, count in found] == sorted(expected.items())
    assert counted.sizes.tolist() == [sum(c == at for c, _, _ in rows) for at in range(5)]
    some = tally(np.where(kind == 1, cell, -1), worker, 5)
    for at in range(5):
        mine = counted.worker[counted.of(at)].tolist()
        assert some.beside(counted, at).tolist() == [rows.count((at, who, 1)) for who in mine]


def test_workers_too_many_to_count_each_are_sorted() -> None:
    counted = tally(np.array([0, 1, 0]), np.array([2**40, 7, 2**40]), 2)
    assert (counted.worker.tolist(), counted.rows.tolist()) == ([2**40, 7], [2, 1])


@given(st.lists(st.tuples(st.integers(-2, 3), st.booleans()), max_size=20))
def test_rows_by_value_keep_the_censored_behind_their_equals(rows: list[tuple[int, bool]]) -> None:
    value = np.array([v for v, _ in rows], np.float64)
    censored = np.array([c for _, c in rows], np.bool_)
    expected = sorted(range(len(rows)), key=lambda at: rows[at])
    assert by_value(value, censored).tolist() == expected
