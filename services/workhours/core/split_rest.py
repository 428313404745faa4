"""A daily rest taken in two parts: which rests are paired, and where the clocks then begin.

In words, after 49 CFR 395.1(g) and the FMCSA guide to hours of service (2022), "Sleeper Berth Provision"
    Two rests make a pair when neither is shorter than `short`, one has at least `long` on end in one of
    `states`, and together they last at least `total`; either may come first.
    A paired rest does not count against an elapsed limit; an unpaired one does, so a pair that is not
    complete yet excuses nothing.
    Once a pair is complete, the clocks count from the end of its first rest. A rest may be the second of one
    pair and the first of the next, so that this point moves on from rest to rest.
    The long rest that resets the clocks altogether may be the second of a pair, never the first: it has
    reset them already.
    Where several pairings are possible, the one with the least driving past the limits applies (FMCSA,
    question 4 on the 2020 changes: "no violations or the fewest violations"); among equals the one that
    leaves most time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.workhours.core.duty_clock import Block, Clock
from services.workhours.core.timeline import Span, within

Cost = Callable[[Clock], int]
"""What a clock's verdict would cost the driver: ms of driving past the limits within ``clock.judged``."""


@dataclass(frozen=True, slots=True)
class Split:
    """What makes a pair, lengths in ms."""

    states: frozenset[str]
    """The states of the long part, e.g. sleeper."""
    long_ms: int
    short_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class _Rest:
    span: Span
    long: bool

    def pairs_with(self, other: _Rest, split: Split) -> bool:
        together_ms = self.span.length_ms + other.span.length_ms
        return (self.long or other.long) and together_ms >= split.total_ms


@dataclass(frozen=True, slots=True)
class _Path:
    """One way to pair the rests so far; rests by index."""

    cost_ms: int
    anchor: int
    """The first of the last complete pair; -1 before there is one."""
    last: int
    """The second of that pair."""
    held: int
    """A rest taken as the first of a pair that is to come; -1 for none."""
    pairs: tuple[tuple[int, int], ...]

    def is_no_worse_than(self, other: _Path) -> bool:
        """Given the same last and held rest: a later anchor can only count less from here on."""
        return self.cost_ms <= other.cost_ms and self.anchor >= other.anchor


def split_clocks(
    block: Block, rests: Sequence[Span], resting: Sequence[Span], split: Split, cost: Cost
) -> tuple[Clock, ...]:
    """The clocks of a block, ascending, under the pairing that costs least.

    ``rests``: all rests of the timeline; ``resting``: spans in ``split.states``. Both ascending, disjoint.
    """
    bounds = block.bounds
    parts: list[_Rest] = []
    for rest in rests[bisect_left(rests, bounds) :]:
        if rest.length_ms >= split.short_ms:
            parts.append(_rest(rest, resting, split))
            if rest.start_ms >= bounds.end_ms:
                break  # the rest after the block may complete a pair; nothing later belongs to it
    pairs = _cheapest(parts, bounds, split, cost)
    return _clocks(parts, pairs, bounds)


def _rest(span: Span, resting: Sequence[Span], split: Split) -> _Rest:
    return _Rest(span, any(part.length_ms >= split.long_ms for part in within(resting, span)))


def _cheapest(parts: Sequence[_Rest], bounds: Span, split: Split, cost: Cost) -> tuple[tuple[int, int], ...]:
    """The pairs of the cheapest path through the rests, which are taken one after another."""
    partners = [
        any(part.pairs_with(later, split) for later in parts[index + 1 :]) for index, part in enumerate(parts)
    ]
    if not any(partners):
        return ()
    paths = [_Path(0, -1, -1, -1, ())]
    for index, part in enumerate(parts):
        until_ms = parts[index + 1].span.start_ms if index + 1 < len(parts) else bounds.end_ms
        stretch = Span(part.span.end_ms, until_ms)
        fronts: dict[tuple[int, int], list[_Path]] = {}
        for path in paths:
            for step in _steps(path, index, parts, split, may_hold=partners[index]):
                if stretch.start_ms < stretch.end_ms:  # none after the rest that ends the block
                    step = _with_cost(step, parts, stretch, bounds, cost)
                _keep_best(fronts.setdefault((step.last, step.held), []), step)
        paths = [path for front in fronts.values() for path in front]

    def rank(path: _Path) -> tuple[int, int, int]:
        left_out_ms = parts[path.last].span.length_ms if path.pairs else 0
        return (path.cost_ms, -path.anchor, -left_out_ms)

    return min((path for path in paths if path.held < 0), key=rank).pairs


def _steps(path: _Path, index: int, parts: Sequence[_Rest], split: Split, *, may_hold: bool) -> list[_Path]:
    """What can be made of rest ``index``: the second of a pair, the first of one to come, or neither."""
    steps = []
    first = path.held if path.held >= 0 else path.last
    if first >= 0 and parts[first].pairs_with(parts[index], split):
        steps.append(_Path(path.cost_ms, first, index, -1, (*path.pairs, (first, index))))
    if path.held < 0 and may_hold:
        steps.append(_Path(path.cost_ms, path.anchor, path.last, index, path.pairs))
    steps.append(path)
    return steps


def _with_cost(path: _Path, parts: Sequence[_Rest], stretch: Span, bounds: Span, cost: Cost) -> _Path:
    anchor_ms = parts[path.anchor].span.end_ms if path.anchor >= 0 else bounds.start_ms
    excluded = tuple(parts[index].span for index in (path.last, path.held) if index >= 0)
    added_ms = cost(Clock(anchor_ms, stretch, excluded))
    return _Path(path.cost_ms + added_ms, path.anchor, path.last, path.held, path.pairs)


def _keep_best(front: list[_Path], path: _Path) -> None:
    """Add the path unless one there is no worse; drop those it makes superfluous."""
    if any(kept.is_no_worse_than(path) for kept in front):
        return
    front[:] = [kept for kept in front if not path.is_no_worse_than(kept)]
    front.append(path)


def _clocks(parts: Sequence[_Rest], pairs: Sequence[tuple[int, int]], bounds: Span) -> tuple[Clock, ...]:
    """One clock for each anchor: in force from the end of a pair to the beginning of the next second rest."""
    chosen = sorted({index for pair in pairs for index in pair})
    clocks = []
    anchor_ms = from_ms = bounds.start_ms
    for pair in (*pairs, None):
        until_ms = bounds.end_ms if pair is None else min(parts[pair[1]].span.start_ms, bounds.end_ms)
        excluded = tuple(
            parts[index].span for index in chosen if anchor_ms < parts[index].span.end_ms <= until_ms
        )
        if from_ms < until_ms:
            clocks.append(Clock(anchor_ms, Span(from_ms, until_ms), excluded))
        if pair is not None:
            anchor_ms, from_ms = (parts[index].span.end_ms for index in pair)
    return tuple(clocks)
