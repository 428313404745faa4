"""The floor of feasibility: what can lawfully be done, whatever the percentiles say.

| metric        | floor                                              | a threshold is below it when       |
|---------------|----------------------------------------------------|------------------------------------|
| delivery_time | wait at pick-up + distance / lawful speed          | it is shorter                      |
|               | + hand-over                                        |                                    |
| implied_speed | the lawful speed                                   | it is faster                       |
| others        | none                                               |                                    |

Below the floor is a safety finding: nobody can meet such a threshold without speeding. The ride to the
pick-up is not in the delivery floor (no event tells its length), so it errs low, in the platform's favour.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.cohort_keys import CAR, E_BIKE
from services.algo_audit.core.metrics import DELIVERY_TIME, IMPLIED_SPEED, Metric

KM_H = 1_000 / 3_600
"""Metres a second."""
BICYCLE = 4
"""Its code in cohort_keys.VEHICLES."""


@dataclass(frozen=True, slots=True)
class FloorParams:
    """What a delivery takes at the least. Raises ValueError for a speed that is not positive or a negative
    time."""

    lawful_speed_m_s: float = 15 * KM_H
    """15 km/h: e-bikes in the non-motor lane, 道路交通安全法实施条例 第五十八条; and the average speed at
    which 外卖平台服务管理基本要求 (2025-12) has e-bike delivery time computed at the most. Bicycles, for
    which the article names no number, share that lane and are held to the same."""
    car_speed_m_s: float = 50 * KM_H
    """50 km/h: 道路交通安全法实施条例 第四十五条 (二), urban roads with one lane a direction and no sign.
    Where the signs of a city's main roads allow more, its audits declare more."""
    pickup_wait_s: float = 120.0
    """2 min to park, fetch and check the goods. Declared, not measured: no source fixes it. Modest on
    purpose, so that a limit below the floor cannot be put down to a slow kitchen."""
    handover_s: float = 60.0
    """1 min to park and reach the door. Declared and modest likewise."""

    def __post_init__(self) -> None:
        for speed in (self.lawful_speed_m_s, self.car_speed_m_s):
            if not speed > 0:
                raise ValueError(f"the lawful speed must be positive, not {speed} m/s")
        if self.pickup_wait_s < 0 or self.handover_s < 0:
            raise ValueError("wait and hand-over cannot be negative")

    def speed_of(self, vehicle: NDArray[np.int64]) -> NDArray[np.float64]:
        """Lawful speed, m/s, of each vehicle class (cohort_keys.VEHICLES), shape (n,).

        Infinite for motorcycles and on foot, for which no one speed is fixed: nothing is above it.
        """
        classes = np.arange(int(vehicle.max(initial=0)) + 1)
        return np.array([self.speed_of_class(code) for code in classes.tolist()])[vehicle]

    def speed_of_class(self, vehicle: int) -> float:
        """The same of one class."""
        if vehicle in (E_BIKE, BICYCLE):
            return self.lawful_speed_m_s
        return self.car_speed_m_s if vehicle == CAR else math.inf

    def floor_s(self, distance_m: float, vehicle: int = E_BIKE) -> float:
        """Seconds that an order over `distance_m` takes at the least."""
        speed = self.speed_of_class(vehicle)
        return self.pickup_wait_s + distance_m / speed + self.handover_s


@dataclass(frozen=True, slots=True)
class Feasibility:
    """A threshold held against the floor of its cohort."""

    floor: float
    """In the metric's unit."""
    below_floor: bool
    """True if the threshold asks for more than the floor; one of exactly the floor does not."""


def feasibility(
    metric: Metric, value: float, distance_m: float, vehicle: int, params: FloorParams
) -> Feasibility | None:
    """Compare a threshold with the floor of its metric at a distance (DistanceBand.representative_m) and a
    vehicle class; None for a metric, or a vehicle, without a floor."""
    if metric.id == DELIVERY_TIME.id:
        floor = params.floor_s(distance_m, vehicle)
        return Feasibility(floor, value < floor)
    if metric.id == IMPLIED_SPEED.id:
        lawful = params.speed_of_class(vehicle) / KM_H
        return Feasibility(lawful, value > lawful) if math.isfinite(lawful) else None
    return None


def at_lawful_speed(
    duration_s: NDArray[np.float64],
    distance_m: NDArray[np.float64],
    params: FloorParams,
    vehicle: NDArray[np.int64] | None = None,
) -> NDArray[np.bool_]:
    """Mask of the orders whose average speed from acceptance to completion was lawful, shape (n,).

    `vehicle`: class of each order; e-bikes if absent. False where distance or duration is unknown: unknown is
    not lawful.
    """
    speed = params.lawful_speed_m_s if vehicle is None else params.speed_of(vehicle)
    return duration_s * speed >= distance_m
