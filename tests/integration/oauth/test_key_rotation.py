"""Signing keys over the months: the next one is known before it is used, and tokens of the last one hold."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jws
from joserfc.jwk import OKPKey

from kit.errors import InvalidArgumentError
from kit.security import secret_files
from tests.integration.oauth.conftest import Running, SettableClock, running

DAY_S = 86_400


def key_ids(registry: Running) -> list[str]:
    answer = httpx.get(f"{registry.issuer}/.well-known/jwks.json", trust_env=False).json()
    return [key["kid"] for key in answer["keys"]]


def signed_with(token: str) -> str:
    key_id: str = jws.extract_compact(token.encode()).headers()["kid"]
    return key_id


def test_the_next_key_is_published_a_day_before_it_signs(tmp_path: Path, key: OKPKey) -> None:
    with running(tmp_path, SettableClock(), oauth_key_days=5) as registry:
        registry.register()
        client_id = registry.key_of("swift", key)
        signers, published = [], []
        for _ in range(13):
            token = registry.token(client_id, key)
            assert registry.sees(token) == ["swift"]
            published.append(key_ids(registry))
            assert signed_with(token) in published[-1]
            signers.append(signed_with(token))
            registry.clock.pass_s(DAY_S)
    first, second, third = dict.fromkeys(signers)
    assert (signers.count(first), signers.count(second)) == (6, 5)
    for day, (signer, before) in enumerate(zip(signers[1:], published, strict=False), start=1):
        assert signer in before, f"on day {day} a key signs that was not there the day before"
    assert max(map(len, published)) == 2
    assert third in published[-1]


def test_tokens_of_the_last_key_hold_to_their_end(tmp_path: Path, key: OKPKey) -> None:
    with running(tmp_path, SettableClock(), oauth_key_days=2) as registry:
        registry.register()
        client_id = registry.key_of("swift", key)
        registry.clock.pass_s(2 * DAY_S)
        registry.token(client_id, key)  # now the next one is made
        registry.clock.pass_s(DAY_S - 1)
        last = registry.token(client_id, key)
        registry.clock.pass_s(1)
        newest = registry.token(client_id, key)
        assert signed_with(last) != signed_with(newest)
        registry.clock.pass_s(599)
        assert registry.sees(last) == registry.sees(newest) == ["swift"]


def test_keys_and_tokens_outlast_a_restart(tmp_path: Path, key: OKPKey) -> None:
    clock = SettableClock()
    with running(tmp_path, clock) as registry:
        registry.register()
        client_id = registry.key_of("swift", key)
        token, before = registry.token(client_id, key), key_ids(registry)
        assertion = registry.assertion(client_id, key, aud="https://q.example")
    mode = stat.S_IMODE((tmp_path / "signing-keys.json").stat().st_mode)
    assert mode == 0o600
    with running(tmp_path, clock, oauth_issuer="https://q.example") as registry:
        url = registry.unit._oauth.url  # type: ignore[union-attr]
        assert httpx.get(f"{url}/.well-known/jwks.json", trust_env=False).json()["keys"][0]["kid"] in before
        assert registry.sees(token) == ["swift"]
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
        }
        assert httpx.post(f"{url}/oauth/token", data=form, trust_env=False).status_code == 200


def test_a_deleted_key_file_ends_every_token(tmp_path: Path, key: OKPKey) -> None:
    clock = SettableClock()
    with running(tmp_path, clock) as registry:
        registry.register()
        client_id = registry.key_of("swift", key)
        stolen = registry.token(client_id, key)
    (tmp_path / "signing-keys.json").unlink()
    with running(tmp_path, clock) as registry:
        assert registry.refused(stolen).reason == "CREDENTIAL_EXPIRED"
        assert registry.sees(registry.token(client_id, key)) == ["swift"]


@pytest.mark.parametrize("content", ["", "{}", "[7]", '[{"key_id": "a"}]'])
def test_a_key_file_that_makes_no_sense_stops_the_start(tmp_path: Path, content: str) -> None:
    with running(tmp_path, SettableClock()):
        pass
    secret_files.write(tmp_path / "signing-keys.json", content.encode())
    with pytest.raises(InvalidArgumentError) as refused, running(tmp_path, SettableClock()):
        pass
    assert refused.value.reason == "SIGNING_KEYS_UNUSABLE"


def test_no_private_key_leaves_its_file(tmp_path: Path, key: OKPKey) -> None:
    with running(tmp_path, SettableClock()) as registry:
        registry.register()
        registry.token(registry.key_of("swift", key), key)
        kept: list[dict[str, Any]] = json.loads((tmp_path / "signing-keys.json").read_text())
    private = [each["private_jwk"]["d"].encode() for each in kept] + [
        str(key.as_dict(private=True)["d"]).encode()
    ]
    for file in tmp_path.rglob("*"):
        if file.is_file() and file.name != "signing-keys.json":
            content = file.read_bytes()
            assert not any(secret in content for secret in private), file
