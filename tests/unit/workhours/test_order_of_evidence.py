"""Evidence is told in order of time, also where a correction changes nothing but that order."""

from __future__ import annotations

import pytest

from services.workhours.core.rule_pack import RulePack
from tests.unit.workhours.shifts import accepted, at, completed, orders
from tests.unit.workhours.test_working_time import service

ALL_DAY = orders(("01:00", "09:30"))
FIRST, SECOND = accepted("02:00", order=10), accepted("02:30", order=11)
ENDS = [completed("03:00", order=10), completed("03:10", order=11)]
MOVED = FIRST.corrected(time=at("02:40"))
"""The first is behind the second now; both lie within the order of all day, so no figure changes."""


@pytest.mark.parametrize("rule", ["continuous-work", "daily-order-time"])
def test_an_event_that_moves_under_another_order_ends_as_if_it_had_been_right_at_once(
    pack: RulePack, rule: str
) -> None:
    with service(pack) as at_once, service(pack) as corrected:
        at_once.take([*ALL_DAY, FIRST, SECOND, *ENDS, MOVED])
        corrected.take([*ALL_DAY, FIRST, SECOND, *ENDS])
        corrected.take([MOVED])
        expected, found = (
            next(each for each in running.standing() if each.rule_id.endswith(rule))
            for running in (at_once, corrected)
        )
        assert found.event_ids == expected.event_ids
        (last,) = corrected.revisions(found.finding_id)[1:]
        assert "event_ids: the same, in another order of time" in last.changes
