"""Audits and their findings in the service's store; findings leave through the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.eventlog import outbox
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import FINDINGS
from kit.requests import KEEP_MS
from kit.security.caller import significant
from kit.security.sight import containing
from kit.storage.dialects import insert_into
from kit.storage.store import Store
from quzhong.api.algo_audit.v1 import algo_audit_pb2
from quzhong.api.events.v1 import findings_pb2
from services.algo_audit.adapters.marks import mark_from_bytes, mark_to_bytes
from services.algo_audit.adapters.tables import AUDIT, AUDIT_MARK, AUDIT_SCOPE, FINDING, REQUEST
from services.algo_audit.core.cohort_tree import Detail
from services.algo_audit.core.findings import Finding
from services.algo_audit.ports import AsMade, Audit, EarlierRun, KeptAudit, Request, Scope
from services.algo_audit.wire import audit_to_proto
from services.algo_audit.wire_findings import finding_from_proto, finding_to_proto


class SqlAudits:
    """``Audits`` over SQL."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def transaction(self) -> AbstractContextManager[Connection]:
        """See the port."""
        return self._store.transaction()

    def earlier(self, connection: Connection, request: Request) -> EarlierRun | None:
        """See the port."""
        row = connection.execute(
            sa.select(REQUEST.c.scope, REQUEST.c.audit_id).where(
                REQUEST.c.party_id == request.party_id, REQUEST.c.request_id == request.request_id
            )
        ).first()
        return None if row is None else EarlierRun(row.scope, row.audit_id)

    def made(self, connection: Connection, audit_id: str) -> AsMade | None:
        """See the port."""
        row = connection.execute(
            sa.select(
                AUDIT.c.metric_id,
                AUDIT.c.area_code,
                AUDIT.c.value,
                AUDIT_SCOPE,
                AUDIT_MARK.c.value.label("mark"),
            )
            .join(AUDIT_SCOPE, AUDIT_SCOPE.c.audit_id == AUDIT.c.audit_id)
            .outerjoin(AUDIT_MARK, AUDIT_MARK.c.audit_id == AUDIT.c.audit_id)
            .where(AUDIT.c.audit_id == audit_id)
        ).first()
        if row is None:
            return None
        said = algo_audit_pb2.Audit.FromString(row.value)
        return AsMade(
            Scope(row.metric_id, row.area_code, row.start_ms, row.end_ms, Detail(row.detail)),
            at_ms=said.create_time.ToMilliseconds(),
            start_ms=said.period_start_time.ToMilliseconds(),
            end_ms=said.period_end_time.ToMilliseconds(),
            mark=None if row.mark is None else mark_from_bytes(row.mark),
        )

    def findings(self, connection: Connection, scope: Scope) -> list[Finding]:
        """See the port."""
        values = connection.scalars(sa.select(FINDING.c.value).where(*_of_scope(FINDING, scope)))
        return [finding_from_proto(findings_pb2.Finding.FromString(value)) for value in values]

    def keep(
        self,
        connection: Connection,
        audit: Audit,
        revisions: Sequence[Finding],
        request: Request,
        asked: Scope,
    ) -> None:
        """See the port."""
        now_ms = audit.create_time_ms
        run = (connection.scalar(sa.select(sa.func.max(AUDIT.c.run))) or 0) + 1
        again = sa.update(AUDIT).where(AUDIT.c.audit_id == audit.audit_id).values(run=run)
        if not connection.execute(again).rowcount:
            connection.execute(sa.insert(AUDIT), _audit_row(audit, run))
        connection.execute(sa.delete(AUDIT_SCOPE).where(AUDIT_SCOPE.c.audit_id == audit.audit_id))
        connection.execute(sa.insert(AUDIT_SCOPE), _scope_row(audit))
        if audit.mark is not None:
            marked = {
                "audit_id": audit.audit_id,
                "since_ms": audit.mark.since_ms,
                "value": mark_to_bytes(audit.mark),
            }
            insert = insert_into(connection, AUDIT_MARK).values(marked)
            connection.execute(insert.on_conflict_do_nothing())  # the first state is what may have been told
        self._state(connection, audit.scope, revisions, now_ms)
        if request.request_id:
            connection.execute(sa.delete(REQUEST).where(REQUEST.c.create_time_ms < now_ms - KEEP_MS))
            row = {
                "party_id": request.party_id,
                "request_id": request.request_id,
                "scope": repr(asked),
                "audit_id": audit.audit_id,
                "create_time_ms": now_ms,
            }
            connection.execute(sa.insert(REQUEST), row)

    def _state(self, connection: Connection, scope: Scope, revisions: Sequence[Finding], now_ms: int) -> None:
        if not revisions:
            return
        messages = [finding_to_proto(finding, now_ms) for finding in revisions]
        for message in messages:
            connection.execute(sa.delete(FINDING).where(FINDING.c.finding_id == message.finding_id))
        connection.execute(sa.insert(FINDING), [_finding_row(message, scope) for message in messages])
        records = [
            NewRecord(FINDINGS.name, key=message.platform_id.encode(), value=message.SerializeToString())
            for message in messages
        ]
        outbox.add(connection, records, now_ms)


