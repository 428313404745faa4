"""Access tokens for assertions, over HTTP; and what they are good for, over gRPC."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import grpc
import httpx
import pytest
from joserfc import jwt
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, OctKey, OKPKey

from quzhong.api.registry.v1 import registry_pb2 as pb
from tests.integration.oauth.conftest import Running, SettableClock, bearer, by_hand, running
from tests.support.refusals import refusal


def test_an_assertion_gets_a_token_that_is_its_party(registry: Running, key: OKPKey) -> None:
    client_id = registry.key_of("swift", key)
    answer = registry.ask(registry.assertion(client_id, key))
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    body = answer.json()
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 600)
    assert registry.sees(body["access_token"]) == ["swift"]


def test_the_token_is_one_of_rfc_9068_and_the_key_set_verifies_it(registry: Running, key: OKPKey) -> None:
    token = registry.token(registry.key_of("swift", key), key)
    (jwk,) = httpx.get(f"{registry.issuer}/.well-known/jwks.json", trust_env=False).json()["keys"]
    assert "d" not in jwk
    decoded = jwt.decode(token, OKPKey.import_key(jwk), algorithms=["Ed25519"])
    assert decoded.header == {"typ": "at+jwt", "alg": "Ed25519", "kid": jwk["kid"]}
    claims = decoded.claims
    assert claims["aud"] == "quzhong"
    assert (claims["iss"], claims["sub"], claims["roles"]) == (registry.issuer, "swift", ["platform"])
    assert claims["exp"] - claims["iat"] == 600
    assert len(claims["jti"]) > 10


def test_the_metadata_says_where_everything_is(registry: Running) -> None:
    told = httpx.get(f"{registry.issuer}/.well-known/oauth-authorization-server", trust_env=False).json()
    assert told["issuer"] == registry.issuer
    assert told["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
    assert httpx.get(told["jwks_uri"], trust_env=False).status_code == 200
    assert httpx.post(told["token_endpoint"], trust_env=False).status_code == 400


def test_a_p_256_key_will_do_too(registry: Running) -> None:
    key = ECKey.generate_key("P-256", private=True)
    assert registry.sees(registry.token(registry.key_of("swift", key), key)) == ["swift"]


def test_so_will_the_old_name_of_ed25519(registry: Running, key: OKPKey) -> None:
    client_id = registry.key_of("swift", key)
    said = {
        "iss": client_id,
        "sub": client_id,
        "aud": registry.issuer + "/oauth/token",
        "exp": registry.now_s + 60,
        "jti": "old-name",
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)
        assertion = jwt.encode({"alg": "EdDSA"}, said, key, algorithms=["EdDSA"])
    assert registry.ask(assertion).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "https://elsewhere.example"},
        {"aud": None},
        {"aud": ["https://elsewhere.example"]},
        {"sub": "somebody-else"},
        {"sub": None},
        {"exp": None},
        {"exp": -31},
        {"exp": 400},
        {"exp": "soon"},
        {"nbf": 120},
        {"iat": 120},
        {"jti": None},
        {"jti": ""},
        {"jti": "x" * 129},
        {"jti": "with a \0"},
        {"jti": 7},
    ],
    ids=str,
)
def test_an_assertion_that_does_not_hold_is_refused(
    registry: Running, key: OKPKey, wrong: dict[str, Any]
) -> None:
    times = {
        name: registry.now_s + value
        for name, value in wrong.items()
        if name in ("exp", "nbf", "iat") and isinstance(value, int)
    }
    answer = registry.ask(registry.assertion(registry.key_of("swift", key), key, **(wrong | times)))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e300, -1e300])
@pytest.mark.parametrize("claim", ["exp", "iat", "nbf"])
def test_a_moment_that_is_none_is_refused(registry: Running, key: OKPKey, claim: str, number: float) -> None:
    answer = registry.ask(registry.assertion(registry.key_of("swift", key), key, **{claim: number}))
    assert answer.status_code < 500
    assert claim != "exp" or answer.status_code == 401


def test_an_assertion_is_good_for_one_token(registry: Running, key: OKPKey) -> None:
    client_id = registry.key_of("swift", key)
    assertion = registry.assertion(client_id, key)
    assert registry.ask(assertion).status_code == 200
    again = registry.ask(assertion)
    assert (again.status_code, again.json()["error"]) == (401, "invalid_client")
    assert registry.ask(registry.assertion(client_id, key)).status_code == 200


def test_a_used_assertion_stays_used_for_as_long_as_it_could_hold(registry: Running, key: OKPKey) -> None:
    client_id = registry.key_of("swift", key)
    assertion = registry.assertion(client_id, key, exp=registry.now_s + 300)
    assert registry.ask(assertion).status_code == 200
    for seconds in (100, 150, 75, 5):  # to 30 s after its end, when the leeway is over
        registry.clock.pass_s(seconds)
        assert registry.ask(assertion).status_code == 401


def test_who_is_not_a_client_learns_nothing_of_who_is(registry: Running, key: OKPKey) -> None:
    client_id = registry.key_of("swift", key)
    other = OKPKey.generate_key("Ed25519", private=True)
    revoked = registry.key_of("swift", other)
    registry.revoke(revoked)
    opaque = registry.register("steady").split("_")[1]
    answers = [
        registry.ask(registry.assertion("0000000000000000", key)),  # nobody
        registry.ask(registry.assertion(client_id, other)),  # another key
        registry.ask(registry.assertion(revoked, other)),  # revoked
        registry.ask(registry.assertion(opaque, key)),  # a credential that has no key
        registry.ask(registry.assertion(client_id, key, iss="0000000000000000")),
        registry.ask(registry.assertion(client_id, key), client_id="0000000000000000"),
        registry.ask("not.a.jwt"),
        registry.ask("a"),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1


def test_no_other_algorithm_is_taken(registry: Running, key: OKPKey) -> None:
    client_id = registry.key_of("swift", key)
    said = {
        "iss": client_id,
        "sub": client_id,
        "aud": registry.issuer,
        "exp": registry.now_s + 60,
        "jti": "confusion",
    }
    unsigned = by_hand({"alg": "none"}, json.dumps(said))
    public = str(key.as_dict(private=False)["x"]).encode()
    mac = jwt.encode({"alg": "HS256"}, said, OctKey.import_key(public.ljust(32, b"=")), algorithms=["HS256"])
    for assertion in (unsigned, mac):
        assert registry.ask(assertion).json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": ""}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "urn:elsewhere"}, "invalid_client"),
        ({"client_assertion": ""}, "invalid_client"),
    ],
    ids=str,
)
def test_another_form_is_refused_as_the_rfc_says(
    registry: Running, key: OKPKey, form: dict[str, str], error: str
) -> None:
    answer = registry.ask(registry.assertion(registry.key_of("swift", key), key), **form)
    assert answer.json()["error"] == error
    assert answer.status_code == (401 if error == "invalid_client" else 400)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ("", "PUBLIC_KEY_FORM"),
        ("{", "PUBLIC_KEY_FORM"),
        ("[]", "PUBLIC_KEY_FORM"),
        ('{"kty":"oct","k":"c2VjcmV0"}', "PUBLIC_KEY_FORM"),
        ('{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}', "PUBLIC_KEY_FORM"),
        ('{"kty":"OKP","crv":"Ed25519","x":"AA"}', "PUBLIC_KEY_FORM"),
        ('{"kty":"OKP","crv":"Ed25519"}', "PUBLIC_KEY_FORM"),
        ("[" * 2_000, "PUBLIC_KEY_FORM"),
        ("private", "PRIVATE_KEY_SENT"),
    ],
)
def test_only_public_keys_are_registered(registry: Running, key: OKPKey, sent: str, reason: str) -> None:
    jwk = json.dumps(key.as_dict(private=True)) if sent == "private" else sent
    request = pb.RegisterClientKeyRequest(request_id="r", party_id="swift", public_jwk=jwk)
    refused = refusal(lambda: registry.stub.RegisterClientKey(request, metadata=bearer(registry.admin)))
    assert refused[:3] == (grpc.StatusCode.INVALID_ARGUMENT, reason, "public_jwk")


def test_a_repeat_of_a_registration_changes_nothing(registry: Running, key: OKPKey) -> None:
    assert registry.key_of("swift", key, "once") == registry.key_of("swift", key, "once")


def test_a_revoked_key_ends_its_tokens_at_once(registry: Running, key: OKPKey) -> None:
    client_id = registry.key_of("swift", key)
    token = registry.token(client_id, key)
    assert registry.sees(token) == ["swift"]
    registry.revoke(client_id)
    assert registry.refused(token)[:2] == (grpc.StatusCode.UNAUTHENTICATED, "CREDENTIAL_REVOKED")
    assert registry.ask(registry.assertion(client_id, key)).status_code == 401


def test_whoever_asks_too_often_is_told_when_to_come_again(tmp_path: Path) -> None:
    with running(tmp_path, SettableClock(), rate_limit="2/minute") as registry:
        answers = [registry.ask("a.b.c") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert int(answers[2].headers["retry-after"]) >= 1


def test_nothing_that_is_sent_makes_a_mistake_of_the_server(registry: Running) -> None:
    for payload in ("[]", "null", "7", '"x"', '{"iss":7}', '{"iss":null}', "{" * 500, "\x00", "{}"):
        assert registry.ask(by_hand({"alg": "Ed25519"}, payload)).status_code == 401
    for assertion in ("..", "...", "é.é.é", "a" * 200_000, "eyJ.eyJ.x", "\u0000"):
        assert registry.ask(assertion).status_code == 401
