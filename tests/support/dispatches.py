"""Dispatches as platforms send them, said in few words: for tests over the services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.events.v1 import events_pb2

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
MIDNIGHT_MS = 1_773_590_400_000
"""2026-03-16 00:00 in Shanghai."""


def worker_id(number: int) -> str:
    """A pseudonym."""
    return f"worker-pseudonym-{number:06d}"


def at(clock: str, day: int = 0) -> int:
    """ "08:30" in Shanghai on the test's day, or days after it, epoch milliseconds."""
    hours, minutes = clock.split(":")
    return MIDNIGHT_MS + day * DAY_MS + int(hours) * HOUR_MS + int(minutes) * MINUTE_MS


def dispatch(
    order_id: str,
    kind: events_pb2.DispatchKind.ValueType,
    time_ms: int,
    *,
    worker: int = 0,
    area: str = "130203",
    distance_m: int | None = None,
    service: events_pb2.ServiceKind.ValueType = events_pb2.SERVICE_KIND_FOOD_DELIVERY,
) -> events_pb2.Dispatch:
    """One event; the same arguments make the same event."""
    return events_pb2.Dispatch(
        event_id=f"{order_id}-{kind}",
        worker_id=worker_id(worker),
        order_id=order_id,
        event_time=Timestamp(seconds=time_ms // 1000, nanos=time_ms % 1000 * 1_000_000),
        kind=kind,
        area_code=area,
        service=service,
        distance_m=distance_m,
    )


def order(
    order_id: str, accepted_ms: int, completed_ms: int, *, worker: int = 0, area: str = "130203", **more: int
) -> list[events_pb2.Dispatch]:
    """An order, accepted and completed."""
    ends = (
        (events_pb2.DISPATCH_KIND_ACCEPTED, accepted_ms),
        (events_pb2.DISPATCH_KIND_COMPLETED, completed_ms),
    )
    return [
        dispatch(order_id, kind, time_ms, worker=worker, area=area, **more)  # type: ignore[arg-type]
        for kind, time_ms in ends
    ]


def shift(
    name: str,
    start_ms: int,
    *,
    orders: int,
    minutes: int = 45,
    gap: int = 1,
    worker: int = 0,
    area: str = "130203",
) -> list[events_pb2.Dispatch]:
    """Orders one after the other: six of 45 min, 1 min apart, are 4 h 30 min of work in 4 h 35 min."""
    return [
        row
        for number, begin in enumerate(_begins(start_ms, orders, minutes + gap))
        for row in order(f"{name}-{number}", begin, begin + minutes * MINUTE_MS, worker=worker, area=area)
    ]


def time_passes(to_ms: int, partitions: int) -> list[events_pb2.Dispatch]:
    """Orders of other workers at that moment, enough of them to reach every partition."""
    return [
        row
        for number in range(40 * partitions)
        for row in order(f"passes-{to_ms}-{number}", to_ms - MINUTE_MS, to_ms, worker=900_000 + number)
    ]


def _begins(start_ms: int, count: int, every_minutes: int) -> Iterator[int]:
    return (start_ms + number * every_minutes * MINUTE_MS for number in range(count))


def mixed(rows: Sequence[events_pb2.Dispatch], step: int) -> list[events_pb2.Dispatch]:
    """The rows in another order: every ``step``-th, then those after them, and so on."""
    return [row for first in range(step) for row in rows[first::step]]
