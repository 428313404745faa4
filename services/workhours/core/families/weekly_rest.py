"""Rule family "weekly_rest": a weekly rest in time, and not too many short ones.

In words (Regulation (EC) 561/2006, Art. 4(h) and 8(6), 8(9))
    All time outside the `busy` states is rest, what is not known included. A rest of `reduced` (24 h) or more
    without interruption is a weekly rest, one of `regular` (45 h) or more a regular one.
    BREACH  an act after `within` (six periods of 24 h) from the end of the last weekly rest; until the last
            act before the next one. Before the first activity a weekly rest is taken to have been had.
    BREACH  in two consecutive fixed weeks, Monday to Sunday in the pack's zone, fewer than `per_fortnight`
            (2) weekly rests or no regular one among them. A rest that falls in two weeks counts in either,
            not in both: here in the earlier one if that is needed there. (One long enough for a regular rest
            in every week it touches counts in each: a holiday is no offence.) It is a breach from the first
            act after these weeks on, until the last act before the next weekly rest. Judged only where all of
            the two weeks lies after the first activity.
    PROMPT  an act in the last `prompt_lead` of `within`.
    Not judged: compensation of reduced weekly rests (Art. 8(6b)), two reduced ones in a row in international
    transport (8(6), third subparagraph), the twelve days of coaches (8(6a)), crossings (9(1)).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from services.workhours.core.calendar_windows import windows_over
from services.workhours.core.param_reader import ParamReader
from services.workhours.core.timeline import Span, Timeline, gaps, within
from services.workhours.core.verdict import Severity, Verdict

NAME: Final = "weekly_rest"


@dataclass(frozen=True, slots=True)
class Params:
    busy: frozenset[str]
    """All activities that are not rest."""
    regular_ms: int
    reduced_ms: int
    within_ms: int
    """From the end of one weekly rest to the beginning of the next, at most."""
    per_fortnight: int
    """Weekly rests in two consecutive weeks, at least."""
    prompt_lead_ms: int
    """How long before the next rest must begin the prompt is due; 0: no prompt."""
    zone: ZoneInfo
    """In which weeks begin."""


def parse(params: ParamReader) -> Params:
    """Reads busy, regular, reduced, within, per_fortnight and, optionally, prompt_lead."""
    parsed = Params(
        busy=params.states("busy"),
        regular_ms=params.duration("regular"),
        reduced_ms=params.duration("reduced"),
        within_ms=params.duration("within"),
        per_fortnight=params.count("per_fortnight"),
        prompt_lead_ms=params.duration("prompt_lead", default_ms=0),
        zone=params.zone,
    )
    if not parsed.busy:
        raise params.refuse("busy", None, "name the states that are not rest")
    if parsed.reduced_ms > parsed.regular_ms:
        raise params.refuse("reduced", f"{parsed.reduced_ms} ms", "give no more than the regular rest")
    if parsed.prompt_lead_ms >= parsed.within_ms:
        raise params.refuse("prompt_lead", f"{parsed.prompt_lead_ms} ms", "give less than within")
    params.finish()
    return parsed


def judge(timeline: Timeline, params: Params, earlier: Mapping[str, Sequence[Verdict]]) -> list[Verdict]:
    """Both kinds of verdict, ascending by start. ``earlier`` is not used."""
    busy = timeline.spans(params.busy)
    if not busy:
        return []
    known = Span(busy[0].start_ms, timeline.known_until_ms)
    rests = [rest for rest in gaps(busy, known) if rest.length_ms >= params.reduced_ms]
    verdicts = [*_late(busy, rests, known, params), *_short_fortnights(busy, rests, known, params)]
    return sorted(verdicts, key=lambda verdict: (verdict.start_ms, verdict.period_start_ms))


def _late(busy: Sequence[Span], rests: Sequence[Span], known: Span, params: Params) -> Iterator[Verdict]:
    """A verdict for each stretch between weekly rests that is too long, or about to be."""
    starts = [known.start_ms, *(rest.end_ms for rest in rests)]
    ends = [*(rest.start_ms for rest in rests), known.end_ms]
    for number, (start_ms, end_ms) in enumerate(zip(starts, ends, strict=True)):
        latest_ms = start_ms + params.within_ms
        prompt_ms = latest_ms - params.prompt_lead_ms
        acts = within(busy, Span(latest_ms, end_ms))
        warned = within(busy, Span(prompt_ms, end_ms))
        if not acts and not warned:
            continue
        worked_ms = within(busy, Span(start_ms, end_ms))[-1].end_ms - start_ms
        yield Verdict(
            severity=Severity.BREACH if acts else Severity.PROMPT,
            start_ms=acts[0].start_ms if acts else warned[0].start_ms,
            end_ms=acts[-1].end_ms if acts else warned[0].start_ms,
            period_start_ms=start_ms,
            period_end_ms=latest_ms,
            measured_ms=worked_ms,
            limit_ms=params.within_ms,
            open=number == len(rests),
            detail={"lacks": "weekly_rest_in_time"},
        )


@dataclass(frozen=True, slots=True)
class _Credit:
    """One weekly rest that may be counted once, in a week it has time in common with."""

    span: Span
    regular: bool

    def before(self, border_ms: int) -> _Credit:
        """The same for a week before the border, if it reaches into one: it cannot count after it as well."""
        if not self.span.start_ms < border_ms < self.span.end_ms:
            return self
        return _Credit(Span(self.span.start_ms, border_ms), self.regular)


def _short_fortnights(
    busy: Sequence[Span], rests: Sequence[Span], known: Span, params: Params
) -> Iterator[Verdict]:
    """A verdict for each two weeks with too few weekly rests."""
    credits_ = [credit for rest in rests for credit in _credits(rest, params)]
    for weeks in windows_over("fortnight", known, params.zone):
        if weeks.start_ms < known.start_ms or weeks.end_ms > known.end_ms:
            continue
        touching = [
            credit
            for credit in credits_
            if credit.span.start_ms < weeks.end_ms and credit.span.end_ms > weeks.start_ms
        ]
        if _suffice(touching, params):
            whole = [credit for credit in touching if credit.span.end_ms <= weeks.end_ms]
            if not _suffice(whole, params):
                credits_ = [credit.before(weeks.end_ms) for credit in credits_]
            continue
        next_rest_ms = next((rest.start_ms for rest in rests if rest.start_ms >= weeks.end_ms), known.end_ms)
        acts = within(busy, Span(weeks.end_ms, next_rest_ms))
        if not acts:
            continue
        yield Verdict(
            severity=Severity.BREACH,
            start_ms=acts[0].start_ms,
            end_ms=acts[-1].end_ms,
            period_start_ms=weeks.start_ms,
            period_end_ms=weeks.end_ms,
            measured_ms=max((credit.span.length_ms for credit in touching), default=0),
            limit_ms=params.regular_ms,
            open=next_rest_ms == known.end_ms,
            detail={
                "lacks": "weekly_rests" if len(touching) < params.per_fortnight else "regular_weekly_rest",
                "weekly_rests": len(touching),
            },
        )


def _credits(rest: Span, params: Params) -> Iterator[_Credit]:
    """What a weekly rest counts for: once, or once in each week if it has a regular rest for each of them."""
    weeks = list(windows_over("week", rest, params.zone))
    if rest.length_ms < len(weeks) * params.regular_ms:
        yield _Credit(rest, rest.length_ms >= params.regular_ms)
        return
    for week in weeks:
        yield _Credit(Span(max(rest.start_ms, week.start_ms), min(rest.end_ms, week.end_ms)), regular=True)


def _suffice(credits_: Sequence[_Credit], params: Params) -> bool:
    """Whether these weekly rests are enough for two weeks."""
    return len(credits_) >= params.per_fortnight and any(credit.regular for credit in credits_)
