"""Employment reports: kept, checked, handed in, taken note of or sent back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kit.clock import Clock
from kit.errors import ConflictError, FailedPreconditionError, NotFoundError, PermissionDeniedError
from kit.requests import check_request_id
from services.registry.core.field_error import FieldError
from services.registry.core.parties import Party
from services.registry.core.quarters import Quarter, parse_quarter, quarter_of
from services.registry.core.report_checks import Check, check_report
from services.registry.core.report_figures import Figures
from services.registry.core.reporting import Reporting, Subject, local_day, subjects_of
from services.registry.core.reports import (
    Report,
    ReportState,
    checked_explanations,
    checked_text,
    last_given,
    received,
    saved,
    sees_report,
    submitted,
)
from services.registry.core.sight import Viewer
from services.registry.duties import Duties
from services.registry.mutations import field_errors, once
from services.registry.ports import Request
from services.registry.report_ports import ReportStore, ReportTransaction, ReportView

_SHOWN = 3
"""Checks that a refusal names; ValidateReport tells them all."""


@dataclass(frozen=True, slots=True)
class GivenReport:
    """A report as its reporter writes it."""

    platform_id: str
    """Empty: the caller."""
    area_code: str
    quarter: str
    figures: Figures
    explanations: Mapping[str, str]


class ReportDesk:
    """The use cases that write reports, and the checks."""

    def __init__(self, store: ReportStore, duties: Duties, reporting: Reporting, clock: Clock) -> None:
        self._store = store
        self._duties = duties
        self._reporting = reporting
        self._clock = clock

    def save(self, request: Request, viewer: Viewer, given: GivenReport) -> Report:
        """Keep a draft, with what the checks say of it.

        Raises:
            InvalidArgumentError: QUARTER_FORM, QUARTER_NOT_BEGUN, NOT_OWED, or for an explanation's form.
            AlreadyExistsError: REQUEST_ID_REUSED.
        """
        check_request_id(request.request_id)
        with field_errors():
            explanations = checked_explanations(given.explanations)
        now_ms = self._clock()

        def keep(transaction: ReportTransaction) -> Report:
            subject, quarter = self._about(transaction, viewer, given)
            versions = transaction.report_versions(subject.report_id(quarter))
            draft = saved(versions, subject, quarter, given.figures, explanations, now_ms)
            return replace(draft, checks=tuple(self._checks(transaction, subject, quarter, draft)))

        return self._kept(request, keep, now_ms)

    def submit(self, request: Request, viewer: Viewer, report_id: str, version: int) -> Report:
        """Hand a draft in; what was overdue of it is so no more.

        Raises:
            NotFoundError: REPORT_UNKNOWN, also for one of somebody else's.
            ConflictError: VERSION_CONFLICT, if the draft is another version.
            FailedPreconditionError: NO_DRAFT, QUARTER_NOT_OVER, REPORT_HAS_ERRORS.
            AlreadyExistsError: REQUEST_ID_REUSED.
        """
        check_request_id(request.request_id)
        now_ms = self._clock()

        def hand_in(transaction: ReportTransaction) -> Report:
            draft = _own_draft(transaction.report_versions(report_id), viewer, report_id, version)
            if quarter_of(local_day(now_ms)) <= draft.quarter:
                raise FailedPreconditionError(
                    f"quarter: {draft.quarter} is not over; submit from {draft.quarter.next.first_day} on",
                    zh=f"quarter：{draft.quarter} 尚未结束；请自 {draft.quarter.next.first_day} 起提交",
                    field="quarter",
                    reason="QUARTER_NOT_OVER",
                )
            checks = self._checks(transaction, draft.subject, draft.quarter, draft)
            if blocking := [check for check in checks if check.blocks]:
                raise _has_errors(blocking)
            return submitted(draft, checks, now_ms)

        return self._kept(request, hand_in, now_ms, "report: submitted")

    def acknowledge(self, request: Request, viewer: Viewer, report_id: str, version: int) -> Report:
        """Take note of a submitted report.

        Raises:
            NotFoundError: REPORT_UNKNOWN, also for one of somebody else's area.
            PermissionDeniedError: NOT_A_RECEIVER.
            ConflictError: VERSION_CONFLICT, if another version was submitted since.
            FailedPreconditionError: NOT_SUBMITTED.
            AlreadyExistsError: REQUEST_ID_REUSED.
        """
        return self._receive(request, viewer, report_id, version, ReportState.ACKNOWLEDGED, "")

    def send_back(
        self, request: Request, viewer: Viewer, report_id: str, version: int, reason: str
    ) -> Report:
        """Return a submitted report: it is due again. Raises as ``acknowledge``, and

        Raises:
            InvalidArgumentError: for the reason's form.
        """
        with field_errors():
            reason = checked_text("reason", reason)
        return self._receive(request, viewer, report_id, version, ReportState.RETURNED, reason)

    def validate(self, viewer: Viewer, given: GivenReport) -> list[Check]:
        """What the checks say, nothing kept. Raises as ``save``."""
        with field_errors():
            explanations = checked_explanations(given.explanations)
        with self._store.read() as view:
            subject, quarter = self._about(view, viewer, given)
            draft = saved([], subject, quarter, given.figures, explanations, self._clock())
            return self._checks(view, subject, quarter, draft)

    def _receive(
        self,
        request: Request,
        viewer: Viewer,
        report_id: str,
        version: int,
        state: ReportState,
        reason: str,
    ) -> Report:
        check_request_id(request.request_id)
        now_ms = self._clock()

        def take(transaction: ReportTransaction) -> Report:
            report = last_given(transaction.report_versions(report_id))
            if report is None or not sees_report(viewer, report):
                raise unknown_report(report_id)
            self._require_receiver(transaction, viewer)
            if report.version != version:
                raise _conflict(report.version, version)
            if report.state is not ReportState.SUBMITTED:
                raise FailedPreconditionError(
                    f"report_id: version {version} of {report_id!r} is {report.state.name.lower()} already; "
                    "only a submitted report is acknowledged or returned",
                    zh=f"report_id：{report_id!r} 第 {version} 版已处理（{report.state.name}）；"
                    "只能接收或退回已提交的报告",
                    field="report_id",
                    reason="NOT_SUBMITTED",
                )
            return received(report, state, viewer.party_id, reason, now_ms)

        return self._kept(request, take, now_ms, f"report: {state.name.lower()}")

    def _kept(
        self,
        request: Request,
        act: Callable[[ReportTransaction], Report],
        now_ms: int,
        fallen: str = "",
    ) -> Report:
        """The report that ``act`` makes, kept; ``fallen``, if given, is why findings of the duty fall."""
        with self._store.write() as transaction:

            def keep() -> str:
                report = act(transaction)
                transaction.put_report(report)
                reporter = transaction.party(report.subject.reporter_id)
                if fallen and reporter is not None:
                    self._duties.settle(transaction, reporter, now_ms, fallen)
                return report.sort_key

            key, _ = once(transaction, request, keep, now_ms)
            report_id, _, version = key.rpartition("/v")
            versions = transaction.report_versions(report_id)
        return next(one for one in versions if one.version == int(version))

    def _about(self, view: ReportView, viewer: Viewer, given: GivenReport) -> tuple[Subject, Quarter]:
        with field_errors():
            quarter = parse_quarter("quarter", given.quarter)
            today = local_day(self._clock())
            if quarter.first_day > today:
                raise FieldError(
                    "quarter",
                    "QUARTER_NOT_BEGUN",
                    f"{quarter} has not begun; the quarter that is running is {quarter_of(today)}",
                    f"{quarter} 尚未开始；当前季度为 {quarter_of(today)}",
                )
            subject = Subject(viewer.party_id, given.platform_id or viewer.party_id, given.area_code)
            reporter = view.party(viewer.party_id)
            owed = [] if reporter is None else subjects_of(reporter, self._reporting)
            if subject not in owed:
                raise _not_owed(subject, owed)
        return subject, quarter

    def _checks(self, view: ReportView, subject: Subject, quarter: Quarter, report: Report) -> list[Check]:
        before = last_given(view.report_versions(subject.report_id(quarter.previous)))
        seen = None
        if subject.reporter_id == subject.platform_id:
            # Nothing says which partner firm a worker of the platform is engaged by.
            seen = view.busiest_day(
                subject.platform_id, subject.area_code, quarter.first_day, quarter.last_day
            )
        return check_report(
            report.figures,
            report.explanations,
            previous=before.figures if before else None,
            seen_workers=seen,
            tolerance=self._reporting.tolerance,
        )

    def _require_receiver(self, view: ReportView, viewer: Viewer) -> None:
        party = view.party(viewer.party_id)
        if party is not None and party.department_id:
            party = view.party(party.department_id)
        unit_id = _unit_of(party)
        if unit_id and unit_id not in self._reporting.receiving_units:
            units = self._reporting.receiving_units
            raise PermissionDeniedError(
                f"report_id: {unit_id!r} receives no employment reports; {', '.join(units)} do",
                zh=f"report_id：{unit_id!r} 不是用工报告的接收部门；接收部门为 {'、'.join(units)}",
                field="report_id",
                reason="NOT_A_RECEIVER",
            )


def unknown_report(report_id: str) -> NotFoundError:
    """The refusal of a report that is nobody's, or that the caller does not see."""
    return NotFoundError(
        f"report_id: there is no report {report_id[:100]!r}; ListReports tells which there are",
        zh=f"report_id：没有报告 {report_id[:100]!r}；可用 ListReports 查询",
        field="report_id",
        reason="REPORT_UNKNOWN",
    )


