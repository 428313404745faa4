"""Admission to live intake as platforms, officials and others meet it: report, override, refusals."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kit.conformance import (
    REFERENCE_DRIVER,
    SCENARIOS,
    Finding,
    Report,
    Verdict,
    signed,
    signing_key,
    written,
)
from kit.conformance.signing import public_key
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import admission_pb2 as pb
from quzhong.api.registry.v1 import registry_pb2
from services.registry.settings import RegistrySettings

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Running, Suite

DAY_MS = 86_400_000
KITS_OWN = Ed25519PrivateKey.generate()
"""The key of a sandbox that the authority runs elsewhere."""


@pytest.fixture
def settings(tmp_path: Path) -> RegistrySettings:
    return RegistrySettings(
        data_dir=tmp_path,
        address="127.0.0.1:0",
        require_conformance=True,
        conformance_keys=public_key(KITS_OWN).vkey,
    )


@pytest.fixture
def platform(suite: Suite) -> str:
    """The token of platform-a, which is in the sandbox."""
    return register(suite, "platform-a")


def register(suite: Suite, platform_id: str) -> str:
    request = registry_pb2.RegisterPlatformRequest(
        request_id=platform_id, platform_id=platform_id, name=LocalText(zh="平台"), area_codes=["130203"]
    )
    token: str = suite.call(suite.admin, "RegisterPlatform", request).token
    return token


def official(suite: Suite, party_id: str, area_code: str) -> str:
    """The token of an official of a department of this area."""
    for role, who, department in (
        (registry_pb2.ROLE_REGULATOR, f"{party_id}-office", ""),
        (registry_pb2.ROLE_OFFICIAL, party_id, f"{party_id}-office"),
    ):
        request = registry_pb2.RegisterSupervisorRequest(
            request_id=who,
            party_id=who,
            role=role,
            name=LocalText(zh="某人"),
            area_codes=[area_code],
            department_id=department,
        )
        token: str = suite.call(suite.admin, "RegisterSupervisor", request).token
    return token


def report_of(suite: Suite, **changes: Any) -> Report:
    report = Report(
        platform_id="platform-a",
        driver="integration",
        kit_version="0.1.0",
        contract_version="v1",
        contract_sha256="c" * 64,
        script_sha256="5" * 64,
        begin_ms=suite.clock.now_ms - 600_000,
        end_ms=suite.clock.now_ms,
        verdicts=tuple(Verdict(one.scenario_id, (), {"events": 3}) for one in SCENARIOS),
    )
    return replace(report, **changes)


def submit(content: bytes, request_id: str = "report-1") -> pb.SubmitConformanceReportRequest:
    return pb.SubmitConformanceReportRequest(request_id=request_id, platform_id="platform-a", report=content)


def override(reason: str = "试点平台，人工核验", request_id: str = "decide-1") -> pb.AdmitPlatformRequest:
    return pb.AdmitPlatformRequest(request_id=request_id, platform_id="platform-a", reason=reason)


def standing(suite: Suite, token: str = "") -> pb.Admission:
    asked = pb.GetAdmissionRequest(platform_id="platform-a")
    admission: pb.Admission = suite.call(token or suite.admin, "GetAdmission", asked).admission
    return admission


def test_a_platform_begins_in_the_sandbox_and_a_signed_passing_report_admits_it(
    suite: Suite, platform: str
) -> None:
    assert standing(suite, platform).state == pb.ADMISSION_STATE_SANDBOX
    assert not suite.directory.is_admitted("platform-a")

    content = written(signed(report_of(suite), KITS_OWN))
    admission = suite.call(platform, "SubmitConformanceReport", submit(content)).admission

    assert (admission.state, admission.basis) == (
        pb.ADMISSION_STATE_ADMITTED,
        pb.ADMISSION_BASIS_CONFORMANCE_REPORT,
    )
    assert (admission.actor_id, admission.kit_version, admission.version) == ("platform-a", "0.1.0", 2)
    assert admission.report_key_id == public_key(KITS_OWN).key_id.hex()
    assert suite.directory.is_admitted("platform-a")
    told = suite.call(platform, "GetAdmission", pb.GetAdmissionRequest(platform_id="platform-a"))
    assert told.report == content
    assert [one.state for one in told.history] == [pb.ADMISSION_STATE_SANDBOX, pb.ADMISSION_STATE_ADMITTED]


def test_the_ledgers_key_signs_reports_too(suite: Suite, platform: str) -> None:
    key = signing_key(suite.settings.ledger_key_file)
    content = written(signed(report_of(suite), key))
    assert suite.call(platform, "SubmitConformanceReport", submit(content)).admission.state == (
        pb.ADMISSION_STATE_ADMITTED
    )


def test_the_same_request_again_gets_the_same_answer(suite: Suite, platform: str) -> None:
    asked = submit(written(signed(report_of(suite), KITS_OWN)))
    first = suite.call(platform, "SubmitConformanceReport", asked)
    suite.clock.now_ms += DAY_MS
    assert suite.call(platform, "SubmitConformanceReport", asked) == first


def _edited(document: dict[str, Any]) -> dict[str, Any]:
    """The report of somebody who opens it in an editor, and thinks of ``passed`` too."""
    document["scenarios"][0] |= {"passed": True, "findings": []}
    document["passed"] = all(one["passed"] for one in document["scenarios"])
    return document


FAILED = Verdict("duplicates", (Finding("not resent", "未重发", "resend", "请重发"),))

FORGERIES: dict[str, Callable[[Suite], bytes]] = {
    "REPORT_UNSIGNED": lambda suite: written(signed(report_of(suite), None)),
    "REPORT_SIGNER_UNKNOWN": lambda suite: written(signed(report_of(suite), Ed25519PrivateKey.generate())),
    "REPORT_SIGNATURE_FALSE": lambda suite: written(
        _edited(signed(report_of(suite, verdicts=(FAILED, *report_of(suite).verdicts[1:])), KITS_OWN))
    ),
    "REPORT_NOT_PASSING": lambda suite: written(
        signed(report_of(suite, verdicts=report_of(suite).verdicts[1:]), KITS_OWN)
    ),
    "REPORT_OF_ANOTHER": lambda suite: written(signed(report_of(suite, platform_id="platform-b"), KITS_OWN)),
    "REPORT_OF_REFERENCE_DRIVER": lambda suite: written(
        signed(report_of(suite, driver=REFERENCE_DRIVER), KITS_OWN)
    ),
    "REPORT_TOO_OLD": lambda suite: written(
        signed(report_of(suite, end_ms=suite.clock.now_ms - 91 * DAY_MS), KITS_OWN)
    ),
    "REPORT_IN_FUTURE": lambda suite: written(
        signed(report_of(suite, end_ms=suite.clock.now_ms + DAY_MS), KITS_OWN)
    ),
    "REPORT_TOO_LARGE": lambda suite: b" " * 300_000,
    "REPORT_MALFORMED": lambda suite: json.dumps({"form": "quzhong-conformance-report/1"}).encode(),
}


def test_what_is_forged_failed_stale_or_of_another_admits_nobody(suite: Suite, platform: str) -> None:
    for number, (reason, content) in enumerate(FORGERIES.items()):
        refused = suite.refusal(
            platform, "SubmitConformanceReport", submit(content(suite), f"report-{number}")
        )
        assert (refused.reason, refused.field) == (reason, "report")
    assert standing(suite).state == pb.ADMISSION_STATE_SANDBOX


@pytest.mark.parametrize("noise", [b"", b"\xff\xfe", b"[" * 100_000, b'{"form": 1}', b"null", b"1e999"])
def test_noise_is_answered_as_no_report(suite: Suite, platform: str, noise: bytes) -> None:
    assert suite.refusal(platform, "SubmitConformanceReport", submit(noise)).reason == "REPORT_MALFORMED"


def test_an_official_of_its_areas_admits_a_platform_and_the_reason_is_on_record(
    suite: Suite, platform: str
) -> None:
    elsewhere = official(suite, "zhao-yu", "130202")
    # Whom one does not see is answered like nobody.
    assert suite.refusal(elsewhere, "AdmitPlatform", override()).reason == "PARTY_UNKNOWN"
    here = official(suite, "li-wei", "130200")
    assert suite.refusal(here, "AdmitPlatform", override("  无 ")).reason == "REASON_LENGTH"

    admission = suite.call(here, "AdmitPlatform", override()).admission
    assert (admission.basis, admission.actor_id, admission.reason) == (
        pb.ADMISSION_BASIS_OVERRIDE,
        "li-wei",
        "试点平台，人工核验",
    )
    with closing(sqlite3.connect(suite.settings.data_dir / "registry.db")) as store:
        (entry,) = store.execute(
            "SELECT subject, actor, reason FROM ledger_entry WHERE action = 'admission.admitted'"
        )
    assert entry == ("admission/platform-a", "li-wei", "试点平台，人工核验")
    # Decided once more by another it stays as it is.
    again = suite.call(suite.admin, "AdmitPlatform", override("另一个理由", "decide-2")).admission
    assert again == admission


def test_nobody_admits_itself_or_by_another_role(suite: Suite, platform: str) -> None:
    official(suite, "li-wei", "130200")
    issue = registry_pb2.IssueCredentialRequest(request_id="i-1", party_id="li-wei-office")
    office = suite.call(suite.admin, "IssueCredential", issue).token
    other = register(suite, "platform-b")
    for token in (platform, other, office):
        assert suite.refusal(token, "AdmitPlatform", override()).reason == "ROLE_NOT_ALLOWED"
    content = written(signed(report_of(suite), KITS_OWN))
    assert suite.refusal(other, "SubmitConformanceReport", submit(content)).reason == "FOREIGN_PLATFORM"
    unknown = pb.GetAdmissionRequest(platform_id="platform-a")
    assert suite.refusal(other, "GetAdmission", unknown).reason == "PARTY_UNKNOWN"


def test_the_list_tells_each_reader_of_the_platforms_it_sees(suite: Suite, platform: str) -> None:
    register(suite, "platform-b")
    suite.call(suite.admin, "AdmitPlatform", override())
    every = suite.call(suite.admin, "ListAdmissions", pb.ListAdmissionsRequest(page_size=1))
    assert [one.platform_id for one in every.admissions] == ["platform-a"]
    following = pb.ListAdmissionsRequest(page_token=every.next_page_token)
    assert [one.platform_id for one in suite.call(suite.admin, "ListAdmissions", following).admissions] == [
        "platform-b"
    ]
    waiting = pb.ListAdmissionsRequest(state=pb.ADMISSION_STATE_SANDBOX)
    assert [one.platform_id for one in suite.call(suite.admin, "ListAdmissions", waiting).admissions] == [
        "platform-b"
    ]
    own = suite.call(platform, "ListAdmissions", pb.ListAdmissionsRequest()).admissions
    assert [one.platform_id for one in own] == ["platform-a"]


def test_who_was_registered_before_reports_were_asked_for_goes_on(tmp_path: Path, running: Running) -> None:
    before = RegistrySettings(data_dir=tmp_path, address="127.0.0.1:0")
    with running(before) as suite:
        register(suite, "platform-a")
        assert standing(suite).basis == pb.ADMISSION_BASIS_NOT_REQUIRED
    with running(before.model_copy(update={"require_conformance": True})) as suite:
        assert suite.directory.is_admitted("platform-a")
        register(suite, "platform-b")
        assert not suite.directory.is_admitted("platform-b")


def test_a_store_of_the_release_before_has_its_platforms_admitted(
    settings: RegistrySettings, running: Running
) -> None:
    with running(settings) as suite:
        register(suite, "platform-a")
    # As such a store is: a platform, and nothing on record of its admission.
    with closing(sqlite3.connect(settings.data_dir / "registry.db")) as store, store:
        store.execute("DELETE FROM admission")
    with running(settings) as suite:
        admission = standing(suite)
    assert (admission.state, admission.basis) == (
        pb.ADMISSION_STATE_ADMITTED,
        pb.ADMISSION_BASIS_GRANDFATHERED,
    )


def test_unless_somebody_says_otherwise_reports_are_asked_for_in_production_only(tmp_path: Path) -> None:
    asked = [
        RegistrySettings(data_dir=tmp_path, environment=environment, require_conformance=given)
        for environment in ("", "production")
        for given in (None, False, True)
    ]
    assert [one.asks_for_conformance for one in asked] == [False, False, True, True, False, True]
