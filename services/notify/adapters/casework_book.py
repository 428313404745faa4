"""``casework_ports.CaseworkBook`` over SQLAlchemy: everything within the connection it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.ledger import NOT_RECORDED, Act, Recorder
from kit.requests import KEEP_MS
from services.notify.adapters import casework_acts, casework_reading, casework_rows, rows
from services.notify.adapters.book import QueueDeliveries, SqlBook, queue_none
from services.notify.adapters.casework_tables import (
    ABSENCES,
    ATTACHMENTS,
    CASEWORK_ANSWERS,
    FINDING_APPEALS,
    REPLIES,
    SET_ASIDE,
    TALKS,
)
from services.notify.adapters.tables import CASE_STEPS, NOTICES
from services.notify.casework.ports import EarlierAnswer
from services.notify.core.absences import Absence
from services.notify.core.cases import CaseStep
from services.notify.core.findings import Finding
from services.notify.core.letters import Notice, NoticeKind
from services.notify.core.replies import FindingAppeal, Reply
from services.notify.core.talks import Talk
from services.notify.core.transitions import Trigger

Send = Callable[[Connection, Sequence[Notice]], None]
"""Lets letters leave with a transaction."""


def send_none(connection: Connection, notices: Sequence[Notice]) -> None:
    """No letter leaves."""


class SqlCaseworkBook(SqlBook):
    """Made anew for each transaction."""

    def __init__(
        self,
        connection: Connection,
        recorder: Recorder = NOT_RECORDED,
        queue_deliveries: QueueDeliveries = queue_none,
        send: Send = send_none,
    ) -> None:
        """What people do goes to ``recorder`` as well: the ledger."""
        super().__init__(connection, recorder, queue_deliveries)
        self._send = send

    def earlier_answer(self, party_id: str, request_id: str, since_ms: int) -> EarlierAnswer | None:
        """See the port."""
        row = self._first(
            sa.select(CASEWORK_ANSWERS).where(
                CASEWORK_ANSWERS.c.party_id == party_id,
                CASEWORK_ANSWERS.c.request_id == request_id,
                CASEWORK_ANSWERS.c.create_time_ms >= since_ms,
            )
        )
        return None if row is None else EarlierAnswer(bytes(row.content_sha256), bytes(row.response))

    def keep_answer(
        self, party_id: str, request_id: str, content_sha256: bytes, response: bytes, now_ms: int
    ) -> None:
        """See the port."""
        self._connection.execute(
            sa.delete(CASEWORK_ANSWERS).where(CASEWORK_ANSWERS.c.create_time_ms < now_ms - KEEP_MS)
        )
        values = {
            "party_id": party_id,
            "request_id": request_id,
            "content_sha256": content_sha256,
            "response": response,
            "create_time_ms": now_ms,
        }
        self._connection.execute(sa.insert(CASEWORK_ANSWERS), values)

    def send(self, notices: Sequence[Notice]) -> None:
        """See the port."""
        self._send(self._connection, notices)

    def notice(self, notice_id: str) -> Notice | None:
        """See the port."""
        row = self._first(sa.select(NOTICES).where(NOTICES.c.notice_id == notice_id))
        return None if row is None else rows.notice_of(row)

    def latest_notice(self, case_id: str, kind: NoticeKind) -> Notice | None:
        """See the port."""
        row = self._first(
            sa.select(NOTICES)
            .where(NOTICES.c.case_id == case_id, NOTICES.c.kind == int(kind))
            .order_by(NOTICES.c.position.desc())
            .limit(1)
        )
        return None if row is None else rows.notice_of(row)

    def latest_step(self, case_id: str, trigger: Trigger) -> CaseStep | None:
        """See the port."""
        row = self._first(
            sa.select(CASE_STEPS)
            .where(CASE_STEPS.c.case_id == case_id, CASE_STEPS.c.trigger == trigger.name)
            .order_by(CASE_STEPS.c.step_id.desc())
            .limit(1)
        )
        return None if row is None else rows.step_of(row)

    def talk(self, talk_id: str) -> Talk | None:
        """See the port."""
        row = self._first(sa.select(TALKS).where(TALKS.c.talk_id == talk_id))
        return None if row is None else casework_rows.talk_of(row)

    def talks(self, case_id: str) -> list[Talk]:
        """See the port."""
        return casework_reading.talks(self._connection, case_id)

    def save_talk(self, talk: Talk) -> None:
        """See the port."""
        super().save_talk(talk)
        self._recorder.record(self._connection, casework_acts.of_talk(talk))

    def add_reply(self, reply: Reply, contents: Sequence[bytes]) -> None:
        """See the port."""
        self._connection.execute(sa.insert(REPLIES), casework_rows.reply_values(reply))
        for at, (attachment, content) in enumerate(zip(reply.attachments, contents, strict=True)):
            values = casework_rows.attachment_values(reply.reply_id, at, attachment, content)
            self._connection.execute(sa.insert(ATTACHMENTS), values)
        self._recorder.record(self._connection, casework_acts.of_reply(reply))

    def replies(self, notice_id: str) -> int:
        """See the port."""
        of_notice = sa.select(sa.func.count()).select_from(REPLIES).where(REPLIES.c.notice_id == notice_id)
        return self._connection.scalar(of_notice) or 0

    def appeal(self, appeal_id: str) -> FindingAppeal | None:
        """See the port."""
        row = self._first(sa.select(FINDING_APPEALS).where(FINDING_APPEALS.c.appeal_id == appeal_id))
        return None if row is None else casework_rows.appeal_of(row)

    def appeals_of(self, finding_id: str) -> list[FindingAppeal]:
        """See the port."""
        found = self._connection.execute(
            sa.select(FINDING_APPEALS)
            .where(FINDING_APPEALS.c.finding_id == finding_id)
            .order_by(FINDING_APPEALS.c.create_time_ms, FINDING_APPEALS.c.appeal_id)
        )
        return [casework_rows.appeal_of(row) for row in found]

    def save_appeal(self, appeal: FindingAppeal) -> None:
        """See the port."""
        self._upsert(FINDING_APPEALS, [casework_rows.appeal_values(appeal)])
        self._recorder.record(self._connection, casework_acts.of_appeal(appeal))

    def put_aside(self, finding: Finding, appeal_id: str) -> None:
        """See the port."""
        self._connection.execute(
            sa.insert(SET_ASIDE), {"finding_id": finding.finding_id, "appeal_id": appeal_id}
        )

    def save_absence(self, absence: Absence, actor: str) -> None:
        """See the port."""
        self._upsert(ABSENCES, [casework_rows.absence_values(absence)])
        self._recorder.record(self._connection, casework_acts.of_absence(absence, actor))

    def absences_of_deputy(self, deputy_id: str, day: date) -> list[Absence]:
        """See the port."""
        return casework_reading.absences_of_deputy(self._connection, deputy_id, day)

    def enter(self, action: str, subject: str, actor: str, reason: str) -> None:
        """See the port."""
        self._recorder.record(
            self._connection, Act(action=action, subject=subject, actor=actor, reason=reason)
        )

    def _first(self, query: sa.Select[Any]) -> sa.Row[Any] | None:
        return self._connection.execute(query).first()
