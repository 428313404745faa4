"""Notify on a real gRPC socket, over a log and a directory fed by records: what the tests drive."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
import yaml

from kit.clock import Clock, system_clock
from kit.directory import Directory
from kit.eventlog.port import EventLog, NewRecord
from kit.eventlog.topics import ACTIVITY, FINDINGS, REGISTRY, TOPICS
from kit.grpc.host import Host
from kit.security import tokens
from kit.security.caller import Role
from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.notify.v1 import notify_pb2_grpc
from quzhong.api.registry.v1 import registry_pb2
from services.notify.adapters.policy_file import SHIPPED
from services.notify.app import NotifyUnit, build
from services.notify.settings import NotifySettings

RULE = "cn-food-delivery-2025.continuous-work"
DAY = "2026-03-16"
NOON_MS = 1_773_633_600_000
"""2026-03-16 12:00 in Shanghai."""

Said = events.Finding | events.WorkforceActivity
"""What notify is told."""

PARTIES: dict[str, tuple[Role, str, tuple[str, ...]]] = {
    "swift": (Role.PLATFORM, "迅达外卖", ("130200",)),
    "steady": (Role.PLATFORM, "稳行外卖", ("130200",)),
    "tangshan": (Role.REGULATOR, "唐山市人社局", ("130200",)),
    "lunan": (Role.REGULATOR, "路南区人社局", ("130202",)),
    "union": (Role.UNION, "唐山市总工会", ("130200",)),
    "trade": (Role.ASSOCIATION, "唐山市外卖协会", ("130200",)),
    "firm-c": (Role.PARTNER_FIRM, "丙公司", ("130202", "130203")),
    "firm-h": (Role.PARTNER_FIRM, "辛公司", ("130203",)),
    "admin": (Role.ADMINISTRATOR, "系统管理员", ()),
}


def finding(
    finding_id: str,
    *,
    worker: str = "",
    platform: str = "swift",
    area: str = "130203",
    revision: int = 1,
    stands: bool = True,
    severity: int = events.SEVERITY_BREACH,
    at_ms: int = NOON_MS,
) -> events.Finding:
    """A continuous-work finding as workhours makes them, with a spell that touches two platforms."""
    message = events.Finding(
        finding_id=finding_id,
        revision=revision,
        state=events.FINDING_STATE_STANDS if stands else events.FINDING_STATE_WITHDRAWN,
        severity=events.Severity.ValueType(severity),
        rule_id=RULE,
        pack_id="cn-food-delivery-2025",
        pack_version="1.0.0",
        platform_id=platform,
        area_code=area,
        worker_id=worker or f"w-{finding_id}",
        title=events.LocalText(zh="连续接单时长已超过 4 小时", en="More than 4 h of continuous order-taking"),
        citation=events.LocalText(zh="《外卖平台服务管理基本要求》", en="Basic requirements"),
        changes=["event swift/e1 replaced"] if revision > 1 else [],
    )
    message.event_time.FromMilliseconds(at_ms)
    message.working_time.event_ids.extend(["swift/e1", "steady/e2"])
    message.working_time.platform_ids.extend(["steady", "swift"])
    return message


def overdue(party: str, *, platform: str = "swift", area: str = "130200") -> events.Finding:
    """A party's report that is overdue, as the registry says it."""
    message = finding(f"registry.report-overdue/{party}/{area}", platform=platform, area=area)
    message.rule_id, message.worker_id, message.pack_id = "registry.report-overdue", "", "registry"
    message.title.CopyFrom(events.LocalText(zh=f"{party}：用工报告逾期未报送", en=f"{party}: overdue"))
    message.duty.CopyFrom(events.DutyEvidence(party_id=party, subject_id="r1", due_date="2026-04-22"))
    return message


def activity(
    workers: int, *, platform: str = "swift", area: str = "130203", partition: int = 0, day: str = DAY
) -> events.WorkforceActivity:
    return events.WorkforceActivity(
        platform_id=platform, area_code=area, local_date=day, partition=partition, workers=workers
    )


