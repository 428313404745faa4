"""Services of the suite on one real gRPC socket, with parties registered through the registry: for tests.

    with running_suite(tmp_path, intake, workhours) as suite:
        platform = suite.platform("swift")
        suite.submit("swift", rows)
        suite.as_("swift").workhours.ListFindings(...)

The same folder again is a restart: tokens and everything else are still there.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import grpc
from google.longrunning import operations_pb2_grpc

from kit.clock import Clock, system_clock
from kit.directory import Directory
from kit.eventlog.open import open_event_log
from kit.eventlog.port import EventLog
from kit.eventlog.topics import TOPICS
from kit.grpc.host import Host, Unit
from quzhong.api.algo_audit.v1 import algo_audit_pb2_grpc, appeals_pb2_grpc, consultation_pb2_grpc
from quzhong.api.events.v1 import events_pb2, findings_pb2
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc
from quzhong.api.notify.v1 import casework_pb2_grpc, delivery_pb2_grpc, notify_pb2_grpc
from quzhong.api.registry.v1 import (
    accounts_pb2_grpc,
    declared_rules_pb2_grpc,
    erasures_pb2_grpc,
    pseudonyms_pb2_grpc,
    registry_pb2,
    registry_pb2_grpc,
    reports_pb2_grpc,
    worker_codes_pb2_grpc,
)
from quzhong.api.workhours.v1 import workhours_pb2_grpc
from services.algo_audit.app import build as build_algo_audit
from services.algo_audit.settings import AlgoAuditSettings
from services.intake.app import build as build_intake
from services.intake.settings import IntakeSettings
from services.notify.app import build as build_notify
from services.notify.settings import NotifySettings
from services.registry.app import build as build_registry
from services.registry.settings import RegistrySettings
from services.workhours.app import build as build_workhours
from services.workhours.settings import WorkhoursSettings
from tests.support.refusals import Refusal as Refusal
from tests.support.refusals import refusal as refusal

CITY = "130200"
PARTITIONS = 3
TIMEOUT_S = 20.0

Build = Callable[[Path, dict[str, Any], EventLog, Directory, Clock], Unit]
Answer = TypeVar("Answer")


def intake(folder: Path, given: dict[str, Any], log: EventLog, directory: Directory, clock: Clock) -> Unit:
    return build_intake(IntakeSettings(data_dir=folder, **_of(given, "intake")), log, directory, clock)


def workhours(folder: Path, given: dict[str, Any], log: EventLog, directory: Directory, clock: Clock) -> Unit:
    settings = WorkhoursSettings(data_dir=folder, **_of(given, "workhours"))
    return build_workhours(settings, log, directory, clock)


def algo_audit(
    folder: Path, given: dict[str, Any], log: EventLog, directory: Directory, clock: Clock
) -> Unit:
    settings = AlgoAuditSettings(data_dir=folder, **_of(given, "audit"))
    return build_algo_audit(settings, log, directory, clock)


def notify(folder: Path, given: dict[str, Any], log: EventLog, directory: Directory, clock: Clock) -> Unit:
    return build_notify(NotifySettings(data_dir=folder, **_of(given, "notify")), log, directory, clock)


def _of(given: dict[str, Any], prefix: str) -> dict[str, Any]:
    """The settings that are the service's own."""
    return {name: value for name, value in given.items() if name.startswith(prefix)}


class _Stub:
    """A service's stub as one party calls it: ``stub.Method(request)``."""

    def __init__(self, stub: Any, token: str) -> None:
        self._stub = stub
        self._metadata = [("authorization", f"Bearer {token}")] if token else []

    def __getattr__(self, method: str) -> Callable[..., Any]:
        return lambda request, timeout=TIMEOUT_S: getattr(self._stub, method)(
            request, metadata=self._metadata, timeout=timeout
        )


class Party:
    """Every service as one party calls it."""

    def __init__(self, channel: grpc.Channel, token: str) -> None:
        self.token = token
        self.registry = _Stub(registry_pb2_grpc.RegistryServiceStub(channel), token)
        self.intake = _Stub(intake_pb2_grpc.IntakeServiceStub(channel), token)
        self.workhours = _Stub(workhours_pb2_grpc.WorkhoursServiceStub(channel), token)
        self.algo_audit = _Stub(algo_audit_pb2_grpc.AlgoAuditServiceStub(channel), token)
        self.notify = _Stub(notify_pb2_grpc.NotifyServiceStub(channel), token)
        self.delivery = _Stub(delivery_pb2_grpc.DeliveryServiceStub(channel), token)
        self.casework = _Stub(casework_pb2_grpc.CaseworkServiceStub(channel), token)
        self.consultations = _Stub(consultation_pb2_grpc.ConsultationServiceStub(channel), token)
        self.appeals = _Stub(appeals_pb2_grpc.AppealServiceStub(channel), token)
        self.reports = _Stub(reports_pb2_grpc.ReportServiceStub(channel), token)
        self.accounts = _Stub(accounts_pb2_grpc.AccountServiceStub(channel), token)
        self.worker_codes = _Stub(worker_codes_pb2_grpc.WorkerCodeServiceStub(channel), token)
        self.rules = _Stub(declared_rules_pb2_grpc.DeclaredRulesServiceStub(channel), token)
        self.erasures = _Stub(erasures_pb2_grpc.ErasureServiceStub(channel), token)
        self.pseudonyms = _Stub(pseudonyms_pb2_grpc.PseudonymServiceStub(channel), token)
        self.operations = _Stub(operations_pb2_grpc.OperationsStub(channel), token)


