"""The season: two courses of the same days, of which one is put right."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.city import City
from simulator.measures import order_times, spells
from simulator.season import STRICT_PLATFORM, Season, SeasonParameters


@pytest.fixture(scope="module")
def season() -> Season:
    return Season(SeasonParameters(days=8))


def overworked(city: City) -> set[int]:
    """Workers of the strict platform with more than four hours on end."""
    times = order_times(city)
    ours = set(times.worker[times.platform == STRICT_PLATFORM].tolist())
    every = spells(times)
    return set(every.worker[every.too_long].tolist()) & ours


def test_riders_of_the_strict_platform_are_overworked_until_it_is_put_right(season: Season) -> None:
    days = range(season.parameters.days)
    before = set().union(*(overworked(season.city(day, put_right=False)) for day in days))
    after = set().union(*(overworked(season.city(day, put_right=True)) for day in days))
    assert len(before) >= 8
    assert len(after) <= 1


def test_events_of_all_days_have_names_of_their_own(season: Season) -> None:
    ids = np.concatenate(
        [
            events.event_id
            for day in range(season.parameters.days)
            for put_right in (False, True)
            for events in (
                season.city(day, put_right=put_right).dispatches,
                season.city(day, put_right=put_right).sessions,
            )
        ]
    )
    assert len(np.unique(ids)) == len(ids)


def test_a_day_holds_the_events_of_its_own_local_day(season: Season) -> None:
    for day in range(season.parameters.days - 1):
        city = season.city(day, put_right=False)
        midnight = city.parameters.midnight_ms()
        assert city.dispatches.time_ms.min() >= midnight
        assert city.dispatches.time_ms.max() < midnight + 86_400_000


def test_the_same_people_work_in_both_courses(season: Season) -> None:
    before, after = season.city(0, put_right=False), season.city(0, put_right=True)
    assert np.array_equal(before.worker_names, after.worker_names)
    assert set(before.sessions.worker.tolist()) == set(after.sessions.worker.tolist())


def test_the_same_parameters_give_the_same_days(season: Season) -> None:
    again = Season(SeasonParameters(days=8)).city(3, put_right=True)
    assert np.array_equal(again.dispatches.time_ms, season.city(3, put_right=True).dispatches.time_ms)


@pytest.mark.parametrize("day", [-1, 8])
def test_a_day_outside_the_season_is_refused(season: Season, day: int) -> None:
    with pytest.raises(IndexError, match=r"0\.\.7"):
        season.city(day, put_right=False)
