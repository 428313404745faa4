"""Weeks of the city: ``simulate_weeks(WeeksParameters(...)) -> Weeks``, with faults planted or none.

The same people every day, another draw each day. A worker's day is a row of its own while the days are
ridden, so all days are ridden at once; weeks cost what one day of as many worker-days costs.

Without faults everything an audit looks at is alike for all: delivery times do not depend on platform, area,
hour or weather (extreme weather apart), pay depends on the order alone, and a worker's employment form,
tenure band and partner firm have no effect. What is left of differences is chance.
"""

import datetime as dt
from dataclasses import dataclass, field, fields, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.calendar_days import (
    DAY_S,
    EXTREME_SPEED_FACTOR,
    Days,
    draw_attendance,
    draw_days,
)
from simulator.chance import Source, generator
from simulator.demand import Conditions
from simulator.dispatch_events import dispatch_events
from simulator.faults import Faults
from simulator.parameters import TWO_PLATFORM_SHARE, CityParameters
from simulator.places import AREA_CODES
from simulator.platforms import Platform
from simulator.session_events import session_events
from simulator.shifts import Shifts, draw_shifts
from simulator.tables import Dispatches, Sessions, numbered
from simulator.vocabulary import EmploymentForm, TenureBand, Weather
from simulator.waves import ride_day
from simulator.week_platforms import WEEK_PLATFORMS, Declared, declarations, platforms_with
from simulator.week_terms import WeekTerms
from simulator.workforce import Workforce, draw_workforce

PARTNER_FIRMS = ("", "partner-1", "partner-2", "partner-3")
"""Invented; the first stands for none."""
PARTNER_FIRM_SHARES = (0.07, 0.31, 0.31, 0.31)
EMPLOYMENT_FORM_SHARES = (0.15, 0.45, 0.4)
TENURE_BAND_SHARES = (0.2, 0.3, 0.3, 0.2)
"""Of the workers, in the order of the codes. Assumptions, as are the other two. Few firms and few workers
without one, so that a firm can be compared on every platform."""
COMPLAINT_SHARE = 0.005
"""Of the completed orders. Assumption."""
CROWDING = 0.6
"""About its mean over the orders of the one-day city, at any hour: see ``Conditions.crowding``."""
HIGHEST_MINIMUM_WAGE_FEN = 2_200
"""Up to here everybody who is not underpaid by a fault earns more."""


