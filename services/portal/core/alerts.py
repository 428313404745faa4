"""Alerts and the filter over them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from services.portal.core.findings import Severity
from services.portal.core.language import LocalText


class AlertKind(IntEnum):
    """Values equal those of quzhong.api.notify.v1.AlertKind."""

    UNSPECIFIED = 0
    FINDING = 1
    FINDING_AMENDED = 2
    CASE_OPENED = 3
    WARNING_SENT = 4
    CASE_WITHDRAWN = 5
    CASE_ANSWERED = 6
    SUMMONS_PROPOSED = 7
    SUMMONS_APPROVED = 8
    SUMMONS_SENT = 9
    TALK_HELD = 10
    FAILED_TO_APPEAR = 11
    RECTIFICATION_ORDERED = 12
    RECHECK_BEGUN = 13
    CASE_CLOSED = 14
    CASE_ESCALATED = 15
    CASE_CHANGED = 16
    COMMENDED = 17


@dataclass(frozen=True, slots=True)
class Alert:
    """One line of the feed."""

    alert_id: str
    kind: AlertKind
    severity: Severity
    platform_id: str
    area_code: str
    rule_id: str
    case_id: str
    """Empty where the alert belongs to no case yet."""
    finding_id: str
    title: LocalText
    event_time_ms: int | None
    """The moment it is about, epoch milliseconds."""
    create_time_ms: int | None
    """When the service raised it, epoch milliseconds."""


@dataclass(frozen=True, slots=True)
class AlertFilter:
    """What a reader wants to see; empty fields do not filter."""

    area_code: str = ""
    platform_id: str = ""
    rule_id: str = ""
    least_severity: Severity = Severity.UNSPECIFIED
    department_id: str = ""
    """Of cases that this department is responsible for."""
    cases_only: bool = False
    """About cases and letters, none of single findings."""


@dataclass(frozen=True, slots=True)
class AlertPage:
    """Newest first."""

    alerts: tuple[Alert, ...]
    next_page_token: str
    resume_token: str
    """Where watching goes on without a gap after the first page."""


@dataclass(frozen=True, slots=True)
class WatchedAlert:
    """An alert as it comes, with the place to resume after it."""

    alert: Alert
    resume_token: str
