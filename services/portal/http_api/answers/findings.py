"""Findings, what became of them, and a worker's time."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from services.portal.core.explanations import EventKind
from services.portal.core.findings import FindingState, Severity
from services.portal.http_api.answers.parts import WORD, Answer, Moment, Text

SeverityWord = Annotated[Severity, WORD]


class CounterStep(Answer):
    """While the interval lasted, the counter rose to ``accumulated_ms``."""

    start_time: Moment = Field(validation_alias="start_ms")
    end_time: Moment = Field(validation_alias="end_ms")
    accumulated_ms: int


class WorkingTimeEvidence(Answer):
    """A worker's spell against a limit."""

    kind: Literal["working_time"] = "working_time"
    spell_start_time: Moment = Field(validation_alias="spell_start_ms")
    spell_end_time: Moment = Field(validation_alias="spell_end_ms")
    open: bool = Field(description="The spell was still going on at the watermark.")
    measured_ms: int
    limit_ms: int
    limit_time: Moment | None = Field(
        validation_alias="limit_time_ms", description="When the counter reached the limit; null of a prompt."
    )
    no_push_start_time: Moment | None = Field(validation_alias="no_push_start_ms")
    no_push_end_time: Moment | None = Field(validation_alias="no_push_end_ms")
    counter: list[CounterStep]
    event_ids: list[str] = Field(description="`platform/event`, in order of time.")
    platform_ids: list[str]


class AuditEvidence(Answer):
    """One cohort's figures in the metric's unit; shares are 0–1."""

    kind: Literal["audit"] = "audit"
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


class DutyEvidence(Answer):
    """A duty with a last day: a report to hand in, a licence to renew."""

    kind: Literal["duty"] = "duty"
    party_id: str
    subject_id: str = Field(description="The report's id, or the licence's number.")
    due_date: str = Field(description="The last day, ISO 8601.")


class Finding(Answer):
    """What a rule or an audit found, in its latest revision."""

    finding_id: str
    revision: int
    state: Annotated[FindingState, WORD]
    severity: SeverityWord
    rule_id: str
    pack_id: str
    pack_version: str
    platform_id: str
    area_code: str
    worker_id: str = Field(description="A pseudonym; empty where you may see no single workers.")
    event_time: Moment | None = Field(validation_alias="event_time_ms")
    create_time: Moment | None = Field(validation_alias="create_time_ms")
    title: Text
    citation: Text
    changes: list[str] = Field(description="What this revision changed of the one before.")
    evidence: WorkingTimeEvidence | AuditEvidence | DutyEvidence | None


class RevisedFinding(Answer):
    """A finding as it stands, and as it stood."""

    finding: Finding
    earlier: list[Finding] = Field(description="Earlier revisions, the oldest first.")


class FindingList(Answer):
    findings: list[Finding] = Field(validation_alias="items")
    next_page_token: str


class Coverage(Answer):
    """How much of a window was observed. What nobody stated is unknown, and unknown is not rest."""

    observed_ms: int
    unknown_ms: int


class Recomputed(Answer):
    """What the rule in force says of the stretch now."""

    severity: SeverityWord
    event_time: Moment = Field(validation_alias="event_time_ms")
    period_start_time: Moment = Field(validation_alias="period_start_ms")
    period_end_time: Moment = Field(validation_alias="period_end_ms")
    measured_ms: int
    limit_ms: int
    open: bool
    counter: list[CounterStep]
    known_until_time: Moment | None = Field(validation_alias="known_until_ms")
    coverage: Coverage


class LoggedEvent(Answer):
    """One event of the log, in its latest version."""

    platform_id: str
    event_id: str
    order_id: str
    kind: Annotated[EventKind, WORD]
    event_time: Moment = Field(validation_alias="event_time_ms")
    version: int = Field(description="0 at first; a correction counts up.")


class Explanation(Answer):
    """A finding judged again from the log."""

    finding: Finding
    again: Recomputed | None = Field(
        description="Null if the rule reaches no tier there now, or is not in force."
    )
    still_stands: bool
    differences: list[str]
    events: list[LoggedEvent] = Field(description="To a platform: its own only.")
    judged_by: str = Field(description="Pack and version in force; empty if they do not have the rule.")
    notes: list[Text]


class TimelineInterval(Answer):
    """One activity; start and end are equal for an instant, such as an offer."""

    start_time: Moment = Field(validation_alias="start_ms")
    end_time: Moment = Field(validation_alias="end_ms")
    state: str
    platform_id: str
    order_id: str
    open: bool = Field(description="No end was reported.")


class RuleCounter(Answer):
    """How far one rule's counter ran over one stretch that reached a tier."""

    title: Text
    severity: SeverityWord
    period_start_time: Moment = Field(validation_alias="period_start_ms")
    period_end_time: Moment = Field(validation_alias="period_end_ms")
    limit_ms: int
    counted_ms: int


class Timeline(Answer):
    """What one worker did in a window, on all platforms."""

    start_time: Moment = Field(validation_alias="start_ms")
    end_time: Moment = Field(validation_alias="end_ms")
    intervals: list[TimelineInterval]
    counters: list[RuleCounter]
    coverage: Coverage
    known_until_time: Moment | None = Field(validation_alias="known_until_ms")
