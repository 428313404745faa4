"""The set of events: each once, in columns, rows where they first stood."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kit.columns import DISPATCH, EventBatch, EventSet, Names
from tests.unit.columns.column_batches import batches, said

COLUMNS = ("platform", "worker", "kind", "event_time_ms")


def empty() -> tuple[EventSet, dict[str, Names]]:
    names = {name: Names() for name in ("platform", "worker", "area")}
    return EventSet(names, COLUMNS, ("event_ids",)), names


@given(st.lists(batches(DISPATCH), max_size=5), st.data())
def test_an_event_is_kept_once_where_it_first_stood(parts: list[EventBatch], data: st.DataObject) -> None:
    events, names = empty()
    expected: dict[int, tuple[object, ...]] = {}
    if parts:
        parts = parts + data.draw(st.lists(st.sampled_from(parts), max_size=3))
    for part in parts:
        rows = said(part)
        keys = part["event_key"].tolist()
        news = [row for row, key in enumerate(keys) if key not in expected and key not in keys[:row]]
        added = events.add(part)
        assert said(added) == [rows[row] for row in news]
        for row in news:
            values = (part.names("platform")[row], part.names("worker")[row])
            stamps = (part["kind"][row], part["event_time_ms"][row], part.texts["event_ids"][row])
            expected[keys[row]] = (*values, *stamps)
    assert len(events) == len(expected)
    if expected:
        assert events["event_key"].tolist() == list(expected)
        kept = [
            (
                names["platform"][events["platform"][row]],
                names["worker"][events["worker"][row]],
                events["kind"][row],
                events["event_time_ms"][row],
                events.text("event_ids", row),
            )
            for row in range(len(events))
        ]
        assert kept == list(expected.values())


def test_names_keep_their_codes() -> None:
    names = Names()
    assert names.codes(["甲", "b", "甲"]).tolist() == [0, 1, 0]
    assert names.codes(["c", "b"]).tolist() == [2, 1]
    assert [names[code] for code in range(len(names))] == ["甲", "b", "c"]
