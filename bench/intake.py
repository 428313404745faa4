"""Rows a second through intake, beside an echo server that is sent the same: ``python -m bench.intake``.

Per round and server: a process of its own on an empty folder, the same requests of 500 rows, ``IN_FLIGHT`` at
a time from this process; server and client each on a core of its own. Intake checks every row, commits (log
and store, SQLite, ``synchronous=FULL``), answers per row, and archives as it goes; the echo server parses the
request and answers with as many verdicts.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Any, cast

import grpc

from bench.dispatch_rows import batches
from bench.verdict import against
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc

ROUNDS = 3
BATCHES = 800
ROWS = 500
IN_FLIGHT = 16
TARGET_SHARE = 0.40
"""PERFORMANCE: at least 40 % of an echo server's rate in the same run."""
TARGET_ROWS_S = 500_000
"""PERFORMANCE: at least this many rows a second and core."""


@dataclass(frozen=True, slots=True)
class Run:
    """One server, one round."""

    rows_s: float
    """Rows answered a second."""
    server_cores: float
    """Processor seconds of the server a second."""


def main() -> None:
    """Measure and print."""
    processors = sorted(os.sched_getaffinity(0))
    print(f"intake: {BATCHES} requests of {ROWS} dispatches, {IN_FLIGHT} in flight, median of {ROUNDS}")
    requests = batches(BATCHES, ROWS)
    runs: dict[str, list[Run]] = {"echo": [], "intake": []}
    for _ in range(ROUNDS):
        for kind, done in runs.items():
            done.append(measure(kind, requests, processors))
    rate = {kind: statistics.median(run.rows_s for run in done) for kind, done in runs.items()}
    cores = {kind: statistics.median(run.server_cores for run in done) for kind, done in runs.items()}
    for kind in runs:
        print(
            f"  {kind:7} {rate[kind]:>11,.0f} rows/s, {cores[kind]:.2f} cores: "
            f"{rate[kind] / cores[kind]:>11,.0f} rows/s a core"
        )
    print(against("intake / echo", rate["intake"] / rate["echo"], TARGET_SHARE))
    print(against("intake, rows/s a core", rate["intake"] / cores["intake"], TARGET_ROWS_S))


def measure(
    kind: str, requests: Sequence[intake_pb2.SubmitDispatchesRequest], processors: Sequence[int]
) -> Run:
    """One round against a fresh server, which takes the first core; the client takes the others."""
    os.sched_setaffinity(0, processors)
    with tempfile.TemporaryDirectory(prefix="quzhong-bench-") as folder:
        server = subprocess.Popen(
            [sys.executable, "-m", "bench.intake_server", kind, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with server, cast(IO[str], server.stdin) as said, cast(IO[str], server.stdout) as heard:

            def ask() -> Any:
                said.write("\n")
                said.flush()
                return json.loads(heard.readline())

            started = json.loads(heard.readline())
            os.sched_setaffinity(0, processors[1:] or processors)
            with grpc.insecure_channel(started["address"]) as channel:
                grpc.channel_ready_future(channel).result(timeout=10)
                before = ask()
                seconds = _send(channel, started["token"], requests)
                after = ask()
    rows = sum(len(request.dispatches) for request in requests)
    return Run(rows / seconds, (after["cpu_s"] - before["cpu_s"]) / seconds)


def _send(channel: grpc.Channel, token: str, requests: Sequence[intake_pb2.SubmitDispatchesRequest]) -> float:
    submit = intake_pb2_grpc.IntakeServiceStub(channel).SubmitDispatches
    metadata = (("authorization", f"Bearer {token}"),)

    def send(request: intake_pb2.SubmitDispatchesRequest) -> int:
        return submit(request, metadata=metadata).answer.accepted

    with ThreadPoolExecutor(IN_FLIGHT) as senders:
        began = time.perf_counter()
        accepted = sum(senders.map(send, requests))
        seconds = time.perf_counter() - began
    if accepted != sum(len(request.dispatches) for request in requests):
        raise SystemExit(f"only {accepted} rows were accepted: this measured something else")
    return seconds


if __name__ == "__main__":
    main()
