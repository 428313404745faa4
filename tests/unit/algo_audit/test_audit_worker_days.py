"""Sessions → hours online a day; order intervals → hours worked; spans over hours."""

from collections import defaultdict
from dataclasses import fields
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.algo_audit.core.over_hours import OverHours
from services.algo_audit.core.worker_days import (
    SessionColumns,
    WorkerDays,
    WorkSessionKind,
    online_days,
    worked_s,
)

ONLINE, OFFLINE, BREAK_START, BREAK_END = WorkSessionKind
MINUTE_MS = 60_000
DAY_MINUTES = 1_440
MIDNIGHT = 16 * 60
"""Minutes after the epoch of the first midnight in Asia/Shanghai (UTC+8)."""


class Said(NamedTuple):
    minute: int
    kind: int
    worker: int = 1
    platform: int = 1
    area: int = 130202
    vehicle: int = 1


def columns(said: list[Said]) -> SessionColumns:
    def column(name: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array([getattr(each, name) for each in said], np.int64)

    return SessionColumns(
        worker=column("worker"),
        platform=column("platform"),
        area=column("area"),
        vehicle=column("vehicle"),
        kind=column("kind").astype(np.int8),
        time=column("minute") * MINUTE_MS,
    )


def rows(days: WorkerDays) -> dict[tuple[int, int, int], tuple[int, int, float]]:
    return {
        (platform, worker, day): (area, vehicle, online_s)
        for platform, worker, day, area, vehicle, online_s in zip(
            *(
                getattr(days, name).tolist()
                for name in ("platform", "worker", "day", "area", "vehicle", "online_s")
            ),
            strict=True,
        )
    }


def oracle(said: list[Said]) -> tuple[dict[tuple[int, int, int], tuple[int, int, float]], int]:
    """Walk through each worker's events with a pencil, then tick off every minute online."""
    result: dict[tuple[int, int, int], tuple[int, int, float]] = {}
    still_open = 0
    for platform, worker in {(each.platform, each.worker) for each in said}:
        mine: dict[tuple[int, int], Said] = {}
        for each in said:
            if (each.platform, each.worker) == (platform, worker):
                at = (
                    each.minute,
                    [BREAK_END, OFFLINE, ONLINE, BREAK_START].index(WorkSessionKind(each.kind)),
                )
                mine[at] = max(mine.get(at, each), each, key=lambda one: (one.area, one.vehicle))
        minutes: dict[int, list[Said]] = defaultdict(list)
        session: Said | None = None
        online: list[int] = []
        since: int | None = None
        for each in (mine[at] for at in sorted(mine)):
            if since is not None:
                online += range(since, each.minute)
                since = None
            if each.kind == ONLINE:
                still_open += session is not None
                session, online, since = each, [], each.minute
            elif each.kind == OFFLINE:
                if session is not None:
                    for minute in online:
                        minutes[(minute + 8 * 60) // DAY_MINUTES].append(session)
                session = None
            elif each.kind == BREAK_END and session is not None:
                since = each.minute
        still_open += session is not None
        for day, ticks in minutes.items():
            area, vehicle = max(tick.area for tick in ticks), max(tick.vehicle for tick in ticks)
            result[platform, worker, day] = (area, vehicle, 60.0 * len(ticks))
    return result, still_open


some_sessions = st.lists(
    st.builds(
        Said,
        minute=st.integers(MIDNIGHT - 20, MIDNIGHT + 20) | st.integers(0, 3 * DAY_MINUTES),
        kind=st.integers(1, 4),
        worker=st.integers(1, 2),
        platform=st.integers(1, 2),
        area=st.sampled_from([0, 130202, 130203]),
        vehicle=st.integers(0, 2),
    ),
    max_size=25,
)


@given(some_sessions)
def test_time_online_agrees_with_minutes_ticked_off_one_by_one(said: list[Said]) -> None:
    days = online_days(columns(said))
    assert (rows(days), days.open_sessions) == oracle(said)


@given(some_sessions, st.randoms(use_true_random=False))
def test_order_of_arrival_and_duplicates_of_session_events_change_nothing(said, random) -> None:  # type: ignore[no-untyped-def]
    again = said + [each for each in said if random.random() < 0.5]
    random.shuffle(again)
    first, second = online_days(columns(said)), online_days(columns(again))
    for field in fields(WorkerDays):
        np.testing.assert_array_equal(getattr(first, field.name), getattr(second, field.name))


def test_a_night_online_is_cut_at_midnight_in_shanghai() -> None:
    days = online_days(columns([Said(MIDNIGHT - 90, ONLINE), Said(MIDNIGHT + 30, OFFLINE)]))
    assert days.day.tolist() == [0, 1]
    assert days.online_s.tolist() == [90 * 60, 30 * 60]


def test_a_break_is_not_online_and_one_that_never_ends_lasts_until_offline() -> None:
    said = [
        Said(0, ONLINE),
        Said(10, BREAK_START),
        Said(15, BREAK_END),
        Said(40, BREAK_START),
        Said(60, OFFLINE),
    ]
    assert online_days(columns(said)).online_s.tolist() == [35 * 60]


def test_an_online_without_offline_is_open_and_not_counted() -> None:
    days = online_days(columns([Said(0, ONLINE), Said(100, ONLINE), Said(130, OFFLINE), Said(200, ONLINE)]))
    assert days.online_s.tolist() == [30 * 60]
    assert days.open_sessions == 2


def test_session_columns_of_different_length_are_refused_by_name() -> None:
    good = columns([Said(0, ONLINE)])
    with pytest.raises(ValueError, match="column area has 0 rows"):
        SessionColumns(
            **{f.name: getattr(good, f.name)[: 0 if f.name == "area" else 1] for f in fields(good)}
        )


intervals = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60), st.integers(0, 30)), max_size=20)
"""Group (or worker), start, length."""


