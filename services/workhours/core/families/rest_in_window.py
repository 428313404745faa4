"""Rule family "rest_in_window": a rest of `rest` within every `window`, looking back from any act.

In words
    The acts in `states` are parted into spells at every gap of `rest` or more. At any act the `window` before
    it has to hold a whole rest: so a spell may go on for `window - rest` after it began, and the next rest
    has to begin by then.
    PROMPT         spell >= window - rest - prompt_lead
    LIMIT_REACHED  spell >= window - rest
    BREACH         spell >  window - rest
    No rest is assumed after the last act known, nor needed to tell: the breach stands once that act is late.
    `dated_by`
        excess  (default) one breach a spell: from the first act past `window - rest` to the end of the last
        period  one breach for each calendar day with an act whose `window` holds no rest: it lasts from the
                day's first moment of an act (midnight, for one that began the day before) a whole `window`
    Detail: `exceeded_from_ms`, `longest_rest_s` (the longest gap in the window stated), `required_rest_s`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from services.workhours.core.calendar_windows import windows_over
from services.workhours.core.param_reader import ParamReader
from services.workhours.core.timeline import Span, Timeline, gaps, within
from services.workhours.core.verdict import Severity, Step, Verdict
from services.workhours.core.work_periods import (
    DATED_BY,
    WorkPeriod,
    first_at_or_after,
    longest_ms,
    work_periods,
)

NAME: Final = "rest_in_window"


@dataclass(frozen=True, slots=True)
class Params:
    states: frozenset[str]
    """Are no rest."""
    rest_ms: int
    window_ms: int
    """Longer than the rest."""
    prompt_lead_ms: int
    """How long before the rest has to begin the prompt is due; 0: no prompt."""
    dated_by: str
    """One of ``work_periods.DATED_BY``."""
    zone: ZoneInfo
    """Whose calendar days a breach is stated for."""

    @property
    def longest_spell_ms(self) -> int:
        return self.window_ms - self.rest_ms


def parse(params: ParamReader) -> Params:
    """Reads states, rest, window and, optionally, prompt_lead and dated_by."""
    parsed = Params(
        states=params.states("states"),
        rest_ms=params.duration("rest"),
        window_ms=params.duration("window"),
        prompt_lead_ms=params.duration("prompt_lead", default_ms=0),
        dated_by=params.choice("dated_by", DATED_BY, default="excess"),
        zone=params.zone,
    )
    if not parsed.states:
        raise params.refuse("states", None, "name the states that are no rest")
    if parsed.window_ms <= parsed.rest_ms:
        raise params.refuse("window", f"{parsed.window_ms} ms", "make it longer than the rest")
    if parsed.prompt_lead_ms >= parsed.longest_spell_ms:
        raise params.refuse("prompt_lead", f"{parsed.prompt_lead_ms} ms", "give less than window - rest")
    params.finish()
    return parsed


def judge(timeline: Timeline, params: Params, earlier: Mapping[str, Sequence[Verdict]]) -> list[Verdict]:
    """Each spell's highest tier, a breach once for each day if dated so. ``earlier`` is not used."""
    return [
        verdict
        for spell in work_periods(timeline.spans(params.states), params.rest_ms)
        for verdict in _judge_spell(spell, params, timeline.known_until_ms)
    ]


def _judge_spell(spell: WorkPeriod, params: Params, known_until_ms: int) -> list[Verdict]:
    spell_open = spell.span.end_ms + params.rest_ms > known_until_ms
    length_ms = spell.span.length_ms
    if length_ms > params.longest_spell_ms:
        if params.dated_by == "excess":
            return [_breach(spell, spell.span.start_ms, params, spell_open)]
        return [
            _breach(spell, start_ms, params, spell_open) for start_ms in _first_acts_of_days(spell, params)
        ]
    if length_ms < params.longest_spell_ms - params.prompt_lead_ms:
        return []
    reached = length_ms == params.longest_spell_ms
    lead_ms = 0 if reached else params.prompt_lead_ms
    due_ms = spell.span.start_ms + params.longest_spell_ms - lead_ms
    at_ms = spell.span.end_ms if reached else first_at_or_after(spell.busy, due_ms) or due_ms
    window = Span(spell.span.start_ms, spell.span.start_ms + params.window_ms)
    return [
        Verdict(
            severity=Severity.LIMIT_REACHED if reached else Severity.PROMPT,
            start_ms=at_ms,
            end_ms=at_ms,
            period_start_ms=window.start_ms,
            period_end_ms=window.end_ms,
            measured_ms=length_ms,
            limit_ms=params.longest_spell_ms,
            trace=_elapsed(spell, window.start_ms),
            open=spell_open,
            detail=_rests(spell, window, params),
        )
    ]


def _first_acts_of_days(spell: WorkPeriod, params: Params) -> list[int]:
    """Of each calendar day the first moment of an act, where the spell goes on too long after it.

    No other moment of a day can be in breach if its first is not: the later the moment, the sooner its rest.
    """
    days = windows_over("day", spell.span, params.zone)
    firsts = (acts[0].start_ms for day in days if (acts := within(spell.busy, day)))
    return [first for first in firsts if first + params.longest_spell_ms < spell.span.end_ms]


def _breach(spell: WorkPeriod, window_start_ms: int, params: Params, spell_open: bool) -> Verdict:
    window = Span(window_start_ms, window_start_ms + params.window_ms)
    late_ms = first_at_or_after(spell.busy, window_start_ms + params.longest_spell_ms)
    assert late_ms is not None, "a breach has an act past the longest spell"
    whole = params.dated_by == "period"
    return Verdict(
        severity=Severity.BREACH,
        start_ms=window.start_ms if whole else late_ms,
        end_ms=window.end_ms if whole else spell.span.end_ms,
        period_start_ms=window.start_ms,
        period_end_ms=window.end_ms,
        measured_ms=spell.span.end_ms - window_start_ms,
        limit_ms=params.longest_spell_ms,
        trace=_elapsed(spell, window_start_ms),
        open=spell_open,
        detail=_rests(spell, window, params) | {"exceeded_from_ms": late_ms},
    )


def _rests(spell: WorkPeriod, window: Span, params: Params) -> dict[str, int | str | bool]:
    return {
        "longest_rest_s": longest_ms(gaps(spell.busy, window)) // 1000,
        "required_rest_s": params.rest_ms // 1000,
    }


def _elapsed(spell: WorkPeriod, since_ms: int) -> tuple[Step, ...]:
    """The time since the window began, at the end of each act."""
    return tuple(
        Step(act.start_ms, act.end_ms, act.end_ms - since_ms)
        for act in spell.busy
        if act.start_ms >= since_ms
    )
