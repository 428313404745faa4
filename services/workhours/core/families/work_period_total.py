"""Rule family "work_period_total": no more than `limit` of work between two rests of `rest`.

In words
    The acts in `busy` states (by default `states`) are parted into periods at every gap of `rest` or more; in
    each period the time in `states` is summed, overlaps once. So a short `rest` makes a rule on uninterrupted
    work of it, a long one a rule on the working day, which may run over midnight.
    PROMPT         sum >= limit - prompt_lead
    LIMIT_REACHED  sum >= limit
    BREACH         `exceed: past`   work goes on although the sum stands at the limit
                   `exceed: reach`  sum >= limit
    The limit may be lower for the whole period, whatever was worked before
        night   with work between `night_from` and `night_until` on the clock: `night_limit`
        long    with a period, first act to last, of more than `long_span`: `long_span_limit`
    and the lowest that applies counts. The violation begins when the sum passes a limit, or, if it has passed
    it before, when the limit begins to apply: with the first night work, or with the first act after
    `long_span`.
    `dated_by`: a breach is dated by its whole period, or by the excess (default): from where the violation
    begins to the end of the work. Detail: `exceeded_from_ms`, `worked_s`, `night_work`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from services.workhours.core.param_reader import ParamReader
from services.workhours.core.running_total import EXCEED, PAST, trace_of
from services.workhours.core.timeline import Span, Timeline, total_ms, within
from services.workhours.core.verdict import Severity, Verdict
from services.workhours.core.work_periods import (
    DATED_BY,
    WorkPeriod,
    amounts_to,
    daily_hours,
    first_at_or_after,
    work_periods,
)

NAME: Final = "work_period_total"


@dataclass(frozen=True, slots=True)
class Night:
    """A lower limit for periods with work at night."""

    from_ms: int
    """Time of day, ms since midnight on the clock."""
    until_ms: int
    limit_ms: int


@dataclass(frozen=True, slots=True)
class LongSpan:
    """A lower limit for periods that last long, pauses included."""

    over_ms: int
    limit_ms: int


@dataclass(frozen=True, slots=True)
class Params:
    states: frozenset[str]
    """Summed."""
    busy: frozenset[str]
    """Are no rest; hold ``states``."""
    rest_ms: int
    """A gap of at least this parts two periods."""
    limit_ms: int
    exceed: str
    """One of ``running_total.EXCEED``."""
    prompt_lead_ms: int
    """How long before the limit the prompt is due; 0: no prompt."""
    night: Night | None
    long_span: LongSpan | None
    dated_by: str
    """One of ``work_periods.DATED_BY``."""
    zone: ZoneInfo
    """On whose clock the night is."""


class _Ceiling(NamedTuple):
    """A limit of one period, and the act from which on it applies."""

    limit_ms: int
    from_ms: int


def parse(params: ParamReader) -> Params:
    """Reads states, rest, limit, exceed and, optionally, busy, prompt_lead, dated_by, night_from with
    night_until and night_limit, long_span with long_span_limit."""
    states = params.states("states")
    night = long_span = None
    if params.has("night_limit"):
        night = Night(
            from_ms=params.time_of_day("night_from"),
            until_ms=params.time_of_day("night_until"),
            limit_ms=params.duration("night_limit"),
        )
    if params.has("long_span"):
        long_span = LongSpan(params.duration("long_span"), params.duration("long_span_limit"))
    parsed = Params(
        states=states,
        busy=params.states("busy") | states,
        rest_ms=params.duration("rest"),
        limit_ms=params.duration("limit"),
        exceed=params.choice("exceed", EXCEED),
        prompt_lead_ms=params.duration("prompt_lead", default_ms=0),
        night=night,
        long_span=long_span,
        dated_by=params.choice("dated_by", DATED_BY, default="excess"),
        zone=params.zone,
    )
    if not states:
        raise params.refuse("states", None, "name the states that are summed")
    if parsed.prompt_lead_ms >= parsed.limit_ms:
        raise params.refuse("prompt_lead", f"{parsed.prompt_lead_ms} ms", "give less than the limit")
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
    ceilings = _ceilings(period, work, params)
    worked_ms = total_ms(work)
    past = params.exceed == PAST
    broken = [
        each for each in ceilings if (worked_ms > each.limit_ms if past else worked_ms >= each.limit_ms)
    ]
    lowest = min(ceilings)
    detail: dict[str, int | str | bool] = {"worked_s": worked_ms // 1000}
    if params.night is not None:
        detail["night_work"] = _first_night_work(period, work, params.night, params.zone) is not None
    if broken:
        severity = Severity.BREACH
        start_ms = min(max(amounts_to(work, each.limit_ms, past=past), each.from_ms) for each in broken)
        end_ms = max(start_ms, work[-1].end_ms)
        detail["exceeded_from_ms"] = start_ms
        if params.dated_by == "period":
            start_ms, end_ms = period.span
    elif worked_ms >= lowest.limit_ms - params.prompt_lead_ms:
        reached = worked_ms >= lowest.limit_ms
        severity = Severity.LIMIT_REACHED if reached else Severity.PROMPT
        threshold_ms = lowest.limit_ms - (0 if reached else params.prompt_lead_ms)
        start_ms = end_ms = max(amounts_to(work, max(threshold_ms, 0)), lowest.from_ms)
    else:
        return None
    return Verdict(
        severity=severity,
        start_ms=start_ms,
        end_ms=end_ms,
        period_start_ms=period.span.start_ms,
        period_end_ms=period.span.end_ms,
        measured_ms=worked_ms,
        limit_ms=lowest.limit_ms,
        trace=trace_of(work),
        open=period.span.end_ms + params.rest_ms > known_until_ms,
        detail=detail,
    )


def _ceilings(period: WorkPeriod, work: Sequence[Span], params: Params) -> list[_Ceiling]:
    """The limits of the period: one at least."""
    start_ms = period.span.start_ms
    ceilings = [_Ceiling(params.limit_ms, start_ms)]
    if params.night is not None:
        night_ms = _first_night_work(period, work, params.night, params.zone)
        if night_ms is not None:
            ceilings.append(_Ceiling(params.night.limit_ms, night_ms))
    if params.long_span is not None:
        late_ms = first_at_or_after(period.busy, start_ms + params.long_span.over_ms)
        if late_ms is not None:
            ceilings.append(_Ceiling(params.long_span.limit_ms, late_ms))
    return ceilings


def _first_night_work(period: WorkPeriod, work: Sequence[Span], night: Night, zone: ZoneInfo) -> int | None:
    for hours in daily_hours(period.span, night.from_ms, night.until_ms, zone):
        worked = within(work, hours)
        if worked:
            return worked[0].start_ms
    return None
