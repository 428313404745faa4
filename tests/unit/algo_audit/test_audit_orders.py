"""Dispatch events → orders."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, NamedTuple

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
CODES = ("area", "service", "vehicle", "weather", "employment_form", "tenure_band", "partner_firm")


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
    service: int = 0
    vehicle: int = 0
    weather: int = 0
    holiday: int = -1
    pay_fen: float = NAN
    commission_fen: float = NAN
    penalty_fen: float = NAN
    employment_form: int = 0
    tenure_band: int = 0
    partner_firm: int = -1


def columns(events: list[Event]) -> DispatchColumns:
    types: dict[str, type] = {"order": np.uint64, "event": np.uint64, "kind": np.int8, "holiday": np.int8}
    types |= {name: float for name, default in Event._field_defaults.items() if default != default}
    return DispatchColumns(
        **{f: np.array([getattr(e, f) for e in events], types.get(f, np.int64)) for f in Event._fields}
    )


def rows(orders: Orders) -> set[tuple[object, ...]]:
    """The rows as a set; NaN as None, because NaN is not equal to itself."""
    lists = [np.asarray(getattr(orders, f.name)).tolist() for f in fields(orders)]
    return {tuple(None if x != x else x for x in row) for row in zip(*lists, strict=True)}


def oracle(events: list[Event], until: int | None = None) -> set[tuple[object, ...]]:
    """The tables in orders.py, read literally, one order at a time."""
    result: set[tuple[object, ...]] = set()
    last = max((e.time for e in events), default=0) if until is None else until
    for key in {(e.platform, e.order, e.worker) for e in events}:
        mine = [e for e in events if (e.platform, e.order, e.worker) == key]

        def times(*kinds: int, mine: list[Event] = mine) -> list[tuple[int, int]]:
            return sorted((e.time, e.event) for e in mine if e.kind in kinds)

        def stated(name: str, which: Callable[..., Any], mine: list[Event] = mine) -> float | None:
            figures = [getattr(e, name) for e in mine if getattr(e, name) == getattr(e, name)]
            return which(figures) if figures else None

        offers = times(DispatchKind.OFFERED, DispatchKind.REJECTED)
        starts, ends = times(DispatchKind.ACCEPTED), times(DispatchKind.COMPLETED)
        cancels = times(DispatchKind.CANCELLED)
        if not (offers or starts or ends):
            continue
        duration = observed = None
        if not starts:
            outcome = Outcome.NO_ACCEPTANCE if ends else Outcome.NOT_TAKEN
        elif not ends:
            outcome = Outcome.CANCELLED if cancels else Outcome.UNFINISHED
            observed = max(0, (cancels[0][0] if cancels else last) - starts[0][0]) / 1000
        elif ends[0][0] < starts[0][0]:
            outcome = Outcome.END_BEFORE_START
        elif ends[0][0] == starts[0][0]:
            outcome = Outcome.ZERO_DURATION
        else:
            outcome = Outcome.FINISHED
            duration = (ends[0][0] - starts[0][0]) / 1000
        start = starts[0][0] if starts else NEVER
        end = ends[0][0] if ends else NEVER
        holidays = [e.holiday for e in mine if e.holiday != -1]
        row = {
            **dict(zip(("platform", "order", "worker"), key, strict=True)),
            "outcome": int(outcome),
            "accepted_ms": start,
            "completed_ms": end,
            "duration_s": duration,
            "offered_ms": offers[0][0] if offers else NEVER,
            "observed_s": observed,
            "complaints": len({e.event for e in mine if e.kind == DispatchKind.COMPLAINED}),
            "holiday": min(holidays, default=-1),
            "commission_fen": stated("commission_fen", min),
            "penalty_fen": stated("penalty_fen", min),
            **{name: stated(name, max) for name in ("distance_m", "promised_s", "pay_fen")},
            **{name: max(getattr(e, name) for e in mine) for name in CODES},
        }
        result.add(tuple(row[field.name] for field in fields(Orders)))
    return result


unknown_or = st.sampled_from([NAN, 500.0, 2500.0])
some_events = st.lists(
    st.builds(
        Event,
        order=st.integers(0, 3),
        kind=st.integers(1, 7),
        time=st.integers(0, 4).map(lambda minutes: minutes * 60_000),
        worker=st.integers(0, 2),
        platform=st.integers(1, 2),
        area=st.sampled_from([0, 130202, 130203]),
        distance_m=unknown_or,
        promised_s=unknown_or,
        event=st.one_of(st.integers(1, 3), st.integers(1, 2**64 - 1)),
        service=st.integers(0, 2),
        vehicle=st.integers(0, 5),
        weather=st.integers(0, 4),
        holiday=st.integers(-1, 1),
        pay_fen=unknown_or,
        commission_fen=unknown_or,
        penalty_fen=unknown_or,
        employment_form=st.integers(0, 3),
        tenure_band=st.integers(0, 4),
        partner_firm=st.integers(-1, 2),
    ),
    max_size=40,
)


@given(some_events, st.none() | st.integers(0, 600_000))
def test_orders_agree_with_the_tables_read_one_order_at_a_time(
    events: list[Event], until: int | None
) -> None:
    assert rows(orders_of(columns(events), until)) == oracle(events, until)


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
    orders = orders_of(columns([Event(1, DispatchKind.OFFERED, 7), Event(1, DispatchKind.REJECTED, 9)]))
    assert orders.count(Outcome.NOT_TAKEN) == len(orders) == 1
    assert not orders.undertaken.any()
    assert orders.begun_ms.tolist() == [7]


@pytest.mark.parametrize("kind", [DispatchKind.COMPLAINED, DispatchKind.PICKED_UP, DispatchKind.CANCELLED])
def test_what_was_neither_offered_nor_taken_nor_completed_is_no_order(kind: DispatchKind) -> None:
    assert len(orders_of(columns([Event(1, kind, 0)]))) == 0
    assert len(orders_of(columns([]))) == 0


def test_two_complaints_are_two_and_the_same_one_twice_is_one() -> None:
    accepted = Event(1, DispatchKind.ACCEPTED, 0)
    first, second = (Event(1, DispatchKind.COMPLAINED, 5, event=event) for event in (11, 12))
    assert orders_of(columns([accepted, first, second, first])).complaints.tolist() == [2]


def test_an_unfinished_order_was_seen_until_the_end_of_observation_and_never_less_than_not_at_all() -> None:
    accepted = columns([Event(1, DispatchKind.ACCEPTED, 60_000)])
    assert orders_of(accepted, 90_000).observed_s.tolist() == [30]
    assert orders_of(accepted, 0).observed_s.tolist() == [0]


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


def test_orders_that_share_only_the_sorted_bits_stay_apart_and_keep_their_places() -> None:
    # The lowest bit of the mixed word gives way to the row: these orders differ in it alone, or hardly more.
    modulus, inverse = 2**64, pow(0x9E3779B97F4A7C15, -1, 2**64)
    twins = [(2**40 + low) * inverse % modulus for low in range(4)]
    events = [
        Event(order, kind, time, worker=0, platform=0)
        for kind, time in ((DispatchKind.ACCEPTED, 0), (DispatchKind.COMPLETED, 60_000))
        for order in twins
    ]
    orders = orders_of(columns(events))
    assert rows(orders) == oracle(events)
    more = columns(events * 100)  # more rows take more bits, and must not change the order of orders
    np.testing.assert_array_equal(orders.order, orders_of(more).order)


@pytest.mark.parametrize("rounds", [0, 1])
def test_orders_whose_slots_keep_colliding_are_told_apart_by_sorting(
    monkeypatch: pytest.MonkeyPatch, rounds: int
) -> None:
    rng = np.random.default_rng(5)
    shuffled = (rng.permutation(4_000) % 1_000).tolist()
    events = [
        Event(order, at % 7 + 1, order * 1_000 + at % 7, worker=order % 7)
        for at, order in enumerate(shuffled)
    ]
    expected = orders_of(columns(events))
    monkeypatch.setattr("services.algo_audit.core.order_events._ROUNDS", rounds)
    monkeypatch.setattr("services.algo_audit.core.order_events._PIECE", 256)
    again = orders_of(columns(events))
    for field in fields(Orders):
        np.testing.assert_array_equal(getattr(expected, field.name), getattr(again, field.name))


def test_columns_of_different_length_are_refused_by_name() -> None:
    good = columns([Event(1, DispatchKind.ACCEPTED, 0)])
    with pytest.raises(ValueError, match="column area has 0 rows"):
        DispatchColumns(
            **{f.name: getattr(good, f.name)[: 0 if f.name == "area" else 1] for f in fields(DispatchColumns)}
        )
