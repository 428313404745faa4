"""Employment reports: kept, checked, handed in, taken note of or sent back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kit.clock import Clock
from kit.errors import FailedPreconditionError
from kit.requests import check_request_id
from services.registry.core.field_error import FieldError
from services.registry.core.quarters import Quarter, parse_quarter, quarter_of
from services.registry.core.report_checks import Check, check_report
from services.registry.core.report_figures import Figures
from services.registry.core.reporting import Reporting, Subject, local_day, subjects_of
from services.registry.core.reports import (
    DELIVERED,
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
from services.registry.mutations import once
from services.registry.ports import Request
from services.registry.refusals import field_errors
from services.registry.reports.duties import Duties
from services.registry.reports.ports import ReportStore, ReportTransaction, ReportView
from services.registry.reports.refusals import (
    has_errors,
    not_a_receiver,
    not_owed,
    unknown_report,
    version_conflict,
)


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
        """Keep a draft, with what the checks say of it; or answer what is delivered and says the same.

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
            if draft.state is not ReportState.DRAFT:
                return draft
            return replace(draft, checks=tuple(self._checks(transaction, subject, quarter, draft)))

        return self._kept(request, keep, now_ms)

    def submit(self, request: Request, viewer: Viewer, report_id: str, version: int) -> Report:
        """Hand a draft in; what was overdue of it is so no more. What is in already stays as it is.

        Raises:
            NotFoundError: REPORT_UNKNOWN, also for one of somebody else's.
            ConflictError: VERSION_CONFLICT, if the draft is another version.
            FailedPreconditionError: NO_DRAFT, QUARTER_NOT_OVER, REPORT_HAS_ERRORS.
            AlreadyExistsError: REQUEST_ID_REUSED.
        """
        check_request_id(request.request_id)
        now_ms = self._clock()

        def hand_in(transaction: ReportTransaction) -> Report:
            draft = _own_last(transaction.report_versions(report_id), viewer, report_id, version)
            if draft.state in DELIVERED:
                return draft
            if quarter_of(local_day(now_ms)) <= draft.quarter:
                raise FailedPreconditionError(
                    f"quarter: {draft.quarter} is not over; submit from {draft.quarter.next.first_day} on",
                    zh=f"quarter：{draft.quarter} 尚未结束；请自 {draft.quarter.next.first_day} 起提交",
                    field="quarter",
                    reason="QUARTER_NOT_OVER",
                )
            checks = self._checks(transaction, draft.subject, draft.quarter, draft)
            if blocking := [check for check in checks if check.blocks]:
                raise has_errors(blocking)
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
                raise version_conflict(report.version, version)
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
                if report in transaction.report_versions(report.report_id):
                    return report.sort_key  # it stands already
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
                raise not_owed(subject, owed)
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
        department_id, unit_id = (party.party_id, party.profile.unit_id) if party else (viewer.party_id, "")
        if unit_id not in self._reporting.receiving_units:
            raise not_a_receiver(department_id, unit_id, self._reporting.receiving_units)


def _own_last(versions: Sequence[Report], viewer: Viewer, report_id: str, version: int) -> Report:
    """The version that can be handed in, or is in."""
    last = max(versions, key=lambda one: one.version, default=None)
    if last is None or last.subject.reporter_id != viewer.party_id:
        raise unknown_report(report_id)
    if last.version != version:
        raise version_conflict(last.version, version)
    if last.state is ReportState.RETURNED:
        raise FailedPreconditionError(
            f"report_id: {report_id!r} was returned and has no draft; SaveReport begins a further version",
            zh=f"report_id：{report_id!r} 已被退回且没有草稿；请用 SaveReport 另存新版本",
            field="report_id",
            reason="NO_DRAFT",
        )
    return last
