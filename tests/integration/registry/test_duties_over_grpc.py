"""A finding about a duty, as those meet it whom it concerns: a real socket, the interceptor, the log."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from quzhong.api.events.v1 import findings_pb2
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import registry_pb2 as pb
from quzhong.api.registry.v1 import reports_pb2 as reports
from services.registry.core.reporting import start_ms
from tests.integration.registry.report_suite import LUBEI, QUARTER, TANGSHAN, Tokens, admitted, handed_in

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Suite


@pytest.fixture
def tokens(suite: Suite) -> Tokens:
    return admitted(suite)


OVERDUE = f"registry.report-overdue/firm-a.platform-a.{LUBEI}.{QUARTER}"
LICENCE = "registry.licence-expired/firm-a/platform-a/1/L-1/2026-03-01"


def asked(finding_id: str) -> reports.GetDutyFindingRequest:
    return reports.GetDutyFindingRequest(finding_id=finding_id)


def found(suite: Suite, token: str, finding_id: str) -> findings_pb2.Finding:
    """Once it was found: the loop ticks once a second."""
    for _ in range(100):
        try:
            finding: findings_pb2.Finding = suite.call(token, "GetDutyFinding", asked(finding_id)).finding
        except grpc.RpcError:
            refusal = suite.refusal(token, "GetDutyFinding", asked(finding_id))
            assert refusal.reason == "FINDING_UNKNOWN"
            time.sleep(0.1)
        else:
            return finding
    raise AssertionError(f"{finding_id} was not found in time")


def seen_by(suite: Suite, tokens: Tokens, finding_id: str) -> set[str]:
    """Who is told of the finding; everybody else hears the same as of one there is not."""
    told = set()
    missing = suite.refusal(tokens.auditor, "GetDutyFinding", asked("registry.report-overdue/none"))
    for name, token in tokens._asdict().items():
        try:
            suite.call(token, "GetDutyFinding", asked(finding_id))
            told.add(name)
        except grpc.RpcError:
            refusal = suite.refusal(token, "GetDutyFinding", asked(finding_id))
            assert (refusal.code, refusal.reason) == (missing.code, missing.reason)
            assert refusal.message.replace(finding_id, "registry.report-overdue/none") == missing.message
    return told


def test_a_late_report_concerns_its_reporter_platform_and_receivers(suite: Suite, tokens: Tokens) -> None:
    suite.clock.now_ms = start_ms(date(2026, 6, 1))
    finding = found(suite, tokens.firm, OVERDUE)
    assert finding.duty.party_id == "firm-a"
    assert finding.state == findings_pb2.FINDING_STATE_STANDS
    assert "二.2" in finding.citation.zh
    # Neither Lunan's authority, nor the court, but whoever supervises Lubei.
    assert seen_by(suite, tokens, OVERDUE) == {
        "platform",
        "firm",
        "city",
        "court",
        "unnamed",
        "official",
        "auditor",
    }


def test_a_report_that_is_handed_in_takes_its_finding_back(suite: Suite, tokens: Tokens) -> None:
    suite.clock.now_ms = start_ms(date(2026, 6, 1))
    assert found(suite, tokens.firm, OVERDUE).revision == 1
    handed_in(suite, tokens.firm, LUBEI)
    finding = found(suite, tokens.firm, OVERDUE)
    assert (finding.revision, finding.state) == (2, findings_pb2.FINDING_STATE_WITHDRAWN)


def test_an_ended_licence_concerns_its_county_too(suite: Suite, tokens: Tokens) -> None:
    request = pb.RegisterSupervisorRequest(
        request_id="register-hr-lubei",
        party_id="hr-lubei",
        role=pb.ROLE_REGULATOR,
        name=LocalText(zh="路北"),
        area_codes=[LUBEI],
    )
    lubei = suite.call(suite.admin, "RegisterSupervisor", request).token
    licence = pb.Licence(kind=pb.LICENCE_KIND_BUSINESS, number="L-1", expiry_date="2026-03-01")
    amended = pb.AmendPartyRequest(
        request_id="amend-firm",
        party_id="firm-a",
        expected_version=1,
        party=pb.Party(profile=pb.PartyProfile(licences=[licence])),
        update_mask=FieldMask(paths=["profile.licences"]),
    )
    suite.call(suite.admin, "AmendParty", amended)
    assert found(suite, lubei, LICENCE).area_code == TANGSHAN
    told = {"platform", "firm", "city", "court", "unnamed", "official", "auditor"}
    assert seen_by(suite, tokens, LICENCE) == told


def test_a_platform_is_not_told_of_its_firm_s_duties_to_another(suite: Suite, tokens: Tokens) -> None:
    other = pb.RegisterPlatformRequest(
        request_id="register-b", platform_id="platform-b", name=LocalText(zh="乙"), area_codes=[TANGSHAN]
    )
    rival = suite.call(suite.admin, "RegisterPlatform", other).token
    amended = pb.AmendPartyRequest(
        request_id="amend-firm",
        party_id="firm-a",
        expected_version=1,
        party=pb.Party(platform_ids=["platform-a", "platform-b"]),
        update_mask=FieldMask(paths=["platform_ids"]),
    )
    suite.call(suite.admin, "AmendParty", amended)
    suite.clock.now_ms = start_ms(date(2026, 6, 1))
    assert found(suite, tokens.platform, OVERDUE).platform_id == "platform-a"
    refusal = suite.refusal(rival, "GetDutyFinding", asked(OVERDUE))
    assert (refusal.code, refusal.reason) == (grpc.StatusCode.NOT_FOUND, "FINDING_UNKNOWN")


@pytest.mark.parametrize("finding_id", ["", "no-finding", "a\x00b"])
def test_what_is_no_finding_about_a_duty_is_not_found(suite: Suite, tokens: Tokens, finding_id: str) -> None:
    refusal = suite.refusal(tokens.auditor, "GetDutyFinding", asked(finding_id))
    assert (refusal.code, refusal.field) == (grpc.StatusCode.NOT_FOUND, "finding_id")
