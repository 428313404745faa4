"""What changed in a revision of a finding, taken apart: ``measured: 4:00:00 → 4:31:00``.

A service writes each change as the name of a field in the contract, a colon, and what became of it. The
portal knows the fields below; what it does not know is shown as it came.

| form                              | of                                              |
|-----------------------------------|-------------------------------------------------|
| ``name: before → after``          | a field that has a value                        |
| ``event_ids: 3 added, 1 removed`` | the events a finding rests on                   |
| ``event_ids: late swift/e9``      | one that came after the revision had been made  |
| ``event_ids: late, and 4 more``   | those of them that are not named                |
| ``counter: 7 → 8 intervals …``    | the trace                                       |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Kind(Enum):
    """How a value is read."""

    SEVERITY = "severity"
    STATE = "state"
    MOMENT = "moment"
    """ISO 8601 with an offset."""
    SPAN = "span"
    """``4:31:00``, ``1 day, 2:00:00``, ``0:00:01.500000``."""
    YES_NO = "yes_no"
    PLATFORMS = "platforms"
    """Ids separated by commas."""
    AREA = "area"
    SECONDS = "seconds"
    SHARE = "share"
    """0–1."""
    COUNT = "count"
    PLAIN = "plain"


FIELDS = {
    "severity": Kind.SEVERITY,
    "state": Kind.STATE,
    "platform_id": Kind.PLATFORMS,
    "platform_ids": Kind.PLATFORMS,
    "area_code": Kind.AREA,
    "event_time": Kind.MOMENT,
    "due_date": Kind.PLAIN,
    "spell_start_time": Kind.MOMENT,
    "spell_end_time": Kind.MOMENT,
    "limit_time": Kind.MOMENT,
    "no_push_start_time": Kind.MOMENT,
    "no_push_end_time": Kind.MOMENT,
    "open": Kind.YES_NO,
    "measured": Kind.SPAN,
    "limit": Kind.SPAN,
    "pack_version": Kind.PLAIN,
    "counter": Kind.COUNT,
    "declared": Kind.SECONDS,
    "floor": Kind.SECONDS,
    "p50": Kind.SECONDS,
    "p50_low": Kind.SECONDS,
    "p50_high": Kind.SECONDS,
    "middle_low": Kind.SECONDS,
    "middle_high": Kind.SECONDS,
    "attainment": Kind.SHARE,
    "attainment_low": Kind.SHARE,
    "attainment_high": Kind.SHARE,
    "below_floor": Kind.YES_NO,
    "orders": Kind.COUNT,
    "workers": Kind.COUNT,
}
"""Field → how its values are read. Each has its name in the text tables, under ``change``."""

_SPAN = re.compile(r"(?:(\d+) days?, )?(\d+):(\d\d):(\d\d)(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A known field that had one value and has another."""

    field: str
    kind: Kind
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EventsChange:
    """Events that were added or left out."""

    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class LateEvent:
    """An event that came late, by ``platform/event``; or how many more did."""

    event_id: str
    more: int = 0


def parse_change(change: str) -> ValueChange | EventsChange | LateEvent | None:
    """A change taken apart; None for one that the portal does not know."""
    field, _, what = change.partition(": ")
    if field == "event_ids":
        return _events(what)
    before, arrow, after = what.partition(" → ")
    if not arrow or field not in FIELDS:
        return None
    return ValueChange(field, FIELDS[field], before, after.removesuffix(" intervals of work"))


def _events(what: str) -> EventsChange | LateEvent | None:
    if counts := re.fullmatch(r"(\d+) added, (\d+) removed", what):
        return EventsChange(int(counts[1]), int(counts[2]))
    if more := re.fullmatch(r"late, and (\d+) more", what):
        return LateEvent("", int(more[1]))
    return LateEvent(what.removeprefix("late ")) if what.startswith("late ") else None


def moment_ms(text: str) -> int | None:
    """Epoch milliseconds of an ISO 8601 moment with an offset, or of its own digits; None if it is none."""
    if re.fullmatch(r"\d{12,14}", text):
        return int(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if moment.tzinfo is None else round(moment.timestamp() * 1000)


def span_ms(text: str) -> int | None:
    """Milliseconds of a span to the second; None if it is none."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