def register_parties(log: EventLog) -> dict[str, str]:
    """Make the parties and an area known; answer a token for each."""
    given: dict[str, str] = {}
    entries: list[registry_pb2.DirectoryEntry] = []
    for party_id, (role, name, areas) in PARTIES.items():
        token = tokens.issue()
        given[party_id] = token.token
        entries.append(
            registry_pb2.DirectoryEntry(
                party=registry_pb2.Party(
                    party_id=party_id,
                    role=registry_pb2.Role.ValueType(role),
                    name=events.LocalText(zh=name, en=party_id.title()),
                    area_codes=areas,
                    platform_ids=["swift"] if role is Role.PARTNER_FIRM else [],
                )
            )
        )
        entries.append(
            registry_pb2.DirectoryEntry(
                credential=registry_pb2.Credential(
                    credential_id=token.credential_id, party_id=party_id, secret_sha256=token.secret_sha256
                )
            )
        )
    area = registry_pb2.Area(area_code="130203", name=events.LocalText(zh="路北区", en="Lubei"))
    entries.append(registry_pb2.DirectoryEntry(area=area))
    log.append([NewRecord(REGISTRY.name, entry.SerializeToString(), key=b"entity") for entry in entries])
    return given


class Client:
    """The service as one party calls it."""

    def __init__(self, address: str, token: str) -> None:
        self._channel = grpc.insecure_channel(address)
        self._stub = notify_pb2_grpc.NotifyServiceStub(self._channel)
        self._metadata = [("authorization", f"Bearer {token}")]

    def call(self, method: str, request: Any, timeout_s: float = 10.0) -> Any:
        return getattr(self._stub, method)(request, metadata=self._metadata, timeout=timeout_s)

    def close(self) -> None:
        self._channel.close()


@dataclass
class RunningNotify:
    """One life of the service."""

    log: EventLog
    unit: NotifyUnit
    host: Host
    tokens: dict[str, str]
    clients: dict[str, Client] = field(default_factory=dict)

    def as_(self, party_id: str) -> Client:
        if party_id not in self.clients:
            self.clients[party_id] = Client(self.host.address, self.tokens[party_id])
        return self.clients[party_id]

    def say(self, *messages: Said, settle: bool = True) -> None:
        """Append records to their topics, in this order, and wait until their effects are there."""
        for message in messages:
            topic = FINDINGS if isinstance(message, events.Finding) else ACTIVITY
            key = message.platform_id.encode()
            self.log.append([NewRecord(topic.name, message.SerializeToString(), key=key)])
        if settle:
            eventually(self.unit.drained)


def policy_with_quiet(data_dir: Path, quiet: str) -> Path:
    """The shipped policy but for its quiet time."""
    document = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    document["judging"]["quiet"]["value"] = quiet
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / "policy.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return path


@contextmanager
def running_notify(
    log: EventLog,
    data_dir: Path,
    given: dict[str, str],
    *,
    clock: Clock = system_clock,
    quiet: str = "0 s",
    **settings: Any,
) -> Iterator[RunningNotify]:
    """Start the service; stop it at the end of the block. The same folder again is a restart."""
    directory = Directory(log, clock)
    directory.start()
    given_settings = NotifySettings(
        data_dir=data_dir, notify_policy=policy_with_quiet(data_dir, quiet), **settings
    )
    unit = build(given_settings, log, directory, clock)
    host = Host([unit], directory, "127.0.0.1:0")
    host.start()
    running = RunningNotify(log, unit, host, given)
    try:
        yield running
    finally:
        for client in running.clients.values():
            client.close()
        host.stop(grace_s=0.2)
        directory.stop()


def prepared(log: EventLog) -> dict[str, str]:
    """Topics and parties on a new log."""
    log.ensure_topics(TOPICS, 4)
    return register_parties(log)


def eventually(true: Callable[[], bool], timeout_s: float = 15.0) -> None:
    """Wait until it holds."""
    deadline = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)
