"""A worker reads their own record with a one-time code: theirs whole, as far as who vouched may vouch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from kit.ledger import Entry, ledger_keys
from kit.ledger.stored import tail
from kit.ledger.worker_marks import WorkerMarks
from kit.storage.store import Store
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.registry.v1 import registry_pb2, worker_codes_pb2
from quzhong.api.workhours.v1 import workhours_pb2
from services.workhours.settings import WorkhoursSettings
from tests.support.dispatches import at, order, shift, worker_id
from tests.support.suite import CITY, Party, Suite, intake, refusal, running_suite, workhours

LUBEI, LUNAN = "130203", "130202"
SELF, COLLEAGUE = 0, 1


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    """One rider takes orders of swift and rapid by turns; a colleague rides for swift alone."""
    folder = tmp_path_factory.mktemp("record")
    with running_suite(folder, intake, workhours, clock=lambda: at("20:00")) as suite:
        for platform_id in ("swift", "rapid"):
            suite.platform(platform_id, LUBEI)
        suite.union("city-union", CITY)
        suite.union("lunan-union", LUNAN)
        for platform_id, first in (("swift", 0), ("rapid", 1)):
            rows = [
                row
                for number in range(first, 10, 2)
                for row in order(
                    f"{platform_id}-{number}",
                    at("08:00") + number * 30 * 60_000,
                    at("08:28") + number * 30 * 60_000,
                    worker=SELF,
                )
            ]
            suite.submit(platform_id, rows)
        suite.submit("swift", shift("colleague", at("09:00"), orders=8, worker=COLLEAGUE))
        suite.folder = folder  # type: ignore[attr-defined]
        yield suite


def reader(suite: Suite, voucher: str, worker: int = SELF) -> Party:
    request = worker_codes_pb2.IssueWorkerCodeRequest(
        request_id=suite.request_id(), worker_id=worker_id(worker), reason="本人申请"
    )
    code = suite.as_(voucher).worker_codes.IssueWorkerCode(request).code
    redeem = worker_codes_pb2.RedeemWorkerCodeRequest(code=code)
    return suite.bearing(suite.stranger.worker_codes.RedeemWorkerCode(redeem).access_token)


def day(of: str = "") -> workhours_pb2.GetWorkerTimelineRequest:
    return workhours_pb2.GetWorkerTimelineRequest(
        worker_id=of,
        start_time=Timestamp(seconds=at("00:00") // 1000),
        end_time=Timestamp(seconds=at("00:00", 1) // 1000),
    )


def test_whom_a_union_vouches_for_sees_all_platforms_and_nobody_else(suite: Suite) -> None:
    mine = reader(suite, "city-union")
    record = mine.workhours.GetWorkerTimeline(day())
    assert {each.platform_id for each in record.intervals} == {"swift", "rapid"}
    assert len(record.intervals) == 10
    assert record.counters
    found = mine.workhours.ListFindings(workhours_pb2.ListFindingsRequest()).findings
    assert {each.worker_id for each in found} == {worker_id(SELF)}
    assert [each.finding_id for each in record.findings] == [each.finding_id for each in found]
    explained = mine.workhours.Explain(workhours_pb2.ExplainRequest(finding_id=found[0].finding_id))
    assert {each.platform_id for each in explained.events} == {"swift", "rapid"}
    advised = mine.workhours.ListAdvisories(workhours_pb2.ListAdvisoriesRequest()).advisories
    assert advised
    assert {each.worker_id for each in advised} == {worker_id(SELF)}


def test_whom_a_platform_vouches_for_sees_what_that_one_may_see(suite: Suite) -> None:
    record = reader(suite, "swift").workhours.GetWorkerTimeline(day())
    assert {each.platform_id for each in record.intervals} == {"swift"}
    stated = suite.as_("swift").workhours.ListFindings(workhours_pb2.ListFindingsRequest()).findings
    own = [each for each in stated if each.worker_id == worker_id(SELF)]
    assert sorted(map(str, record.findings)) == sorted(map(str, own))
    for platform_id in ("swift", "rapid"):
        mine = reader(suite, platform_id)
        for finding in mine.workhours.ListFindings(workhours_pb2.ListFindingsRequest()).findings:
            assert finding.platform_id == platform_id
            explained = mine.workhours.Explain(workhours_pb2.ExplainRequest(finding_id=finding.finding_id))
            assert {each.platform_id for each in explained.events} == {platform_id}
            assert list(explained.finding.working_time.platform_ids) == [platform_id]


def test_a_platform_that_never_saw_the_worker_opens_an_empty_record(suite: Suite) -> None:
    mine = reader(suite, "rapid", COLLEAGUE)
    record = mine.workhours.GetWorkerTimeline(day())
    assert not record.intervals
    assert not record.counters
    assert not record.findings
    assert not mine.workhours.ListFindings(workhours_pb2.ListFindingsRequest()).findings
    assert not mine.workhours.ListAdvisories(workhours_pb2.ListAdvisoriesRequest()).advisories


def test_a_union_of_another_county_opens_what_is_there_only(suite: Suite) -> None:
    record = reader(suite, "lunan-union").workhours.GetWorkerTimeline(day())
    assert not record.intervals
    assert not record.findings


def test_a_colleague_s_record_is_refused_as_one_that_nobody_has(suite: Suite) -> None:
    mine = reader(suite, "city-union")
    theirs = refusal(lambda: mine.workhours.GetWorkerTimeline(day(worker_id(COLLEAGUE))))
    assert theirs == refusal(lambda: mine.workhours.GetWorkerTimeline(day(worker_id(99))))
    assert theirs.reason == "FOREIGN_WORKER"
    (finding, *_) = (
        reader(suite, "city-union", COLLEAGUE)
        .workhours.ListFindings(workhours_pb2.ListFindingsRequest())
        .findings
    )
    for ask in ("Explain", "GetFinding"):
        request = getattr(workhours_pb2, f"{ask}Request")(finding_id=finding.finding_id)
        refused = refusal(lambda: getattr(mine.workhours, ask)(request))  # noqa: B023 called at once
        assert refused.reason == "FINDING_NOT_FOUND"


def test_the_worker_is_known_as_one_and_told_who_looked(suite: Suite) -> None:
    mine = reader(suite, "city-union")
    told = mine.registry.WhoAmI(registry_pb2.WhoAmIRequest())
    assert (told.role, told.party_id) == (registry_pb2.ROLE_WORKER, "city-union")
    codes = mine.worker_codes.ListWorkerCodes(worker_codes_pb2.ListWorkerCodesRequest()).codes
    assert {"city-union", "swift", "rapid"} == {each.party_id for each in codes} - {"lunan-union"}
    assert all(each.HasField("redeem_time") and each.reason == "本人申请" for each in codes)


def test_each_look_is_in_the_ledger(suite: Suite) -> None:
    reader(suite, "city-union").workhours.GetWorkerTimeline(day())
    settings = WorkhoursSettings(data_dir=suite.folder)  # type: ignore[attr-defined]
    store = Store.open_to_read(settings.store_url("workhours"))
    (entry,), _ = tail(store, "workhours", 1)
    store.close()
    assert isinstance(entry, Entry)
    assert entry.subject == f"worker/{WorkerMarks(ledger_keys(settings)).mark(worker_id(SELF))}"
    assert '"role":"worker"' in str(entry.details).replace(" ", "")


def test_to_revoke_the_party_s_credential_ends_its_workers_sessions(suite: Suite) -> None:
    suite.union("short-union", CITY)
    mine = reader(suite, "short-union")
    assert mine.workhours.GetWorkerTimeline(day()).intervals
    suite.admin.registry.RevokeCredential(
        registry_pb2.RevokeCredentialRequest(
            request_id=suite.request_id(), credential_id="workers-short-union"
        )
    )
    assert refusal(lambda: mine.workhours.GetWorkerTimeline(day())).reason == "CREDENTIAL_REVOKED"
    request = worker_codes_pb2.IssueWorkerCodeRequest(
        request_id=suite.request_id(), worker_id=worker_id(SELF), reason="本人申请"
    )
    refused = refusal(lambda: suite.as_("short-union").worker_codes.IssueWorkerCode(request))
    assert refused.reason == "CREDENTIAL_REVOKED"


def test_rows_are_checked_as_they_would_be_answered_and_nothing_is_taken_in(suite: Suite) -> None:
    platform = suite.as_("swift")
    good, other = order("checked", at("10:00"), at("10:20"), worker=7)
    again = order("swift-0", at("08:00"), at("08:28"), worker=SELF)[0]
    bad = order("bad", at("10:00"), at("10:20"), worker=7)[0]
    bad.worker_id = "13812345678"
    request = intake_pb2.CheckEventsRequest(dispatches=[good, bad, again, good, other])
    before = suite.log.end_offsets("dispatches"), suite.log.end_offsets("dispatches.dead-letter")
    answer = platform.intake.CheckEvents(request).dispatches
    assert list(answer.verdicts) == [1, 3, 2, 2, 1]
    assert [(each.row, each.reason) for each in answer.rejections] == [(1, "LOOKS_LIKE_PHONE")]
    assert platform.intake.CheckEvents(request).dispatches == answer
    assert (suite.log.end_offsets("dispatches"), suite.log.end_offsets("dispatches.dead-letter")) == before
    submitted = platform.intake.SubmitDispatches(
        intake_pb2.SubmitDispatchesRequest(
            request_id="real", platform_id="swift", dispatches=request.dispatches
        )
    ).answer
    assert submitted == answer


def test_the_status_of_an_integration_adds_its_answers_up(suite: Suite) -> None:
    platform = suite.as_("rapid")
    ask = intake_pb2.GetIntegrationStatusRequest(window=Duration(seconds=7_200))
    before = platform.intake.GetIntegrationStatus(ask)
    rows = order("late", at("19:00"), at("19:30"), worker=8)
    bad = order("bad", at("19:00"), at("19:30"), worker=8)[0]
    bad.area_code = "999999"
    platform.intake.SubmitDispatches(
        intake_pb2.SubmitDispatchesRequest(
            request_id="status", platform_id="rapid", dispatches=[*rows, rows[0], bad]
        )
    )
    after = platform.intake.GetIntegrationStatus(ask)
    assert after.batches == before.batches + 1
    assert (after.accepted, after.duplicate) == (before.accepted + 2, before.duplicate + 1)
    assert [(each.reason, each.field, each.rows) for each in after.rejections] == [
        ("AREA_UNKNOWN", "area_code", 1)
    ]
    assert after.last_batch.request_id == "status"
    assert after.last_batch.lag.ToMilliseconds() == at("20:00") - at("19:30")
