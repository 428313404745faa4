"""Attachments by their content, absences by their days, agendas by their cases."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest

from services.notify.core.absences import Absence, stands_in_for
from services.notify.core.agenda import AgendaKind, agenda
from services.notify.core.attachments import XLSX, media_type
from services.notify.core.cases import new_case
from services.notify.core.findings import Place, first_ms, local_day
from services.notify.core.talks import Commitment, Talk, TalkState
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState

DAY = timedelta(days=1)
MONDAY = date(2026, 3, 9)
CASE = new_case(Place("swift", "r", "130203"), Text("超限", "beyond"))


def workbook() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"%PDF-1.4", "application/pdf"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n\x00", "image/png"),
        ("a", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.xlsx", workbook(), XLSX),
        ("a.xlsx", b"PK\x03\x04 anything else", None),
        ("数据.CSV", "骑手,小时\n甲,9".encode(), "text/csv"),
        ("说明.txt", "已整改。".encode("gb18030"), "text/plain"),
        ("a.txt", b"plain\x00text", None),
        ("a.pdf", b"MZ\x90\x00\x03", None),
        ("a.html", b"\xff\xfe\xfd\x80", None),
    ],
)
def test_what_a_file_is_its_content_tells(name: str, content: bytes, expected: str | None) -> None:
    assert media_type(name, content) == expected


def test_a_deputy_stands_in_on_the_days_of_the_absence_only() -> None:
    absences = [
        Absence("li", "zhao", MONDAY, MONDAY + DAY),
        Absence("wang", "zhao", MONDAY + DAY, MONDAY + DAY),
        Absence("li", "sun", MONDAY + 2 * DAY, MONDAY + 2 * DAY),
    ]
    by_day = [stands_in_for(absences, "zhao", MONDAY + at * DAY) for at in range(-1, 4)]
    assert by_day == [(), ("li",), ("li", "wang"), (), ()]


def test_a_day_begins_at_midnight_in_shanghai() -> None:
    assert local_day(first_ms(MONDAY)) == MONDAY
    assert local_day(first_ms(MONDAY) - 1) == MONDAY - DAY


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (CaseState.WARNED, AgendaKind.ANSWER_DUE),
        (CaseState.ANSWERED, AgendaKind.RECHECK_DUE),
        (CaseState.RECTIFYING, AgendaKind.RECTIFICATION_DUE),
        (CaseState.RECHECKING, AgendaKind.RECHECK_DUE),
    ],
)
def test_a_deadline_is_on_the_agenda_of_its_day(state: CaseState, kind: AgendaKind) -> None:
    case = replace(CASE, state=state, deadline=MONDAY)
    (item,) = agenda([case], [], MONDAY, MONDAY)
    assert (item.day, item.kind) == (MONDAY, kind)
    assert not agenda([case], [], MONDAY + DAY, MONDAY + DAY)


def test_an_approval_is_awaited_from_the_day_it_was_proposed() -> None:
    case = replace(CASE, state=CaseState.SUMMONS_PROPOSED, step_time_ms=first_ms(MONDAY))
    assert [item.kind for item in agenda([case], [], MONDAY, MONDAY)] == [AgendaKind.APPROVAL_AWAITED]


def test_a_talk_is_there_until_it_is_held_and_its_promises_afterwards() -> None:
    start_ms = first_ms(MONDAY) + 36_000_000
    promises = (Commitment("一", MONDAY + DAY), Commitment("二", None), Commitment("三", MONDAY + DAY))
    talk = Talk(
        "t", "c", TalkState.SCHEDULED, start_ms, start_ms + 1, "三楼", ("hr",), "", "li", 0, "", promises
    )
    (item,) = agenda([], [(talk, CASE)], MONDAY, MONDAY + DAY)
    assert (item.kind, item.start_ms, item.where) == (AgendaKind.TALK, start_ms, "三楼")
    held = replace(talk, state=TalkState.HELD)
    items = agenda([], [(held, CASE)], MONDAY, MONDAY + DAY)
    assert [(item.kind, item.title.zh) for item in items] == [
        (AgendaKind.COMMITMENT_DUE, "一"),
        (AgendaKind.COMMITMENT_DUE, "三"),
    ]
    assert not agenda([], [(replace(talk, state=TalkState.CANCELLED), CASE)], MONDAY, MONDAY + DAY)
