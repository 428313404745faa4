"""Live, time passes by the clock: a prompt comes when it is due, if no event does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.workhours.v1 import workhours_pb2 as pb
from tests.support.dispatches import at, shift
from tests.support.suite import PARTITIONS, Suite, eventually, intake, running_suite, workhours

EVERYTHING = pb.FindingFilter(include_withdrawn=True)


class ScriptedClock:
    """The time is what the test says."""

    def __init__(self, now_ms: int) -> None:
        self.now_ms = now_ms

    def __call__(self) -> int:
        return self.now_ms


def standing(suite: Suite) -> list[events.Finding]:
    return list(suite.admin.workhours.ListFindings(pb.ListFindingsRequest()).findings)


def time_of_partitions(folder: Path) -> int:
    """Where the last of them has come to, epoch milliseconds."""
    with closing(sqlite3.connect(folder / "workhours.db")) as store:
        passed = [row[0] for row in store.execute("SELECT watermark_ms FROM watermark")]
    return min(passed) if len(passed) == PARTITIONS else 0


def test_open_spells_reach_their_tiers_by_the_clock_alone(tmp_path: Path) -> None:
    clock = ScriptedClock(at("11:05"))
    live: dict[str, Any] = {"workhours_watermark": "wall", "workhours_allowed_skew_s": 60}
    with running_suite(tmp_path, intake, workhours, clock=clock, **live) as suite:
        suite.platform("swift")
        suite.submit("swift", shift("a", at("08:00"), orders=5, worker=1)[:9])  # the fifth is in hand

        clock.now_ms = at("11:34") + 59_000  # 3 h 30 min of work at 11:34; a minute of skew is allowed
        eventually(lambda: time_of_partitions(tmp_path) == at("11:33") + 59_000)
        assert standing(suite) == []
        clock.now_ms = at("11:35")
        eventually(lambda: [f.severity for f in standing(suite)] == [events.SEVERITY_PROMPT])
        (prompt,) = standing(suite)
        assert prompt.event_time.ToMilliseconds() == at("11:34")
        assert prompt.working_time.watermark_time.ToMilliseconds() == at("11:34")

        clock.now_ms = at("13:30")  # two hours after it began the order counts no more, then 20 minutes pass
        eventually(lambda: [f.severity for f in standing(suite)] == [events.SEVERITY_BREACH])
        (ended,) = standing(suite)
        assert ended.event_time.ToMilliseconds() == at("12:04")
        assert ended.working_time.spell_end_time.ToMilliseconds() == at("13:04")
        assert not ended.working_time.open


def test_time_does_not_pass_for_a_service_that_is_behind(tmp_path: Path) -> None:
    clock = ScriptedClock(at("20:00"))
    rows = shift("a", at("08:00"), orders=5, worker=1, minutes=30, gap=25)
    with running_suite(tmp_path, intake, clock=clock) as suite:
        suite.platform("swift")
        for row in rows:
            suite.submit("swift", [row], settle=False)
    # Workhours starts hours later and reads them record by record. No order was in hand for long.
    live: dict[str, Any] = {"workhours_watermark": "wall", "workhours_batch_records": 1}
    with running_suite(tmp_path, intake, workhours, clock=clock, **live) as suite:
        eventually(lambda: time_of_partitions(tmp_path) == at("19:59"))
        answer = suite.admin.workhours.ListFindings(pb.ListFindingsRequest(filter=EVERYTHING))
        assert not answer.findings, "not even one that was withdrawn again"
