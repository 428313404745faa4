"""A day's total grows by time alone while an order is in hand; and what comes late for a day kept in part."""

from __future__ import annotations

import pytest

from services.workhours.core.rule_pack import RulePack
from services.workhours.core.work_events import DispatchKind
from tests.unit.workhours.shifts import HOUR, Row, accepted, at, completed, orders
from tests.unit.workhours.test_working_time import Service, service

DAY = 24 * HOUR
SEVEN_HOURS = orders(("01:00", "03:00"), ("03:30", "05:30"), ("06:00", "08:00"), ("08:30", "09:30"))


def clock_event(time: str | int) -> Row:
    """Somebody else's: time passes."""
    moment = at(time) if isinstance(time, str) else time
    return Row(9, 0, 999, DispatchKind.OFFERED, moment)


def tiers(running: Service) -> list[tuple[str, int]]:
    return [
        (finding.severity.name, finding.tier_at_ms)
        for finding in running.standing()
        if finding.rule_id.endswith("daily-order-time")
    ]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("10:29:59.999", []),
        ("10:30", [("PROMPT", at("10:30"))]),
        ("11:00", [("LIMIT_REACHED", at("11:00"))]),
        ("11:00:00.001", [("BREACH", at("11:00"))]),
        ("11:59", [("BREACH", at("11:00"))]),
    ],
)
def test_an_order_in_hand_brings_the_day_to_its_tiers_by_time_alone(
    pack: RulePack, now: str, expected: list[tuple[str, int]]
) -> None:
    rows = [*SEVEN_HOURS, accepted("10:00", order=20)]
    with service(pack) as at_once, service(pack) as in_steps:
        at_once.take([*rows, clock_event(now)])
        in_steps.take(rows)
        in_steps.take([clock_event(now)])
        assert tiers(in_steps) == tiers(at_once) == expected


def test_an_order_in_hand_over_midnight_counts_in_the_next_day(pack: RulePack) -> None:
    # Midnight in Shanghai is 16:00 here: half an hour of this order belongs to the next day.
    rows = [accepted("15:00", order=20), completed("16:30", order=20)]
    rest = [row._replace(time=row.time + 16 * HOUR, order=row.order + 100) for row in SEVEN_HOURS]
    with service(pack) as running:
        running.take([accepted("15:00", order=20)])
        running.take([clock_event("15:59")])
        running.take([*rows, *rest])
        assert tiers(running) == [("PROMPT", at("09:30") + 16 * HOUR)]


def test_what_comes_late_for_a_day_of_which_only_the_end_is_kept_counts(pack: RulePack) -> None:
    """Orders are kept from the start of the spell on that goes over midnight; that day began before it."""
    over_midnight = [accepted("14:30", order=50), *orders(("15:31", "16:30"), first_order=51)]
    with service(pack) as running:
        running.take([*SEVEN_HOURS, *over_midnight])
        running.take([clock_event(at("15:00") + 2 * DAY)])
        assert tiers(running) == [("BREACH", at("15:30"))]
        running.take([completed("15:00", order=50)])
        assert tiers(running) == [("PROMPT", at("15:00"))]
