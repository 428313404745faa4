"""What was told of which period, in the service's store."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.storage.dialects import take_turn
from kit.storage.store import Store
from services.algo_audit.adapters.marks import mark_from_bytes
from services.algo_audit.adapters.tables import AUDIT_MARK, TOLD_AUDIT, TOLD_PERIOD
from services.algo_audit.ports import Mark
from services.algo_audit.public_calendar import Told


class SqlToldBook:
    """``ToldBook`` over SQL. Threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def agrees(self, telling: Told) -> bool:
        """See the port."""
        with self._store.read() as connection:
            return _known(connection, telling) is not False

    def tell(self, telling: Told) -> bool:
        """See the port."""
        with self._store.read() as connection:
            known = _known(connection, telling)
        if known is not None:
            return known
        with self._store.transaction() as connection:
            take_turn(connection, "algo_audit.told_period")
            known = _known(connection, telling)
            if known is None:
                connection.execute(sa.insert(TOLD_PERIOD), _row(telling))
                if telling.audit_id:
                    connection.execute(sa.insert(TOLD_AUDIT), _audit_row(telling))
        return known is not False

    def mark(self, metric_id: str, city: str, start_ms: int) -> Mark | None:
        """See the port."""
        with self._store.read() as connection:
            value = connection.scalar(
                sa.select(AUDIT_MARK.c.value)
                .join(TOLD_AUDIT, TOLD_AUDIT.c.audit_id == AUDIT_MARK.c.audit_id)
                .where(
                    TOLD_AUDIT.c.city == city,
                    TOLD_AUDIT.c.start_ms == start_ms,
                    TOLD_AUDIT.c.metric_id == metric_id,
                )
            )
        return None if value is None else mark_from_bytes(value)


def _known(connection: Connection, telling: Told) -> bool | None:
    """Whether it was told so; None: nothing of it was told, nor of any period that overlaps it."""
    rows = connection.execute(
        sa.select(TOLD_PERIOD).where(
            TOLD_PERIOD.c.city == telling.city,
            TOLD_PERIOD.c.start_ms < telling.end_ms,
            TOLD_PERIOD.c.end_ms > telling.start_ms,
        )
    ).all()
    if any((row.start_ms, row.end_ms) != (telling.start_ms, telling.end_ms) for row in rows):
        return False
    of_metric = [row.data_version for row in rows if row.metric_id == telling.metric_id]
    return of_metric[0] == telling.data_version if of_metric else None


def _row(telling: Told) -> dict[str, object]:
    return {
        "city": telling.city,
        "start_ms": telling.start_ms,
        "metric_id": telling.metric_id,
        "end_ms": telling.end_ms,
        "data_version": telling.data_version,
    }


def _audit_row(telling: Told) -> dict[str, object]:
    return {
        "city": telling.city,
        "start_ms": telling.start_ms,
        "metric_id": telling.metric_id,
        "audit_id": telling.audit_id,
    }
