"""Spells of more than 4 h: against an oracle that knows nothing of simulator.measures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import City
from simulator.measures import UNKNOWN, OrderTimes, order_times, overworked, spells
from simulator.vocabulary import DispatchKind

MINUTE = 60_000
FOUR_HOURS = 240 * MINUTE
Intervals = list[tuple[int, int]]


def too_long(intervals: Intervals) -> int:
    """Spells of more than 4 h of order time in one worker's orders, counted the plain way."""
    found = worked = 0
    covered: int | None = None
    for start, end in sorted(intervals):
        if covered is None or start - covered >= 20 * MINUTE:
            found += worked > FOUR_HOURS
            covered, worked = start, 0
        worked += max(0, end - max(start, covered))
        covered = max(covered, end)
    return found + (worked > FOUR_HOURS)


def orders_by_worker(city: City) -> dict[int, list[tuple[int, int, int]]]:
    """(platform, accepted, ended) of each worker, straight from the events."""
    events = city.dispatches
    begun: dict[int, int] = {}
    orders: dict[int, list[tuple[int, int, int]]] = {}
    for order, worker, platform, kind, time in zip(
        events.order.tolist(),
        events.worker.tolist(),
        events.platform.tolist(),
        events.kind.tolist(),
        events.time_ms.tolist(),
        strict=True,
    ):
        if kind == DispatchKind.ACCEPTED:
            begun[order] = time
        elif kind in (DispatchKind.COMPLETED, DispatchKind.CANCELLED):
            orders.setdefault(worker, []).append((platform, begun[order], time))
    return orders


def test_overwork_exists_and_some_of_it_only_across_platforms(city: City) -> None:
    orders = orders_by_worker(city)
    total, over, hidden = 0, set(), set()
    for worker, rows in orders.items():
        together = too_long([(start, end) for _, start, end in rows])
        alone = sum(
            too_long([(start, end) for at, start, end in rows if at == platform]) for platform in range(3)
        )
        total += together
        if together:
            over.add(worker)
            if not alone:
                hidden.add(worker)
    assert 100 <= total <= 200
    assert 10 <= len(hidden) <= 50

    times = order_times(city)
    assert np.count_nonzero(spells(times).too_long) == total
    assert overworked(times, 3) == (over, hidden)


minutes = st.integers(0, 300)
order_rows = st.lists(
    st.tuples(st.integers(0, 2), minutes, st.integers(1, 120), st.integers(0, 2)), max_size=25
)


@given(order_rows)
def test_spells_agree_with_counting_minutes(rows: list[tuple[int, int, int, int]]) -> None:
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 4)
    worker, start, length, platform = columns.T
    unknown = np.full(len(rows), UNKNOWN)
    times = OrderTimes(
        platform=platform,
        worker=worker,
        accepted_ms=start * MINUTE,
        picked_up_ms=unknown,
        completed_ms=(start + length) * MINUTE,
        cancelled_ms=unknown,
        distance_m=unknown,
        promised_s=unknown,
    )
    expected = []
    for someone in sorted(set(worker.tolist())):
        busy = sorted(
            {
                minute
                for who, begin, took, _ in rows
                if who == someone
                for minute in range(begin, begin + took)
            }
        )
        spell = [busy[0]]
        for minute in busy[1:]:
            if minute - spell[-1] - 1 >= 20:
                expected.append((someone, spell[0], spell[-1] + 1, len(spell)))
                spell = []
            spell.append(minute)
        expected.append((someone, spell[0], spell[-1] + 1, len(spell)))
    found = spells(times)
    assert (
        list(
            zip(
                found.worker.tolist(),
                (found.start_ms // MINUTE).tolist(),
                (found.end_ms // MINUTE).tolist(),
                (found.worked_ms // MINUTE).tolist(),
                strict=True,
            )
        )
        == expected
    )


@pytest.mark.parametrize(("gap_minutes", "found"), [(19, 1), (20, 2)])
def test_gap_of_exactly_20_minutes_ends_a_spell(gap_minutes: int, found: int) -> None:
    start = np.array([0, 60 + gap_minutes]) * MINUTE
    nothing = np.full(2, UNKNOWN)
    zero = np.zeros(2, dtype=np.int64)
    times = OrderTimes(zero, zero, start, nothing, start + 60 * MINUTE, nothing, nothing, nothing)
    assert len(spells(times).worker) == found
