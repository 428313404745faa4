"""Deliveries on a real gRPC socket, to real HTTP and SMTP servers: what the tests drive. Alerts are raised by
hand, in a transaction of the store, as the case work raises them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import grpc
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.clock import system_clock
from kit.directory import Directory
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import REGISTRY, TOPICS
from kit.grpc.host import Host
from kit.ledger import Ledger, ledger_keys
from kit.security import tokens
from kit.security.caller import Role
from kit.storage.store import Store
from kit.storage.tables import LEDGER_ENTRY
from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.notify.v1 import casework_pb2, delivery_pb2_grpc, notify_pb2
from quzhong.api.notify.v1 import delivery_pb2 as pb
from quzhong.api.registry.v1 import registry_pb2
from services.notify.adapters.names import DirectoryNames
from services.notify.adapters.rows import alert_values
from services.notify.adapters.tables import ALERTS, CASE_DEPARTMENTS, CASES, METADATA
from services.notify.core.alerts import Alert, AlertKind
from services.notify.core.findings import Place, Severity
from services.notify.core.text import Text
from services.notify.delivery_app import DeliveryPart
from services.notify.settings import NotifySettings

AT_ONCE = (0.01,) * 9

PARTIES: dict[str, tuple[Role, tuple[str, ...]]] = {
    "swift": (Role.PLATFORM, ("130200",)),
    "steady": (Role.PLATFORM, ("130200",)),
    "tangshan": (Role.REGULATOR, ("130200",)),
    "lunan": (Role.REGULATOR, ("130202",)),
    "union": (Role.UNION, ("130200",)),
    "admin": (Role.ADMINISTRATOR, ()),
    "auditor": (Role.AUDITOR, ()),
}


class MovedClock:
    """Real time, and what a test adds to it."""

    def __init__(self) -> None:
        self.ahead_ms = 0

    def __call__(self) -> int:
        return system_clock() + self.ahead_ms

    def move(self, *, days: float = 0, hours: float = 0, seconds: float = 0) -> None:
        self.ahead_ms += round((days * 86_400 + hours * 3_600 + seconds) * 1_000)


def alert(
    number: int,
    *,
    kind: AlertKind = AlertKind.CASE_OPENED,
    severity: Severity = Severity.BREACH,
    platform: str = "swift",
    area: str = "130202",
    rule: str = "r1",
    case_id: str = "case-1",
    title: str = "新增问题线索",
    about_worker: bool = False,
    at_ms: int | None = None,
) -> Alert:
    """One thing to tell."""
    return Alert(
        alert_id=f"alert-{number}",
        kind=kind,
        severity=severity,
        place=Place(platform, rule, area),
        title=Text(f"{title} {number}", f"Case opened {number}"),
        event_time_ms=1_773_633_600_000,
        create_time_ms=system_clock() if at_ms is None else at_ms,
        case_id=case_id,
        finding_id=f"f{number}",
        about_worker=about_worker,
    )


class Receiver:
    """An HTTP server that answers as told and keeps what it was sent."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        """Statuses of the next answers; 204 once they are used up."""
        self.hangs = threading.Event()
        """While set, requests to /slow are not answered."""
        self.received: list[tuple[dict[str, str], bytes, int, str]] = []
        """Headers, body, the status they were answered with, and the path."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                while receiver.hangs.is_set() and self.path == "/slow":
                    time.sleep(0.02)
                status = receiver.answers.pop(0) if receiver.answers else 204
                headers = {key.lower(): value for key, value in self.headers.items()}
                receiver.received.append((headers, body, status, self.path))
                self.send_response(status)
                if status != 204:
                    self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Silent."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 512

            def handle_error(self, *args: Any) -> None:
                """Whoever gave up waiting has closed the connection."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"{self.base}/hook"

    def close(self) -> None:
        self.hangs.clear()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def taken(self) -> list[dict[str, Any]]:
        """Bodies that were answered with 2xx."""
        return [json.loads(body) for _, body, status, _ in self.received if status < 300]


class _Unit:
    """The part of notify that delivers, as a unit of a server."""

    name = "notify"
    grpc_services = (DeliveryPart.grpc_service,)

    def __init__(self, part: DeliveryPart, ledger: Ledger) -> None:
        self._part = part
        self.access_log = ledger
        self.add_to, self.start, self.stop = part.add_to, part.start, part.stop
        self.drained = part.idle

    def healthy(self) -> bool:
        return self._part.failed is None


@dataclass
class Delivering:
    """One life of the service."""

    store: Store
    log: MemoryEventLog
    directory: Directory
    part: DeliveryPart
    host: Host
    tokens: dict[str, tokens.NewToken]
    clock: MovedClock
    asked: int = 0
    channels: list[grpc.Channel] = field(default_factory=list)

    def call(self, party: str, method: str, request: Any) -> Any:
        """A call of DeliveryService; a request without an id gets a new one."""
        if "request_id" in request.DESCRIPTOR.fields_by_name and not request.request_id:
            self.asked += 1
            request.request_id = f"r{self.asked}"
        channel = grpc.insecure_channel(self.host.address)
        self.channels.append(channel)
        stub = delivery_pb2_grpc.DeliveryServiceStub(channel)
        metadata = [("authorization", f"Bearer {self.tokens[party].token}")]
        return getattr(stub, method)(request, metadata=metadata, timeout=10)

    def subscribe(
        self,
        address: str,
        party: str = "tangshan",
        *,
        channel: pb.Channel.ValueType = pb.CHANNEL_WEBHOOK,
        digest: pb.Digest.ValueType = pb.DIGEST_NONE,
        language: casework_pb2.Language.ValueType = casework_pb2.LANGUAGE_UNSPECIFIED,
        **wish: Any,
    ) -> pb.CreateSubscriptionResponse:
        request = pb.CreateSubscriptionRequest(
            channel=channel,
            address=address,
            digest=digest,
            language=language,
            filter=notify_pb2.AlertFilter(**wish),
        )
        answer: pb.CreateSubscriptionResponse = self.call(party, "CreateSubscription", request)
        return answer

    def subscription(self, party: str = "tangshan") -> pb.Subscription:
        """The only one."""
        (only,) = self.call(party, "ListSubscriptions", pb.ListSubscriptionsRequest()).subscriptions
        assert isinstance(only, pb.Subscription)
        return only

    def deliveries(self, party: str = "tangshan", subscription_id: str = "") -> list[pb.Delivery]:
        """Newest first."""
        request = pb.ListDeliveriesRequest(subscription_id=subscription_id)
        return list(self.call(party, "ListDeliveries", request).deliveries)

    def tell(self, *alerts: Alert, wake: bool = True) -> None:
        """Raise alerts, in one transaction."""
        with self.store.transaction() as connection:
            connection.execute(sa.insert(ALERTS), [alert_values(each) for each in alerts])
            self.part.queue_deliveries(connection, alerts)
        if wake:
            self.part.wake()

    def move(self, *, days: float = 0, hours: float = 0, seconds: float = 0) -> None:
        """Let time pass."""
        self.clock.move(days=days, hours=hours, seconds=seconds)
        self.part.wake()

    def registry_says(self, *entries: registry_pb2.DirectoryEntry) -> None:
        self.log.append([NewRecord(REGISTRY.name, each.SerializeToString(), key=b"k") for each in entries])
        self.directory.refresh()

    def revoke(self, party: str) -> None:
        """End the party's only credential."""
        entry = registry_pb2.DirectoryEntry(credential=_credential(party, self.tokens[party]))
        entry.credential.revoke_time.FromMilliseconds(self.clock())
        self.registry_says(entry)

    def entered(self) -> list[str]:
        """Actions in the ledger, in order."""
        query = sa.select(LEDGER_ENTRY.c.action).order_by(LEDGER_ENTRY.c.sequence)
        with self.store.read() as connection:
            return list(connection.scalars(query))