class SqlArchive:
    """``Archive`` over SQL. Threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, audit_id: str) -> KeptAudit | None:
        """See the port."""
        return self._first(_KEPT.where(AUDIT.c.audit_id == audit_id))

    def latest(self, metric_id: str, area_code: str, before: int | None = None) -> KeptAudit | None:
        """See the port."""
        statement = _KEPT.where(AUDIT.c.metric_id == metric_id, AUDIT.c.area_code == area_code)
        if before is not None:
            statement = statement.where(AUDIT.c.run < before)
        return self._first(statement.order_by(AUDIT.c.run.desc()))

    def page(self, areas: Sequence[str] | None, before: int | None, limit: int) -> list[KeptAudit]:
        """See the port."""
        statement = _KEPT.order_by(AUDIT.c.run.desc()).limit(limit)
        if areas is not None:
            statement = statement.where(_about(areas))
        if before is not None:
            statement = statement.where(AUDIT.c.run < before)
        with self._store.read() as connection:
            return [_kept(row) for row in connection.execute(statement)]

    def runs_after(self, areas: Sequence[str] | None, after: int, limit: int) -> list[KeptAudit]:
        """See the port."""
        statement = _KEPT.where(AUDIT.c.run > after).order_by(AUDIT.c.run).limit(limit)
        if areas is not None:
            statement = statement.where(_about(areas))
        with self._store.read() as connection:
            return [_kept(row) for row in connection.execute(statement)]

    def newest(self) -> int:
        """See the port."""
        with self._store.read() as connection:
            return connection.scalar(sa.select(sa.func.max(AUDIT.c.run))) or 0

    def _first(self, statement: sa.Select[Any]) -> KeptAudit | None:
        with self._store.read() as connection:
            row = connection.execute(statement.limit(1)).first()
        return None if row is None else _kept(row)


_KEPT = sa.select(AUDIT.c.audit_id, AUDIT.c.area_code, AUDIT.c.run, AUDIT.c.value)


def _kept(row: Any) -> KeptAudit:
    return KeptAudit(row.audit_id, row.area_code, row.run, row.value)


def _about(areas: Sequence[str]) -> sa.ColumnElement[bool]:
    """``kit.security.sight.may_see_aggregates`` as SQL: within one of the areas, or containing it."""
    within = (AUDIT.c.area_code.startswith(significant(code), autoescape=True) for code in areas)
    around = {outer for code in areas for outer in containing(code)}
    return sa.or_(AUDIT.c.area_code.in_(around), *within)


def _of_scope(table: sa.Table, scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        table.c.metric_id == scope.metric_id,
        table.c.area_code == scope.area_code,
        table.c.period == scope.period,
        table.c.detail == int(scope.detail),
    )


def _audit_row(audit: Audit, run: int) -> dict[str, object]:
    return {
        "audit_id": audit.audit_id,
        "metric_id": audit.scope.metric_id,
        "area_code": audit.scope.area_code,
        "run": run,
        "value": audit_to_proto(audit).SerializeToString(),
    }


def _scope_row(audit: Audit) -> dict[str, object]:
    scope = audit.scope
    return {
        "audit_id": audit.audit_id,
        "start_ms": scope.start_ms,
        "end_ms": scope.end_ms,
        "detail": int(scope.detail),
    }


def _finding_row(message: findings_pb2.Finding, scope: Scope) -> dict[str, object]:
    return {
        "finding_id": message.finding_id,
        "metric_id": scope.metric_id,
        "area_code": scope.area_code,
        "period": scope.period,
        "detail": int(scope.detail),
        "value": message.SerializeToString(),
    }
