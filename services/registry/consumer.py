"""What the registry reads, agreements, and what it writes; with its own calls the flow begins."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sqlalchemy.engine import Connection

from kit.eventlog.port import Record, TopicPartition
from kit.eventlog.topics import AGREEMENTS, REGISTRY, Topic
from services.registry.agreements import Agreement, AgreementDeclarer
from services.registry.messages import agreement_of
from services.registry.ports import Transaction

READS: tuple[Topic, ...] = (AGREEMENTS,)
WRITES: tuple[Topic, ...] = (REGISTRY,)

CONSUMED = (AGREEMENTS.name,)


def decode(record: Record) -> Agreement:
    """What a record says.

    Raises:
        MalformedRecordError: if it cannot be read.
    """
    return agreement_of(record.value)


class AgreementConsumer:
    """The handler of the loop. Its state is in the store alone, so that there is nothing to restore."""

    def __init__(
        self, declarer: AgreementDeclarer, open_transaction: Callable[[Connection], Transaction]
    ) -> None:
        """``open_transaction``: the registry's store within the loop's transaction."""
        self._declarer = declarer
        self._open_transaction = open_transaction

    def restore(self, connection: Connection, partitions: Collection[TopicPartition]) -> None:
        """Nothing to restore."""

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        """Nothing to forget."""

    def handle(self, connection: Connection, batch: Sequence[tuple[Record, Agreement]]) -> None:
        """Declare the batch; the versions leave through the outbox."""
        transaction = self._open_transaction(connection)
        for _, agreement in batch:
            self._declarer.declare(transaction, agreement)
