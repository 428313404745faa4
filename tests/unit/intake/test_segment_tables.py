"""A batch through an Arrow table, as the archive keeps it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.columns import DISPATCH, WORK_SESSION, Schema
from services.intake.adapters.segment_tables import as_batch, as_table
from tests.unit.columns.column_batches import batches, said


@pytest.mark.parametrize("schema", [DISPATCH, WORK_SESSION], ids=["dispatches", "work sessions"])
@given(st.data())
def test_what_is_said_survives_the_way_through_a_table(schema: Schema, data: Any) -> None:
    batch = data.draw(batches(schema, most=20).filter(len))
    again = as_batch(as_table(batch), schema)
    assert said(again) == said(batch)
    for name in schema.optional_dictionaries:
        assert again.dictionaries[name][0] == ""
    assert again.encode()
