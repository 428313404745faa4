"""Which rows corrections leave out, against all that was said so far; in any order and any cut."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kit.eventlog.port import TopicPartition
from kit.eventlog.topics import DISPATCHES
from services.workhours.engine.corrections import Corrections
from services.workhours.engine.event_rows import EventRows, Taken, event_rows
from services.workhours.engine.workers import Workers
from tests.unit.workhours.batches import batch
from tests.unit.workhours.shifts import DAY_START, MINUTE, Row, accepted, at

VERSIONS = st.builds(
    lambda event, version, minute, deleted: accepted("08:00", order=event)._replace(
        time=DAY_START + minute * MINUTE, version=version, deleted=deleted, says=event + 1
    ),
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 60),
    st.booleans(),
)  # fmt: skip


def rows_of(rows: Sequence[Row], partition: int = 0) -> EventRows:
    source = TopicPartition(DISPATCHES.name, partition)
    return event_rows(Workers(), [Taken(source, 0, 0, batch(rows))] if rows else [])


@given(st.lists(st.lists(VERSIONS, min_size=1, max_size=6), max_size=6))
def test_a_row_comes_in_at_once_only_while_its_event_was_never_corrected(rounds: list[list[Row]]) -> None:
    corrections, highest = Corrections(), dict[int, int]()
    for rows in rounds:
        before = dict(highest)
        held = corrections.take(rows_of(rows))
        for row in rows:
            if row.version:
                highest[row.event] = max(row.version, highest.get(row.event, 0))
        assert held.left_out.tolist() == [row.event in highest for row in rows]
        news = {row.event for row, corrected in zip(rows, held.corrected, strict=True) if corrected}
        assert news == {event for event, version in highest.items() if version > before.get(event, 0)}
        assert {(event, version) for event, version, _ in corrections.stated(0)} == set(highest.items())


def test_a_version_that_comes_after_a_higher_one_changes_nothing() -> None:
    row = accepted("08:00")
    first = row.corrected(time=at("08:05"))
    second = first.corrected(time=at("08:10"))
    corrections = Corrections()
    assert corrections.take(rows_of([second])).corrected.tolist() == [True]
    for late in (first, second, row):
        held = corrections.take(rows_of([late]))
        assert (held.left_out.tolist(), held.corrected.tolist()) == ([True], [False])
    assert corrections.stated(0) == [(row.event, 2, at("08:10"))]


def test_nothing_corrected_leaves_nothing_out() -> None:
    held = Corrections().take(rows_of([accepted("08:00"), accepted("08:01", order=1)]))
    assert not held.left_out.any()
    assert not held.corrected.any()


def test_what_is_stated_of_a_partition_is_restored_in_another_process() -> None:
    row = accepted("08:00").corrected(deleted=True)
    before, after = Corrections(), Corrections()
    before.take(rows_of([row], partition=2))
    after.restore(2, before.stated(2))
    assert after.stated(2) == before.stated(2) == [(row.event, 1, row.time)]
    assert after.take(rows_of([accepted("08:00")], partition=2)).left_out.all()


def test_partitions_are_given_up_and_old_events_let_go_of() -> None:
    corrections = Corrections()
    old, new = (accepted(clock, order=order).corrected() for order, clock in enumerate(("08:00", "09:00")))
    corrections.take(rows_of([old, new]))
    corrections.take(rows_of([old], partition=1))
    corrections.drop_before(at("09:00"))
    assert corrections.stated(0) == [(new.event, 1, new.time)]
    assert corrections.stated(1) == []
    corrections.forget([0, 5])
    assert corrections.stated(0) == []
    assert np.array_equal(corrections.take(rows_of([accepted("09:00", order=1)])).left_out, [False])
