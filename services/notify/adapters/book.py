"""``ports.Book`` over SQLAlchemy: everything within the connection it is given, committing nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.ledger import NOT_RECORDED, Recorder
from kit.security.caller import significant
from kit.storage.dialects import insert_into
from services.notify.adapters import acts, casework_rows, rows
from services.notify.adapters.casework_tables import RECHECKS, SET_ASIDE, TALKS
from services.notify.adapters.tables import (
    ACTIVITY,
    ALERTS,
    CASE_DEPARTMENTS,
    CASE_STEPS,
    CASES,
    FINDINGS,
    NOTICES,
)
from services.notify.core.alerts import Alert
from services.notify.core.cases import Case, CaseStep, Tally
from services.notify.core.escalation import Standing
from services.notify.core.findings import Finding, Place, Severity
from services.notify.core.ladder import DEADLINES
from services.notify.core.letters import Notice, NoticeKind
from services.notify.core.recheck import Recheck
from services.notify.core.talks import Talk, TalkState
from services.notify.core.text import Text
from services.notify.core.transitions import LIVE, Trigger
from services.notify.ports import ActivityCount, Report

QueueDeliveries = Callable[[Connection, Sequence[Alert]], None]
"""Notes who is to be told of alerts, in the transaction that raises them."""


_CountKey = tuple[str, date, str, int]
_COUNT_KEY = ("platform_id", "day", "area_code", "partition")
_NEVER_COUNTED = (-1, 0)
_KEYS_AT_ONCE = 1_000
"""Four parameters each, of the 32,766 that a statement of SQLite may have."""


def queue_none(connection: Connection, alerts: Sequence[Alert]) -> None:
    """Nobody subscribes."""


def at_place(table: sa.Table, place: Place) -> sa.ColumnElement[bool]:
    """Rows of one place."""
    return sa.and_(*(table.c[name] == value for name, value in place._asdict().items()))


_AT_PLACE: dict[str, sa.BindParameter[str]] = {name: sa.bindparam(name) for name in Place._fields}

_STANDS = sa.and_(
    *(FINDINGS.c[name] == place for name, place in _AT_PLACE.items()),
    FINDINGS.c.stands,
    FINDINGS.c.severity >= sa.bindparam("least"),
    FINDINGS.c.day >= sa.bindparam("since"),
    FINDINGS.c.finding_id.not_in(sa.select(SET_ASIDE.c.finding_id)),
)

# Built once: of a burst, most of the time would go into building them for each place of each batch.
_CASE = sa.select(CASES).where(*(CASES.c[name] == place for name, place in _AT_PLACE.items()))
_TALLY = sa.select(
    sa.func.count(),
    sa.func.count(sa.distinct(sa.func.nullif(FINDINGS.c.worker_id, ""))),
    sa.func.max(FINDINGS.c.severity),
    sa.func.max(FINDINGS.c.event_time_ms),
).where(_STANDS)
_WORKERS = sa.select(sa.func.count(sa.distinct(sa.func.nullif(FINDINGS.c.worker_id, "")))).where(
    _STANDS, FINDINGS.c.day <= sa.bindparam("until")
)
_STANDING = sa.select(FINDINGS.c.day, FINDINGS.c.worker_id, FINDINGS.c.severity).where(_STANDS)
_CITATIONS = sa.select(FINDINGS.c.citation_zh, FINDINGS.c.citation_en).distinct().where(_STANDS)
_STANDARDS = sa.select(FINDINGS.c.title_zh, FINDINGS.c.title_en).where(_STANDS, FINDINGS.c.worker_id == "")
_DEPARTMENTS = sa.select(CASE_DEPARTMENTS.c.department_id).where(
    CASE_DEPARTMENTS.c.case_id == sa.bindparam("case_id")
)


def _standing_at(place: Place, least: Severity, since: date) -> dict[str, Any]:
    return {**place._asdict(), "least": int(least), "since": since}


_upserts: dict[tuple[str, str], sa.Executable] = {}


def _upsert_into(connection: Connection, table: sa.Table) -> sa.Executable:
    known = _upserts.get((connection.dialect.name, table.name))
    if known is not None:
        return known
    statement = insert_into(connection, table)
    keys = [column.name for column in table.primary_key]
    others = {column.name: statement.excluded[column.name] for column in table.c if column.name not in keys}
    upsert = statement.on_conflict_do_update(index_elements=keys, set_=others)
    return _upserts.setdefault((connection.dialect.name, table.name), upsert)


def is_overdue(today: date) -> sa.ColumnElement[bool]:
    """Whether a case's deadline is over and its next step the policy's."""
    return sa.and_(CASES.c.deadline < today, CASES.c.state.in_([int(state) for state in sorted(DEADLINES)]))


class SqlBook:
    """Made anew for each transaction."""

    def __init__(
        self,
        connection: Connection,
        recorder: Recorder = NOT_RECORDED,
        queue_deliveries: QueueDeliveries = queue_none,
    ) -> None:
        """Steps and letters go to ``recorder`` as well: the ledger."""
        self._connection = connection
        self._recorder = recorder
        self._queue_deliveries = queue_deliveries

    def findings(self, finding_ids: Collection[str]) -> dict[str, Finding]:
        """See the port."""
        found = self._connection.execute(sa.select(FINDINGS).where(FINDINGS.c.finding_id.in_(finding_ids)))
        return {row.finding_id: rows.finding_of(row) for row in found}

    def save_findings(self, reports: Iterable[Report]) -> None:
        """See the port."""
        self._upsert(FINDINGS, [rows.finding_values(report.finding, report.message) for report in reports])

    def take_activity(self, counts: Iterable[ActivityCount]) -> list[ActivityCount]:
        """See the port."""
        latest: dict[_CountKey, ActivityCount] = {}
        for count in counts:
            key = (count.platform_id, count.day, count.area_code, count.partition)
            if key not in latest or count.standing > latest[key].standing:
                latest[key] = count
        known = self._known_counts(latest)
        news = {
            key: count for key, count in latest.items() if count.standing > known.get(key, _NEVER_COUNTED)
        }
        values = [
            {**dict(zip(_COUNT_KEY, key, strict=True)), "workers": count.workers, "revision": count.revision}
            for key, count in news.items()
        ]
        self._upsert(ACTIVITY, values)
        return [count for key, count in news.items() if count.workers != known.get(key, _NEVER_COUNTED)[1]]

    def _known_counts(self, keys: Collection[_CountKey]) -> dict[_CountKey, tuple[int, int]]:
        """(revision, workers) as they are kept; keys that are not are left out."""
        columns = [ACTIVITY.c[name] for name in _COUNT_KEY]
        known: dict[_CountKey, tuple[int, int]] = {}
        asked = list(keys)
        for start in range(0, len(asked), _KEYS_AT_ONCE):
            some = sa.tuple_(*columns).in_(asked[start : start + _KEYS_AT_ONCE])
            query = sa.select(*columns, ACTIVITY.c.revision, ACTIVITY.c.workers).where(some)
            for row in self._connection.execute(query):
                known[row[0], row[1], row[2], row[3]] = (row.revision, row.workers)
        return known

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
        row = self._connection.execute(_CASE, place._asdict()).first()
        return None if row is None else rows.case_of(row)

    def live_places(self, platform_id: str) -> list[Place]:
        """See the port."""
        found = self._connection.execute(
            sa.select(CASES).where(
                CASES.c.platform_id == platform_id, CASES.c.state.in_([int(state) for state in sorted(LIVE)])
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

    def case_of_id(self, case_id: str) -> Case | None:
        """See the port."""
        row = self._connection.execute(sa.select(CASES).where(CASES.c.case_id == case_id)).first()
        return None if row is None else rows.case_of(row)

    def overdue(self, today: date, limit: int) -> list[Case]:
        """See the port."""
        over = sa.select(CASES).where(is_overdue(today))
        longest_first = over.order_by(CASES.c.deadline, CASES.c.case_id).limit(limit)
        return [rows.case_of(row) for row in self._connection.execute(longest_first)]

    def set_aside(self, finding_ids: Collection[str]) -> set[str]:
        """See the port."""
        found = sa.select(SET_ASIDE.c.finding_id).where(SET_ASIDE.c.finding_id.in_(finding_ids))
        return set(self._connection.scalars(found))

    def tally(self, place: Place, least: Severity, since: date) -> Tally:
        """See the port."""
        found = self._connection.execute(_TALLY, _standing_at(place, least, since))
        findings, workers, severity, latest = found.one()
        return Tally(findings, workers, None if severity is None else Severity(severity), latest or 0)

    def standing(self, place: Place, least: Severity, since: date) -> list[Standing]:
        """See the port."""
        found = self._connection.execute(_STANDING, _standing_at(place, least, since))
        return [Standing(day, worker_id, Severity(severity)) for day, worker_id, severity in found]

    def workers(self, place: Place, least: Severity, first: date, last: date) -> int:
        """See the port."""
        return self._connection.scalar(_WORKERS, _standing_at(place, least, first) | {"until": last}) or 0

    def citations(self, place: Place, least: Severity, since: date) -> list[Text]:
        """See the port."""
        found = self._connection.execute(_CITATIONS, _standing_at(place, least, since))
        return [Text(zh, en) for zh, en in found]

    def standards(self, place: Place, least: Severity, since: date) -> list[Text]:
        """See the port."""
        found = self._connection.execute(_STANDARDS, _standing_at(place, least, since))
        return [Text(zh, en) for zh, en in found]

    def notices(self, case_id: str, kind: NoticeKind) -> int:
        """See the port."""
        of_case = (
            sa.select(sa.func.count())
            .select_from(NOTICES)
            .where(NOTICES.c.case_id == case_id, NOTICES.c.kind == int(kind))
        )
        return self._connection.scalar(of_case) or 0

    def warned_ms(self, case_id: str) -> list[int]:
        """See the port."""
        withdrawn = sa.select(CASE_STEPS.c.openings).where(
            CASE_STEPS.c.case_id == case_id, CASE_STEPS.c.trigger == Trigger.ALL_WITHDRAWN.name
        )
        warned = sa.select(CASE_STEPS.c.time_ms).where(
            CASE_STEPS.c.case_id == case_id,
            CASE_STEPS.c.trigger == Trigger.WARNING_SENT.name,
            CASE_STEPS.c.openings.not_in(withdrawn),
        )
        return list(self._connection.scalars(warned))

    def save_case(self, case: Case) -> None:
        """See the port."""
        self._upsert(CASES, [rows.case_values(case)])
        known = self._connection.scalars(_DEPARTMENTS, {"case_id": case.case_id})
        if set(known) == set(case.department_ids):
            return
        self._connection.execute(
            sa.delete(CASE_DEPARTMENTS).where(CASE_DEPARTMENTS.c.case_id == case.case_id)
        )
        values = [
            {"case_id": case.case_id, "department_id": department_id} for department_id in case.department_ids
        ]
        if values:
            self._connection.execute(sa.insert(CASE_DEPARTMENTS), values)

    def add_step(self, step: CaseStep, case: Case) -> None:
        """See the port."""
        self._connection.execute(sa.insert(CASE_STEPS), [rows.step_values(step, case)])
        self._recorder.record(self._connection, acts.of_step(step))

    def add_notice(self, notice: Notice) -> None:
        """See the port."""
        of_case = sa.select(sa.func.count()).select_from(NOTICES).where(NOTICES.c.case_id == notice.case_id)
        position = (self._connection.scalar(of_case) or 0) + 1
        self._connection.execute(sa.insert(NOTICES), [{**rows.notice_values(notice), "position": position}])
        self._recorder.record(self._connection, acts.of_notice(notice))

    def scheduled_talk(self, case_id: str) -> Talk | None:
        """See the port."""
        row = self._connection.execute(
            sa.select(TALKS).where(TALKS.c.case_id == case_id, TALKS.c.state == int(TalkState.SCHEDULED))
        ).first()
        return None if row is None else casework_rows.talk_of(row)

    def save_talk(self, talk: Talk) -> None:
        """See the port."""
        self._upsert(TALKS, [casework_rows.talk_values(talk)])

    def add_recheck(self, recheck: Recheck) -> None:
        """See the port."""
        self._upsert(RECHECKS, [casework_rows.recheck_values(recheck)])
        self._recorder.record(self._connection, acts.of_recheck(recheck))

    def add_alerts(self, alerts: Sequence[Alert]) -> None:
        """See the port."""
        if not alerts:
            return
        # One row a statement, in this order, as nothing is returned: one INSERT of many promises no order.
        self._connection.execute(sa.insert(ALERTS), [rows.alert_values(alert) for alert in alerts])
        self._queue_deliveries(self._connection, alerts)

    def _upsert(self, table: sa.Table, values: Sequence[dict[str, Any]]) -> None:
        if not values:
            return
        self._connection.execute(_upsert_into(self._connection, table), list(values))
