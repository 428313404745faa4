"""A partition's state as blobs: one snapshot, then deltas, in order.

A row a worker would cut the whole path to a tenth (SQLite writes 5,000 rows in 6 ms, one blob of them in
0.25 ms). Whoever keeps state appends a delta per commit and replaces all by one snapshot when the deltas
have grown long. Call these in the transaction that also advances the position: then the state is never ahead
of it or behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.storage.tables import STATE_BLOB as BLOB


class Kind(StrEnum):
    """What a blob is."""

    SNAPSHOT = "snapshot"
    DELTA = "delta"


@dataclass(frozen=True, slots=True)
class StateBlob:
    """One blob, as the service encoded it."""

    kind: Kind
    value: bytes


def load(connection: Connection, name: str, partition: int) -> list[StateBlob]:
    """The blobs of one partition, in order; none if it has no state yet."""
    rows = connection.execute(
        sa.select(BLOB.c.kind, BLOB.c.value)
        .where(BLOB.c.name == name, BLOB.c.partition == partition)
        .order_by(BLOB.c.sequence)
    )
    return [StateBlob(Kind(kind), bytes(value)) for kind, value in rows]


def names(connection: Connection, prefix: str, partition: int) -> list[str]:
    """The names, of those that begin so, under which a partition has any state."""
    statement = sa.select(BLOB.c.name).where(
        BLOB.c.name.startswith(prefix, autoescape=True), BLOB.c.partition == partition
    )
    return sorted(set(connection.scalars(statement)))


def append_delta(connection: Connection, name: str, partition: int, value: bytes) -> None:
    """Add what has changed since the last blob."""
    _insert(connection, name, partition, Kind.DELTA, value)


def replace(connection: Connection, name: str, partition: int, snapshot: bytes) -> None:
    """Let one snapshot stand for everything so far."""
    drop(connection, name, partition)
    _insert(connection, name, partition, Kind.SNAPSHOT, snapshot)


def drop(connection: Connection, name: str, partition: int) -> None:
    """Let go of all of a partition's state."""
    connection.execute(sa.delete(BLOB).where(BLOB.c.name == name, BLOB.c.partition == partition))


def _insert(connection: Connection, name: str, partition: int, kind: Kind, value: bytes) -> None:
    last = (
        sa.select(sa.func.coalesce(sa.func.max(BLOB.c.sequence), 0))
        .where(BLOB.c.name == name, BLOB.c.partition == partition)
        .scalar_subquery()
    )
    connection.execute(
        sa.insert(BLOB).values(
            name=name, partition=partition, sequence=last + 1, kind=kind.value, value=value
        )
    )
