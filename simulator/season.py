"""A season: sixty days of one county, in which one platform overworks its riders until it puts that right.

Its long-day riders ride through their breaks, day after day; once it has been made to change, they do not.
When that is, nobody knows beforehand: it follows from what authorities do. So both courses are built, and a
day is taken from the one or the other. People, attendance and platforms are the same in both.
"""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulator.city import City
from simulator.week_platforms import WEEK_PLATFORMS
from simulator.weeks import Weeks, WeeksParameters, simulate_weeks

STRICT_PLATFORM = 2
"""Index into ``Weeks.platforms``: the one that overworks."""

UNBROKEN = 0.55
"""Of its long-day riders, those who ride through a break. Assumption: a seventh of its riders."""

WORKER_SHARES = (0.25, 0.2, 0.55)
"""Of the platforms: the strict one is the county's largest, so that its rate is beyond dispute."""

PUT_RIGHT = "r"
"""Begins the event ids of days that are put right, so that no two days share one."""


@dataclass(frozen=True, slots=True)
class SeasonParameters:
    """The same parameters always give the same days."""

    seed: int = 7
    workers: int = 110
    days: int = 60
    first_day: dt.date = dt.date(2026, 3, 2)
    """A Monday, local day (Asia/Shanghai)."""
    area_codes: tuple[int, ...] = (130203,)
    """路北区, the centre of the city: one county with enough riders for a rate."""


class Season:
    """Both courses of the season."""

    def __init__(self, parameters: SeasonParameters | None = None) -> None:
        self.parameters = parameters = parameters or SeasonParameters()
        self._before = _course(parameters, UNBROKEN)
        self._after = _course(parameters, 0.0)
        self._drawn = self._before.parameters.city()
        self.platforms = self._before.platforms
        self.declared = self._before.declared

    def city(self, day: int, *, put_right: bool) -> City:
        """One day of it (from 0), as the platforms report it.

        Raises:
            IndexError: when there is no such day.
        """
        if not 0 <= day < self.parameters.days:
            raise IndexError(f"day {day}: the season has 0..{self.parameters.days - 1}")
        weeks = self._after if put_right else self._before
        date = self.parameters.first_day + dt.timedelta(days=day)
        dispatches = weeks.dispatches.take(_of_day(weeks, weeks.dispatches.time_ms, day))
        sessions = weeks.sessions.take(_of_day(weeks, weeks.sessions.time_ms, day))
        if put_right:
            dispatches = replace(dispatches, event_id=np.char.add(PUT_RIGHT, dispatches.event_id))
            sessions = replace(sessions, event_id=np.char.add(PUT_RIGHT, sessions.event_id))
        return City(
            parameters=replace(self._drawn, date=date),
            platforms=weeks.platforms,
            worker_names=weeks.worker_names,
            order_names=np.char.add(PUT_RIGHT if put_right else "", weeks.order_names),
            dispatches=dispatches,
            sessions=sessions,
        )


def _course(parameters: SeasonParameters, unbroken: float) -> Weeks:
    shares = [0.0] * len(WEEK_PLATFORMS)
    shares[STRICT_PLATFORM] = unbroken
    return simulate_weeks(
        WeeksParameters(
            seed=parameters.seed,
            workers=parameters.workers,
            days=parameters.days,
            first_day=parameters.first_day,
            holidays=(),
            area_codes=parameters.area_codes,
            two_platform_share=0.0,  # nobody is overworked by what no single platform can see
            platforms=tuple(
                replace(platform, worker_share=share)
                for platform, share in zip(WEEK_PLATFORMS, WORKER_SHARES, strict=True)
            ),
            unbroken_share_by_platform=tuple(shares),
        )
    )


def _of_day(weeks: Weeks, time_ms: NDArray[np.int64], day: int) -> NDArray[np.int64]:
    """Rows of one local day; what comes after the last midnight is of the last day."""
    last = weeks.parameters.days - 1
    number = np.minimum(np.searchsorted(weeks.days_ms, time_ms, side="right") - 1, last)
    return np.flatnonzero(number == day)
