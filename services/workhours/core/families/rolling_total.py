"""Rule family "rolling_total": no more than `limit` of some states in a window that moves along with time.

In words
    At every moment the time in `states`, overlaps once, is summed over the window that ends there:
        `window_days: "8"`  the current day and the seven before it; days begin at `day_starts_at` (default
                            midnight) in the pack's time zone, so the oldest day drops off all at once
        `window: 24 h`      the last 24 hours to the second
    A rest of at least `restart` on end, if given, empties the window; rest is all time in none of `work`
    (default: `states`).
    PROMPT         sum >= limit - prompt_lead
    LIMIT_REACHED  sum >= limit
    BREACH         `exceed: past`   an act goes on while the sum stands beyond the limit, or at it and rises
                   `exceed: reach`  an act makes the sum reach the limit, or goes on at it or beyond
    `acts` (default: `states`) are the states that violate, e.g. driving where all duty counts. Each stretch
    of acts on end is a verdict of its own; without one, each period has one verdict, its highest tier. A
    period is a day of the window, or for a window of hours the time between two restarts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from services.workhours.core.moving_window import DayWindow, HourWindow, MovingSum, Piece, Window, restarts
from services.workhours.core.param_reader import ParamReader
from services.workhours.core.timeline import Span, Timeline, union, within
from services.workhours.core.verdict import Severity, Step, Verdict

NAME: Final = "rolling_total"
EXCEED: Final = ("past", "reach")


@dataclass(frozen=True, slots=True)
class Params:
    states: frozenset[str]
    """Summed."""
    acts: frozenset[str]
    """Violate past the limit; among ``states``."""
    work: frozenset[str]
    """Are not rest."""
    window_days: int
    """Days of the window, today included; 0 for a window of hours."""
    window_ms: int
    """Length of the window; 0 for a window of days."""
    day_starts_at_ms: int
    """When a day begins, ms after local midnight by the clock on the wall."""
    restart_ms: int
    """A rest of this length empties the window; 0: none does."""
    limit_ms: int
    exceed: str
    """One of ``EXCEED``."""
    prompt_lead_ms: int
    """How long before the limit the prompt is due; 0: no prompt."""
    zone: ZoneInfo


def parse(params: ParamReader) -> Params:
    """Reads states, limit, exceed and either window_days or window; the others are optional."""
    states = params.states("states")
    if not states:
        raise params.refuse("states", None, "name the states that are summed")
    if params.has("window_days") == params.has("window"):
        raise params.refuse("window", None, "give either window_days or window")
    parsed = Params(
        states=states,
        acts=params.states("acts") or states,
        work=params.states("work") or states,
        window_days=params.count("window_days", default=0),
        window_ms=params.duration("window", default_ms=0),
        day_starts_at_ms=params.time_of_day("day_starts_at") if params.has("day_starts_at") else 0,
        restart_ms=params.duration("restart", default_ms=0),
        limit_ms=params.duration("limit"),
        exceed=params.choice("exceed", EXCEED),
        prompt_lead_ms=params.duration("prompt_lead", default_ms=0),
        zone=params.zone,
    )
    if not parsed.acts <= states:
        raise params.refuse("acts", ", ".join(sorted(parsed.acts)), "name only states that are summed")
    if not states <= parsed.work:
        raise params.refuse("work", ", ".join(sorted(parsed.work)), "include the states summed")
    if parsed.prompt_lead_ms >= parsed.limit_ms:
        raise params.refuse("prompt_lead", f"{parsed.prompt_lead_ms} ms", "give less than the limit")
    params.finish()
    return parsed


def judge(timeline: Timeline, params: Params, earlier: Mapping[str, Sequence[Verdict]]) -> list[Verdict]:
    """Ascending by period. ``earlier`` is not used."""
    counted = timeline.spans(params.states)
    if not counted:
        return []
    work = timeline.spans(params.work)
    emptied = restarts(work, params.restart_ms)
    window: Window = HourWindow(params.window_ms, params.restart_ms)
    if params.window_days:
        window = DayWindow(params.window_days, params.day_starts_at_ms, params.zone)
    moving = MovingSum(counted, window, emptied)
    pieces = moving.pieces()
    breaches = _breaches(pieces, timeline.spans(params.acts), params)
    verdicts: list[Verdict] = []
    for period in window.periods(work, emptied):
        own = [breach for breach in breaches if period.start_ms <= _begins(breach) < period.end_ms]
        inside = _overlapping(pieces, period)
        if own:
            verdicts.extend(_breach_verdicts(own, period, moving, pieces, counted, params, timeline))
        elif inside and not within(breaches, period):
            verdicts.extend(_lower_tier(period, inside, moving, counted, params, timeline))
    return verdicts


def _breaches(pieces: Sequence[Piece], acts: Sequence[Span], params: Params) -> list[Span]:
    """The stretches of acts that violate, ascending; with `reach` also the bare moments of reaching."""
    past: list[Span] = []
    moments: list[int] = []
    for piece in pieces:
        if params.exceed == "past":
            from_ms = piece.past_from(params.limit_ms)
        else:
            from_ms = piece.reached_at(params.limit_ms)
        if from_ms is None:
            continue
        past.extend(within(acts, Span(from_ms, piece.span.end_ms)))
        moments.append(from_ms)
    stretches = list(union(past))
    if params.exceed == "reach":
        for moment_ms in moments:
            acting = any(act.start_ms < moment_ms <= act.end_ms for act in acts)
            if acting and not any(span.start_ms <= moment_ms <= span.end_ms for span in stretches):
                stretches.append(Span(moment_ms, moment_ms))
    return sorted(stretches)


def _begins(breach: Span) -> int:
    """The last moment that belongs to its begin: reached at midnight means reached on the day before."""
    return breach.start_ms if breach.length_ms else breach.start_ms - 1


def _overlapping(pieces: Sequence[Piece], bounds: Span) -> list[Piece]:
    first = bisect_left(pieces, bounds.start_ms, key=lambda piece: piece.span.end_ms)
    inside = takewhile(lambda piece: piece.span.start_ms < bounds.end_ms, pieces[first:])
    return [piece for piece in inside if piece.span.end_ms > bounds.start_ms]


def _breach_verdicts(
    own: Sequence[Span],
    period: Span,
    moving: MovingSum,
    pieces: Sequence[Piece],
    counted: Sequence[Span],
    params: Params,
    timeline: Timeline,
) -> Iterator[Verdict]:
    for number, breach in enumerate(own):
        touched = _overlapping(pieces, breach if breach.length_ms else Span(_begins(breach), breach.end_ms))
        measured_ms = max(_sum_at(piece, min(breach.end_ms, piece.span.end_ms)) for piece in touched)
        # The period's first breach takes over from its prompt; each further one is named by its own start.
        yield Verdict(
            severity=Severity.BREACH,
            start_ms=breach.start_ms,
            end_ms=breach.end_ms,
            period_start_ms=breach.start_ms if number else period.start_ms,
            period_end_ms=max(period.end_ms, breach.end_ms),
            measured_ms=measured_ms,
            limit_ms=params.limit_ms,
            trace=_trace(moving, counted, breach.end_ms),
            open=breach.end_ms == timeline.known_until_ms,
            detail={"window_start_ms": moving.begins_before(breach.start_ms)},
        )


def _lower_tier(
    period: Span,
    inside: Sequence[Piece],
    moving: MovingSum,
    counted: Sequence[Span],
    params: Params,
    timeline: Timeline,
) -> Iterator[Verdict]:
    """LIMIT_REACHED or PROMPT of a period without a breach, if it came so far."""
    for severity, tier_ms in (
        (Severity.LIMIT_REACHED, params.limit_ms),
        (Severity.PROMPT, params.limit_ms - params.prompt_lead_ms),
    ):
        at_ms = next((at for piece in inside if (at := piece.reached_at(tier_ms)) is not None), None)
        if at_ms is None:
            continue
        peak = max(inside, key=lambda piece: piece.peak_ms)
        yield Verdict(
            severity=severity,
            start_ms=at_ms,
            end_ms=at_ms,
            period_start_ms=period.start_ms,
            period_end_ms=period.end_ms,
            measured_ms=peak.peak_ms,
            limit_ms=params.limit_ms,
            trace=_trace(moving, counted, peak.span.end_ms),
            open=period.end_ms > timeline.known_until_ms,
            detail={"window_start_ms": moving.begins_before(peak.span.end_ms)},
        )
        return


def _sum_at(piece: Piece, moment_ms: int) -> int:
    return piece.sum_ms + (moment_ms - piece.span.start_ms if piece.rises else 0)


def _trace(moving: MovingSum, counted: Sequence[Span], until_ms: int) -> tuple[Step, ...]:
    """What the window that ends at ``until_ms`` holds."""
    held = within(counted, Span(moving.begins_before(until_ms), until_ms))
    sums = accumulate(span.length_ms for span in held)
    return tuple(Step(span.start_ms, span.end_ms, sum_ms) for span, sum_ms in zip(held, sums, strict=True))
