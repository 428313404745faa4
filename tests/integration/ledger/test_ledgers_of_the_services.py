"""What the running services enter in their ledgers, over real sockets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from kit.errors import StorageUnavailableError
from kit.grpc.access_log import WORKER_LEVEL_RPCS, KeepsAccessLog
from kit.ledger import Entry, Ledger, ledger_keys
from kit.ledger.stored import StoreSource, tail
from kit.ledger.verify import verify
from kit.ledger.worker_marks import WorkerMarks
from kit.settings import CommonSettings
from kit.storage.store import Store
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.notify.v1 import notify_pb2
from quzhong.api.registry.v1 import registry_pb2
from quzhong.api.workhours.v1 import workhours_pb2, workhours_pb2_grpc
from tests.support.dispatches import at, shift, worker_id
from tests.support.suite import Suite, algo_audit, intake, notify, refusal, running_suite, workhours

WORKER = worker_id(1)


@pytest.fixture
def suite(tmp_path: Path) -> Iterator[Suite]:
    """A platform, an authority, and a worker over the limit."""
    with running_suite(tmp_path, intake, workhours, algo_audit, notify) as suite:
        suite.regulator("tangshan")
        suite.platform("swift")
        suite.submit("swift", shift("a", at("08:00"), orders=6, worker=1))
        yield suite


def entries(folder: Path, name: str) -> list[Entry]:
    """All but the opening of a service's ledger, which has to hold."""
    store = Store.open_to_read(f"sqlite:///{folder / name}.db")
    try:
        report = verify(StoreSource(store, name))
        assert report.holds, report.problems
        read, _ = tail(store, name, 10_000)
    finally:
        store.close()
    assert read[0][3:5] == ("ledger.opened", name)
    return [entry for entry in read[1:] if isinstance(entry, Entry)]


def accesses(folder: Path, name: str) -> list[tuple[str, str, str, str]]:
    """(actor, RPC, subject, reason) of each access."""
    return [
        (entry.actor, json.loads(entry.details)["rpc"].rpartition("/")[2], entry.subject, entry.reason)
        for entry in entries(folder, name)
        if entry.action == "worker_data.read"
    ]


def mark_of(folder: Path, worker_id: str) -> str:
    """How its ledgers name a worker."""
    return WorkerMarks(ledger_keys(CommonSettings(data_dir=folder))).mark(worker_id)


def timeline(suite: Suite, party: str, reason: list[tuple[str, Any]], worker: str = WORKER) -> Any:
    """``GetWorkerTimeline`` with metadata of one's own."""
    request = workhours_pb2.GetWorkerTimelineRequest(worker_id=worker)
    request.start_time.FromMilliseconds(at("00:00"))
    request.end_time.FromMilliseconds(at("23:00"))
    with grpc.insecure_channel(suite.host.address) as channel:
        stub = workhours_pb2_grpc.WorkhoursServiceStub(channel)
        token = ("authorization", f"Bearer {suite.as_(party).token}")
        return stub.GetWorkerTimeline(request, metadata=(token, *reason), timeout=20)


def test_every_access_to_a_worker_is_entered_with_who_what_and_why(suite: Suite, tmp_path: Path) -> None:
    timeline(suite, "tangshan", [("quzhong-reason", "complaint 2026-117")])
    timeline(suite, "tangshan", [("quzhong-reason-bin", "核查投诉：连续接单".encode())])
    timeline(suite, "tangshan", [])
    (finding,) = (
        suite.as_("swift").workhours.ListFindings(workhours_pb2.ListFindingsRequest(page_size=10)).findings
    )
    suite.as_("tangshan").workhours.Explain(workhours_pb2.ExplainRequest(finding_id=finding.finding_id))
    suite.as_("tangshan").intake.ReadWorkerEvents(
        intake_pb2.ReadWorkerEventsRequest(worker_id=WORKER, page_size=5)
    )
    subject = f"worker/{mark_of(tmp_path, WORKER)}"
    assert accesses(tmp_path, "workhours") == [
        ("tangshan", "GetWorkerTimeline", subject, "complaint 2026-117"),
        ("tangshan", "GetWorkerTimeline", subject, "核查投诉：连续接单"),
        ("tangshan", "GetWorkerTimeline", subject, "not stated"),
        ("swift", "ListFindings", "workers", "not stated"),
        ("tangshan", "Explain", f"finding/{finding.finding_id}", "not stated"),
    ]
    assert accesses(tmp_path, "intake") == [("tangshan", "ReadWorkerEvents", subject, "not stated")]
    first = json.loads(entries(tmp_path, "workhours")[0].details)
    assert (first["role"], first["asked"]["worker_id"]) == ("regulator", mark_of(tmp_path, WORKER))


def test_a_watch_is_entered_once_when_it_opens(suite: Suite, tmp_path: Path) -> None:
    request = workhours_pb2.WatchFindingsRequest(
        filter=workhours_pb2.FindingFilter(platform_id="swift", area_code="130200")
    )
    watch = suite.as_("tangshan").workhours.WatchFindings(request)
    next(watch)
    watch.cancel()
    (entry,) = entries(tmp_path, "workhours")
    assert json.loads(entry.details)["asked"] == {"filter": {"platform_id": "swift", "area_code": "130200"}}


