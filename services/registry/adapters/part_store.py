"""What the parts of the registry's store have in common: one database, one ledger, one writer at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from sqlalchemy.engine import Connection

from kit.clock import Clock
from kit.ledger import Recorder
from kit.storage.dialects import take_turn
from kit.storage.store import Store

ViewT = TypeVar("ViewT")
TransactionT = TypeVar("TransactionT")


class PartStore(Generic[ViewT, TransactionT]):
    """Reads and writes, each part by views and transactions of its own kind."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        recorder: Recorder,
        view: Callable[[Connection], ViewT],
        transaction: Callable[[Connection, int, Recorder], TransactionT],
    ) -> None:
        """``transaction`` gets the moment that it begins, epoch ms, and what to enter acts in: the ledger."""
        self._store = store
        self._clock = clock
        self._recorder = recorder
        self._view = view
        self._transaction = transaction

    @contextmanager
    def read(self) -> Iterator[ViewT]:
        """See the ports."""
        with self._store.read() as connection:
            yield self._view(connection)

    @contextmanager
    def write(self) -> Iterator[TransactionT]:
        """See the ports."""
        with self._store.transaction() as connection:
            yield self.within(connection)

    def within(self, connection: Connection) -> TransactionT:
        """A write transaction that somebody else began, and commits: the consumer."""
        take_turn(connection, "quzhong.registry")  # versions are counted from what is read before
        return self._transaction(connection, self._clock(), self._recorder)
