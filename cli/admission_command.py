"""What ``quzhong admission`` does, over gRPC as anybody does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.table import Table

from cli.connection import Connection, fresh_request_id
from cli.output import CommandError, Output
from kit.clock import show
from kit.conformance import ReportError, parse
from quzhong.api.registry.v1 import admission_pb2 as pb

PAGE = 1_000

STATES = {
    pb.ADMISSION_STATE_SANDBOX: ("沙箱", "sandbox"),
    pb.ADMISSION_STATE_ADMITTED: ("已准入", "admitted"),
}
BASES = {
    pb.ADMISSION_BASIS_REGISTERED: ("已登记，待检测", "registered, not tested yet"),
    pb.ADMISSION_BASIS_CONFORMANCE_REPORT: ("检测报告", "report"),
    pb.ADMISSION_BASIS_OVERRIDE: ("决定", "decision"),
    pb.ADMISSION_BASIS_GRANDFATHERED: ("此前已登记", "registered before"),
    pb.ADMISSION_BASIS_NOT_REQUIRED: ("无须检测", "no report asked for"),
}
"""zh, en."""


def submit(file: Path, address: str, token: str, output: Output) -> None:
    """Hand a report in; which platform's, it says itself.

    Raises:
        CommandError: REPORT_…, for a file that is no report.
        quzhong.ApiError: what the registry said.
    """
    content = file.read_bytes()
    try:
        report, _ = parse(content)
    except ReportError as error:
        raise CommandError(f"{file}：{error.zh}", f"{file}: {error.en}", reason=error.reason) from error
    with Connection(address, token) as registry:
        request = pb.SubmitConformanceReportRequest(
            request_id=fresh_request_id(), platform_id=report.platform_id, report=content
        )
        _show([registry.call(registry.admissions.SubmitConformanceReport, request).admission], output)


def admit(platform_id: str, reason: str, address: str, token: str, output: Output) -> None:
    """Admit by decision. Raises quzhong.ApiError: what the registry said."""
    with Connection(address, token) as registry:
        request = pb.AdmitPlatformRequest(
            request_id=fresh_request_id(), platform_id=platform_id, reason=reason
        )
        _show([registry.call(registry.admissions.AdmitPlatform, request).admission], output)


def tell(address: str, token: str, output: Output) -> None:
    """All that the caller sees. Raises quzhong.ApiError: what the registry said."""
    with Connection(address, token) as registry:
        pages = registry.pages(
            registry.admissions.ListAdmissions,
            lambda page_token: pb.ListAdmissionsRequest(page_size=PAGE, page_token=page_token),
            lambda response: response.next_page_token,
        )
        _show([admission for page in pages for admission in page.admissions], output)


def _show(admissions: list[pb.Admission], output: Output) -> None:
    output.result({"admissions": [_document(one) for one in admissions]}, _table(admissions, output))


def _document(one: pb.Admission) -> dict[str, Any]:
    return {
        "platform_id": one.platform_id,
        "state": pb.AdmissionState.Name(one.state).removeprefix("ADMISSION_STATE_").lower(),
        "basis": pb.AdmissionBasis.Name(one.basis).removeprefix("ADMISSION_BASIS_").lower(),
        "since": show(one.create_time.ToMilliseconds()),
        "actor_id": one.actor_id,
        "reason": one.reason,
        "kit_version": one.kit_version,
        "report_sha256": one.report_sha256,
    }


def _table(admissions: list[pb.Admission], output: Output) -> Table:
    table = output.table(
        ("平台准入", "Admission"),
        ("平台", "Platform"),
        ("状态", "State"),
        ("依据", "Ground"),
        ("起始", "Since"),
        ("由谁", "By"),
        ("理由", "Reason"),
        text_columns=6,
    )
    unknown = ("未知", "unknown")
    for one in admissions:
        table.add_row(
            one.platform_id,
            output.pick(*STATES.get(one.state, unknown)),
            output.pick(*BASES.get(one.basis, unknown)),
            show(one.create_time.ToMilliseconds()),
            one.actor_id,
            one.reason,
        )
    return table
