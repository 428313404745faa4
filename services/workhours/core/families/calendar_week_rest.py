"""Rule family "calendar_week_rest": in each fixed week one rest of `rest`, work on at most `max_days` days.

In words
    A week is fixed, Monday to Sunday in the pack's zone. Of the gaps between acts in `states` the longest
    counts, as far as it lies in the week: a rest is cut off at the week's borders, and two halves in two
    weeks are no whole. A day is worked if any act falls on it, be it a minute after midnight.
    PROMPT         no such rest yet, and it has to begin within `prompt_lead` if it is to end with the week
    LIMIT_REACHED  no such rest yet, and it has to begin now
    BREACH         the week can no longer hold the rest, or one day more than `max_days` has been worked
    What is left of a week not over yet may still become a rest; so a breach never turns out to be none later.
    `dated_by`: a breach is dated by the whole week, or by the excess (default): from the first act that takes
    away the last possible rest, or the first on a day too many, to the last act of the week.
    Detail: `exceeded_from_ms`, `rest_s`, `required_rest_s`, `worked_days`, `too_many_days`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from services.workhours.core.calendar_windows import windows_over
from services.workhours.core.param_reader import ParamReader
from services.workhours.core.running_total import trace_of
from services.workhours.core.timeline import Span, Timeline, gaps, within
from services.workhours.core.verdict import Severity, Verdict
from services.workhours.core.work_periods import DATED_BY, DAY_MS, first_at_or_after, longest_ms

NAME: Final = "calendar_week_rest"
_DAYS_OF_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Params:
    states: frozenset[str]
    """Are no rest."""
    rest_ms: int
    max_days: int
    """1 to 7; 7: no such limit."""
    prompt_lead_ms: int
    """How long before the rest has to begin the prompt is due; 0: no prompt."""
    dated_by: str
    """One of ``work_periods.DATED_BY``."""
    zone: ZoneInfo
    """In which weeks and days begin."""


def parse(params: ParamReader) -> Params:
    """Reads states, rest and, optionally, max_days, prompt_lead and dated_by."""
    parsed = Params(
        states=params.states("states"),
        rest_ms=params.duration("rest"),
        max_days=params.count("max_days", default=_DAYS_OF_WEEK),
        prompt_lead_ms=params.duration("prompt_lead", default_ms=0),
        dated_by=params.choice("dated_by", DATED_BY, default="excess"),
        zone=params.zone,
    )
    if not parsed.states:
        raise params.refuse("states", None, "name the states that are no rest")
    if parsed.max_days > _DAYS_OF_WEEK:
        raise params.refuse("max_days", parsed.max_days, "a week has 7 days")
    if parsed.rest_ms + parsed.prompt_lead_ms >= _DAYS_OF_WEEK * DAY_MS:
        raise params.refuse("rest", f"{parsed.rest_ms} ms", "with prompt_lead it must fit into a week")
    params.finish()
    return parsed


def judge(timeline: Timeline, params: Params, earlier: Mapping[str, Sequence[Verdict]]) -> list[Verdict]:
    """The highest tier of each week with any act, ascending. ``earlier`` is not used."""
    busy = timeline.spans(params.states)
    if not busy:
        return []
    verdicts = (
        _judge_week(week, within(busy, week), params, timeline.known_until_ms)
        for week in windows_over("week", Span(busy[0].start_ms, busy[-1].end_ms), params.zone)
    )
    return [verdict for verdict in verdicts if verdict is not None]


def _judge_week(week: Span, busy: Sequence[Span], params: Params, known_until_ms: int) -> Verdict | None:
    if not busy:
        return None
    rest_ms = longest_ms(gaps(busy, week))
    days = [acts for day in windows_over("day", week, params.zone) if (acts := within(busy, day))]
    last_ms, latest_ms = busy[-1].end_ms, week.end_ms - params.rest_ms
    due_ms = latest_ms - params.prompt_lead_ms
    rested = longest_ms(gaps(busy, Span(week.start_ms, last_ms))) >= params.rest_ms
    measured_ms, limit_ms = last_ms - week.start_ms, latest_ms - week.start_ms
    detail: dict[str, int | str | bool] = {
        "rest_s": rest_ms // 1000,
        "required_rest_s": params.rest_ms // 1000,
        "worked_days": len(days),
        "too_many_days": len(days) > params.max_days,
    }
    broken = [first_at_or_after(busy, latest_ms)] if rest_ms < params.rest_ms else []
    if len(days) > params.max_days:
        if not broken:
            measured_ms, limit_ms = len(days) * DAY_MS, params.max_days * DAY_MS
        broken.append(days[params.max_days][0].start_ms)
    if broken:
        severity = Severity.BREACH
        start_ms = detail["exceeded_from_ms"] = min(moment for moment in broken if moment is not None)
        end_ms = last_ms
        if params.dated_by == "period":
            start_ms, end_ms = week
    elif not rested and last_ms >= due_ms:
        severity = Severity.LIMIT_REACHED if last_ms == latest_ms else Severity.PROMPT
        start_ms = latest_ms if last_ms == latest_ms else first_at_or_after(busy, due_ms) or due_ms
        end_ms = start_ms
    else:
        return None
    return Verdict(
        severity=severity,
        start_ms=start_ms,
        end_ms=end_ms,
        period_start_ms=week.start_ms,
        period_end_ms=week.end_ms,
        measured_ms=measured_ms,
        limit_ms=limit_ms,
        trace=trace_of(busy),
        open=week.end_ms > known_until_ms,
        detail=detail,
    )
