"""``period_reports.ports.PeriodReading`` over SQLAlchemy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from kit.storage.store import Store
from services.notify.adapters import casework_rows
from services.notify.adapters.casework_tables import RECHECKS, SET_ASIDE
from services.notify.adapters.reading import heard
from services.notify.adapters.rows import place_of
from services.notify.adapters.tables import ACTIVITY, CASE_STEPS, CASES, FINDINGS
from services.notify.core.alerts import Audience
from services.notify.core.area_figures import OfWorker
from services.notify.core.findings import Severity
from services.notify.core.period import Period
from services.notify.core.period_report import Active, Counted
from services.notify.core.period_steps import Cell, Taken
from services.notify.core.recheck import Recheck
from services.notify.core.transitions import LIVE, CaseState
from services.notify.period_reports.ports import Found

_AT_ONCE = 500
"""Case ids in one question: within what SQLite takes as variables."""


def _standing(first: date, last: date) -> sa.Select[Any]:
    """Findings that stand and were not set aside, counted by place, party, worker and severity."""
    grouped = (
        FINDINGS.c.area_code,
        FINDINGS.c.platform_id,
        FINDINGS.c.rule_id,
        FINDINGS.c.party_id,
        FINDINGS.c.worker_id,
        FINDINGS.c.severity,
    )
    return (
        sa.select(*grouped, sa.func.count().label("findings"))
        .where(
            FINDINGS.c.stands,
            FINDINGS.c.day.between(first, last),
            FINDINGS.c.finding_id.not_in(sa.select(SET_ASIDE.c.finding_id)),
        )
        .group_by(*grouped)
    )


class SqlPeriodReading:
    """Made once; threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def found(self, period: Period, opens_at: Callable[[str], Severity]) -> list[Found]:
        """See the port. One question a month, as neither database names months alike."""
        counts: defaultdict[tuple[str, Cell, str, str], int] = defaultdict(int)
        with self._store.read() as connection:
            for month in period.months:
                for row in connection.execute(_standing(month.first, month.last)):
                    if row.severity >= opens_at(row.rule_id):
                        cell = Cell(row.area_code, row.platform_id, row.rule_id)
                        counts[month.name, cell, row.party_id, row.worker_id] += row.findings
        return [
            Found(Counted(month, cell, worker_id, findings), party_id)
            for (month, cell, party_id, worker_id), findings in sorted(counts.items())
        ]

    def found_of_workers(
        self, first: date, last: date, opens_at: Callable[[str], Severity]
    ) -> list[OfWorker]:
        """See the port."""
        with self._store.read() as connection:
            return [
                OfWorker(row.platform_id, row.area_code, row.worker_id, row.findings)
                for row in connection.execute(_standing(first, last).where(FINDINGS.c.worker_id != ""))
                if row.severity >= opens_at(row.rule_id)
            ]

    def last_day(self, today: date) -> date:
        """See the port."""
        latest = (
            sa.select(sa.func.max(FINDINGS.c.day)).where(FINDINGS.c.worker_id != "", FINDINGS.c.day <= today),
            sa.select(sa.func.max(ACTIVITY.c.day)).where(ACTIVITY.c.day <= today),
        )
        with self._store.read() as connection:
            days = [connection.scalar(query) for query in latest]
        return max((day for day in days if day is not None), default=today)

    def in_hand(self, audience: Audience) -> dict[str, int]:
        """See the port."""
        with self._store.read() as connection:
            rows = connection.execute(
                sa.select(CASES.c.area_code, sa.func.count())
                .where(CASES.c.state.in_([int(state) for state in sorted(LIVE)]), *heard(CASES, audience))
                .group_by(CASES.c.area_code)
            )
            return {area_code: int(cases) for area_code, cases in rows}

    def active(self, first: date, last: date) -> list[Active]:
        """See the port."""
        grouped = (ACTIVITY.c.platform_id, ACTIVITY.c.area_code, ACTIVITY.c.day)
        with self._store.read() as connection:
            rows = connection.execute(
                sa.select(*grouped, sa.func.sum(ACTIVITY.c.workers))
                .where(ACTIVITY.c.day.between(first, last))
                .group_by(*grouped)
                .order_by(*grouped)
            )
            return [
                Active(platform_id, area_code, day, int(workers))
                for platform_id, area_code, day, workers in rows
            ]

    def taken(self, period: Period) -> list[Taken]:
        """See the port. In the order they were taken."""
        in_period = sa.select(CASE_STEPS.c.case_id).where(
            CASE_STEPS.c.time_ms >= period.start_ms, CASE_STEPS.c.time_ms < period.end_ms
        )
        names = ("platform_id", "rule_id", "area_code", "party_id")
        with self._store.read() as connection:
            rows = connection.execute(
                sa.select(CASE_STEPS, *(CASES.c[name] for name in names))
                .join(CASES, CASES.c.case_id == CASE_STEPS.c.case_id)
                .where(CASE_STEPS.c.case_id.in_(in_period))
                .order_by(CASE_STEPS.c.step_id)
            )
            return [
                Taken(
                    case_id=row.case_id,
                    openings=row.openings,
                    place=place_of(row),
                    from_state=CaseState(row.from_state),
                    to_state=CaseState(row.to_state),
                    time_ms=row.time_ms,
                    workers=row.workers,
                )
                for row in rows
            ]

    def last_rechecks(self, case_ids: Collection[str]) -> dict[str, Recheck]:
        """See the port."""
        asked = sorted(case_ids)
        found: dict[str, Recheck] = {}
        with self._store.read() as connection:
            for start in range(0, len(asked), _AT_ONCE):
                rows = connection.execute(
                    sa.select(RECHECKS)
                    .where(RECHECKS.c.case_id.in_(asked[start : start + _AT_ONCE]))
                    .order_by(RECHECKS.c.create_time_ms, RECHECKS.c.recheck_id)
                )
                found |= {row.case_id: casework_rows.recheck_of(row) for row in rows}
        return found
