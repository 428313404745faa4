"""From an event's acceptance to the advice on the stream: ``python -m bench.advisory_latency``.

The whole suite runs in a process of its own, log and stores in SQLite. Three platforms hand in a day's
dispatches at a steady rate, and a labour authority watches what the platforms are advised. Each advisory says
when intake accepted the event that caused it (``accept_time``) and when it was made (``create_time``); what
is left is the way to the watcher. Advice that only the passing of time caused has no ``accept_time``, and is
counted but not timed.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import grpc
import numpy as np

from bench.suite_client import IN_FLIGHT, REGULATOR, Parties, Requests, requests_of, running_suite
from bench.verdict import at_most
from bench.work_day import EVENTS_AN_ORDER, work_day
from kit.clock import system_clock
from quzhong.api.workhours.v1 import workhours_pb2, workhours_pb2_grpc

EVENTS_S = 10_000
SECONDS = 60
ORDERS = 25
SENDS_S = 20
"""How often each platform sends what it has: some 170 rows at ``EVENTS_S``."""
TARGET_P99_MS = 1_000
"""PERFORMANCE: p99 below this."""


class Heard(NamedTuple):
    """One message of the stream."""

    at_ms: int
    advisory: workhours_pb2.Advisory


def _watch(parties: Parties, heard: list[Heard]) -> None:
    """Follow the stream until the channel closes."""
    watch = workhours_pb2_grpc.WorkhoursServiceStub(parties.channel).WatchAdvisories
    try:
        for said in watch(workhours_pb2.WatchAdvisoriesRequest(), metadata=parties.credentials(REGULATOR)):
            heard.append(Heard(system_clock(), said.advisory))
    except grpc.RpcError as error:
        if error.code() is not grpc.StatusCode.CANCELLED:
            raise


def _send(parties: Parties, sends: Sequence[Requests]) -> float:
    """Send at the rate, whatever the answers take; the seconds it took until the last answer."""
    began, answers = time.perf_counter(), []
    with ThreadPoolExecutor(IN_FLIGHT) as senders:
        for number, requests in enumerate(sends):
            time.sleep(max(0.0, began + number / SENDS_S - time.perf_counter()))
            answers += [senders.submit(parties.submit, request) for request in requests]
    for each in answers:
        each.result()
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    day = work_day(max(asked.events_s * asked.seconds // (ORDERS * EVENTS_AN_ORDER), 1), ORDERS)
    sends = list(requests_of(day, asked.events_s // SENDS_S))
    heard: list[Heard] = []
    print(f"advisory latency: {len(day):,} events at {asked.events_s:,} a second through the suite, SQLite")
    with (
        tempfile.TemporaryDirectory(prefix="quzhong-bench-") as folder,
        running_suite(Path(folder)) as suite,
        grpc.insecure_channel(suite.address) as channel,
    ):
        parties = Parties(channel)
        parties.register(suite.token)
        watcher = threading.Thread(target=_watch, args=(parties, heard))
        watcher.start()
        seconds = _send(parties, sends)
        suite.drain()
        time.sleep(1.0)  # the last words are on their way
        channel.close()
        watcher.join()
    print(f"  sent in {seconds:.1f} s, {len(day) / seconds:,.0f} events/s")
    _tell(heard)


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


if __name__ == "__main__":
    main()
