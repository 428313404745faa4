"""Tokens leave a trace: who got one until when, and who got none and why; never the token."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey

from kit.errors import StorageUnavailableError
from kit.ledger import Ledger
from tests.integration.oauth.conftest import Running, SettableClock, running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def registry(folder: Path) -> Iterator[Running]:
    """One for each test: what stands in the ledger is counted."""
    with running(folder, SettableClock()) as registry:
        registry.register("swift")
        yield registry


def entered(folder: Path, action: str) -> list[tuple[str, str, dict[str, Any]]]:
    """(subject, actor, details) of each entry."""
    with sqlite3.connect(f"file:{folder / 'registry.db'}?mode=ro", uri=True) as database:
        rows = database.execute(
            "SELECT subject, actor, details FROM ledger_entry WHERE action = ? ORDER BY sequence", (action,)
        ).fetchall()
    return [(subject, actor, json.loads(details)) for subject, actor, details in rows]


def test_a_token_is_entered_once_with_its_client_and_its_end_and_never_itself(
    registry: Running, folder: Path, key: OKPKey
) -> None:
    client_id = registry.key_of("swift", key)
    token = registry.token(client_id, key)
    claims = jwt.decode(token, OKPKey.import_key(_signing_key(registry)), algorithms=["Ed25519"]).claims
    ((subject, actor, details),) = entered(folder, "token.issued")
    assert (subject, actor) == (f"credential/{client_id}", "swift")
    assert details == {
        "party_id": "swift",
        "grant": "client_credentials",
        "token_id": claims["jti"],
        "expire_time": "2026-03-16T20:10:00+08:00",
    }
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert token.rpartition(".")[2].encode() not in kept


def test_a_used_assertion_is_entered_as_refused_and_gets_no_entry_of_a_token(
    registry: Running, folder: Path, key: OKPKey
) -> None:
    client_id = registry.key_of("swift", key)
    assertion = registry.assertion(client_id, key)
    assert [registry.ask(assertion).status_code for _ in range(2)] == [200, 401]
    assert len(entered(folder, "token.issued")) == 1
    assert entered(folder, "token.refused") == [
        (f"client/{client_id}", "registry", {"why": "assertion used before", "times": 1})
    ]


def test_refusals_name_the_client_that_is_known_and_nothing_that_was_typed(
    registry: Running, folder: Path, key: OKPKey
) -> None:
    client_id = registry.key_of("swift", key)
    other = OKPKey.generate_key("Ed25519", private=True)
    registry.ask(registry.assertion(client_id, other))
    registry.ask(registry.assertion("a-password-typed-as-a-name", other))
    registry.ask(registry.assertion(client_id, key, aud="https://elsewhere.example"))
    registry.ask("no assertion at all")
    registry.revoke(client_id)
    registry.clock.pass_s(61)
    registry.ask(registry.assertion(client_id, key))
    told = [(subject, details["why"]) for subject, _, details in entered(folder, "token.refused")]
    assert told == [
        (f"client/{client_id}", "signature"),
        ("client/unknown", "no such client, or revoked"),
        (f"client/{client_id}", "audience"),
        ("client/unknown", "assertion unreadable"),
        ("client/unknown", "no such client, or revoked"),
    ]
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"a-password-typed-as-a-name" not in kept


def test_a_flood_of_refusals_is_a_few_entries_that_add_up(folder: Path, key: OKPKey) -> None:
    with running(folder, SettableClock()) as registry:
        for _ in range(40):
            registry.ask(registry.assertion("nobody", key))
        registry.clock.pass_s(61)
        for _ in range(3):
            registry.ask(registry.assertion("nobody", key))
    # The last ones were told when the registry stopped.
    assert [details["times"] for _, _, details in entered(folder, "token.refused")] == [1, 39, 1, 2]


def test_no_token_leaves_without_its_entry(
    registry: Running, folder: Path, key: OKPKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_id = registry.key_of("swift", key)
    assertion = registry.assertion(client_id, key)

    def full(self: Ledger, *acts: object) -> None:
        raise StorageUnavailableError("the disk is full", zh="磁盘已满")

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "record", full)
        assert registry.ask(assertion).status_code == 503
    assert registry.ask(assertion).status_code == 200  # nor was the assertion used up


def _signing_key(registry: Running) -> Any:
    (public,) = httpx.get(f"{registry.issuer}/.well-known/jwks.json", trust_env=False).json()["keys"]
    return {name: public[name] for name in ("kty", "crv", "x")}
