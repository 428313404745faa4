"""Trips as events, in the order in which they arrive."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.arrivals import dispatches, trip_events
from cli.choices import Arrival
from cli.trips import Trips
from quzhong import LocalPseudonymiser
from quzhong.api.events.v1 import events_pb2

PSEUDONYMS = LocalPseudonymiser(b"a key for these tests")


def trips_of(spans: list[tuple[int, int]]) -> Trips:
    starts = np.array([start for start, _ in spans], dtype=np.int64)
    return Trips(
        driver=[f"driver-{place % 3}" for place in range(len(spans))],
        order=[f"order-{place}" for place in range(len(spans))],
        start_ms=starts,
        end_ms=starts + np.array([length for _, length in spans], dtype=np.int64),
        distance_m=np.array(
            [-1 if place % 2 else 100 * place for place in range(len(spans))], dtype=np.int64
        ),
        problems=(),
    )


spans = st.lists(st.tuples(st.integers(0, 10**12), st.integers(0, 10**7)), max_size=30)


@given(spans, st.sampled_from(Arrival))
def test_every_trip_is_accepted_and_completed_once_in_whatever_order(
    spans: list[tuple[int, int]], arrival: Arrival
) -> None:
    trips = trips_of(spans)
    rows = list(dispatches(trip_events(trips, arrival), PSEUDONYMS, "130200"))
    told = {
        (row.event_id, row.order_id, row.worker_id, row.kind, row.event_time.ToMilliseconds()) for row in rows
    }
    in_order = list(dispatches(trip_events(trips, Arrival.IN_ORDER), PSEUDONYMS, "130200"))
    assert len(rows) == len(told) == 2 * len(spans)
    assert told == {
        (row.event_id, row.order_id, row.worker_id, row.kind, row.event_time.ToMilliseconds())
        for row in in_order
    }


@given(spans)
def test_in_order_is_by_time_and_reversed_is_its_mirror(spans: list[tuple[int, int]]) -> None:
    trips = trips_of(spans)
    there, back = trip_events(trips, Arrival.IN_ORDER), trip_events(trips, Arrival.REVERSED)
    assert (np.diff(there.time_ms) >= 0).all()
    assert back.trip.tolist() == there.trip.tolist()[::-1]
    assert back.completed.tolist() == there.completed.tolist()[::-1]


def test_half_reversed_turns_the_second_half_round() -> None:
    events = trip_events(trips_of([(0, 1), (10, 1), (20, 1)]), Arrival.HALF_REVERSED)
    assert events.time_ms.tolist() == [0, 1, 10, 21, 20, 11]


def test_shuffled_is_the_same_each_time() -> None:
    trips = trips_of([(place, 1) for place in range(50)])
    first, second = (trip_events(trips, Arrival.SHUFFLED).trip.tolist() for _ in range(2))
    assert first == second != trip_events(trips, Arrival.IN_ORDER).trip.tolist()


def test_a_row_says_what_the_trip_says_and_nothing_else() -> None:
    accepted, completed, _, unstated = dispatches(
        trip_events(trips_of([(1_500, 60_000), (100_000, 60_000)]), Arrival.IN_ORDER), PSEUDONYMS, "130203"
    )
    assert accepted.kind == events_pb2.DISPATCH_KIND_ACCEPTED
    assert completed.kind == events_pb2.DISPATCH_KIND_COMPLETED
    assert accepted.order_id == completed.order_id
    assert accepted.event_id != completed.event_id
    assert (accepted.area_code, accepted.distance_m) == ("130203", 0)
    assert accepted.HasField("distance_m")
    assert not unstated.HasField("distance_m")
    assert accepted.event_time.ToMilliseconds() == 1_500
    assert accepted.worker_id == PSEUDONYMS.pseudonym("driver-0")
    stated = {field.name for field, _ in unstated.ListFields()}
    assert stated == {"event_id", "worker_id", "order_id", "event_time", "kind", "area_code"}


@pytest.mark.parametrize("arrival", Arrival)
def test_no_trips_are_no_events(arrival: Arrival) -> None:
    assert list(dispatches(trip_events(trips_of([]), arrival), PSEUDONYMS, "130200")) == []
