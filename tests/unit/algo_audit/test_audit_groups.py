"""Rows by the values of columns, and which of such cells may be published."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.algo_audit.core.groups import hidden_in_line, middle_of, rows_by
from services.algo_audit.core.privacy import MinimumCell

MINIMUM = MinimumCell(workers=2, orders=3)


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


@given(st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3)), max_size=5), max_size=5))
def test_what_is_hidden_together_is_empty_or_large_enough(line: list[list[tuple[int, int]]]) -> None:
    rows = [row for cell in line for row in cell]
    worker = np.array([who for who, _ in rows], np.int64)
    orders = np.array([count for _, count in rows], np.int64)
    ends = np.cumsum([0, *(len(cell) for cell in line)])
    cells = [np.arange(start, end) for start, end in pairwise(ends.tolist())]
    hidden = hidden_in_line(cells, worker, orders, MINIMUM)

    def large(some: list[list[tuple[int, int]]]) -> bool:
        flat = [row for cell in some for row in cell]
        return len({who for who, _ in flat}) >= 2 and sum(count for _, count in flat) >= 3

    shown = [cell for cell, hide in zip(line, hidden, strict=True) if not hide]
    rest = [cell for cell, hide in zip(line, hidden, strict=True) if hide]
    assert all(large([cell]) for cell in shown)
    assert not shown or not any(rest) or large(rest)
    assert sum(large([cell]) for cell in rest) <= 1, "no more than one is hidden for the others' sake"
