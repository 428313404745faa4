"""Registry and intake behind a real socket, over SQLite, and a client that speaks to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from kit.clock import Clock
from kit.columns import EventBatch
from kit.columns.records import decode_record
from kit.directory import Directory
from kit.eventlog.open import open_event_log
from kit.eventlog.port import EventLog, Record
from kit.eventlog.topics import DISPATCHES, TOPICS, Topic
from kit.grpc.host import Host, Unit
from quzhong.api.events.v1 import columns_pb2, events_pb2
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc
from quzhong.api.registry.v1 import registry_pb2, registry_pb2_grpc
from services.intake.app import build as build_intake
from services.intake.settings import IntakeSettings
from services.registry.app import build as build_registry
from services.registry.settings import RegistrySettings

NOW_MS = 1_773_630_000_000
"""2026-03-16 11:00 in Shanghai."""

PLATFORMS = ("swift", "steady")
REGULATORS = {"tangshan": "130200", "lubei": "130203"}


class RefusedError(Exception):
    """What a refused call told."""

    def __init__(self, error: grpc.RpcError) -> None:
        self.code: grpc.StatusCode = error.code()
        self.message: str = error.details() or ""
        self.info = error_details_pb2.ErrorInfo()
        self.retry: error_details_pb2.RetryInfo | None = None
        self.fields: list[str] = []
        self.zh = ""
        status = rpc_status.from_call(error)
        for detail in status.details if status else ():
            self._take(detail)
        super().__init__(self.code, self.info.reason, self.message)

    @property
    def reason(self) -> str:
        """Of the ErrorInfo."""
        return str(self.info.reason)

    def _take(self, detail: Any) -> None:
        retry, bad = error_details_pb2.RetryInfo(), error_details_pb2.BadRequest()
        localized = error_details_pb2.LocalizedMessage()
        if detail.Unpack(retry):
            self.retry = retry
        elif detail.Unpack(bad):
            self.fields = [violation.field for violation in bad.field_violations]
        elif detail.Unpack(localized):
            self.zh = localized.message
        else:
            detail.Unpack(self.info)


@dataclass
class Client:
    """Speaks to a suite, wherever it runs. Raises ``RefusedError``."""

    address: str
    admin: str
    tokens: dict[str, str] = field(default_factory=dict)
    """Party → token."""

    def __post_init__(self) -> None:
        self.channel = grpc.insecure_channel(self.address)
        self.intake = intake_pb2_grpc.IntakeServiceStub(self.channel)

    def register(self) -> dict[str, str]:
        """Register everybody; the tokens."""
        registry = registry_pb2_grpc.RegistryServiceStub(self.channel)
        for party in PLATFORMS:
            request = registry_pb2.RegisterPlatformRequest(
                request_id=party, platform_id=party, name=LocalText(zh="平台"), area_codes=["130200"]
            )
            self.tokens[party] = self.call(registry.RegisterPlatform, request, self.admin).token
        for party, area in REGULATORS.items():
            supervisor = registry_pb2.RegisterSupervisorRequest(
                request_id=party,
                party_id=party,
                role=registry_pb2.ROLE_REGULATOR,
                name=LocalText(zh="人社局"),
                area_codes=[area],
            )
            self.tokens[party] = self.call(registry.RegisterSupervisor, supervisor, self.admin).token
        return self.tokens

    def call(self, method: Any, request: Any, token: str) -> Any:
        """One call."""
        try:
            return method(request, metadata=[("authorization", f"Bearer {token}")], timeout=30)
        except grpc.RpcError as error:
            raise RefusedError(error) from error

    def submit(
        self, request_id: str, rows: Sequence[Message], platform: str = "swift", *, token: str | None = None
    ) -> intake_pb2.BatchAnswer:
        """Send dispatches or work sessions."""
        request = batch(request_id, rows, platform)
        dispatches = isinstance(request, intake_pb2.SubmitDispatchesRequest)
        method = self.intake.SubmitDispatches if dispatches else self.intake.SubmitWorkSessions
        answer: intake_pb2.BatchAnswer = self.call(method, request, token or self.tokens[platform]).answer
        return answer

    def upload(self, requests: Iterable[Any], platform: str = "swift") -> intake_pb2.UploadAnswer:
        """Send batches of dispatches as one stream."""
        messages = (intake_pb2.UploadDispatchesRequest(batch=request) for request in requests)
        answer: intake_pb2.UploadAnswer = self.call(
            self.intake.UploadDispatches, messages, self.tokens[platform]
        ).answer
        return answer

    def read(
        self, worker_id: str, party: str = "tangshan", **more: Any
    ) -> intake_pb2.ReadWorkerEventsResponse:
        """Read the archive."""
        request = intake_pb2.ReadWorkerEventsRequest(worker_id=worker_id, **more)
        response: intake_pb2.ReadWorkerEventsResponse = self.call(
            self.intake.ReadWorkerEvents, request, self.tokens[party]
        )
        return response


def batch(request_id: str, rows: Sequence[Message], platform: str = "swift") -> Any:
    """A request with rows of one kind."""
    if rows and isinstance(rows[0], events_pb2.WorkSession):
        return intake_pb2.SubmitWorkSessionsRequest(
            request_id=request_id,
            platform_id=platform,
            work_sessions=rows,  # type: ignore[arg-type]
        )
    return intake_pb2.SubmitDispatchesRequest(
        request_id=request_id,
        platform_id=platform,
        dispatches=rows,  # type: ignore[arg-type]
    )


def dispatch(
    event_id: str, worker: int = 0, at_ms: int = NOW_MS - 3_600_000, **changed: Any
) -> events_pb2.Dispatch:
    """A good dispatch, but for what is changed."""
    fields: dict[str, Any] = {
        "event_id": event_id,
        "worker_id": worker_id(worker),
        "order_id": f"order-of-{event_id}",
        "kind": events_pb2.DISPATCH_KIND_ACCEPTED,
        "area_code": "130203",
        "service": events_pb2.SERVICE_KIND_FOOD_DELIVERY,
        "vehicle": events_pb2.VEHICLE_E_BIKE,
        "distance_m": 2_500,
    }
    row = events_pb2.Dispatch(**(fields | changed))
    row.event_time.FromMilliseconds(at_ms)
    row.promised_duration.FromSeconds(1_800)
    return row


def session(
    event_id: str, worker: int = 0, at_ms: int = NOW_MS - 3_600_000, **changed: Any
) -> events_pb2.WorkSession:
    """A good work session event, but for what is changed."""
    fields: dict[str, Any] = {
        "event_id": event_id,
        "worker_id": worker_id(worker),
        "kind": events_pb2.WORK_SESSION_KIND_ONLINE,
        "area_code": "130203",
    }
    row = events_pb2.WorkSession(**(fields | changed))
    row.event_time.FromMilliseconds(at_ms)
    return row


def dispatches(prefix: str, count: int, workers: int = 40) -> list[events_pb2.Dispatch]:
    """Good dispatches of several workers."""
    return [dispatch(f"{prefix}-{number}", number % workers) for number in range(count)]


def worker_id(worker: int) -> str:
    """A pseudonym."""
    return f"pseudonym-{worker:014d}"


@dataclass
class Suite:
    """A running suite in this process, and a client of it."""

    client: Client
    log: EventLog
    host: Host
    folder: Path

    def events(self, topic: Topic = DISPATCHES) -> list[str]:
        """The event ids of a topic's records, as often as they stand there, sorted."""
        return sorted(
            event_id for batch in events_of(self.log, topic) for event_id in batch.texts["event_ids"]
        )

    def dead_letters(self, topic: Topic = DISPATCHES) -> list[columns_pb2.RejectedRow]:
        """What was rejected."""
        records = records_of(self.log, topic.dead_letter_name)
        return [columns_pb2.RejectedRow.FromString(record.value) for record in records]


