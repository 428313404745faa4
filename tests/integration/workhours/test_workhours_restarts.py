"""The same events end in the same findings, whatever happens to the process and however they are divided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kit.eventlog.topics import ACTIVITY, FINDINGS
from quzhong.api.events.v1 import events_pb2
from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.workhours.v1 import workhours_pb2 as pb
from tests.integration.workhours.conftest import NOW_MS
from tests.support.dispatches import at, mixed, shift, time_passes
from tests.support.suite import Suite, intake, running_suite, workhours

SHIFTS = [shift(f"w{worker}", at("08:00"), orders=4 + worker % 3, worker=worker) for worker in range(1, 8)]
ROWS = [row for rows in (*SHIFTS, time_passes(at("20:00"), 8)) for row in rows]


def stated(suite: Suite) -> list[events.Finding]:
    """What stands, without the way by which it came about."""
    findings = suite.admin.workhours.ListFindings(pb.ListFindingsRequest(page_size=1_000)).findings
    for finding in findings:
        for name in ("revision", "changes", "create_time"):
            finding.ClearField(name)
        finding.working_time.ClearField("watermark_time")
    return list(findings)


def found(
    folder: Path, lives: Sequence[Sequence[events_pb2.Dispatch]], partitions: int = 3
) -> list[events.Finding]:
    """The findings after lives of the service, each of which is handed some rows."""
    for life, rows in enumerate(lives):
        with running_suite(folder, intake, workhours, clock=lambda: NOW_MS, partitions=partitions) as suite:
            if not life:
                suite.platform("swift")
            # All but the last life end with records in the log that they have not judged.
            suite.submit("swift", rows, settle=life == len(lives) - 1)
            findings = stated(suite)
    return findings


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[events.Finding]:
    findings = found(tmp_path_factory.mktemp("at-once"), [ROWS])
    assert len(findings) == 5
    return findings


def test_a_restart_in_the_middle_changes_nothing(tmp_path: Path, expected: list[events.Finding]) -> None:
    rows = mixed(ROWS, 7)
    third = len(rows) // 3
    assert found(tmp_path, [rows[:third], rows[third : 2 * third], rows[2 * third :]]) == expected


@pytest.mark.parametrize("partitions", [1, 8])
def test_the_number_of_partitions_changes_no_ended_spell(
    tmp_path: Path, expected: list[events.Finding], partitions: int
) -> None:
    assert found(tmp_path, [mixed(ROWS, 5)], partitions) == expected


def test_findings_and_activity_are_on_their_topics(tmp_path: Path, expected: list[events.Finding]) -> None:
    with running_suite(tmp_path, intake, workhours, clock=lambda: NOW_MS) as suite:
        suite.platform("swift")
        suite.submit("swift", ROWS)
        published: dict[str, events.Finding] = {}
        for record in suite.log.reader(FINDINGS.name).poll(1):
            finding = events.Finding.FromString(record.value)
            assert record.key == finding.platform_id.encode()
            published[finding.finding_id] = finding
        assert published.keys() == {finding.finding_id for finding in expected}
        counts: dict[tuple[str, str, int], int] = {}
        for record in suite.log.reader(ACTIVITY.name).poll(1):
            count = events.WorkforceActivity.FromString(record.value)
            counts[count.area_code, count.local_date, count.partition] = count.workers
        assert sum(counts.values()) == len({row.worker_id for row in ROWS})
        assert {day for _, day, _ in counts} == {"2026-03-16"}
