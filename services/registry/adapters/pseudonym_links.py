"""Links of pseudonyms over SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.eventlog import outbox
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import PSEUDONYM_LINKS
from kit.storage.store import Store
from quzhong.api.registry.v1 import pseudonyms_pb2 as pb
from services.registry.adapters import acts
from services.registry.adapters.pseudonym_tables import PSEUDONYM_LINK
from services.registry.adapters.store import SqlRegistryStore, SqlTransaction
from services.registry.core.pseudonym_links import Link
from services.registry.ports import EarlierAnswer, Request


class SqlPseudonymLinks:
    """Implements ``pseudonym_ports.PseudonymLinks``; answers are kept with the registry's others."""

    def __init__(self, database: Store, registry: SqlRegistryStore) -> None:
        self._database = database
        self._registry = registry

    def forget_all_but(self, old_versions: Sequence[int]) -> int:
        """See the port."""
        with self._database.transaction() as connection:
            return connection.execute(
                sa.delete(PSEUDONYM_LINK).where(PSEUDONYM_LINK.c.old_version.not_in(old_versions))
            ).rowcount

    @contextmanager
    def write(self) -> Iterator[SqlLinkTransaction]:
        """See the port."""
        with self._database.transaction() as connection:
            yield SqlLinkTransaction(connection, self._registry.within(connection))


class SqlLinkTransaction:
    """Implements ``pseudonym_ports.LinkTransaction``."""

    def __init__(self, connection: Connection, answers: SqlTransaction) -> None:
        self._connection = connection
        self._answers = answers

    def earlier_answer(self, party_id: str, request_id: str) -> EarlierAnswer | None:
        """See the port."""
        return self._answers.earlier_answer(party_id, request_id)

    def keep_answer(self, request: Request, entity: str, now_ms: int, keep_ms: int) -> None:
        """See the port."""
        self._answers.keep_answer(request, entity, now_ms, keep_ms)

    def new_of_old(self, old_version: int, pseudonyms: Sequence[str]) -> dict[str, str]:
        """See the port."""
        return dict(self._rows(old_version, "old", pseudonyms))

    def old_of_new(self, old_version: int, pseudonyms: Sequence[str]) -> dict[str, str]:
        """See the port."""
        return {new: old for old, new in self._rows(old_version, "new", pseudonyms)}

    def put_links(
        self, party_id: str, old_version: int, links: Sequence[Link], now_ms: int, forget_ms: int | None
    ) -> None:
        """See the port."""
        rows = [
            {
                "old_version": old_version,
                "old_pseudonym": link.old,
                "new_pseudonym": link.new,
                "party_id": party_id,
                "create_ms": now_ms,
            }
            for link in links
        ]
        if rows:
            self._connection.execute(sa.insert(PSEUDONYM_LINK), rows)
        outbox.add(self._connection, [_record(link, forget_ms) for link in links], now_ms)
        if links:
            self._answers.record(acts.of_links(party_id, old_version, len(links)))

    def _rows(self, old_version: int, side: str, pseudonyms: Sequence[str]) -> Iterator[tuple[str, str]]:
        column = PSEUDONYM_LINK.c[f"{side}_pseudonym"]
        rows = self._connection.execute(
            sa.select(PSEUDONYM_LINK.c.old_pseudonym, PSEUDONYM_LINK.c.new_pseudonym).where(
                PSEUDONYM_LINK.c.old_version == old_version, column.in_(pseudonyms)
            )
        )
        return ((row.old_pseudonym, row.new_pseudonym) for row in rows)


def _record(link: Link, forget_ms: int | None) -> NewRecord:
    succession = pb.PseudonymSuccession(old_pseudonym=link.old, new_pseudonym=link.new)
    if forget_ms is not None:
        succession.forget_time.FromMilliseconds(forget_ms)
    return NewRecord(PSEUDONYM_LINKS.name, succession.SerializeToString(), key=link.old.encode())
