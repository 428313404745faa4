"""When a day is over, and when a rate is judged."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from services.notify.core.judging import Judging

H_MS, S_MS = 3_600_000, 1_000
WAITS = Judging(late_events_ms=2 * H_MS, quiet_ms=5 * S_MS)
DAY = date(2026, 3, 16)
OVER_MS = int(datetime(2026, 3, 17, 2, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp() * 1000)
"""Two hours after the end of the day."""


def test_a_day_is_over_when_its_late_events_are_in() -> None:
    assert not WAITS.is_over(DAY, OVER_MS - 1)
    assert WAITS.is_over(DAY, OVER_MS)


def test_a_change_of_a_day_that_is_not_over_waits_for_its_end() -> None:
    assert WAITS.moment_ms(DAY, OVER_MS - 20 * H_MS) == OVER_MS + 5 * S_MS


def test_a_change_of_a_day_that_is_over_waits_for_quiet_only() -> None:
    assert WAITS.moment_ms(DAY, OVER_MS + 7) == OVER_MS + 7 + 5 * S_MS


def test_a_day_is_judged_once_it_has_been_over_for_the_quiet_time() -> None:
    assert WAITS.last_day(OVER_MS + 5 * S_MS - 1) == DAY - timedelta(days=1)
    assert WAITS.last_day(OVER_MS + 5 * S_MS) == DAY


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.integers(946_684_800_000, 4_000_000_000_000),
    st.builds(Judging, st.integers(0, 48 * H_MS), st.integers(0, H_MS)),
)
def test_when_the_moment_comes_the_day_is_judged_and_not_earlier(
    day: date, now_ms: int, waits: Judging
) -> None:
    moment_ms = waits.moment_ms(day, now_ms)
    assert waits.last_day(moment_ms) >= day
    assert moment_ms >= now_ms + waits.quiet_ms
    if not waits.is_over(day, now_ms):
        assert waits.last_day(moment_ms - 1) < day
