"""The labour-law pack: days, weeks and months of Shanghai, rest days, and both readings of overtime."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from services.workhours.core.verdict import Severity
from tests.unit.workhours.local_times import judged, local
from tests.unit.workhours.shipped_packs import shipped_pack

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAW = shipped_pack("cn-labour-law")
DAY, OVERTIME = "cn.labour_daily_8h", "cn.labour_daily_overtime"
WEEK, REST_DAY, MONTH = (
    "cn.labour_weekly_hours",
    "cn.labour_weekly_rest_day",
    "cn.labour_monthly_overtime_36h",
)


def days(first: int, last: int, start: str, end: str, month: str = "2026-03") -> list[tuple[str, str, str]]:
    """The same hours on each of some days; 2 March 2026 is a Monday."""
    return [
        (f"{month}-{day:02} {start}", f"{month}-{day:02} {end}", "work") for day in range(first, last + 1)
    ]


def severities(code: str, acts: list[tuple[str, str, str]], **options: str) -> list[Severity]:
    return [each.severity for each in judged(shipped_pack("cn-labour-law", **options), acts)[code]]


def test_eight_hours_are_the_standard_day_and_eleven_the_longest() -> None:
    assert severities(DAY, days(2, 2, "08:00", "16:00")) == [Severity.LIMIT_REACHED]
    assert severities(DAY, days(2, 2, "08:00", "16:01")) == [Severity.BREACH]
    assert severities(OVERTIME, days(2, 2, "08:00", "19:00")) == [Severity.LIMIT_REACHED]
    assert severities(OVERTIME, days(2, 2, "08:00", "19:01")) == [Severity.BREACH]


def test_without_special_reasons_nine_hours_are_the_longest_day() -> None:
    assert severities(OVERTIME, days(2, 2, "08:00", "17:01"), overtime="normal") == [Severity.BREACH]


def test_the_week_is_40_hours_or_44_as_the_deployment_chooses() -> None:
    five = days(2, 6, "08:00", "16:30")
    assert severities(WEEK, five) == [Severity.BREACH]
    assert severities(WEEK, five, week="44h") == [Severity.PROMPT]


def test_orders_and_waiting_at_one_time_count_once() -> None:
    acts = [
        ("2026-03-02 08:00", "2026-03-02 15:00", "order"),
        ("2026-03-02 10:00", "2026-03-02 16:00", "waiting"),
    ]
    assert judged(LAW, acts)[DAY][0].measured_ms == 8 * 3_600_000


def test_six_days_worked_leave_one_and_prompt_and_the_seventh_breaches() -> None:
    (prompt,) = judged(LAW, days(2, 7, "08:00", "12:00"))[REST_DAY]
    assert (prompt.severity, local(prompt.start_ms, SHANGHAI)) == (Severity.PROMPT, "2026-03-07 08:00")
    (breach,) = judged(LAW, days(2, 8, "08:00", "12:00"))[REST_DAY]
    assert (breach.severity, local(breach.start_ms, SHANGHAI)) == (Severity.BREACH, "2026-03-08 08:00")
    assert local(breach.end_ms, SHANGHAI) == "2026-03-08 12:00"


def test_a_rest_day_taken_early_needs_no_prompt() -> None:
    assert judged(LAW, days(3, 8, "08:00", "12:00"))[REST_DAY] == []


def test_24_free_hours_across_midnight_are_no_rest_day() -> None:
    acts = [*days(2, 6, "08:00", "12:00"), *days(7, 7, "00:00", "00:30"), *days(8, 8, "23:30", "23:59")]
    assert [each.severity for each in judged(LAW, acts)[REST_DAY]] == [Severity.BREACH]


def test_work_that_ends_at_midnight_leaves_the_next_day_free() -> None:
    acts = [*days(2, 6, "08:00", "12:00"), ("2026-03-07 20:00", "2026-03-08 00:00", "work")]
    assert [each.severity for each in judged(LAW, acts)[REST_DAY]] == [Severity.PROMPT]


def test_seven_days_that_lie_in_two_weeks_are_no_breach() -> None:
    assert severities(REST_DAY, days(4, 12, "08:00", "12:00")) == []


def test_the_month_allows_36_hours_above_the_average_statutory_month() -> None:
    twenty = days(1, 20, "08:00", "18:00")
    assert severities(MONTH, [*twenty, ("2026-03-21 08:00", "2026-03-21 09:20", "work")]) == [
        Severity.LIMIT_REACHED
    ]
    assert severities(MONTH, [*twenty, ("2026-03-21 08:00", "2026-03-21 09:21", "work")]) == [Severity.BREACH]
