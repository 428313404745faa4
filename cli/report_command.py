"""``quzhong report``: what its subcommands do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from cli.connection import Connection, fresh_request_id
from cli.output import CommandError, Output
from cli.report_file import Fault, ReportRow, read_reports
from cli.report_form import STANDING, column_of, write_reports, yuan
from quzhong import ApiError, DeadlineExceededError, UnavailableError
from quzhong.api.registry.v1 import reports_pb2 as pb
from services.registry.adapters.yaml_file import document_in
from services.registry.core.field_error import FieldError
from services.registry.core.quarters import parse_quarter
from services.registry.core.report_checks import check_report
from services.registry.core.report_figures import FIGURES, Unit
from services.registry.core.reporting import parse_reporting
from services.registry.core.responsibilities import parse_responsibilities
from services.registry.settings import RegistrySettings

_STATES = {
    "REPORT_STATE_DRAFT": ("草稿", "draft"),
    "REPORT_STATE_SUBMITTED": ("已提交", "submitted"),
    "REPORT_STATE_RETURNED": ("已退回", "returned"),
    "REPORT_STATE_ACKNOWLEDGED": ("已接收", "acknowledged"),
}


def template(path: Path, output: Output) -> None:
    """Write an empty form."""
    write_reports(path, [])
    output.say(
        f"已写入 {path}：每行一份报告，金额以元为单位；填好后用 quzhong report check 核验",
        f"wrote {path}: one row a report, money in yuan; then `quzhong report check`",
    )
    output.result({"file": str(path), "columns": [column_of(figure) for figure in FIGURES]})


def check(path: Path, output: Output) -> None:
    """Read a file and check each report by itself; what needs the quarter before is checked when it is sent.

    Exit status 1 if something blocks.

    Raises:
        CommandError: FILE_EMPTY, FILE_UNREADABLE.
    """
    rows = _read(path, output)
    fields = RegistrySettings.model_fields
    units = parse_responsibilities(document_in(fields["responsibilities_file"].default)).unit_ids
    tolerance = parse_reporting(document_in(fields["reporting_file"].default), units).tolerance
    found: list[dict[str, Any]] = []
    for row in rows:
        found += _quarter_problem(row)
        found += [
            {
                "place": row.place,
                "check": one.check_id,
                "severity": one.severity.name.lower(),
                "blocks": one.blocks,
                "zh": one.zh,
                "en": one.en,
            }
            for one in check_report(
                row.figures, row.explanations, previous=None, seen_workers=None, tolerance=tolerance
            )
        ]
    blocking = sum(bool(one["blocks"]) for one in found)
    document = {"file": str(path), "reports": len(rows), "checks": found, "submittable": not blocking}
    output.result(document, _checks_table(found, output) if found else "")
    if blocking:
        raise SystemExit(_not_ready(blocking, output))
    output.say(f"{len(rows)} 份报告可以提交", f"{len(rows)} reports can be submitted")


def submit(path: Path, address: str, token: str, draft: bool, output: Output) -> None:
    """Save each report of a file, and hand it in unless only ``draft`` is asked for.

    Exit status 1 if one was refused; the others are in. Raises as ``check``.
    """
    rows = _read(path, output)
    sent: list[dict[str, Any]] = []
    refused = 0
    with Connection(address, token) as own:
        for row in rows:
            told: dict[str, Any] = {"place": row.place, "quarter": row.quarter, "area_code": row.area_code}
            try:
                report, is_new = _sent(own, row, draft)
                told |= {"report_id": report.report_id, "version": report.version, "unchanged": not is_new}
                told["state"] = pb.ReportState.Name(report.state)
            except ApiError as error:
                refused += 1
                reason = error.reason or error.code.name
                told["error"] = {"reason": reason, "message": error.message, "message_zh": error.zh}
                output.say(f"{row.place}：{error.zh}", f"{row.place}: {error.message}")
                if not error.reason and isinstance(error, UnavailableError | DeadlineExceededError):
                    # Nobody answers: the rows behind it would each wait as long.
                    sent.append(told)
                    _say_rest(len(rows) - len(sent), address, output)
                    break
            sent.append(told)
    output.result({"file": str(path), "reports": sent}, _sent_table(sent, output))
    if refused:
        raise SystemExit(1)


def export(path: Path, address: str, token: str, wanted: pb.ListReportsRequest, output: Output) -> None:
    """Write the reports the caller sees."""
    rows = []
    with Connection(address, token) as own:

        def request_of(page_token: str) -> pb.ListReportsRequest:
            request = pb.ListReportsRequest(page_size=500, page_token=page_token)
            request.MergeFrom(wanted)
            return request

        pages = own.pages(own.reports.ListReports, request_of, lambda page: page.next_page_token)
        for page in pages:
            rows += [_exported(report) for report in page.reports]
    write_reports(path, rows, STANDING)
    output.say(f"已写入 {path}：{len(rows)} 份报告", f"wrote {path}: {len(rows)} reports")
    output.result({"file": str(path), "reports": len(rows)})


def _read(path: Path, output: Output) -> list[ReportRow]:
    found = read_reports(path)
    if found.faults:
        document = {
            "error": {
                "reason": "FILE_FAULTS",
                "faults": [
                    {name: getattr(fault, name) for name in ("sheet", "row", "column", "value", "zh", "en")}
                    for fault in found.faults
                ],
            }
        }
        output.result(document, _faults_table(found.faults, output))
        raise SystemExit(1)
    if not found.rows:
        raise CommandError(
            f"{path.name} 没有报告；请在表头下逐行填写",
            f"{path.name} holds no report; write one a row beneath the header",
            reason="FILE_EMPTY",
        )
    return found.rows


def _quarter_problem(row: ReportRow) -> list[dict[str, Any]]:
    try:
        parse_quarter("quarter", row.quarter)
    except FieldError as error:
        about = {"place": row.place, "check": "quarter", "severity": "error", "blocks": True}
        return [about | {"zh": error.zh, "en": error.message}]
    return []


def _sent(own: Connection, row: ReportRow, draft: bool) -> tuple[pb.Report, bool]:
    """The report as it stands then, and whether the row said anything new."""
    saved = own.call(
        own.reports.SaveReport,
        pb.SaveReportRequest(
            request_id=fresh_request_id(),
            platform_id=row.platform_id,
            area_code=row.area_code,
            quarter=row.quarter,
            figures=pb.EmploymentFigures(**row.figures),
            explanations=row.explanations,
        ),
    ).report
    if saved.state != pb.REPORT_STATE_DRAFT:
        return saved, False
    if draft:
        return saved, True
    request = pb.SubmitReportRequest(
        request_id=fresh_request_id(), report_id=saved.report_id, version=saved.version
    )
    return own.call(own.reports.SubmitReport, request).report, True


def _say_rest(rows: int, address: str, output: Output) -> None:
    output.say(
        f"{address} 无应答；该行可能已报送，其后 {rows} 行未报送。请核对地址和网络后重试",
        f"{address} does not answer; this row may be in, the {rows} behind it are not. "
        "Check address and network, then submit again",
    )


def _exported(report: pb.Report) -> list[object]:
    figures: list[object] = []
    for figure in FIGURES:
        given = report.figures.HasField(figure.name)  # type: ignore[arg-type]
        value = getattr(report.figures, figure.name)
        figures.append((yuan(value) if figure.unit is Unit.FEN else value) if given else None)
    told = "\n".join(f"{check}: {why}" for check, why in sorted(report.explanations.items()))
    submitted = report.submit_time.ToJsonString() if report.HasField("submit_time") else ""
    return [
        report.platform_id,
        report.area_code,
        report.quarter,
        *figures,
        told,
        report.reporter_id,
        report.version,
        pb.ReportState.Name(report.state),
        submitted,
        report.return_reason,
    ]


def _faults_table(faults: Sequence[Fault], output: Output) -> Table:
    table = output.table(
        ("无法读取", "Cannot be read"),
        ("工作表", "Sheet"),
        ("行", "Row"),
        ("列", "Column"),
        ("内容", "Value"),
        ("问题", "What is wrong"),
        text_columns=5,
    )
    for fault in faults:
        table.add_row(fault.sheet, str(fault.row), fault.column, fault.value, output.pick(fault.zh, fault.en))
    return table


def _checks_table(found: Sequence[dict[str, Any]], output: Output) -> Table:
    table = output.table(
        ("核验结果", "Checks"),
        ("位置", "Place"),
        ("级别", "Severity"),
        ("核验编号", "Check"),
        ("问题", "What is wrong"),
        text_columns=4,
    )
    for one in found:
        text = output.pick(one["zh"], one["en"])
        table.add_row(one["place"], one["severity"], one["check"], text)
    return table


def _sent_table(sent: Sequence[dict[str, Any]], output: Output) -> Table:
    table = output.table(
        ("报送结果", "Sent"), ("位置", "Place"), ("报告", "Report"), ("状态", "State"), text_columns=3
    )
    for one in sent:
        state = one["error"]["reason"] if "error" in one else output.pick(*_STATES[one["state"]])
        if one.get("unchanged"):
            state += output.pick("，内容未变", ", nothing new")
        table.add_row(one["place"], str(one.get("report_id", "")), state)
    return table


def _not_ready(blocking: int, output: Output) -> int:
    output.say(
        f"{blocking} 项须更正或在 explanations 列说明",
        f"{blocking} have to be mended, or explained in column explanations",
    )
    return 1
