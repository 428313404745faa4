"""Rule family "duty_limit": no more than `limit` since the last sufficient rest.

In words
    A counter begins with the first work after a rest of at least `rest_at_least` on end, and rises
        `measure: worked`   with the time in `states`, overlaps once
        `measure: elapsed`  with every moment, work or not
    `work` are the states that are not rest (default: `states` and `acts`). With `rest`, only time stated to
    be in one of those states, and in none of `work`, is rest; without it, all time outside `work` is.
    PROMPT         counter >= limit - prompt_lead
    LIMIT_REACHED  counter >= limit
    BREACH         `exceed: past`   an act goes on or begins although the counter stands at the limit
                   `exceed: reach`  an act makes the counter reach the limit, or goes on past it
    `acts` (default: `states`) are the states that violate: past the 14 h of 49 CFR 395.3 driving is barred,
    other work is not. Each stretch of acts on end is a verdict of its own; without one, the period has one
    verdict, its highest tier.
    With `split_states`, `split_long`, `split_short`, `split_total` the rest may be taken in two parts
    (``split_rest``). `other_limit`, `other_measure`, `other_states` then name the other limit for whose sake
    the parts are paired as well, so that both rules pair alike.

Nothing before the first work is known: the worker is taken to be rested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.workhours.core.duty_clock import MEASURES, Block, Clock, Counter, blocks
from services.workhours.core.param_reader import ParamReader
from services.workhours.core.split_rest import Split, split_clocks
from services.workhours.core.timeline import Span, Timeline, gaps, total_ms, within
from services.workhours.core.verdict import Severity, Step, Verdict

NAME: Final = "duty_limit"
EXCEED: Final = ("past", "reach")


@dataclass(frozen=True, slots=True)
class Measured:
    """A limit and what counts towards it."""

    states: frozenset[str]
    measure: str
    """One of ``MEASURES``."""
    limit_ms: int

    def counter(self, timeline: Timeline) -> Counter:
        return Counter(self.limit_ms, timeline.spans(self.states) if self.measure == "worked" else None)


@dataclass(frozen=True, slots=True)
class Params:
    measured: Measured
    acts: frozenset[str]
    """Violate past the limit."""
    work: frozenset[str]
    """Are not rest."""
    rest: frozenset[str]
    """Are rest, if stated; empty: everything outside ``work`` is."""
    rest_at_least_ms: int
    exceed: str
    """One of ``EXCEED``."""
    prompt_lead_ms: int
    """How long before the limit the prompt is due; 0: no prompt."""
    split: Split | None
    """How the rest may be parted; None: not at all."""
    other: Measured | None
    """The limit that is to profit from the pairing too."""


def parse(params: ParamReader) -> Params:
    """Reads states, limit, measure, rest_at_least and exceed; the others are optional."""
    states = params.states("states")
    if not states:
        raise params.refuse("states", None, "name the states that are counted")
    acts = params.states("acts") or states
    split = _parse_split(params)
    parsed = Params(
        measured=Measured(states, params.choice("measure", MEASURES), params.duration("limit")),
        acts=acts,
        work=params.states("work") or states | acts,
        rest=params.states("rest"),
        rest_at_least_ms=params.duration("rest_at_least"),
        exceed=params.choice("exceed", EXCEED),
        prompt_lead_ms=params.duration("prompt_lead", default_ms=0),
        split=split,
        other=_parse_other(params) if split else None,
    )
    if not states | acts <= parsed.work:
        raise params.refuse("work", ", ".join(sorted(parsed.work)), "include the states counted and the acts")
    if parsed.work & parsed.rest:
        raise params.refuse("rest", ", ".join(sorted(parsed.rest)), "name no state that is work")
    if parsed.prompt_lead_ms >= parsed.measured.limit_ms:
        raise params.refuse("prompt_lead", f"{parsed.prompt_lead_ms} ms", "give less than the limit")
    params.finish()
    return parsed


def _parse_split(params: ParamReader) -> Split | None:
    if not params.has("split_states"):
        return None
    split = Split(
        states=params.states("split_states"),
        long_ms=params.duration("split_long"),
        short_ms=params.duration("split_short"),
        total_ms=params.duration("split_total"),
    )
    if split.short_ms > split.long_ms:
        raise params.refuse("split_short", f"{split.short_ms} ms", "give no more than split_long")
    return split


def _parse_other(params: ParamReader) -> Measured | None:
    if not params.has("other_limit"):
        return None
    return Measured(
        params.states("other_states"),
        params.choice("other_measure", MEASURES),
        params.duration("other_limit"),
    )


def judge(timeline: Timeline, params: Params, earlier: Mapping[str, Sequence[Verdict]]) -> list[Verdict]:
    """Ascending by start. ``earlier`` is not used."""
    work = timeline.spans(params.work)
    if not work:
        return []
    rests = _rests(timeline, params, work)
    acts = timeline.spans(params.acts)
    counter = params.measured.counter(timeline)
    clocks_of = _clocks_of(timeline, params, counter, rests, acts)
    return [
        verdict
        for block in blocks(work, rests, params.rest_at_least_ms)
        for clock in clocks_of(block)
        for verdict in _judge_clock(clock, block, counter, acts, params, timeline.known_until_ms)
    ]


def _rests(timeline: Timeline, params: Params, work: Sequence[Span]) -> tuple[Span, ...]:
    """Ascending, disjoint from each other and from work."""
    if not params.rest:
        return gaps(work, Span(work[0].start_ms, timeline.known_until_ms))
    return tuple(free for stated in timeline.spans(params.rest) for free in gaps(work, stated))


def _clocks_of(
    timeline: Timeline, params: Params, counter: Counter, rests: Sequence[Span], acts: Sequence[Span]
) -> Callable[[Block], tuple[Clock, ...]]:
    """What gives a block its clocks: one, or several where its rests are paired."""
    split = params.split
    if split is None:
        return lambda block: (Clock(block.bounds.start_ms, block.bounds),)
    resting = timeline.spans(split.states)
    counters = [counter] if params.other is None else [counter, params.other.counter(timeline)]

    def cost(clock: Clock) -> int:
        return sum(total_ms(each.past(clock, acts)) for each in counters)

    return lambda block: split_clocks(block, rests, resting, split, cost)


def _judge_clock(
    clock: Clock, block: Block, counter: Counter, acts: Sequence[Span], params: Params, known_until_ms: int
) -> Iterator[Verdict]:
    """The breaches under one clock, or else its highest tier."""
    breaches = list(counter.past(clock, acts))
    reached_ms = counter.reached_at(clock, counter.limit_ms)
    if params.exceed == "reach" and reached_ms is not None:
        breaches = _from_reaching(reached_ms, clock, acts, breaches)
    unclosed = block.closing is None
    for number, breach in enumerate(breaches):
        # A later pair of rests may still excuse it; otherwise only an act still going on can change it.
        may_change = unclosed and (params.split is not None or breach.end_ms == known_until_ms)
        # The clock's first breach takes over from its prompt; each further one is named by its own start.
        period_start_ms = breach.start_ms if number else clock.judged.start_ms
        yield _verdict(Severity.BREACH, breach, period_start_ms, clock, block, counter, open_=may_change)
    if breaches:
        return
    prompt_ms = counter.reached_at(clock, counter.limit_ms - params.prompt_lead_ms)
    if prompt_ms is None:
        return
    severity = Severity.PROMPT if reached_ms is None else Severity.LIMIT_REACHED
    at_ms = max(prompt_ms if reached_ms is None else reached_ms, clock.judged.start_ms)
    yield _verdict(severity, Span(at_ms, at_ms), clock.judged.start_ms, clock, block, counter, open_=unclosed)


def _from_reaching(reached_ms: int, clock: Clock, acts: Sequence[Span], past: Sequence[Span]) -> list[Span]:
    """``past``, and the moment of reaching by an act that went no further."""
    reaches = any(act.start_ms < reached_ms <= act.end_ms for act in within(acts, clock.judged))
    if reaches and not (past and past[0].start_ms == reached_ms):
        return [Span(reached_ms, reached_ms), *past]
    return list(past)


def _verdict(
    severity: Severity,
    when: Span,
    period_start_ms: int,
    clock: Clock,
    block: Block,
    counter: Counter,
    *,
    open_: bool,
) -> Verdict:
    until_ms = when.end_ms if severity is Severity.BREACH else clock.judged.end_ms
    since = Span(clock.anchor_ms, until_ms)
    steps = within(counter.counted if counter.counted is not None else block.work, since)
    return Verdict(
        severity=severity,
        start_ms=when.start_ms,
        end_ms=when.end_ms,
        period_start_ms=period_start_ms,
        period_end_ms=clock.judged.end_ms,
        measured_ms=counter.at(clock, until_ms),
        limit_ms=counter.limit_ms,
        trace=tuple(Step(step.start_ms, step.end_ms, counter.at(clock, step.end_ms)) for step in steps),
        open=open_,
        detail={
            "counted_from_ms": clock.anchor_ms,
            "left_out_ms": total_ms(within(clock.excluded, since)),
        },
    )
