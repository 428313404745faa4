"""The registry with its token endpoint, on real sockets and under a clock that tests set."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey

from kit.directory import Directory
from kit.eventlog.open import open_event_log
from kit.eventlog.topics import TOPICS
from kit.grpc.host import Host
from kit.grpc.tls import ServerTls
from kit.security.rate_limits import call_rate
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import registry_pb2 as pb
from quzhong.api.registry.v1 import registry_pb2_grpc
from services.registry.app import RegistryUnit, build
from services.registry.identity.issuing import ASSERTION_TYPE
from services.registry.settings import RegistrySettings
from tests.support.refusals import Refusal, refusal
from tests.support.suite import Build

NOW_S = 1_773_662_400
"""2026-03-16 20:00 in Shanghai."""


@dataclass
class SettableClock:
    """The registry's present, epoch milliseconds."""

    now_ms: int = NOW_S * 1000

    def __call__(self) -> int:
        return self.now_ms

    def pass_s(self, seconds: float) -> None:
        self.now_ms += int(seconds * 1000)


@dataclass
class Running:
    """A registry, and how to ask it."""

    unit: RegistryUnit
    directory: Directory
    clock: SettableClock
    address: str
    stub: Any
    admin: str
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(10**6)))

    @property
    def issuer(self) -> str:
        return self.unit.issuer

    @property
    def now_s(self) -> int:
        return self.clock.now_ms // 1000

    def register(self, party_id: str = "swift") -> str:
        """Admit a platform; answers its opaque token."""
        request = pb.RegisterPlatformRequest(
            request_id=f"register-{party_id}",
            platform_id=party_id,
            name=LocalText(zh=party_id),
            area_codes=["130200"],
        )
        token: str = self.stub.RegisterPlatform(request, metadata=bearer(self.admin)).token
        return token

    def key_of(self, party_id: str, key: OKPKey | ECKey, request_id: str = "") -> str:
        """Register the public half of a client's key; answers the client_id."""
        request = pb.RegisterClientKeyRequest(
            request_id=request_id or f"key-{next(self.numbers)}",
            party_id=party_id,
            public_jwk=json.dumps(key.as_dict(private=False)),
        )
        client_id: str = self.stub.RegisterClientKey(request, metadata=bearer(self.admin)).credential_id
        return client_id

    def revoke(self, credential_id: str) -> None:
        request = pb.RevokeCredentialRequest(
            request_id=f"revoke-{credential_id}", credential_id=credential_id
        )
        self.stub.RevokeCredential(request, metadata=bearer(self.admin))

    def assertion(self, client_id: str, key: OKPKey | ECKey, **claims: Any) -> str:
        """A right one, but for the claims given; None leaves one out."""
        said = {
            "iss": client_id,
            "sub": client_id,
            "aud": self.issuer,
            "iat": self.now_s,
            "exp": self.now_s + 60,
            "jti": f"jti-{next(self.numbers)}",
        } | claims
        algorithm = "ES256" if isinstance(key, ECKey) else "Ed25519"
        kept = {name: value for name, value in said.items() if value is not None}
        return jwt.encode({"alg": algorithm}, kept, key, algorithms=[algorithm])

    def ask(self, assertion: str, **form: str) -> httpx.Response:
        given = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion,
        } | form
        return httpx.post(f"{self.issuer}/oauth/token", data=given, trust_env=False)

    def token(self, client_id: str, key: OKPKey | ECKey) -> str:
        """An access token."""
        answer = self.ask(self.assertion(client_id, key))
        assert answer.status_code == 200, answer.text
        token: str = answer.json()["access_token"]
        return token

    def sees(self, token: str) -> list[str]:
        """Whom the bearer of a token sees: a platform itself."""
        answer = self.stub.ListParties(pb.ListPartiesRequest(), metadata=bearer(token))
        return [party.party_id for party in answer.parties]

    def refused(self, token: str) -> Refusal:
        """Why the bearer of a token is refused."""
        return refusal(lambda: self.sees(token))


def by_hand(header: dict[str, Any], payload: str, signature: bytes = b"") -> str:
    """A JWT as no library would make it."""
    parts = (json.dumps(header).encode(), payload.encode(), signature)
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def bearer(token: str) -> tuple[tuple[str, str], ...]:
    return (("authorization", f"Bearer {token}"),)


@contextmanager
def running(
    folder: Path,
    clock: SettableClock,
    credentials: grpc.ChannelCredentials | None = None,
    beside: Sequence[Build] = (),
    **settings: Any,
) -> Iterator[Running]:
    """One life of a registry, and services beside it; the same folder again is a restart."""
    with ExitStack() as stack:
        given = RegistrySettings(data_dir=folder, oauth_port=0, **settings)
        log = open_event_log(given.log_url)
        stack.callback(log.close)
        log.ensure_topics(TOPICS, 3)
        directory = Directory(log, clock)
        directory.start()
        stack.callback(directory.stop)
        unit = build(given, log, directory, clock)
        units = [unit, *(build_one(folder, {}, log, directory, clock) for build_one in beside)]
        limit = call_rate(given.rate_limit)
        host = Host(units, directory, "localhost:0", tls=ServerTls.of(given), rate_limit=limit)
        stack.callback(host.stop, grace_s=0.2)
        host.start()
        channel = (
            grpc.insecure_channel(host.address)
            if credentials is None
            else grpc.secure_channel(host.address, credentials)
        )
        stack.callback(channel.close)
        stub = registry_pb2_grpc.RegistryServiceStub(channel)
        admin = given.admin_token_file.read_text().strip()
        yield Running(unit, directory, clock, host.address, stub, admin)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """With platform swift. One for all tests of a file: its clock only goes forward."""
    with running(tmp_path_factory.mktemp("registry"), SettableClock()) as registry:
        registry.register("swift")
        yield registry


@pytest.fixture
def key() -> OKPKey:
    return OKPKey.generate_key("Ed25519", private=True)
