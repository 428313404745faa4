"""From an event's acceptance to the advice on the stream: ``python -m bench.advisory_latency``.

The whole suite runs in a process of its own, log and stores in SQLite. Three platforms hand in a day's
dispatches at a steady rate, and a labour authority watches what the platforms are advised. Each advisory says
when intake accepted the event that caused it (``accept_time``) and when it was made (``create_time``); what
is left is the way to the watcher. Advice that only the passing of time caused has no ``accept_time``, and is
counted but not timed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple, cast

import grpc
import numpy as np

from bench.verdict import at_most
from bench.work_day import AREAS, EVENTS_AN_ORDER, PLATFORMS, WorkDay, work_day
from kit.clock import system_clock
from quzhong.api.events.v1 import events_pb2, findings_pb2
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc
from quzhong.api.registry.v1 import registry_pb2, registry_pb2_grpc
from quzhong.api.workhours.v1 import workhours_pb2, workhours_pb2_grpc

EVENTS_S = 10_000
SECONDS = 60
ORDERS = 25
CITY = "130200"
REGULATOR = "bench-authority"
SENDS_S = 20
"""How often each platform sends what it has: some 170 rows at ``EVENTS_S``."""
IN_FLIGHT = 16
TARGET_P99_MS = 1_000
"""PERFORMANCE: p99 below this."""

Metadata = tuple[tuple[str, str | bytes], ...]


class Heard(NamedTuple):
    """One message of the stream."""

    at_ms: int
    advisory: workhours_pb2.Advisory


@dataclass(slots=True)
class Client:
    """All parties, over one channel."""

    channel: grpc.Channel
    tokens: dict[str, Metadata] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)

    def register(self, admin_token: str) -> None:
        """Make the parties known."""
        registry, admin = registry_pb2_grpc.RegistryServiceStub(self.channel), _bearer(admin_token)
        for name in PLATFORMS:
            platform = registry_pb2.RegisterPlatformRequest(
                request_id=f"bench-{name}", platform_id=name, name=_text(name), area_codes=AREAS
            )
            self.tokens[name] = _bearer(registry.RegisterPlatform(platform, metadata=admin).token)
        authority = registry_pb2.RegisterSupervisorRequest(
            request_id="bench-authority",
            party_id=REGULATOR,
            role=registry_pb2.ROLE_REGULATOR,
            name=_text(REGULATOR),
            area_codes=[CITY],
        )
        self.tokens[REGULATOR] = _bearer(registry.RegisterSupervisor(authority, metadata=admin).token)

    def watch(self) -> None:
        """Follow the stream until the channel closes."""
        watch = workhours_pb2_grpc.WorkhoursServiceStub(self.channel).WatchAdvisories
        try:
            for said in watch(workhours_pb2.WatchAdvisoriesRequest(), metadata=self.tokens[REGULATOR]):
                self.heard.append(Heard(system_clock(), said.advisory))
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.CANCELLED:
                raise

    def send(self, sends: Sequence[Sequence[intake_pb2.SubmitDispatchesRequest]]) -> float:
        """Send at the rate, whatever the answers take; the seconds it took until the last answer."""
        submit = intake_pb2_grpc.IntakeServiceStub(self.channel).SubmitDispatches

        def one(request: intake_pb2.SubmitDispatchesRequest) -> None:
            answer = submit(request, metadata=self.tokens[request.platform_id]).answer
            if answer.accepted != len(request.dispatches):
                raise SystemExit(f"{answer.rejected} rows were rejected: this measures something else")

        began, answers = time.perf_counter(), []
        with ThreadPoolExecutor(IN_FLIGHT) as senders:
            for number, requests in enumerate(sends):
                time.sleep(max(0.0, began + number / SENDS_S - time.perf_counter()))
                answers += [senders.submit(one, request) for request in requests]
        for each in answers:
            each.result()
        return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    day = work_day(max(asked.events_s * asked.seconds // (ORDERS * EVENTS_AN_ORDER), 1), ORDERS)
    sends = list(_sends(day, asked.events_s // SENDS_S))
    print(f"advisory latency: {len(day):,} events at {asked.events_s:,} a second through the suite, SQLite")
    with (
        tempfile.TemporaryDirectory(prefix="quzhong-bench-") as folder,
        _suite(Path(folder)) as (address, token, drain),
        grpc.insecure_channel(address) as channel,
    ):
        client = Client(channel)
        client.register(token)
        watcher = threading.Thread(target=client.watch)
        watcher.start()
        seconds = client.send(sends)
        drain()
        time.sleep(1.0)  # the last words are on their way
        channel.close()
        watcher.join()
    print(f"  sent in {seconds:.1f} s, {len(day) / seconds:,.0f} events/s")
    _tell(client.heard)


def _tell(heard: Sequence[Heard]) -> None:
    """Print what was heard, how much of each kind, and how long each leg of the way took."""
    kinds = Counter(workhours_pb2.AdvisoryKind.Name(each.advisory.kind) for each in heard)
    told = ", ".join(f"{count:,} {kind.removeprefix('ADVISORY_KIND_')}" for kind, count in kinds.items())
    timed = [each for each in heard if each.advisory.HasField("accept_time")]
    print(f"  {len(heard):,} advisories ({told or 'none'}), {len(timed):,} caused by an event")
    if not timed:
        raise SystemExit("nothing was advised: ask for more events")
    accepted = np.array([each.advisory.accept_time.ToMilliseconds() for each in timed])
    made = np.array([each.advisory.create_time.ToMilliseconds() for each in timed])
    received = np.array([each.at_ms for each in timed])
    legs = {
        "accepted to made": made - accepted,
        "made to received": received - made,
        "accepted to received": received - accepted,
    }
    for leg, delays in legs.items():
        median, high, worst = np.percentile(delays, [50, 99, 100])
        print(f"  {leg}: p50 {median:,.0f} ms, p99 {high:,.0f} ms, worst {worst:,.0f} ms")
    high = float(np.percentile(legs["accepted to received"], 99))
    print(at_most("ms from acceptance to the stream, p99", high, TARGET_P99_MS))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.advisory_latency")
    parser.add_argument("--events-s", type=int, default=EVENTS_S, help=f"default {EVENTS_S:,}")
    parser.add_argument("--seconds", type=int, default=SECONDS, help=f"default {SECONDS}")
    return parser.parse_args()


@contextmanager
def _suite(folder: Path) -> Iterator[tuple[str, str, Callable[[], None]]]:
    command = [sys.executable, "-m", "bench.suite_process", str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process, cast(IO[str], process.stdin) as said, cast(IO[str], process.stdout) as heard:
        started = json.loads(heard.readline())

        def drain() -> None:
            said.write("\n")
            said.flush()
            heard.readline()

        yield started["address"], started["token"], drain


def _sends(day: WorkDay, rows: int) -> Iterator[list[intake_pb2.SubmitDispatchesRequest]]:
    """The day as requests: at each send one of each platform."""
    for number, batch in enumerate(day.batches(rows)):
        workers, areas = batch.names("worker").tolist(), batch.names("area").tolist()
        requests = [
            intake_pb2.SubmitDispatchesRequest(request_id=f"{name}-{number}", platform_id=name)
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


def _bearer(token: str) -> Metadata:
    return (("authorization", f"Bearer {token}"),)


def _text(name: str) -> findings_pb2.LocalText:
    return findings_pb2.LocalText(zh=f"{name}（测速）", en=name)


if __name__ == "__main__":
    main()
