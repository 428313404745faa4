"""Employment reports: what is owed, how it stands, and what a report says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from services.portal.core.language import LocalText


class ReportState(IntEnum):
    """Values equal those of quzhong.api.registry.v1.ReportState."""

    UNSPECIFIED = 0
    DRAFT = 1
    SUBMITTED = 2
    RETURNED = 3
    ACKNOWLEDGED = 4


class DueState(IntEnum):
    """Values equal those of quzhong.api.registry.v1.DueState."""

    UNSPECIFIED = 0
    UPCOMING = 1
    DUE = 2
    OVERDUE = 3
    SUBMITTED = 4
    ACKNOWLEDGED = 5


class CheckSeverity(IntEnum):
    """Values equal those of quzhong.api.registry.v1.CheckSeverity."""

    UNSPECIFIED = 0
    WARNING = 1
    ERROR = 2


FIGURES = (
    "workers_labour_relation",
    "workers_partial_relation",
    "workers_autonomous",
    "workers_total",
    "workers_in_quarter",
    "labour_contracts",
    "written_agreements",
    "insured_employee_pension",
    "insured_employee_medical",
    "insured_resident_pension",
    "insured_resident_medical",
    "insured_work_injury",
    "insured_occupational_injury",
    "insured_commercial",
    "injuries",
    "injuries_fatal",
    "injuries_covered",
    "training_sessions",
    "training_attendances",
    "pay_paid_fen",
    "pay_overdue_fen",
    "workers_with_overdue_pay",
)
"""The fields of ``EmploymentFigures`` in the order of the form. Each has its name in the text tables, under
``report_figure``."""


@dataclass(frozen=True, slots=True)
class Check:
    """Something a check found."""

    severity: CheckSeverity
    field: str
    text: LocalText
    explanation: str
    """Of the reporter; empty if none was given."""
    check_id: str = ""
    """The key of its explanation, e.g. ``workers_total.previous_quarter``."""

    @property
    def blocks(self) -> bool:
        """Whether the report cannot be handed in while it stands."""
        return self.severity is CheckSeverity.ERROR or not self.explanation


@dataclass(frozen=True, slots=True)
class Report:
    """One version of a report. Moments in epoch milliseconds."""

    report_id: str
    version: int
    state: ReportState
    reporter_id: str
    platform_id: str
    area_code: str
    quarter: str
    figures: Mapping[str, int | None]
    """By ``FIGURES``; None: not known yet."""
    amends_version: int
    """The version it replaces; 0: none."""
    update_ms: int | None
    submit_ms: int | None
    receiver_id: str
    """Who acknowledged or returned it."""
    receive_ms: int | None
    return_reason: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class DueDate:
    """What is owed, and how it stands."""

    report_id: str
    reporter_id: str
    platform_id: str
    area_code: str
    quarter: str
    due: date
    """The last day to submit, in Shanghai."""
    state: DueState
    note: LocalText
    """How the day was counted."""
    receiver_ids: tuple[str, ...]

    def days_left(self, today: date) -> int:
        """Days until the last day; negative: so many days late."""
        return (self.due - today).days

    @property
    def owed(self) -> bool:
        """Whether it has to be handed in still."""
        return self.state in (DueState.UPCOMING, DueState.DUE, DueState.OVERDUE)


@dataclass(frozen=True, slots=True)
class Duty:
    """A due date with the last version of its report that the reader sees."""

    due: DueDate
    report: Report | None


_ORDER = (
    DueState.OVERDUE,
    DueState.DUE,
    DueState.UPCOMING,
    DueState.SUBMITTED,
    DueState.ACKNOWLEDGED,
    DueState.UNSPECIFIED,
)
"""What has to be done first stands first."""


def duties(due_dates: Sequence[DueDate], reports: Sequence[Report]) -> list[Duty]:
    """Due dates with their reports: what is late first, then what is due, then what is done; by last day."""
    last: dict[str, Report] = {}
    for one in reports:
        if one.report_id not in last or last[one.report_id].version < one.version:
            last[one.report_id] = one
    ordered = sorted(due_dates, key=lambda one: (_ORDER.index(one.state), one.due, one.report_id))
    return [Duty(one, last.get(one.report_id)) for one in ordered]


@dataclass(frozen=True, slots=True)
class GivenReport:
    """A report as its reporter fills it in."""

    platform_id: str
    area_code: str
    quarter: str
    figures: Mapping[str, int]
    """By ``FIGURES``, money in fen; what is not known yet is not there."""
    explanations: Mapping[str, str]
    """By ``Check.check_id``."""
