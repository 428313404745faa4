"""The set of events: each version once, in columns, rows where they first stood; and which of them hold."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kit.columns import DISPATCH, EventBatch, EventSet, Names, statement_keys
from tests.unit.columns.column_batches import batches, said

COLUMNS = ("platform", "worker", "kind", "event_time_ms", "partner_firm")


def empty() -> tuple[EventSet, dict[str, Names]]:
    names = {name: Names() for name in ("platform", "worker", "area", "partner_firm")}
    return EventSet(names, COLUMNS, ("event_ids",)), names


@given(st.lists(batches(DISPATCH), max_size=5), st.data())
def test_a_version_is_kept_once_where_it_first_stood(parts: list[EventBatch], data: st.DataObject) -> None:
    events, names = empty()
    expected: dict[tuple[int, int], tuple[object, ...]] = {}
    if parts:
        parts = parts + data.draw(st.lists(st.sampled_from(parts), max_size=3))
    for part in parts:
        rows = said(part)
        keys = list(zip(part["event_key"].tolist(), part["version"].tolist(), strict=True))
        news = [row for row, key in enumerate(keys) if key not in expected and key not in keys[:row]]
        added = events.add(part)
        assert said(added) == [rows[row] for row in news]
        for row in news:
            values = (part.names("platform")[row], part.names("worker")[row], part.names("partner_firm")[row])
            stamps = (part["kind"][row], part["event_time_ms"][row], part.texts["event_ids"][row])
            expected[keys[row]] = (*values, *stamps)
    assert len(events) == len(expected)
    if expected:
        assert list(zip(events["event_key"].tolist(), events["version"].tolist(), strict=True)) == list(
            expected
        )
        kept = [
            (
                names["platform"][events["platform"][row]],
                names["worker"][events["worker"][row]],
                names["partner_firm"][events["partner_firm"][row]],
                events["kind"][row],
                events["event_time_ms"][row],
                events.text("event_ids", row),
            )
            for row in range(len(events))
        ]
        assert kept == list(expected.values())


STATEMENTS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 3) | st.just(65_535), st.integers(0, 1)),
    unique_by=lambda statement: statement[:2],
    max_size=16,
).map(
    lambda statements: [(event, version, deleted if version else 0) for event, version, deleted in statements]
)
"""(event, version, deleted); no version 0 is deleted, as intake sees to it."""


def told(statements: list[tuple[int, int, int]]) -> EventBatch:
    """A batch of (event, version, deleted)."""
    columns: dict[str, Any] = {
        name: np.zeros(len(statements), dtype) for name, dtype in DISPATCH.dtypes.items()
    }
    for name, values in zip(("event_key", "version", "deleted"), zip(*statements, strict=True), strict=False):
        columns[name] = np.array(values, DISPATCH.dtypes[name])
    ids = [f"{event}" for event, _, _ in statements]
    words = {"platform": ["swift"], "worker": ["w"], "area": ["130203"], "partner_firm": [""]}
    return EventBatch(DISPATCH, words, {"event_ids": ids, "order_ids": ids}, columns)


@given(STATEMENTS, st.data())
def test_of_an_event_the_highest_version_holds_in_any_order_and_batching(
    statements: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    highest = {event: version for event, version, _ in sorted(statements)}
    expected = [
        (event, version)
        for event, version, deleted in statements
        if version == highest[event] and not deleted
    ]
    repeats = st.lists(st.sampled_from(statements), max_size=5) if statements else st.just([])
    arrived = data.draw(st.permutations(statements)) + data.draw(repeats)
    events, _ = empty()
    cut = data.draw(st.integers(0, len(arrived)))
    for part in (arrived[:cut], arrived[cut:]):
        if part:
            events.add(told(part))
    held = np.flatnonzero(events.in_force())
    keys, versions = (events[name][held].tolist() if len(events) else [] for name in ("event_key", "version"))
    assert sorted(zip(keys, versions, strict=True)) == sorted(expected)


def test_a_statement_key_is_the_events_own_for_version_0_and_another_for_every_other() -> None:
    events = np.full(65_536, 7, dtype=np.uint64)
    keys = statement_keys(events, np.arange(65_536))
    assert keys[0] == 7
    assert len(np.unique(keys)) == 65_536


def test_names_keep_their_codes() -> None:
    names = Names()
    assert names.codes(["甲", "b", "甲"]).tolist() == [0, 1, 0]
    assert names.codes(["c", "b"]).tolist() == [2, 1]
    assert [names[code] for code in range(len(names))] == ["甲", "b", "c"]
