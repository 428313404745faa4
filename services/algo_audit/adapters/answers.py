"""What mutations were answered with; and how they are kept from running beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.requests import KEEP_MS
from kit.storage.dialects import take_turn
from kit.storage.store import Store
from services.algo_audit.adapters.consultation_tables import ANSWER
from services.algo_audit.mutations import EarlierAnswer, Mutation


class SqlAnswers:
    """``Answers`` over SQL."""

    def earlier(self, connection: Connection, mutation: Mutation) -> EarlierAnswer | None:
        """See the port."""
        row = connection.execute(
            sa.select(ANSWER.c.content_sha256, ANSWER.c.entity).where(
                ANSWER.c.party_id == mutation.party_id, ANSWER.c.request_id == mutation.request_id
            )
        ).first()
        return None if row is None else EarlierAnswer(bytes(row.content_sha256), row.entity)

    def keep(self, connection: Connection, mutation: Mutation, entity: str, now_ms: int) -> None:
        """See the port."""
        connection.execute(sa.delete(ANSWER).where(ANSWER.c.create_time_ms < now_ms - KEEP_MS))
        row = {
            "party_id": mutation.party_id,
            "request_id": mutation.request_id,
            "content_sha256": mutation.content_sha256,
            "entity": entity,
            "create_time_ms": now_ms,
        }
        connection.execute(sa.insert(ANSWER), row)


@contextmanager
def one_at_a_time(store: Store) -> Iterator[Connection]:
    """A write transaction that no other mutation of consultations and appeals runs beside.

    People take these steps, a few a minute at most; so they may well wait for each other.
    """
    with store.transaction() as connection:
        take_turn(connection, "quzhong.algo_audit.mutations")
        yield connection


class SqlBook:
    """What several books have in common: reading, and writing one at a time. Threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def transaction(self) -> AbstractContextManager[Connection]:
        """See the ports."""
        return one_at_a_time(self._store)

    def reading(self) -> AbstractContextManager[Connection]:
        """See the ports."""
        return self._store.read()
