"""When, how far and in what weather people order."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.parameters import CityParameters
from simulator.vocabulary import Weather

Floats = NDArray[np.float64]

# Relative demand of each local hour, 0..23: a lunch peak at 11–13, a dinner peak at 17–19 (P8), a tail into
# the night of which the first hour is the busiest (P9). The heights are our reading of those sources.
HOURLY_DEMAND = (3, 2, 1, 1, 1, 2, 6, 14, 20, 22, 42, 98, 100, 48, 28, 26, 32, 72, 84, 52, 30, 20, 12, 7)

# Restaurant → customer, metres. Median 2.3 km and mean 2.7 km: riders are reckoned with about 3 km an order
# (P4), and platforms treat 3 km as the border between near and far (P6).
DISTANCE_MEDIAN_M = 2_300
DISTANCE_SIGMA = 0.55
DISTANCE_RANGE_M = (300, 9_000)

RAIN_SPEED_FACTOR = 0.85
"""How much of the dry speed is left in rain. Assumption."""


def intensity(time_s: Floats) -> Floats:
    """Demand at local times (seconds after midnight), 1 = the busiest hour; linear between mid-hours."""
    height = np.asarray(HOURLY_DEMAND, dtype=np.float64) / max(HOURLY_DEMAND)
    level: Floats = np.interp(time_s / 3_600, np.arange(24) + 0.5, height, period=24)
    return level


def distances(shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Distances in whole metres."""
    drawn = DISTANCE_MEDIAN_M * np.exp(DISTANCE_SIGMA * rng.standard_normal(shape))
    shortest, longest = DISTANCE_RANGE_M
    metres: Floats = np.round(np.clip(drawn, shortest, longest))
    return metres


@dataclass(frozen=True, slots=True)
class Conditions:
    """What riding depends on besides the worker."""

    weather: Callable[[Floats], NDArray[np.int8]]
    """``Weather`` at local times, seconds after the first midnight."""
    crowding: Callable[[Floats], Floats]
    """0..1 at local times: how many orders are carried together and how long kitchens take."""
    speed_factor: Floats
    """By ``Weather``, shape (5,)."""


def of_one_day(parameters: CityParameters) -> Conditions:
    """The conditions of the city day."""
    speed_factor = np.ones(len(Weather) + 1)
    speed_factor[Weather.RAIN] = RAIN_SPEED_FACTOR
    return Conditions(lambda time_s: weather(time_s, parameters), intensity, speed_factor)


def weather(time_s: Floats, parameters: CityParameters) -> NDArray[np.int8]:
    """The weather flag at local times (seconds after midnight)."""
    flag = np.full(time_s.shape, Weather.NORMAL, dtype=np.int8)
    if parameters.rain_hours is not None:
        start, end = (hour * 3_600 for hour in parameters.rain_hours)
        flag[(time_s >= start) & (time_s < end)] = Weather.RAIN
    return flag
