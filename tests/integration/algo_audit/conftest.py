"""algo_audit with the registry and intake, on one socket, and a city's orders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.events.v1 import events_pb2
from quzhong.api.registry.v1 import registry_pb2
from tests.support.dispatches import MINUTE_MS, at, order
from tests.support.suite import CITY, Suite, algo_audit, intake, running_suite

NOW_MS = at("23:00", 3)
"""Two days after the day of the orders is over: its figures may be told."""


class SettableClock:
    """The services' present. It stands still."""

    now_ms = NOW_MS

    def __call__(self) -> int:
        return self.now_ms


CLOCK = SettableClock()
PLATFORMS = ("swift", "steady", "even")
FOOD = events_pb2.SERVICE_KIND_FOOD_DELIVERY
PARCEL = events_pb2.SERVICE_KIND_PARCEL
RIDE_HAILING = events_pb2.SERVICE_KIND_RIDE_HAILING


def deliveries(
    platform: str,
    *,
    workers: int = 12,
    each: int = 10,
    distance_m: int = 1_500,
    shortest: int = 8,
    service: events_pb2.ServiceKind.ValueType = FOOD,
    start: str = "09:00",
    area: str = "130203",
) -> list[events_pb2.Dispatch]:
    """Orders of 8, 9, … 17 minutes over 1.5 km, the same of every worker: the median is 12."""
    first = 1_000 * (1 + PLATFORMS.index(platform))
    return [
        row
        for worker in range(workers)
        for number in range(each)
        for row in order(
            f"{start}-{distance_m}-{service}-{worker}-{number}",
            at(start) + number * 30 * MINUTE_MS,
            at(start) + (number * 30 + shortest + number % 10) * MINUTE_MS,
            worker=first + worker,
            area=area,
            distance_m=distance_m,
            service=service,
        )
    ]


def declare(
    suite: Suite,
    platform: str,
    minutes: float,
    *,
    start_m: int = 0,
    end_m: int = 2_000,
    since: str = "00:00",
    service: events_pb2.ServiceKind.ValueType = FOOD,
    metric_id: str = "delivery_time",
    area: str = CITY,
) -> None:
    """Declare a limit for a distance range (of another metric: 60 times `minutes`), from when it holds."""
    CLOCK.now_ms = at(since)
    suite.as_(platform).registry.DeclareThreshold(
        registry_pb2.DeclareThresholdRequest(
            request_id=suite.request_id(),
            platform_id=platform,
            metric_id=metric_id,
            area_code=area,
            service=service,
            distance_start_m=start_m,
            distance_end_m=end_m,
            value=minutes * 60,
            effective_time=Timestamp(seconds=at(since) // 1000),
        )
    )
    CLOCK.now_ms = NOW_MS


def start(folder: Path) -> Iterator[Suite]:
    """The services, running."""
    with running_suite(folder, intake, algo_audit, clock=CLOCK, audit_public_periods="day") as suite:
        yield suite


@pytest.fixture
def suite(tmp_path: Path) -> Iterator[Suite]:
    """Three platforms, with orders of two of them; a city's and a district's regulator; a union."""
    for suite in start(tmp_path):
        for platform in PLATFORMS:
            suite.platform(platform)
        suite.regulator("tangshan")
        suite.regulator("lubei", "130203")
        suite.regulator("elsewhere", "130281")
        suite.union("city-union")
        suite.submit("swift", deliveries("swift"))
        suite.submit("steady", deliveries("steady"))
        yield suite
