"""Rule family "work_period_break": the more is worked between two rests, the more break is due.

In words
    The acts in `busy` states (by default `states`) are parted into periods at every gap of `rest` or more. In
    a period the time in `states` is summed, and so are the breaks: the gaps between acts that last at least
    `piece`. Who works more than the first length of `worked_over` is due the first of `breaks`, more than the
    second the second, and so on. When in the period a break is taken does not matter.
    PROMPT         sum >= worked_over - prompt_lead, and the breaks so far are not enough to go past it
    LIMIT_REACHED  sum >= worked_over, likewise
    BREACH         sum >  worked_over, likewise
    A break may still come while the period goes on: until then the breach is open.
    `dated_by`: a breach is dated by its whole period, or by the excess (default): from the first work past
    what the breaks allow to the end of the work. Detail: `exceeded_from_ms`, `break_s`,
    `required_break_s`, `worked_s`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from services.workhours.core.param_reader import ParamReader
from services.workhours.core.running_total import trace_of
from services.workhours.core.timeline import Span, Timeline, total_ms, within
from services.workhours.core.verdict import Severity, Verdict
from services.workhours.core.work_periods import (
    DATED_BY,
    WorkPeriod,
    amounts_to,
    work_periods,
)

NAME: Final = "work_period_break"


class Due(NamedTuple):
    """Who works longer than this is due that much break."""

    worked_over_ms: int
    break_ms: int


@dataclass(frozen=True, slots=True)
class Params:
    states: frozenset[str]
    """Summed as work."""
    busy: frozenset[str]
    """Are no break; hold ``states``."""
    rest_ms: int
    """A gap of at least this parts two periods, and is no break."""
    piece_ms: int
    """The shortest gap that counts as break."""
    dues: tuple[Due, ...]
    """Ascending."""
    prompt_lead_ms: int
    """How long before a length worked the prompt is due; 0: no prompt."""
    dated_by: str
    """One of ``work_periods.DATED_BY``."""


def parse(params: ParamReader) -> Params:
    """Reads states, rest, piece, worked_over, breaks and, optionally, busy, prompt_lead and dated_by."""
    states = params.states("states")
    lengths, breaks = params.durations("worked_over"), params.durations("breaks")
    if len(lengths) != len(breaks):
        raise params.refuse("breaks", f"{len(breaks)} lengths", f"give one for each of the {len(lengths)}")
    for name, ascending in (("worked_over", lengths), ("breaks", breaks)):
        if any(later <= sooner for sooner, later in pairwise((0, *ascending))):
            raise params.refuse(name, f"{ascending} ms", "give lengths above zero, the shortest first")
    parsed = Params(
        states=states,
        busy=params.states("busy") | states,
        rest_ms=params.duration("rest"),
        piece_ms=params.duration("piece"),
        dues=tuple(Due(*due) for due in zip(lengths, breaks, strict=True)),
        prompt_lead_ms=params.duration("prompt_lead", default_ms=0),
        dated_by=params.choice("dated_by", DATED_BY, default="excess"),
    )
    if not states:
        raise params.refuse("states", None, "name the states that are work")
    if parsed.prompt_lead_ms >= lengths[0]:
        raise params.refuse("prompt_lead", f"{parsed.prompt_lead_ms} ms", "give less than the first length")
    params.finish()
    return parsed


def judge(timeline: Timeline, params: Params, earlier: Mapping[str, Sequence[Verdict]]) -> list[Verdict]:
    """The highest tier of each period, ascending. ``earlier`` is not used."""
    work = timeline.spans(params.states)
    verdicts = (
        _judge_period(period, within(work, period.span), params, timeline.known_until_ms)
        for period in work_periods(timeline.spans(params.busy), params.rest_ms)
    )
    return [verdict for verdict in verdicts if verdict is not None]


def _judge_period(
    period: WorkPeriod, work: Sequence[Span], params: Params, known_until_ms: int
) -> Verdict | None:
    worked_ms = total_ms(work)
    pauses = (later.start_ms - sooner.end_ms for sooner, later in pairwise(period.busy))
    break_ms = sum(pause for pause in pauses if pause >= params.piece_ms)
    short = [due for due in params.dues if break_ms < due.break_ms]
    broken = [due for due in short if worked_ms > due.worked_over_ms]
    ahead = next((due for due in short if worked_ms <= due.worked_over_ms), None)
    if broken:
        due = broken[-1]
        severity = Severity.BREACH
        exceeded_ms = start_ms = amounts_to(work, broken[0].worked_over_ms, past=True)
        end_ms = work[-1].end_ms
        if params.dated_by == "period":
            start_ms, end_ms = period.span
    elif ahead is not None and worked_ms >= ahead.worked_over_ms - params.prompt_lead_ms:
        due = ahead
        reached = worked_ms == due.worked_over_ms
        severity = Severity.LIMIT_REACHED if reached else Severity.PROMPT
        exceeded_ms = None
        start_ms = amounts_to(work, due.worked_over_ms - (0 if reached else params.prompt_lead_ms))
        end_ms = start_ms
    else:
        return None
    return Verdict(
        severity=severity,
        start_ms=start_ms,
        end_ms=end_ms,
        period_start_ms=period.span.start_ms,
        period_end_ms=period.span.end_ms,
        measured_ms=worked_ms,
        limit_ms=due.worked_over_ms,
        trace=trace_of(work),
        open=period.span.end_ms + params.rest_ms > known_until_ms,
        detail={
            "worked_s": worked_ms // 1000,
            "break_s": break_ms // 1000,
            "required_break_s": due.break_ms // 1000,
        }
        | ({} if exceeded_ms is None else {"exceeded_from_ms": exceeded_ms}),
    )