class Suite:
    """One life of the services."""

    def __init__(self, folder: Path, host: Host, log: EventLog, admin_token: str) -> None:
        self.host = host
        self.log = log
        self._channel = grpc.insecure_channel(host.address)
        self.admin = Party(self._channel, admin_token)
        self.stranger = Party(self._channel, "")
        self._tokens_file = folder / "tokens.json"
        self._tokens: dict[str, str] = (
            json.loads(self._tokens_file.read_text()) if self._tokens_file.exists() else {}
        )
        self._requests = itertools.count()

    def unit(self, name: str) -> Unit:
        """The running service of this name."""
        (found,) = (unit for unit in self.host.units if unit.name == name)
        return found

    def platform(self, party_id: str, *areas: str) -> Party:
        """Register a platform."""
        request = registry_pb2.RegisterPlatformRequest(
            request_id=self.request_id(),
            platform_id=party_id,
            name=_name(party_id),
            area_codes=areas or (CITY,),
        )
        return self._register(party_id, self.admin.registry.RegisterPlatform(request).token)

    def regulator(self, party_id: str, *areas: str) -> Party:
        """Register a labour authority."""
        return self._supervisor(party_id, registry_pb2.ROLE_REGULATOR, areas, unit_id="human-resources")

    def union(self, party_id: str, *areas: str) -> Party:
        """Register a union."""
        return self._supervisor(party_id, registry_pb2.ROLE_UNION, areas)

    def admit(self, party_id: str, token: str) -> Party:
        """A party that was registered by other means than those above."""
        return self._register(party_id, token)

    def bearing(self, token: str) -> Party:
        """Whoever has this token."""
        return Party(self._channel, token)

    @property
    def channel(self) -> grpc.Channel:
        """For calls that no stub makes."""
        return self._channel

    def as_(self, party_id: str) -> Party:
        """A registered party; of an earlier life of this folder too."""
        return Party(self._channel, self._tokens[party_id])

    def submit(self, platform_id: str, rows: Sequence[events_pb2.Dispatch], *, settle: bool = True) -> None:
        """Hand in a platform's dispatches, none of which may be rejected, and let them take effect."""
        for start in range(0, len(rows), 5_000):
            request = intake_pb2.SubmitDispatchesRequest(
                request_id=self.request_id(), platform_id=platform_id, dispatches=rows[start : start + 5_000]
            )
            answer = self.as_(platform_id).intake.SubmitDispatches(request).answer
            assert not answer.rejected, answer.rejections
        if settle:
            self.drain()

    def drain(self) -> None:
        """Wait until everything accepted so far has had all its effects."""
        eventually(self.host.drained)

    def request_id(self) -> str:
        """One that no other life of this folder uses."""
        return f"test-{time.monotonic_ns()}-{next(self._requests)}"

    def close(self) -> None:
        self._channel.close()

    def _supervisor(
        self, party_id: str, role: registry_pb2.Role.ValueType, areas: Sequence[str], unit_id: str = ""
    ) -> Party:
        request = registry_pb2.RegisterSupervisorRequest(
            request_id=self.request_id(),
            party_id=party_id,
            role=role,
            name=_name(party_id),
            area_codes=areas or (CITY,),
            profile=registry_pb2.PartyProfile(unit_id=unit_id),
        )
        return self._register(party_id, self.admin.registry.RegisterSupervisor(request).token)

    def _register(self, party_id: str, token: str) -> Party:
        self._tokens[party_id] = token
        self._tokens_file.write_text(json.dumps(self._tokens))
        return self.as_(party_id)


def _name(party_id: str) -> findings_pb2.LocalText:
    return findings_pb2.LocalText(zh=f"{party_id}（测试）", en=party_id)


@contextmanager
def running_suite(
    folder: Path,
    *builds: Build,
    clock: Clock = system_clock,
    log_clock: Clock = system_clock,
    partitions: int = PARTITIONS,
    **settings: Any,
) -> Iterator[Suite]:
    """The registry and these services, in the order of the flow, until the end of the block.

    ``log_clock``: by which the log notes when it took a record, and lets go of it.
    """
    with ExitStack() as stack:
        registry_settings = RegistrySettings(data_dir=folder)
        log = open_event_log(registry_settings.log_url, clock=log_clock)
        stack.callback(log.close)
        log.ensure_topics(TOPICS, partitions)
        directory = Directory(log, clock)
        directory.start()
        stack.callback(directory.stop)
        units = [
            build_registry(registry_settings, log, directory, clock),
            *(build(folder, settings, log, directory, clock) for build in builds),
        ]
        host = Host(units, directory, "127.0.0.1:0")
        stack.callback(host.stop, grace_s=0.2)
        host.start()
        suite = Suite(folder, host, log, registry_settings.admin_token_file.read_text().strip())
        stack.callback(suite.close)
        yield suite


def eventually(true: Callable[[], bool], timeout_s: float = TIMEOUT_S) -> None:
    """Wait until it holds."""
    deadline = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)
