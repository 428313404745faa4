"""Notify's store over both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kit.storage.store import Store
from services.notify.adapters.tables import METADATA


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty one."""
    store = Store.open(database_url, METADATA)
    yield store
    store.close()
