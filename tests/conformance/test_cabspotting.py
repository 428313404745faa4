"""24 days of 110 real San Francisco cabs: each trip is an order, accepted at its start, completed at its end.

The counts come from an independent count of the same file: spells of more than 4 h, and cabs with any. They
are re-counted here in plain Python too, so that a difference shows which side it is on. So are the days of
more than 8 h and the weeks without a free day, which nobody else counted.
"""

from __future__ import annotations

import csv
import gzip
import os
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import yaml

from services.workhours.core.counter import Measure
from services.workhours.core.families.continuous_work import Params
from services.workhours.core.judgements import Judgements
from services.workhours.core.pack_judge import judge_pack
from services.workhours.core.pack_parser import parse_rule_pack
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Severity
from services.workhours.core.work_events import DispatchKind, WorkEvents
from tests.unit.workhours.shifts import as_records, judge

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("QUZHONG_SHARED", REPOSITORY.parent / "shared"))
TRIPS = SHARED / "data" / "sf_cabspotting_trips.csv.gz"

pytestmark = pytest.mark.skipif(not TRIPS.exists(), reason=f"real trips not at {TRIPS}; set QUZHONG_SHARED")


class Trip(NamedTuple):
    cab: int
    start: int
    end: int


@pytest.fixture(scope="module")
def trips() -> list[Trip]:
    with gzip.open(TRIPS, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    cabs = {name: cab for cab, name in enumerate(sorted({row["driver_id"] for row in rows}))}
    return [Trip(cabs[row["driver_id"]], _ms(row["start"]), _ms(row["end"])) for row in rows]


def _ms(utc: str) -> int:
    return int(datetime.fromisoformat(utc).timestamp() * 1000)


@pytest.fixture(scope="module")
def events(trips: list[Trip]) -> WorkEvents:
    cab, start, end = np.array(trips, dtype=np.int64).T
    order = np.arange(len(trips), dtype=np.uint64)
    return WorkEvents(
        worker=np.tile(cab, 2),
        platform=np.zeros(2 * len(trips), dtype=np.int64),
        order=np.tile(order, 2),
        kind=np.repeat([DispatchKind.ACCEPTED, DispatchKind.COMPLETED], len(trips)).astype(np.int8),
        time=np.concatenate([start, end]),
        event=np.arange(2 * len(trips), dtype=np.uint64),
        area=np.zeros(2 * len(trips), dtype=np.int64),
        record=np.zeros(2 * len(trips), dtype=np.int64),
    )


def params(measure: Measure) -> Params:
    document = yaml.safe_load((REPOSITORY / "rules/cn-food-delivery-2025.yaml").read_text("utf-8"))
    stated: Params = parse_rule_pack(document).measured_by(measure).rules[0].params
    return stated


def judged(events: WorkEvents, measure: Measure) -> Judgements:
    return judge(events, params(measure), int(events.time.max()))[0].judgements


def counted_in_plain_python(trips: list[Trip], measure: Measure) -> tuple[int, int]:
    """(spells of more than 4 h, cabs with one): trip by trip, nothing shared with the engine."""
    limit, gap = 4 * 3_600_000, 20 * 60_000
    by_cab: dict[int, list[Trip]] = defaultdict(list)
    for trip in trips:
        by_cab[trip.cab].append(trip)
    spells, cabs = 0, set()
    for cab, own in by_cab.items():
        own.sort(key=lambda trip: trip.start)
        ends = []  # (elapsed, worked) of every finished spell
        began, until, worked = own[0].start, own[0].start, 0
        for trip in own:
            if trip.start - until >= gap:
                ends.append((until - began, worked))
                began, until, worked = trip.start, trip.start, 0
            worked += max(0, trip.end - max(trip.start, until))
            until = max(until, trip.end)
        ends.append((until - began, worked))
        over = sum((elapsed if measure is Measure.ELAPSED else worked) > limit for elapsed, worked in ends)
        spells += over
        if over:
            cabs.add(cab)
    return spells, len(cabs)


@pytest.mark.parametrize(
    ("measure", "spells", "cabs"), [(Measure.WORKED, 253, 88), (Measure.ELAPSED, 872, 107)], ids=str
)
def test_breaches_are_those_of_the_independent_count(
    trips: list[Trip], events: WorkEvents, measure: Measure, spells: int, cabs: int
) -> None:
    found = judged(events, measure)
    over = found.severity == Severity.BREACH
    assert (int(over.sum()), len(np.unique(found.worker[over]))) == (spells, cabs)
    assert counted_in_plain_python(trips, measure) == (spells, cabs)


@pytest.mark.parametrize("measure", Measure, ids=str)
def test_shuffled_and_doubled_trips_give_the_identical_result(events: WorkEvents, measure: Measure) -> None:
    twice = WorkEvents.concatenate([events, events])
    mixed = twice.take(np.random.default_rng(20080517).permutation(len(twice)))
    once, again = (
        as_records(*judge(each, params(measure), int(events.time.max()))) for each in (events, mixed)
    )
    assert again == once


DAYS_AND_WEEKS = {
    "cn-food-delivery-2025.daily-order-time": (763, 107),
    "cn-food-delivery-2025.weekly-rest-day": (284, 105),
}
"""Rule → breaches, and cabs with one."""


def days_and_weeks_in_plain_python(trips: list[Trip]) -> dict[str, tuple[int, int]]:
    """Trip by trip, nothing shared with the engine. Days of Shanghai, weeks from Monday."""
    shanghai = ZoneInfo("Asia/Shanghai")
    long_days, whole_weeks = set(), set()
    by_cab: dict[int, list[Trip]] = defaultdict(list)
    for trip in trips:
        by_cab[trip.cab].append(trip)
    for cab, own in by_cab.items():
        worked: dict[int, int] = defaultdict(int)  # day, by its ordinal → ms
        until = 0
        for trip in sorted(own, key=lambda trip: trip.start):
            at = max(trip.start, until)
            while at < trip.end:
                local = datetime.fromtimestamp(at / 1000, shanghai)
                midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
                stop = min(trip.end, int(midnight.timestamp() * 1000))
                worked[local.toordinal()] += stop - at
                at = stop
            until = max(until, trip.end)
        long_days |= {(cab, day) for day, ms in worked.items() if ms > 8 * 3_600_000}
        weeks = defaultdict(set)
        for day in worked:
            weeks[day - (day - 1) % 7].add(day)  # ordinal 1 was a Monday
        whole_weeks |= {(cab, week) for week, days in weeks.items() if len(days) == 7}
    found = (long_days, whole_weeks)
    counts = [(len(each), len({cab for cab, _ in each})) for each in found]
    return dict(zip(DAYS_AND_WEEKS, counts, strict=True))


def test_days_and_weeks_in_breach_are_those_of_the_plain_count(trips: list[Trip]) -> None:
    pack = parse_rule_pack(
        yaml.safe_load((REPOSITORY / "rules/cn-food-delivery-2025.yaml").read_text("utf-8"))
    )
    known_until = max(trip.end for trip in trips)
    by_cab: dict[int, list[Interval]] = defaultdict(list)
    for trip in trips:
        by_cab[trip.cab].append(Interval(trip.start, trip.end, "order"))
    breaches: dict[str, list[int]] = defaultdict(list)
    for cab, intervals in by_cab.items():
        for rule_id, verdicts in judge_pack(Timeline.of(intervals, known_until), pack).items():
            breaches[rule_id] += [cab for each in verdicts if each.severity is Severity.BREACH]
    counts = {rule: (len(breaches[rule]), len(set(breaches[rule]))) for rule in DAYS_AND_WEEKS}
    assert counts == DAYS_AND_WEEKS
    assert days_and_weeks_in_plain_python(trips) == DAYS_AND_WEEKS
