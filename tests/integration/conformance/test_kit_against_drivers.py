"""The kit against its reference driver, which passes, and against faulty ones: each fails what it does wrong.

One sandbox for all of them, side by side: each is a platform of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cli.conformance import documents
from cli.conformance.door import Place
from cli.conformance.driver import ReferenceDriver, Row
from cli.conformance.sandbox import Sandbox
from cli.conformance.session import Plan, play
from cli.connection import Connection
from cli.language import Language
from cli.output import Output
from cli.parties import Name, platform_token
from kit.clock import system_clock
from kit.conformance import (
    REFERENCE_DRIVER,
    Report,
    parse,
    signed,
    signing_key,
    verified_by,
    written,
)
from kit.conformance.signing import public_key
from quzhong import AdvisoryKind, UnavailableError, bearer
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.registry.v1 import admission_pb2, admission_pb2_grpc
from quzhong.client import Client
from quzhong.retry import RetryPolicy
from tests.support.dispatches import shift
from tests.support.suite import CITY, intake, refusal, running_suite

OUTAGE_S = 2.0


class DropsResend(ReferenceDriver):
    """Takes an error of the network for an answer, in one scenario."""

    def send(self, rows: Any) -> None:
        if self.scenario_id != "duplicates":
            super().send(rows)
            return
        hasty = Client(self.address, self.credential, self.platform_id, retry=RetryPolicy(give_up_after_s=0))
        with hasty:
            try:
                hasty.submit_dispatches([self.message(row) for row in rows])
            except UnavailableError:
                return


class DoublesEvents(ReferenceDriver):
    """Numbers events when they are sent: each comes a second time under another id, in one scenario."""

    def send(self, rows: Any) -> None:
        every: list[Row] = list(rows)
        super().send(every)
        if self.scenario_id == "duplicates":
            super().send([{**row, "event_id": f"{row['event_id']}-b"} for row in every])


class IgnoresNoPush(ReferenceDriver):
    """Heeds the limit, and not the window after it."""

    def may_offer(self, worker_id: str) -> bool:
        return all(one.kind is AdvisoryKind.NO_PUSH for one in self.adviser.of(worker_id)) or (
            super().may_offer(worker_id)
        )


class NeverAcknowledges(ReferenceDriver):
    """Reads the letter, and leaves it at that."""

    def reply(self, notice_id: str) -> None:
        return


DRIVERS: Mapping[str, type[ReferenceDriver]] = {
    "flawless": ReferenceDriver,
    "drops-resend": DropsResend,
    "doubles-events": DoublesEvents,
    "ignores-no-push": IgnoresNoPush,
    "never-acknowledges": NeverAcknowledges,
}

FAILS = {
    "flawless": [],
    "drops-resend": ["duplicates"],
    "doubles-events": ["duplicates"],
    "ignores-no-push": ["no_push"],
    "never-acknowledges": ["notice"],
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Report]]:
    folder = tmp_path_factory.mktemp("conformance")

    def of(platform_id: str) -> Report:
        def drive(place: Place, played: Mapping[str, Any]) -> None:
            with DRIVERS[platform_id](place.document(), played, folder=place.folder) as driver:
                driver.play()

        plan = Plan(
            platform_id,
            folder / platform_id,
            outage_s=OUTAGE_S,
            wait_s=120.0,
            drive=drive,
            driver=REFERENCE_DRIVER,
        )
        return play(plan, sandbox, Output(as_json=True, language=Language.EN))

    with Sandbox() as sandbox, ThreadPoolExecutor(len(DRIVERS)) as pool:
        yield dict(zip(DRIVERS, pool.map(of, DRIVERS), strict=True))


@pytest.mark.parametrize("platform_id", DRIVERS)
def test_each_driver_fails_exactly_what_it_does_wrong(platform_id: str, reports: dict[str, Report]) -> None:
    report = reports[platform_id]
    found = {one.scenario_id: [each.en for each in one.findings] for one in report.verdicts if not one.passed}
    assert list(found) == FAILS[platform_id], found
    assert report.platform_id == platform_id


def test_the_report_is_written_for_people_and_programs_and_reads_back(
    reports: dict[str, Report], tmp_path: Path
) -> None:
    key = Ed25519PrivateKey.generate()
    document = signed(reports["ignores-no-push"], key)
    files = documents.write(reports["ignores-no-push"], document, tmp_path)
    assert sorted(path.name for path in files) == [
        "report.en.html",
        "report.en.pdf",
        "report.json",
        "report.zh-CN.html",
        "report.zh-CN.pdf",
    ]
    report, read = parse((tmp_path / "report.json").read_bytes())
    assert report == reports["ignores-no-push"]
    assert verified_by(read, [public_key(key)])[0] == public_key(key)
    assert json.loads((tmp_path / "report.json").read_bytes()) == document
    page = (tmp_path / "report.zh-CN.html").read_text()
    assert "停推时段内向" in page
    assert "no_push_end" in page
    assert (tmp_path / "report.en.pdf").read_bytes().startswith(b"%PDF")


def test_who_passed_is_admitted_and_its_events_are_taken_from_then_on(
    reports: dict[str, Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUZHONG_REQUIRE_CONFORMANCE", "true")
    with running_suite(tmp_path, intake) as suite:
        platform = suite.platform("flawless")
        admissions = admission_pb2_grpc.AdmissionServiceStub(suite.channel)

        def submitted(request_id: str) -> intake_pb2.BatchAnswer:
            rows = shift("first", system_clock() - 3_600_000, orders=1, minutes=10)
            request = intake_pb2.SubmitDispatchesRequest(
                request_id=request_id, platform_id="flawless", dispatches=rows
            )
            answer: intake_pb2.BatchAnswer = platform.intake.SubmitDispatches(request).answer
            return answer

        refused = refusal(lambda: submitted("before"))
        assert (refused.code, refused.reason) == (
            grpc.StatusCode.FAILED_PRECONDITION,
            "PLATFORM_NOT_ADMITTED",
        )
        assert "quzhong conformance" in refused.message

        key = signing_key(tmp_path / "ledger.key")  # the authority's kit, beside its services
        passed = replace(reports["flawless"], driver="integration")
        admitted = admissions.SubmitConformanceReport(
            admission_pb2.SubmitConformanceReportRequest(
                request_id="report", platform_id="flawless", report=written(signed(passed, key))
            ),
            metadata=bearer(platform.token),
        ).admission
        assert admitted.state == admission_pb2.ADMISSION_STATE_ADMITTED
        assert submitted("after").accepted == 2


def test_simulated_platforms_are_admitted_by_decision_where_reports_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUZHONG_REQUIRE_CONFORMANCE", "true")
    with running_suite(tmp_path) as suite, Connection(suite.host.address, suite.admin.token) as admin:
        assert platform_token(admin, "swift", Name("快送", "Swift"), (CITY,))
        asked = admission_pb2.GetAdmissionRequest(platform_id="swift")
        admission = admin.call(admin.admissions.GetAdmission, asked).admission
        assert (admission.state, admission.basis) == (
            admission_pb2.ADMISSION_STATE_ADMITTED,
            admission_pb2.ADMISSION_BASIS_OVERRIDE,
        )
        assert "simulated" in admission.reason
        assert platform_token(admin, "swift", Name("快送", "Swift"), (CITY,))  # a further one
