"""What is told of reports: one, lists, and what is due when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from kit.clock import Clock
from kit.working_days import WorkingDays
from services.registry.core.areas import covers
from services.registry.core.duty_sight import sees_duty
from services.registry.core.pages import Page, page_of
from services.registry.core.parties import Party, Role
from services.registry.core.quarters import Quarter, parse_quarter, quarter_of
from services.registry.core.reporting import Reporting, Subject, due_day, local_day, subjects_of
from services.registry.core.reports import (
    Report,
    ReportState,
    last_given,
    sees_report,
    sees_subject,
)
from services.registry.core.sight import Viewer
from services.registry.refusals import field_errors
from services.registry.reports.ports import ReportStore, SaidFinding
from services.registry.reports.refusals import unknown_finding, unknown_report

QUARTERS_LISTED = 5
"""The one that is running and a year before it, if none is asked for."""


class DueState(IntEnum):
    """The values equal ``quzhong.api.registry.v1.DueState``."""

    UPCOMING = 1
    DUE = 2
    OVERDUE = 3
    SUBMITTED = 4
    ACKNOWLEDGED = 5


@dataclass(frozen=True, slots=True)
class DueDate:
    """What is owed, and how it stands."""

    subject: Subject
    quarter: Quarter
    due: date
    state: DueState
    note_zh: str
    note_en: str
    receiver_ids: tuple[str, ...] = ()
    """The departments that receive it."""

    @property
    def sort_key(self) -> str:
        """By quarter, then by report."""
        return f"{self.quarter}/{self.subject.report_id(self.quarter)}"


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Which reports are asked for; what is empty does not restrict."""

    reporter_id: str = ""
    platform_id: str = ""
    area_code: str = ""
    quarter: str = ""
    state: int = 0

    def fits(self, subject: Subject, state: int) -> bool:
        """Whether a report on the subject, in the state, is asked for; the quarter is not looked at."""
        return (
            self.reporter_id in ("", subject.reporter_id)
            and self.platform_id in ("", subject.platform_id)
            and (not self.area_code or covers(self.area_code, subject.area_code))
            and self.state in (0, state)
        )


class ReportReading:
    """Everything within what the viewer sees."""

    def __init__(self, store: ReportStore, days: WorkingDays, reporting: Reporting, clock: Clock) -> None:
        self._store = store
        self._days = days
        self._reporting = reporting
        self._clock = clock

    def report(self, viewer: Viewer, report_id: str, version: int) -> Report:
        """A version of a report, or (0) the last one the viewer sees.

        Raises:
            NotFoundError: REPORT_UNKNOWN, also for what the viewer does not see.
        """
        with self._store.read() as view:
            versions = view.report_versions(report_id)
        visible = [one for one in versions if sees_report(viewer, one) and version in (0, one.version)]
        if not visible:
            raise unknown_report(report_id)
        return max(visible, key=lambda one: one.version)

    def reports(self, viewer: Viewer, wanted: ReportFilter, page: Page) -> tuple[Sequence[Report], str]:
        """Every version the viewer sees, by report and version; and the next page's token.

        Raises:
            InvalidArgumentError: for a quarter or a page that makes no sense.
        """
        with field_errors():
            quarter = str(parse_quarter("quarter", wanted.quarter)) if wanted.quarter else ""
        with self._store.read() as view:
            reports = view.reports(reporter_id=wanted.reporter_id, quarter=quarter)
        visible = [one for one in reports if sees_report(viewer, one) and wanted.fits(one.subject, one.state)]
        with field_errors():
            return page_of(visible, lambda one: one.sort_key, page.size, page.token)

    def duty_finding(self, viewer: Viewer, finding_id: str) -> SaidFinding:
        """A finding about a duty, as it was last said.

        Raises:
            NotFoundError: FINDING_UNKNOWN, also for what the viewer does not see.
        """
        with self._store.read() as view:
            said = view.duty_finding(finding_id)
            party = view.party(said.finding.party_id) if said else None
        if said is None or not sees_duty(viewer, said.finding, party):
            raise unknown_finding(finding_id)
        return said

    def due_dates(self, viewer: Viewer, wanted: ReportFilter, page: Page) -> tuple[Sequence[DueDate], str]:
        """What is owed by whom the viewer sees, by quarter and report; and the next page's token.

        Raises as ``reports``.
        """
        today = local_day(self._clock())
        with field_errors():
            if wanted.quarter:
                quarters = [parse_quarter("quarter", wanted.quarter)]
            else:
                quarters = _last_quarters(quarter_of(today))
        with self._store.read() as view:
            parties = view.parties()
            reports = [one for quarter in quarters for one in view.reports(quarter=str(quarter))]
        versions: dict[str, list[Report]] = {}
        for one in reports:
            versions.setdefault(one.report_id, []).append(one)
        found = [
            one
            for quarter in quarters
            for party in parties
            for one in self._owed(party, quarter, versions, today)
            if sees_subject(viewer, one.subject) and wanted.fits(one.subject, one.state)
        ]
        with field_errors():
            shown, token = page_of(found, lambda one: one.sort_key, page.size, page.token)
        units = self._reporting.receiving_units
        departments = [one for one in parties if one.role is Role.REGULATOR and one.profile.unit_id in units]
        return [replace(one, receiver_ids=_receivers(departments, one.subject)) for one in shown], token

    def _owed(
        self, party: Party, quarter: Quarter, versions: Mapping[str, list[Report]], today: date
    ) -> list[DueDate]:
        if quarter < max(quarter_of(local_day(party.create_ms)), self._reporting.first_quarter):
            return []
        due = due_day(quarter, self._days, self._reporting)
        note_zh, note_en = self._note(quarter, due)
        return [
            DueDate(
                subject,
                quarter,
                due,
                _state(last_given(versions.get(subject.report_id(quarter), [])), quarter, due, today),
                note_zh,
                note_en,
            )
            for subject in subjects_of(party, self._reporting)
        ]

    def _note(self, quarter: Quarter, due: date) -> tuple[str, str]:
        count = self._reporting.due_working_days
        zh = f"{quarter.title_zh}结束后第 {count} 个工作日。"
        en = f"Working day {count} after the end of {quarter}."
        if years := self._days.assumed(quarter.next.first_day, due):
            named = "、".join(map(str, years))
            zh += f"{named} 年的节假日和调休安排尚未公布或未收录，按周一至周五计算；公布后日期可能变动。"
            en += (
                f" The holidays of {named} are not known here yet: counted Monday to Friday, it may move "
                "once they are announced."
            )
        return zh, en


def _receivers(departments: Sequence[Party], subject: Subject) -> tuple[str, ...]:
    return tuple(
        sorted(
            department.party_id
            for department in departments
            if any(covers(own, subject.area_code) for own in department.area_codes)
        )
    )


def _last_quarters(running: Quarter) -> list[Quarter]:
    quarters = [running]
    while len(quarters) < QUARTERS_LISTED:
        quarters.append(quarters[-1].previous)
    return quarters


def _state(given: Report | None, quarter: Quarter, due: date, today: date) -> DueState:
    if given is not None and given.state is ReportState.ACKNOWLEDGED:
        return DueState.ACKNOWLEDGED
    if given is not None and given.state is ReportState.SUBMITTED:
        return DueState.SUBMITTED
    if today <= quarter.last_day:
        return DueState.UPCOMING
    return DueState.DUE if today <= due else DueState.OVERDUE
