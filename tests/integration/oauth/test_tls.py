"""TLS of both sockets, client certificates, and tokens that hold for one certificate only."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import grpc
import httpx
import pytest
from joserfc.jwk import OKPKey

from kit.errors import InvalidArgumentError
from kit.grpc.tls import ServerTls, client_credentials
from kit.settings import CommonSettings
from quzhong import PrivateKeyJwt
from quzhong.api.registry.v1 import registry_pb2 as pb
from quzhong.api.registry.v1 import registry_pb2_grpc
from services.portal.app import PortalServer
from services.portal.settings import PortalSettings
from tests.integration.oauth.conftest import Running, SettableClock, bearer, running
from tests.support.certificates import Authority, Issued
from tests.support.refusals import refusal
from tests.support.suite import notify


@dataclass(frozen=True, slots=True)
class Tls:
    """A registry that asks for client certificates, and who has some."""

    registry: Running
    authority: Authority
    client: Issued
    other: Issued
    stranger: Issued

    def channel(self, shown: Issued | None) -> grpc.Channel:
        key, certificate = shown.pems if shown is not None else (None, None)
        credentials = grpc.ssl_channel_credentials(self.authority.certificate.read_bytes(), key, certificate)
        return grpc.secure_channel(self.registry.address, credentials)

    def context(self, shown: Issued | None) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(self.authority.certificate))
        if shown is not None:
            context.load_cert_chain(shown.certificate, shown.key)
        return context


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tls]:
    folder = tmp_path_factory.mktemp("tls")
    authority, elsewhere = Authority(folder, "authority"), Authority(folder, "elsewhere")
    server, client, other = (authority.issue(name) for name in ("server", "client", "other"))
    key, certificate = client.pems
    credentials = grpc.ssl_channel_credentials(authority.certificate.read_bytes(), key, certificate)
    with running(
        folder / "data",
        SettableClock(),
        credentials,
        beside=(notify,),
        tls_cert=server.certificate,
        tls_key=server.key,
        tls_client_ca=authority.certificate,
        oauth_host="localhost",
    ) as registry:
        registry.register("swift")
        yield Tls(registry, authority, client, other, elsewhere.issue("stranger"))


def call(channel: grpc.Channel, token: str) -> int:
    stub = registry_pb2_grpc.RegistryServiceStub(channel)
    return len(stub.ListParties(pb.ListPartiesRequest(), metadata=bearer(token), timeout=5).parties)


def test_who_shows_a_certificate_of_the_authority_is_answered(tls: Tls) -> None:
    with tls.channel(tls.client) as channel:
        assert call(channel, tls.registry.admin) > 0


def test_who_shows_none_or_a_stranger_s_gets_no_connection(tls: Tls) -> None:
    for shown in (None, tls.stranger):
        with tls.channel(shown) as channel, pytest.raises(grpc.RpcError) as failed:
            call(channel, tls.registry.admin)
        assert failed.value.code() is grpc.StatusCode.UNAVAILABLE
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{_localhost(tls)}/healthz", verify=tls.context(shown), trust_env=False)


def test_plain_text_gets_no_answer(tls: Tls) -> None:
    with grpc.insecure_channel(tls.registry.address) as channel, pytest.raises(grpc.RpcError) as failed:
        call(channel, tls.registry.admin)
    assert failed.value.code() is grpc.StatusCode.UNAVAILABLE


def _localhost(tls: Tls) -> str:
    """As the certificate names it."""
    return tls.registry.issuer.replace("127.0.0.1", "localhost")


def _credential(tls: Tls, shown: Issued) -> PrivateKeyJwt:
    key = OKPKey.generate_key("Ed25519", private=True)
    client_id = tls.registry.key_of("swift", key)
    return PrivateKeyJwt(
        client_id,
        key.as_pem(private=True),
        f"{_localhost(tls)}/oauth/token",
        audience=tls.registry.issuer,
        tls=tls.context(shown),
        clock=lambda: tls.registry.now_s,
    )


def test_a_token_holds_for_the_certificate_it_was_issued_to(tls: Tls) -> None:
    credential = _credential(tls, tls.client)
    token = credential.token()
    with tls.channel(tls.client) as channel:
        assert call(channel, token) == 1
    with tls.channel(tls.other) as channel:
        refused = refusal(lambda: call(channel, token))
    assert (refused.code, refused.reason) == (grpc.StatusCode.UNAUTHENTICATED, "CREDENTIAL_WRONG_CERTIFICATE")


def test_the_portal_shows_its_certificate_and_verifies_the_services(tls: Tls) -> None:
    settings = PortalSettings(
        suite_address=tls.registry.address,
        portal_port=0,
        tls_cert=tls.client.certificate,
        tls_key=tls.client.key,
        tls_ca=tls.authority.certificate,
    )
    portal = PortalServer(settings)
    portal.start()
    form = {"token": tls.registry.admin}
    answer = httpx.post(f"{portal.url}/sign-in", data=form, trust_env=False)
    portal.stop()
    assert answer.status_code == 303, answer.text


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"tls_cert": "a"}, "QUZHONG_TLS_KEY"),
        ({"tls_key": "a"}, "QUZHONG_TLS_CERT"),
        ({"tls_client_ca": "a"}, "QUZHONG_TLS_CERT"),
    ],
)
def test_half_of_the_settings_stop_the_start(given: dict[str, str], named: str) -> None:
    with pytest.raises(InvalidArgumentError) as refused:
        ServerTls.of(CommonSettings(**given))  # type: ignore[arg-type]
    assert refused.value.field == named


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidArgumentError) as refused:
        ServerTls(tmp_path / "no.crt", tmp_path / "no.key").credentials()
    assert refused.value.field == "QUZHONG_TLS_KEY"


@pytest.mark.parametrize("variable", ["QUZHONG_TLS_KEY", "QUZHONG_TLS_CERT", "QUZHONG_TLS_CLIENT_CA"])
def test_a_file_that_holds_something_else_is_named(tls: Tls, tmp_path: Path, variable: str) -> None:
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n")
    files = {
        "QUZHONG_TLS_CERT": tls.client.certificate,
        "QUZHONG_TLS_KEY": tls.client.key,
        "QUZHONG_TLS_CLIENT_CA": tls.authority.certificate,
    } | {variable: wrong}
    with pytest.raises(InvalidArgumentError) as refused:
        ServerTls(*files.values()).credentials()
    assert (refused.value.field, refused.value.reason) == (variable, "TLS_FILE_UNUSABLE")


def test_without_settings_there_is_none() -> None:
    assert ServerTls.of(CommonSettings()) is None
    assert client_credentials(CommonSettings()) is None
