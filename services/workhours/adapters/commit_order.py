"""Sequence numbers that ascend with the commits, on either database."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from kit.storage.dialects import take_turn


def queue(connection: Connection) -> None:
    """Call before drawing numbers: until this transaction ends nobody else draws any.

    On PostgreSQL several processes write, and a number is drawn before its commit. Whoever follows the
    numbers must not pass over one that commits later.
    """
    take_turn(connection, "workhours.sequence")
