"""Rest days and the no-push window against the oracle, on random weeks and days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hypothesis import event, given, settings
from hypothesis import strategies as st

from services.workhours.core.families import continuous_work, no_push, rest_days
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Severity
from tests.unit.workhours.long_run import EXAMPLES
from tests.unit.workhours.oracles.rest_days_oracle import forbidden_minutes, weeks_without_rest_day

MONDAY: Final = datetime(2026, 3, 2)
HALF_HOUR: Final = timedelta(minutes=30)
MINUTE_MS: Final = 60_000
OF: Final = "pack.continuous-work"

shifts = st.lists(
    st.tuples(
        st.integers(0, 13),  # day
        st.integers(0, 47),  # half-hour it begins
        st.sampled_from([1, 2, 8, 16, 47, 48, 49, 96]),
    ),
    min_size=1,
    max_size=16,
)
daily = st.lists(st.integers(0, 47), min_size=14, max_size=14).map(
    lambda starts: [(day, start, 1) for day, start in enumerate(starts)]
)
orders = st.lists(
    st.tuples(st.sampled_from([0, 1, 5, 19, 20, 21]), st.sampled_from([1, 30, 59, 60, 119, 120, 240, 241])),
    min_size=1,
    max_size=10,
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(laid=shifts | daily | st.builds(lambda a, b: a[:-1] + b, daily, shifts), days=st.integers(1, 7))
def test_weeks_without_rest_day_are_those_the_oracle_finds(
    laid: list[tuple[int, int, int]], days: int
) -> None:
    acts = []
    for day, half_hour, length in laid:
        start = MONDAY + timedelta(days=day) + half_hour * HALF_HOUR
        acts.append((start, start + length * HALF_HOUR))
    params = rest_days.Params(frozenset({"order"}), days, 0, ZoneInfo("UTC"))
    timeline = Timeline.of(Interval(_ms(start), _ms(end), "order") for start, end in acts)
    found = {
        (each.start_ms, each.end_ms)
        for each in rest_days.judge(timeline, params, {})
        if each.severity is Severity.BREACH
    }
    expected = {(_ms(start), _ms(end)) for start, end in weeks_without_rest_day(acts, days)}
    event(f"{len(expected)} weeks in breach")
    assert found == expected


@settings(max_examples=EXAMPLES, deadline=None)
@given(laid=orders, offers=st.lists(st.integers(0, 900), max_size=12), near=st.lists(st.integers(-2, 22)))
def test_forbidden_offers_are_those_the_oracle_finds(
    laid: list[tuple[int, int]], offers: list[int], near: list[int]
) -> None:
    busy: list[bool] = []
    for pause, length in laid:
        busy += [False] * pause + [True] * length
    offers = offers + [len(busy) + minutes for minutes in near if len(busy) + minutes >= 0]
    spans = [
        Interval(at * MINUTE_MS, (at + 1) * MINUTE_MS, "order") for at, order in enumerate(busy) if order
    ]
    pushes = [Interval(at * MINUTE_MS, at * MINUTE_MS, "push") for at in offers]
    timeline = Timeline.of([*spans, *pushes], known_until_ms=4000 * MINUTE_MS)
    four_hours = continuous_work.Params(
        limit_ms=240 * MINUTE_MS, reset_gap_ms=20 * MINUTE_MS, no_push_ms=20 * MINUTE_MS
    )
    earlier = {OF: continuous_work.judge(timeline, four_hours, {})}
    found = no_push.judge(timeline, no_push.Params(OF, "push", 20 * MINUTE_MS), earlier)
    expected = sorted(set(offers) & forbidden_minutes(busy))
    event("some forbidden" if expected else "none forbidden")
    assert [each.start_ms // MINUTE_MS for each in found] == expected


def _ms(local: datetime) -> int:
    return int(local.replace(tzinfo=UTC).timestamp()) * 1000
