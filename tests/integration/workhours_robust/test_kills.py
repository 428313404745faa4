"""kill -9 every second or so: what is found is what an undisturbed service finds, once each."""

from __future__ import annotations

from pathlib import Path

from kit.columns import EventBatch
from kit.eventlog.open import open_event_log
from services.workhours.settings import WorkhoursSettings
from tests.integration.workhours_robust import outcome
from tests.integration.workhours_robust.histories import NEEDS_CABS, Arrival, cab_trips, corrected_days, fill
from tests.integration.workhours_robust.kills import judged_under_kills


def require_the_same_under_kills(
    folder: Path, history: EventBatch, arrival: Arrival, *, snapshot_rows: int, kills: int, history_days: int
) -> outcome.Revisions:
    """What is found under kills, after it was compared with what is found without."""
    found: list[outcome.Revisions] = []
    for name in ("undisturbed", "killed"):
        settings = WorkhoursSettings(
            data_dir=folder / name,
            workhours_batch_records=4,
            workhours_history_days=history_days,
        )
        log = open_event_log(settings.log_url)
        fill(log, history, arrival)
        if name == "undisturbed":
            outcome.undisturbed(log, settings)
        else:
            assert judged_under_kills(log, settings, snapshot_rows=snapshot_rows, kills=kills, seed=9) >= 5
            assert outcome.snapshots(settings.data_dir) == arrival.partitions
        found.append(outcome.stored(settings.data_dir))
        outcome.require_unbroken(found[-1])
        outcome.require_published(log, found[-1])
        log.close()
    before, now = map(outcome.standing, found)
    outcome.require_same(before, now)
    return found[-1]


@NEEDS_CABS
def test_real_trips_under_kills(tmp_path: Path) -> None:
    found = require_the_same_under_kills(
        tmp_path, cab_trips(), Arrival(groups=150), snapshot_rows=10_000, kills=3, history_days=60
    )
    assert outcome.over_the_limit(outcome.standing(found)) == (253, 88)


def test_corrected_days_under_kills(tmp_path: Path) -> None:
    history = corrected_days(workers=120, days=2)
    found = require_the_same_under_kills(
        tmp_path, history, Arrival(groups=120, doubled=0.05), snapshot_rows=2_000, kills=3, history_days=14
    )
    assert any(revision > 1 for _, revision in found), "corrections amend"
    assert len(outcome.standing(found)) > 20
