"""``ports.Reading`` over SQLAlchemy. Each answer is of one moment: one read transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.storage.store import Store
from services.notify.adapters import casework_reading, rows
from services.notify.adapters.book import at_place, is_overdue
from services.notify.adapters.casework_tables import SET_ASIDE
from services.notify.adapters.tables import ALERTS, CASE_DEPARTMENTS, CASE_STEPS, CASES, FINDINGS, NOTICES
from services.notify.core.alerts import OF_FINDINGS, Audience
from services.notify.core.cases import Case
from services.notify.core.findings import Severity
from services.notify.core.transitions import CaseState
from services.notify.ports import CaseFile, Latest, NumberedAlert, NumberedStep

Clause = sa.ColumnElement[bool]


def heard(table: sa.Table, audience: Audience) -> list[Clause]:
    """``Audience.hears`` as SQL, over ``alerts`` or ``cases``. A test holds the two together."""
    clauses = [_may_hear_of(table, audience), _begins(table, audience.area_prefix)]
    if audience.platform_id:
        clauses.append(table.c.platform_id == audience.platform_id)
    if audience.rule_id:
        clauses.append(table.c.rule_id == audience.rule_id)
    if audience.least_severity:
        clauses.append(table.c.severity >= audience.least_severity)
    if audience.department_id:
        theirs = CASE_DEPARTMENTS.c.department_id == audience.department_id
        clauses.append(sa.exists().where(theirs, CASE_DEPARTMENTS.c.case_id == table.c.case_id))
    if audience.cases_only and table is ALERTS:
        clauses.append(table.c.kind.not_in(sorted(OF_FINDINGS)))
    if audience.aggregates_only and table is ALERTS:  # what of a case may be told is told field by field
        clauses.append(~table.c.about_worker)
    return clauses


def _may_hear_of(table: sa.Table, audience: Audience) -> Clause:
    within = sa.or_(sa.false(), *(_begins(table, prefix) for prefix in audience.area_prefixes))
    if audience.platform_ids is not None:
        within = sa.and_(within, table.c.platform_id.in_(audience.platform_ids))
    if audience.duties_of is None:
        return within
    no_duty = sa.and_(table.c.party_id == "", within)
    own = audience.duties_of
    return sa.or_(no_duty, table.c.party_id == own) if own else no_duty


def _begins(table: sa.Table, prefix: str) -> Clause:
    return table.c.area_code.startswith(prefix, autoescape=True) if prefix else sa.true()


def _newest_step(connection: Connection) -> int:
    return connection.scalar(sa.select(sa.func.max(CASE_STEPS.c.step_id))) or 0


class SqlReading:
    """Made once; threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def cases(
        self,
        audience: Audience,
        before: tuple[int, str] | None,
        limit: int,
        *,
        states: Collection[CaseState] = (),
        department_id: str = "",
    ) -> list[Case]:
        """See the port."""
        query = sa.select(CASES).where(*heard(CASES, audience))
        if states:
            query = query.where(CASES.c.state.in_(sorted({int(state) for state in states})))
        if department_id:
            theirs = sa.select(CASE_DEPARTMENTS.c.case_id).where(
                CASE_DEPARTMENTS.c.department_id == department_id
            )
            query = query.where(CASES.c.case_id.in_(theirs))
        if before is not None:
            created_ms, case_id = before
            query = query.where(
                sa.or_(
                    CASES.c.create_time_ms < created_ms,
                    sa.and_(CASES.c.create_time_ms == created_ms, CASES.c.case_id < case_id),
                )
            )
        newest_first = query.order_by(CASES.c.create_time_ms.desc(), CASES.c.case_id.desc()).limit(limit)
        return [rows.case_of(row) for row in self._all(newest_first)]

    def case_file(self, case_id: str, findings: int, opens_at: Callable[[str], Severity]) -> CaseFile | None:
        """See the port."""
        with self._store.read() as connection:
            row = connection.execute(sa.select(CASES).where(CASES.c.case_id == case_id)).first()
            if row is None:
                return None
            case = rows.case_of(row)
            aside = sa.select(SET_ASIDE.c.finding_id)
            found = connection.execute(
                sa.select(
                    FINDINGS.c.finding_id, FINDINGS.c.message, FINDINGS.c.finding_id.in_(aside).label("aside")
                )
                .where(
                    at_place(FINDINGS, case.place),
                    FINDINGS.c.severity >= int(opens_at(case.place.rule_id)),
                )
                .order_by(
                    sa.and_(FINDINGS.c.stands, FINDINGS.c.finding_id.not_in(aside)).desc(),
                    FINDINGS.c.severity.desc(),
                    FINDINGS.c.event_time_ms.desc(),
                    FINDINGS.c.finding_id,
                )
                .limit(findings)
            ).all()
            notices = connection.execute(
                sa.select(NOTICES).where(NOTICES.c.case_id == case_id).order_by(NOTICES.c.position)
            )
            steps = connection.execute(
                sa.select(CASE_STEPS).where(CASE_STEPS.c.case_id == case_id).order_by(CASE_STEPS.c.step_id)
            )
            return CaseFile(
                case=case,
                findings=[bytes(row.message) for row in found],
                notices=[rows.notice_of(row) for row in notices],
                steps=[rows.step_of(row) for row in steps],
                replies=casework_reading.replies(connection, case_id),
                talks=casework_reading.talks(connection, case_id),
                rechecks=casework_reading.rechecks(connection, case_id),
                appeals=casework_reading.appeals(connection, case_id),
                set_aside=frozenset(row.finding_id for row in found if row.aside),
            )

    def steps_after(self, audience: Audience, after: int, limit: int) -> tuple[list[NumberedStep], int]:
        """See the port."""
        query = (
            sa.select(CASE_STEPS)
            .join(CASES, CASES.c.case_id == CASE_STEPS.c.case_id)
            .where(CASE_STEPS.c.step_id > after, *heard(CASES, audience))
            .order_by(CASE_STEPS.c.step_id)
            .limit(limit)
        )
        with self._store.read() as connection:
            newest = _newest_step(connection)
            steps = [
                NumberedStep(row.step_id, rows.step_of(row), rows.case_after(row))
                for row in connection.execute(query)
            ]
        return steps, steps[-1].sequence if len(steps) == limit else newest

    def newest_step(self) -> int:
        """See the port."""
        with self._store.read() as connection:
            return _newest_step(connection)

    def policy_due(self, judge_ms: int, today: date) -> bool:
        """See the port."""
        due = sa.or_(CASES.c.judge_after_ms <= judge_ms, is_overdue(today))
        return bool(self._all(sa.select(CASES.c.case_id).where(due).limit(1)))

    def latest_alerts(self, audience: Audience, before: int | None, limit: int) -> Latest:
        """See the port."""
        query = sa.select(ALERTS).where(*heard(ALERTS, audience))
        if before is not None:
            query = query.where(ALERTS.c.sequence < before)
        with self._store.read() as connection:
            newest = connection.scalar(sa.select(sa.func.max(ALERTS.c.sequence))) or 0
            found = connection.execute(query.order_by(ALERTS.c.sequence.desc()).limit(limit))
            return Latest([NumberedAlert(row.sequence, rows.alert_of(row)) for row in found], newest)

    def alerts_after(self, audience: Audience, after: int, limit: int) -> tuple[list[NumberedAlert], int]:
        """See the port."""
        query = sa.select(ALERTS).where(ALERTS.c.sequence > after, *heard(ALERTS, audience))
        with self._store.read() as connection:
            newest = connection.scalar(sa.select(sa.func.max(ALERTS.c.sequence))) or 0
            found = connection.execute(query.order_by(ALERTS.c.sequence).limit(limit))
            alerts = [NumberedAlert(row.sequence, rows.alert_of(row)) for row in found]
        return alerts, alerts[-1].sequence if len(alerts) == limit else newest

    def departments_of(self, case_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """See the port."""
        found = self._all(
            sa.select(CASE_DEPARTMENTS)
            .where(CASE_DEPARTMENTS.c.case_id.in_(case_ids))
            .order_by(CASE_DEPARTMENTS.c.department_id)
        )
        departments: dict[str, tuple[str, ...]] = {}
        for row in found:
            departments[row.case_id] = (*departments.get(row.case_id, ()), row.department_id)
        return departments

    def _all(self, query: sa.Select[Any]) -> list[rows.Row]:
        with self._store.read() as connection:
            return list(connection.execute(query))
