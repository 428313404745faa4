"""Processes of one group come, leave and are killed while at work: together they find what one would."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from kit.eventlog.open import open_event_log
from kit.eventlog.topics import DISPATCHES, TOPICS
from services.workhours.settings import WorkhoursSettings
from tests.integration.workhours_robust import outcome
from tests.integration.workhours_robust.histories import Arrival, corrected_days, fill, time_has_passed
from tests.integration.workhours_robust.judging import Member, judging, open_log
from tests.support.suite import eventually

PARTITIONS = 6
SNAPSHOT_ROWS = 2_000
LONGEST_S = 40.0


@pytest.fixture
def shared(tmp_path: Path) -> WorkhoursSettings:
    """The settings of a group whose log is empty."""
    return WorkhoursSettings(data_dir=tmp_path / "group", workhours_batch_records=4)


def test_members_that_come_leave_and_die_find_what_one_finds(
    tmp_path: Path, shared: WorkhoursSettings
) -> None:
    history = corrected_days(workers=150, days=2)
    arrival = Arrival(groups=120, partitions=PARTITIONS, doubled=0.05)
    alone = WorkhoursSettings(data_dir=tmp_path / "alone", workhours_batch_records=4)
    with ExitStack() as stack:
        log = open_event_log(alone.log_url)
        stack.callback(log.close)
        fill(log, history, arrival)
        outcome.undisturbed(log, alone)
    expected = outcome.stored(alone.data_dir)

    with ExitStack() as stack:
        log = open_log(shared.log_url)
        stack.callback(log.close)
        log.ensure_topics(TOPICS, PARTITIONS)
        groups = [*arrival.records(history), time_has_passed(history, PARTITIONS)]

        def append(until: float) -> None:
            """The history up to this share of it."""
            while groups and len(groups) > (1 - until) * arrival.groups:
                log.append(groups.pop(0))

        def joined() -> Member:
            """One process more, that has been given partitions."""
            before = outcome.progress(shared.data_dir).claims
            member = stack.enter_context(judging(shared.log_url, shared, SNAPSHOT_ROWS))
            eventually(lambda: outcome.progress(shared.data_dir).claims != before, LONGEST_S)
            return member

        def judged(share: float) -> None:
            """So much of what is in the log is judged by now."""
            wanted = share * sum(log.end_offsets(DISPATCHES.name).values())
            eventually(lambda: outcome.progress(shared.data_dir).records >= wanted, LONGEST_S)

        append(0.3)
        first = joined()
        judged(0.3)
        second = joined()
        append(0.6)
        judged(0.6)
        first.kill()
        append(0.8)
        third = joined()
        judged(0.7)
        second.stop()
        append(1.0)
        judged(1.0)
        third.stop()

        assert all(owners >= 2 for owners in outcome.progress(shared.data_dir).claims.values())
        found = outcome.stored(shared.data_dir)
        outcome.require_unbroken(found)
        outcome.require_published(log, found)
    outcome.require_same(outcome.standing(expected), outcome.standing(found))
