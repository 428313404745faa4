"""Which files a notice has, and what asking for another one is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from icalendar import Calendar

from kit.errors import FailedPreconditionError, InvalidArgumentError, PermissionDeniedError
from services.notify.casework.notice_documents import DocumentFormat, NoticeDocuments
from services.notify.core.findings import Place
from services.notify.core.letters import NoticeKind
from services.notify.core.talks import TalkState
from services.notify.core.text import Text
from services.notify.documents import File, Language
from tests.unit.notify import letter_examples as example

HELD = replace(example.TALK, state=TalkState.HELD, minutes="通报情况。", commitments=example.COMMITMENTS)


class Registered:
    """Names and departments as registered."""

    def platform(self, platform_id: str) -> Text:
        return example.PARTIES.platform

    def area(self, area_code: str) -> Text:
        return example.PARTIES.area

    def responsible(self, place: Place, *, joint: bool) -> tuple[str, ...]:
        return ()

    def name(self, party_id: str) -> Text:
        return Text(f"名称{party_id}", f"name of {party_id}")


DOCUMENTS = NoticeDocuments(Registered(), Registered())


def organizer(file: File) -> str:
    read: Any = Calendar.from_ical(file.content)
    (event,) = read.walk("VEVENT")
    return str(event["ORGANIZER"].params["CN"])


@pytest.mark.parametrize("language", Language)
def test_a_letter_is_had_as_pdf_in_both_languages(language: Language) -> None:
    notice = example.letters()[NoticeKind.CLOSURE]
    file = DOCUMENTS.render(notice, None, DocumentFormat.PDF, language)
    assert file.content.startswith(b"%PDF-")
    assert file.name.endswith(f"-{language.tag}.pdf")


def test_a_summons_has_an_invitation_in_the_name_of_the_department_that_leads() -> None:
    file = DOCUMENTS.render(example.summons(), example.TALK, DocumentFormat.ICALENDAR)
    assert (file.name, file.media_type) == (f"{example.TALK.talk_id}.ics", "text/calendar")
    assert organizer(file) == "名称hrss"
    assert file.method == "REQUEST"


def test_a_talk_on_record_has_minutes() -> None:
    file = DOCUMENTS.render(example.summons(), HELD, DocumentFormat.MINUTES)
    assert file.content.startswith(b"%PDF-")
    assert file.name.startswith("minutes-talk-")


def test_what_was_said_in_a_talk_is_for_those_who_may_hear_it_the_invitation_for_all_readers() -> None:
    with pytest.raises(PermissionDeniedError) as caught:
        DOCUMENTS.render(example.summons(), HELD, DocumentFormat.MINUTES, told=False)
    assert caught.value.reason == "MINUTES_NOT_YOURS"
    assert DOCUMENTS.render(example.summons(), HELD, DocumentFormat.ICALENDAR, told=False).content


def test_a_talk_that_is_not_on_record_yet_has_none() -> None:
    with pytest.raises(FailedPreconditionError) as caught:
        DOCUMENTS.render(example.summons(), example.TALK, DocumentFormat.MINUTES)
    assert caught.value.reason == "TALK_NOT_RECORDED"


@pytest.mark.parametrize("format", [DocumentFormat.ICALENDAR, DocumentFormat.MINUTES])
def test_a_notice_about_no_talk_has_neither_invitation_nor_minutes(format: DocumentFormat) -> None:
    with pytest.raises(FailedPreconditionError) as caught:
        DOCUMENTS.render(example.warning(), None, format)
    assert (caught.value.field, caught.value.reason) == ("format", "NO_TALK")


def test_unless_something_else_is_asked_for_it_is_the_letter_in_chinese() -> None:
    notice = example.warning()
    assert DOCUMENTS.render(notice, None, 0, 0) == DOCUMENTS.render(
        notice, None, DocumentFormat.PDF, Language.ZH_CN
    )


@pytest.mark.parametrize(("format", "language", "field"), [(9, 1, "format"), (1, 9, "language")])
def test_a_format_or_language_that_is_none_is_refused_with_those_there_are(
    format: int, language: int, field: str
) -> None:
    with pytest.raises(InvalidArgumentError, match="9 is none; choose one of") as caught:
        DOCUMENTS.render(example.warning(), None, format, language)
    assert caught.value.field == field
