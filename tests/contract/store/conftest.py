"""The stores under contract: SQLite and a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from kit.storage.store import Store

SERVICE = sa.MetaData()
"""A service's own tables, beside the kit's."""

NOTES = sa.Table(
    "notes",
    SERVICE,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An open store on each database in turn."""
    opened = Store.open(database_url, SERVICE)
    try:
        yield opened
    finally:
        opened.close()
