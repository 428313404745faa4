"""Reports, duties and what events tell of workers, over SQL: in the registry's own store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.clock import Clock
from kit.eventlog import outbox
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import FINDINGS
from kit.ledger import NOT_RECORDED, Recorder
from kit.storage.dialects import insert_into
from kit.storage.store import Store
from services.registry.adapters import acts
from services.registry.adapters.part_store import PartStore
from services.registry.adapters.report_tables import ACTIVITY, ACTIVITY_REVISION, DUTY_FINDING, REPORT
from services.registry.adapters.store import SqlTransaction
from services.registry.adapters.tables import PARTY_VERSION, is_storable
from services.registry.adapters.view import SqlView
from services.registry.core.areas import significant
from services.registry.core.duty_findings import DutyFinding
from services.registry.core.quarters import Quarter, parse_quarter
from services.registry.core.reporting import Reporting, Subject
from services.registry.core.reports import DELIVERED, Report, ReportState
from services.registry.reports.messages import finding_message, finding_of, report_message, report_of
from services.registry.reports.ports import ActivityCount, SaidFinding

_Place = tuple[str, str, str, int]
"""Platform, area, day and partition: what a count of workers is of."""


class SqlReportStore(PartStore["SqlReportView", "SqlReportTransaction"]):
    """Implements ``reports.ports.ReportStore``."""

    def __init__(
        self, store: Store, reporting: Reporting, clock: Clock, recorder: Recorder = NOT_RECORDED
    ) -> None:
        super().__init__(
            store, clock, recorder, SqlReportView, partial(SqlReportTransaction, reporting=reporting)
        )


class SqlReportView(SqlView):
    """Implements ``reports.ports.ReportView``."""

    def report_versions(self, report_id: str) -> list[Report]:
        """See the port."""
        if not is_storable(report_id):
            return []
        query = sa.select(REPORT.c.content).where(REPORT.c.report_id == report_id)
        return [report_of(bytes(content)) for content in self._connection.scalars(query)]

    def reports(self, *, reporter_id: str = "", quarter: str = "") -> list[Report]:
        """See the port."""
        if not is_storable(reporter_id):
            return []
        query = sa.select(REPORT.c.content)
        if reporter_id:
            query = query.where(REPORT.c.reporter_id == reporter_id)
        if quarter:
            query = query.where(REPORT.c.quarter == quarter)
        return [report_of(bytes(content)) for content in self._connection.scalars(query)]

    def delivered(self, reporter_ids: Sequence[str]) -> set[tuple[Subject, Quarter]]:
        """See the port."""
        query = sa.select(
            REPORT.c.reporter_id, REPORT.c.platform_id, REPORT.c.area_code, REPORT.c.quarter, REPORT.c.state
        ).where(REPORT.c.state != ReportState.DRAFT, REPORT.c.reporter_id.in_(reporter_ids))
        last: dict[tuple[str, str, str, str], int] = {}
        for *about, state in self._connection.execute(query.order_by(REPORT.c.version)):
            last[tuple(about)] = state
        return {
            (Subject(reporter, platform_id, area_code), parse_quarter("quarter", quarter))
            for (reporter, platform_id, area_code, quarter), state in last.items()
            if state in DELIVERED
        }

    def duty_findings(self, party_ids: Sequence[str]) -> list[DutyFinding]:
        """See the port."""
        query = sa.select(DUTY_FINDING.c.content).where(DUTY_FINDING.c.party_id.in_(party_ids))
        return [finding_of(bytes(content)) for content in self._connection.scalars(query)]

    def duty_finding(self, finding_id: str) -> SaidFinding | None:
        """See the port."""
        if not is_storable(finding_id):
            return None
        query = sa.select(DUTY_FINDING.c.content).where(DUTY_FINDING.c.finding_id == finding_id)
        content = self._connection.scalar(query)
        return None if content is None else SaidFinding(finding_of(bytes(content)), bytes(content))

    def party_changes(self) -> int:
        """See the port."""
        return self._connection.scalar(sa.select(sa.func.count()).select_from(PARTY_VERSION)) or 0

    def busiest_day(self, platform_id: str, area_code: str, first: date, last: date) -> int | None:
        """See the port."""
        by_day = (
            sa.select(sa.func.sum(ACTIVITY.c.workers).label("workers"))
            .where(
                ACTIVITY.c.platform_id == platform_id,
                ACTIVITY.c.area_code.startswith(significant(area_code), autoescape=True),
                ACTIVITY.c.day.between(first.isoformat(), last.isoformat()),
            )
            .group_by(ACTIVITY.c.day)
            .subquery()
        )
        busiest = self._connection.scalar(sa.select(sa.func.max(by_day.c.workers)))
        return None if busiest is None else int(busiest)


class SqlReportTransaction(SqlTransaction, SqlReportView):
    """Implements ``reports.ports.ReportTransaction``."""

    def __init__(self, connection: Connection, now_ms: int, recorder: Recorder, reporting: Reporting) -> None:
        super().__init__(connection, now_ms, recorder)
        self._reporting = reporting

    def put_report(self, report: Report) -> None:
        """See the port."""
        content = report_message(report).SerializeToString()
        self._connection.execute(
            sa.delete(REPORT).where(
                REPORT.c.report_id == report.report_id, REPORT.c.version == report.version
            )
        )
        self._connection.execute(
            sa.insert(REPORT),
            {
                "report_id": report.report_id,
                "version": report.version,
                "reporter_id": report.subject.reporter_id,
                "platform_id": report.subject.platform_id,
                "area_code": report.subject.area_code,
                "quarter": str(report.quarter),
                "state": int(report.state),
                "content": content,
            },
        )
        if report.state is not ReportState.DRAFT:
            self._recorder.record(self._connection, acts.of_report(report, content))

    def put_findings(self, findings: Sequence[DutyFinding]) -> None:
        """See the port."""
        if not findings:
            return
        citation = (self._reporting.basis_zh, self._reporting.basis_en)
        contents = [
            finding_message(
                finding, self._now_ms, pack_id=self._reporting.id, citation=citation
            ).SerializeToString()
            for finding in findings
        ]
        amended = [{"amended": finding.finding_id} for finding in findings if finding.revision > 1]
        if amended:
            gone = DUTY_FINDING.c.finding_id == sa.bindparam("amended")
            self._connection.execute(sa.delete(DUTY_FINDING).where(gone), amended)
        self._connection.execute(
            sa.insert(DUTY_FINDING),
            [
                {"finding_id": finding.finding_id, "party_id": finding.party_id, "content": content}
                for finding, content in zip(findings, contents, strict=True)
            ],
        )
        records = [
            NewRecord(FINDINGS.name, content, key=finding.platform_id.encode())
            for finding, content in zip(findings, contents, strict=True)
        ]
        outbox.add(self._connection, records, self._now_ms)
        self._recorder.record(
            self._connection,
            *(acts.of_duty(finding, content) for finding, content in zip(findings, contents, strict=True)),
        )

    def take_activity(self, counts: Iterable[ActivityCount]) -> None:
        """See the port."""
        last: dict[_Place, tuple[int, int]] = {}
        for count in counts:
            place = (count.platform_id, count.area_code, count.day.isoformat(), count.partition)
            last[place] = max((count.revision, count.workers), last.get(place, (0, 0)))
        known = self._activity(list(last))
        news = {place: said for place, said in last.items() if said > known.get(place, (-1, 0))}
        for table, column, values in (
            (ACTIVITY, "workers", {place: workers for place, (_, workers) in news.items()}),
            (ACTIVITY_REVISION, "revision", {place: of for place, (of, _) in news.items()}),
        ):
            if values:
                rows = [
                    {**dict(zip(_PLACE, place, strict=True)), column: value}
                    for place, value in values.items()
                ]
                insert = insert_into(self._connection, table)
                self._connection.execute(
                    insert.on_conflict_do_update(
                        index_elements=_PLACE, set_={column: insert.excluded[column]}
                    ),
                    rows,
                )

    def _activity(self, places: Sequence[_Place]) -> dict[_Place, tuple[int, int]]:
        """(revision, workers) as they are kept."""
        here = [ACTIVITY.c[name] for name in _PLACE]
        revision = sa.func.coalesce(ACTIVITY_REVISION.c.revision, 0)
        query = (
            sa.select(*here, revision, ACTIVITY.c.workers)
            .outerjoin_from(
                ACTIVITY,
                ACTIVITY_REVISION,
                sa.and_(*(ACTIVITY.c[name] == ACTIVITY_REVISION.c[name] for name in _PLACE)),
            )
            .where(sa.tuple_(*here).in_(places))
        )
        return {(row[0], row[1], row[2], row[3]): (row[4], row[5]) for row in self._connection.execute(query)}


_PLACE = ("platform_id", "area_code", "day", "partition")