def records_of(log: EventLog, topic: str) -> list[Record]:
    """Everything a topic holds."""
    reader, records = log.reader(topic), list[Record]()
    while any(reader.position().get(number, 0) < end for number, end in log.end_offsets(topic).items()):
        records += reader.poll(1.0)
    reader.close()
    return records


def events_of(log: EventLog, topic: Topic = DISPATCHES) -> list[EventBatch]:
    """The batches a topic's records hold."""
    return [decode_record(record) for record in records_of(log, topic.name)]


@contextmanager
def serving(
    folder: Path, clock: Clock, tokens: dict[str, str] | None = None, **settings: Any
) -> Iterator[Suite]:
    """Registry and intake on ``folder``, started and stopped in order; a second start finds its data."""
    partitions = settings.pop("partitions", 8)
    common: dict[str, Any] = {"data_dir": folder, "address": "127.0.0.1:0", "partitions": partitions}
    registry_settings = RegistrySettings(**common)
    log = open_event_log(registry_settings.log_url)
    log.ensure_topics(TOPICS, registry_settings.partitions)
    directory = Directory(log, clock)
    directory.start()
    units: list[Unit] = [
        build_registry(registry_settings, log, directory, clock),
        build_intake(IntakeSettings(**common, **settings), log, directory, clock),
    ]
    host = Host(units, directory, registry_settings.address)
    try:
        host.start()
        client = Client(host.address, registry_settings.admin_token_file.read_text().strip(), tokens or {})
        if tokens is None:
            client.register()
        yield Suite(client, log, host, folder)
        client.channel.close()
    finally:
        host.stop(grace_s=0.1)
        directory.stop()
        log.close()
