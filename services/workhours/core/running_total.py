"""A sum of time that rises to a limit: the tier it has reached, and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.workhours.core.timeline import Span, total_ms, within
from services.workhours.core.verdict import Severity, Step, Verdict

PAST: Final = "past"
"""Acting although the sum stands at the limit violates, reaching it does not."""
REACH: Final = "reach"
"""Reaching the limit violates."""
EXCEED: Final = (PAST, REACH)


def judge_total(
    counted: Sequence[Span],
    acts: Sequence[Span],
    period: Span,
    *,
    limit_ms: int,
    exceed: str,
    prompt_lead_ms: int,
    open_: bool,
) -> Verdict | None:
    """The highest tier that ``counted`` reaches; both sequences disjoint, ascending, within ``period``.

    PROMPT         sum >= limit - prompt_lead
    LIMIT_REACHED  sum >= limit
    BREACH         `past`: one of ``acts`` begins or goes on although the sum stands at the limit; from there
                   `reach`: sum >= limit; from the moment it is
                   It ends with the last of ``acts``.
    """
    measured_ms = total_ms(counted)
    prompt_at_ms = limit_ms - prompt_lead_ms
    if measured_ms < prompt_at_ms:
        return None
    severity = Severity.PROMPT
    start_ms = end_ms = reached_at(counted, prompt_at_ms)
    if measured_ms >= limit_ms:
        severity = Severity.LIMIT_REACHED
        start_ms = end_ms = reached_ms = reached_at(counted, limit_ms)
        beyond = within(acts, Span(reached_ms, period.end_ms))
        if beyond or exceed == REACH:
            severity = Severity.BREACH
            start_ms = beyond[0].start_ms if exceed == PAST else reached_ms
            end_ms = beyond[-1].end_ms if beyond else reached_ms
    return Verdict(
        severity=severity,
        start_ms=start_ms,
        end_ms=end_ms,
        period_start_ms=period.start_ms,
        period_end_ms=period.end_ms,
        measured_ms=measured_ms,
        limit_ms=limit_ms,
        trace=trace_of(counted),
        open=open_,
    )


def reached_at(counted: Sequence[Span], length_ms: int) -> int:
    """The first moment at which the spans so far amount to ``length_ms``. Raises ValueError if never."""
    left_ms = length_ms
    for span in counted:
        if left_ms <= span.length_ms:
            return span.start_ms + left_ms
        left_ms -= span.length_ms
    raise ValueError(f"the spans do not amount to {length_ms} ms")


def trace_of(counted: Sequence[Span]) -> tuple[Step, ...]:
    """The sum after each span."""
    steps: list[Step] = []
    accumulated_ms = 0
    for span in counted:
        accumulated_ms += span.length_ms
        steps.append(Step(span.start_ms, span.end_ms, accumulated_ms))
    return tuple(steps)
