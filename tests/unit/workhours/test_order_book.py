"""The order book against a brute force over the set of events: what a row says, whose it is, what goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kit.columns.key_table import KeyTable
from services.workhours.core.order_book import NO_ROW, NOT_SAID, NOT_YET, STORED, OrderBook
from services.workhours.core.work_events import DispatchKind
from tests.unit.workhours.shifts import DAY_START, MINUTE, Row, accepted, at, columns, completed, picked_up

KIND_OF = {
    DispatchKind.OFFERED: "offered",
    DispatchKind.ACCEPTED: "accepted",
    DispatchKind.PICKED_UP: "picked_up",
    DispatchKind.COMPLETED: "ended",
    DispatchKind.CANCELLED: "ended",
}
LATEST_COUNTS = ("accepted", "picked_up")
AREA_OF = ("accepted", "picked_up", "offered", "ended")

EVENTS = st.builds(
    lambda worker, platform, order, kind, minute, area: Row(
        worker, platform, order, kind, DAY_START + minute * MINUTE, area
    ),
    st.integers(0, 3),
    st.integers(0, 1),
    st.integers(0, 2),
    st.sampled_from(DispatchKind),
    st.integers(0, 3),
    st.integers(0, 2),
)  # fmt: skip
ROUNDS = st.lists(st.lists(EVENTS, max_size=15), max_size=6)


class Said(NamedTuple):
    """A row of the book in words."""

    worker: int
    platform: int
    area: int | None
    moments: dict[str, tuple[int, int]]
    """Kind → (time, identity of the event named)."""
    contradictory: bool


def by_brute_force(rows: Iterable[Row]) -> dict[int, Said]:
    orders: dict[int, set[Row]] = defaultdict(set)
    for row in rows:
        orders[row.pair].add(row)
    return {pair: _said(events) for pair, events in orders.items()}


def _said(events: set[Row]) -> Said:
    moments: dict[str, tuple[int, int]] = {}
    areas: dict[str, int] = {}
    contradictory = False
    for name in AREA_OF:
        of = [event for event in events if KIND_OF.get(event.kind) == name]
        if not of:
            continue
        times = {event.time for event in of}
        time = max(times) if name in LATEST_COUNTS else min(times)
        contradictory |= name != "offered" and len(times) > 1
        named = min((event for event in of if event.time == time), key=lambda event: event.event)
        moments[name] = time, named.event
        areas[name] = named.area
    first = next(iter(events))
    area = next((areas[name] for name in AREA_OF if name in areas), None)
    return Said(first.worker, first.platform, area, moments, contradictory)


def as_said(book: OrderBook) -> dict[int, Said]:
    said = {}
    for row, key in enumerate(book.key(np.arange(len(book))).tolist()):
        moments = {
            name: (int(book[name][row]), int(book[f"{name}_event"][row]))
            for name in AREA_OF
            if book[name][row] not in (NOT_SAID, NOT_YET)
        }
        area = int(book["area"][row]) if moments else None
        worker, platform = int(book["worker"][row]), int(book["platform"][row])
        said[key] = Said(worker, platform, area, moments, bool(book["contradictory"][row]))
    return said


def book_of(rounds: Iterable[Sequence[Row]]) -> OrderBook:
    book = OrderBook(KeyTable())
    for rows in rounds:
        book.add(columns(rows))
    return book


def assert_chained(book: OrderBook) -> None:
    """Every worker's rows are found, from any row number on."""
    workers = np.arange(6)
    for since in (0, len(book) // 2):
        of = [np.flatnonzero(book["worker"] == worker) for worker in workers]
        for worker in workers:
            found = sorted(book.rows_of(workers[worker : worker + 1], since).tolist())
            assert found == [row for row in of[worker].tolist() if row >= since]
    each = np.array([0, 0, 2, 0, 1, 0])
    expected = [row for row in range(len(book)) if row >= each[book["worker"][row]]]
    assert sorted(book.rows_of(workers, each).tolist()) == expected


@given(ROUNDS)
def test_a_row_says_what_the_set_of_its_events_says(rounds: list[list[Row]]) -> None:
    book = book_of(rounds)
    assert as_said(book) == by_brute_force(row for rows in rounds for row in rows)
    assert_chained(book)


@given(st.lists(EVENTS, max_size=25), st.data())
def test_neither_order_nor_repetition_nor_cuts_change_a_row(rows: list[Row], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(rows), max_size=8)) if rows else []
    mixed = data.draw(st.permutations(rows + again))
    cut = data.draw(st.integers(1, 10))
    in_pieces = book_of(mixed[start : start + cut] for start in range(0, len(mixed), cut))
    assert as_said(in_pieces) == as_said(book_of([rows]))


