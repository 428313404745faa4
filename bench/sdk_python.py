"""Rows a second through the Python client, beside a bare loop over its stub; started by ``bench.sdks``, which
says what is measured.

Reads the task on stdin and prints its figures as one line of JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import grpc

from quzhong import Client, DispatchKind, DispatchRow, ServiceKind, Vehicle
from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc

FIRST = datetime(2026, 3, 16, 4, 31, tzinfo=UTC)
AREA = "130203"
WORKERS = [f"worker-{number:017}" for number in range(100)]
IDENTITIES = [f"identity-{number}" for number in range(100)]


class AtHand:
    """Pseudonyms that are there already."""

    def __init__(self) -> None:
        self._known = dict(zip(IDENTITIES, WORKERS, strict=True))

    def pseudonym(self, identity: str) -> str:
        """Of one of the hundred."""
        return self._known[identity]


def bare(task: dict[str, Any]) -> float:
    """Rows a second of a loop that fills messages and calls the stub."""
    rows, size, in_flight = task["rows"], task["batch_size"], task["max_in_flight"]
    metadata = (("authorization", "Bearer a token"),)
    with grpc.insecure_channel(task["address"]) as channel:
        submit = intake_pb2_grpc.IntakeServiceStub(channel).SubmitDispatches
        accepted = 0
        with ThreadPoolExecutor(in_flight) as senders:
            calls: list[Future[intake_pb2.SubmitDispatchesResponse]] = []
            began = time.perf_counter()
            for start in range(0, rows, size):
                request = intake_pb2.SubmitDispatchesRequest(
                    request_id=f"r-{start}",
                    platform_id="platform-a",
                    dispatches=map(message, range(start, start + size)),
                )
                if len(calls) >= in_flight:
                    accepted += calls.pop(0).result().answer.accepted
                calls.append(senders.submit(submit, request, metadata=metadata))
            accepted += sum(call.result().answer.accepted for call in calls)
            return checked(accepted, rows) / (time.perf_counter() - began)


def message(number: int) -> events_pb2.Dispatch:
    """A row as the stub takes it, of the same fields: its moment is a datetime, as a platform's program has
    it."""
    filled = events_pb2.Dispatch(
        event_id=f"e-{number}",
        worker_id=WORKERS[number % 100],
        order_id=f"o-{number // 2}",
        kind=events_pb2.DISPATCH_KIND_ACCEPTED,
        area_code=AREA,
        service=events_pb2.SERVICE_KIND_FOOD_DELIVERY,
        vehicle=events_pb2.VEHICLE_E_BIKE,
        distance_m=1_000 + number % 5_000,
    )
    filled.event_time.seconds = int((FIRST + timedelta(seconds=number)).timestamp())
    return filled


def row(number: int) -> DispatchRow:
    """The same row as a platform's program has it."""
    return DispatchRow(
        event_id=f"e-{number}",
        identity=IDENTITIES[number % 100],
        order_id=f"o-{number // 2}",
        event_time=FIRST + timedelta(seconds=number),
        kind=DispatchKind.ACCEPTED,
        area_code=AREA,
        service=ServiceKind.FOOD_DELIVERY,
        vehicle=Vehicle.E_BIKE,
        distance_m=1_000 + number % 5_000,
    )


def through_client(task: dict[str, Any], make: Callable[[int], DispatchRow | events_pb2.Dispatch]) -> float:
    """Rows a second, made and added one by one."""
    rows = task["rows"]
    with Client(
        task["address"],
        "a token",
        "platform-a",
        pseudonymiser=AtHand(),
        batch_size=task["batch_size"],
        max_in_flight=task["max_in_flight"],
        linger_s=60.0,  # full batches only: the server's answer is that of one
    ) as client:
        began = time.perf_counter()
        for number in range(rows):
            client.add_dispatch(make(number))
        client.flush()
        return checked(client.totals.accepted, rows) / (time.perf_counter() - began)


def checked(accepted: int, rows: int) -> int:
    """The rows, if all of them were accepted."""
    if accepted != rows:
        raise SystemExit(f"{accepted} of {rows} rows were accepted: this measured something else")
    return rows


def main() -> None:
    """Measure and print."""
    task = json.load(sys.stdin)
    rounds = [
        (bare(task), through_client(task, row), through_client(task, message))
        for _ in range(task["rounds"] + 1)  # the first one warms up
    ][1:]
    bare_rate, rows_rate, messages_rate = (statistics.median(each) for each in zip(*rounds, strict=True))
    figures = {
        "language": "python",
        "rows": task["rows"],
        "client_rows_per_s": rows_rate,
        "messages_rows_per_s": messages_rate,
        "bare_rows_per_s": bare_rate,
        "ratio": rows_rate / bare_rate,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
