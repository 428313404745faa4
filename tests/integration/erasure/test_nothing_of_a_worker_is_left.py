"""A worker has asked to be erased: what the whole suite keeps then, and what it shows. One life of the suite,
in the order of the tests: before, after, and once the log has let go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import grpc
import pytest

from kit.clock import system_clock
from kit.eventlog.sqlite import SqliteEventLog
from kit.ledger import ledger_keys
from kit.ledger.worker_marks import WorkerMarks
from kit.settings import CommonSettings
from quzhong.api.algo_audit.v1 import appeals_pb2
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.notify.v1 import notify_pb2
from quzhong.api.registry.v1 import erasures_pb2, worker_codes_pb2
from quzhong.api.workhours.v1 import workhours_pb2
from services.workhours import handlers
from tests.support.dispatches import DAY_MS, at, shift, worker_id
from tests.support.suite import (
    Suite,
    algo_audit,
    eventually,
    intake,
    notify,
    refusal,
    running_suite,
    workhours,
)
from tests.support.traces import traces

WORKER, COLLEAGUE = worker_id(1), worker_id(2)
OWN_WORDS = (WORKER, "erase-me", "我家在")
"""The pseudonym, what event and order ids begin with, and what was said of the worker."""


class Moving:
    """A clock that can be put forward."""

    def __init__(self) -> None:
        self.ahead_ms = 0

    def __call__(self) -> int:
        return system_clock() + self.ahead_ms


class Life(NamedTuple):
    """The suite, after the erasure."""

    suite: Suite
    folder: Path
    clock: Moving
    traces_before: dict[str, list[str]]
    findings_before: set[str]
    cases_before: list[tuple[object, ...]]
    erasure: erasures_pb2.Erasure

    def left(self, *, in_the_log: bool) -> dict[str, list[str]]:
        """Where anything of the worker's stands still."""
        found = traces(self.folder, OWN_WORDS)
        return {place: words for place, words in found.items() if place.startswith("log.db") == in_the_log}


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """Two workers over the limit; of one there was all that can be of a worker."""
    folder, clock = tmp_path_factory.mktemp("erasure"), Moving()
    services = (intake, workhours, algo_audit, notify)
    with (
        patch.object(handlers, "SNAPSHOT_ROWS", 5),
        running_suite(folder, *services, clock=clock, log_clock=clock, intake_archive_linger_s=0.05) as suite,
    ):
        suite.regulator("tangshan")
        suite.union("city-union")
        suite.platform("swift")
        refused = [refusal(lambda: erase(suite, party)).code for party in ("tangshan", "city-union", "swift")]  # noqa: B023 called at once
        assert refused == [grpc.StatusCode.PERMISSION_DENIED] * 3
        for name, day, orders, worker in (("erase-me", 0, 6, 1), ("colleague", 0, 6, 2), ("later", 1, 1, 3)):
            suite.submit("swift", shift(name, at("08:00", day), orders=orders, worker=worker), settle=False)
        suite.as_("city-union").appeals.FileAppeal(
            appeals_pb2.FileAppealRequest(
                request_id=suite.request_id(),
                platform_id="swift",
                worker_id=WORKER,
                order_id="erase-me-0",
                penalty_fen=500,
                grounds="我家在学院路",
            )
        )
        suite.as_("swift").worker_codes.IssueWorkerCode(
            worker_codes_pb2.IssueWorkerCodeRequest(
                request_id=suite.request_id(), worker_id=WORKER, reason="本人申请"
            )
        )
        timeline(suite, WORKER)
        suite.drain()
        before = traces(folder, OWN_WORDS), findings(suite), cases(suite)
        yield Life(suite, folder, clock, *before, erase(suite))


def erase(suite: Suite, party: str = "") -> erasures_pb2.Erasure:
    request = erasures_pb2.EraseWorkerRequest(
        request_id=suite.request_id(), worker_id=WORKER, reason="本人书面申请"
    )
    erased: erasures_pb2.Erasure = (
        (suite.as_(party) if party else suite.admin).erasures.EraseWorker(request).erasure
    )
    return erased


