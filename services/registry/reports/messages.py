"""Reports, due dates and findings as the contract says them: for answers, for the log, and for the store."""

from __future__ import annotations

from datetime import date

from google.protobuf.message import DecodeError

from kit.errors import MalformedRecordError
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import reports_pb2 as pb
from services.registry.core.duty_findings import DutyFinding, Severity
from services.registry.core.quarters import parse_quarter
from services.registry.core.report_checks import Check, CheckSeverity
from services.registry.core.report_figures import FIGURES, Figures
from services.registry.core.reporting import Subject
from services.registry.core.reports import Report, ReportState
from services.registry.reports.ports import ActivityCount
from services.registry.reports.reading import DueDate


def figures_of(message: pb.EmploymentFigures) -> dict[str, int]:
    """The figures that are given."""
    return {
        figure.name: getattr(message, figure.name)
        for figure in FIGURES
        if message.HasField(figure.name)  # type: ignore[arg-type]
    }


def figures_message(figures: Figures) -> pb.EmploymentFigures:
    """The same the other way."""
    return pb.EmploymentFigures(**figures)


def check_message(check: Check) -> pb.ReportCheck:
    """Something a check found."""
    return pb.ReportCheck(
        check_id=check.check_id,
        severity=pb.CheckSeverity.ValueType(check.severity),
        field=check.field,
        text=LocalText(zh=check.zh, en=check.en),
        explanation=check.explanation,
    )


def report_message(report: Report) -> pb.Report:
    """A version of a report."""
    message = pb.Report(
        report_id=report.report_id,
        version=report.version,
        state=pb.ReportState.ValueType(report.state),
        reporter_id=report.subject.reporter_id,
        platform_id=report.subject.platform_id,
        area_code=report.subject.area_code,
        quarter=str(report.quarter),
        figures=figures_message(report.figures),
        explanations=report.explanations,
        amends_version=report.amends_version,
        receiver_id=report.receiver_id,
        return_reason=report.return_reason,
        checks=map(check_message, report.checks),
    )
    message.create_time.FromMilliseconds(report.create_ms)
    message.update_time.FromMilliseconds(report.update_ms)
    if report.submit_ms is not None:
        message.submit_time.FromMilliseconds(report.submit_ms)
    if report.receive_ms is not None:
        message.receive_time.FromMilliseconds(report.receive_ms)
    return message


def report_of(content: bytes) -> Report:
    """What the store holds of a report."""
    message = pb.Report.FromString(content)
    return Report(
        Subject(message.reporter_id, message.platform_id, message.area_code),
        parse_quarter("quarter", message.quarter),
        message.version,
        ReportState(message.state),
        figures_of(message.figures),
        dict(message.explanations),
        message.create_time.ToMilliseconds(),
        message.update_time.ToMilliseconds(),
        message.amends_version,
        message.submit_time.ToMilliseconds() if message.HasField("submit_time") else None,
        message.receiver_id,
        message.receive_time.ToMilliseconds() if message.HasField("receive_time") else None,
        message.return_reason,
        tuple(
            Check(one.check_id, CheckSeverity(one.severity), one.text.zh, one.text.en, one.explanation)
            for one in message.checks
        ),
    )


def due_date_message(due: DueDate) -> pb.DueDate:
    """What is owed, and how it stands."""
    return pb.DueDate(
        report_id=due.subject.report_id(due.quarter),
        reporter_id=due.subject.reporter_id,
        platform_id=due.subject.platform_id,
        area_code=due.subject.area_code,
        quarter=str(due.quarter),
        due_date=due.due.isoformat(),
        state=pb.DueState.ValueType(due.state),
        note=LocalText(zh=due.note_zh, en=due.note_en),
        receiver_ids=due.receiver_ids,
    )


def finding_message(
    finding: DutyFinding, now_ms: int, *, pack_id: str, citation: tuple[str, str]
) -> findings_pb2.Finding:
    """A finding as topic ``findings`` and the store hold it."""
    message = findings_pb2.Finding(
        finding_id=finding.finding_id,
        revision=finding.revision,
        state=findings_pb2.FINDING_STATE_STANDS if finding.stands else findings_pb2.FINDING_STATE_WITHDRAWN,
        severity=findings_pb2.Severity.ValueType(finding.severity),
        rule_id=finding.rule_id,
        pack_id=pack_id,
        pack_version="1",
        platform_id=finding.platform_id,
        area_code=finding.area_code,
        title=LocalText(zh=finding.title_zh, en=finding.title_en),
        citation=LocalText(zh=citation[0], en=citation[1]),
        changes=finding.changes,
        duty=findings_pb2.DutyEvidence(
            party_id=finding.party_id, subject_id=finding.subject_id, due_date=finding.due.isoformat()
        ),
    )
    message.event_time.FromMilliseconds(finding.event_ms)
    message.create_time.FromMilliseconds(now_ms)
    return message


def finding_of(content: bytes) -> DutyFinding:
    """What the store holds of a finding."""
    message = findings_pb2.Finding.FromString(content)
    return DutyFinding(
        message.finding_id,
        message.rule_id,
        Severity(message.severity),
        message.duty.party_id,
        message.platform_id,
        message.area_code,
        message.event_time.ToMilliseconds(),
        date.fromisoformat(message.duty.due_date),
        message.duty.subject_id,
        message.title.zh,
        message.title.en,
        message.revision,
        message.state == findings_pb2.FINDING_STATE_STANDS,
        tuple(message.changes),
    )


def activity_of(value: bytes) -> ActivityCount:
    """What a record of topic ``activity`` says.

    Raises:
        MalformedRecordError: if it is no WorkforceActivity, or lacks its platform or day.
    """
    try:
        message = findings_pb2.WorkforceActivity.FromString(value)
        if not message.platform_id:
            raise ValueError("platform_id is missing")
        day = date.fromisoformat(message.local_date)
    except (DecodeError, ValueError) as error:
        raise MalformedRecordError(
            f"workforce activity: {error}", zh=f"在岗人数记录无法解析：{error}"
        ) from error
    return ActivityCount(
        message.platform_id, message.area_code, day, message.partition, message.workers, message.revision
    )
