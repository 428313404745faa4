"""Rule family "split_break": after at most `limit` of driving a break, perhaps in pieces, in order.

In words (after Regulation (EC) 561/2006, Art. 7; a break: Art. 4(d); a driving period: Art. 4(q))
    All time outside the `busy` states is a pause, what is not known included. A driving period begins with
    driving and ends with a pause of `break` or more, or with pauses that fill `pieces` one after the other,
    each at least as long as the piece whose turn it is: 15 min THEN 30 min, never the other way round.
    Shorter pauses count for nothing, as do pauses before the period's first driving. Other work neither
    counts as driving nor is it a break.
    PROMPT         driving of the period >= limit - prompt_lead
    LIMIT_REACHED  driving =  limit
    BREACH         driving although the limit stands reached; until the last driving of the period. One breach
                   a period, however often it pauses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.workhours.core.param_reader import ParamReader
from services.workhours.core.running_total import PAST, judge_total
from services.workhours.core.timeline import Span, Timeline, gaps, within
from services.workhours.core.verdict import Verdict

NAME: Final = "split_break"


@dataclass(frozen=True, slots=True)
class Params:
    drive: frozenset[str]
    busy: frozenset[str]
    """All that is not a pause, driving included."""
    limit_ms: int
    break_ms: int
    """A pause of this length is a break at once."""
    pieces_ms: tuple[int, ...]
    """Pauses that together are a break, in this order."""
    prompt_lead_ms: int
    """How long before the limit the prompt is due; 0: no prompt."""


def parse(params: ParamReader) -> Params:
    """Reads drive, busy, limit, break, and optionally pieces and prompt_lead."""
    parsed = Params(
        drive=params.states("drive"),
        busy=params.states("busy"),
        limit_ms=params.duration("limit"),
        break_ms=params.duration("break"),
        pieces_ms=params.durations("pieces") if params.has("pieces") else (),
        prompt_lead_ms=params.duration("prompt_lead", default_ms=0),
    )
    if not parsed.drive or not parsed.drive <= parsed.busy:
        raise params.refuse("drive", sorted(parsed.drive), "name at least one state, all of them busy ones")
    if any(not 0 < piece_ms < parsed.break_ms for piece_ms in parsed.pieces_ms):
        raise params.refuse("pieces", parsed.pieces_ms, "give pieces shorter than the whole break")
    if parsed.prompt_lead_ms >= parsed.limit_ms:
        raise params.refuse("prompt_lead", f"{parsed.prompt_lead_ms} ms", "give less than the limit")
    params.finish()
    return parsed


def judge(timeline: Timeline, params: Params, earlier: Mapping[str, Sequence[Verdict]]) -> list[Verdict]:
    """The highest tier of each driving period, ascending. ``earlier`` is not used."""
    drive = timeline.spans(params.drive)
    verdicts: list[Verdict] = []
    for period, over in _periods(drive, timeline, params):
        driven = within(drive, period)
        verdict = judge_total(
            driven,
            driven,
            period,
            limit_ms=params.limit_ms,
            exceed=PAST,
            prompt_lead_ms=params.prompt_lead_ms,
            open_=not over,
        )
        if verdict is not None:
            verdicts.append(verdict)
    return verdicts


def _periods(drive: Sequence[Span], timeline: Timeline, params: Params) -> Iterator[tuple[Span, bool]]:
    """The driving periods, from their first driving to their break, and whether they are over."""
    if not drive:
        return
    start_ms = drive[0].start_ms
    known = Span(start_ms, timeline.known_until_ms)
    taken = 0
    starts = iter(drive)
    for pause in gaps(timeline.spans(params.busy), known):
        if pause.start_ms <= start_ms:
            continue
        length_ms = pause.length_ms
        if length_ms < params.break_ms:
            if taken < len(params.pieces_ms) and length_ms >= params.pieces_ms[taken]:
                taken += 1
            if not params.pieces_ms or taken < len(params.pieces_ms):
                continue
        yield Span(start_ms, pause.start_ms), True
        taken = 0
        following = next((span.start_ms for span in starts if span.start_ms >= pause.end_ms), None)
        if following is None:
            return
        start_ms = following
    yield Span(start_ms, timeline.known_until_ms), False
