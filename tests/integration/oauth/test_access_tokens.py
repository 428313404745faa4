"""Forged, ended and bent access tokens, over gRPC: all refused, and told why no more than they may know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import grpc
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from kit.grpc.interceptors import ADMITTED_S
from kit.security.access_tokens import LEEWAY_S, LIFETIME_S
from tests.integration.oauth.conftest import Running, by_hand
from tests.support.observed import observed
from tests.support.refusals import Refusal

HEADER = {"typ": "at+jwt", "alg": "Ed25519"}


def signing_key(registry: Running) -> tuple[str, OKPKey]:
    """The registry's own, as a thief of its file would have it."""
    (kept,) = json.loads((_folder(registry) / "signing-keys.json").read_text())
    return kept["key_id"], OKPKey.import_key(kept["private_jwk"])


def _folder(registry: Running) -> Path:
    return registry.unit._settings.data_dir


def claims(
    registry: Running, client_id: str, other: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    said = {
        "iss": registry.issuer,
        "aud": "quzhong",
        "sub": "swift",
        "client_id": client_id,
        "roles": ["platform"],
        "iat": registry.now_s,
        "exp": registry.now_s + 600,
        "jti": "forged",
    } | dict(other)
    return {name: value for name, value in said.items() if value is not None}


@pytest.fixture
def client_id(registry: Running, key: OKPKey) -> str:
    return registry.key_of("swift", key)


def said(refused: Refusal) -> tuple[grpc.StatusCode, str]:
    return refused.code, refused.reason


UNAUTHENTICATED = grpc.StatusCode.UNAUTHENTICATED


def test_the_forger_s_tools_make_a_right_token_too(registry: Running, client_id: str) -> None:
    """Else the tests below would show nothing."""
    key_id, own = signing_key(registry)
    token = jwt.encode(HEADER | {"kid": key_id}, claims(registry, client_id), own, algorithms=["Ed25519"])
    assert registry.sees(token) == ["swift"]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"aud": "elsewhere"}, "CREDENTIAL_WRONG_AUDIENCE"),
        ({"aud": None}, "CREDENTIAL_MALFORMED"),
        ({"exp": -LEEWAY_S}, "CREDENTIAL_EXPIRED"),
        ({"nbf": LEEWAY_S + 1}, "CREDENTIAL_NOT_YET_VALID"),
        ({"iat": LEEWAY_S + 1}, "CREDENTIAL_NOT_YET_VALID"),
        ({"exp": None}, "CREDENTIAL_MALFORMED"),
        ({"exp": "soon"}, "CREDENTIAL_MALFORMED"),
        ({"client_id": None}, "CREDENTIAL_MALFORMED"),
        ({"client_id": "0000000000000000"}, "CREDENTIAL_UNKNOWN"),
        ({"sub": "nobody"}, "CREDENTIAL_UNKNOWN"),
        ({"sub": "administrator"}, "CREDENTIAL_UNKNOWN"),
    ],
    ids=str,
)
def test_a_token_that_does_not_hold_is_refused(
    registry: Running, client_id: str, other: dict[str, Any], reason: str
) -> None:
    key_id, own = signing_key(registry)
    times = {name: registry.now_s + value for name, value in other.items() if isinstance(value, int)}
    bent = claims(registry, client_id, other | times)
    token = jwt.encode(HEADER | {"kid": key_id}, bent, own, algorithms=["Ed25519"])
    assert said(registry.refused(token)) == (UNAUTHENTICATED, reason)


def test_a_token_of_another_key_is_nobody_s(registry: Running, client_id: str) -> None:
    key_id, _ = signing_key(registry)
    other = OKPKey.generate_key("Ed25519", private=True)
    for kid in (key_id, other.thumbprint()):
        token = jwt.encode(HEADER | {"kid": kid}, claims(registry, client_id), other, algorithms=["Ed25519"])
        assert said(registry.refused(token)) == (UNAUTHENTICATED, "CREDENTIAL_UNKNOWN")


def test_a_client_cannot_sign_its_own_token(registry: Running, client_id: str, key: OKPKey) -> None:
    token = jwt.encode(
        HEADER | {"kid": key.thumbprint()}, claims(registry, client_id), key, algorithms=["Ed25519"]
    )
    assert said(registry.refused(token)) == (UNAUTHENTICATED, "CREDENTIAL_UNKNOWN")