@given(intervals)
def test_time_worked_is_the_union_ticked_off_second_by_second(spans: list[tuple[int, int, int]]) -> None:
    group, start, length = np.array(spans, np.int64).reshape(-1, 3).T
    worked = worked_s(group, start * 1000, (start + length) * 1000, 5)
    ticks = {(who, second) for who, begin, lasting in spans for second in range(begin, begin + lasting)}
    assert worked.tolist() == [float(sum(who == each for who, _ in ticks)) for each in range(5)]


def test_two_orders_carried_at_once_are_counted_once() -> None:
    start, end = np.array([0, 600_000]), np.array([1_200_000, 1_800_000])
    assert worked_s(np.array([0, 0]), start, end, 1).tolist() == [1_800]


@given(intervals, intervals)
def test_being_over_hours_agrees_with_looking_at_every_span(
    spans: list[tuple[int, int, int]], asked: list[tuple[int, int, int]]
) -> None:
    def arrays(of: list[tuple[int, int, int]]) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
        worker, start, length = np.array(of, np.int64).reshape(-1, 3).T
        return [worker, start, start + length]

    over = OverHours(*arrays(spans))
    assert over.during(*arrays(asked)).tolist() == [
        any(
            worker == who and start < begin + lasting and start + length > begin
            for worker, start, length in spans
        )
        for who, begin, lasting in asked
    ]
    worker, moment, _ = arrays(asked)
    assert over.at(worker, moment).tolist() == [
        any(worker == who and start <= begin < start + length for worker, start, length in spans)
        for who, begin, _ in asked
    ]


def test_times_at_the_end_of_the_number_line_do_not_run_over_into_the_next_worker() -> None:
    last = np.iinfo(np.int64).max
    over = OverHours(np.array([1, 2]), np.array([-last, 0]), np.array([last, 1]))
    assert over.at(np.array([1, 2, 3]), np.array([last - 2, last - 2, 0])).tolist() == [True, False, False]
