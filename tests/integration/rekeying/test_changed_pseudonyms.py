"""A worker's pseudonym changes in the middle of a shift: over the whole suite, on a real socket."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from kit.columns.records import decode_record
from kit.columns.versions import MOVED_AWAY
from kit.eventlog.partitioner import partition_of
from kit.eventlog.port import TopicPartition
from kit.eventlog.topics import ACTIVITY, DISPATCHES
from quzhong.api.algo_audit.v1 import algo_audit_pb2
from quzhong.api.events.v1 import events_pb2, findings_pb2
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.registry.v1 import pseudonyms_pb2, registry_pb2
from quzhong.api.workhours.v1 import workhours_pb2
from services.registry import rotate_key
from services.registry.settings import RegistrySettings
from tests.support.dispatches import DAY_MS, MINUTE_MS, at, order, time_passes
from tests.support.suite import CITY, PARTITIONS, Suite, algo_audit, intake, running_suite, workhours

START_MS = at("08:00")
NOW_MS = at("20:00")
OLD = "old-pseudonym-of-a-worker"


def shares_partition(name: str) -> bool:
    """Whether it falls into the partition of the old one."""
    return partition_of(name.encode(), PARTITIONS) == partition_of(OLD.encode(), PARTITIONS)


NAMES = [f"new-pseudonym-{number:06d}" for number in range(50)]
NEWS = {same: next(name for name in NAMES if shares_partition(name) is same) for same in (True, False)}
"""A new pseudonym in the partition of the old one, and one in another."""


class SettableClock:
    """The services' present. It stands still."""

    now_ms = NOW_MS

    def __call__(self) -> int:
        return self.now_ms


CLOCK = SettableClock()

Life = Callable[[], AbstractContextManager[Suite]]


@pytest.fixture
def life(tmp_path: Path) -> Life:
    """Start the suite on one folder: again is a restart."""

    @contextmanager
    def lives() -> Iterator[Suite]:
        with running_suite(tmp_path, intake, workhours, algo_audit, clock=CLOCK) as suite:
            yield suite

    with lives() as suite:
        suite.platform("swift")
        suite.platform("steady")
        suite.regulator("tangshan")
    rotate_key.add(
        RegistrySettings(data_dir=tmp_path).pseudonym_key_file, NOW_MS + DAY_MS, NOW_MS + 3 * DAY_MS
    )
    return lives


def worked(worker_id: str, first: int, end: int, distance_m: int = 1_500) -> list[events_pb2.Dispatch]:
    """Orders ``first`` … ``end`` of ten minutes, one right after the other."""
    rows = []
    for number in range(first, end):
        begin_ms = START_MS + number * 10 * MINUTE_MS
        rows += order(f"o{number}", begin_ms, begin_ms + 10 * MINUTE_MS)
    for row in rows:
        row.worker_id = worker_id
        row.distance_m = distance_m
    return rows


def link(suite: Suite, old: str, new: str, party: str = "swift") -> pseudonyms_pb2.LinkPseudonymsResponse:
    request = pseudonyms_pb2.LinkPseudonymsRequest(
        request_id=suite.request_id(),
        old_key_version=1,
        new_key_version=2,
        links=[pseudonyms_pb2.PseudonymLink(old_pseudonym=old, new_pseudonym=new)],
    )
    answer: pseudonyms_pb2.LinkPseudonymsResponse = suite.as_(party).pseudonyms.LinkPseudonyms(request)
    return answer


def standing(suite: Suite) -> list[findings_pb2.Finding]:
    """The findings that stand on the two pseudonyms."""
    answer = suite.admin.workhours.ListFindings(workhours_pb2.ListFindingsRequest(page_size=1_000))
    return [
        finding
        for finding in answer.findings
        if finding.state == findings_pb2.FINDING_STATE_STANDS and finding.worker_id in (OLD, *NEWS.values())
    ]


def audited(suite: Suite) -> algo_audit_pb2.CohortFigures:
    """An audit of delivery times: the figures of the platform without the limit."""
    suite.drain()
    request = algo_audit_pb2.RunAuditRequest(
        request_id=suite.request_id(), metric_id="delivery_time", area_code=CITY
    )
    audit = suite.as_("tangshan").algo_audit.RunAudit(request).audit
    (cohort,) = (cohort for cohort in audit.cohorts if cohort.figures.orders)
    figures: algo_audit_pb2.CohortFigures = cohort.figures
    return figures


