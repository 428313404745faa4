"""One run of the whole suite with a collector and a page of metrics; the tests look at what it told."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import SpanContext, Tracer

from cli.connection import Connection
from cli.embedded import EmbeddedSuite
from cli.parties import Name, platform_token
from kit.clock import system_clock
from kit.eventlog.open import open_event_log
from kit.eventlog.port import EventLog, NewRecord, Record, TopicPartition
from kit.eventlog.topics import FINDINGS, NOTICES
from kit.telemetry import metrics
from quzhong import Client, DispatchKind, DispatchRow, LocalPseudonymiser, UnauthenticatedError
from services.notify.adapters.policy_file import SHIPPED
from tests.integration.telemetry.collector import Collector, collecting

CHINA = ZoneInfo("Asia/Shanghai")
IDENTITY, PLATFORM, AREA = "a rider's identity", "platform-a", "130200"
PSEUDONYMS = LocalPseudonymiser(b"a key for these tests")


@dataclass(frozen=True)
class Told:
    """What a run left behind."""

    collector: Collector
    page: str
    """The metrics, as Prometheus reads them."""
    notice: Record
    sent: SpanContext
    """The span of the platform's program in which the one event was handed in."""
    added: SpanContext
    """The span in which a row was added to the client's queue."""
    together: tuple[SpanContext, SpanContext]
    """The spans of two programs that called at the same moment."""


def order(number: int, kind: DispatchKind, minute: int, day: datetime) -> DispatchRow:
    return DispatchRow(
        event_id=f"secret-event-{number}-{kind.name.lower()}",
        identity=IDENTITY,
        order_id=f"secret-order-{number}",
        event_time=day + timedelta(minutes=minute),
        kind=kind,
        area_code=AREA,
    )


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    folder = tmp_path_factory.mktemp("telemetry")
    with collecting() as collector:
        # Set for the suite's start alone: the other tests of this process must not find it.
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("QUZHONG_OTLP_ENDPOINT", collector.endpoint)
            environment.setenv("QUZHONG_METRICS_PORT", "0")
            environment.setenv("QUZHONG_NOTIFY_POLICY", str(_policy(folder)))
            environment.setenv("QUZHONG_INTAKE_LINGER_MS", "100")  # so that two callers meet in one commit
            environment.setenv("OTEL_METRIC_EXPORT_INTERVAL", "300")
            with EmbeddedSuite(folder / "data", portal=False) as suite:
                log = open_event_log(f"sqlite:///{folder / 'data' / 'log.db'}")
                try:
                    parts = _run(suite, log)
                finally:
                    log.close()
                page = urllib.request.urlopen(f"http://{suite.metrics_address}/metrics").read().decode()
                _eventually(lambda: metrics.STORE_SIZE.name in collector.metrics)
        yield Told(collector, page, *parts)


def _run(
    suite: EmbeddedSuite, log: EventLog
) -> tuple[Record, SpanContext, SpanContext, tuple[SpanContext, SpanContext]]:
    tracer = TracerProvider(shutdown_on_exit=False).get_tracer("a platform's own program")
    with Connection(suite.address, suite.admin_token) as admin:
        token = platform_token(admin, PLATFORM, Name("甲平台", "Platform A"), [AREA])
    now = datetime.fromtimestamp(system_clock() / 1000, CHINA)
    day = now.replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=3)
    accepted, completed = DispatchKind.ACCEPTED, DispatchKind.COMPLETED
    with Client(suite.address, token, PLATFORM, pseudonymiser=PSEUDONYMS) as client:
        # 3 h 45 min of work, then one event more: the end of an order of an hour.
        early = [
            row
            for number in range(8)
            for row in (
                order(number, accepted, 30 * number, day),
                order(number, completed, 30 * number + 28, day),
            )
        ]
        client.submit_dispatches([*early, order(8, accepted, 239, day)])
        suite.drain()
        with tracer.start_as_current_span("hand in one event") as span:
            sent = span.get_span_context()
            client.submit_dispatches([order(8, completed, 310, day)])
        suite.drain()
        with tracer.start_as_current_span("add a row") as span:
            added = span.get_span_context()
            client.add_dispatch(order(9, accepted, 900, day))
        client.flush()
        client.submit_dispatches([order(9, accepted, 900, day)])  # known already
        late = day - timedelta(days=400)
        client.submit_dispatches([order(10, accepted, 0, late + timedelta(days=900))])  # from the future
        together = _at_once(client, tracer, day)
    nobody = Client(suite.address, "qz_0000000000000000_unknown", PLATFORM)
    with nobody, pytest.raises(UnauthenticatedError):
        nobody.submit_dispatches([])
    log.append([NewRecord(FINDINGS.name, b"\xff no finding", key=PLATFORM.encode())])
    suite.drain()
    return _first(log), sent, added, together


def _at_once(client: Client, tracer: Tracer, day: datetime) -> tuple[SpanContext, SpanContext]:
    def call(number: int) -> SpanContext:
        with tracer.start_as_current_span(f"program {number}") as span:
            client.submit_dispatches([order(number, DispatchKind.ACCEPTED, number, day)])
            return span.get_span_context()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(call, (1_000, 1_001))
    return first, second


def _first(log: EventLog) -> Record:
    notices = TopicPartition(NOTICES.name, 0)
    _eventually(lambda: bool(list(log.read(notices, 0, 1))))
    return next(log.read(notices, 0, 1))


def _eventually(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def _policy(folder: Path) -> Path:
    """The shipped policy, but one worker is enough for a warning and nothing is waited for."""
    document = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    document["judging"]["quiet"]["value"] = "0 s"
    for rule in document["rules"]:
        if rule["warning"]["when"] == "rate":
            rule["warning"] |= {"workers_per_thousand": 0, "least_workers": 1}
    path = folder / "policy.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return path