def timeline(suite: Suite, worker: str) -> list[workhours_pb2.TimelineInterval]:
    request = workhours_pb2.GetWorkerTimelineRequest(worker_id=worker)
    request.start_time.FromMilliseconds(at("00:00"))
    request.end_time.FromMilliseconds(at("00:00", 2))
    return list(suite.as_("tangshan").workhours.GetWorkerTimeline(request).intervals)


def findings(suite: Suite) -> set[str]:
    request = workhours_pb2.ListFindingsRequest(page_size=50)
    return {each.worker_id for each in suite.as_("tangshan").workhours.ListFindings(request).findings}


def cases(suite: Suite) -> list[tuple[object, ...]]:
    found = suite.as_("tangshan").notify.ListCases(notify_pb2.ListCasesRequest(page_size=50)).cases
    return [(case.case_id, case.state, case.findings, case.workers, case.openings) for case in found]


def test_before_it_there_is_something_in_every_store(life: Life) -> None:
    stores = [f"{name}.db" for name in ("registry", "archive", "workhours", "algo_audit", "notify", "log")]
    assert [name for name in stores if not any(place.startswith(name) for place in life.traces_before)] == [
        "archive.db"  # a catalogue of files, which hold it
    ]
    assert any(place.endswith("(rows)") for place in life.traces_before)
    assert life.findings_before == {WORKER, COLLEAGUE}
    assert life.cases_before


def test_no_store_has_a_trace(life: Life) -> None:
    eventually(lambda: not life.left(in_the_log=False), timeout_s=60)


def test_what_is_read_and_shown_has_the_others_alone(life: Life) -> None:
    suite = life.suite
    assert findings(suite) == {COLLEAGUE}
    assert not timeline(suite, WORKER)
    assert timeline(suite, COLLEAGUE)
    read = suite.as_("tangshan").intake.ReadWorkerEvents
    assert not read(intake_pb2.ReadWorkerEventsRequest(worker_id=WORKER, page_size=50)).events
    assert read(intake_pb2.ReadWorkerEventsRequest(worker_id=COLLEAGUE, page_size=50)).events


def test_cases_count_as_they_did(life: Life) -> None:
    assert cases(life.suite) == life.cases_before


def test_the_ledgers_keep_the_fact_and_who_looked(life: Life) -> None:
    mark = WorkerMarks(ledger_keys(CommonSettings(data_dir=life.folder))).mark(WORKER)
    found = traces(life.folder, [life.erasure.erasure_id, mark])
    assert life.erasure.erasure_id in found["registry.db ledger_entry"]
    assert mark in found["workhours.db ledger_entry"]


def test_what_a_platform_sends_again_is_refused_and_later_work_is_taken(life: Life) -> None:
    again = intake_pb2.SubmitDispatchesRequest(
        request_id=life.suite.request_id(),
        platform_id="swift",
        dispatches=shift("erase-me", at("08:00"), orders=1, worker=1),
    )
    answer = life.suite.as_("swift").intake.SubmitDispatches(again).answer
    assert [each.reason for each in answer.rejections] == ["WORKER_ERASED"] * 2
    erased_ms = life.erasure.erase_time.ToMilliseconds()
    life.suite.submit("swift", shift("new-day", erased_ms, orders=1, minutes=0, worker=9))
    assert not life.left(in_the_log=False)


def test_once_the_log_has_let_go_no_file_has_a_trace(life: Life) -> None:
    assert life.left(in_the_log=True), "it keeps events for a while"
    life.clock.ahead_ms = life.erasure.gone_time.ToMilliseconds() - system_clock() + DAY_MS
    assert isinstance(life.suite.log, SqliteEventLog)
    life.suite.log.drop_expired()
    assert life.left(in_the_log=True) == {}
    assert life.left(in_the_log=False) == {}
