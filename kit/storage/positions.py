"""How far a consumer group's effects go, per partition, and which owner may still commit.

Fencing: whoever is given a partition adds 1 to its epoch. A former owner that wakes up late still holds the
old number, so its next ``advance`` changes no row, and its whole transaction is rolled back with FencedError.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.errors import FencedError
from kit.eventlog.port import TopicPartition
from kit.storage.dialects import insert_into
from kit.storage.tables import CONSUMER_POSITION as POSITION


@dataclass(frozen=True, slots=True)
class Position:
    """One row."""

    next_offset: int
    """The first record whose effects are not in the store."""
    epoch: int
    """Which owner this is, counted from 1."""


def claim(
    connection: Connection, group: str, partitions: Collection[TopicPartition]
) -> dict[TopicPartition, Position]:
    """Become the owner of partitions: raise their epochs by 1; answer where to go on (0 if never read)."""
    claimed: dict[TopicPartition, Position] = {}
    for partition in sorted(partitions):  # in order, so that two claimers cannot wait for each other
        row = connection.execute(
            insert_into(connection, POSITION)
            .values(group=group, topic=partition.topic, partition=partition.partition, next_offset=0, epoch=1)
            .on_conflict_do_update(
                index_elements=[POSITION.c.group, POSITION.c.topic, POSITION.c.partition],
                set_={"epoch": POSITION.c.epoch + 1},
            )
            .returning(POSITION.c.next_offset, POSITION.c.epoch)
        ).one()
        claimed[partition] = Position(*row)
    return claimed


def load(connection: Connection, group: str, topics: Collection[str]) -> dict[TopicPartition, Position]:
    """All positions of a group in these topics. A partition that nobody has owned yet is missing."""
    rows = connection.execute(
        sa.select(POSITION.c.topic, POSITION.c.partition, POSITION.c.next_offset, POSITION.c.epoch).where(
            POSITION.c.group == group, POSITION.c.topic.in_(topics)
        )
    )
    return {
        TopicPartition(topic, partition): Position(offset, epoch) for topic, partition, offset, epoch in rows
    }


def require_owner(
    connection: Connection, group: str, topics: Collection[str], epochs: Mapping[TopicPartition, int]
) -> None:
    """Hold the positions of the partitions in ``epochs`` until the transaction ends, as their owner.

    Raises:
        FencedError: if a partition has had another owner since; roll back.
    """
    rows = connection.execute(
        sa.select(POSITION.c.topic, POSITION.c.partition, POSITION.c.epoch)
        .where(
            POSITION.c.group == group,
            POSITION.c.topic.in_(topics),
            sa.tuple_(POSITION.c.topic, POSITION.c.partition).in_(sorted(epochs)),
        )
        .order_by(POSITION.c.topic, POSITION.c.partition)  # as everywhere: so no two wait for each other
        .with_for_update()
    )
    stored = {TopicPartition(topic, partition): epoch for topic, partition, epoch in rows}
    if any(stored.get(source) != epoch for source, epoch in epochs.items()):
        raise _fenced(group, epochs)


def advance(
    connection: Connection,
    group: str,
    offsets: Mapping[TopicPartition, int],
    epochs: Mapping[TopicPartition, int],
) -> None:
    """Move positions on to ``offsets``, as the owner that ``epochs`` tells.

    Raises:
        FencedError: if a partition has had another owner since; roll back.
    """
    statement = (
        sa.update(POSITION)
        .where(
            POSITION.c.group == group,
            POSITION.c.topic == sa.bindparam("of_topic"),
            POSITION.c.partition == sa.bindparam("of_partition"),
            POSITION.c.epoch == sa.bindparam("as_epoch"),
        )
        .values(next_offset=sa.bindparam("to_offset"))
    )
    rows = [
        {
            "of_topic": source.topic,
            "of_partition": source.partition,
            "as_epoch": epochs.get(source, 0),
            "to_offset": offsets[source],
        }
        for source in sorted(offsets)
    ]
    if rows and connection.execute(statement, rows).rowcount != len(rows):
        raise _fenced(group, offsets)


def _fenced(group: str, partitions: Collection[TopicPartition]) -> FencedError:
    return FencedError(
        f"another process of group {group} owns one of these partitions now: {sorted(partitions)}",
        zh=f"消费组 {group} 的分区已由另一进程接管",
        metadata={"group": group},
    )
