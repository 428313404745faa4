"""What a platform states of an order: limit, estimate, distance, pay, commission, penalty."""

import numpy as np
from numpy.typing import NDArray

from simulator import demand
from simulator.parameters import CityParameters
from simulator.vocabulary import NOT_STATED, Weather
from simulator.waves import Orders

# Fen. 4.2 yuan and 0.7 a kilometre beyond the first come to 5.4 yuan at the mean distance (P7).
BASE_PAY_FEN = 420
PAY_FEN_PER_KM = 70
PEAK_PAY_FEN = 50  # above half of the busiest hour's demand; the supplements are assumptions
NIGHT_PAY_FEN = 100  # from 22:00
RAIN_PAY_FEN = 100
HOLIDAY_PAY_FACTOR = 1.5
ESTIMATE_SIGMA = 0.08  # spread (log) of a platform's estimates around what distance explains


def order_terms(
    parameters: CityParameters, orders: Orders, rng: np.random.Generator
) -> dict[str, NDArray[np.int32]]:
    """Columns of ``Dispatches`` by name, one entry per order; money in fen, times in seconds."""
    size, kilometres = len(orders.worker), orders.distance_m / 1_000
    took_s = orders.completed_s - orders.accepted_s
    busy = demand.intensity(orders.offered_s)

    base = BASE_PAY_FEN + PAY_FEN_PER_KM * np.maximum(kilometres - 1, 0)
    extra = PEAK_PAY_FEN * (busy > 0.5) + NIGHT_PAY_FEN * (orders.offered_s >= 22 * 3_600)
    extra = extra + RAIN_PAY_FEN * (orders.weather != Weather.NORMAL)
    # An estimate knows the distance, not the kitchen or the stairs: a line through what rides take.
    slope, level = np.polyfit(kilometres, took_s, 1) if size > 1 else (0.0, float(took_s.mean()))
    expected_s = (level + slope * kilometres) * np.exp(ESTIMATE_SIGMA * rng.standard_normal(size))

    promised, estimated, pay, commission, penalty = (np.full(size, NOT_STATED, np.int32) for _ in range(5))
    for index, platform in enumerate(parameters.platforms):
        own = np.flatnonzero(orders.platform == index)
        promised[own] = platform.limit_s(orders.distance_m[own])
        estimated[own] = np.round(expected_s[own] * platform.estimate_bias / 30) * 30  # half minutes
        factor = platform.pay_factor * (HOLIDAY_PAY_FACTOR if parameters.holiday else 1.0)
        pay[own] = np.round((base[own] * factor + extra[own]) / 10) * 10  # 0.1 yuan
        if platform.commission_permille is not None:
            commission[own] = pay[own] * platform.commission_permille // 1_000
        late = took_s[own] > promised[own] + platform.penalty_grace_s
        penalty[own] = np.where(late, platform.penalty_fen, 0)
    stated = rng.random(size) >= parameters.missing_distance_share
    return {
        "promised_s": promised,
        "estimated_s": estimated,
        "distance_m": np.where(stated, orders.distance_m, NOT_STATED).astype(np.int32),
        "pay_fen": pay,
        "commission_fen": commission,
        "penalty_fen": penalty,
    }
