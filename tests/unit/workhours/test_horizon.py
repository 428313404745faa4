"""What lies beyond the horizon, or is no longer on the log: judged no more, and what was found stands."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import pytest

from services.workhours.core.rule_pack import RulePack
from services.workhours.core.work_events import DispatchKind
from services.workhours.ports import Keeping
from tests.unit.workhours.shifts import DAY_START, HOUR, Row, at
from tests.unit.workhours.test_working_time import Service, over_limit, service

DAY = 24 * HOUR
SHORT = Keeping(history_days=8)


def _passes(day: int) -> list[Row]:
    """Somebody else's offer: time passes."""
    return [Row(9, 0, day, DispatchKind.OFFERED, DAY_START + day * DAY)]


def _breaches(running: Service) -> list[str]:
    found = (each for each in running.stated() if each.rule_id.endswith("work"))
    return [f"{each.state.name} {each.revision}" for each in found]


def test_a_restart_takes_nothing_back_that_lies_beyond_the_horizon(pack: RulePack) -> None:
    with service(pack, SHORT) as running:
        running.take(over_limit())
        for day in range(1, 20):
            running.take(_passes(day))
        before = _breaches(running)
        running.restart()
        running.take(_passes(20))
        assert _breaches(running) == before == ["STANDS 2"]


def test_a_log_that_lost_its_beginning_takes_nothing_back(pack: RulePack) -> None:
    with service(pack) as running:
        running.take(over_limit())
        running.take(_passes(1))
        before = _breaches(running)
        with patch.object(type(running.log), "start_offsets", lambda self, topic: {0: 1}):
            running.restart()
            running.take([Row(0, 0, 77, DispatchKind.ACCEPTED, DAY_START + DAY + HOUR)])
            running.take(_passes(2))
        assert _breaches(running) == before


def test_an_event_beyond_the_horizon_is_put_aside_with_the_reason(pack: RulePack) -> None:
    with service(pack, SHORT) as running:
        running.take(_passes(20))
        running.take(over_limit())
        assert running.stated() == []
        assert {old.worker_id for old in running.published.old} == {"worker-0000"}
        assert len(running.published.old) == len(over_limit())


def test_a_correction_that_moves_an_event_beyond_the_horizon_takes_it_away(pack: RulePack) -> None:
    with service(pack, SHORT) as running:
        rows = over_limit()
        running.take(rows)
        running.take(_passes(5))
        assert _breaches(running) == ["STANDS 2"]
        running.take([row.corrected(time=row.time - 10 * DAY) for row in rows])
        assert _breaches(running) == ["WITHDRAWN 3"]


def test_corrections_in_either_order_count_the_same_workers(pack: RulePack) -> None:
    first = Row(0, 0, 1, DispatchKind.ACCEPTED, at("08:00"))
    second = first.corrected(time=at("08:10"))
    counts = []
    for turn in ([first, second], [second, first]):
        with service(pack) as running:
            for row in turn:
                running.take([row])
            counts.append(running.counts())
    assert counts[0] == counts[1] == {("platform-0", "130200", "2026-01-15"): 1}


def test_a_pack_the_service_cannot_judge_by_is_refused_while_running(
    pack: RulePack, caplog: pytest.LogCaptureFixture
) -> None:
    week = next(rule for rule in pack.rules if rule.id.endswith("daily-order-time"))
    unfit = replace(week, id=f"{pack.id}.weekly", params=replace(week.params, window="week"))
    with service(pack) as running:
        running.take(over_limit())
        running.pack = replace(pack, version="9.0.0", rules=(*pack.rules, unfit))
        running.take(over_limit()[:1])
        running.take(_passes(1))
        assert _breaches(running) == ["STANDS 2"]
        assert {each.pack_version for each in running.stated()} == {pack.version}
    assert "rule pack refused" in caplog.text
