"""Events cut into the records they go to the log in when they move."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kit.columns import DISPATCH
from services.intake.restating import by_worker
from tests.unit.columns.column_batches import batches, said


@given(batches(DISPATCH, most=30), st.integers(1, 12))
def test_a_worker_is_whole_in_one_part_unless_that_is_too_much_for_any(batch: Any, most: int) -> None:
    parts = list(by_worker(batch, most))
    assert sorted(row for part in parts for row in said(part)) == sorted(said(batch))
    assert all(0 < len(part) <= most for part in parts)
    names = batch.names("worker").tolist()
    for worker in set(names):
        if names.count(worker) <= most:
            assert sum(worker in part.names("worker") for part in parts) == 1, worker
