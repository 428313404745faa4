"""``ports.Book`` over SQLAlchemy: everything within the connection it is given, committing nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.ledger import NOT_RECORDED, Recorder
from kit.security.caller import significant
from kit.storage.dialects import insert_into
from services.notify.adapters import acts, rows
from services.notify.adapters.tables import (
    ACTIVITY,
    ALERTS,
    CASE_STEPS,
    CASES,
    DELIVERIES,
    FINDINGS,
    NOTICES,
    WEBHOOKS,
)
from services.notify.core.alerts import Alert
from services.notify.core.cases import Case, CaseState, CaseStep, Tally
from services.notify.core.escalation import Standing
from services.notify.core.findings import Finding, Place, Severity
from services.notify.core.letters import Notice
from services.notify.core.text import Text
from services.notify.ports import ActivityCount, Report


def at_place(table: sa.Table, place: Place) -> sa.ColumnElement[bool]:
    """Rows of one place."""
    return sa.and_(*(table.c[name] == value for name, value in place._asdict().items()))


class SqlBook:
    """Made anew for each transaction."""

    def __init__(self, connection: Connection, recorder: Recorder = NOT_RECORDED) -> None:
        """Steps and letters go to ``recorder`` as well: the ledger."""
        self._connection = connection
        self._recorder = recorder

    def findings(self, finding_ids: Collection[str]) -> dict[str, Finding]:
        """See the port."""
        found = self._connection.execute(sa.select(FINDINGS).where(FINDINGS.c.finding_id.in_(finding_ids)))
        return {row.finding_id: rows.finding_of(row) for row in found}

    def save_findings(self, reports: Iterable[Report]) -> None:
        """See the port."""
        self._upsert(FINDINGS, [rows.finding_values(report.finding, report.message) for report in reports])

    def raise_activity(self, counts: Iterable[ActivityCount]) -> list[ActivityCount]:
        """See the port."""
        greatest: dict[tuple[str, str, date, int], ActivityCount] = {}
        for count in counts:
            key = (count.platform_id, count.area_code, count.day, count.partition)
            if key not in greatest or count.workers > greatest[key].workers:
                greatest[key] = count
        raised = [count for count in greatest.values() if count.workers > self._known(count)]
        values = [
            {
                "platform_id": count.platform_id,
                "day": count.day,
                "area_code": count.area_code,
                "partition": count.partition,
                "workers": count.workers,
            }
            for count in raised
        ]
        self._upsert(ACTIVITY, values)
        return raised

    def _known(self, count: ActivityCount) -> int:
        known = self._connection.scalar(
            sa.select(ACTIVITY.c.workers).where(
                ACTIVITY.c.platform_id == count.platform_id,
                ACTIVITY.c.day == count.day,
                ACTIVITY.c.area_code == count.area_code,
                ACTIVITY.c.partition == count.partition,
            )
        )
        return known or 0

    def active(self, platform_id: str, area_code: str, since: date) -> dict[date, int]:
        """See the port."""
        found = self._connection.execute(
            sa.select(ACTIVITY.c.day, sa.func.sum(ACTIVITY.c.workers))
            .where(
                ACTIVITY.c.platform_id == platform_id,
                ACTIVITY.c.day >= since,
                ACTIVITY.c.area_code.startswith(significant(area_code), autoescape=True),
            )
            .group_by(ACTIVITY.c.day)
        )
        return {day: int(workers) for day, workers in found}

    def case(self, place: Place) -> Case | None:
        """See the port."""
        row = self._connection.execute(sa.select(CASES).where(at_place(CASES, place))).first()
        return None if row is None else rows.case_of(row)

    def live_places(self, platform_id: str) -> list[Place]:
        """See the port."""
        found = self._connection.execute(
            sa.select(CASES).where(
                CASES.c.platform_id == platform_id, CASES.c.state != int(CaseState.WITHDRAWN)
            )
        )
        return [rows.place_of(row) for row in found]

    def cases_to_judge(self, now_ms: int, limit: int) -> list[Case]:
        """See the port."""
        due = sa.select(CASES).where(CASES.c.judge_after_ms <= now_ms)
        longest_first = due.order_by(CASES.c.judge_after_ms, CASES.c.case_id).limit(limit)
        return [rows.case_of(row) for row in self._connection.execute(longest_first)]

    def postpone_judging(self, platform_id: str, until_ms: int) -> None:
        """See the port."""
        self._connection.execute(
            sa.update(CASES)
            .where(CASES.c.platform_id == platform_id, CASES.c.judge_after_ms < until_ms)
            .values(judge_after_ms=until_ms)
        )

    def tally(self, place: Place, least: Severity) -> Tally:
        """See the port."""
        findings, workers, severity, latest = self._connection.execute(
            sa.select(
                sa.func.count(),
                sa.func.count(sa.distinct(sa.func.nullif(FINDINGS.c.worker_id, ""))),
                sa.func.max(FINDINGS.c.severity),
                sa.func.max(FINDINGS.c.event_time_ms),
            ).where(self._stands(place, least))
        ).one()
        return Tally(findings, workers, None if severity is None else Severity(severity), latest or 0)

    def standing(self, place: Place, least: Severity, since: date) -> list[Standing]:
        """See the port."""
        found = self._connection.execute(
            sa.select(FINDINGS.c.day, FINDINGS.c.worker_id, FINDINGS.c.severity).where(
                self._stands(place, least), FINDINGS.c.day >= since
            )
        )
        return [Standing(day, worker_id, Severity(severity)) for day, worker_id, severity in found]

    def citations(self, place: Place, least: Severity) -> list[Text]:
        """See the port."""
        found = self._connection.execute(
            sa.select(FINDINGS.c.citation_zh, FINDINGS.c.citation_en)
            .distinct()
            .where(self._stands(place, least))
        )
        return [Text(zh, en) for zh, en in found]

    def standards(self, place: Place, least: Severity) -> list[Text]:
        """See the port."""
        found = self._connection.execute(
            sa.select(FINDINGS.c.title_zh, FINDINGS.c.title_en).where(
                self._stands(place, least), FINDINGS.c.worker_id == ""
            )
        )
        return [Text(zh, en) for zh, en in found]

    def notices(self, case_id: str) -> int:
        """See the port."""
        of_case = sa.select(sa.func.count()).select_from(NOTICES).where(NOTICES.c.case_id == case_id)
        return self._connection.scalar(of_case) or 0

    @staticmethod
    def _stands(place: Place, least: Severity) -> sa.ColumnElement[bool]:
        return sa.and_(at_place(FINDINGS, place), FINDINGS.c.stands, FINDINGS.c.severity >= int(least))

    def save_case(self, case: Case) -> None:
        """See the port."""
        self._upsert(CASES, [rows.case_values(case)])

    def add_step(self, step: CaseStep) -> None:
        """See the port."""
        self._connection.execute(sa.insert(CASE_STEPS), [rows.step_values(step)])
        self._recorder.record(self._connection, acts.of_step(step))

    def add_notice(self, notice: Notice) -> None:
        """See the port."""
        self._connection.execute(sa.insert(NOTICES), [rows.notice_values(notice)])
        self._recorder.record(self._connection, acts.of_notice(notice))

    def add_alerts(self, alerts: Sequence[Alert]) -> None:
        """See the port."""
        if not alerts:
            return
        for alert in alerts:  # one by one: a multi-row insert promises no order of numbering
            self._connection.execute(sa.insert(ALERTS), rows.alert_values(alert))
        live = self._connection.execute(sa.select(WEBHOOKS).where(~WEBHOOKS.c.disabled))
        webhooks = [rows.webhook_of(row) for row in live]
        deliveries = [
            {
                "webhook_id": webhook.webhook_id,
                "alert_id": alert.alert_id,
                "attempts": 0,
                "delivered": False,
                "last_status": 0,
                "last_error": "",
                "due_time_ms": alert.create_time_ms,
                "update_time_ms": alert.create_time_ms,
            }
            for alert in alerts
            for webhook in webhooks
            if webhook.audience.hears(alert)
        ]
        if deliveries:
            self._connection.execute(sa.insert(DELIVERIES), deliveries)

    def _upsert(self, table: sa.Table, values: Sequence[dict[str, Any]]) -> None:
        if not values:
            return
        statement = insert_into(self._connection, table)
        keys = [column.name for column in table.primary_key]
        others = {
            column.name: statement.excluded[column.name] for column in table.c if column.name not in keys
        }
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=others), list(values)
        )
