"""Operations in the service's store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.errors import QuzhongError
from kit.grpc.status import to_status
from services.algo_audit.adapters.answers import SqlBook
from services.algo_audit.adapters.tables import OPERATION
from services.algo_audit.core.cohort_tree import Detail
from services.algo_audit.operation_ports import Operation, Stage
from services.algo_audit.ports import Request, Scope


class SqlOperationBook(SqlBook):
    """``OperationBook`` over SQL."""

    def find(self, connection: Connection, name: str) -> Operation | None:
        """See the port."""
        return _first(connection, sa.select(OPERATION).where(OPERATION.c.name == name))

    def asked_since(self, connection: Connection, request: Request, since_ms: int) -> Operation | None:
        """See the port."""
        if not request.request_id:
            return None
        statement = sa.select(OPERATION).where(
            OPERATION.c.party_id == request.party_id,
            OPERATION.c.request_id == request.request_id,
            OPERATION.c.create_time_ms >= since_ms,
        )
        return _first(connection, statement)

    def add(self, connection: Connection, operation: Operation) -> None:
        """See the port."""
        last = connection.scalar(sa.select(sa.func.max(OPERATION.c.number))) or 0
        row = {
            "name": operation.name,
            "number": last + 1,
            "party_id": operation.request.party_id,
            "request_id": operation.request.request_id,
            "metric_id": operation.scope.metric_id,
            "area_code": operation.scope.area_code,
            "start_ms": operation.scope.start_ms,
            "end_ms": operation.scope.end_ms,
            "detail": int(operation.scope.detail),
            "publish": operation.publish,
            "create_time_ms": operation.create_time_ms,
            **_standing(operation, None),
        }
        connection.execute(sa.insert(OPERATION), row)

    def put(self, connection: Connection, operation: Operation, error: QuzhongError | None = None) -> None:
        """See the port."""
        connection.execute(
            sa.update(OPERATION)
            .where(OPERATION.c.name == operation.name)
            .values(**_standing(operation, error))
        )

    def remove(self, connection: Connection, name: str) -> None:
        """See the port."""
        connection.execute(sa.delete(OPERATION).where(OPERATION.c.name == name))

    def forget(self, connection: Connection, ended_before_ms: int) -> None:
        """See the port."""
        connection.execute(sa.delete(OPERATION).where(OPERATION.c.end_time_ms < ended_before_ms))

    def page(
        self, connection: Connection, party_id: str | None, before: int | None, limit: int
    ) -> Sequence[Operation]:
        """See the port."""
        statement = sa.select(OPERATION).order_by(OPERATION.c.number.desc()).limit(limit)
        if party_id is not None:
            statement = statement.where(OPERATION.c.party_id == party_id)
        if before is not None:
            statement = statement.where(OPERATION.c.number < before)
        return [_operation(row) for row in connection.execute(statement)]

    def unfinished(self, connection: Connection) -> Sequence[Operation]:
        """See the port."""
        statement = sa.select(OPERATION).where(OPERATION.c.end_time_ms.is_(None)).order_by(OPERATION.c.number)
        return [_operation(row) for row in connection.execute(statement)]


def _standing(operation: Operation, error: QuzhongError | None) -> dict[str, Any]:
    """What a step changes."""
    return {
        "stage": operation.stage.name,
        "starts": operation.starts,
        "cancelled": operation.cancelled,
        "end_time_ms": operation.end_time_ms,
        "audit_id": operation.audit_id,
        "error": operation.error if error is None else to_status(error).SerializeToString(),
    }


def _first(connection: Connection, statement: sa.Select[Any]) -> Operation | None:
    row = connection.execute(statement.limit(1)).first()
    return None if row is None else _operation(row)


def _operation(row: Any) -> Operation:
    return Operation(
        name=row.name,
        request=Request(row.party_id, row.request_id),
        scope=Scope(row.metric_id, row.area_code, row.start_ms, row.end_ms, Detail(row.detail)),
        publish=row.publish,
        create_time_ms=row.create_time_ms,
        stage=Stage[row.stage],
        starts=row.starts,
        cancelled=row.cancelled,
        end_time_ms=row.end_time_ms,
        audit_id=row.audit_id,
        error=bytes(row.error),
        number=row.number,
    )
