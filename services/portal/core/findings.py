"""Findings with the evidence they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from services.portal.core.language import LocalText


class Severity(IntEnum):
    """Values equal those of quzhong.api.events.v1.Severity."""

    UNSPECIFIED = 0
    PROMPT = 1
    LIMIT_REACHED = 2
    BREACH = 3


class FindingState(IntEnum):
    """Values equal those of quzhong.api.events.v1.FindingState."""

    UNSPECIFIED = 0
    STANDS = 1
    WITHDRAWN = 2


@dataclass(frozen=True, slots=True)
class CounterStep:
    """While the interval lasted, the counter rose to ``accumulated_ms``."""

    start_ms: int
    end_ms: int
    accumulated_ms: int


@dataclass(frozen=True, slots=True)
class WorkingTimeEvidence:
    """A worker's spell against a limit. Moments in epoch milliseconds, spans in milliseconds."""

    spell_start_ms: int
    spell_end_ms: int
    open: bool
    """The spell was still going on at the watermark."""
    measured_ms: int
    limit_ms: int
    limit_time_ms: int | None
    """When the counter reached the limit; None for a prompt."""
    no_push_start_ms: int | None
    no_push_end_ms: int | None
    counter: tuple[CounterStep, ...]
    event_ids: tuple[str, ...]
    """"platform/event", in order of time."""
    platform_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditEvidence:
    """One cohort's figures, in the metric's unit; shares are 0–1."""

    metric_id: str
    cohort: str
    declared: float
    unit: str
    orders: int
    workers: int
    attainment: float
    attainment_low: float
    attainment_high: float
    p50: float
    p50_low: float
    p50_high: float
    middle_low: float
    middle_high: float
    floor: float
    below_floor: bool


@dataclass(frozen=True, slots=True)
class DutyEvidence:
    """A duty with a last day: a report to hand in, a licence to renew."""

    party_id: str
    """Whose duty it is: a platform, or a partner firm of it."""
    subject_id: str
    """The report's id, or the licence's number."""
    due_date: str
    """The last day, ISO 8601."""


Evidence = WorkingTimeEvidence | AuditEvidence | DutyEvidence


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule or an audit found, in its latest revision."""

    finding_id: str
    revision: int
    state: FindingState
    severity: Severity
    rule_id: str
    pack_id: str
    pack_version: str
    platform_id: str
    area_code: str
    worker_id: str
    """Pseudonym; empty where the finding is about a threshold, or the reader may not see single workers."""
    event_time_ms: int | None
    create_time_ms: int | None
    title: LocalText
    citation: LocalText
    changes: tuple[str, ...]
    evidence: Evidence | None
