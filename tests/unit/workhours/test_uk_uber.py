"""The operator's own limit in the United Kingdom: ten hours on trip, then six off; the last trip may end."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from services.workhours.core.verdict import Severity
from tests.unit.workhours.local_times import judged, local
from tests.unit.workhours.shipped_packs import shipped_pack

LONDON = ZoneInfo("Europe/London")
UBER = shipped_pack("uk-uber")
CODE = "uk.trip_10h_then_6h_offline"


def trips(*hours: tuple[str, str]) -> list[tuple[str, str, str]]:
    return [(f"2026-03-02 {start}", f"2026-03-02 {end}", "trip") for start, end in hours]


def test_the_trip_that_goes_over_ten_hours_may_be_completed() -> None:
    (verdict,) = judged(UBER, trips(("06:00", "12:00"), ("13:00", "18:00")))[CODE]
    assert verdict.severity is Severity.LIMIT_REACHED


def test_a_trip_begun_past_ten_hours_is_a_breach() -> None:
    (verdict,) = judged(UBER, trips(("06:00", "12:00"), ("13:00", "18:00"), ("19:00", "20:00")))[CODE]
    assert (verdict.severity, local(verdict.start_ms, LONDON)) == (Severity.BREACH, "2026-03-02 19:00")


def test_six_hours_off_reset_the_count_and_a_minute_less_does_not() -> None:
    first, second = ("00:00", "08:00"), ("14:00", "17:00")
    assert judged(UBER, trips(first, second))[CODE] == []
    assert judged(UBER, trips(first, ("13:59", "16:59")))[CODE][0].severity is Severity.LIMIT_REACHED
