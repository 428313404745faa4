"""One worker's time as stated: intervals of activity, to be judged by rules of any family.

Nothing here knows where an interval came from: a test case, a file, or orders and sessions of several
platforms. Intervals may overlap, repeat and come in any order; rules read unions of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of time ``[start, end)``, epoch ms."""

    start_ms: int
    end_ms: int

    @property
    def length_ms(self) -> int:
        return self.end_ms - self.start_ms


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """One activity as stated."""

    start_ms: int
    end_ms: int
    """Not before ``start_ms``; equal for an instant, e.g. the push of an order."""
    state: str
    """One of the rule pack's states, e.g. driving."""
    platform: str = ""
    open: bool = False
    """No end was reported: it goes on at the end of what is known."""


@dataclass(frozen=True)
class Timeline:
    """All that is known of one worker between two moments."""

    intervals: tuple[Interval, ...]
    """Ascending, each once."""
    known_until_ms: int
    """The watermark: later is unknown, and an activity that reaches up to here may go on."""

    @staticmethod
    def of(intervals: Iterable[Interval], known_until_ms: int | None = None) -> Timeline:
        """A timeline of these; known until the last end unless another moment is given.

        Activities are cut off at ``known_until_ms``. Raises ValueError for an interval that ends before it
        starts.
        """
        ordered = tuple(sorted(set(intervals)))
        for interval in ordered:
            if interval.end_ms < interval.start_ms:
                raise ValueError(
                    f"interval {interval.state}: end {interval.end_ms} is before start {interval.start_ms}"
                )
        if known_until_ms is None:
            known_until_ms = max((interval.end_ms for interval in ordered), default=0)
        known = tuple(
            replace(each, end_ms=min(each.end_ms, known_until_ms))
            for each in ordered
            if each.start_ms <= known_until_ms
        )
        return Timeline(known, known_until_ms)

    def spans(self, states: Collection[str]) -> tuple[Span, ...]:
        """The union of the intervals in any of these states: ascending, disjoint, touching ones joined."""
        return union(Span(i.start_ms, i.end_ms) for i in self.intervals if i.state in states)

    def instants(self, state: str) -> tuple[Interval, ...]:
        """The intervals of one state as stated, instants included."""
        return tuple(interval for interval in self.intervals if interval.state == state)

    @cached_property
    def observed(self) -> tuple[Span, ...]:
        """The union of all that was stated, whatever the state: the rest is unknown."""
        return union(Span(interval.start_ms, interval.end_ms) for interval in self.intervals)


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Overlapping and touching spans as one; empty ones dropped; ascending."""
    joined: list[Span] = []
    for span in sorted(spans):
        if span.end_ms <= span.start_ms:
            continue
        if joined and span.start_ms <= joined[-1].end_ms:
            if span.end_ms > joined[-1].end_ms:
                joined[-1] = Span(joined[-1].start_ms, span.end_ms)
        else:
            joined.append(span)
    return tuple(joined)


def gaps(spans: Sequence[Span], within: Span) -> tuple[Span, ...]:
    """What disjoint ascending ``spans`` leave free of ``within``."""
    free: list[Span] = []
    at = within.start_ms
    for span in spans:
        if span.end_ms <= within.start_ms:
            continue
        if span.start_ms >= within.end_ms:
            break
        if span.start_ms > at:
            free.append(Span(at, span.start_ms))
        at = max(at, span.end_ms)
    if at < within.end_ms:
        free.append(Span(at, within.end_ms))
    return tuple(free)


def within(spans: Sequence[Span], bounds: Span) -> tuple[Span, ...]:
    """Disjoint ascending ``spans`` cut to ``bounds``."""
    first = max(0, bisect_right(spans, (bounds.start_ms, bounds.start_ms)) - 1)
    cut: list[Span] = []
    for span in spans[first:]:
        if span.start_ms >= bounds.end_ms:
            break
        start, end = max(span.start_ms, bounds.start_ms), min(span.end_ms, bounds.end_ms)
        if start < end:
            cut.append(Span(start, end))
    return tuple(cut)


def total_ms(spans: Iterable[Span]) -> int:
    """The length of disjoint spans together, ms."""
    return sum(span.length_ms for span in spans)