def _unit_of(party: Party | None) -> str:
    return party.profile.unit_id if party is not None else ""


def _own_draft(versions: Sequence[Report], viewer: Viewer, report_id: str, version: int) -> Report:
    last = max(versions, key=lambda one: one.version, default=None)
    if last is None or last.subject.reporter_id != viewer.party_id:
        raise unknown_report(report_id)
    if last.version != version:
        raise _conflict(last.version, version)
    if last.state is not ReportState.DRAFT:
        raise FailedPreconditionError(
            f"report_id: {report_id!r} has no draft; SaveReport begins a further version",
            zh=f"report_id：{report_id!r} 没有草稿；请用 SaveReport 另存新版本",
            field="report_id",
            reason="NO_DRAFT",
        )
    return last


def _conflict(last: int, asked: int) -> ConflictError:
    return ConflictError(
        f"version: the report stands at version {last}, not {asked}; read it again, then decide",
        zh=f"version：该报告当前为第 {last} 版，而非第 {asked} 版；请重新读取后再处理",
        field="version",
        reason="VERSION_CONFLICT",
    )


def _not_owed(subject: Subject, owed: Sequence[Subject]) -> FieldError:
    known = ", ".join(f"{one.platform_id} in {one.area_code}" for one in owed[:10]) or "none"
    known_zh = "、".join(f"{one.platform_id} 报 {one.area_code}" for one in owed[:10]) or "无"
    at = "platform_id" if subject.platform_id not in {one.platform_id for one in owed} else "area_code"
    return FieldError(
        at,
        "NOT_OWED",
        f"you report nothing of {subject.platform_id[:40]!r} to {subject.area_code[:12]!r}; yours are: "
        f"{known}",
        f"您无须就 {subject.platform_id[:40]!r} 向 {subject.area_code[:12]!r} 报送；应报：{known_zh}",
    )


def _has_errors(blocking: Sequence[Check]) -> FailedPreconditionError:
    more = len(blocking) - _SHOWN
    en = "; ".join(check.en for check in blocking[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")
    zh = "；".join(check.zh for check in blocking[:_SHOWN]) + (f"；另有 {more} 项" if more > 0 else "")
    return FailedPreconditionError(
        f"figures.{en} (ValidateReport tells all)",
        zh=f"figures：{zh}（ValidateReport 给出全部）",
        field=f"figures.{blocking[0].field}",
        reason="REPORT_HAS_ERRORS",
    )
