"""What SQLite and PostgreSQL need to be told each in their own way."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection


def take_turn(connection: Connection, name: str) -> None:
    """Until this transaction ends, nobody else takes a turn of this name: a writer at a time, or a number.

    SQLite has one writer at a time by itself (BEGIN IMMEDIATE).
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})


def insert_into(connection: Connection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can say what to do on conflict."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
