"""Reporters and receivers of employment reports, and what they send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import registry_pb2 as pb
from quzhong.api.registry.v1 import reports_pb2 as reports

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Suite

TANGSHAN, LUBEI, LUNAN = "130200", "130203", "130202"
QUARTER = "2026Q1"
"""The suite's clock stands on 16 March 2026 at first."""

FIGURES = {
    "workers_labour_relation": 100,
    "workers_partial_relation": 700,
    "workers_autonomous": 200,
    "workers_total": 1_000,
    "workers_in_quarter": 1_200,
    "labour_contracts": 100,
    "written_agreements": 700,
    "insured_employee_pension": 100,
    "insured_employee_medical": 100,
    "insured_resident_pension": 0,
    "insured_resident_medical": 0,
    "insured_work_injury": 100,
    "insured_occupational_injury": 900,
    "insured_commercial": 0,
    "injuries": 0,
    "injuries_fatal": 0,
    "injuries_covered": 0,
    "training_sessions": 4,
    "training_attendances": 900,
    "pay_paid_fen": 1_800_000_000,
    "pay_overdue_fen": 0,
    "workers_with_overdue_pay": 0,
}


class Tokens(NamedTuple):
    """Who calls."""

    platform: str
    firm: str
    city: str
    county: str
    court: str
    unnamed: str
    official: str
    auditor: str


def admitted(suite: Suite) -> Tokens:
    """Registers everybody."""

    def supervisor(party_id: str, role: pb.Role.ValueType, area: str, **more: Any) -> str:
        request = pb.RegisterSupervisorRequest(
            request_id=f"register-{party_id}",
            party_id=party_id,
            role=role,
            name=LocalText(zh=party_id),
            area_codes=[area] if area else [],
            **more,
        )
        token: str = suite.call(suite.admin, "RegisterSupervisor", request).token
        return token

    platform = pb.RegisterPlatformRequest(
        request_id="register-platform-a",
        platform_id="platform-a",
        name=LocalText(zh="平台"),
        area_codes=[TANGSHAN],
    )
    licence = pb.Licence(kind=pb.LICENCE_KIND_BUSINESS, number="1")
    profile = pb.PartyProfile(unified_social_credit_code="91110000600037341L", licences=[licence])
    firm = pb.RegisterPartnerFirmRequest(
        request_id="register-firm-a",
        party_id="firm-a",
        name=LocalText(zh="企业"),
        area_codes=[LUBEI],
        platform_ids=["platform-a"],
        profile=profile,
    )
    unit = pb.PartyProfile(unit_id="human-resources")
    return Tokens(
        suite.call(suite.admin, "RegisterPlatform", platform).token,
        suite.call(suite.admin, "RegisterPartnerFirm", firm).token,
        supervisor("hr-city", pb.ROLE_REGULATOR, TANGSHAN, profile=unit),
        supervisor("hr-lunan", pb.ROLE_REGULATOR, LUNAN),
        supervisor("court", pb.ROLE_REGULATOR, TANGSHAN, profile=pb.PartyProfile(unit_id="court")),
        supervisor("bureau", pb.ROLE_REGULATOR, TANGSHAN),
        supervisor("official", pb.ROLE_OFFICIAL, "", department_id="hr-city"),
        supervisor("auditor", pb.ROLE_AUDITOR, ""),
    )


def save(
    request_id: str,
    *,
    area: str = TANGSHAN,
    quarter: str = QUARTER,
    platform_id: str = "platform-a",
    explanations: dict[str, str] | None = None,
    **change: int | None,
) -> reports.SaveReportRequest:
    figures = {name: value for name, value in (FIGURES | change).items() if value is not None}
    return reports.SaveReportRequest(
        request_id=request_id,
        platform_id=platform_id,
        area_code=area,
        quarter=quarter,
        figures=reports.EmploymentFigures(**figures),
        explanations=explanations or {},
    )


def submit(request_id: str, report: reports.Report) -> reports.SubmitReportRequest:
    return reports.SubmitReportRequest(
        request_id=request_id, report_id=report.report_id, version=report.version
    )


def handed_in(suite: Suite, token: str, area: str = TANGSHAN, quarter: str = QUARTER) -> reports.Report:
    draft = suite.call(token, "SaveReport", save(f"s-{area}-{quarter}", area=area, quarter=quarter)).report
    report: reports.Report = suite.call(token, "SubmitReport", submit(f"h-{area}-{quarter}", draft)).report
    return report
