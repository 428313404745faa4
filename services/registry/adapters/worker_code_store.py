"""Workers' one-time codes, over SQL: in the registry's own store, and in its ledger; in no topic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, String, Table
from sqlalchemy.engine import Connection, Row

from kit.clock import Clock
from kit.ledger import NOT_RECORDED, Recorder
from kit.storage.store import Store
from services.registry.adapters import acts
from services.registry.adapters.part_store import PartStore
from services.registry.adapters.pseudonym_tables import PSEUDONYM_LINK
from services.registry.adapters.store import SqlTransaction
from services.registry.adapters.tables import METADATA, PARTY
from services.registry.adapters.view import SqlView
from services.registry.core.worker_codes import WorkerCode
from services.registry.identity.ports import Granting

WORKER_CODE = Table(
    "worker_code",
    METADATA,
    Column("code_id", String, primary_key=True),
    Column("code_sha256", LargeBinary, unique=True, doc="Null once nothing opens it any more."),
    Column("party_id", String, ForeignKey(PARTY.c.party_id), nullable=False),
    Column("worker_id", String, nullable=False, doc="The pseudonym it was issued for."),
    Column("reason", String, nullable=False),
    Column("create_ms", BigInteger, nullable=False),
    Column("expire_ms", BigInteger, nullable=False),
    Column("redeem_ms", BigInteger, doc="Null if it was not used."),
    Index("worker_code_by_worker", "worker_id", "create_ms"),
    Index("worker_code_by_party", "party_id", "create_ms"),
    Index("worker_code_by_age", "create_ms"),
)

Mark = Callable[[str], str]
"""How the ledger names a pseudonym: ``kit.ledger.worker_marks``."""

_LONGEST_CHAIN = 16
"""Pseudonyms of one worker that are followed either way: keys change once in years, and a ring ends here."""


class SqlWorkerCodeStore(PartStore["SqlWorkerCodeView", "SqlWorkerCodeTransaction"]):
    """Implements ``identity.ports.WorkerCodeStore``."""

    def __init__(self, store: Store, clock: Clock, mark: Mark, recorder: Recorder = NOT_RECORDED) -> None:
        super().__init__(
            store, clock, recorder, SqlWorkerCodeView, partial(SqlWorkerCodeTransaction, mark=mark)
        )


class SqlWorkerCodeView(SqlView):
    """Implements ``identity.ports.WorkerCodeView``."""

    def worker_code(self, code_id: str) -> WorkerCode | None:
        """See the port."""
        return self._one(WORKER_CODE.c.code_id == code_id)

    def worker_code_of(self, code_sha256: bytes) -> WorkerCode | None:
        """See the port."""
        return self._one(WORKER_CODE.c.code_sha256 == code_sha256)

    def worker_codes(self, worker_ids: Sequence[str], since_ms: int) -> list[WorkerCode]:
        """See the port."""
        query = sa.select(WORKER_CODE).where(
            WORKER_CODE.c.worker_id.in_(worker_ids), WORKER_CODE.c.create_ms >= since_ms
        )
        return [_code(row) for row in self._connection.execute(query)]

    def count_worker_codes(self, party_id: str, worker_id: str, since_ms: int) -> int:
        """See the port."""
        query = sa.select(sa.func.count()).where(
            WORKER_CODE.c.party_id == party_id, WORKER_CODE.c.create_ms > since_ms
        )
        if worker_id:
            query = query.where(WORKER_CODE.c.worker_id == worker_id)
        return self._connection.scalar(query) or 0

    def pseudonyms_of(self, worker_id: str) -> list[str]:
        """See the port."""
        later = self._linked(worker_id, PSEUDONYM_LINK.c.old_pseudonym, PSEUDONYM_LINK.c.new_pseudonym)
        earlier = self._linked(worker_id, PSEUDONYM_LINK.c.new_pseudonym, PSEUDONYM_LINK.c.old_pseudonym)
        return list(dict.fromkeys([*reversed(later), worker_id, *earlier]))

    def _linked(self, worker_id: str, known: Column[str], wanted: Column[str]) -> list[str]:
        """The chain from a pseudonym on, in one direction, without itself."""
        chain: list[str] = []
        for _ in range(_LONGEST_CHAIN):
            last = chain[-1] if chain else worker_id
            query = sa.select(wanted).where(known == last).order_by(PSEUDONYM_LINK.c.create_ms).limit(1)
            following = self._connection.scalar(query)
            if following is None or following in (worker_id, *chain):
                break
            chain.append(following)
        return chain

    def _one(self, which: sa.ColumnElement[bool]) -> WorkerCode | None:
        row = self._connection.execute(sa.select(WORKER_CODE).where(which)).one_or_none()
        return None if row is None else _code(row)


class SqlWorkerCodeTransaction(SqlTransaction, SqlWorkerCodeView):
    """Implements ``identity.ports.WorkerCodeTransaction``."""

    def __init__(self, connection: Connection, now_ms: int, recorder: Recorder, *, mark: Mark) -> None:
        super().__init__(connection, now_ms, recorder)
        self._mark = mark

    def put_worker_code(self, code: WorkerCode) -> None:
        """See the port."""
        values = {
            "code_sha256": code.code_sha256 or None,
            "party_id": code.party_id,
            "worker_id": code.worker_id,
            "reason": code.reason,
            "create_ms": code.create_ms,
            "expire_ms": code.expire_ms,
            "redeem_ms": code.redeem_ms,
        }
        mine = WORKER_CODE.c.code_id == code.code_id
        if self._connection.execute(sa.update(WORKER_CODE).where(mine), values).rowcount == 0:
            self._connection.execute(sa.insert(WORKER_CODE), {"code_id": code.code_id, **values})

    def replace_unused(self, party_id: str, worker_id: str) -> None:
        """See the port."""
        self._connection.execute(
            sa.update(WORKER_CODE)
            .where(WORKER_CODE.c.party_id == party_id, WORKER_CODE.c.worker_id == worker_id)
            .values(code_sha256=None)
        )

    def forget_before(self, moment_ms: int) -> None:
        """See the port."""
        self._connection.execute(sa.delete(WORKER_CODE).where(WORKER_CODE.c.create_ms < moment_ms))

    def enter_issued(self, code: WorkerCode) -> None:
        """See the port."""
        self.record(acts.of_worker_code(code, self._mark(code.worker_id)))

    def enter_redeemed(self, code: WorkerCode, granting: Granting) -> None:
        """See the port."""
        self.record(acts.of_redeemed_code(code, granting))


def _code(row: Row[tuple[object, ...]]) -> WorkerCode:
    return WorkerCode(
        row.code_id,
        bytes(row.code_sha256 or b""),
        row.party_id,
        row.worker_id,
        row.reason,
        row.create_ms,
        row.expire_ms,
        row.redeem_ms,
    )
