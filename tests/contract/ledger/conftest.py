"""Ledgers under contract: in SQLite and in a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kit.ledger import Ledger
from kit.storage.store import Store

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
"""A fixed key, so that a failure can be seen again."""


class Ticking:
    """A clock that goes on by a second at each look."""

    def __init__(self, start_ms: int = 1_773_635_464_000) -> None:
        self.now_ms = start_ms

    def __call__(self) -> int:
        self.now_ms += 1_000
        return self.now_ms


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An open store on each database in turn."""
    opened = Store.open(database_url)
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture
def ledger(store: Store) -> Ledger:
    """A new ledger in it."""
    return Ledger.open(store, "registry", [KEY], Ticking())
