"""Rule family "daily_rest": within `period` (24 h) of the end of the last daily rest there is a new one.

In words (Regulation (EC) 561/2006, Art. 8(2) and 8(4); what a daily rest is: `core.daily_rests`)
    Only the part of the rest that falls within the 24 hours counts. If it amounts to a regular rest or, with
    an earlier first part, to a split one, the day is in order. If it amounts to a reduced one, that is in
    order `reduced_times` (3) times between two weekly rests, a weekly rest being one of `weekly` (24 h).
    A rest that grows into a weekly one (Art. 8(3)) is judged by that same part.
    PROMPT  an act in the last `prompt_lead` before the rest that is due must begin
    BREACH  an act, although the rest that is still due no longer fits into the 24 hours: the last 9 hours, or
            the last 11 where neither a reduced rest nor the second part of a split one would do. It ends with
            the last act before the rest that ends the working day; if that rest was in time but too short,
            with the last act within the 24 hours.
    As soon as such an act is known the breach is certain, whatever follows, unless it turns out to have
    interrupted a rest with a crossing: until the rest is over, the verdict is open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.workhours.core.daily_rests import (
    REDUCED,
    REGULAR,
    SPLIT,
    Piece,
    RestRules,
    WorkingDay,
    kind_of,
    parse_rests,
    working_days,
)
from services.workhours.core.param_reader import ParamReader
from services.workhours.core.timeline import Span, Timeline, within
from services.workhours.core.verdict import Severity, Verdict

NAME: Final = "daily_rest"


@dataclass(frozen=True, slots=True)
class Params:
    rests: RestRules
    period_ms: int
    """Counted from the end of the last daily rest."""
    weekly_ms: int
    """A rest of this length allows reduced daily rests anew."""
    reduced_times: int
    """How many reduced rests are allowed between two weekly ones."""
    prompt_lead_ms: int
    """How long before the rest must begin the prompt is due; 0: no prompt."""


@dataclass(frozen=True, slots=True)
class DailyRest:
    """How one working day stands."""

    day: WorkingDay
    kind: str | None
    """What its rest amounts to within the period: regular, split or reduced; None: too little."""
    accepted: bool
    """False where it is too little, or one reduced rest too many."""
    due_ms: int
    """How much uninterrupted rest the day had to end with."""
    rest_ms: int
    """Of the accepted rest, both parts of a split one."""
    interruptions: int
    interruption_ms: int


def parse(params: ParamReader) -> Params:
    """Reads what `daily_rests.parse_rests` does, period, weekly, reduced_times; optionally prompt_lead."""
    parsed = Params(
        rests=parse_rests(params),
        period_ms=params.duration("period"),
        weekly_ms=params.duration("weekly"),
        reduced_times=params.count("reduced_times", least=0),
        prompt_lead_ms=params.duration("prompt_lead", default_ms=0),
    )
    if parsed.period_ms <= parsed.rests.regular_ms:
        raise params.refuse("period", f"{parsed.period_ms} ms", "give more than the regular rest")
    params.finish()
    return parsed


def judge(timeline: Timeline, params: Params, earlier: Mapping[str, Sequence[Verdict]]) -> list[Verdict]:
    """The highest tier of every working day, ascending. ``earlier`` is not used."""
    busy = timeline.spans(params.rests.busy)
    verdicts = (_judge_day(rest, busy, params) for rest in daily_rests(timeline, params))
    return [verdict for verdict in verdicts if verdict is not None]


def _judge_day(rest: DailyRest, busy: Sequence[Span], params: Params) -> Verdict | None:
    day = rest.day
    deadline_ms = day.start_ms + params.period_ms
    latest_ms = deadline_ms - rest.due_ms
    warned = within(busy, Span(latest_ms - params.prompt_lead_ms, latest_ms))
    late = within(busy, Span(latest_ms, day.end_ms)) or within(busy, Span(latest_ms, deadline_ms))
    severity = Severity.PROMPT
    if late and not rest.accepted:
        severity = Severity.BREACH
    elif not warned:
        return None
    return Verdict(
        severity=severity,
        start_ms=(late if severity is Severity.BREACH else warned)[0].start_ms,
        end_ms=late[-1].end_ms if severity is Severity.BREACH else warned[0].start_ms,
        period_start_ms=day.start_ms,
        period_end_ms=deadline_ms,
        measured_ms=rest.rest_ms,
        limit_ms=rest.due_ms,
        open=day.rest is None,
        detail={
            "accepted": rest.accepted,
            "type": rest.kind or "none",
            "rest_s": rest.rest_ms // 1000,
            "interruptions": rest.interruptions,
            "interruption_s": rest.interruption_ms // 1000,
        },
    )


def daily_rests(timeline: Timeline, params: Params) -> list[DailyRest]:
    """How each working day stands, ascending; of the last one what is known of it."""
    rests: list[DailyRest] = []
    reduced = 0
    for day in working_days(timeline, params.rests):
        rest = _assess(day, params, reduced)
        rests.append(rest)
        if day.rest is not None and max(block.length_ms for block in day.rest.blocks) >= params.weekly_ms:
            reduced = 0
        elif rest.accepted and rest.kind == REDUCED:
            reduced += 1
    return rests


def _assess(day: WorkingDay, params: Params, reduced: int) -> DailyRest:
    """How ``day`` stands, ``reduced`` rests having been had since the last weekly rest."""
    rules = params.rests
    whole = Span(day.start_ms, day.start_ms + params.period_ms)
    counted = within(day.rest.blocks, whole) if day.rest is not None else ()
    rest = Piece(counted) if counted else None
    first = day.first_part(rest, rules) if rest is not None else None
    kind = kind_of(rest, first, rules) if rest is not None else None
    second_start_ms = whole.end_ms - rules.reduced_ms
    short_will_do = reduced < params.reduced_times or any(
        piece.end_ms <= second_start_ms for piece in day.firsts
    )
    if rest is not None and kind != REGULAR and kind != SPLIT:
        rest = Piece((max(rest.blocks, key=lambda block: block.length_ms),))
    parts = [part for part in (first if kind == SPLIT else None, rest) if part is not None]
    interruptions = [span for part in parts for span in part.interruptions]
    return DailyRest(
        day=day,
        kind=kind,
        accepted=kind is not None and (kind != REDUCED or reduced < params.reduced_times),
        due_ms=rules.reduced_ms if short_will_do else rules.regular_ms,
        rest_ms=sum(part.rest_ms for part in parts),
        interruptions=len(interruptions),
        interruption_ms=sum(span.length_ms for span in interruptions),
    )
