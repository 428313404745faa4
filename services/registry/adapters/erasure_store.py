"""Erasures over SQL, and what else the registry's store keeps of workers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, String, Table

from kit.clock import Clock
from kit.eventlog import outbox
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import REGISTRY
from kit.ledger import NOT_RECORDED, Recorder
from kit.storage.store import Store
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.adapters import acts
from services.registry.adapters.part_store import PartStore
from services.registry.adapters.pseudonym_tables import PSEUDONYM_LINK, UNDONE_LINK
from services.registry.adapters.store import SqlTransaction
from services.registry.adapters.tables import ANSWER, METADATA
from services.registry.adapters.view import SqlView
from services.registry.adapters.worker_code_store import WORKER_CODE
from services.registry.core.erasures import Erasure
from services.registry.core.pseudonym_links import Link
from services.registry.erasures.messages import erasure_message

ERASURE = Table(
    "erasure",
    METADATA,
    Column("erasure_id", String, primary_key=True),
    Column("party_id", String, nullable=False, doc="Who had it done; empty if the topic alone knew of it."),
    Column("erase_ms", BigInteger, nullable=False),
    Column("gone_ms", BigInteger, nullable=False),
)

ERASED_WORKER = Table(
    "erased_worker",
    METADATA,
    Column("erasure_id", String, ForeignKey(ERASURE.c.erasure_id), primary_key=True),
    Column("worker_sha256", LargeBinary, primary_key=True),
    Index("erased_worker_by_hash", "worker_sha256"),
)
"""Whose data went, by the hash of each pseudonym; a pseudonym itself never."""


class SqlErasureStore(PartStore["SqlView", "SqlErasureTransaction"]):
    """Implements ``erasures.ports.ErasureStore``."""

    def __init__(self, store: Store, clock: Clock, recorder: Recorder = NOT_RECORDED) -> None:
        super().__init__(store, clock, recorder, SqlView, SqlErasureTransaction)


class SqlErasureTransaction(SqlTransaction):
    """Implements ``erasures.ports.ErasureTransaction``."""

    def links_of(self, pseudonyms: Sequence[str]) -> list[Link]:
        """See the port."""
        old, new = PSEUDONYM_LINK.c.old_pseudonym, PSEUDONYM_LINK.c.new_pseudonym
        query = sa.select(old, new).where(old.in_(pseudonyms) | new.in_(pseudonyms))
        return [Link(*row) for row in self._connection.execute(query)]

    def erased_with(self, worker_sha256: Collection[bytes]) -> set[bytes]:
        """See the port."""
        known, found = set(worker_sha256), set[bytes]()
        while known != found:
            found = known
            of_any = sa.select(ERASED_WORKER.c.erasure_id).where(ERASED_WORKER.c.worker_sha256.in_(found))
            query = sa.select(ERASED_WORKER.c.worker_sha256).where(ERASED_WORKER.c.erasure_id.in_(of_any))
            known = found | {bytes(each) for each in self._connection.scalars(query)}
        return found

    def erasure(self, erasure_id: str) -> Erasure | None:
        """See the port."""
        row = self._connection.execute(
            sa.select(ERASURE).where(ERASURE.c.erasure_id == erasure_id)
        ).one_or_none()
        if row is None:
            return None
        hashes = self._connection.scalars(
            sa.select(ERASED_WORKER.c.worker_sha256).where(ERASED_WORKER.c.erasure_id == erasure_id)
        )
        ascending = tuple(sorted(bytes(each) for each in hashes))
        return Erasure(row.erasure_id, ascending, row.party_id, row.erase_ms, row.gone_ms)

    def pseudonyms(self) -> Iterator[str]:
        """See the port."""
        for column in OF_WORKERS:
            yield from self._connection.scalars(sa.select(column).distinct())

    def put_erasure(self, erasure: Erasure, reason: str) -> None:
        """See the port."""
        row = {
            "erasure_id": erasure.erasure_id,
            "party_id": erasure.party_id,
            "erase_ms": erasure.erase_ms,
            "gone_ms": erasure.gone_ms,
        }
        self._connection.execute(sa.insert(ERASURE), row)
        self._connection.execute(
            sa.insert(ERASED_WORKER),
            [{"erasure_id": erasure.erasure_id, "worker_sha256": each} for each in erasure.worker_sha256],
        )
        entry = pb.DirectoryEntry(erasure=erasure_message(erasure))
        key = f"erasure/{erasure.erasure_id}"
        record = NewRecord(REGISTRY.name, entry.SerializeToString(), key=key.encode())
        outbox.add(self._connection, [record], self._now_ms)
        self.record(acts.of_erasure(erasure, reason))

    def forget(self, pseudonyms: Collection[str]) -> None:
        """See the port."""
        # A code that is gone can be no repeat's answer: the same request issues another one.
        codes = sa.select(WORKER_CODE.c.code_id).where(WORKER_CODE.c.worker_id.in_(pseudonyms))
        self._connection.execute(sa.delete(ANSWER).where(ANSWER.c.entity.in_(codes)))
        for column in OF_WORKERS:
            self._connection.execute(sa.delete(column.table).where(column.in_(pseudonyms)))


OF_WORKERS = (
    WORKER_CODE.c.worker_id,
    PSEUDONYM_LINK.c.old_pseudonym,
    PSEUDONYM_LINK.c.new_pseudonym,
    UNDONE_LINK.c.old_pseudonym,
    UNDONE_LINK.c.new_pseudonym,
)
"""Every column of the registry's store that holds pseudonyms; a test compares it with the tables."""
