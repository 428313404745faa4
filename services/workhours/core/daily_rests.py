"""Daily rests and the working days between them, by the law of the European Union.

In words (Regulation (EC) 561/2006, Art. 4(g), 4(k), 8(2) and 9(1))
    A daily rest is
        regular   `regular` (11 h) without interruption,
        split     `split_first` (3 h) and later `reduced` (9 h), each without interruption, or
        reduced   `reduced` (9 h) without interruption.
    By ferry or train a regular or a split one may be interrupted `interruptions` times (twice) for
    `interruption_total` (1 h) together. Which pieces then belong to it follows the addendum to Appendix 14 of
    Annex IC, Implementing Regulation (EU) 2016/799: first those before the crossing, then those after it,
    until either allowance is used up.
    All time outside the `busy` states is rest, what is not known included (same addendum, point 1), except
    that nothing is known past the watermark. Before the first activity a rest is taken to have been had.
    A working day lasts from the end of one daily rest to the beginning of the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from services.workhours.core.param_reader import ParamReader
from services.workhours.core.timeline import Span, Timeline, gaps, total_ms, within

REGULAR: Final = "regular"
SPLIT: Final = "split"
REDUCED: Final = "reduced"


@dataclass(frozen=True, slots=True)
class RestRules:
    """What makes a daily rest."""

    busy: frozenset[str]
    """All activities that are not rest."""
    crossing: frozenset[str]
    """States that show that a rest has to do with a ferry or train; empty: no exception for these."""
    regular_ms: int
    split_first_ms: int
    """The first part of a split rest; its second part is as long as a reduced rest."""
    reduced_ms: int
    interruptions: int
    """Of a rest with a crossing, at most."""
    interruption_total_ms: int
    """Of all these interruptions together, at most."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Rest in one or, with a crossing, several blocks taken as one."""

    blocks: tuple[Span, ...]

    @property
    def start_ms(self) -> int:
        return self.blocks[0].start_ms

    @property
    def end_ms(self) -> int:
        return self.blocks[-1].end_ms

    @property
    def rest_ms(self) -> int:
        return total_ms(self.blocks)

    @property
    def interruptions(self) -> tuple[Span, ...]:
        return tuple(Span(one.end_ms, next_.start_ms) for one, next_ in pairwise(self.blocks))


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """From the first activity after a daily rest to the next daily rest."""

    start_ms: int
    end_ms: int
    """Where the next daily rest begins; without one, the end of what is known."""
    rest: Piece | None
    """The daily rest that ends it, of a split one its second part; None while there is none."""
    firsts: tuple[Piece, ...]
    """The rests of the day that may be the first part of a split one, by time."""

    def first_part(self, rest: Piece, rules: RestRules) -> Piece | None:
        """The longest first part that with ``rest`` as the second makes a split rest."""
        fitting = (
            first
            for first in self.firsts
            if first.end_ms < rest.start_ms and _allowed((*first.interruptions, *rest.interruptions), rules)
        )
        return max(fitting, key=lambda first: first.rest_ms, default=None)


def parse_rests(params: ParamReader) -> RestRules:
    """Reads busy, crossing, regular, reduced, split_first, interruptions and interruption_total."""
    rules = RestRules(
        busy=params.states("busy"),
        crossing=params.states("crossing"),
        regular_ms=params.duration("regular"),
        reduced_ms=params.duration("reduced"),
        split_first_ms=params.duration("split_first"),
        interruptions=params.count("interruptions"),
        interruption_total_ms=params.duration("interruption_total"),
    )
    if not rules.busy:
        raise params.refuse("busy", None, "name the states that are not rest")
    if not rules.split_first_ms < rules.reduced_ms < rules.regular_ms:
        raise params.refuse("reduced", f"{rules.reduced_ms} ms", "keep split_first < reduced < regular")
    return rules


def working_days(timeline: Timeline, rules: RestRules) -> list[WorkingDay]:
    """All working days, ascending; the last one may lack its rest."""
    busy = timeline.spans(rules.busy)
    if not busy:
        return []
    crossings = timeline.spans(rules.crossing)
    blocks = gaps(busy, Span(busy[0].start_ms, timeline.known_until_ms))
    days: list[WorkingDay] = []
    start_ms, at = busy[0].start_ms, 0
    while True:
        day, at = _day_from(start_ms, blocks, at, crossings, rules, timeline.known_until_ms)
        days.append(day)
        if day.rest is None or day.rest.end_ms >= timeline.known_until_ms:
            return days
        start_ms = day.rest.end_ms


def kind_of(rest: Piece, first: Piece | None, rules: RestRules) -> str | None:
    """What daily rest ``rest`` is, with ``first`` as a possible first part; None: it is none."""
    if rest.rest_ms >= rules.regular_ms:
        return REGULAR
    if first is not None and rest.rest_ms >= rules.reduced_ms:
        return SPLIT
    if max(block.length_ms for block in rest.blocks) >= rules.reduced_ms:
        return REDUCED
    return None


def _day_from(
    start_ms: int,
    blocks: Sequence[Span],
    at: int,
    crossings: Sequence[Span],
    rules: RestRules,
    known_until_ms: int,
) -> tuple[WorkingDay, int]:
    """The day that starts there, its blocks of rest from number ``at`` on, and the number to go on from."""
    firsts: list[Piece] = []
    for number in range(at, len(blocks)):
        day = WorkingDay(start_ms, blocks[number].start_ms, None, tuple(firsts))
        for rest in _pieces_from(number, blocks, crossings, rules):
            kind = kind_of(rest, day.first_part(rest, rules), rules)
            if kind is not None and not (kind == REDUCED and rest.interruptions):
                return WorkingDay(start_ms, rest.start_ms, rest, day.firsts), number + len(rest.blocks)
            if rest.rest_ms >= rules.split_first_ms:
                firsts.append(rest)
    return WorkingDay(start_ms, known_until_ms, None, tuple(firsts)), len(blocks)


def _pieces_from(
    number: int, blocks: Sequence[Span], crossings: Sequence[Span], rules: RestRules
) -> Iterator[Piece]:
    """The rests that begin with this block, the one of most blocks first, the block alone last."""
    for count in range(rules.interruptions, 0, -1):
        piece = Piece(tuple(blocks[number : number + count + 1]))
        if (
            len(piece.blocks) == count + 1
            and _allowed(piece.interruptions, rules)
            and within(crossings, Span(piece.start_ms, piece.end_ms))
        ):
            yield piece
    yield Piece((blocks[number],))


def _allowed(interruptions: Sequence[Span], rules: RestRules) -> bool:
    return (
        len(interruptions) <= rules.interruptions and total_ms(interruptions) <= rules.interruption_total_ms
    )