def test_what_names_no_worker_is_not_entered(suite: Suite, tmp_path: Path) -> None:
    suite.as_("tangshan").workhours.SummariseFindings(workhours_pb2.SummariseFindingsRequest())
    suite.as_("tangshan").notify.ListAlerts(notify_pb2.ListAlertsRequest())
    assert accesses(tmp_path, "workhours") == accesses(tmp_path, "notify") == []


def test_who_may_not_call_leaves_no_entry_and_who_asks_for_what_is_not_theirs_does(
    suite: Suite, tmp_path: Path
) -> None:
    refused = refusal(lambda: timeline(suite, "swift", []))
    assert refused.code is grpc.StatusCode.PERMISSION_DENIED
    assert accesses(tmp_path, "workhours") == []
    refusal(
        lambda: suite.as_("swift").workhours.GetFinding(
            workhours_pb2.GetFindingRequest(finding_id="nobody's")
        )
    )
    assert accesses(tmp_path, "workhours") == [("swift", "GetFinding", "finding/nobody's", "not stated")]


def test_a_reason_that_is_no_text_is_refused_by_name(suite: Suite) -> None:
    refused = refusal(lambda: timeline(suite, "tangshan", [("quzhong-reason-bin", b"\xff\xfe")]))
    assert (refused.code, refused.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "REASON_NOT_UTF8")
    assert refused.zh != refused.message


def test_a_call_that_could_ask_for_anything_is_entered_all_the_same(suite: Suite, tmp_path: Path) -> None:
    worker = "w\0\n" + "一" * 3_000
    timeline(suite, "tangshan", [("quzhong-reason", "x" * 3_000)], worker=worker)
    ((_, _, subject, reason),) = accesses(tmp_path, "workhours")
    assert subject == f"worker/{mark_of(tmp_path, worker)}"
    assert reason == "x" * 500


def test_nobody_looks_without_a_trace(suite: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Ledger, *acts: object) -> None:
        raise StorageUnavailableError("the disk is full", zh="磁盘已满")

    monkeypatch.setattr(Ledger, "record_alone", full)
    assert refusal(lambda: timeline(suite, "tangshan", [])).code is grpc.StatusCode.UNAVAILABLE


def test_every_service_that_answers_with_a_worker_keeps_an_access_log(suite: Suite) -> None:
    keeping = {
        name for unit in suite.host.units if isinstance(unit, KeepsAccessLog) for name in unit.grpc_services
    }
    assert {rpc[1:].partition("/")[0] for rpc in WORKER_LEVEL_RPCS} <= keeping


def test_the_registry_enters_whom_it_admits_and_whose_credentials_it_ends(
    suite: Suite, tmp_path: Path
) -> None:
    credential_id = suite.as_("swift").token.split("_")[1]
    suite.admin.registry.RevokeCredential(
        registry_pb2.RevokeCredentialRequest(request_id=suite.request_id(), credential_id=credential_id)
    )
    renamed = registry_pb2.AmendPartyRequest(
        request_id=suite.request_id(),
        party_id="tangshan",
        expected_version=1,
        party=registry_pb2.Party(name=LocalText(zh="唐山市人社局")),
        update_mask=FieldMask(paths=["name"]),
        note="机构更名",
    )
    suite.admin.registry.AmendParty(renamed)
    written = entries(tmp_path, "registry")
    assert [entry.reason for entry in written if entry.action == "party.amended"] == ["机构更名"]
    told = [(entry.action, entry.subject, entry.actor) for entry in written]
    (admin,) = {actor for action, subject, actor in told if subject == "party/swift"}
    assert admin != "registry"
    for expected in (
        ("party.registered", "party/tangshan", admin),
        ("party.registered", "party/swift", admin),
        ("credential.issued", f"credential/{credential_id}", admin),
        ("credential.revoked", f"credential/{credential_id}", admin),
    ):
        assert expected in told
    assert ("area.published", "area/130200", "registry") in told  # nobody asked: it opened so
    secret = suite.as_("swift").token.rpartition("_")[2]
    assert not any(secret in entry.details for entry in written)


def test_notify_enters_the_steps_of_a_case_and_names_no_worker(suite: Suite, tmp_path: Path) -> None:
    suite.drain()
    told = entries(tmp_path, "notify")
    assert [entry.action for entry in told] == ["case.open"]
    (entry,) = told
    (case,) = suite.as_("tangshan").notify.ListCases(notify_pb2.ListCasesRequest()).cases
    assert entry.subject == f"case/{case.case_id}"
    assert json.loads(entry.details) == {
        "clause": "", "from": "new", "reason_en": "A finding stands.", "trigger": "finding_stands",
        "workers": 0,
    }  # fmt: skip
    assert WORKER not in str(told)


def test_ledgers_go_on_over_a_restart(tmp_path: Path) -> None:
    for life in (1, 2):
        with running_suite(tmp_path, intake, workhours) as suite:
            if life == 1:
                suite.regulator("tangshan")
            timeline(suite, "tangshan", [("quzhong-reason", f"life {life}")])
    assert [reason for *_, reason in accesses(tmp_path, "workhours")] == ["life 1", "life 2"]
    assert (tmp_path / "ledger.key").stat().st_mode & 0o777 == 0o600
