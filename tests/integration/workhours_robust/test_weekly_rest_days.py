"""What is found of a week without a rest day, long after most of its orders were let go of."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np

from kit.eventlog.open import open_event_log
from kit.eventlog.topics import TOPICS
from services.workhours.settings import WorkhoursSettings
from tests.integration.workhours_robust import outcome
from tests.integration.workhours_robust.histories import Arrival, rider_days, time_has_passed

TEN_DAYS = rider_days("anna", range(10))
"""One rider, four short orders a day from a Monday on: no rest day in the first week."""
ARRIVAL = Arrival(groups=60, partitions=1)


def found(folder: Path, lives: int) -> outcome.Revisions:
    """What is stated after lives of the service, each of which is handed a part, record by record."""
    settings = WorkhoursSettings(data_dir=folder, workhours_batch_records=1)
    log = open_event_log(settings.log_url)
    log.ensure_topics(TOPICS, ARRIVAL.partitions)
    groups = [*ARRIVAL.records(TEN_DAYS), time_has_passed(TEN_DAYS, ARRIVAL.partitions)]
    for start, end in pairwise(np.linspace(0, len(groups), lives + 1).astype(int).tolist()):
        for records in groups[start:end]:
            log.append(records)
        outcome.undisturbed(log, settings)
    log.close()
    return outcome.stored(folder)


def test_a_week_without_a_rest_day_is_one_finding(tmp_path: Path) -> None:
    once = outcome.standing(found(tmp_path / "1", 1))
    assert [finding.rule_id for finding in once.values()] == [outcome.WEEKLY_REST_DAY]


def test_what_a_week_states_does_not_depend_on_restarts(tmp_path: Path) -> None:
    once, often = (found(tmp_path / str(lives), lives) for lives in (1, 5))
    outcome.require_same(outcome.standing(once), outcome.standing(often))
