"""Trips as dispatch events, in the order in which they are to arrive."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from google.protobuf.timestamp_pb2 import Timestamp
from numpy.typing import NDArray

from cli.choices import Arrival
from cli.trips import Trips
from quzhong import Pseudonymiser
from quzhong.api.events.v1 import events_pb2

SHUFFLE_SEED = 20_220_101
"""Any number would do; a fixed one makes a shuffled replay repeatable."""


@dataclass(frozen=True, slots=True)
class TripEvents:
    """Two events a trip: ACCEPTED at its start, COMPLETED at its end. Columns in the order of arrival."""

    trips: Trips
    trip: NDArray[np.int64]
    """Row of the trip each event is of."""
    completed: NDArray[np.bool_]
    """COMPLETED, else ACCEPTED."""
    time_ms: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.trip)


def trip_events(trips: Trips, arrival: Arrival) -> TripEvents:
    """The events of all trips. At equal times they keep the order of the file, starts before ends."""
    count = len(trips)
    trip = np.tile(np.arange(count), 2)
    completed = np.repeat([False, True], count)
    time_ms = np.concatenate([trips.start_ms, trips.end_ms])
    order = np.argsort(time_ms, kind="stable")
    match arrival:
        case Arrival.REVERSED:
            order = order[::-1]
        case Arrival.SHUFFLED:
            order = np.random.default_rng(SHUFFLE_SEED).permutation(order)
        case Arrival.HALF_REVERSED:
            order = np.concatenate([order[:count], order[count:][::-1]])
    return TripEvents(trips, trip[order], completed[order], time_ms[order])


def dispatches(
    events: TripEvents, pseudonymiser: Pseudonymiser, area_code: str
) -> Iterator[events_pb2.Dispatch]:
    """The rows to send, made one by one. The same trip makes the same two events in every replay."""
    trips = events.trips
    seen: dict[int, str] = {}
    columns = zip(events.trip.tolist(), events.completed.tolist(), events.time_ms.tolist(), strict=True)
    for trip, completed, time_ms in columns:
        order_id = seen.pop(trip, None)
        if order_id is None:
            order_id = seen[trip] = order_pseudonym(trips.order[trip])
        metres = int(trips.distance_m[trip])
        seconds, milliseconds = divmod(time_ms, 1000)
        yield events_pb2.Dispatch(
            event_id=f"{order_id}-{'c' if completed else 'a'}",
            worker_id=pseudonymiser.pseudonym(trips.driver[trip]),
            order_id=order_id,
            event_time=Timestamp(seconds=seconds, nanos=milliseconds * 1_000_000),
            kind=events_pb2.DISPATCH_KIND_COMPLETED if completed else events_pb2.DISPATCH_KIND_ACCEPTED,
            area_code=area_code,
            distance_m=metres if metres >= 0 else None,
        )


def order_pseudonym(order: str) -> str:
    """22 characters for any order number: 128 bits of BLAKE2b."""
    digest = blake2b(order.encode(), digest_size=16, person=b"quzhong order").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