def declare_limit(suite: Suite) -> None:
    """At the beginning of the day, 15 min for up to 2 km."""
    CLOCK.now_ms = at("00:00")
    suite.as_("swift").registry.DeclareThreshold(
        registry_pb2.DeclareThresholdRequest(
            request_id=suite.request_id(),
            platform_id="swift",
            metric_id="delivery_time",
            area_code=CITY,
            service=events_pb2.SERVICE_KIND_FOOD_DELIVERY,
            distance_end_m=2_000,
            value=15 * 60,
            effective_time=Timestamp(seconds=at("00:00") // 1000),
        )
    )
    CLOCK.now_ms = NOW_MS


def time_passes_now(suite: Suite) -> None:
    suite.submit("steady", time_passes(at("13:00"), PARTITIONS))


@pytest.mark.parametrize("new", NEWS.values(), ids=["same partition", "another partition"])
def test_continuous_work_across_a_change_is_one_breach_under_the_new_pseudonym(life: Life, new: str) -> None:
    with life() as suite:
        suite.submit("swift", worked(OLD, 0, 23))  # 08:00–11:50: 3 h 50
        (prompt,) = standing(suite)
        assert (prompt.worker_id, prompt.severity) == (OLD, findings_pb2.SEVERITY_PROMPT)
    with life() as suite:
        assert link(suite, OLD, new).linked_count == 1
        suite.drain()
        (prompt,) = standing(suite)
        assert (prompt.worker_id, prompt.severity) == (new, findings_pb2.SEVERITY_PROMPT)
    with life() as suite:
        suite.submit("swift", worked(new, 23, 25))  # to 12:10: 4 h 10
        time_passes_now(suite)
        (breach,) = standing(suite)
        assert (breach.worker_id, breach.severity) == (new, findings_pb2.SEVERITY_BREACH)
        assert breach.working_time.measured.ToTimedelta().total_seconds() == 250 * 60


@pytest.mark.parametrize("new", NEWS.values(), ids=["same partition", "another partition"])
def test_a_breach_that_rests_on_a_wrong_link_falls_when_it_is_undone(life: Life, new: str) -> None:
    with life() as suite:
        suite.submit("swift", worked(OLD, 0, 20))  # 08:00–11:20
        link(suite, OLD, new, "steady")
        suite.submit("swift", worked(OLD, 20, 22))  # said under the old one while the link is in force
        suite.submit("steady", worked(new, 22, 25))  # another worker's, to 12:10
        time_passes_now(suite)
        (breach,) = standing(suite)
        assert (breach.worker_id, breach.severity) == (new, findings_pb2.SEVERITY_BREACH)
        suite.admin.pseudonyms.UnlinkPseudonyms(
            pseudonyms_pb2.UnlinkPseudonymsRequest(
                request_id=suite.request_id(),
                old_key_version=1,
                old_pseudonym=OLD,
                new_pseudonym=new,
                reason="two workers",
            )
        )
        suite.drain()
    with life() as suite:
        suite.drain()
        (prompt,) = standing(suite)
        assert (prompt.worker_id, prompt.severity) == (OLD, findings_pb2.SEVERITY_PROMPT)
        suite.submit("swift", worked(OLD, 22, 25))
        suite.submit("steady", time_passes(at("13:10"), PARTITIONS))
        (breach,) = standing(suite)
        assert (breach.worker_id, breach.severity) == (OLD, findings_pb2.SEVERITY_BREACH)
        assert breach.working_time.measured.ToTimedelta().total_seconds() == 250 * 60


def test_a_platform_that_still_sends_the_old_pseudonym_adds_to_the_same_worker(life: Life) -> None:
    new = NEWS[False]
    with life() as suite:
        suite.submit("swift", worked(OLD, 0, 20))
        link(suite, OLD, new)
        suite.submit("swift", worked(new, 20, 23))
        suite.submit("steady", worked(OLD, 23, 25))
        assert link(suite, OLD, new, "steady").known_count == 1
        time_passes_now(suite)
        (breach,) = standing(suite)
        assert (breach.worker_id, breach.severity) == (new, findings_pb2.SEVERITY_BREACH)
    with life() as suite:
        suite.submit("steady", worked(OLD, 25, 27))
        (breach,) = standing(suite)
        assert breach.working_time.measured.ToTimedelta().total_seconds() == 270 * 60


@pytest.mark.parametrize("new", NEWS.values(), ids=["same partition", "another partition"])
def test_a_correction_under_either_pseudonym_reaches_the_event(life: Life, new: str) -> None:
    def shortened(worker_id: str, number: int, version: int) -> list[events_pb2.Dispatch]:
        (_, end) = worked(worker_id, number, number + 1)
        end.event_time.FromMilliseconds(end.event_time.ToMilliseconds() - 4 * MINUTE_MS)
        end.version = version
        return [end]

    with life() as suite:
        suite.submit("swift", worked(OLD, 0, 23))
        suite.submit("swift", worked(new, 23, 26))  # before the link is known
        link(suite, OLD, new)
        suite.drain()
    with life() as suite:
        suite.submit("swift", shortened(new, 0, 1))
        suite.submit("swift", shortened(OLD, 1, 2))
        suite.submit("swift", shortened(OLD, 24, 1))
        suite.submit("swift", shortened(new, 25, 1))
        time_passes_now(suite)
        (breach,) = standing(suite)
        assert breach.worker_id == new
        assert breach.working_time.measured.ToTimedelta().total_seconds() == (260 - 16) * 60
        again = intake_pb2.SubmitDispatchesRequest(
            request_id=suite.request_id(),
            platform_id="swift",
            dispatches=[*worked(OLD, 0, 1), *worked(new, 1, 2), *shortened(OLD, 0, 1)],
        )
        answer = suite.as_("swift").intake.SubmitDispatches(again).answer
        assert (answer.duplicate, answer.rejected) == (5, 0), answer.rejections


def test_an_audit_counts_each_order_once(life: Life) -> None:
    others = [
        row
        for worker in range(11)
        for number in range(10)
        for row in order(
            f"others-{worker}-{number}",
            at("09:00") + number * 30 * MINUTE_MS,
            at("09:12") + number * 30 * MINUTE_MS,
            worker=worker,
            distance_m=1_500,
        )
    ]
    with life() as suite:
        declare_limit(suite)
        suite.submit("steady", [*others, *worked(OLD, 0, 18)])
        before = audited(suite)
        assert before.workers == 12
        assert before.orders + before.excluded_orders == 110 + 18
        link(suite, OLD, NEWS[False], "steady")
        assert audited(suite) == before
        suite.submit("steady", worked(NEWS[False], 18, 20))
    with life() as suite:
        suite.submit("steady", worked(OLD, 20, 21))
        after = audited(suite)
        assert after.workers == 12
        assert after.orders + after.excluded_orders == 110 + 21


@pytest.mark.parametrize("new", NEWS.values(), ids=["same partition", "another partition"])
def test_who_changed_pseudonym_is_counted_once_among_the_active(life: Life, new: str) -> None:
    def counted(suite: Suite) -> list[int]:
        """Of each partition, the count of swift's workers that holds: the one with the greatest revision."""
        suite.drain()
        last: dict[int, tuple[int, int]] = {}
        for partition, end in suite.log.end_offsets(ACTIVITY.name).items():
            for record in suite.log.read(TopicPartition(ACTIVITY.name, partition), 0, end):
                told = findings_pb2.WorkforceActivity.FromString(record.value)
                if told.platform_id == "swift":
                    last[told.partition] = max(
                        last.get(told.partition, (0, 0)), (told.revision, told.workers)
                    )
        return sorted(workers for _, workers in last.values() if workers)

    with life() as suite:
        suite.submit("swift", worked(OLD, 0, 3))
        assert counted(suite) == [1]
        suite.submit("swift", worked(new, 3, 5))
        assert sum(counted(suite)) == 2
        link(suite, OLD, new)
        assert counted(suite) == [1]
    with life() as suite:
        suite.submit("swift", [*worked(new, 5, 7), *worked(OLD, 7, 9)])
        assert counted(suite) == [1]


def test_the_record_shows_where_events_went(life: Life) -> None:
    def archived(suite: Suite, worker_id: str) -> list[tuple[str, int, bool]]:
        request = intake_pb2.ReadWorkerEventsRequest(worker_id=worker_id, page_size=100)
        events = suite.admin.intake.ReadWorkerEvents(request).events
        rows = [event.dispatch for event in events]
        assert {row.worker_id for row in rows} == {worker_id}
        return [(row.event_id, row.version, row.deleted) for row in rows]

    new = NEWS[False]
    with life() as suite:
        suite.submit("swift", [*worked(OLD, 0, 1), *worked(new, 1, 2)])
        link(suite, OLD, new)
        suite.drain()
        before = [(row.event_id, version) for row in worked(OLD, 0, 1) for version in (0, MOVED_AWAY)]
        assert archived(suite, OLD) == [(event_id, version, version > 0) for event_id, version in before]
        now = archived(suite, new)
        assert [each for each in now if not each[2]] == [
            (row.event_id, 0, False) for row in worked(new, 0, 2)
        ]


def test_moving_again_writes_the_same_statements(life: Life, tmp_path: Path) -> None:
    def said(suite: Suite) -> tuple[int, set[tuple[int, str, int, int]]]:
        rows, statements = 0, set()
        for partition, end in suite.log.end_offsets(DISPATCHES.name).items():
            for record in suite.log.read(TopicPartition(DISPATCHES.name, partition), 0, end):
                batch = decode_record(record)
                rows += len(batch)
                names = batch.names("worker").tolist()
                keys, versions = batch["event_key"].tolist(), batch["version"].tolist()
                statements |= set(zip([partition] * len(batch), names, keys, versions, strict=True))
        return rows, statements

    new = NEWS[False]
    with life() as suite:
        suite.submit("swift", worked(OLD, 0, 3))
        link(suite, OLD, new)
        suite.drain()
        rows, once = said(suite)
        assert rows == 6 + 6 + 6
        assert sum(version == MOVED_AWAY for *_, version in once) == 6
    _note_again(tmp_path, OLD)
    with life() as suite:
        suite.drain()
        more, twice = said(suite)
        assert (more, twice) == (rows + 12, once)


def _note_again(folder: Path, worker_id: str) -> None:
    """As a crash leaves it that comes after the append."""
    with closing(sqlite3.connect(folder / "archive.db")) as connection, connection:
        connection.execute("INSERT INTO worker_to_move (worker_id, partition) VALUES (?, 0)", [worker_id])
