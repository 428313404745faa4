"""One worker's dispatches → orders, and sessions → a timeline in a pack's states, for rules of any family.

For explaining and drawing, one worker at a time. What an order says is a function of the set of its events,
as in ``order_book``: the latest ACCEPTED, the latest PICKED_UP, the earliest end.

    order_in_hand   accepted (or picked up, where no acceptance is known) to completed or cancelled
    on_board        picked up to completed or cancelled
    offer           the instant of the offer
    online, break, offline      what work sessions state (``work_sessions``)

An order without an end is in hand up to what is known of the worker, and no longer than the pack lets it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.work_events import DispatchKind
from services.workhours.core.work_sessions import Held, SessionEvent

_ENDS: Final = (DispatchKind.COMPLETED, DispatchKind.CANCELLED)


@dataclass(frozen=True, slots=True)
class DispatchEvent:
    """One event of one worker, in the version that holds."""

    time_ms: int
    platform_id: str
    event_id: str
    order_id: str
    kind: int
    """A ``DispatchKind`` number; numbers unknown here are not work."""
    service: int
    """A ``ServiceKind`` number of the contract; 0: not stated."""
    area_code: str
    version: int

    @property
    def place(self) -> tuple[int, str, str]:
        """Where it stands in a list by time."""
        return self.time_ms, self.platform_id, self.event_id


@dataclass(frozen=True, slots=True)
class Order:
    """One order as its events tell it; None for what no event says."""

    platform_id: str
    order_id: str
    offered_ms: int | None
    accepted_ms: int | None
    picked_up_ms: int | None
    ended_ms: int | None
    events: tuple[DispatchEvent, ...]
    """By time."""

    @property
    def begun_ms(self) -> int | None:
        """When the worker took it in hand."""
        return self.picked_up_ms if self.accepted_ms is None else self.accepted_ms


class Stated(NamedTuple):
    """An interval with what it comes from."""

    interval: Interval
    order: Order | None
    """None: it comes from a work session."""
    open: bool
    """No end was reported."""
    session: SessionEvent | None = None
    """Then the statement that began it."""

    @property
    def order_id(self) -> str:
        """Empty if it comes from no order."""
        return self.order.order_id if self.order else ""

    @property
    def events(self) -> Sequence[DispatchEvent | SessionEvent]:
        """What was reported of it."""
        return self.order.events if self.order else [self.session] if self.session else []


def orders_of(events: Iterable[DispatchEvent], services: Collection[int]) -> list[Order]:
    """The orders of these services, by platform and id. ``events``: of one worker, each once."""
    of_order: dict[tuple[str, str], list[DispatchEvent]] = {}
    for event in events:
        if event.service in services:
            of_order.setdefault((event.platform_id, event.order_id), []).append(event)
    return [_order(*key, sorted(of_order[key], key=lambda event: event.place)) for key in sorted(of_order)]


def _order(platform_id: str, order_id: str, events: Sequence[DispatchEvent]) -> Order:
    def moments(*kinds: int) -> list[int]:
        return [event.time_ms for event in events if event.kind in kinds]

    return Order(
        platform_id=platform_id,
        order_id=order_id,
        offered_ms=min(moments(DispatchKind.OFFERED), default=None),
        accepted_ms=max(moments(DispatchKind.ACCEPTED), default=None),
        picked_up_ms=max(moments(DispatchKind.PICKED_UP), default=None),
        ended_ms=min(moments(*_ENDS), default=None),
        events=tuple(events),
    )


def stated(
    orders: Iterable[Order], sources: Mapping[str, str], known_until_ms: int, max_open_order_ms: int
) -> list[Stated]:
    """What the orders say in a pack's states, by start.

    ``sources``: state → what makes it; what no order makes is passed over. ``max_open_order_ms``: how long an
    order without an end counts at most.
    """
    found = (
        Stated(interval, order, order.ended_ms is None)
        for order in orders
        for state, source in sources.items()
        if (interval := _interval(order, state, source, known_until_ms, max_open_order_ms)) is not None
    )
    return sorted(found, key=_by_start)


def stated_by_sessions(sessions: Iterable[Held], sources: Mapping[str, str]) -> list[Stated]:
    """What sessions say in a pack's states, by start; ``sources`` as of ``stated``."""
    found = (
        Stated(Interval(*each.span, state, each.event.platform_id, each.open), None, each.open, each.event)
        for each in sessions
        for state, source in sources.items()
        if source == each.source
    )
    return sorted(found, key=_by_start)


def _by_start(stated: Stated) -> tuple[Interval, str]:
    return stated.interval, stated.order_id


def timeline_of(intervals: Iterable[Stated], known_until_ms: int) -> Timeline:
    """What rules judge."""
    return Timeline.of((each.interval for each in intervals), known_until_ms)


def _interval(
    order: Order, state: str, source: str, known_until_ms: int, max_open_order_ms: int
) -> Interval | None:
    if source == "offer":
        at = order.offered_ms
        return None if at is None else Interval(at, at, state, order.platform_id)
    start = {"order_in_hand": order.begun_ms, "on_board": order.picked_up_ms}.get(source)
    if start is None or start >= known_until_ms:
        return None
    end = start + max_open_order_ms if order.ended_ms is None else order.ended_ms
    in_hand = order.ended_ms is None and end > known_until_ms
    end = min(end, known_until_ms)
    return Interval(start, end, state, order.platform_id, in_hand) if end > start else None
