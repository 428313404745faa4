"""Invitations to a talk, read back by icalendar as a calendar program would."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example as example_of
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from services.notify.core.letters.form import spoken
from services.notify.core.talks import Talk, TalkState
from services.notify.core.text import Text
from services.notify.documents import Member, render_ics
from tests.unit.notify import letter_examples as example

PLATFORM = Member("swift", example.PARTIES.platform, "legal@swift.example.cn")
DEPARTMENTS = (
    Member("hrss", example.LABOUR, "jiancha@hrss.example.cn"),
    Member("transport", example.TRANSPORT),
)
CANCELLED = replace(example.TALK, state=TalkState.CANCELLED, sequence=2)
TEXTS = st.one_of(
    st.text(st.sampled_from('路北区,;:\\n\n\r"^ \t\x00é😀👩‍🚀\u2028END:VEVENT'), max_size=60),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
)


def calendar(
    talk: Talk = example.TALK, platform: Member = PLATFORM, departments: tuple[Member, ...] = DEPARTMENTS
) -> Any:
    file = render_ics(
        talk,
        example.summons(talk=talk),
        platform=platform,
        departments=departments,
        area=example.PARTIES.area,
    )
    return Calendar.from_ical(file.content)


def event(talk: Talk = example.TALK) -> Any:
    (only,) = calendar(talk).walk("VEVENT")
    assert not only.errors
    return only


def test_a_summons_asks_to_come_at_the_time_of_shanghai() -> None:
    assert str(calendar()["METHOD"]) == "REQUEST"
    said = event()
    assert str(said["UID"]) == example.TALK.talk_id
    assert said["SEQUENCE"] == 0
    assert str(said["STATUS"]) == "CONFIRMED"
    assert said["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert said.start == datetime(2026, 3, 30, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert said.end == datetime(2026, 3, 30, 11, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert said["DTSTAMP"].dt == datetime.fromtimestamp(example.AT_MS / 1000, UTC)
    assert str(said["LOCATION"]) == example.TALK.place
    assert str(said["SUMMARY"]) == "约谈：连续工作时间超限（唐山迅达外卖网络科技有限公司）"
    zh, en = str(said["DESCRIPTION"]).split("\n\n")
    assert "2026年3月30日（星期一）09:30至11:00" in zh
    assert "2026-03-30 (Monday), 09:30 to 11:00" in en
    assert example.TALK.attendees in zh


@pytest.mark.parametrize("year", [1992, 2026, 2060])
def test_its_own_zone_agrees_with_the_zone_database(year: int) -> None:
    for month in range(1, 13):
        talk = replace(
            example.TALK,
            start_ms=example.at_ms(year, month, 1, 9, 30),
            end_ms=example.at_ms(year, month, 1, 11, 0),
        )
        # Without the zone's name, its own definition is all there is to go by.
        file = render_ics(
            talk,
            example.summons(talk=talk),
            platform=PLATFORM,
            departments=DEPARTMENTS,
            area=example.PARTIES.area,
        )
        renamed = file.content.replace(b"Asia/Shanghai", b"Somewhere")
        read: Any = Calendar.from_ical(renamed)
        (said,) = read.walk("VEVENT")
        assert said["DTSTART"].dt.utcoffset() == timedelta(hours=8)
        assert said["DTSTART"].dt.timestamp() * 1000 == talk.start_ms


def test_everybody_is_named_and_those_with_an_address_can_be_written_to() -> None:
    said = event()
    organizer = said["ORGANIZER"]
    assert (str(organizer), organizer.params["CN"]) == ("mailto:jiancha@hrss.example.cn", example.LABOUR.zh)
    platform, joint = said["ATTENDEE"]
    assert (str(platform), platform.params["CN"]) == ("mailto:legal@swift.example.cn", PLATFORM.name.zh)
    assert (str(joint), joint.params["CN"]) == ("urn:quzhong:party:transport", example.TRANSPORT.zh)


def test_it_reminds_a_day_before() -> None:
    (alarm,) = event().walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-1)
    assert str(alarm["ACTION"]) == "DISPLAY"


def test_a_moved_talk_keeps_its_uid_and_raises_its_sequence() -> None:
    moved = replace(
        example.TALK,
        sequence=1,
        start_ms=example.at_ms(2026, 4, 2, 14, 0),
        end_ms=example.at_ms(2026, 4, 2, 15, 0),
    )
    said, before = event(moved), event()
    assert said["UID"] == before["UID"]
    assert said["SEQUENCE"] > before["SEQUENCE"]
    assert said.start == datetime(2026, 4, 2, 14, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert str(calendar(moved)["METHOD"]) == "REQUEST"


def test_a_cancelled_talk_keeps_its_uid_is_cancelled_and_reminds_nobody() -> None:
    said = event(CANCELLED)
    assert str(calendar(CANCELLED)["METHOD"]) == "CANCEL"
    assert str(said["UID"]) == example.TALK.talk_id
    assert (str(said["STATUS"]), said["SEQUENCE"]) == ("CANCELLED", 2)
    assert not said.walk("VALARM")
    assert "已取消" in str(said["DESCRIPTION"])


@pytest.mark.parametrize("talk", [example.TALK, CANCELLED])
def test_the_same_talk_has_the_same_bytes_and_lines_that_any_program_reads(talk: Talk) -> None:
    def made() -> bytes:
        return render_ics(
            talk, example.summons(), platform=PLATFORM, departments=DEPARTMENTS, area=example.PARTIES.area
        ).content

    assert made() == made()
    lines = made().split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def words(text: str) -> str:
    """What of a text an invitation has to keep: everything but spaces and what nobody sees."""
    return "".join("".join(line.zh.split()) for line in spoken(Text(text, text)))


@given(place=TEXTS, attendees=TEXTS, name=TEXTS, address=TEXTS)
@example_of(place="\\N", attendees="C:\\Nord;\\n", name="\\N", address="")
def test_whatever_people_write_comes_back_and_adds_nothing(
    place: str, attendees: str, name: str, address: str
) -> None:
    talk = replace(example.TALK, place=place, attendees=attendees)
    read = calendar(talk, Member("swift", Text(name, name), address), (Member("hrss", Text(name, "")),))
    assert [component.name for component in read.walk()] == [
        "VCALENDAR",
        "VTIMEZONE",
        "STANDARD",
        "VEVENT",
        "VALARM",
    ]
    (said,) = read.walk("VEVENT")
    assert set(said) == {
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "DTSTAMP",
        "UID",
        "SEQUENCE",
        "ATTENDEE",
        "DESCRIPTION",
        "ORGANIZER",
        "STATUS",
    } | ({"LOCATION"} if "LOCATION" in said else set())
    assert str(said["UID"]) == example.TALK.talk_id
    located = "".join(str(said.get("LOCATION", "")).split())
    assert located.replace("＼", "\\") == words(place).replace("＼", "\\")


@pytest.mark.parametrize(
    "place",
    [
        "路北区西山道 9 号，301；市人社局",
        "a,b;c:d",
        "第一行\n第二行",
        "back\\slash \\n no line",
        "😀👩‍🚀 é " * 20,
        '"quoted" ^caret^',
    ],
)
def test_a_place_comes_back_to_the_letter(place: str) -> None:
    assert str(event(replace(example.TALK, place=place))["LOCATION"]) == place.strip()


def test_a_name_with_marks_comes_back_as_it_reads() -> None:
    platform = Member("swift", Text('迅达, "外卖"; 科技: ^n', ""))
    (said,) = calendar(platform=platform).walk("VEVENT")
    assert said["ATTENDEE"][0].params["CN"] == "迅达, ＂外卖＂; 科技: ^n"


def test_an_address_cannot_end_its_line() -> None:
    platform = Member("swift", example.PARTIES.platform, "a@b.cn\r\nX-EVIL:1")
    (said,) = calendar(platform=platform).walk("VEVENT")
    assert "X-EVIL" not in said
    assert str(said["ATTENDEE"][0]) == "mailto:a@b.cn%0D%0AX-EVIL%3A1"
