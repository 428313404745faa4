"""Links of pseudonyms over SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.eventlog import outbox
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import PSEUDONYM_LINKS
from kit.storage.store import Store
from quzhong.api.registry.v1 import pseudonyms_pb2 as pb
from services.registry.adapters import acts
from services.registry.adapters.pseudonym_tables import PSEUDONYM_LINK, UNDONE_LINK
from services.registry.adapters.store import SqlRegistryStore, SqlTransaction
from services.registry.core.pseudonym_links import Link
from services.registry.ports import EarlierAnswer, Request
from services.registry.pseudonyms.ports import KnownLink, Undone


class SqlPseudonymLinks:
    """Implements ``pseudonyms.ports.PseudonymLinks``; answers are kept with the registry's others."""

    def __init__(self, database: Store, registry: SqlRegistryStore) -> None:
        self._database = database
        self._registry = registry

    def forget_all_but(self, old_versions: Sequence[int]) -> int:
        """See the port."""
        with self._database.transaction() as connection:
            return sum(
                connection.execute(sa.delete(table).where(table.c.old_version.not_in(old_versions))).rowcount
                for table in (PSEUDONYM_LINK, UNDONE_LINK)
            )

    @contextmanager
    def write(self) -> Iterator[SqlLinkTransaction]:
        """See the port."""
        with self._database.transaction() as connection:
            yield SqlLinkTransaction(connection, self._registry.within(connection))


class SqlLinkTransaction:
    """Implements ``pseudonyms.ports.LinkTransaction``."""

    def __init__(self, connection: Connection, answers: SqlTransaction) -> None:
        self._connection = connection
        self._answers = answers

    def earlier_answer(self, party_id: str, request_id: str) -> EarlierAnswer | None:
        """See the port."""
        return self._answers.earlier_answer(party_id, request_id)

    def keep_answer(self, request: Request, entity: str, now_ms: int, keep_ms: int) -> None:
        """See the port."""
        self._answers.keep_answer(request, entity, now_ms, keep_ms)

    def known(self, old_version: int, links: Sequence[Link]) -> list[KnownLink]:
        """See the port."""
        rows = self._connection.execute(
            sa.select(PSEUDONYM_LINK).where(
                PSEUDONYM_LINK.c.old_version == old_version,
                PSEUDONYM_LINK.c.old_pseudonym.in_([link.old for link in links])
                | PSEUDONYM_LINK.c.new_pseudonym.in_([link.new for link in links]),
            )
        )
        return [
            KnownLink(Link(row.old_pseudonym, row.new_pseudonym), row.party_id, row.create_ms) for row in rows
        ]

    def undone(self, old_version: int, links: Sequence[Link]) -> dict[Link, int]:
        """See the port."""
        rows = self._connection.execute(
            sa.select(UNDONE_LINK).where(
                UNDONE_LINK.c.old_version == old_version,
                UNDONE_LINK.c.old_pseudonym.in_([link.old for link in links]),
            )
        )
        return {Link(row.old_pseudonym, row.new_pseudonym): row.undo_ms for row in rows}

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

    def is_apart(self, old_version: int, link: Link) -> bool:
        """See the port."""
        before = (PSEUDONYM_LINK.c.old_version != old_version) & (PSEUDONYM_LINK.c.new_pseudonym == link.old)
        after = (PSEUDONYM_LINK.c.old_version != old_version) & (PSEUDONYM_LINK.c.old_pseudonym == link.new)
        undone = UNDONE_LINK.c.old_pseudonym.in_(link) | UNDONE_LINK.c.new_pseudonym.in_(link)
        others = sa.union_all(
            sa.select(PSEUDONYM_LINK.c.old_version).where(before | after),
            sa.select(UNDONE_LINK.c.old_version).where(undone),
        )
        return self._connection.execute(others.limit(1)).first() is None

    def enter_refused(
        self, party_id: str, old_version: int, reasons: Sequence[str], said_by: Set[str]
    ) -> None:
        """See the port."""
        self._answers.record(acts.of_refused_links(party_id, old_version, reasons, said_by))

    def undo_link(self, old_version: int, undone: Undone) -> None:
        """See the port."""
        old, new = undone.known.link
        self._connection.execute(
            sa.delete(PSEUDONYM_LINK).where(
                PSEUDONYM_LINK.c.old_version == old_version, PSEUDONYM_LINK.c.old_pseudonym == old
            )
        )
        self._connection.execute(
            sa.insert(UNDONE_LINK),
            {
                "old_version": old_version,
                "old_pseudonym": old,
                "new_pseudonym": new,
                "party_id": undone.known.party_id,
                "undo_ms": undone.undo_ms,
            },
        )
        succession = pb.PseudonymSuccession(old_pseudonym=old, new_pseudonym=new)
        succession.undo_time.FromMilliseconds(undone.undo_ms)
        record = NewRecord(PSEUDONYM_LINKS.name, succession.SerializeToString(), key=old.encode())
        outbox.add(self._connection, [record], undone.undo_ms)
        self._answers.record(acts.of_undone_link(old_version, undone))


def _record(link: Link, forget_ms: int | None) -> NewRecord:
    succession = pb.PseudonymSuccession(old_pseudonym=link.old, new_pseudonym=link.new)
    if forget_ms is not None:
        succession.forget_time.FromMilliseconds(forget_ms)
    return NewRecord(PSEUDONYM_LINKS.name, succession.SerializeToString(), key=link.old.encode())
