"""A notice as a file: the letter, and of a summons the invitation to its talk and the minutes of it.

A letter shows the names it was written with; invitation and minutes those that are registered now.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TypeVar

from kit.errors import FailedPreconditionError, InvalidArgumentError, PermissionDeniedError
from services.notify.core.letters import Notice, Parties
from services.notify.core.talks import Talk, TalkState
from services.notify.documents import File, Language, Member, render_ics, render_minutes, render_pdf
from services.notify.ports import Departments, Names


class DocumentFormat(IntEnum):
    """The values equal ``quzhong.api.notify.v1.DocumentFormat``."""

    PDF = 1
    ICALENDAR = 2
    MINUTES = 3


class NoticeDocuments:
    """The use case of ``GetNoticeDocument``. It looks at no caller: whoever asks has been let in."""

    def __init__(self, names: Names, departments: Departments) -> None:
        self._names = names
        self._departments = departments

    def render(
        self,
        notice: Notice,
        talk: Talk | None,
        form: int = 0,
        language: int = Language.ZH_CN,
        *,
        told: bool = True,
    ) -> File:
        """The file; a language of 0 is Chinese, a form of 0 a PDF.

        ``talk`` is the one that the notice is about (``notice.talk_id``), if it is about one; ``told`` says
        whether whoever asks may read what was said in it.

        Raises:
            InvalidArgumentError: for a form or language that is none.
            FailedPreconditionError: NO_TALK, if the notice is about no talk and not asked for as a letter;
                TALK_NOT_RECORDED, if minutes are asked for of a talk that is not on record yet.
            PermissionDeniedError: MINUTES_NOT_YOURS, if minutes are asked for by whoever is not ``told``.
            RuntimeError: if the typesetter fails, or the Chinese typeface is not installed.
        """
        spoken = _one_of(Language, language or Language.ZH_CN, "language", "LANGUAGE_UNKNOWN")
        format = _one_of(DocumentFormat, form or DocumentFormat.PDF, "format", "FORMAT_UNKNOWN")
        if format is DocumentFormat.PDF:
            return render_pdf(notice, spoken)
        if talk is None:
            raise FailedPreconditionError(
                f"format: notice {notice.notice_id} is about no talk, so no {format.name}; ask for the PDF",
                zh=f"format：文书 {notice.notice_id} 不涉及约谈，没有日历邀请和纪要；请下载 PDF",
                field="format",
                reason="NO_TALK",
            )
        if format is DocumentFormat.ICALENDAR:
            return self._invitation(notice, talk)
        if not told:
            raise PermissionDeniedError(
                f"format: what was said in talk {talk.talk_id} is for those who took part in it",
                zh=f"format：约谈 {talk.talk_id} 的纪要仅供约谈各方查阅",
                field="format",
                reason="MINUTES_NOT_YOURS",
            )
        return self._minutes(notice, talk, spoken)

    def _invitation(self, notice: Notice, talk: Talk) -> File:
        return render_ics(
            talk,
            notice,
            platform=Member(notice.place.platform_id, self._names.platform(notice.place.platform_id)),
            departments=[Member(each, self._departments.name(each)) for each in talk.department_ids],
            area=self._names.area(notice.place.area_code),
        )

    def _minutes(self, notice: Notice, talk: Talk, language: Language) -> File:
        if talk.state not in (TalkState.HELD, TalkState.FAILED_TO_APPEAR):
            raise FailedPreconditionError(
                f"format: talk {talk.talk_id} is {talk.state.name} and has no minutes; a talk has them once "
                "RecordTalk recorded it",
                zh=f"format：约谈 {talk.talk_id} 没有纪要；约谈举行并用 RecordTalk 记录后方有纪要",
                field="format",
                reason="TALK_NOT_RECORDED",
            )
        return render_minutes(
            talk,
            subject=notice.title,
            parties=Parties(
                self._names.platform(notice.place.platform_id), self._names.area(notice.place.area_code)
            ),
            departments=[self._departments.name(each) for each in talk.department_ids],
            approved_by=self._departments.name(talk.approved_by),
            language=language,
        )


E = TypeVar("E", bound=IntEnum)


def _one_of(kind: type[E], value: int, field: str, reason: str) -> E:
    try:
        return kind(value)
    except ValueError as error:
        choices = ", ".join(f"{each.name} ({each.value})" for each in kind)
        raise InvalidArgumentError(
            f"{field}: {value} is none; choose one of {choices}",
            zh=f"{field}：{value} 无效；可选 {choices}",
            field=field,
            reason=reason,
        ) from error
