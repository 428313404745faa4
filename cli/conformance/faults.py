"""What goes wrong on purpose, and when: told by the events that a request carries, so that nobody has to
agree on a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from cli.conformance.script import rows_of, steps_of

OUTAGE_AFTER = 0.25
"""Of the events of the stream that the outage falls into, so many are in before it begins."""


class Fault(Enum):
    """What is done to a request."""

    NONE = "none"
    CUT_AFTER = "cut after"
    CUT_BEFORE = "cut before"
    GO_AWAY = "go away"
    """It is answered, then the door closes for a while."""


class FaultPlan:
    """Decides request by request; each fault happens once."""

    def __init__(self, script: Mapping[str, Any]) -> None:
        answered, lost = (step["rows"] for step in steps_of(script, "duplicates"))
        away = rows_of(script, "outage")
        self._waiting = [
            (Fault.CUT_AFTER, {row["event_id"] for row in answered}),
            (Fault.CUT_BEFORE, {row["event_id"] for row in lost}),
            (Fault.GO_AWAY, {row["event_id"] for row in away[int(len(away) * OUTAGE_AFTER) :]}),
        ]

    def of(self, event_ids: Iterable[str]) -> Fault:
        """What to do to a request with these events."""
        carried = set(event_ids)
        for place, (fault, wanted) in enumerate(self._waiting):
            if not wanted.isdisjoint(carried):
                del self._waiting[place]
                return fault
        return Fault.NONE
