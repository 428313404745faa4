"""``delivery_ports.Enclosures`` over SQLAlchemy: the letters that went out with an alert, as files.

A letter and its alert are written in one transaction with one time, by which they are found again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import lru_cache

import sqlalchemy as sa

from kit.security.caller import Caller
from kit.storage.store import Store
from services.notify import documents
from services.notify.adapters.casework_rows import talk_of
from services.notify.adapters.casework_tables import TALKS
from services.notify.adapters.rows import notice_of
from services.notify.adapters.tables import NOTICES
from services.notify.core.alerts import Alert, AlertKind
from services.notify.core.letters import Notice, NoticeKind
from services.notify.core.privacy import too_few
from services.notify.core.talks import Talk
from services.notify.core.text import Language, Text
from services.notify.delivery.ports import EnclosedFile
from services.notify.documents.invitation import method_of
from services.notify.ports import Names

_KEPT = 32
"""Rendered letters: one goes to everybody who supervises the place, within seconds."""

_LETTERS = {
    AlertKind.WARNING_SENT: (NoticeKind.WARNING,),
    AlertKind.SUMMONS_PROPOSED: (NoticeKind.RECHECK,),
    AlertKind.SUMMONS_SENT: (NoticeKind.SUMMONS,),
    AlertKind.CASE_CHANGED: (NoticeKind.SUMMONS, NoticeKind.SUMMONS_CANCELLED),
    AlertKind.CASE_WITHDRAWN: (NoticeKind.SUMMONS_CANCELLED,),
    AlertKind.RECTIFICATION_ORDERED: (NoticeKind.RECTIFICATION,),
    AlertKind.CASE_CLOSED: (NoticeKind.RECHECK, NoticeKind.CLOSURE),
    AlertKind.CASE_ESCALATED: (NoticeKind.RECHECK, NoticeKind.ESCALATION),
    AlertKind.COMMENDED: (NoticeKind.COMMENDATION,),
}
"""Kinds of letters that may go out with an alert: two alerts of one moment do not bring each other's."""

logger = logging.getLogger(__name__)


class SqlEnclosures:
    """Made once; threads may share it."""

    def __init__(self, store: Store, names: Names, department: Callable[[str], Text]) -> None:
        """``department``: a department's name, by its id."""
        self._store = store
        self._names = names
        self._department = department
        self._pdf = lru_cache(_KEPT)(documents.render_pdf)

    def of(self, alert: Alert, language: Language, caller: Caller) -> Sequence[EnclosedFile]:
        """See the port."""
        if alert.kind not in _LETTERS:
            return ()
        files: list[EnclosedFile] = []
        for notice, talk in self._letters(alert):
            # As in GetCase: whoever sees aggregates only reads no letter that counts too few workers.
            if caller.sees_workers or not too_few(notice.workers):
                files.extend(self._rendered(notice, talk, language))
        return files

    def _letters(self, alert: Alert) -> list[tuple[Notice, Talk | None]]:
        of_alert = sa.and_(
            NOTICES.c.platform_id == alert.place.platform_id,
            NOTICES.c.case_id == alert.case_id if alert.case_id else NOTICES.c.case_id.is_(None),
            NOTICES.c.create_time_ms == alert.create_time_ms,
            NOTICES.c.kind.in_(_LETTERS[alert.kind]),
        )
        with self._store.read() as connection:
            found = connection.execute(sa.select(NOTICES).where(of_alert).order_by(NOTICES.c.position))
            notices = [notice_of(row) for row in found]
            talks = connection.execute(
                sa.select(TALKS).where(TALKS.c.talk_id.in_({notice.talk_id for notice in notices} - {""}))
            )
            by_id = {row.talk_id: talk_of(row) for row in talks}
        return [(notice, by_id.get(notice.talk_id)) for notice in notices]

    def _rendered(self, notice: Notice, talk: Talk | None, language: Language) -> list[EnclosedFile]:
        files: list[EnclosedFile] = []
        try:
            pdf = self._pdf(notice, language)
        except RuntimeError:  # no typesetter, or no typeface: news without its letter is still news
            logger.exception("letter %s could not be laid out; the mail goes without it", notice.notice_id)
        else:
            files.append(EnclosedFile(pdf.name, pdf.media_type, pdf.content))
        if talk is not None:
            files.append(self._invitation(talk, notice))
        return files

    def _invitation(self, talk: Talk, notice: Notice) -> EnclosedFile:
        platform_id = notice.place.platform_id
        file = documents.render_ics(
            talk,
            notice,
            platform=documents.Member(platform_id, self._names.platform(platform_id)),
            departments=[documents.Member(each, self._department(each)) for each in talk.department_ids],
            area=self._names.area(notice.place.area_code),
        )
        return EnclosedFile(file.name, "text/calendar", file.content, method_of(talk))
