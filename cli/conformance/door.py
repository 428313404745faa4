"""One platform's way into the sandbox: its credentials, its door, and what is known of what it did."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc.jwk import OKPKey

from cli.conformance.faults import FaultPlan
from cli.conformance.front import Front
from cli.conformance.observed import Event, Observed, Warned
from cli.conformance.recorder import Recorder, dispatched, worked
from cli.conformance.sandbox import AREAS, Sandbox
from cli.conformance.script import workers_of
from cli.connection import fresh_request_id
from cli.parties import Name, platform_token
from kit.clock import system_clock
from kit.conformance import SCENARIOS
from kit.grpc.tls import ServerTls
from kit.security import secret_files
from kit.settings import CommonSettings
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.notify.v1 import casework_pb2, notify_pb2
from quzhong.api.registry.v1 import registry_pb2
from quzhong.api.workhours.v1 import workhours_pb2

PAGE = 1_000

PUSHED = "cn-food-delivery-2025.no-push"
"""The rule that finds an order that was pushed within the window."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an integration connects, and with what; ``connect.json`` says the same."""

    folder: Path
    """Where the files are, here; it is handed over whole, so ``connect.json`` does not name it."""
    address: str
    """``host:port`` of every gRPC service, as the integration knows it."""
    tls: bool
    platform_id: str
    token_file: str
    """In the folder: an opaque token; it ends with the run."""
    token_url: str
    """For ``private_key_jwt``."""
    client_id: str
    private_key_file: str
    """In the folder."""

    def document(self) -> dict[str, Any]:
        """As JSON values; files are named from the folder of ``connect.json`` on."""
        return {name: value for name, value in asdict(self).items() if name != "folder"}


class Door:
    """A platform's door; a context manager. It is open inside the block."""

    def __init__(
        self,
        sandbox: Sandbox,
        platform_id: str,
        script: Mapping[str, Any],
        folder: Path,
        *,
        address: str,
        public_host: str = "",
        outage_s: float,
    ) -> None:
        """
        Args:
            sandbox: What is behind it.
            platform_id: Who is put to the test.
            script: What will be played.
            folder: Where credentials and ``connect.json`` are written; it exists.
            address: ``host:port``; port 0 takes any free one.
            public_host: What ``connect.json`` says in the host's place; empty: where it listens.
            outage_s: How long it goes away, seconds.
        """
        self._sandbox = sandbox
        self._platform_id = platform_id
        self._script = script
        self._folder = folder
        self._address = address
        self._public_host = public_host
        self._recorder = Recorder(system_clock)
        tls = ServerTls.of(CommonSettings())
        self._tls = tls is not None
        self._front = Front(
            sandbox.address,
            self._recorder,
            FaultPlan(script),
            outage_s=outage_s,
            clock=system_clock,
            credentials=None if tls is None else tls.credentials(),
        )

    def __enter__(self) -> Self:
        token_file, key_file, client_id = self._credentials()
        self._front.open(self._address)
        host, _, port = self._front.address.rpartition(":")
        self.place = Place(
            self._folder,
            f"{self._public_host or host}:{port}",
            self._tls,
            self._platform_id,
            token_file.name,
            self._sandbox.token_url,
            client_id,
            key_file.name,
        )
        where = json.dumps(self.place.document(), ensure_ascii=False, indent=2)
        (self._folder / "connect.json").write_text(where + "\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._front.close()

    def observed(self) -> Observed:
        """Everything as of now."""
        seen = self._recorder.recorded()
        workers = {each for one in SCENARIOS for each in workers_of(self._script, one.scenario_id)}
        return Observed(
            seen.submissions,
            tuple(event for worker_id in sorted(workers) for event in self._kept(worker_id)),
            seen.watches,
            seen.advice,
            seen.outage,
            frozenset(self._pushes()),
            tuple(self._warned(seen.cases_read)),
            seen.calls,
        )

    def _kept(self, worker_id: str) -> Iterator[Event]:
        admin = self._sandbox.admin
        pages = admin.pages(
            admin.intake.ReadWorkerEvents,
            lambda token: intake_pb2.ReadWorkerEventsRequest(
                worker_id=worker_id, page_size=PAGE, page_token=token
            ),
            lambda response: response.next_page_token,
        )
        for page in pages:
            for event in page.events:
                yield dispatched(event.dispatch) if event.HasField("dispatch") else worked(event.work_session)

    def _pushes(self) -> Iterator[str]:
        admin = self._sandbox.admin
        wanted = workhours_pb2.FindingFilter(platform_id=self._platform_id, rule_id=PUSHED)
        request = workhours_pb2.ListFindingsRequest(filter=wanted, page_size=PAGE)
        for finding in admin.call(admin.workhours.ListFindings, request).findings:
            yield finding.worker_id

    def _warned(self, cases_read: frozenset[str]) -> Iterable[Warned]:
        admin = self._sandbox.admin
        listed = notify_pb2.ListCasesRequest(platform_id=self._platform_id, page_size=PAGE)
        for case in admin.call(admin.notify.ListCases, listed).cases:
            if case.state == notify_pb2.CASE_STATE_OPEN:
                continue  # nobody was warned yet
            asked = notify_pb2.GetCaseRequest(case_id=case.case_id, findings_size=1)
            file = admin.call(admin.notify.GetCase, asked)
            for notice in file.notices:
                if notice.kind == notify_pb2.NOTICE_KIND_WARNING:
                    replies = tuple(
                        casework_pb2.ReplyKind.Name(reply.kind).removeprefix("REPLY_KIND_")
                        for reply in file.replies
                        if reply.notice_id == notice.notice_id
                    )
                    yield Warned(notice.notice_id, case.case_id in cases_read, replies)

    def _credentials(self) -> tuple[Path, Path, str]:
        """The platform is registered; its token and its key are written down."""
        admin = self._sandbox.admin
        name = Name(f"{self._platform_id}（沙箱）", f"{self._platform_id} (sandbox)")
        token = platform_token(admin, self._platform_id, name, AREAS)
        key = Ed25519PrivateKey.generate()
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        public = json.dumps(OKPKey.import_key(pem).as_dict(private=False))
        client_id = admin.call(
            admin.registry.RegisterClientKey,
            registry_pb2.RegisterClientKeyRequest(
                request_id=fresh_request_id(), party_id=self._platform_id, public_jwk=public
            ),
        ).credential_id
        token_file, key_file = self._folder / "platform.token", self._folder / "platform.pem"
        secret_files.write(token_file, f"{token}\n".encode())
        secret_files.write(key_file, pem)
        return token_file, key_file, client_id
