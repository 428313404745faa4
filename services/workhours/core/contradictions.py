"""What the events of one order say against each other: the rule of family "contradictory_events".

    two different moments of one kind (accepted; picked up; the end, completed or cancelled)
    an end before the later of acceptance and pick-up

The engine asks the same of all orders at once, in columns (``engine.contradiction_judge``).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from services.workhours.core.work_events import DispatchKind
from services.workhours.core.worker_timeline import DispatchEvent, Order

ONCE: Final = (
    (DispatchKind.ACCEPTED,),
    (DispatchKind.PICKED_UP,),
    (DispatchKind.COMPLETED, DispatchKind.CANCELLED),
)
"""Kinds that happen to an order once, those of a row together."""


class Differing(NamedTuple):
    """Different moments of what happens once."""

    kinds: tuple[DispatchKind, ...]
    """A row of ``ONCE``."""
    moments: int
    """How many; at least two."""


class Contradictions(NamedTuple):
    """What does not fit; neither of the two where all does."""

    early_end: DispatchEvent | None
    """The end that comes before the order was taken in hand."""
    differing: tuple[Differing, ...]

    @property
    def any(self) -> bool:
        """Whether something does not fit."""
        return self.early_end is not None or bool(self.differing)


def contradictions(order: Order) -> Contradictions:
    """What the order's events say against each other."""
    begun = [ms for ms in (order.accepted_ms, order.picked_up_ms) if ms is not None]
    early = None
    if begun and order.ended_ms is not None and order.ended_ms < max(begun):
        ends = ONCE[-1]
        early = next(
            event for event in order.events if event.kind in ends and event.time_ms == order.ended_ms
        )
    counted = (
        Differing(kinds, len({event.time_ms for event in order.events if event.kind in kinds}))
        for kinds in ONCE
    )
    return Contradictions(early, tuple(each for each in counted if each.moments > 1))
