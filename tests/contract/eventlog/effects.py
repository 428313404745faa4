"""A small service for contract tests: writes down each record once and passes it on.

Its state is a count per partition, in memory and stored as blobs: a state ahead of or behind the position
shows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.errors import InvalidArgumentError, MalformedRecordError
from kit.eventlog import outbox
from kit.eventlog.port import NewRecord, Record, TopicPartition
from kit.storage import state_blobs
from kit.storage.store import Store

EFFECTS = sa.MetaData()

SEEN = sa.Table(
    "seen",
    EFFECTS,
    # The primary key makes a second effect of one record an error.
    sa.Column("topic", sa.String, primary_key=True),
    sa.Column("partition", sa.Integer, primary_key=True),
    sa.Column("offset", sa.BigInteger, primary_key=True),
    sa.Column("value", sa.String, nullable=False),
    sa.Column("owner", sa.String, nullable=False),
)

UNREADABLE = b"\xff"
REFUSED = b"refused"


def decode(record: Record) -> str:
    """Text, unless it begins with a byte that no text has."""
    try:
        return record.value.decode()
    except UnicodeDecodeError as error:
        raise MalformedRecordError("not UTF-8") from error


class Service:
    """Writes each record into ``seen`` and, with ``out``, passes it on to that topic."""

    def __init__(
        self, owner: str = "one", out: str | None = None, before: Callable[[str], None] | None = None
    ) -> None:
        self.owner = owner
        self.out = out
        self.before = before
        self.counts: dict[TopicPartition, int] = {}
        self.shown = 0

    def restore(self, connection: Connection, partitions: Collection[TopicPartition]) -> None:
        for source in partitions:
            assert source not in self.counts, "restored what was not forgotten"
            self.counts[source] = sum(
                int(blob.value) for blob in state_blobs.load(connection, source.topic, source.partition)
            )

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        for source in partitions:
            self.counts.pop(source, None)

    def handle(self, connection: Connection, batch: Sequence[tuple[Record, str]]) -> None:
        for record, value in batch:
            self.counts[record.source] += 1
            if self.before is not None:
                self.before(value)
            if record.value == REFUSED:
                raise InvalidArgumentError("this one is refused")
            state_blobs.append_delta(connection, record.topic, record.partition, b"1")
        connection.execute(
            sa.insert(SEEN),
            [
                {
                    "topic": record.topic, "partition": record.partition, "offset": record.offset,
                    "value": value, "owner": self.owner,
                }
                for record, value in batch
            ],
        )  # fmt: skip
        if self.out is not None:
            passed_on = [NewRecord(self.out, record.value, key=record.key) for record, _ in batch]
            outbox.add(connection, passed_on, create_time_ms=0)

    def committed(self) -> None:
        self.shown += 1


def seen(store: Store) -> list[tuple[int, int, str]]:
    """(partition, offset, value) of every effect, in order."""
    with store.read() as connection:
        rows = connection.execute(
            sa.select(SEEN.c.partition, SEEN.c.offset, SEEN.c.value).order_by(SEEN.c.partition, SEEN.c.offset)
        )
        return [tuple(row) for row in rows]


def owners(store: Store) -> set[str]:
    """Who had effects."""
    with store.read() as connection:
        return set(connection.scalars(sa.select(SEEN.c.owner).distinct()))
