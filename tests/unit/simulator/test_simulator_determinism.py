"""The same parameters give the same city; nothing else has a say."""

import datetime as dt
from dataclasses import fields

import numpy as np
import pytest

from simulator import City, CityParameters, Dispatches, Sessions, simulate

DAY_MS = 86_400_000


def same(left: Dispatches | Sessions, right: Dispatches | Sessions) -> bool:
    """Whether two tables are equal, column by column."""
    return all(np.array_equal(getattr(left, each.name), getattr(right, each.name)) for each in fields(left))


def test_same_seed_gives_the_same_arrays_and_arrivals(city: City) -> None:
    again = simulate(CityParameters())
    assert same(city.dispatches, again.dispatches)
    assert same(city.sessions, again.sessions)
    assert np.array_equal(city.order_names, again.order_names)
    for platform in range(3):
        assert np.array_equal(city.arrivals(platform), again.arrivals(platform))
        assert np.array_equal(city.session_arrivals(platform), again.session_arrivals(platform))


def test_another_seed_gives_another_city() -> None:
    one, other = (simulate(CityParameters(seed=seed, workers=50)) for seed in (7, 8))
    assert not same(one.dispatches, other.dispatches)
    assert not same(one.sessions, other.sessions)


def test_global_random_state_is_neither_read_nor_moved() -> None:
    state = str(np.random.get_state())
    simulate(CityParameters(workers=20))
    assert str(np.random.get_state()) == state


def test_date_moves_the_times_and_nothing_else() -> None:
    one = simulate(CityParameters(workers=50))
    later = simulate(CityParameters(workers=50, date=dt.date(2026, 3, 18)))
    assert np.array_equal(
        later.dispatches.time_ms - one.dispatches.time_ms, np.full(len(one.dispatches), 2 * DAY_MS)
    )
    assert np.array_equal(one.dispatches.event_id, later.dispatches.event_id)
    assert np.array_equal(one.dispatches.pay_fen, later.dispatches.pay_fen)


def test_events_lie_in_the_local_day(city: City) -> None:
    midnight = int(dt.datetime(2026, 3, 15, 16, tzinfo=dt.UTC).timestamp()) * 1_000  # 2026-03-16 00:00 +08:00
    for times in (city.dispatches.time_ms, city.sessions.time_ms):
        assert times.min() >= midnight
        assert times.max() < midnight + DAY_MS


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_the_smallest_cities_can_be_built(workers: int) -> None:
    small = simulate(CityParameters(workers=workers))
    assert len(small.worker_names) == workers
    assert set(small.dispatches.worker.tolist()) == set(range(workers))
    for platform in range(3):
        assert set(small.arrivals(platform).tolist()) == set(
            np.flatnonzero(small.dispatches.platform == platform).tolist()
        )


def test_events_grow_in_step_with_workers(city: City) -> None:
    quarter = simulate(CityParameters(workers=500))
    assert len(city.dispatches) / len(quarter.dispatches) == pytest.approx(4, rel=0.05)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"workers": 0}, "workers"),
        ({"seed": -1}, "seed"),
        ({"cancelled_share": 1.5}, "cancelled_share"),
        ({"unfinished_orders": -1}, "unfinished_orders"),
        ({"platforms": ()}, "platform"),
        ({"shift_patterns": CityParameters().shift_patterns[:2]}, "shift_patterns"),
    ],
)
def test_impossible_parameters_are_refused_by_name(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        CityParameters(**change)  # type: ignore[arg-type]
