"""What the platforms of the weeks state of an order, and where the planted faults of pay and limits sit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator import demand
from simulator.calendar_days import DAY_S, Days
from simulator.faults import (
    FIRM,
    FIRM_PAY_FACTOR,
    FIRM_PLATFORM,
    RATCHET_PER_DAY,
    RATCHET_PLATFORM,
    UNDERPAID_AREA,
    UNDERPAID_PLATFORM,
    UNDERPAID_SHARE,
    Faults,
)
from simulator.order_terms import ESTIMATE_SIGMA, HOLIDAY_PAY_FACTOR
from simulator.parameters import CityParameters
from simulator.places import AREA_CODES
from simulator.platforms import Platform
from simulator.vocabulary import NOT_STATED, Weather
from simulator.waves import Orders
from simulator.workforce import Workforce

Floats = NDArray[np.float64]

# Fen. Well above published piece rates (P7), so that the slowest worker of the worst-paid firm stays above
# the minimum wage and only a planted fault comes near it. The proportions are those of the one-day city.
BASE_PAY_FEN = 950
PAY_FEN_PER_KM = 100
PEAK_PAY_FEN = 50
NIGHT_PAY_FEN = 100
WET_PAY_FEN = 100
EXTREME_PAY_FACTOR = 1.3
NET_FEN_PER_HOUR = 4_310
"""What a worker earns in the middle per hour of order time, after commission. Measured."""


@dataclass(frozen=True, slots=True)
class WeekTerms:
    """Called by ``dispatch_events`` in place of ``order_terms``."""

    faults: Faults
    minimum_wage_fen: int
    platforms: tuple[Platform, ...]
    days: Days
    workforce: Workforce
    """Of the worker-days."""
    partner_firm: NDArray[np.int16]
    """Of the worker-days."""

    def __call__(
        self, parameters: CityParameters, orders: Orders, rng: np.random.Generator
    ) -> dict[str, NDArray[np.int32]]:
        """Columns of ``Dispatches`` by name, one entry per order; money in fen, times in seconds."""
        took_s = orders.completed_s - orders.accepted_s
        kilometres = orders.distance_m / 1_000
        slope, level = np.polyfit(kilometres, took_s, 1)
        guess_s = (level + slope * kilometres) * np.exp(ESTIMATE_SIGMA * rng.standard_normal(len(took_s)))
        distance_stated = rng.random(len(took_s)) >= parameters.missing_distance_share

        promised_s = self._limits_s(orders)
        price_fen = np.round(self._price_fen(orders) / 10) * 10  # 0.1 yuan
        kept_fen = np.zeros(len(took_s))
        commission, penalty = (np.full(len(took_s), NOT_STATED, dtype=np.int32) for _ in range(2))
        for index, platform in enumerate(self.platforms):
            own = orders.platform == index
            if platform.commission_permille is not None:
                kept_fen[own] = price_fen[own] * platform.commission_permille // 1_000
                commission[own] = kept_fen[own]
            if platform.penalty_fen:
                late = took_s[own] > promised_s[own] + platform.penalty_grace_s
                penalty[own] = np.where(late, platform.penalty_fen, 0)
        return {
            "promised_s": np.round(promised_s).astype(np.int32),
            "estimated_s": (np.round(guess_s / 30) * 30).astype(np.int32),
            "distance_m": np.where(distance_stated, orders.distance_m, NOT_STATED).astype(np.int32),
            "pay_fen": (price_fen - kept_fen).astype(np.int32),
            "commission_fen": commission,
            "penalty_fen": penalty,
        }

    def _limits_s(self, orders: Orders) -> Floats:
        """The limit shown on each order."""
        limits = np.zeros(len(orders.worker))
        for index, platform in enumerate(self.platforms):
            own = orders.platform == index
            limits[own] = platform.limit_s(orders.distance_m[own])
        if self.faults.ratchet:
            own = orders.platform == RATCHET_PLATFORM
            days_left = len(self.days) - 1 - self._day(orders)[own]
            limits[own] *= (1 - RATCHET_PER_DAY) ** -days_left.astype(np.float64)
        return limits

    def _price_fen(self, orders: Orders) -> Floats:
        """What each order brings before the platform keeps its commission."""
        day = self._day(orders)
        wet = np.isin(orders.weather, (Weather.RAIN, Weather.SNOW))
        pay = BASE_PAY_FEN + PAY_FEN_PER_KM * np.maximum(orders.distance_m / 1_000 - 1, 0)
        pay += PEAK_PAY_FEN * (demand.intensity(orders.offered_s) > 0.5) + WET_PAY_FEN * wet
        pay += NIGHT_PAY_FEN * (orders.offered_s % DAY_S >= 22 * 3_600)
        pay *= np.where(self.days.holiday[day], HOLIDAY_PAY_FACTOR, 1.0)
        pay *= np.where(orders.weather == Weather.EXTREME, EXTREME_PAY_FACTOR, 1.0)
        if self.faults.underpaid_cohort:
            area = AREA_CODES[self.workforce.area[orders.worker]]
            underpaid = (orders.platform == UNDERPAID_PLATFORM) & (area == UNDERPAID_AREA)
            pay[underpaid] *= UNDERPAID_SHARE * self.minimum_wage_fen / NET_FEN_PER_HOUR
        if self.faults.partner_firm_disparity:
            firm = self.partner_firm[orders.worker]
            pay[(orders.platform == FIRM_PLATFORM) & (firm == FIRM)] *= FIRM_PAY_FACTOR
        return pay

    def _day(self, orders: Orders) -> NDArray[np.int64]:
        """The day of each order, by its offer: 0 …"""
        return np.minimum(orders.offered_s // DAY_S, len(self.days) - 1).astype(np.int64)
