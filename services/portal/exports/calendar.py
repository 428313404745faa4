"""The agenda as iCalendar (RFC 5545), for calendars that subscribe (``REFRESH-INTERVAL``, RFC 7986)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from services.portal.core.casework import AgendaItem, AgendaKind
from services.portal.core.names import Names
from services.portal.presenter import Voice

_TALK = timedelta(hours=1)
"""As long as an hour is kept free for; the invitation of the summons has the end that was set."""
_AGAIN = timedelta(hours=1)


def calendar_of(voice: Voice, names: Names, items: Sequence[AgendaItem], *, site: str, made_ms: int) -> bytes:
    """Talks at their hour, deadlines as whole days that keep nobody busy; approvals have no day."""
    calendar = Calendar()
    calendar.add("prodid", "-//Quzhong//portal//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", voice.texts("agenda.title"))
    calendar.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"})
    for item in items:
        if item.kind is not AgendaKind.APPROVAL_AWAITED:
            calendar.add_component(_event(voice, names, item, site, made_ms))
    return bytes(calendar.to_ical())


def _event(voice: Voice, names: Names, item: AgendaItem, site: str, made_ms: int) -> Event:
    event = Event()
    key = f"{item.kind.name}\n{item.case_id}\n{item.day}\n{item.title.zh}"
    event.add("uid", f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@quzhong")
    event.add("dtstamp", datetime.fromtimestamp(made_ms // 1000, tz=UTC))
    if item.start_ms:
        start = datetime.fromtimestamp(item.start_ms // 1000, tz=UTC)
        event.add("dtstart", start)
        event.add("dtend", start + _TALK)
    else:
        event.add("dtstart", item.day)
        event.add("transp", "TRANSPARENT")
    what = voice.words("agenda_kind", item.kind.name)
    event.add("summary", f"{what}{voice.texts('site.colon')}{_line(voice.say(item.title))}")
    where = (voice.platform(names, item.platform_id), voice.area(names, item.area_code))
    event.add("description", _line(" · ".join(where)))
    if item.place:
        event.add("location", _line(item.place))
    event.add("url", f"{site}/cases/{item.case_id}")
    return event


def _line(text: str) -> str:
    """Without control characters, which the format has no place for."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
