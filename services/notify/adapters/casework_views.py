"""``casework_ports.CaseworkReading`` over SQLAlchemy. Each answer is of one moment: one read transaction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from kit.storage.store import Store
from services.notify.adapters import casework_reading, casework_rows, rows
from services.notify.adapters.casework_tables import ABSENCES, ATTACHMENTS, REPLIES, TALKS
from services.notify.adapters.reading import heard
from services.notify.adapters.tables import CASES, NOTICES
from services.notify.casework.ports import KeptFile
from services.notify.core.absences import Absence
from services.notify.core.agenda import AgendaItem, agenda
from services.notify.core.alerts import Audience
from services.notify.core.cases import Case
from services.notify.core.findings import first_ms
from services.notify.core.letters import Notice
from services.notify.core.talks import Talk, TalkState
from services.notify.core.transitions import CaseState


class SqlCaseworkReading:
    """``casework_ports.CaseworkReading``. Made once; threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def notice(self, notice_id: str) -> Notice | None:
        """See the port."""
        row = self._first(sa.select(NOTICES).where(NOTICES.c.notice_id == notice_id))
        return None if row is None else rows.notice_of(row)

    def talk(self, talk_id: str) -> Talk | None:
        """See the port."""
        row = self._first(sa.select(TALKS).where(TALKS.c.talk_id == talk_id))
        return None if row is None else casework_rows.talk_of(row)

    def case(self, case_id: str) -> Case | None:
        """See the port."""
        row = self._first(sa.select(CASES).where(CASES.c.case_id == case_id))
        return None if row is None else rows.case_of(row)

    def attachment(self, attachment_id: str) -> KeptFile | None:
        """See the port."""
        row = self._first(
            sa.select(ATTACHMENTS, REPLIES.c.case_id)
            .join(REPLIES, REPLIES.c.reply_id == ATTACHMENTS.c.reply_id)
            .where(ATTACHMENTS.c.attachment_id == attachment_id)
        )
        if row is None:
            return None
        return KeptFile(row.case_id, casework_rows.attachment_of(row), bytes(row.content))

    def agenda(self, audience: Audience, first: date, last: date) -> list[AgendaItem]:
        """See the port."""
        start_ms, end_ms = first_ms(first), first_ms(last + timedelta(days=1))
        waiting = sa.select(CASES).where(
            *heard(CASES, audience),
            sa.or_(
                CASES.c.deadline.between(first, last),
                sa.and_(
                    CASES.c.state == int(CaseState.SUMMONS_PROPOSED),
                    CASES.c.step_time_ms >= start_ms,
                    CASES.c.step_time_ms < end_ms,
                ),
            ),
        )
        # Promises fall due after their talk; only talks with promises are read for them.
        talks_told = sa.select(TALKS).where(
            TALKS.c.case_id.in_(sa.select(CASES.c.case_id).where(*heard(CASES, audience))),
            sa.or_(
                sa.and_(
                    TALKS.c.state == int(TalkState.SCHEDULED),
                    TALKS.c.start_ms >= start_ms,
                    TALKS.c.start_ms < end_ms,
                ),
                sa.and_(TALKS.c.state == int(TalkState.HELD), TALKS.c.start_ms < end_ms),
            ),
        )
        with self._store.read() as connection:
            cases = [rows.case_of(row) for row in connection.execute(waiting)]
            told = [casework_rows.talk_of(row) for row in connection.execute(talks_told)]
            named = sa.select(CASES).where(CASES.c.case_id.in_({talk.case_id for talk in told}))
            of_talk = {row.case_id: rows.case_of(row) for row in connection.execute(named)}
        return agenda(cases, [(talk, of_talk[talk.case_id]) for talk in told], first, last)

    def absences(self, after: tuple[date, str] | None, limit: int) -> list[Absence]:
        """See the port."""
        query = sa.select(ABSENCES)
        if after is not None:
            first, official_id = after
            query = query.where(
                sa.or_(
                    ABSENCES.c.first_date < first,
                    sa.and_(ABSENCES.c.first_date == first, ABSENCES.c.official_id > official_id),
                )
            )
        latest_first = query.order_by(ABSENCES.c.first_date.desc(), ABSENCES.c.official_id).limit(limit)
        with self._store.read() as connection:
            return [casework_rows.absence_of(row) for row in connection.execute(latest_first)]

    def absences_of_deputy(self, deputy_id: str, day: date) -> list[Absence]:
        """See the port."""
        with self._store.read() as connection:
            return casework_reading.absences_of_deputy(connection, deputy_id, day)

    def _first(self, query: sa.Select[Any]) -> sa.Row[Any] | None:
        with self._store.read() as connection:
            return connection.execute(query).first()
