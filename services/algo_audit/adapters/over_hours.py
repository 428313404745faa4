"""Who was over their hours, in the service's store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from services.algo_audit.adapters.tables import AUDIT_MARK, OVER_HOURS
from services.algo_audit.ports import OverHoursSpan


class SqlOverHoursSpans:
    """``OverHoursSpans`` over SQL."""

    def all(self, connection: Any) -> list[OverHoursSpan]:
        """See the port."""
        return [
            OverHoursSpan(row.finding_id, row.worker_id, row.start_ms, row.end_ms, stands=True)
            for row in connection.execute(sa.select(OVER_HOURS))
        ]

    def save(self, connection: Any, spans: Sequence[OverHoursSpan]) -> None:
        """See the port."""
        latest = {span.finding_id: span for span in spans}
        connection.execute(
            sa.delete(OVER_HOURS).where(OVER_HOURS.c.finding_id == sa.bindparam("finding")),
            [{"finding": finding_id} for finding_id in latest],
        )
        rows = [
            {
                "finding_id": span.finding_id,
                "worker_id": span.worker_id,
                "start_ms": span.start_ms,
                "end_ms": span.end_ms,
            }
            for span in latest.values()
            if span.stands
        ]
        if rows:
            connection.execute(sa.insert(OVER_HOURS), rows)

    def forget_before(self, connection: Any, moment_ms: int) -> None:
        """See the port."""
        connection.execute(sa.delete(OVER_HOURS).where(OVER_HOURS.c.end_ms < moment_ms))
        connection.execute(sa.delete(AUDIT_MARK).where(AUDIT_MARK.c.since_ms < moment_ms))
