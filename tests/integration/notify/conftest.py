"""Notify's store over both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.storage.store import Store
from services.notify.adapters.tables import METADATA


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty one."""
    postgres = request.param == "postgres"
    url = request.getfixturevalue("postgres_url") if postgres else f"sqlite:///{tmp_path / 'notify.db'}"
    store = Store.open(url, METADATA)
    yield store
    store.close()
