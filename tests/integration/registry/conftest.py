"""A registry behind a real socket, over the SQLite log and store, that can be stopped and started again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

import grpc
import pytest
from google.protobuf.message import Message

from kit.directory import Directory
from kit.eventlog.open import open_event_log
from kit.eventlog.port import EventLog
from kit.eventlog.topics import TOPICS
from kit.grpc.host import Host
from quzhong.api.registry.v1 import (
    admission_pb2_grpc,
    declared_rules_pb2_grpc,
    registry_pb2_grpc,
    reports_pb2_grpc,
)
from services.registry.app import build
from services.registry.settings import RegistrySettings
from tests.support.refusals import Refusal, refusal

NOW_MS = 1_773_630_000_000


class MovedClock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now_ms = NOW_MS

    def __call__(self) -> int:
        return self.now_ms


class Suite:
    """A running registry, and a client of it."""

    def __init__(
        self,
        settings: RegistrySettings,
        host: Host,
        directory: Directory,
        log: EventLog,
        clock: MovedClock,
    ) -> None:
        self.clock = clock
        self.settings = settings
        self.host = host
        self.directory = directory
        self.log = log
        self.channel = grpc.insecure_channel(host.address)
        self._stubs = (
            registry_pb2_grpc.RegistryServiceStub(self.channel),
            reports_pb2_grpc.ReportServiceStub(self.channel),
            declared_rules_pb2_grpc.DeclaredRulesServiceStub(self.channel),
            admission_pb2_grpc.AdmissionServiceStub(self.channel),
        )

    @property
    def admin(self) -> str:
        """The administrator's token."""
        return self.settings.admin_token_file.read_text().strip()

    def call(self, token: str, rpc: str, request: Message) -> Any:
        """The answer; raises grpc.RpcError."""
        metadata = [("authorization", f"Bearer {token}")] if token else []
        stub = next(stub for stub in self._stubs if hasattr(stub, rpc))
        return getattr(stub, rpc)(request, metadata=metadata, timeout=10)

    def refusal(self, token: str, rpc: str, request: Message) -> Refusal:
        """Why a call is refused."""
        return refusal(lambda: self.call(token, rpc, request))


class Running(Protocol):
    """``with running(settings) as suite``: start, and stop in order."""

    def __call__(self, settings: RegistrySettings) -> AbstractContextManager[Suite]: ...


@pytest.fixture
def settings(tmp_path: Path) -> RegistrySettings:
    return RegistrySettings(data_dir=tmp_path, address="127.0.0.1:0")


@pytest.fixture
def running() -> Running:
    @contextmanager
    def run(settings: RegistrySettings) -> Iterator[Suite]:
        log = open_event_log(settings.log_url)
        log.ensure_topics(TOPICS, settings.partitions)
        clock = MovedClock()
        directory = Directory(log, clock)
        directory.start()
        host = Host([build(settings, log, directory, clock)], directory, settings.address)
        try:
            host.start()
            suite = Suite(settings, host, directory, log, clock)
            yield suite
            suite.channel.close()
        finally:
            host.stop(grace_s=0.1)
            directory.stop()
            log.close()

    return run


@pytest.fixture
def suite(settings: RegistrySettings, running: Running) -> Iterator[Suite]:
    with running(settings) as started:
        yield started