@dataclass(frozen=True, slots=True)
class WeeksParameters:
    """The same parameters always give the same arrays.

    Raises:
        ValueError: from ``__post_init__`` when a number cannot be a city of weeks.
    """

    seed: int = 7
    workers: int = 400
    days: int = 28
    first_day: dt.date = dt.date(2026, 3, 16)
    """A Monday, local day (Asia/Shanghai)."""
    holidays: tuple[dt.date, ...] = (dt.date(2026, 4, 5),)
    """清明节, a statutory holiday: stated, not computed."""
    platforms: tuple[Platform, ...] = WEEK_PLATFORMS
    area_codes: tuple[int, ...] = ()
    """As in ``CityParameters``, as are the next two."""
    two_platform_share: float = TWO_PLATFORM_SHARE
    unbroken_share_by_platform: tuple[float, ...] = ()
    faults: Faults = field(default_factory=Faults)
    minimum_wage_fen: int = 2_200
    """Hourly, for the underpaid to lie below: 22 yuan."""
    declared_penalties: bool = False
    """Platform B takes the penalties of ``Faults.undeclared_penalty`` and has declared them (unless that
    fault is on). Off, nobody takes or declares any: who alone declares penalties is not in the middle."""

    def __post_init__(self) -> None:
        """Refuse what cannot be weeks."""
        if self.days < 1:
            raise ValueError(f"days must be at least 1, not {self.days}")
        if len(self.platforms) != len(WEEK_PLATFORMS):
            raise ValueError(f"faults need {len(WEEK_PLATFORMS)} platforms, not {len(self.platforms)}")
        if not 0 < self.minimum_wage_fen <= HIGHEST_MINIMUM_WAGE_FEN:
            raise ValueError(
                f"minimum_wage_fen must lie in 1..{HIGHEST_MINIMUM_WAGE_FEN}, not {self.minimum_wage_fen}"
            )
        self.city()

    def city(self) -> CityParameters:
        """What the weeks share with the one-day city: workers, seed, habits, shares."""
        return CityParameters(
            seed=self.seed,
            date=self.first_day,
            workers=self.workers,
            platforms=platforms_with(self.platforms, self.faults, self.declared_penalties),
            area_codes=self.area_codes,
            two_platform_share=self.two_platform_share,
            unbroken_share_by_platform=self.unbroken_share_by_platform,
            complaint_share=COMPLAINT_SHARE,
            unfinished_orders=0,
        )


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks of a city as its platforms reported them, and what they had declared."""

    parameters: WeeksParameters
    platforms: tuple[Platform, ...]
    declared: tuple[Declared, ...]
    worker_names: NDArray[np.str_]
    """As in ``City``; the same person every day."""
    order_names: NDArray[np.str_]
    """As in ``City``; numbered through all days."""
    partner_firms: tuple[str, ...]
    dispatches: Dispatches
    sessions: Sessions
    vehicle: NDArray[np.int8]
    """Of each worker, as are the next four."""
    area_code: NDArray[np.int32]
    employment_form: NDArray[np.int8]
    tenure_band: NDArray[np.int8]
    partner_firm: NDArray[np.int16]
    days_ms: NDArray[np.int64]
    """Local midnight of each day, epoch milliseconds; shape (days,), as are the next two."""
    holiday: NDArray[np.bool_]
    extreme: NDArray[np.bool_]

    @property
    def observed_until_ms(self) -> int:
        """After the last event."""
        return int(max(self.dispatches.time_ms.max(), self.sessions.time_ms.max())) + 1


class _Groups(NamedTuple):
    """Coarse groups of the workers, shape (workers,); drawn one by one, so none says anything of another."""

    employment_form: NDArray[np.int8]
    tenure_band: NDArray[np.int8]
    partner_firm: NDArray[np.int16]


def simulate_weeks(parameters: WeeksParameters | None = None) -> Weeks:
    """Build the weeks; without parameters, 28 days of 400 workers without faults."""
    parameters = parameters or WeeksParameters()
    seed, city = parameters.seed, parameters.city()
    workforce = draw_workforce(city, generator(seed, Source.WORKFORCE))
    groups = _draw_groups(parameters.workers, generator(seed, Source.GROUPS))
    days = draw_days(
        parameters.first_day, parameters.days, parameters.holidays, generator(seed, Source.CALENDAR)
    )
    works = draw_attendance(days, parameters.workers, generator(seed, Source.ATTENDANCE))
    day, person = np.nonzero(works)

    # From here on a "worker" is a worker's day, and times count from the first midnight.
    of_day = replace(city, workers=len(person))
    crew = _by_day(workforce, day, person)
    shifts = _moved(draw_shifts(of_day, crew, generator(seed, Source.SHIFTS)), day)
    orders, worked = ride_day(of_day, crew, shifts, generator(seed, Source.WAVES), _conditions(days))
    terms = WeekTerms(
        faults=parameters.faults,
        minimum_wage_fen=parameters.minimum_wage_fen,
        platforms=city.platforms,
        days=days,
        workforce=crew,
        partner_firm=groups.partner_firm[person],
    )
    dispatches = dispatch_events(of_day, crew, orders, worked, generator(seed, Source.DISPATCHES), terms)
    sessions = session_events(of_day, crew, worked, generator(seed, Source.SESSIONS))
    # And here it is a person again.
    who = person[dispatches.worker]
    order_day = np.minimum(orders.offered_s // DAY_S, parameters.days - 1).astype(np.int64)
    return Weeks(
        parameters=parameters,
        platforms=city.platforms,
        declared=declarations(city.platforms, parameters.faults),
        worker_names=numbered("worker-", parameters.workers, first=0, digits=5),
        order_names=numbered("order-", len(orders.worker), first=0),
        partner_firms=PARTNER_FIRMS,
        dispatches=replace(
            dispatches,
            worker=who.astype(np.int32),
            holiday=days.holiday[order_day][dispatches.order],
            employment_form=groups.employment_form[who],
            tenure_band=groups.tenure_band[who],
            partner_firm=groups.partner_firm[who],
        ),
        sessions=replace(sessions, worker=person[sessions.worker].astype(np.int32)),
        vehicle=workforce.vehicle,
        area_code=AREA_CODES[workforce.area],
        employment_form=groups.employment_form,
        tenure_band=groups.tenure_band,
        partner_firm=groups.partner_firm,
        days_ms=city.midnight_ms() + np.arange(parameters.days, dtype=np.int64) * DAY_S * 1_000,
        holiday=days.holiday,
        extreme=days.extreme,
    )


def _draw_groups(workers: int, rng: np.random.Generator) -> _Groups:
    forms = np.array(list(EmploymentForm), dtype=np.int8)
    bands = np.array(list(TenureBand), dtype=np.int8)
    return _Groups(
        employment_form=rng.choice(forms, workers, p=EMPLOYMENT_FORM_SHARES),
        tenure_band=rng.choice(bands, workers, p=TENURE_BAND_SHARES),
        partner_firm=rng.choice(len(PARTNER_FIRMS), workers, p=PARTNER_FIRM_SHARES).astype(np.int16),
    )


def _by_day(workforce: Workforce, day: NDArray[np.int64], person: NDArray[np.int64]) -> Workforce:
    """The workforce of the worker-days; a crew is an area's workers of one day."""
    columns = {each.name: getattr(workforce, each.name)[person] for each in fields(workforce)}
    areas = int(workforce.crew.max()) + 1
    columns["crew"] = day * areas + columns["crew"]
    return Workforce(**columns)


def _moved(shifts: Shifts, day: NDArray[np.int64]) -> Shifts:
    """The shifts of the worker-days, each moved to its day."""
    midnight_s = (day * DAY_S)[:, None]
    return replace(shifts, start_s=shifts.start_s + midnight_s, end_s=shifts.end_s + midnight_s)


def _conditions(days: Days) -> Conditions:
    """The same at every hour and in any weather but the extreme; see the top of this file."""
    speed_factor = np.ones(len(Weather) + 1)
    speed_factor[Weather.EXTREME] = EXTREME_SPEED_FACTOR
    return Conditions(days.weather, lambda time_s: np.full(time_s.shape, CROWDING), speed_factor)
