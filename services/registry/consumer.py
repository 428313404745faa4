"""What the registry reads, agreements and activity, and what it writes; the flow begins with its calls."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sqlalchemy.engine import Connection

from kit.clock import Clock
from kit.eventlog.port import Record, TopicPartition
from kit.eventlog.topics import ACTIVITY, AGREEMENTS, FINDINGS, PSEUDONYM_LINKS, REGISTRY, Topic
from services.registry.agreements import Agreement, AgreementDeclarer
from services.registry.messages import agreement_of
from services.registry.reports.duties import Duties
from services.registry.reports.messages import activity_of
from services.registry.reports.ports import ActivityCount, ReportTransaction

READS: tuple[Topic, ...] = (AGREEMENTS, ACTIVITY, REGISTRY)
WRITES: tuple[Topic, ...] = (REGISTRY, PSEUDONYM_LINKS, FINDINGS)

CONSUMED = (AGREEMENTS.name, ACTIVITY.name)

Heard = Agreement | ActivityCount


def decode(record: Record) -> Heard:
    """What a record of either topic says.

    Raises:
        MalformedRecordError: if it cannot be read.
    """
    return agreement_of(record.value) if record.topic == AGREEMENTS.name else activity_of(record.value)


class RegistryConsumer:
    """The handler of the loop. Its state is in the store alone, so that there is nothing to restore."""

    def __init__(
        self,
        declarer: AgreementDeclarer,
        duties: Duties,
        open_transaction: Callable[[Connection], ReportTransaction],
        tidy: Callable[[], None],
        clock: Clock,
    ) -> None:
        """``open_transaction``: the registry's store within the loop's transaction. ``tidy``: what the store
        has to do outside of transactions."""
        self._declarer = declarer
        self._duties = duties
        self._open_transaction = open_transaction
        self._tidy = tidy
        self._clock = clock

    def restore(self, connection: Connection, partitions: Collection[TopicPartition]) -> None:
        """Nothing to restore."""

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        """Nothing to forget."""

    def handle(self, connection: Connection, batch: Sequence[tuple[Record, Heard]]) -> None:
        """Declare what was agreed on, the versions leave through the outbox; and keep what was counted."""
        transaction = self._open_transaction(connection)
        for _, heard in batch:
            if isinstance(heard, Agreement):
                self._declarer.declare(transaction, heard)
        transaction.take_activity(heard for _, heard in batch if isinstance(heard, ActivityCount))

    def tick(self, connection: Connection) -> None:
        """Say what became due, or overdue, by time alone."""
        self._duties.tick(self._open_transaction(connection), self._clock())

    def committed(self) -> None:
        """What the tick said is durable."""
        self._duties.committed()
        self._tidy()
