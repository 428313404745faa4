"""Appeals in the service's store."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.algo_audit.adapters.answers import SqlBook
from services.algo_audit.adapters.consultation_tables import APPEAL
from services.algo_audit.appeal_ports import AppealFilter, KeptAppeal
from services.algo_audit.core.appeal import Appeal, AppealCounts, Penalty, State


class SqlAppealBook(SqlBook):
    """``AppealBook`` over SQL. Threads may share it."""

    def find(self, connection: Connection, appeal_id: str) -> Appeal | None:
        """See the port."""
        row = connection.execute(sa.select(APPEAL).where(APPEAL.c.appeal_id == appeal_id)).first()
        return None if row is None else _appeal(row)

    def place(self, connection: Connection, appeal_id: str) -> int | None:
        """See the port."""
        number: int | None = connection.scalar(
            sa.select(APPEAL.c.number).where(APPEAL.c.appeal_id == appeal_id)
        )
        return number

    def unanswered(self, connection: Connection, penalty: Penalty) -> str | None:
        """See the port."""
        same = (
            APPEAL.c.platform_id == penalty.platform_id,
            APPEAL.c.worker_id == penalty.worker_id,
            APPEAL.c.order_id == penalty.order_id,
            APPEAL.c.penalty_fen == penalty.penalty_fen,
            APPEAL.c.state == int(State.FILED),
        )
        found: str | None = connection.scalar(
            sa.select(APPEAL.c.appeal_id).where(*same).order_by(APPEAL.c.number).limit(1)
        )
        return found

    def add(self, connection: Connection, appeal: Appeal) -> None:
        """See the port."""
        number = (connection.scalar(sa.select(sa.func.max(APPEAL.c.number))) or 0) + 1
        row = {
            "appeal_id": appeal.appeal_id,
            "number": number,
            "platform_id": appeal.penalty.platform_id,
            "worker_id": appeal.penalty.worker_id,
            "order_id": appeal.penalty.order_id,
            "penalty_fen": appeal.penalty.penalty_fen,
            "grounds": appeal.grounds,
            "filed_by": appeal.filed_by,
            "create_time_ms": appeal.create_ms,
            "due_time_ms": appeal.due_ms,
            **_standing(appeal),
        }
        connection.execute(sa.insert(APPEAL), row)

    def put(self, connection: Connection, appeal: Appeal) -> None:
        """See the port."""
        of_this = APPEAL.c.appeal_id == appeal.appeal_id
        connection.execute(sa.update(APPEAL).where(of_this).values(**_standing(appeal)))

    def page(self, connection: Connection, asked: AppealFilter, now_ms: int) -> list[KeptAppeal]:
        """See the port."""
        statement = sa.select(APPEAL)
        if asked.platform_ids is not None:
            statement = statement.where(APPEAL.c.platform_id.in_(asked.platform_ids))
        if asked.filed_by:
            statement = statement.where(APPEAL.c.filed_by == asked.filed_by)
        if asked.state is not None:
            statement = statement.where(APPEAL.c.state == int(asked.state))
        if asked.overdue_only:
            statement = statement.where(_overdue(now_ms))
        if asked.before is not None:
            statement = statement.where(APPEAL.c.number < asked.before)
        rows = connection.execute(statement.order_by(APPEAL.c.number.desc()).limit(asked.limit))
        return [KeptAppeal(_appeal(row), row.number) for row in rows]

    def counts(
        self,
        connection: Connection,
        platform_id: str,
        start_ms: int | None,
        end_ms: int | None,
        now_ms: int,
    ) -> tuple[AppealCounts, int]:
        """See the port."""
        count = sa.func.count()
        statement = sa.select(
            count.label("filed"),
            count.filter(APPEAL.c.state == int(State.UPHELD)).label("upheld"),
            count.filter(APPEAL.c.state == int(State.REJECTED)).label("rejected"),
            count.filter(_overdue(now_ms)).label("overdue"),
            sa.func.count(APPEAL.c.worker_id.distinct()).label("workers"),
        ).where(APPEAL.c.platform_id == platform_id)
        if start_ms is not None:
            statement = statement.where(APPEAL.c.create_time_ms >= start_ms)
        if end_ms is not None:
            statement = statement.where(APPEAL.c.create_time_ms < end_ms)
        row = connection.execute(statement).one()
        return AppealCounts(row.filed, row.upheld, row.rejected, row.overdue), row.workers


def _overdue(now_ms: int) -> sa.ColumnElement[bool]:
    """``Appeal.overdue`` as SQL."""
    return sa.func.coalesce(APPEAL.c.reply_time_ms, now_ms) > APPEAL.c.due_time_ms


def _standing(appeal: Appeal) -> dict[str, Any]:
    """What the answer changes."""
    return {"state": int(appeal.state), "reply": appeal.reply, "reply_time_ms": appeal.reply_ms}


def _appeal(row: Any) -> Appeal:
    return Appeal(
        appeal_id=row.appeal_id,
        penalty=Penalty(row.platform_id, row.worker_id, row.order_id, row.penalty_fen),
        grounds=row.grounds,
        filed_by=row.filed_by,
        create_ms=row.create_time_ms,
        due_ms=row.due_time_ms,
        state=State(row.state),
        reply=row.reply,
        reply_ms=row.reply_time_ms,
    )
