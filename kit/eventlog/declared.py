"""What ``ensure_topics`` must find or create: the same rule for every adapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kit.errors import PartitionCountError
from kit.eventlog.topics import (
    DISPATCHES,
    FINDING_RETENTION_DAYS,
    FINDINGS,
    PSEUDONYM_LINKS,
    WORK_SESSIONS,
    Topic,
)

OF_WORKERS = frozenset(topic.name for topic in (WORK_SESSIONS, DISPATCHES, FINDINGS, PSEUDONYM_LINKS))
"""Topics whose records, and so their dead letters, are about workers."""

WORKERS_DEAD_LETTER_DAYS = FINDING_RETENTION_DAYS
"""What could not be handled of a worker's data is kept as long as what was found of it, and no longer: people
have a quarter to look, and who asks for erasure gets it."""


class Declared(NamedTuple):
    """One topic of the log as it should be."""

    name: str
    partitions: int
    compacted: bool
    retention_days: int | None
    """None: for ever."""


def declared_topics(topics: Iterable[Topic], partitions: int) -> Iterator[Declared]:
    """Each topic with its partition count, then its dead-letter topic (one partition)."""
    for topic in topics:
        yield Declared(topic.name, partitions if topic.scaled else 1, topic.compacted, topic.retention_days)
        if topic.dead_letter:
            yield Declared(topic.dead_letter_name, 1, False, dead_letter_days(topic))


def dead_letter_days(topic: Topic) -> int | None:
    """For how long what cannot be handled of a topic is kept; None: for ever."""
    return WORKERS_DEAD_LETTER_DAYS if topic.name in OF_WORKERS else None


def check_partitions(topic: str, declared: int, existing: int) -> None:
    """Hold a topic to the count it was created with.

    Raises:
        PartitionCountError: if the declared count is another: keys would move, and lose their order.
    """
    if declared != existing:
        raise PartitionCountError(
            f"topic {topic} has {existing} partitions, not {declared}: the count is fixed at creation",
            zh=f"主题 {topic} 已有 {existing} 个分区，不能改为 {declared} 个：分区数在创建时固定",
            metadata={"topic": topic, "existing": str(existing), "declared": str(declared)},
        )
