"""A counter that runs from an anchor on: when it stands at a limit, and what is done past it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.workhours.core.timeline import Span, total_ms, within

MEASURES: Final = ("worked", "elapsed")
"""``worked``: only counted states move the counter; ``elapsed``: every moment does."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Which counter is in force while ``judged`` lasts."""

    anchor_ms: int
    """The counter's zero: the first work after a rest that reset it."""
    judged: Span
    """Acts in here are judged by this clock. It may begin later than the count does."""
    excluded: tuple[Span, ...] = ()
    """Rests after the anchor that an elapsed counter leaves out: ascending, disjoint."""


@dataclass(frozen=True, slots=True)
class Counter:
    """What moves, and how far it may go."""

    limit_ms: int
    counted: tuple[Span, ...] | None
    """The spans that move it: ascending, disjoint. None for every moment but the excluded."""

    def reached_at(self, clock: Clock, length_ms: int) -> int | None:
        """The first moment at which the counter stands at ``length_ms``, or None within ``clock.judged``."""
        end_ms = clock.judged.end_ms
        if self.counted is None:
            at_ms = clock.anchor_ms + length_ms
            for rest in clock.excluded:
                if rest.start_ms < at_ms:
                    at_ms += rest.length_ms
            return at_ms if at_ms <= end_ms else None
        left_ms = length_ms
        for span in within(self.counted, Span(clock.anchor_ms, end_ms)):
            if left_ms <= span.length_ms:
                return span.start_ms + left_ms
            left_ms -= span.length_ms
        return None

    def at(self, clock: Clock, moment_ms: int) -> int:
        """Where the counter stands at a moment, ms."""
        since = Span(clock.anchor_ms, moment_ms)
        if self.counted is None:
            return since.length_ms - total_ms(within(clock.excluded, since))
        return total_ms(within(self.counted, since))

    def past(self, clock: Clock, acts: Sequence[Span]) -> tuple[Span, ...]:
        """The parts of ``acts`` done while the counter stands at the limit or beyond."""
        reached_ms = self.reached_at(clock, self.limit_ms)
        if reached_ms is None:
            return ()
        return within(acts, Span(max(reached_ms, clock.judged.start_ms), clock.judged.end_ms))


@dataclass(frozen=True, slots=True)
class Block:
    """Work between two rests that reset the counter."""

    work: tuple[Span, ...]
    """Ascending, disjoint, not empty."""
    closing: Span | None
    """The rest that ends the block; None where it may go on after the end of what is known."""

    @property
    def bounds(self) -> Span:
        return Span(self.work[0].start_ms, self.work[-1].end_ms)


def blocks(work: Sequence[Span], rests: Sequence[Span], at_least_ms: int) -> Iterator[Block]:
    """Work parted by every rest of at least ``at_least_ms``; both ascending and disjoint from each other."""
    current: list[Span] = []
    resets = iter(rest for rest in rests if rest.length_ms >= at_least_ms)
    reset = next(resets, None)
    for span in work:
        while reset is not None and reset.start_ms < span.start_ms:
            if current:
                yield Block(tuple(current), reset)
                current = []
            reset = next(resets, None)
        current.append(span)
    if current:
        yield Block(tuple(current), reset)
