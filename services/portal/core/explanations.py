"""A finding judged again from the log, and its worker's time around it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from services.portal.core.findings import CounterStep, Finding, Severity, WorkingTimeEvidence
from services.portal.core.language import LocalText

HOUR_MS = 3_600_000
LONGEST_MS = 31 * 24 * HOUR_MS
"""The contract's longest timeline."""


class EventKind(IntEnum):
    """Values equal those of quzhong.api.events.v1.DispatchKind."""

    UNSPECIFIED = 0
    OFFERED = 1
    ACCEPTED = 2
    REJECTED = 3
    PICKED_UP = 4
    COMPLETED = 5
    CANCELLED = 6
    COMPLAINED = 7


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One event of the log, in its latest version."""

    platform_id: str
    event_id: str
    order_id: str
    kind: EventKind
    event_time_ms: int
    version: int
    """0 at first; a correction counts up."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a window was observed. What nobody stated is unknown, and unknown is not rest."""

    observed_ms: int
    unknown_ms: int


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What the rule in force says of the stretch now. Moments in epoch ms, spans in ms."""

    severity: Severity
    event_time_ms: int
    """When the tier is reached."""
    period_start_ms: int
    period_end_ms: int
    measured_ms: int
    limit_ms: int
    open: bool
    counter: tuple[CounterStep, ...]
    known_until_ms: int | None
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of a finding."""

    finding: Finding
    again: Recomputed | None
    """None if the rule reaches no tier there, or is not in force."""
    still_stands: bool
    differences: tuple[str, ...]
    """As ``core.changes`` reads them."""
    events: tuple[LoggedEvent, ...]
    """To a platform: its own only."""
    judged_by: str
    """Pack and version in force; empty if they do not have the rule."""
    notes: tuple[LocalText, ...]


@dataclass(frozen=True, slots=True)
class TimelineInterval:
    """One activity; start and end are equal for an instant, e.g. an offer."""

    start_ms: int
    end_ms: int
    state: str
    platform_id: str
    order_id: str
    open: bool
    """No end was reported."""


@dataclass(frozen=True, slots=True)
class RuleCounter:
    """How far one rule's counter ran over one stretch that reached a tier."""

    title: LocalText
    severity: Severity
    period_start_ms: int
    period_end_ms: int
    limit_ms: int
    counted_ms: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """What one worker did in a window."""

    start_ms: int
    end_ms: int
    intervals: tuple[TimelineInterval, ...]
    counters: tuple[RuleCounter, ...]
    coverage: Coverage
    known_until_ms: int | None


def window_around(explanation: Explanation) -> tuple[int, int] | None:
    """From when to when to draw: the stretch as stated and as judged again, with an hour on both sides.

    None if the finding is not about somebody's time.
    """
    evidence = explanation.finding.evidence
    if not isinstance(evidence, WorkingTimeEvidence):
        return None
    starts, ends = [evidence.spell_start_ms], [evidence.spell_end_ms, evidence.no_push_end_ms or 0]
    if explanation.again is not None:
        starts.append(explanation.again.period_start_ms)
        ends.append(explanation.again.period_end_ms)
    start = min(starts) - HOUR_MS
    return start, min(max(ends) + HOUR_MS, start + LONGEST_MS)
