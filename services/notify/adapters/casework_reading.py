"""What people said and did in a case, within the read transaction in hand."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.notify.adapters import casework_rows
from services.notify.adapters.casework_tables import (
    ABSENCES,
    ATTACHMENTS,
    FINDING_APPEALS,
    RECHECKS,
    REPLIES,
    TALKS,
)
from services.notify.core.absences import Absence
from services.notify.core.recheck import Recheck
from services.notify.core.replies import Attachment, FindingAppeal, Reply
from services.notify.core.talks import Talk


def replies(connection: Connection, case_id: str) -> list[Reply]:
    """In the order they came, with their attachments but not their content."""
    named = [column for column in ATTACHMENTS.c if column is not ATTACHMENTS.c.content]
    attached: defaultdict[str, list[Attachment]] = defaultdict(list)
    for row in connection.execute(
        sa.select(*named)
        .join(REPLIES, REPLIES.c.reply_id == ATTACHMENTS.c.reply_id)
        .where(REPLIES.c.case_id == case_id)
        .order_by(ATTACHMENTS.c.reply_id, ATTACHMENTS.c.position)
    ):
        attached[row.reply_id].append(casework_rows.attachment_of(row))
    found = connection.execute(
        sa.select(REPLIES)
        .where(REPLIES.c.case_id == case_id)
        .order_by(REPLIES.c.create_time_ms, REPLIES.c.reply_id)
    )
    return [casework_rows.reply_of(row, attached[row.reply_id]) for row in found]


def talks(connection: Connection, case_id: str) -> list[Talk]:
    """In the order of their time."""
    found = connection.execute(
        sa.select(TALKS).where(TALKS.c.case_id == case_id).order_by(TALKS.c.start_ms, TALKS.c.talk_id)
    )
    return [casework_rows.talk_of(row) for row in found]


def rechecks(connection: Connection, case_id: str) -> list[Recheck]:
    """In the order they were made."""
    found = connection.execute(
        sa.select(RECHECKS)
        .where(RECHECKS.c.case_id == case_id)
        .order_by(RECHECKS.c.create_time_ms, RECHECKS.c.recheck_id)
    )
    return [casework_rows.recheck_of(row) for row in found]


def appeals(connection: Connection, case_id: str) -> list[FindingAppeal]:
    """In the order they were filed."""
    found = connection.execute(
        sa.select(FINDING_APPEALS)
        .where(FINDING_APPEALS.c.case_id == case_id)
        .order_by(FINDING_APPEALS.c.create_time_ms, FINDING_APPEALS.c.appeal_id)
    )
    return [casework_rows.appeal_of(row) for row in found]


def absences_of_deputy(connection: Connection, deputy_id: str, day: date) -> list[Absence]:
    """Those in which somebody stands in on a day."""
    found = connection.execute(
        sa.select(ABSENCES).where(
            ABSENCES.c.deputy_id == deputy_id, ABSENCES.c.first_date <= day, ABSENCES.c.last_date >= day
        )
    )
    return [casework_rows.absence_of(row) for row in found]
