"""Who works: platforms, home area, vehicle, habit and pace of each worker."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.parameters import CityParameters
from simulator.places import AREAS
from simulator.vocabulary import Vehicle

NO_PLATFORM = -1

# Share of the workers and speed against an e-bike. Mostly e-bikes; the rest is an assumption.
VEHICLES: tuple[tuple[Vehicle, float, float], ...] = (
    (Vehicle.E_BIKE, 0.94, 1.0),
    (Vehicle.MOTORCYCLE, 0.03, 1.25),
    (Vehicle.BICYCLE, 0.02, 0.8),
    (Vehicle.CAR, 0.01, 1.1),
)
PACE_SIGMA = 0.08
"""Spread (log) of how fast workers ride by nature. Assumption."""


@dataclass(frozen=True, slots=True)
class Workforce:
    """The workers as columns, all of length ``workers``."""

    first_platform: NDArray[np.int8]
    second_platform: NDArray[np.int8]
    """:data:`NO_PLATFORM` for a worker on one platform."""
    area: NDArray[np.int32]
    """Index into ``AREAS``; a worker keeps to one area."""
    crew: NDArray[np.int64]
    """Workers of one number can be offered one another's orders: those of one area (and of one day, where
    there are several)."""
    vehicle: NDArray[np.int8]
    pattern: NDArray[np.int8]
    """Index into ``shift_patterns``."""
    speed_factor: NDArray[np.float64]
    """Own speed against the mean of the platform: vehicle × pace."""
    unbroken: NDArray[np.bool_]
    """Rides through one of the day's breaks."""


def draw_workforce(parameters: CityParameters, rng: np.random.Generator) -> Workforce:
    """Draw the city's workers."""
    count = parameters.workers
    platforms = len(parameters.platforms)
    first = rng.choice(platforms, count, p=[platform.worker_share for platform in parameters.platforms])
    second = np.full(count, NO_PLATFORM)
    if platforms > 1:
        both = rng.random(count) < parameters.two_platform_share
        other = (first + rng.integers(1, platforms, count)) % platforms
        second = np.where(both, other, NO_PLATFORM)

    population = np.array(
        [
            area.urban_population if area.code in (parameters.area_codes or (area.code,)) else 0
            for area in AREAS
        ],
        dtype=np.float64,
    )
    area = rng.choice(len(AREAS), count, p=population / population.sum())
    kinds = rng.choice(len(VEHICLES), count, p=[share for _, share, _ in VEHICLES])
    pattern = rng.choice(
        len(parameters.shift_patterns), count, p=[pattern.share for pattern in parameters.shift_patterns]
    )

    # The habit with the most stretches is the long day, the one before it the whole day.
    stretches = np.array([len(pattern.stretches) for pattern in parameters.shift_patterns])
    longest = stretches[pattern] == stretches.max()
    second_longest = ~longest & (stretches[pattern] == stretches.max() - 1) & (second != NO_PLATFORM)
    chance = rng.random(count)
    by_platform = parameters.unbroken_share_by_platform or (parameters.unbroken_share,) * platforms
    unbroken = np.where(
        longest,
        chance < np.asarray(by_platform)[first],
        second_longest & (chance < parameters.unbroken_two_platform_share),
    )
    return Workforce(
        first_platform=first.astype(np.int8),
        second_platform=second.astype(np.int8),
        area=area.astype(np.int32),
        crew=area.astype(np.int64),
        vehicle=np.array([int(kind) for kind, _, _ in VEHICLES], dtype=np.int8)[kinds],
        pattern=pattern.astype(np.int8),
        speed_factor=np.array([speed for _, _, speed in VEHICLES])[kinds]
        * np.exp(PACE_SIGMA * rng.standard_normal(count)),
        unbroken=unbroken,
    )
