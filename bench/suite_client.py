"""The whole suite in a process of its own, who speaks with it, and a made-up day as requests."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

import grpc

from bench.work_day import AREAS, PLATFORMS, WorkDay
from quzhong.api.events.v1 import events_pb2, findings_pb2
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc
from quzhong.api.registry.v1 import registry_pb2, registry_pb2_grpc

CITY = "130200"
REGULATOR = "bench-authority"
UNION = "bench-union"
IN_FLIGHT = 16

Metadata = tuple[tuple[str, str | bytes], ...]
Requests = list[intake_pb2.SubmitDispatchesRequest]
"""At most one of each platform."""


@dataclass(frozen=True, slots=True)
class Suite:
    """What runs in the other process."""

    address: str
    token: str
    """The administrator's."""
    portal: str
    """Address of its pages; empty: it has none."""
    pid: int
    said: IO[str]
    heard: IO[str]

    def drain(self) -> None:
        """Wait until everything accepted so far has had all its effects."""
        self.said.write("\n")
        self.said.flush()
        if not self.heard.readline():
            raise SystemExit("the suite has ended: what it said stands above")


@contextmanager
def running_suite(folder: Path, *, portal: bool = False) -> Iterator[Suite]:
    """A suite whose data lie in ``folder``."""
    command = [sys.executable, "-m", "bench.suite_process", str(folder), *(["--portal"] if portal else [])]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process, cast(IO[str], process.stdin) as said, cast(IO[str], process.stdout) as heard:
        started = json.loads(heard.readline())
        yield Suite(started["address"], started["token"], started["portal"], process.pid, said, heard)


@dataclass(slots=True)
class Parties:
    """Three platforms, an authority and a union, over one channel."""

    channel: grpc.Channel
    tokens: dict[str, str] = field(default_factory=dict)
    """By party."""

    def register(self, admin_token: str) -> None:
        """Make them known."""
        registry, admin = registry_pb2_grpc.RegistryServiceStub(self.channel), bearer(admin_token)
        for name in PLATFORMS:
            platform = registry_pb2.RegisterPlatformRequest(
                request_id=f"bench-{name}", platform_id=name, name=_text(name), area_codes=AREAS
            )
            self.tokens[name] = registry.RegisterPlatform(platform, metadata=admin).token
        for name, role in ((REGULATOR, registry_pb2.ROLE_REGULATOR), (UNION, registry_pb2.ROLE_UNION)):
            supervisor = registry_pb2.RegisterSupervisorRequest(
                request_id=name, party_id=name, role=role, name=_text(name), area_codes=[CITY]
            )
            self.tokens[name] = registry.RegisterSupervisor(supervisor, metadata=admin).token

    def credentials(self, party: str) -> Metadata:
        """What a call in the party's name carries."""
        return bearer(self.tokens[party])

    def submit(self, request: intake_pb2.SubmitDispatchesRequest) -> None:
        """Hand in what one platform has."""
        submit = intake_pb2_grpc.IntakeServiceStub(self.channel).SubmitDispatches
        answer = submit(request, metadata=self.credentials(request.platform_id)).answer
        if answer.accepted != len(request.dispatches):
            raise SystemExit(f"{answer.rejected} rows were rejected: this measures something else")


def bearer(token: str) -> Metadata:
    """A credential as a call carries it."""
    return (("authorization", f"Bearer {token}"),)


def requests_of(day: WorkDay, rows: int) -> Iterator[Requests]:
    """The day, so many rows at a time, by platform."""
    for number, batch in enumerate(day.batches(rows)):
        workers, areas = batch.names("worker").tolist(), batch.names("area").tolist()
        first_ms = int(day.time_ms[0])
        requests = [
            intake_pb2.SubmitDispatchesRequest(request_id=f"{name}-{first_ms}-{number}", platform_id=name)
            for name in PLATFORMS
        ]
        for row, platform in enumerate(batch["platform"].tolist()):
            dispatch = events_pb2.Dispatch(
                event_id=batch.texts["event_ids"][row],
                order_id=batch.texts["order_ids"][row],
                worker_id=workers[row],
                area_code=areas[row],
                kind=events_pb2.DispatchKind.ValueType(int(batch["kind"][row])),
                service=events_pb2.SERVICE_KIND_FOOD_DELIVERY,
                vehicle=events_pb2.VEHICLE_E_BIKE,
                distance_m=int(batch["distance_m"][row]),
                pay_fen=int(batch["pay_fen"][row]),
                weather=events_pb2.WEATHER_NORMAL,
            )
            dispatch.event_time.FromMilliseconds(int(batch["event_time_ms"][row]))
            dispatch.promised_duration.FromMilliseconds(int(batch["promised_ms"][row]))
            dispatch.estimated_duration.FromMilliseconds(int(batch["estimated_ms"][row]))
            requests[platform].dispatches.append(dispatch)
        yield [request for request in requests if request.dispatches]


def _text(name: str) -> findings_pb2.LocalText:
    return findings_pb2.LocalText(zh=f"{name}（测速）", en=name)