def test_an_assertion_is_no_token(registry: Running, client_id: str, key: OKPKey) -> None:
    assert registry.refused(registry.assertion(client_id, key)).reason == "CREDENTIAL_MALFORMED"


def test_no_other_algorithm_is_believed(registry: Running, client_id: str) -> None:
    key_id, own = signing_key(registry)
    payload = claims(registry, client_id)
    public = own.as_dict(private=False)
    secrets = [str(public["x"]).encode(), json.dumps(public).encode(), own.as_pem(private=False)]
    tokens = [
        jwt.encode(
            {"typ": "at+jwt", "alg": "HS256", "kid": key_id},
            payload,
            OctKey.import_key(secret if b"PUBLIC" not in secret else secret.replace(b"-----", b"")),
            algorithms=["HS256"],
        )
        for secret in secrets
    ]
    for algorithm in ("none", "None", "HS256", "EdDSA", "ES256", "RS256", ""):
        header = {"typ": "at+jwt", "alg": algorithm, "kid": key_id}
        tokens.append(by_hand(header, json.dumps(payload)))
    for token in tokens:
        assert said(registry.refused(token)) == (UNAUTHENTICATED, "CREDENTIAL_MALFORMED")
    for signature in (b"", b"\0" * 64, b"\0" * 63):
        token = by_hand(HEADER | {"kid": key_id}, json.dumps(payload), signature)
        assert said(registry.refused(token)) == (UNAUTHENTICATED, "CREDENTIAL_UNKNOWN")


def test_a_jwt_of_another_type_is_no_access_token(registry: Running, client_id: str) -> None:
    key_id, own = signing_key(registry)
    for kind in ("JWT", "application/at+jwt", None):
        header = {"alg": "Ed25519", "kid": key_id} | ({"typ": kind} if kind else {})
        token = jwt.encode(
            header, claims(registry, client_id), own, algorithms=["Ed25519"], default_type=None
        )
        assert registry.refused(token).reason == "CREDENTIAL_MALFORMED"


def test_any_changed_byte_of_a_token_is_noticed(registry: Running, client_id: str, key: OKPKey) -> None:
    token = registry.token(client_id, key)
    head, payload, signature = token.split(".")
    for place in range(0, len(payload), 17):
        changed = payload[:place] + ("A" if payload[place] != "A" else "B") + payload[place + 1 :]
        assert registry.refused(f"{head}.{changed}.{signature}").code is UNAUTHENTICATED
    assert registry.refused(f"{head}.{payload}.{signature[:-8]}AAAAAAAA").code is UNAUTHENTICATED


@pytest.mark.parametrize(
    "token",
    ["..", "a.b.c", "eyJ.eyJ.x", "qz", "qz_", "qz_x", "qz__", "qz_a_b_c", "." * 50, "x" * 5_000],
    ids=lambda token: token[:12],
)
def test_what_is_no_token_at_all_is_refused(registry: Running, token: str) -> None:
    assert said(registry.refused(token)) == (UNAUTHENTICATED, "CREDENTIAL_MALFORMED")


def test_a_client_key_is_no_opaque_token(registry: Running, client_id: str) -> None:
    """Its credential has no secret, and an empty one is none either."""
    for secret in ("0", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"):
        assert registry.refused(f"qz_{client_id}_{secret}").reason == "CREDENTIAL_UNKNOWN"


def test_a_token_holds_for_its_time_and_no_longer(registry: Running, client_id: str, key: OKPKey) -> None:
    token = registry.token(client_id, key)
    registry.clock.pass_s(LIFETIME_S + LEEWAY_S - 1)
    assert registry.sees(token) == ["swift"]
    registry.clock.pass_s(1)
    refused = registry.refused(token)
    assert said(refused) == (UNAUTHENTICATED, "CREDENTIAL_EXPIRED")
    observed(
        "expired-credentials",
        f"Its calls are refused with `{refused.code.name}`, reason `{refused.reason}`, "
        f"{LIFETIME_S + LEEWAY_S} s after it was issued; the SDK asks for the next one before that and loses "
        "nothing. Streams are ended",
    )


def test_streams_are_looked_at_again_more_often_than_a_token_ends() -> None:
    assert ADMITTED_S < LEEWAY_S
