"""``ports.Reading`` over SQLAlchemy. Each answer is of one moment: one read transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from kit.storage.store import Store
from services.notify.adapters import rows
from services.notify.adapters.book import at_place
from services.notify.adapters.tables import (
    ALERTS,
    CASE_STEPS,
    CASES,
    DELIVERIES,
    FINDINGS,
    NOTICES,
    WEBHOOKS,
)
from services.notify.core.alerts import Audience
from services.notify.core.cases import Case
from services.notify.core.findings import Severity
from services.notify.ports import CaseFile, Delivery, Latest, NumberedAlert

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


class SqlReading:
    """Made once; threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def cases(self, audience: Audience, before: tuple[int, str] | None, limit: int) -> list[Case]:
        """See the port."""
        query = sa.select(CASES).where(*heard(CASES, audience))
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
            messages = connection.scalars(
                sa.select(FINDINGS.c.message)
                .where(
                    at_place(FINDINGS, case.place),
                    FINDINGS.c.severity >= int(opens_at(case.place.rule_id)),
                )
                .order_by(
                    FINDINGS.c.stands.desc(),
                    FINDINGS.c.severity.desc(),
                    FINDINGS.c.event_time_ms.desc(),
                    FINDINGS.c.finding_id,
                )
                .limit(findings)
            )
            notices = connection.execute(
                sa.select(NOTICES)
                .where(NOTICES.c.case_id == case_id)
                .order_by(NOTICES.c.create_time_ms, NOTICES.c.notice_id)
            )
            steps = connection.execute(
                sa.select(CASE_STEPS).where(CASE_STEPS.c.case_id == case_id).order_by(CASE_STEPS.c.step_id)
            )
            return CaseFile(
                case=case,
                findings=[bytes(message) for message in messages],
                notices=[rows.notice_of(row) for row in notices],
                steps=[rows.step_of(row) for row in steps],
            )

    def judging_due(self, at_ms: int) -> bool:
        """See the port."""
        due = sa.select(CASES.c.case_id).where(CASES.c.judge_after_ms <= at_ms).limit(1)
        return bool(self._all(due))

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

    def deliveries(
        self, party_id: str | None, webhook_id: str, before: int | None, limit: int
    ) -> list[Delivery]:
        """See the port."""
        query = sa.select(DELIVERIES).join(WEBHOOKS, WEBHOOKS.c.webhook_id == DELIVERIES.c.webhook_id)
        if party_id is not None:
            query = query.where(WEBHOOKS.c.party_id == party_id)
        if webhook_id:
            query = query.where(DELIVERIES.c.webhook_id == webhook_id)
        if before is not None:
            query = query.where(DELIVERIES.c.delivery_id < before)
        newest_first = query.order_by(DELIVERIES.c.delivery_id.desc()).limit(limit)
        return [
            Delivery(*(getattr(row, name) for name in Delivery._fields)) for row in self._all(newest_first)
        ]

    def _all(self, query: sa.Select[Any]) -> list[rows.Row]:
        with self._store.read() as connection:
            return list(connection.execute(query))
