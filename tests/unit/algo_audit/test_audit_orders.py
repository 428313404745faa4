"""Dispatch events → undertaken orders."""

from dataclasses import fields
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.algo_audit.core.orders import (
    NEVER,
    DispatchColumns,
    DispatchKind,
    Orders,
    Outcome,
    orders_of,
)

NAN = float("nan")


class Event(NamedTuple):
    order: int
    kind: int
    time: int
    worker: int = 1
    platform: int = 1
    area: int = 130202
    distance_m: float = NAN
    promised_s: float = NAN
    event: int = 0


def columns(events: list[Event]) -> DispatchColumns:
    types = {
        "order": np.uint64,
        "kind": np.int8,
        "distance_m": float,
        "promised_s": float,
        "event": np.uint64,
    }
    return DispatchColumns(
        **{f: np.array([getattr(e, f) for e in events], types.get(f, np.int64)) for f in Event._fields}
    )


def rows(orders: Orders) -> set[tuple[object, ...]]:
    """The rows as a set; NaN as None, because NaN is not equal to itself."""
    lists = [np.asarray(getattr(orders, f.name)).tolist() for f in fields(orders)]
    return {tuple(None if x != x else x for x in row) for row in zip(*lists, strict=True)}


def oracle(events: list[Event]) -> set[tuple[object, ...]]:
    """The table in orders.py, read literally, one order at a time."""
    result: set[tuple[object, ...]] = set()
    for key in {(e.platform, e.order, e.worker) for e in events}:
        mine = [e for e in events if (e.platform, e.order, e.worker) == key]
        starts = sorted((e.time, e.event) for e in mine if e.kind == DispatchKind.ACCEPTED)
        ends = sorted((e.time, e.event) for e in mine if e.kind == DispatchKind.COMPLETED)
        duration = None
        if not starts and not ends:
            continue
        if not starts:
            outcome = Outcome.NO_ACCEPTANCE
        elif not ends:
            cancelled = any(e.kind == DispatchKind.CANCELLED for e in mine)
            outcome = Outcome.CANCELLED if cancelled else Outcome.UNFINISHED
        elif ends[0][0] < starts[0][0]:
            outcome = Outcome.END_BEFORE_START
        elif ends[0][0] == starts[0][0]:
            outcome = Outcome.ZERO_DURATION
        else:
            outcome = Outcome.FINISHED
            duration = (ends[0][0] - starts[0][0]) / 1000
        start, start_event = starts[0] if starts else (NEVER, 0)
        end, end_event = ends[0] if ends else (NEVER, 0)
        distance = max((e.distance_m for e in mine if e.distance_m == e.distance_m), default=None)
        promised = max((e.promised_s for e in mine if e.promised_s == e.promised_s), default=None)
        area = max(e.area for e in mine)
        platform, order, worker = key
        seen = (int(outcome), start, end, duration, distance, promised, start_event, end_event)
        result.add((platform, order, worker, area, *seen))
    return result


unknown_or = st.sampled_from([NAN, 500.0, 2500.0])
some_events = st.lists(
    st.builds(
        Event,
        order=st.integers(0, 3),
        kind=st.integers(1, 6),
        time=st.integers(0, 4).map(lambda minutes: minutes * 60_000),
        worker=st.integers(0, 2),
        platform=st.integers(1, 2),
        area=st.sampled_from([0, 130202, 130203]),
        distance_m=unknown_or,
        promised_s=unknown_or,
        event=st.integers(1, 2**64 - 2),
    ),
    max_size=40,
)


@given(some_events)
def test_orders_agree_with_the_table_read_one_order_at_a_time(events: list[Event]) -> None:
    assert rows(orders_of(columns(events))) == oracle(events)


@given(some_events, st.randoms(use_true_random=False))
def test_order_of_arrival_and_duplicates_change_nothing(events: list[Event], random) -> None:  # type: ignore[no-untyped-def]
    again = events + [e for e in events if random.random() < 0.5]
    random.shuffle(again)
    first, second = orders_of(columns(events)), orders_of(columns(again))
    for field in fields(Orders):
        np.testing.assert_array_equal(getattr(first, field.name), getattr(second, field.name))


@pytest.mark.parametrize(
    ("kinds_and_minutes", "outcome"),
    [
        ([(DispatchKind.ACCEPTED, 0), (DispatchKind.COMPLETED, 25)], Outcome.FINISHED),
        ([(DispatchKind.ACCEPTED, 0), (DispatchKind.CANCELLED, 9)], Outcome.CANCELLED),
        ([(DispatchKind.ACCEPTED, 0), (DispatchKind.PICKED_UP, 9)], Outcome.UNFINISHED),
        ([(DispatchKind.COMPLETED, 25)], Outcome.NO_ACCEPTANCE),
        ([(DispatchKind.ACCEPTED, 5), (DispatchKind.COMPLETED, 4)], Outcome.END_BEFORE_START),
        ([(DispatchKind.ACCEPTED, 5), (DispatchKind.COMPLETED, 5)], Outcome.ZERO_DURATION),
    ],
)
def test_each_outcome_is_counted_apart(
    kinds_and_minutes: list[tuple[DispatchKind, int]], outcome: Outcome
) -> None:
    orders = orders_of(columns([Event(7, kind, minute * 60_000) for kind, minute in kinds_and_minutes]))
    assert [orders.count(each) for each in Outcome] == [int(each == outcome) for each in Outcome]
    assert np.isfinite(orders.duration_s).all() == (outcome == Outcome.FINISHED)


def test_an_order_only_offered_or_rejected_is_not_undertaken() -> None:
    offered = [Event(1, DispatchKind.OFFERED, 0), Event(1, DispatchKind.REJECTED, 1)]
    assert len(orders_of(columns(offered))) == 0


def test_an_order_passed_on_is_cancelled_for_the_first_worker_and_finished_for_the_second() -> None:
    orders = orders_of(
        columns(
            [
                Event(1, DispatchKind.ACCEPTED, 0, worker=1),
                Event(1, DispatchKind.CANCELLED, 1_000, worker=1),
                Event(1, DispatchKind.ACCEPTED, 2_000, worker=2),
                Event(1, DispatchKind.COMPLETED, 9_000, worker=2),
            ]
        )
    )
    outcomes = dict(zip(orders.worker.tolist(), orders.outcome.tolist(), strict=True))
    assert outcomes == {1: Outcome.CANCELLED, 2: Outcome.FINISHED}


def test_orders_whose_sorting_keys_collide_stay_apart() -> None:
    # Solve the mixing for a second (order, worker) with the same key: a platform could, on purpose.
    modulus, of_order, of_worker = 2**64, 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9
    difference = (1 * of_worker % modulus) ^ (2 * of_worker % modulus)
    twin = ((5 * of_order % modulus) ^ difference) * pow(of_order, -1, modulus) % modulus
    events = [
        Event(order, kind, time + worker * 1_000, worker)
        for kind, time in ((DispatchKind.ACCEPTED, 0), (DispatchKind.COMPLETED, 60_000))
        for order, worker in ((5, 1), (twin, 2))
    ]
    assert rows(orders_of(columns(events))) == oracle(events)
    assert len(oracle(events)) == 2


def test_columns_of_different_length_are_refused_by_name() -> None:
    good = columns([Event(1, DispatchKind.ACCEPTED, 0)])
    with pytest.raises(ValueError, match="column area has 0 rows"):
        DispatchColumns(
            **{f.name: getattr(good, f.name)[: 0 if f.name == "area" else 1] for f in fields(DispatchColumns)}
        )
