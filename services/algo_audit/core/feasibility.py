"""The floor of feasibility: the shortest time in which an order can lawfully be done.

    floor = wait at pick-up + distance / lawful speed + hand-over

A limit below it is a safety finding whatever the percentiles say: nobody can meet it without speeding. The
ride to the pick-up is not in it (no event tells its length), so the floor errs low, in the platform's favour.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.bands import DistanceBand


@dataclass(frozen=True, slots=True)
class FloorParams:
    """What a delivery takes at the least. Raises ValueError for a speed that is not positive or a negative
    time."""

    lawful_speed_m_s: float = 15_000 / 3_600
    """15 km/h: e-bikes in the non-motor lane, 道路交通安全法实施条例 第五十八条; and the average speed at
    which 外卖平台服务管理基本要求 (2025-12) has e-bike delivery time computed at the most."""
    pickup_wait_s: float = 120.0
    """2 min to park, fetch and check the goods. Declared, not measured: no source fixes it. Modest on
    purpose, so that a limit below the floor cannot be put down to a slow kitchen."""
    handover_s: float = 60.0
    """1 min to park and reach the door. Declared and modest likewise."""

    def __post_init__(self) -> None:
        if not self.lawful_speed_m_s > 0:
            raise ValueError(f"the lawful speed must be positive, not {self.lawful_speed_m_s} m/s")
        if self.pickup_wait_s < 0 or self.handover_s < 0:
            raise ValueError("wait and hand-over cannot be negative")

    def floor_s(self, distance_m: float) -> float:
        """Seconds that an order over `distance_m` takes at the least."""
        return self.pickup_wait_s + distance_m / self.lawful_speed_m_s + self.handover_s


@dataclass(frozen=True, slots=True)
class Feasibility:
    """A limit held against the floor of its band."""

    floor_s: float
    below_floor: bool
    """True if the limit is shorter than the floor; a limit of exactly the floor is not."""


def feasibility(limit_s: float, band: DistanceBand, params: FloorParams) -> Feasibility:
    """Compare a limit with the floor at the band's representative distance (see DistanceBand)."""
    floor_s = params.floor_s(band.representative_m)
    return Feasibility(floor_s, limit_s < floor_s)


def at_lawful_speed(
    duration_s: NDArray[np.float64], distance_m: NDArray[np.float64], params: FloorParams
) -> NDArray[np.bool_]:
    """Mask of the orders whose average speed from acceptance to completion was lawful, shape (n,).

    False where distance or duration is unknown: unknown is not lawful.
    """
    return duration_s * params.lawful_speed_m_s >= distance_m
