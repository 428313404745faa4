"""Up to which moment a consumer has heard everything: how "now" enters where no event tells the time.

The present itself will not do. After an outage a consumer has hours of records before it; were the present
its watermark, every order accepted in them would seem to be in hand still. So the time of a partition comes
to a moment only when all that the log held at that moment has had its effects.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy.engine import Connection

from kit.clock import Clock
from kit.errors import LogUnavailableError
from kit.eventlog.port import EventLog, TopicPartition
from kit.storage import positions


class _Look(NamedTuple):
    at_ms: int
    ends: dict[TopicPartition, int]


class HeardUntil:
    """Looks at the log's ends each time it is called, and answers for the look before."""

    def __init__(self, log: EventLog, group: str, topic: str, clock: Clock) -> None:
        self._log = log
        self._group = group
        self._topic = topic
        self._clock = clock
        self._last = _Look(0, {})

    def __call__(self, connection: Connection) -> dict[int, int]:
        """By partition, the moment (epoch milliseconds) up to which all the log took is in the store.

        Partitions that are behind are missing; all are while the log is away, since nobody knows then what it
        took.
        """
        try:
            # The time before the ends: a record between the two is not in the promise.
            look = _Look(self._clock(), self._ends())
        except LogUnavailableError:
            return {}
        last, self._last = self._last, look
        reached = positions.load(connection, self._group, (self._topic,))
        return {
            source.partition: last.at_ms
            for source, end in last.ends.items()
            if (reached[source].next_offset if source in reached else 0) >= end
        }

    def _ends(self) -> dict[TopicPartition, int]:
        ends = self._log.end_offsets(self._topic)
        return {TopicPartition(self._topic, number): end for number, end in ends.items()}
