"""What telemetry costs, in processor time of the servers: ``python -m bench.telemetry``.

Intake (500-row requests) and workhours (a day of riders from a log in SQLite), each on one core, in turn
without telemetry and with all of it: every span sampled and exported over OTLP to a collector on another core
that drops them, metrics over OTLP and for Prometheus.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc

from bench import intake, workhours_unit
from bench.dispatch_rows import batches
from bench.work_day import EVENTS_AN_ORDER, work_day
from bench.workhours_log import PARTITIONS, fill
from kit.eventlog.open import open_event_log
from kit.eventlog.topics import TOPICS

ROUNDS = 5
BATCHES, ROWS = 800, 500
EVENTS, ORDERS, GROUP_ROWS = 1_000_000, 25, 32_000

_EXPORT = {
    "opentelemetry.proto.collector.trace.v1.TraceService",
    "opentelemetry.proto.collector.metrics.v1.MetricsService",
}


@contextmanager
def sink() -> Iterator[str]:
    """A collector that takes everything and keeps nothing; answers its endpoint."""
    server = grpc.server(ThreadPoolExecutor(2))
    taken: grpc.RpcMethodHandler[Any, Any] = grpc.unary_unary_rpc_method_handler(lambda request, context: b"")
    for service in _EXPORT:
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, {"Export": taken}),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop(None).wait()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.telemetry")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"default {ROUNDS}")
    rounds = parser.parse_args().rounds
    processors = sorted(os.sched_getaffinity(0))
    requests = batches(BATCHES, ROWS)
    day = work_day(EVENTS // (ORDERS * EVENTS_AN_ORDER), ORDERS)
    with sink() as endpoint, tempfile.TemporaryDirectory(prefix="quzhong-bench-") as name:
        folder = Path(name)
        log_url = f"sqlite:///{folder / 'log.db'}"
        log = open_event_log(log_url)
        log.ensure_topics(TOPICS, PARTITIONS)
        fill(log, [day], GROUP_ROWS)
        log.close()

        def intake_s() -> float:
            run = intake.measure("intake", requests, processors)
            return run.server_cores * BATCHES * ROWS / run.rows_s

        def workhours_s() -> float:
            store = Path(tempfile.mkdtemp(dir=folder))
            return workhours_unit.run_apart(log_url, store).cpu_s

        print(f"telemetry: processor seconds of the server, median of {rounds}, in turn")
        _compare(f"intake, {BATCHES * ROWS:,} rows", intake_s, endpoint, rounds)
        _compare(f"workhours, {len(day):,} events", workhours_s, endpoint, rounds)


def _compare(what: str, seconds: Callable[[], float], endpoint: str, rounds: int) -> None:
    off: list[float] = []
    on: list[float] = []
    for _ in range(rounds):
        _telemetry("")
        off.append(seconds())
        _telemetry(endpoint)
        on.append(seconds())
    without, with_all = statistics.median(off), statistics.median(on)
    spread = (max(off) - min(off)) / without
    print(
        f"  {what}: {without:.2f} s without (spread {spread:.0%}), {with_all:.2f} s with all of it: "
        f"{with_all / without - 1:+.1%}"
    )


def _telemetry(endpoint: str) -> None:
    """For the processes that are started from now on."""
    for name, value in (("QUZHONG_OTLP_ENDPOINT", endpoint), ("QUZHONG_METRICS_PORT", "0")):
        if endpoint:
            os.environ[name] = value
        else:
            os.environ.pop(name, None)


if __name__ == "__main__":
    main()
