"""24 days of real cabs through the service: what is found does not depend on how the events came."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.columns import EventBatch
from kit.eventlog.open import open_event_log
from services.workhours.settings import WorkhoursSettings
from tests.integration.workhours_robust import outcome
from tests.integration.workhours_robust.histories import NEEDS_CABS, Arrival, cab_trips, fill

pytestmark = NEEDS_CABS

OVER_THE_LIMIT = 253, 88
"""Spells and cabs, counted independently of this project."""


@pytest.fixture(scope="module")
def trips() -> EventBatch:
    return cab_trips()


def found(folder: Path, trips: EventBatch, arrival: Arrival, batch_records: int = 500) -> outcome.Findings:
    """What stands after all of it is judged."""
    settings = WorkhoursSettings(
        data_dir=folder,
        workhours_batch_records=batch_records,
        workhours_history_days=60,  # beyond the first trip, as a shuffled log has no lateness
        workhours_late_hours=336,
    )
    log = open_event_log(settings.log_url)
    fill(log, trips, arrival)
    outcome.undisturbed(log, settings)
    revisions = outcome.stored(folder)
    outcome.require_unbroken(revisions)
    assert not outcome.require_published(log, revisions)
    log.close()
    return outcome.standing(revisions)


@pytest.fixture(scope="module")
def expected(trips: EventBatch, tmp_path_factory: pytest.TempPathFactory) -> outcome.Findings:
    findings = found(tmp_path_factory.mktemp("in-order"), trips, Arrival())
    assert outcome.over_the_limit(findings) == OVER_THE_LIMIT
    return findings


@pytest.mark.parametrize(
    ("arrival", "batch_records"),
    [
        pytest.param(Arrival(partitions=1), 500, id="one partition"),
        pytest.param(Arrival(partitions=16), 500, id="sixteen partitions"),
        pytest.param(Arrival(groups=120, seed=3), 11, id="batched otherwise"),
        # The last has both, and is made in the short run too.
        pytest.param(Arrival(doubled=0.2), 30, id="a fifth of the events twice", marks=pytest.mark.long_run),
        pytest.param(
            Arrival(shuffle=20_080_517, partitions=1),
            15,
            id="shuffled, one partition",
            marks=pytest.mark.long_run,
        ),
        pytest.param(Arrival(shuffle=20_080_518), 40, id="shuffled"),
        pytest.param(
            Arrival(shuffle=20_080_519, doubled=0.3, groups=60, partitions=16),
            200,
            id="shuffled, doubled, sixteen partitions",
        ),
    ],
)
def test_findings_are_the_same_however_the_trips_arrive(
    tmp_path: Path, trips: EventBatch, expected: outcome.Findings, arrival: Arrival, batch_records: int
) -> None:
    now = found(tmp_path, trips, arrival, batch_records)
    outcome.require_same(expected, now)
