"""What the store keeps that names workers, besides events."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.directory.entries import ErasureEntry
from services.algo_audit.adapters.consultation_tables import APPEAL
from services.algo_audit.adapters.marks import mark_from_bytes, mark_to_bytes
from services.algo_audit.adapters.tables import AUDIT_MARK, OVER_HOURS
from services.algo_audit.core.appeal import ERASED
from services.algo_audit.ports import Mark


class SqlNamedWorkers:
    """``NamedWorkers`` over SQL."""

    def marks(self, connection: Connection) -> dict[str, Mark]:
        """See the port."""
        kept = connection.execute(sa.select(AUDIT_MARK.c.audit_id, AUDIT_MARK.c.value))
        return {audit_id: mark_from_bytes(value) for audit_id, value in kept}

    def amend(self, connection: Connection, marks: Mapping[str, Mark]) -> None:
        """See the port."""
        for audit_id, mark in marks.items():
            of_audit = AUDIT_MARK.c.audit_id == audit_id
            connection.execute(sa.update(AUDIT_MARK).where(of_audit).values(value=mark_to_bytes(mark)))

    def forget_spans(self, connection: Connection, finding_ids: Collection[str]) -> None:
        """See the port."""
        connection.execute(
            sa.delete(OVER_HOURS).where(OVER_HOURS.c.finding_id == sa.bindparam("finding")),
            [{"finding": finding_id} for finding_id in finding_ids],
        )

    def appellants(self, connection: Connection) -> list[str]:
        """See the port."""
        return list(connection.scalars(sa.select(APPEAL.c.worker_id).distinct()))

    def erase_appeals(self, connection: Connection, worker_id: str, erasure: ErasureEntry) -> bool:
        """See the port."""
        theirs = (APPEAL.c.worker_id == worker_id, APPEAL.c.create_time_ms <= erasure.erase_ms)
        erased = sa.update(APPEAL).where(*theirs)
        values = {
            "worker_id": erasure.erasure_id,
            "order_id": "",
            "grounds": ERASED,
            "reply": sa.case((APPEAL.c.reply == "", ""), else_=ERASED),
        }
        return bool(connection.execute(erased.values(values)).rowcount)
