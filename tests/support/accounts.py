"""A city whose people sign in with local accounts: a real registry, a real portal, an authenticator app."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import grpc
import httpx
import pyotp

from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import accounts_pb2 as pb
from quzhong.api.registry.v1 import accounts_pb2_grpc, registry_pb2
from services.portal.app import PortalServer
from services.portal.settings import PortalSettings
from services.registry.identity.sign_in import GRANT_TYPE
from tests.integration.oauth.conftest import Running, SettableClock, bearer, running
from tests.support.suite import algo_audit, notify

PASSWORD = "three-words-at-dusk"


@dataclass
class App:
    """An authenticator app with one key."""

    uri: str
    clock: SettableClock

    @property
    def secret(self) -> str:
        return parse_qs(urlsplit(self.uri).query)["secret"][0]

    def code(self, ago_s: int = 0) -> str:
        return pyotp.TOTP(self.secret).at(self.clock.now_ms // 1000 - ago_s)


@dataclass
class Accounts:
    """The city, and how to ask it."""

    registry: Running
    stub: Any
    portal: PortalServer
    folder: Path
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(10**6)))

    @property
    def clock(self) -> SettableClock:
        return self.registry.clock

    def register(self, account_id: str, party_id: str = "lubei", request_id: str = "") -> Any:
        request = pb.RegisterAccountRequest(
            request_id=request_id or self.request_id(), account_id=account_id, party_id=party_id
        )
        return self.stub.RegisterAccount(request, metadata=self.admin)

    def reset(self, account_id: str) -> Any:
        request = pb.ResetAccountRequest(request_id=self.request_id(), account_id=account_id)
        return self.stub.ResetAccount(request, metadata=self.admin)

    def disable(self, account_id: str) -> Any:
        request = pb.DisableAccountRequest(request_id=self.request_id(), account_id=account_id)
        return self.stub.DisableAccount(request, metadata=self.admin)

    def app(self, opened: Any) -> App:
        return App(opened.enrolment.otpauth_uri, self.clock)

    def active(self, account_id: str, party_id: str = "lubei") -> App:
        """An account that has its password; its last code lies behind."""
        opened = self.register(account_id, party_id)
        app = self.app(opened)
        answer = self.enrol(account_id, opened.enrolment.enrolment_code, app.code())
        assert answer.status_code == 200, answer.text
        self.clock.pass_s(90)
        return app

    def enrol(
        self, account_id: str, enrolment_code: str, code: str, password: str = PASSWORD
    ) -> httpx.Response:
        return self._post(
            "/accounts/enrol",
            {
                "account_id": account_id,
                "enrolment_code": enrolment_code,
                "password": password,
                "one_time_code": code,
            },
        )

    def sign_in(self, account_id: str, code: str, password: str = PASSWORD) -> httpx.Response:
        form = {"account_id": account_id, "password": password, "one_time_code": code}
        return self._post("/oauth/token", {"grant_type": GRANT_TYPE, **form})

    def request_id(self) -> str:
        return f"account-{next(self.numbers)}"

    @property
    def admin(self) -> tuple[tuple[str, str], ...]:
        return bearer(self.registry.admin)

    def _post(self, path: str, form: dict[str, str]) -> httpx.Response:
        return httpx.post(self.registry.issuer + path, data=form, trust_env=False, timeout=20)


@contextmanager
def running_accounts(folder: Path, *, anew: bool = True) -> Iterator[Accounts]:
    """With the regulators lubei and lunan; ``anew`` False: a restart, they are there."""
    clock = SettableClock()
    with running(folder, clock, beside=(notify, algo_audit), local_accounts=True) as registry:
        for party_id in ("lubei", "lunan") if anew else ():
            request = registry_pb2.RegisterSupervisorRequest(
                request_id=party_id,
                party_id=party_id,
                role=registry_pb2.ROLE_REGULATOR,
                name=LocalText(zh=party_id),
                area_codes=["130203"],
            )
            registry.stub.RegisterSupervisor(request, metadata=bearer(registry.admin))
        portal = PortalServer(
            PortalSettings(
                suite_address=registry.address,
                portal_port=0,
                token_url=registry.unit.token_url,
                local_accounts=True,
            )
        )
        portal.start()
        with grpc.insecure_channel(registry.address) as channel:
            yield Accounts(registry, accounts_pb2_grpc.AccountServiceStub(channel), portal, folder)
        portal.stop()
