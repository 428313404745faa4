"""Rule family "rest_days": in each fixed week at least `days` whole calendar days without work.

In words
    A week is fixed, Monday to Sunday in the pack's zone. A day counts as a rest day if no act in `states`
    falls on it, from midnight to midnight: 24 free hours across a midnight are none. On each day worked, the
    rest days the week can still have are those taken before it and all the days after it.
    PROMPT         fewer than `days` taken, and no more than `prompt_days_left` can still be had
    BREACH         fewer than `days` can still be had
    A tier is reached with the first act of such a day: it takes the day away. Since the days to come always
    count as free, a running week is in breach only when nothing can save it, and the breach never goes away.
    The breach ends with the last act of the week.
    Detail: `worked_days`, `rest_days_left`, `required_days`. Measured and limit are whole days, as ms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from services.workhours.core.calendar_windows import windows_over
from services.workhours.core.param_reader import ParamReader
from services.workhours.core.running_total import trace_of
from services.workhours.core.timeline import Span, Timeline, within
from services.workhours.core.verdict import Severity, Verdict
from services.workhours.core.work_periods import DAY_MS

NAME: Final = "rest_days"
_DAYS_OF_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Params:
    states: frozenset[str]
    """Are work."""
    days: int
    """Rest days due in a week, 1 to 7."""
    prompt_days_left: int
    """How few possible rest days call for a prompt; 0: no prompt."""
    zone: ZoneInfo
    """In which weeks and days begin."""


def parse(params: ParamReader) -> Params:
    """Reads states, days and, optionally, prompt_days_left."""
    parsed = Params(
        states=params.states("states"),
        days=params.count("days"),
        prompt_days_left=params.count("prompt_days_left", least=0, default=0),
        zone=params.zone,
    )
    if not parsed.states:
        raise params.refuse("states", None, "name the states that are work")
    for name, count in (("days", parsed.days), ("prompt_days_left", parsed.prompt_days_left)):
        if count > _DAYS_OF_WEEK:
            raise params.refuse(name, count, "a week has 7 days")
    params.finish()
    return parsed


def judge(timeline: Timeline, params: Params, earlier: Mapping[str, Sequence[Verdict]]) -> list[Verdict]:
    """The highest tier of each week with any work, ascending. ``earlier`` is not used."""
    work = timeline.spans(params.states)
    if not work:
        return []
    verdicts = (
        _judge_week(week, within(work, week), params, timeline.known_until_ms)
        for week in windows_over("week", Span(work[0].start_ms, work[-1].end_ms), params.zone)
    )
    return [verdict for verdict in verdicts if verdict is not None]


def _judge_week(week: Span, work: Sequence[Span], params: Params, known_until_ms: int) -> Verdict | None:
    taken = worked = 0
    left = _DAYS_OF_WEEK
    prompt_ms: int | None = None
    breach_ms: int | None = None
    for at, day in enumerate(windows_over("day", week, params.zone)):
        acts = within(work, day)
        if not acts:
            taken += 1
            continue
        worked += 1
        left = taken + _DAYS_OF_WEEK - 1 - at
        if prompt_ms is None and taken < params.days and left <= params.prompt_days_left:
            prompt_ms = acts[0].start_ms
        if breach_ms is None and left < params.days:
            breach_ms = acts[0].start_ms
    if breach_ms is not None:
        severity, start_ms, end_ms = Severity.BREACH, breach_ms, work[-1].end_ms
    elif prompt_ms is not None:
        severity, start_ms, end_ms = Severity.PROMPT, prompt_ms, prompt_ms
    else:
        return None
    return Verdict(
        severity=severity,
        start_ms=start_ms,
        end_ms=end_ms,
        period_start_ms=week.start_ms,
        period_end_ms=week.end_ms,
        measured_ms=worked * DAY_MS,
        limit_ms=(_DAYS_OF_WEEK - params.days) * DAY_MS,
        trace=trace_of(work),
        open=week.end_ms > known_until_ms,
        detail={"worked_days": worked, "rest_days_left": left, "required_days": params.days},
    )
