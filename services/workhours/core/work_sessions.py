"""What platforms state of a worker besides orders: online, on a break, offline.

A statement holds until the next one of its platform; the last one up to what is known of the worker.

    ONLINE, BREAK_END   online: waiting or working, and not on a break
    BREAK_START         break: a rest within online time
    OFFLINE             offline: stated rest

Before a platform's first statement nothing is known of it. Statements that do not fit together (OFFLINE
without ONLINE, two of ONLINE) need no rule of their own: the later one stands from its moment on.

OFFLINE does not end an order in hand whose end was never reported. An order may be finished offline, and a
lost "completed" is capped already, by the rules' ``max_open_order``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from typing import Final, NamedTuple

from services.workhours.core.timeline import Span


class SessionKind(IntEnum):
    """What a platform stated. The numbers are those of the wire contract."""

    ONLINE = 1
    OFFLINE = 2
    BREAK_START = 3
    BREAK_END = 4


SESSION_SOURCES: Final[Mapping[int, str]] = {
    SessionKind.ONLINE: "online",
    SessionKind.BREAK_END: "online",
    SessionKind.BREAK_START: "break",
    SessionKind.OFFLINE: "offline",
}
"""Kind → what holds from its moment on, one of a rule pack's ``STATE_SOURCES``. Kinds that are not here state
nothing."""


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """One statement on one worker, in the version that holds."""

    time_ms: int
    platform_id: str
    event_id: str
    kind: int
    """A ``SessionKind`` number."""
    area_code: str
    version: int

    @property
    def place(self) -> tuple[str, int, str]:
        """Where it stands among the statements of its platform."""
        return self.platform_id, self.time_ms, self.event_id


class Held(NamedTuple):
    """The time in which a statement held."""

    span: Span
    source: str
    """online, break or offline"""
    event: SessionEvent
    open: bool
    """It still holds at the end of what is known."""


def held(events: Iterable[SessionEvent], known_until_ms: int) -> list[Held]:
    """What the statements on one worker say, each event once, by platform and time.

    Of several statements of a platform at one instant the last by event id stands.
    """
    stating = sorted((each for each in events if each.kind in SESSION_SOURCES), key=lambda each: each.place)
    return [
        each
        for _, of_platform in groupby(stating, key=lambda event: event.platform_id)
        for each in _held(list(of_platform), known_until_ms)
        if each.span.length_ms > 0
    ]


def _held(events: list[SessionEvent], known_until_ms: int) -> Iterator[Held]:
    ends = [*(event.time_ms for event in events[1:]), None]
    for event, end in zip(events, ends, strict=True):
        still = end is None or end > known_until_ms
        span = Span(event.time_ms, known_until_ms if still or end is None else end)
        yield Held(span, SESSION_SOURCES[event.kind], event, still)
