"""What a service gives to a ``ConsumerLoop``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Protocol, TypeVar, runtime_checkable

from sqlalchemy.engine import Connection

from kit.eventlog.port import Record, TopicPartition

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)

Decode = Callable[[Record], T]
"""Bytes to what the handler knows. Raises MalformedRecordError (a PermanentError) for what it cannot read."""


class Handler(Protocol[T_contra]):
    """Effects of records.

    One method at a time is called, by the loop's thread; ``forget`` perhaps by the log client's thread, while
    the loop's waits.
    """

    def restore(self, connection: Connection, partitions: Collection[TopicPartition]) -> None:
        """Load the state of partitions from the store, in the transaction that claims them.

        Called when partitions are assigned, and after a failure once ``forget`` has been called for them.
        Again if it raises a RetryableError, or OffsetGoneError as retention came by while it read the log.
        """
        ...

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        """Drop the state of partitions from memory: it is another's now, or was not committed. After a
        ``restore`` that failed, of some of them there may be none."""
        ...

    def handle(self, connection: Connection, batch: Sequence[tuple[Record, T_contra]]) -> None:
        """Apply a batch: write state and outgoing records (``outbox.add``) to ``connection``, commit nothing.

        Raises:
            PermanentError: for a record that can never be handled. The batch is handled again, record by
                record, and the ones that raise go to the dead-letter topic.
            RetryableError: if all of it may succeed later.
        """
        ...


@runtime_checkable
class CommitListener(Protocol):
    """What a handler may implement too, to show results in memory only once they are durable."""

    def committed(self) -> None:
        """The last batch handled is committed."""
        ...


@runtime_checkable
class Ticking(Protocol):
    """What a handler implements too if something becomes true by the mere passing of time."""

    def tick(self, connection: Connection) -> None:
        """Do what is due now, as ``handle`` does its part: writing to ``connection``, committing nothing.

        Called about once a second while partitions are owned, in a transaction of its own that commits only
        if they still are.
        """
        ...
