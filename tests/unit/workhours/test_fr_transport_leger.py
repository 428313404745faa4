"""The French pack at its edges: to the second, at midnight, under each option, tier by tier."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from services.workhours.core.verdict import Severity, Verdict
from tests.unit.workhours.local_times import judged, local
from tests.unit.workhours.shipped_packs import shipped_pack

PARIS = ZoneInfo("Europe/Paris")
GOODS = shipped_pack("fr-transport-leger")
UNINTERRUPTED = "fr.uninterrupted_work_6h"
BREAK = "fr.break_30min_over_6h_45min_over_9h"
DAY = "fr.max_daily_work"
REST = "fr.daily_rest_10h_in_24h"
WEEK = "fr.weekly_rest_34h_max_6_days"

Act = tuple[str, str, str]


def act(start: str, end: str, state: str = "driving") -> Act:
    """Times of 3 April 2025, or with a day before them."""
    return (_dated(start), _dated(end), state)


def dates(verdict: Verdict) -> tuple[str, str]:
    return local(verdict.start_ms, PARIS), local(verdict.end_ms, PARIS)


def _dated(time: str) -> str:
    return time if " " in time else f"2025-04-03 {time}"


def tiers(code: str, *acts: Act, sector: str = "goods") -> list[Severity]:
    return [each.severity for each in verdicts(code, *acts, sector=sector)]


def verdicts(code: str, *acts: Act, sector: str = "goods") -> list[Verdict]:
    return judged(shipped_pack("fr-transport-leger", sector=sector), list(acts))[code]


def test_six_hours_of_work_reach_the_limit_and_a_second_more_breaches() -> None:
    assert tiers(UNINTERRUPTED, act("08:00", "13:29:59")) == []
    assert tiers(UNINTERRUPTED, act("08:00", "13:30")) == [Severity.PROMPT]
    assert tiers(UNINTERRUPTED, act("08:00", "14:00")) == [Severity.LIMIT_REACHED]
    assert tiers(UNINTERRUPTED, act("08:00", "14:00:01")) == [Severity.BREACH]


def test_a_pause_of_15_minutes_interrupts_and_one_of_a_second_less_does_not() -> None:
    assert tiers(UNINTERRUPTED, act("08:00", "12:00"), act("12:15", "15:00")) == []
    assert tiers(UNINTERRUPTED, act("08:00", "12:00"), act("12:14:59", "15:00")) == [Severity.BREACH]


def test_breaks_add_up_from_pieces_of_15_minutes_wherever_they_are() -> None:
    morning = act("08:00", "11:00")
    assert tiers(BREAK, morning, act("11:15", "14:00"), act("14:15", "15:00")) == []
    assert tiers(BREAK, morning, act("11:15", "14:00"), act("14:14", "15:00")) == [Severity.BREACH]


def test_more_than_nine_hours_need_45_minutes() -> None:
    acts = [act("06:00", "11:00"), act("11:30", "15:30")]
    (at_nine,) = verdicts(BREAK, *acts)
    assert (at_nine.severity, at_nine.detail["required_break_s"]) == (Severity.LIMIT_REACHED, 45 * 60)
    (past_nine,) = verdicts(BREAK, acts[0], act("11:30", "15:31"))
    assert past_nine.severity is Severity.BREACH
    assert local(int(past_nine.detail["exceeded_from_ms"]), PARIS) == "2025-04-03 15:30"
    assert tiers(BREAK, act("06:00", "11:00"), act("11:45", "15:46")) == []


def test_a_transfer_is_neither_work_nor_break() -> None:
    (verdict,) = verdicts(
        BREAK, act("08:00", "12:00"), act("12:00", "13:00", "transfer"), act("13:00", "15:01")
    )
    assert (verdict.detail["worked_s"], verdict.detail["break_s"]) == (6 * 3600 + 60, 0)


def test_a_rest_of_ten_hours_begins_a_new_day_and_a_minute_less_does_not() -> None:
    first = act("05:00", "12:00")
    assert tiers(DAY, first, act("22:00", "2025-04-04 03:30")) == []
    (verdict,) = verdicts(DAY, first, act("21:59", "2025-04-04 03:30"))
    assert verdict.severity is Severity.BREACH
    assert dates(verdict) == (
        "2025-04-03 05:00",
        "2025-04-04 03:30",
    )


def test_night_work_lowers_the_limit_for_what_was_worked_before_it() -> None:
    (verdict,) = verdicts(DAY, act("12:00", "18:00"), act("19:00", "2025-04-04 00:10"))
    assert verdict.detail["night_work"] is True
    assert local(int(verdict.detail["exceeded_from_ms"]), PARIS) == "2025-04-04 00:00"


def test_work_until_midnight_sharp_is_no_night_work() -> None:
    assert tiers(DAY, act("12:30", "18:00"), act("19:00", "2025-04-04 00:00")) == []


def test_the_night_is_told_by_the_clock_on_the_day_it_changes() -> None:
    # 30 March 2025: 02:00 becomes 03:00, so five o'clock is four hours after midnight.
    after = ("2025-03-30 05:00", "2025-03-30 16:30", "driving")
    before = ("2025-03-30 04:59", "2025-03-30 16:30", "driving")
    assert judged(GOODS, [after])[DAY][0].detail["night_work"] is False
    assert judged(GOODS, [before])[DAY][0].detail["night_work"] is True


@pytest.mark.parametrize(
    ("sector", "evening", "expected"),
    [
        ("goods", ("15:00", "19:30"), []),
        ("passenger_occasional", ("15:00", "19:30"), [Severity.PROMPT]),
        ("passenger", ("14:30", "19:00"), [Severity.PROMPT]),
        ("passenger", ("14:30", "19:01"), [Severity.BREACH]),
        ("passenger_taxi", ("13:30", "18:00"), [Severity.PROMPT]),
        ("passenger_taxi", ("13:30", "18:01"), [Severity.BREACH]),
        ("passenger_taxi", ("15:00", "19:00"), [Severity.LIMIT_REACHED]),
        ("passenger_taxi", ("15:00", "19:01"), [Severity.BREACH]),
    ],
)
def test_a_long_span_lowers_the_limit_of_passenger_services(
    sector: str, evening: tuple[str, str], expected: list[Severity]
) -> None:
    assert tiers(DAY, act("06:00", "11:00"), act(*evening), sector=sector) == expected


def test_rest_must_begin_14_hours_after_the_day_began() -> None:
    morning = act("06:00", "10:00")
    assert tiers(REST, morning, act("15:00", "18:59:59")) == []
    assert tiers(REST, morning, act("15:00", "19:00")) == [Severity.PROMPT]
    assert tiers(REST, morning, act("15:00", "20:00")) == [Severity.LIMIT_REACHED]
    (verdict,) = verdicts(REST, morning, act("15:00", "20:00:01"))
    assert dates(verdict) == (
        "2025-04-03 06:00",
        "2025-04-04 06:00",
    )
    assert local(int(verdict.detail["exceeded_from_ms"]), PARIS) == "2025-04-03 20:00"


def test_an_act_over_midnight_is_judged_on_both_days() -> None:
    starts = [local(each.start_ms, PARIS) for each in verdicts(REST, act("06:00", "2025-04-05 20:00"))]
    assert starts == ["2025-04-03 06:00", "2025-04-04 00:00", "2025-04-05 00:00"]


def test_a_breach_is_open_until_a_rest_has_passed() -> None:
    work = [act("06:00", "14:00")]
    assert judged(GOODS, work)[BREAK][0].open
    assert judged(GOODS, work, "2025-04-03 23:59")[BREAK][0].open
    assert not judged(GOODS, work, "2025-04-04 00:00")[BREAK][0].open


def week_of(hours: list[tuple[str, str]]) -> list[Act]:
    """Work from Monday, 31 March 2025 on."""
    days = ["2025-03-31", *(f"2025-04-0{day}" for day in range(1, 7))]
    return [
        (f"{day} {start}", f"{day} {end}", "work") for day, (start, end) in zip(days, hours, strict=False)
    ]


def test_a_rest_of_34_hours_counts_within_the_week_only() -> None:
    saturday_at_two = week_of([("07:00", "14:00")] * 6)
    assert [each.severity for each in judged(GOODS, saturday_at_two)[WEEK]] == [Severity.LIMIT_REACHED]
    later = [*week_of([("07:00", "14:00")] * 5), ("2025-04-05 07:00", "2025-04-05 14:01", "work")]
    (verdict,) = judged(GOODS, later)[WEEK]
    assert verdict.severity is Severity.BREACH
    assert verdict.detail["rest_s"] == 34 * 3600 - 60
    assert local(verdict.start_ms, PARIS) == "2025-03-31 00:00"
    assert local(int(verdict.detail["exceeded_from_ms"]), PARIS) == "2025-04-05 14:00"


def test_a_week_that_can_still_hold_the_rest_is_not_in_breach() -> None:
    assert judged(GOODS, week_of([("07:00", "17:00")] * 5))[WEEK] == []


def test_a_seventh_day_breaches_even_with_a_long_rest() -> None:
    hours = [("20:00", "21:00"), ("20:00", "21:00"), ("03:00", "04:00"), *[("20:00", "21:00")] * 4]
    (verdict,) = judged(GOODS, week_of(hours))[WEEK]
    assert (verdict.severity, verdict.detail["too_many_days"]) == (Severity.BREACH, True)
    assert verdict.detail["rest_s"] == 40 * 3600
    assert local(int(verdict.detail["exceeded_from_ms"]), PARIS) == "2025-04-06 20:00"
