"""What kind of days the weeks have: weather, the statutory holiday, and who comes to work."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.vocabulary import Weather

Floats = NDArray[np.float64]

DAY_S = 86_400
WET_DAYS = ((Weather.RAIN, 0.24), (Weather.SNOW, 0.04))
"""Chance of a day on which it rains or snows for some hours. Assumption."""
WET_FROM_H, WET_FOR_H = (7.0, 18.0), (3.0, 8.0)
EXTREME_SPEED_FACTOR = 0.8
"""Of the dry speed, under a weather warning. Rain and snow slow nobody here: a limit in the middle is to be
in the middle in every cohort, also in those by weather, unless a fault says otherwise. Assumption."""
AT_WORK = {"weekday": 0.84, "weekend": 0.92, "holiday": 0.8, "extreme": 0.6}
"""Share of the workers who work on such a day. Assumption."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days as columns, shape (days,)."""

    weekend: NDArray[np.bool_]
    holiday: NDArray[np.bool_]
    """Statutory holiday."""
    extreme: NDArray[np.bool_]
    """A warning of the weather service is in force from midnight to midnight."""
    wet: NDArray[np.int8]
    """``Weather`` of the day's wet hours; NORMAL on a dry day."""
    wet_from_s: Floats
    wet_to_s: Floats
    """Seconds after local midnight."""

    def __len__(self) -> int:
        """Number of days."""
        return len(self.weekend)

    def weather(self, time_s: Floats) -> NDArray[np.int8]:
        """``Weather`` at local times, seconds after the first midnight; the last day's beyond its end."""
        day = np.minimum(time_s // DAY_S, len(self) - 1).astype(np.int64)
        of_day = time_s - day * DAY_S
        wet = (self.wet_from_s[day] <= of_day) & (of_day < self.wet_to_s[day])
        flag = np.where(wet, self.wet[day], np.int8(Weather.NORMAL))
        return np.where(self.extreme[day], np.int8(Weather.EXTREME), flag)


def draw_days(first: dt.date, count: int, holidays: tuple[dt.date, ...], rng: np.random.Generator) -> Days:
    """Draw the weather of the days; if there are several, one that is no holiday has extreme weather."""
    dates = [first + dt.timedelta(days=day) for day in range(count)]
    holiday = np.array([date in holidays for date in dates])
    extreme = np.zeros(count, dtype=np.bool_)
    ordinary = np.flatnonzero(~holiday)
    if count > 1 and len(ordinary):
        extreme[ordinary[int(rng.random() * len(ordinary))]] = True
    kinds = [Weather.NORMAL, *(kind for kind, _ in WET_DAYS)]
    chances = [chance for _, chance in WET_DAYS]
    wet = rng.choice(np.array(kinds, dtype=np.int8), count, p=[1 - sum(chances), *chances])
    wet_from_s = rng.uniform(*WET_FROM_H, count) * 3_600
    return Days(
        weekend=np.array([date.weekday() >= 5 for date in dates]),
        holiday=holiday,
        extreme=extreme,
        wet=wet,
        wet_from_s=wet_from_s,
        wet_to_s=wet_from_s + rng.uniform(*WET_FOR_H, count) * 3_600,
    )


def draw_attendance(days: Days, workers: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Who works on which day, shape (days, workers). Everybody works on one day at least."""
    share = np.where(days.weekend, AT_WORK["weekend"], AT_WORK["weekday"])
    share = np.where(days.holiday, AT_WORK["holiday"], share)
    share = np.where(days.extreme, AT_WORK["extreme"], share)
    works = rng.random((len(days), workers)) < share[:, None]
    works[0] |= ~works.any(axis=0)
    return works
