"""A registry on a real socket whose clock can be moved, with two platforms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import grpc
from google.protobuf.message import Message

from kit.directory import Directory
from kit.eventlog.open import open_event_log
from kit.eventlog.topics import TOPICS
from kit.grpc.host import Host
from quzhong import ObliviousPseudonymiser, bearer
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import pseudonyms_pb2_grpc, registry_pb2_grpc
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.app import build
from services.registry.settings import RegistrySettings
from tests.support.refusals import Refusal, refusal

NOW_MS = 1_773_630_000_000
"""2026-03-16 11:00 in Shanghai."""
DAY_MS = 86_400_000
IDENTITY = "11010519491231002X"
"""The standard's own example (GB 11643)."""


class MovedClock:
    """Epoch milliseconds, as the test says."""

    def __init__(self) -> None:
        self.now_ms = NOW_MS

    def __call__(self) -> int:
        return self.now_ms

    def moment(self) -> datetime:
        """The same for a client."""
        return datetime.fromtimestamp(self.now_ms / 1000, UTC)


class PseudonymSuite:
    """The registry, seen from its callers."""

    def __init__(self, address: str, settings: RegistrySettings, clock: MovedClock) -> None:
        self.address = address
        self.settings = settings
        self.clock = clock
        self.channel = grpc.insecure_channel(address)
        self.stub = pseudonyms_pb2_grpc.PseudonymServiceStub(self.channel)
        self.tokens = {"administrator": settings.admin_token_file.read_text().strip()}
        for platform_id in ("platform-a", "platform-b"):
            self.tokens[platform_id] = self._token_of(platform_id)

    def call(self, who: str, rpc: str, request: Message) -> Any:
        """The answer; raises grpc.RpcError."""
        return getattr(self.stub, rpc)(request, metadata=bearer(self.tokens[who]), timeout=30)

    def refusal(self, who: str, rpc: str, request: Message) -> Refusal:
        """Why a call is refused."""
        return refusal(lambda: self.call(who, rpc, request))

    def pseudonymiser(self, who: str, **options: Any) -> ObliviousPseudonymiser:
        """A platform's, by this suite's clock."""
        return ObliviousPseudonymiser(self.address, self.tokens[who], clock=self.clock.moment, **options)

    def _token_of(self, platform_id: str) -> str:
        """Of a platform that is registered now, or was before a restart."""
        registry = registry_pb2_grpc.RegistryServiceStub(self.channel)
        metadata = bearer(self.tokens["administrator"])
        parties = registry.ListParties(pb.ListPartiesRequest(), metadata=metadata).parties
        if platform_id in [party.party_id for party in parties]:
            again = pb.IssueCredentialRequest(
                request_id=f"issue-{self.address}-{platform_id}", party_id=platform_id
            )
            return registry.IssueCredential(again, metadata=metadata).token
        new = pb.RegisterPlatformRequest(
            request_id=f"register-{platform_id}",
            platform_id=platform_id,
            name=LocalText(zh="平台", en="Platform"),
            area_codes=["130200"],
        )
        return registry.RegisterPlatform(new, metadata=metadata).token


@contextmanager
def serving(settings: RegistrySettings, clock: MovedClock) -> Iterator[PseudonymSuite]:
    """Start a registry, and stop it in order. The same settings again are a restart."""
    log = open_event_log(settings.log_url)
    log.ensure_topics(TOPICS, settings.partitions)
    directory = Directory(log, clock)
    directory.start()
    host = Host([build(settings, log, directory, clock)], directory, settings.address)
    try:
        host.start()
        suite = PseudonymSuite(host.address, settings, clock)
        yield suite
        suite.channel.close()
    finally:
        host.stop(grace_s=0.1)
        directory.stop()
        log.close()
