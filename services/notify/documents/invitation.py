"""The invitation to a talk as iCalendar: RFC 5545 (the format), RFC 5546 (asking and cancelling).

``UID`` is the talk, however often it is moved; ``SEQUENCE`` rises with each move, and the cancellation keeps
both. ``DTSTAMP`` is the time of the letter, so that the same letter gives the same bytes. Whoever has no
address of their own is named by a URN: RFC 5545 (3.3.3) allows any URI, and programs show the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote

from icalendar import Alarm, Calendar, Component, Event, Timezone, TimezoneStandard, vCalAddress, vText

from services.notify.core.findings import SHANGHAI
from services.notify.core.letters import Notice
from services.notify.core.letters.form import one_line, spoken
from services.notify.core.letters.summons import moment
from services.notify.core.talks import Talk, TalkState
from services.notify.core.text import Text
from services.notify.documents import Member

_PRODUCER: Final = "-//Quzhong//notify//ZH"
_REMINDED_BEFORE: Final = timedelta(days=1)
"""Long enough to gather papers, short enough not to be forgotten."""
_SUMMER_TIME_ENDED: Final = datetime(1991, 9, 15, 2, 0)
"""Local time; China has had +08:00 without a break since (IANA, zone Asia/Shanghai)."""


def invitation(
    talk: Talk, notice: Notice, *, platform: Member, departments: Sequence[Member], area: Text
) -> bytes:
    """A calendar with the one event, CRLF between its lines. A talk that was cancelled is a CANCEL.

    ``departments`` has at least the one that leads.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", method_of(talk))
    calendar.add_component(_shanghai())
    calendar.add_component(_event(talk, notice, platform, departments, area))
    return bytes(calendar.to_ical())


def method_of(talk: Talk) -> str:
    """What its invitation does (RFC 5546, 1.4)."""
    return "CANCEL" if talk.state is TalkState.CANCELLED else "REQUEST"


def _event(
    talk: Talk,
    notice: Notice,
    platform: Member,
    departments: Sequence[Member],
    area: Text,
) -> Event:
    cancelled = talk.state is TalkState.CANCELLED
    name, title = one_line(platform.name), one_line(notice.title)
    event = Event()
    event.add("uid", talk.talk_id)
    event.add("sequence", talk.sequence)
    event.add("dtstamp", datetime.fromtimestamp(notice.create_time_ms / 1000, tz=UTC).replace(microsecond=0))
    event.add("dtstart", _local(talk.start_ms))
    event.add("dtend", _local(talk.end_ms))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("summary", _in_chinese(f"{'取消' if cancelled else ''}约谈：{title.zh}（{name.zh}）"))
    event.add("description", _words(_description(talk, notice, name, title, one_line(area), cancelled)))
    if place := "\n".join(line.zh for line in spoken(Text(talk.place, talk.place))):
        event.add("location", _words(place))
    leading, *others = departments
    event.add("organizer", _address(leading, role="CHAIR"), encode=False)
    for member in (platform, *others):
        event.add("attendee", _address(member, role="REQ-PARTICIPANT"), encode=False)
    if not cancelled:
        event.add_component(_alarm(title, talk))
    return event


def _description(talk: Talk, notice: Notice, name: Text, title: Text, area: Text, cancelled: bool) -> str:
    """Chinese first, then English; what the letter says more is in the letter."""
    when, attendees = moment(talk), [line.zh for line in spoken(Text(talk.attendees, talk.attendees))]
    if cancelled:
        zh = [f"原定于{when.zh}的约谈已取消。"]
        en = [f"The talk set for {when.en} is cancelled."]
    else:
        zh = [f"就{name.zh}在{area.zh}平台用工中的“{title.zh}”问题进行约谈。", f"时间：{when.zh}"]
        en = [
            f"{name.en} is summoned to talks about “{title.en}” in its platform work in {area.en}.",
            f"When: {when.en}",
        ]
        if attendees:
            zh += ["参加人员：" + "；".join(attendees)]
            en += ["Asked to come: " + "; ".join(attendees)]
    return "\n".join([*zh, f"通知书编号：{notice.notice_id}", "", *en, f"Letter no.: {notice.notice_id}"])


def _alarm(title: Text, talk: Talk) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -_REMINDED_BEFORE)
    alarm.add("description", _in_chinese(f"约谈提醒：{title.zh}，{moment(talk).zh}"))
    return alarm


def _words(text: str) -> vText:
    # icalendar takes a written \N for a line break, also where somebody named a folder.
    return vText(text.replace("\\N", "＼N"))


def _in_chinese(text: str) -> vText:
    words = _words(text)
    words.params["LANGUAGE"] = "zh-CN"
    return words


def _address(member: Member, *, role: str) -> vCalAddress:
    name = one_line(member.name)
    # RFC 6068, RFC 8141: what would end the line is encoded.
    reached = f"mailto:{quote(member.email, safe='@+')}" if member.email else ""
    address = vCalAddress(reached or f"urn:quzhong:party:{quote(member.party_id)}")
    # A parameter has no way to hold a straight double quotation mark (RFC 5545, 3.1).
    address.params["CN"] = name.zh.replace('"', "＂")
    address.params["CUTYPE"] = "GROUP"
    address.params["ROLE"] = role
    if role != "CHAIR":
        # Answers go where the letter says, not by calendar.
        address.params["PARTSTAT"] = "NEEDS-ACTION"
        address.params["RSVP"] = "FALSE"
    return address


def _local(epoch_ms: int) -> datetime:
    return datetime.fromtimestamp(epoch_ms // 1000, tz=SHANGHAI)


def _shanghai() -> Component:
    """The zone as it has been since 1991; written out, so that the bytes hang on no zone database."""
    standard = TimezoneStandard()
    standard.add("dtstart", _SUMMER_TIME_ENDED)
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone = Timezone()
    zone.add("tzid", "Asia/Shanghai")
    zone.add_component(standard)
    return zone
