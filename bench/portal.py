"""What pages cost: ``python -m bench.portal``.

The whole suite with the portal runs in a process of its own, and has a city's events: 50,000 workers, ten
million events of two days, with the findings and cases that come of them, declared limits and an audit. Then
each audience's pages are asked for, one after the other as one reader would, over a connection that is kept;
a page's time is from the request to its last byte. The weight of a first page is what a browser fetches that
has nothing yet: the page, its style sheets and its scripts, compressed as they are sent.

The baseline beside it is ``/healthz`` of the same portal: the same connection, middleware and event loop,
without a page and without the suite behind it.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import grpc
import httpx
import numpy as np
from google.protobuf.timestamp_pb2 import Timestamp
from numpy.typing import NDArray

from bench.suite_client import CITY, IN_FLIGHT, REGULATOR, UNION, Parties, requests_of, running_suite
from bench.verdict import at_most
from bench.work_day import DAY_MS, EVENTS_AN_ORDER, HOUR_MS, PLATFORMS, START_MS, work_day
from quzhong.api.algo_audit.v1 import algo_audit_pb2, algo_audit_pb2_grpc
from quzhong.api.events.v1 import events_pb2
from quzhong.api.registry.v1 import registry_pb2, registry_pb2_grpc

WORKERS = 50_000
ORDERS = 25
DAYS = 2
ROWS = 6_000
"""A send's; some 2,000 a platform."""
ROUNDS = 100
TARGET_P95_MS = 100
TARGET_KB = 300
METRIC = "delivery_time"
LIMIT_S = 1_200.0

PAGES = {
    REGULATOR: ("/feed", "/cases", "/agenda", "/reports", f"/audit?area={CITY}"),
    UNION: ("/thresholds", "/consultations", "/appeals"),
    PLATFORMS[0]: ("/standing", "/cases", "/rules"),
}
"""By reader; the first is the page its audience begins with."""
LINKS = {
    REGULATOR: (("/cases", "/cases/"), ("/feed", "/findings/")),
    UNION: (("/thresholds", "/thresholds/one?"),),
    PLATFORMS[0]: (("/cases", "/cases/"),),
}
"""Pages of one thing: on which page, and how the link to it begins."""

Times = NDArray[np.float64]
"""Milliseconds, one a request."""


def main() -> None:
    """Fill a city, measure, print."""
    asked = _arguments()
    events = asked.workers * ORDERS * EVENTS_AN_ORDER * DAYS
    print(f"portal: {asked.workers:,} workers, {events:,} events of {DAYS} days, SQLite", flush=True)
    with (
        tempfile.TemporaryDirectory(prefix="quzhong-bench-") as folder,
        running_suite(Path(folder), portal=True) as suite,
        grpc.insecure_channel(suite.address) as channel,
    ):
        parties = Parties(channel)
        parties.register(suite.token)
        _declare(parties)
        began = time.perf_counter()
        for day in range(DAYS):
            _fill(parties, asked.workers, day)
            suite.drain()
            print(f"  day {day + 1} is in after {time.perf_counter() - began:,.0f} s", flush=True)
        _audit(parties)
        suite.drain()
        everything: list[Times] = []
        for party in PAGES:
            everything += list(_measured(suite.portal, party, parties.tokens[party], asked.rounds))
    high = float(np.percentile(np.concatenate(everything), 95))
    print(at_most("ms of any page, p95", high, TARGET_P95_MS))


def _declare(parties: Parties) -> None:
    """A limit of each platform, so that there is something to audit."""
    registry = registry_pb2_grpc.RegistryServiceStub(parties.channel)
    for platform in PLATFORMS:
        limit = registry_pb2.DeclareThresholdRequest(
            request_id=f"limit-{platform}",
            platform_id=platform,
            metric_id=METRIC,
            area_code=CITY,
            service=events_pb2.SERVICE_KIND_FOOD_DELIVERY,
            value=LIMIT_S,
            effective_time=_moment(START_MS - 30 * DAY_MS),
        )
        registry.DeclareThreshold(limit, metadata=parties.credentials(platform))


def _fill(parties: Parties, workers: int, day: int) -> None:
    """Hand a day in, as fast as intake takes it."""
    waiting: set[Future[None]] = set()
    with ThreadPoolExecutor(IN_FLIGHT) as senders:
        for requests in requests_of(work_day(workers, ORDERS, day=day), ROWS):
            waiting |= {senders.submit(parties.submit, request) for request in requests}
            while len(waiting) > IN_FLIGHT:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for each in done:
                    each.result()
        for each in waiting:
            each.result()


def _audit(parties: Parties) -> None:
    """The audit that the pages show: of the month the days are in."""
    audit = algo_audit_pb2_grpc.AlgoAuditServiceStub(parties.channel)
    request = algo_audit_pb2.RunAuditRequest(
        request_id="bench",
        metric_id=METRIC,
        area_code=CITY,
        period_start_time=_moment(START_MS - 6 * HOUR_MS - 15 * DAY_MS),
        period_end_time=_moment(START_MS - 6 * HOUR_MS + 16 * DAY_MS),
    )
    audit.RunAudit(request, metadata=parties.credentials(REGULATOR))


def _measured(portal: str, party: str, token: str, rounds: int) -> Iterator[Times]:
    """Print a line a page, and yield its times."""
    with httpx.Client(
        base_url=portal, headers={"authorization": f"Bearer {token}", "accept": "text/html"}
    ) as reader:
        _line(party, "/healthz", _times(reader, "/healthz", rounds))
        first = PAGES[party][0]
        print(at_most(f"{party} {first} first fetched, kB", _weight(reader, first) / 1_000, TARGET_KB))
        found = [link for page, start in LINKS[party] if (link := _link(reader, page, start))]
        for page in (*PAGES[party], *found):
            times = _times(reader, page, rounds)
            _line(party, page, times)
            yield times


def _line(party: str, page: str, times: Times) -> None:
    median, high = np.percentile(times, [50, 95])
    print(f"  {party} {page[:40]}: p50 {median:.1f} ms, p95 {high:.1f} ms", flush=True)


def _times(reader: httpx.Client, page: str, rounds: int) -> Times:
    times = np.empty(rounds)
    for number in range(rounds):
        began = time.perf_counter()
        reader.get(page).raise_for_status()
        times[number] = (time.perf_counter() - began) * 1_000
    return times


def _link(reader: httpx.Client, page: str, start: str) -> str | None:
    """The page's first link that begins so."""
    found = re.search(rf'href="({re.escape(start)}[^"/]+)"', reader.get(page).text)
    if found is None:
        print(f"  {page} has no link to {start}: not measured")
        return None
    return unescape(found[1])


def _weight(reader: httpx.Client, page: str) -> int:
    """Bytes on the wire, without fonts."""
    answer = reader.get(page)
    parts = re.findall(
        r'<(?:script[^>]+src|link[^>]+rel="stylesheet"[^>]+href|img[^>]+src)="([^"]+)"', answer.text
    )
    return answer.num_bytes_downloaded + sum(
        reader.get(urlsplit(unescape(part))._replace(scheme="", netloc="").geturl()).num_bytes_downloaded
        for part in sorted(set(parts))
    )


def _moment(epoch_ms: int) -> Timestamp:
    return Timestamp(seconds=epoch_ms // 1_000)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.portal")
    parser.add_argument("--workers", type=int, default=WORKERS, help=f"default {WORKERS:,}")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"requests a page; default {ROUNDS}")
    return parser.parse_args()


if __name__ == "__main__":
    main()
