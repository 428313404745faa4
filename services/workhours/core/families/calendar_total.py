"""Rule family "calendar_total": no more than `limit` of some states in a day, week, fortnight or month.

In words
    `states` are summed, overlaps once, over each `window` of the pack's time zone: a day from midnight to
    midnight, a fixed week from Monday to Sunday, a fortnight of any two consecutive such weeks (one begins
    every Monday), a calendar month. An interval over the border belongs to both windows, each with its part.
    PROMPT         sum >= limit - prompt_lead
    LIMIT_REACHED  sum >= limit
    BREACH         `exceed: past`   an act begins or goes on although the sum stands at the limit
                   `exceed: reach`  sum >= limit
    `acts` are the states that violate once the limit stands reached; without it, `states` themselves. Past a
    limit the breach begins with the first act beyond it; when reaching violates, it begins at the limit. It
    ends with the last act of the window. One verdict a window, its highest tier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from services.workhours.core.calendar_windows import WINDOWS, windows_over
from services.workhours.core.param_reader import ParamReader
from services.workhours.core.running_total import EXCEED, judge_total
from services.workhours.core.timeline import Span, Timeline, within
from services.workhours.core.verdict import Verdict

NAME: Final = "calendar_total"


@dataclass(frozen=True, slots=True)
class Params:
    states: frozenset[str]
    """Summed."""
    acts: frozenset[str]
    """Violate past the limit."""
    window: str
    """One of ``calendar_windows.WINDOWS``."""
    limit_ms: int
    exceed: str
    """One of ``running_total.EXCEED``."""
    prompt_lead_ms: int
    """How long before the limit the prompt is due; 0: no prompt."""
    zone: ZoneInfo
    """In which days, weeks and months begin."""


def parse(params: ParamReader) -> Params:
    """Reads states, window, limit, exceed and, optionally, acts and prompt_lead."""
    states = params.states("states")
    parsed = Params(
        states=states,
        acts=params.states("acts") or states,
        window=params.choice("window", WINDOWS),
        limit_ms=params.duration("limit"),
        exceed=params.choice("exceed", EXCEED),
        prompt_lead_ms=params.duration("prompt_lead", default_ms=0),
        zone=params.zone,
    )
    if not states:
        raise params.refuse("states", None, "name the states that are summed")
    if parsed.prompt_lead_ms >= parsed.limit_ms:
        raise params.refuse("prompt_lead", f"{parsed.prompt_lead_ms} ms", "give less than the limit")
    params.finish()
    return parsed


def judge(timeline: Timeline, params: Params, earlier: Mapping[str, Sequence[Verdict]]) -> list[Verdict]:
    """The highest tier of each window, ascending by the window's start. ``earlier`` is not used."""
    counted = timeline.spans(params.states)
    acts = timeline.spans(params.acts)
    if not counted:
        return []
    bounds = Span(counted[0].start_ms, counted[-1].end_ms)
    verdicts = (
        judge_total(
            within(counted, window),
            within(acts, window),
            window,
            limit_ms=params.limit_ms,
            exceed=params.exceed,
            prompt_lead_ms=params.prompt_lead_ms,
            open_=window.end_ms > timeline.known_until_ms,
        )
        for window in windows_over(params.window, bounds, params.zone)
    )
    return [verdict for verdict in verdicts if verdict is not None]
