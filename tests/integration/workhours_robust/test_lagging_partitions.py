"""A partition may be days behind another of the same process, as after an outage."""

from __future__ import annotations

from pathlib import Path

from kit.eventlog.open import open_event_log
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import TOPICS
from services.workhours.settings import WorkhoursSettings
from tests.integration.workhours_robust import outcome
from tests.integration.workhours_robust.histories import records_of, rider_days

PARTITIONS = 2
LONG_DAY = [f"{hour:02}:{minute}" for hour in range(9, 18) for minute in ("00", "30")]
"""Nine hours."""


def riders_of(partition: int) -> list[str]:
    """Some who are in this partition."""
    riders = [f"rider-{number}" for number in range(20)]
    return [rider for rider in riders if records(rider, 1)[0].partition == partition]


def records(rider: str, day: int) -> list[NewRecord]:
    return records_of(rider_days(rider, [day], LONG_DAY if day == 0 else ["09:00"]), PARTITIONS)


def test_a_day_ends_for_a_partition_that_lags_days_behind_another(tmp_path: Path) -> None:
    settings = WorkhoursSettings(data_dir=tmp_path)
    behind, neighbour, *_ = riders_of(0)
    ahead, *_ = riders_of(1)
    log = open_event_log(settings.log_url)
    log.ensure_topics(TOPICS, PARTITIONS)
    portions = [records(behind, 0), records(ahead, 5), records(neighbour, 1)]
    outcome.undisturbed(log, settings, portions)
    log.close()
    findings = outcome.standing(outcome.stored(tmp_path)).values()
    (day,) = (each for each in findings if each.rule_id.endswith("daily-order-time"))
    assert not day.working_time.open
