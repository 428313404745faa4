"""Sequence numbers that ascend with the commits, on either database."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

_QUEUE = sa.text("SELECT pg_advisory_xact_lock(hashtext('workhours.sequence'))")


def queue(connection: Connection) -> None:
    """Call before drawing numbers: until this transaction ends nobody else draws any.

    On PostgreSQL several processes write, and a number is drawn before its commit. Whoever follows the
    numbers must not pass over one that commits later. SQLite has one writer at a time by itself.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_QUEUE)
