"""Killing workhours again and again until it has judged everything there is."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from kit.eventlog.port import EventLog
from kit.eventlog.topics import DISPATCHES
from services.workhours.settings import WorkhoursSettings
from tests.integration.workhours_robust.judging import judging
from tests.integration.workhours_robust.outcome import progress
from tests.support.suite import eventually

AT_THE_START_S = 0.4
"""Restoring is over by then, or not."""
AT_WORK_S = 0.1
"""Some batches' time."""


def judged_under_kills(
    log: EventLog, settings: WorkhoursSettings, *, snapshot_rows: int, kills: int, seed: int
) -> int:
    """Judge the log, SIGKILLed ``kills`` times on the way and once more at each next start; how often.

    A kill comes a moment after some record that the seed chooses, so that it finds work in hand; the one
    after it finds the next process at restoring what is stored.
    """
    rng = np.random.default_rng(seed)
    total = sum(log.end_offsets(DISPATCHES.name).values())
    count = 0
    for reached in np.sort(rng.choice(np.arange(total // 20, total * 4 // 5), kills, replace=False)).tolist():
        with judging(settings.log_url, settings, snapshot_rows) as victim:
            victim.says("started")
            eventually(lambda due=reached: _records(settings.data_dir) >= due, 30)  # type: ignore[misc]
            time.sleep(rng.uniform(0, AT_WORK_S))
            victim.kill()
            count += 1
        with judging(settings.log_url, settings, snapshot_rows) as victim:
            victim.says("started")
            time.sleep(rng.uniform(0, AT_THE_START_S))
            victim.kill()
            count += 1
    assert _records(settings.data_dir) < total, "nothing was left for the last process to do"
    with judging(settings.log_url, settings, snapshot_rows) as survivor:
        survivor.says("started")
        survivor.says("drained")
        survivor.stop()
    return count


def _records(folder: Path) -> int:
    return progress(folder).records
