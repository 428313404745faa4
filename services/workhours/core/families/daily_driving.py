"""Rule family "daily_driving": no more than `limit` of driving between two daily rests, or `extended`.

In words (Regulation (EC) 561/2006, Art. 4(k) and 6(1); what a daily rest is: `core.daily_rests`)
    Driving is summed over each working day. It may pass `limit` (9 h) up to `extended` (10 h) on
    `extended_times` (2) days of a fixed week, Monday to Sunday in the pack's zone; a day belongs to the week
    in which it begins (the text is silent: this family's choice). The first days to pass the limit have it.
    Driving in the interruptions of a rest with a crossing does not count (Annex IC, Appendix 14, addendum 4).
    PROMPT         sum >= limit in force - prompt_lead
    LIMIT_REACHED  sum =  limit in force
    BREACH         an act although the sum stands at the limit in force; until the last act of the day
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from services.workhours.core.calendar_windows import week_start_ms
from services.workhours.core.daily_rests import RestRules, WorkingDay, parse_rests, working_days
from services.workhours.core.param_reader import ParamReader
from services.workhours.core.running_total import PAST, judge_total
from services.workhours.core.timeline import Span, Timeline, gaps, total_ms, within
from services.workhours.core.verdict import Verdict

NAME: Final = "daily_driving"


@dataclass(frozen=True, slots=True)
class Params:
    rests: RestRules
    drive: frozenset[str]
    limit_ms: int
    extended_ms: int
    """The limit on ``extended_times`` days of a week."""
    extended_times: int
    prompt_lead_ms: int
    """How long before the limit in force the prompt is due; 0: no prompt."""
    zone: ZoneInfo
    """In which weeks begin."""


def parse(params: ParamReader) -> Params:
    """Reads what `daily_rests.parse_rests` reads, drive, limit, extended, extended_times, prompt_lead."""
    parsed = Params(
        rests=parse_rests(params),
        drive=params.states("drive"),
        limit_ms=params.duration("limit"),
        extended_ms=params.duration("extended"),
        extended_times=params.count("extended_times", least=0),
        prompt_lead_ms=params.duration("prompt_lead", default_ms=0),
        zone=params.zone,
    )
    if not parsed.drive or not parsed.drive <= parsed.rests.busy:
        raise params.refuse("drive", sorted(parsed.drive), "name at least one state, all of them busy ones")
    if parsed.extended_ms < parsed.limit_ms:
        raise params.refuse("extended", f"{parsed.extended_ms} ms", "give no less than the limit")
    if parsed.prompt_lead_ms >= parsed.limit_ms:
        raise params.refuse("prompt_lead", f"{parsed.prompt_lead_ms} ms", "give less than the limit")
    params.finish()
    return parsed


def judge(timeline: Timeline, params: Params, earlier: Mapping[str, Sequence[Verdict]]) -> list[Verdict]:
    """The highest tier of each working day, ascending. ``earlier`` is not used."""
    drive = timeline.spans(params.drive)
    extended: Counter[int] = Counter()
    verdicts: list[Verdict] = []
    for day in working_days(timeline, params.rests):
        counted = _counted(day, drive, params.rests)
        week_ms = week_start_ms(day.start_ms, params.zone)
        limit_ms = params.extended_ms if extended[week_ms] < params.extended_times else params.limit_ms
        if total_ms(counted) > params.limit_ms:
            extended[week_ms] += 1
        verdict = judge_total(
            counted,
            counted,
            Span(day.start_ms, day.end_ms),
            limit_ms=limit_ms,
            exceed=PAST,
            prompt_lead_ms=params.prompt_lead_ms,
            open_=day.rest is None,
        )
        if verdict is not None:
            verdicts.append(verdict)
    return verdicts


def _counted(day: WorkingDay, drive: Sequence[Span], rules: RestRules) -> Sequence[Span]:
    """The driving of the day without that in the interruptions of a split rest's first part.

    Those of the rest that ends the day lie behind its end.
    """
    whole = Span(day.start_ms, day.end_ms)
    first = day.first_part(day.rest, rules) if day.rest is not None else None
    if first is None or not first.interruptions:
        return within(drive, whole)
    return [part for free in gaps(first.interruptions, whole) for part in within(drive, free)]
