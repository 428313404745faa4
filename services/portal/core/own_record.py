"""A worker's own record, day by day, and what is advised for them now. Moments in epoch milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from services.portal.core.explanations import RuleCounter, Timeline, TimelineInterval
from services.portal.core.findings import Finding, WorkingTimeEvidence
from services.portal.core.language import LocalText

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
SHANGHAI_OFFSET_MS = 8 * HOUR_MS
"""UTC+8 without summer time since 1991."""

PERIODS = (7, 14, 28)
"""Days that may be looked back; workhours judges two weeks, findings stand longer."""


class AdviceKind(IntEnum):
    """Values equal those of quzhong.api.workhours.v1.AdvisoryKind."""

    UNSPECIFIED = 0
    MINUTES_LEFT = 1
    LIMIT_REACHED = 2
    NO_PUSH = 3
    CLEARED = 4


@dataclass(frozen=True, slots=True)
class Advice:
    """What a platform should do for one of its workers."""

    advisory_id: str
    worker_id: str
    platform_id: str
    rule_id: str
    kind: AdviceKind
    minutes_left_ms: int | None
    """At ``event_time_ms``, if the work went on."""
    must_rest_until_ms: int | None
    no_push_start_ms: int | None
    no_push_end_ms: int | None
    finding_id: str
    event_time_ms: int
    text: LocalText

    @property
    def until_ms(self) -> int | None:
        """When it is over by itself; None: when another is given."""
        if self.no_push_end_ms is not None:
            return self.no_push_end_ms
        if self.must_rest_until_ms is not None:
            return self.must_rest_until_ms
        return None if self.minutes_left_ms is None else self.event_time_ms + self.minutes_left_ms


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A one-time code that was issued for the record."""

    party_id: str
    reason: str
    create_ms: int
    redeem_ms: int | None


@dataclass(frozen=True, slots=True)
class DayRecord:
    """One day in Shanghai."""

    start_ms: int
    timeline: Timeline
    """What lies in it, cut at midnight, from the hour of the first to the hour of the last."""
    worked_ms: int
    """With orders in hand; simultaneous ones count once (人社厅发〔2023〕50号)."""
    counters: tuple[RuleCounter, ...]
    """Of the stretches that begin on the day."""
    findings: tuple[Finding, ...]


def days_of(timeline: Timeline, findings: Sequence[Finding]) -> list[DayRecord]:
    """The days on which there is something, the latest first."""
    starts = sorted(
        {
            day
            for each in timeline.intervals
            for day in range(_midnight(each.start_ms), max(each.end_ms, each.start_ms + 1), DAY_MS)
        }
        | {_midnight(_began(each)) for each in findings}
        | {_midnight(each.period_start_ms) for each in timeline.counters},
        reverse=True,
    )
    return [_day(start, timeline, findings) for start in starts]


def worked_ms(intervals: Sequence[TimelineInterval]) -> int:
    """How long orders were in hand: the length of the union of the intervals."""
    total = reached = 0
    for each in sorted(intervals, key=lambda one: one.start_ms):
        total += max(0, each.end_ms - max(each.start_ms, reached))
        reached = max(reached, each.end_ms)
    return total


def standing_now(advice: Sequence[Advice], now_ms: int) -> list[Advice]:
    """What holds now, the soonest to end first: what is cleared, or over by itself, is left out."""
    ends = {each.advisory_id: _end_ms(each) for each in advice}
    holding = [
        each for each in advice if each.kind is not AdviceKind.CLEARED and ends[each.advisory_id] > now_ms
    ]
    return sorted(holding, key=lambda each: (ends[each.advisory_id], each.advisory_id))


def _end_ms(advice: Advice) -> int:
    """Advice that another has to end is over after a day without one: the order in hand was never ended."""
    return advice.event_time_ms + DAY_MS if advice.until_ms is None else advice.until_ms


def _day(start_ms: int, timeline: Timeline, findings: Sequence[Finding]) -> DayRecord:
    end_ms = start_ms + DAY_MS
    cut = tuple(
        replace(each, start_ms=max(each.start_ms, start_ms), end_ms=min(each.end_ms, end_ms))
        for each in timeline.intervals
        if each.start_ms < end_ms and max(each.end_ms, each.start_ms + 1) > start_ms
    )
    first = min((each.start_ms for each in cut), default=start_ms)
    last = max((each.end_ms for each in cut), default=end_ms)
    begin = first // HOUR_MS * HOUR_MS
    shown = replace(
        timeline, start_ms=begin, end_ms=max(-(-last // HOUR_MS) * HOUR_MS, begin + HOUR_MS), intervals=cut
    )
    in_hand = [each for each in cut if each.order_id and each.end_ms > each.start_ms]
    return DayRecord(
        start_ms,
        shown,
        worked_ms(in_hand),
        tuple(each for each in timeline.counters if start_ms <= each.period_start_ms < end_ms),
        tuple(each for each in findings if start_ms <= _began(each) < end_ms),
    )


def _began(finding: Finding) -> int:
    evidence = finding.evidence
    if isinstance(evidence, WorkingTimeEvidence):
        return evidence.spell_start_ms
    return finding.event_time_ms or 0


def _midnight(moment_ms: int) -> int:
    """The start of the day in Shanghai."""
    return (moment_ms + SHANGHAI_OFFSET_MS) // DAY_MS * DAY_MS - SHANGHAI_OFFSET_MS
