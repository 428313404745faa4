"""The texts of events by place: held as long as there is room, else read from the log again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.columns import EventBatch
from kit.eventlog.port import TopicPartition
from kit.eventlog.topics import DISPATCHES
from services.workhours.engine.records import READ_AHEAD, ROW_BITS, Records
from tests.unit.workhours.batches import batch, event_id
from tests.unit.workhours.shifts import Row, accepted

SOURCE = TopicPartition(DISPATCHES.name, 3)
ID_BYTES = len(event_id(accepted("08:00"))) + 1
"""With the line feed after it."""


class Log:
    """Records by offset, and which of them were read."""

    def __init__(self, records: Sequence[Sequence[Row]]) -> None:
        self.batches = [batch(rows) for rows in records]
        self.read: list[tuple[int, int]] = []

    def fetch(self, source: TopicPartition, start: int, stop: int) -> Iterator[tuple[int, EventBatch]]:
        assert source == SOURCE
        self.read.append((start, stop))
        yield from list(enumerate(self.batches))[start:stop]


def records_of(sizes: Sequence[int]) -> list[list[Row]]:
    numbers = iter(range(sum(sizes)))
    return [[accepted("08:00", order=next(numbers)) for _ in range(size)] for size in sizes]


def place(record: int, row: int) -> int:
    return record << ROW_BITS | row


@given(st.lists(st.integers(1, 5), min_size=1, max_size=8), st.integers(0, 400), st.data())
def test_every_text_is_found_whatever_was_held(sizes: list[int], room: int, data: st.DataObject) -> None:
    rows = records_of(sizes)
    log = Log(rows)
    records = Records(log.fetch, room)
    for offset in range(len(sizes)):
        held = log.batches[offset] if data.draw(st.booleans()) else None
        assert records.note(SOURCE, offset, held) == offset
    everywhere = [(record, row) for record, size in enumerate(sizes) for row in range(size)]
    asked = data.draw(st.lists(st.sampled_from(everywhere), max_size=20))
    texts = list(records.texts(place(*each) for each in asked))
    assert texts == [event_id(rows[record][row]) for record, row in asked]


def test_what_is_held_is_not_read_and_the_oldest_goes_first() -> None:
    log = Log(records_of([1, 1, 1]))
    records = Records(log.fetch, 2 * ID_BYTES)
    for offset in range(3):
        records.note(SOURCE, offset, log.batches[offset])
    list(records.texts([place(1, 0), place(2, 0)]))
    assert log.read == []
    list(records.texts([place(0, 0), place(0, 0)]))
    assert log.read == [(0, 1)], "and then it is held"


def test_those_that_follow_in_the_log_are_read_along() -> None:
    sizes = [1] * (READ_AHEAD + 5)
    log = Log(records_of(sizes))
    records = Records(log.fetch)
    numbers = [
        records.note(SOURCE, offset, log.batches[0] if offset == 1 else None) for offset in range(len(sizes))
    ]
    for number in numbers:
        list(records.texts([place(number, 0)]))
    assert log.read == [(0, READ_AHEAD), (READ_AHEAD, len(sizes))]


def test_one_record_is_held_even_if_it_is_larger_than_the_room() -> None:
    log = Log(records_of([5]))
    records = Records(log.fetch, 1)
    records.note(SOURCE, 0, log.batches[0])
    assert len(list(records.texts(place(0, row) for row in range(5)))) == 5
    assert log.read == []


def test_a_record_noted_again_has_another_number_and_the_same_place_in_the_log() -> None:
    log = Log(records_of([1, 1]))
    records = Records(log.fetch)
    numbers = [records.note(SOURCE, offset) for offset in (1, 0, 1)]
    assert numbers == [0, 1, 2]
    assert records.offsets(np.array([2, 1, 0, 0])).tolist() == [1, 0, 1, 1]


def test_a_row_that_a_record_does_not_have_is_a_mistake() -> None:
    log = Log(records_of([2]))
    records = Records(log.fetch)
    records.note(SOURCE, 0)
    with pytest.raises(IndexError):
        list(records.texts([place(0, 2)]))
