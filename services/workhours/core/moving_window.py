"""Sums over a window that ends now and moves along with time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from services.workhours.core.calendar_windows import local_day
from services.workhours.core.timeline import Span

_MS: Final = timedelta(milliseconds=1)
_EPOCH: Final = datetime.fromtimestamp(0, tz=UTC)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the counted time over which the sum rises evenly or stands still."""

    span: Span
    sum_ms: int
    """At its start."""
    rises: bool
    """False while as much time leaves the window as enters it."""

    @property
    def peak_ms(self) -> int:
        return self.sum_ms + (self.span.length_ms if self.rises else 0)

    def reached_at(self, length_ms: int) -> int | None:
        """The first moment of the piece at which the sum is at least ``length_ms``, or None."""
        if self.peak_ms < length_ms:
            return None
        return self.span.start_ms + max(0, length_ms - self.sum_ms)

    def past_from(self, limit_ms: int) -> int | None:
        """From when on the sum is beyond ``limit_ms`` (just after that moment), or None."""
        return self.reached_at(limit_ms) if self.peak_ms > limit_ms else None


class Window(Protocol):
    """How far back the sum reaches."""

    def begins(self, now_ms: int) -> int:
        """The window's begin at a moment."""
        ...

    def cuts(self, span: Span, edges: Sequence[int]) -> Iterable[int]:
        """Moments inside ``span`` at which the sum may jump or change its slope.

        ``edges``: where counted spans begin and end.
        """
        ...

    def begins_before(self, now_ms: int) -> int:
        """The window's begin just before a moment, as a limit from the left."""
        ...

    def periods(self, work: Sequence[Span], emptied: Sequence[int]) -> Iterator[Span]:
        """The periods that have a verdict of their own: ascending, disjoint, over all of ``work``."""
        ...


@dataclass(frozen=True, slots=True)
class DayWindow:
    """The current day and those before it, ``days`` in all."""

    days: int
    starts_at_ms: int
    """When a day begins, ms after local midnight by the clock on the wall."""
    zone: ZoneInfo

    def begins(self, now_ms: int) -> int:
        return self._start(self._day(now_ms) - timedelta(days=self.days - 1))

    def begins_before(self, now_ms: int) -> int:
        return self.begins(now_ms - 1)

    def cuts(self, span: Span, edges: Sequence[int]) -> Iterator[int]:
        day = self._day(span.start_ms) + timedelta(days=1)
        while (start_ms := self._start(day)) < span.end_ms:
            yield start_ms
            day += timedelta(days=1)

    def periods(self, work: Sequence[Span], emptied: Sequence[int]) -> Iterator[Span]:
        day = self._day(work[0].start_ms)
        while (start_ms := self._start(day)) < work[-1].end_ms:
            day += timedelta(days=1)
            yield Span(start_ms, self._start(day))

    def _start(self, day: date) -> int:
        return _day_start_ms(day, self.starts_at_ms, self.zone)

    def _day(self, now_ms: int) -> date:
        day = local_day(now_ms, self.zone)
        return day if self._start(day) <= now_ms else day - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HourWindow:
    """The last ``length_ms``."""

    length_ms: int
    restart_ms: int
    """A rest of this length empties it; 0: none does."""

    def begins(self, now_ms: int) -> int:
        return now_ms - self.length_ms

    def begins_before(self, now_ms: int) -> int:
        return now_ms - self.length_ms

    def cuts(self, span: Span, edges: Sequence[int]) -> Iterator[int]:
        at = bisect_right(edges, span.start_ms - self.length_ms)
        while at < len(edges) and (cut_ms := edges[at] + self.length_ms) < span.end_ms:
            yield cut_ms
            at += 1

    def periods(self, work: Sequence[Span], emptied: Sequence[int]) -> Iterator[Span]:
        starts = [work[0].start_ms, *emptied]
        # The last one ends when the window will be empty at the earliest.
        ends = [*emptied, work[-1].end_ms + (self.restart_ms or self.length_ms)]
        return map(Span, starts, ends)


@lru_cache(maxsize=4096)
def _day_start_ms(day: date, starts_at_ms: int, zone: ZoneInfo) -> int:
    midnight = datetime.combine(day, datetime.min.time(), tzinfo=zone)
    return (
        midnight + starts_at_ms * _MS - _EPOCH
    ) // _MS  # adding to a zoned time moves the clock on the wall


def restarts(work: Sequence[Span], at_least_ms: int) -> tuple[int, ...]:
    """When work began again after rests of ``at_least_ms``; none for 0."""
    if not at_least_ms:
        return ()
    pairs = pairwise(work)
    return tuple(after.start_ms for before, after in pairs if after.start_ms - before.end_ms >= at_least_ms)


class MovingSum:
    """The counted time in the window, at any moment of it."""

    def __init__(self, counted: Sequence[Span], window: Window, emptied: Sequence[int]) -> None:
        """``counted``: ascending, disjoint; ``emptied``: the moments at which the window was emptied."""
        self._counted = counted
        self._window = window
        self._emptied = emptied
        self._starts = [span.start_ms for span in counted]
        self._before = [0]
        for span in counted:
            self._before.append(self._before[-1] + span.length_ms)
        self._edges = sorted({edge for span in counted for edge in span})

    def begins_before(self, now_ms: int) -> int:
        """Where the window that ends just before a moment begins, ms."""
        return max(self._window.begins_before(now_ms), self._emptied_at(now_ms - 1))

    def pieces(self) -> list[Piece]:
        """The counted time in even parts, ascending."""
        pieces: list[Piece] = []
        for span in self._counted:
            cuts = [span.start_ms, *self._window.cuts(span, self._edges), span.end_ms]
            # Inside a counted span it cannot be emptied: there is no rest.
            emptied_ms = self._emptied_at(span.start_ms)
            for start_ms, end_ms in pairwise(cuts):
                begins_ms = max(self._window.begins(start_ms), emptied_ms)
                ends_with_ms = max(self._window.begins_before(end_ms), emptied_ms)
                sum_ms = self._until(start_ms) - self._until(begins_ms)
                peak_ms = self._until(end_ms) - self._until(ends_with_ms)
                pieces.append(Piece(Span(start_ms, end_ms), sum_ms, peak_ms > sum_ms))
        return pieces

    def _emptied_at(self, now_ms: int) -> int:
        """When it was last emptied, up to a moment; before all work if never."""
        at = bisect_right(self._emptied, now_ms)
        return self._emptied[at - 1] if at else self._starts[0]

    def _until(self, moment_ms: int) -> int:
        """The counted time before a moment, ms."""
        at = bisect_right(self._starts, moment_ms) - 1
        if at < 0:
            return 0
        return self._before[at] + min(moment_ms - self._starts[at], self._counted[at].length_ms)