def open_case(connection: Connection, case_id: str, *departments: str) -> None:
    """A case, as far as deliveries look at one."""
    empty = {
        column.name: [] if isinstance(column.type, sa.JSON) else column.type.python_type()
        for column in CASES.columns
        if not column.nullable
    }
    # One case a place: the id makes it one of its own.
    connection.execute(sa.insert(CASES), empty | {"case_id": case_id, "rule_id": f"rule-of-{case_id}"})
    for department_id in departments:
        connection.execute(sa.insert(CASE_DEPARTMENTS), {"case_id": case_id, "department_id": department_id})


def party_entry(party: str, areas: Sequence[str], *, version: int = 1) -> registry_pb2.DirectoryEntry:
    role = PARTIES[party][0] if party in PARTIES else Role.REGULATOR
    return registry_pb2.DirectoryEntry(
        party=registry_pb2.Party(
            party_id=party,
            role=registry_pb2.Role.ValueType(role),
            name=events.LocalText(zh=f"{party}单位", en=party.title()),
            area_codes=areas,
            version=version,
        )
    )


def _credential(party: str, issued: tokens.NewToken) -> registry_pb2.Credential:
    return registry_pb2.Credential(
        credential_id=issued.credential_id, party_id=party, secret_sha256=issued.secret_sha256
    )


@contextmanager
def delivering(
    data_dir: Path,
    *,
    url: str = "",
    clock: MovedClock | None = None,
    issued: dict[str, tokens.NewToken] | None = None,
    retry_s: tuple[float, ...] = AT_ONCE,
    started: bool = True,
    more_parties: Sequence[str] = (),
    **settings: Any,
) -> Iterator[Delivering]:
    """Start the service over a store; the same folder (or URL) and tokens again are a restart."""
    clock = clock or MovedClock()
    log = MemoryEventLog()
    log.ensure_topics(TOPICS, 4)
    issued = issued if issued is not None else {}
    entries = []
    parties = {party: areas for party, (_, areas) in PARTIES.items()}
    for party, areas in (parties | dict.fromkeys(more_parties, ("130200",))).items():
        issued.setdefault(party, tokens.issue())
        entries.append(party_entry(party, areas))
        entries.append(registry_pb2.DirectoryEntry(credential=_credential(party, issued[party])))
    log.append([NewRecord(REGISTRY.name, each.SerializeToString(), key=b"k") for each in entries])
    given = NotifySettings(data_dir=data_dir, notify_webhook_retry_s=retry_s, **settings)
    directory = Directory(log, clock)
    directory.start()
    store = Store.open(url or given.store_url("notify"), METADATA)
    ledger = Ledger.open(store, "notify", ledger_keys(given), clock)
    part = DeliveryPart(given, store, ledger, directory, DirectoryNames(directory), clock)
    unit = _Unit(part, ledger)
    if not started:
        unit.start = lambda: None
    host = Host([unit], directory, "127.0.0.1:0")
    host.start()
    running = Delivering(store, log, directory, part, host, issued, clock)
    try:
        yield running
    finally:
        for channel in running.channels:
            channel.close()
        host.stop(grace_s=0.2)
        ledger.close()
        store.close()
        directory.stop()
        log.close()


def eventually(true: Callable[[], Any], timeout_s: float = 15.0) -> None:
    """Wait until it holds."""
    deadline = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)
