"""The order of arrival: mostly by time, a little late, a little twice, nothing lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import City
from simulator.arrivals import arrival_order

REQUEST = 1_000


def test_every_event_of_the_platform_arrives_and_no_other(city: City) -> None:
    for platform in range(3):
        for column, order in (
            (city.dispatches.platform, city.arrivals(platform)),
            (city.sessions.platform, city.session_arrivals(platform)),
        ):
            assert np.array_equal(np.unique(order), np.flatnonzero(column == platform))


def test_two_to_three_percent_arrive_late_or_twice(city: City) -> None:
    for platform in range(3):
        order = city.arrivals(platform)
        events, counts = np.unique(order, return_counts=True)
        assert set(counts.tolist()) == {1, 2}
        twice = np.count_nonzero(counts == 2)
        first_seen = np.full(len(city.dispatches), len(order))
        np.minimum.at(first_seen, order, np.arange(len(order)))
        place = first_seen[events]
        younger_came_before = np.maximum.accumulate(order[np.sort(place)]) > order[np.sort(place)]
        late = np.count_nonzero(younger_came_before)
        assert 0.02 <= (twice + late) / len(events) <= 0.03


def test_a_repeated_event_comes_in_another_request(city: City) -> None:
    for platform in range(3):
        order = city.arrivals(platform)
        by_event = np.argsort(order, kind="stable")
        again = np.flatnonzero(order[by_event][1:] == order[by_event][:-1])
        assert len(again)
        assert np.all(by_event[again + 1] - by_event[again] > REQUEST)


def test_unknown_platform_is_refused(city: City) -> None:
    for platform in (-1, 3):
        with pytest.raises(IndexError, match="platform"):
            city.arrivals(platform)


@given(st.integers(0, 400), st.floats(0, 1), st.floats(0, 1), st.integers(0, 99))
def test_nothing_is_lost_or_invented(size: int, late: float, twice: float, seed: int) -> None:
    events = np.arange(size) * 3
    order = arrival_order(events, late, twice, np.random.default_rng(seed))
    found, counts = np.unique(order, return_counts=True)
    assert np.array_equal(found, events)
    assert size == 0 or counts.max() <= 2


@given(st.integers(0, 400), st.integers(0, 99))
def test_without_lateness_or_repetition_events_arrive_by_time(size: int, seed: int) -> None:
    events = np.arange(size)
    assert np.array_equal(arrival_order(events, 0, 0, np.random.default_rng(seed)), events)