@given(ROUNDS)
def test_adding_answers_the_row_of_each_event(rounds: list[list[Row]]) -> None:
    book = OrderBook(KeyTable())
    for rows in rounds:
        assert book.key(book.add(columns(rows))).tolist() == [row.pair for row in rows]


@given(ROUNDS, st.data())
def test_what_is_dropped_is_gone_and_nothing_else(rounds: list[list[Row]], data: st.DataObject) -> None:
    book = book_of(rounds)
    before, keys = as_said(book), book.key(np.arange(len(book))).tolist()
    gone = data.draw(st.lists(st.booleans(), min_size=len(book), max_size=len(book)))
    numbers = book.drop(np.array(gone, dtype=np.bool_)).tolist()
    kept = [key for key, is_gone in zip(keys, gone, strict=True) if not is_gone]
    assert book.key(np.arange(len(book))).tolist() == kept
    assert numbers == [NO_ROW if key not in kept else kept.index(key) for key in keys]
    assert as_said(book) == {key: before[key] for key in kept}
    assert_chained(book)
    later = data.draw(st.lists(EVENTS, max_size=10))
    book.add(columns(later))
    # Whoever is dropped begins anew.
    lasting = [row for rows in rounds for row in rows if row.pair in kept]
    assert as_said(book) == by_brute_force([*lasting, *later])
    assert_chained(book)


@given(ROUNDS, st.lists(EVENTS, max_size=10))
def test_a_restored_book_goes_on_as_the_stored_one(rounds: list[list[Row]], later: list[Row]) -> None:
    stored = book_of(rounds)
    keys, said = stored.key(np.arange(len(stored))).copy(), {name: stored[name].copy() for name in STORED}
    others = [row._replace(worker=5) for row in later]
    restored = book_of([others])
    restored.restore(keys, said)
    assert_chained(restored)
    for book in (stored, restored):
        book.add(columns(later))
    mine = {key: row for key, row in as_said(restored).items() if row.worker != 5}
    assert mine == as_said(stored)
    assert_chained(restored)


def test_a_place_in_the_log_goes_with_the_event_that_is_named() -> None:
    rows = [accepted("08:00", order=1), accepted("08:05", order=1), completed("08:30", order=1)]
    events = columns(rows)
    events.record[:] = [70, 80, 90]
    book = OrderBook(KeyTable())
    book.add(events)
    assert (book["accepted_record"][0], book["ended_record"][0]) == (80, 90)


def test_the_area_is_that_of_the_acceptance_even_if_it_comes_last() -> None:
    rows = [completed("08:30", area=4), picked_up("08:10", area=3), accepted("08:00", area=2)]
    book = book_of([[row] for row in rows])
    assert book["area"].tolist() == [2]
    assert book["accepted"].tolist() == [at("08:00")]


def test_workers_nobody_has_heard_of_have_no_rows() -> None:
    book = book_of([[accepted("08:00", worker=1)]])
    assert book.rows_of(np.array([0, 7, 5_000_000])).tolist() == []
    assert OrderBook(KeyTable()).rows_of(np.array([0])).tolist() == []
