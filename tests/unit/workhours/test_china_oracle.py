"""The food-delivery, ride-hailing and road packs against their minute-by-minute oracle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings, target
from hypothesis import strategies as st

from services.workhours.catalogue import SHIPPED, read_pack
from services.workhours.core.pack_judge import judge_pack
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Severity
from tests.unit.workhours.long_run import EXAMPLES
from tests.unit.workhours.oracles import china_oracle as oracle

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 1, 12, tzinfo=ZONE)
MINUTE_MS = 60_000
HOUR = 60

Blocks = list[tuple[int, int]]
"""(minutes of work, minutes off after it), one after another."""

# Around every border of the rules: 4 h of work, rests of 20 min and 6 h.
work = st.one_of(st.integers(1, 130), st.sampled_from([60, 119, 120, 121, 239, 240, 241, 300]))
off = st.one_of(st.integers(0, 60), st.sampled_from([1, 19, 20, 21, 359, 360, 361, 900]))
# A long day's work, the same for some days: passes daily limits and leaves no rest day.
days = st.builds(
    lambda spell, gap, spells, count: ([(spell, gap)] * (spells - 1) + [(spell, 0)], count),
    st.sampled_from([60, 118, 120, 180]),
    st.sampled_from([5, 19, 20, 30]),
    st.integers(1, 6),
    st.integers(1, 9),
)


def in_days(day: Blocks, count: int) -> Blocks:
    """``day`` on each of ``count`` days, at the same time of day."""
    length = sum(each + gap for each, gap in day)
    last, gap = day[-1]
    return [*day[:-1], (last, gap + oracle.MINUTES_A_DAY - length)] * count


histories = st.lists(
    st.one_of(st.tuples(work, off).map(lambda pair: [pair]), days.map(lambda pair: in_days(*pair))),
    min_size=1,
    max_size=8,
).map(lambda parts: [pair for part in parts for pair in part][:60])
starts = st.tuples(st.integers(0, 6), st.integers(0, oracle.MINUTES_A_DAY - 1))
"""(weekday, minute of the day) of the first work."""


class History:
    """A worker's minutes, and the same as intervals."""

    def __init__(self, blocks: Blocks, start: tuple[int, int], state: str) -> None:
        self.weekday, self.first_minute = start
        moment = MONDAY + timedelta(days=self.weekday, minutes=self.first_minute)
        self.start_ms = round(moment.timestamp() * 1000)
        self.busy: list[bool] = []
        self.intervals: list[Interval] = []
        for at, (worked, rested) in enumerate(blocks):
            from_ms = self.start_ms + len(self.busy) * MINUTE_MS
            # Two platforms in turn: what is simultaneous or touches is one, whoever reports it.
            self.intervals.append(Interval(from_ms, from_ms + worked * MINUTE_MS, state, f"P{at % 2}"))
            self.busy += [True] * worked + [False] * rested

    def breaches(self, pack: RulePack, offers: Sequence[int] = ()) -> dict[str, list[tuple[int, int]]]:
        """By rule code, in minutes."""
        pushed = [self.start_ms + at * MINUTE_MS for at in offers]
        instants = [Interval(at_ms, at_ms, "dispatch_push", "P0") for at_ms in pushed]
        known_until_ms = self.start_ms + (len(self.busy) + 2 * HOUR) * MINUTE_MS
        timeline = Timeline.of([*self.intervals, *instants], known_until_ms)
        verdicts = judge_pack(timeline, pack)
        return {
            rule.code: sorted(
                (self.minute(verdict.start_ms), self.minute(verdict.end_ms))
                for verdict in verdicts[rule.id]
                if verdict.severity is Severity.BREACH
            )
            for rule in pack.rules
        }

    def minute(self, epoch_ms: int) -> int:
        minute, rest = divmod(epoch_ms - self.start_ms, MINUTE_MS)
        assert rest == 0
        return minute


FOOD = read_pack(SHIPPED / "cn-food-delivery-2025.yaml").resolve({"local_12h_offline": "on"})
FOOD_RULES = [rule.code for rule in FOOD.rules if rule.family != "contradictory_events"]
RIDE = read_pack(SHIPPED / "cn-ride-hailing.yaml")
ROAD = read_pack(SHIPPED / "cn-road-transport.yaml").pack


@settings(max_examples=EXAMPLES, deadline=None)
@given(histories, starts, st.lists(st.tuples(st.integers(0, 59), st.integers(-30, 21)), max_size=6))
def test_food_delivery_breaches_are_the_oracles(
    blocks: Blocks, start: tuple[int, int], near_ends: list[tuple[int, int]]
) -> None:
    history = History(blocks, start, "order")
    ends = [history.minute(each.end_ms) for each in history.intervals]
    offers = sorted({max(0, ends[which % len(ends)] + by) for which, by in near_ends})
    spells = oracle.continuous(history.busy, 4 * HOUR, 20, reach=False)
    expected = {
        "cn.continuous_order_4h": spells,
        "cn.no_push_20min": [(at, at) for at in oracle.pushes(offers, spells, 20)],
        "cn.daily_order_8h": oracle.daily(history.busy, history.first_minute, 8 * HOUR),
        "meituan.daily_12h_offline": oracle.daily(history.busy, history.first_minute, 12 * HOUR),
        "cn.weekly_rest_day": oracle.weekly(history.busy, history.first_minute, history.weekday),
    }
    found = history.breaches(FOOD, offers)
    assert {code: found[code] for code in expected} == expected
    target(float(sum(1 for each in expected.values() if each)))


@settings(max_examples=EXAMPLES, deadline=None)
@given(histories, starts, st.sampled_from([("express", 10), ("premium", 9)]))
def test_ride_hailing_breaches_are_the_oracles(
    blocks: Blocks, start: tuple[int, int], service: tuple[str, int]
) -> None:
    service_class, hours = service
    history = History(blocks, start, "service")
    billed = History(blocks, start, "billing")
    history.intervals += billed.intervals
    expected = {
        "didi.service_4h": oracle.continuous(history.busy, 4 * HOUR, 20, reach=True),
        "didi.billing_10h": oracle.continuous(history.busy, hours * HOUR, 6 * HOUR, reach=True),
    }
    assert history.breaches(RIDE.resolve({"service_class": service_class})) == expected
    target(float(sum(1 for each in expected.values() if each)))


@settings(max_examples=EXAMPLES, deadline=None)
@given(histories, starts)
def test_road_breaches_are_the_oracles(blocks: Blocks, start: tuple[int, int]) -> None:
    history = History(blocks, start, "driving")
    expected = {"cn.road_driving_4h": oracle.continuous(history.busy, 4 * HOUR, 20, reach=False)}
    assert history.breaches(ROAD) == expected
    target(float(len(expected["cn.road_driving_4h"])))


def test_the_histories_reach_every_rule() -> None:
    fortnight = History(in_days([(120, 19), (180, 10), (240, 20), (240, 0)], 14), (0, 420), "order")
    found = fortnight.breaches(FOOD, [430])
    assert all(found[code] for code in FOOD_RULES)
