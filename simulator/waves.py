"""The working day: waves of orders, one after another, all workers side by side.

A wave (一波单) is what a worker carries at once: one to four orders, picked up in turn and brought to the
customers from near to far. After it the next wave is already there (in the peaks), or the worker waits; how
long follows the demand of the hour. The loop runs over waves and each step of it works on all workers at
once, so there are some fifty steps of Python however large the city is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator import demand
from simulator.parameters import CityParameters
from simulator.shifts import Shifts
from simulator.vocabulary import Vehicle
from simulator.workforce import NO_PLATFORM, Workforce

Floats = NDArray[np.float64]

WAVE_ORDERS = 4
"""Most orders in a wave. Riders tell of up to seven or eight (P6); four keeps a single wave under an hour."""

# Assumptions, set together so that order time, orders a day and delivery time meet P1–P5.
MORE_ORDERS_CHANCE = (0.05, 0.42)  # of each further order in a wave: always, and added in the busiest hour
EARLY_OFFER_AT_PEAK = 0.4  # chance that the next wave is offered before the last order is home
OFFER_WINDOW_S = 180  # the orders of one wave are offered within so much time
ANSWER_S = (4, 40)  # from offer to acceptance
APPROACH_M = (150, 1_100)  # to the first restaurant
HOP_M = (30, 400)  # to the next restaurant of the wave
DETOUR_M = (100, 400)  # beyond the difference of the distances, to the next customer
KITCHEN_MEDIAN_S, KITCHEN_SIGMA = 140, 0.8  # wait at the counter; more in the peaks
HANDOVER_MEDIAN_S, HANDOVER_SIGMA = 140, 0.45  # park, gate, lift, door
TRIP_SIGMA = 0.12  # spread (log) of the speed from wave to wave
IDLE_AT_PEAK_S = 240  # mean wait for the next order in the busiest hour; divided by the demand of the hour
LONGEST_IDLE_S = 45 * 60
UNBROKEN_IDLE_S = 12 * 60  # who rides through a break also takes the next order that comes
REST_BETWEEN_STRETCHES_S = (25 * 60, 45 * 60)  # at least, after the last order of a stretch


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders as the workers did them, before any of them is cancelled. Columns of equal length.

    Times are seconds after local midnight.
    """

    worker: NDArray[np.int64]
    platform: NDArray[np.int8]
    distance_m: Floats
    offered_s: Floats
    accepted_s: Floats
    picked_up_s: Floats
    completed_s: Floats
    weather: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class WorkedStretches:
    """When each planned stretch really began and ended; shape (workers, most stretches), NaN = none."""

    start_s: Floats
    end_s: Floats


def ride_day(
    parameters: CityParameters,
    workforce: Workforce,
    shifts: Shifts,
    rng: np.random.Generator,
    conditions: demand.Conditions | None = None,
) -> tuple[Orders, WorkedStretches]:
    """Let every worker ride until the last planned stretch is over; by default in the conditions of the
    parameters."""
    conditions = conditions or demand.of_one_day(parameters)
    workers = parameters.workers
    stretch = np.zeros(workers, dtype=np.int64)
    free = shifts.start_s[:, 0].copy()
    last_done = free.copy()
    busy_until_next = np.zeros(workers, dtype=np.bool_)
    worked_start, worked_end = shifts.start_s.copy(), shifts.end_s.copy()
    waves: list[Orders] = []

    while True:
        active = np.flatnonzero(stretch < shifts.count)
        if not len(active):
            break
        offer = free[active] + _idle(free[active], workforce.unbroken[active], busy_until_next[active], rng)
        over = offer >= shifts.end_s[active, stretch[active]]
        rest = rng.uniform(*REST_BETWEEN_STRETCHES_S, len(active))

        ending = active[over]
        at = stretch[ending]
        worked_end[ending, at] = np.maximum(shifts.end_s[ending, at], last_done[ending])
        stretch[ending] += 1
        going_on = stretch[ending] < shifts.count[ending]
        starting, following = ending[going_on], stretch[ending][going_on]
        free[starting] = np.maximum(
            shifts.start_s[starting, following],
            worked_end[starting, following - 1] + rest[over][going_on],
        )
        worked_start[starting, following] = free[starting]
        busy_until_next[ending] = False

        riding = active[~over]
        if len(riding):
            wave, before_last, done = _wave(parameters, workforce, conditions, riding, offer[~over], rng)
            waves.append(wave)
            last_done[riding] = np.maximum(last_done[riding], done)
            # In the peaks the next wave is offered while the last order is still on its way.
            early = rng.random(len(riding)) < EARLY_OFFER_AT_PEAK * demand.intensity(done)
            busy_until_next[riding] = early
            free[riding] = np.where(early, rng.uniform(before_last, done), done)
    return _join(waves), WorkedStretches(worked_start, worked_end)


def _idle(
    free: Floats, unbroken: NDArray[np.bool_], already_offered: NDArray[np.bool_], rng: np.random.Generator
) -> Floats:
    """Seconds until the next offer."""
    mean = IDLE_AT_PEAK_S / np.maximum(demand.intensity(free), 0.1)
    wait = np.minimum(rng.exponential(mean), LONGEST_IDLE_S)
    wait = np.where(unbroken, np.minimum(wait, UNBROKEN_IDLE_S), wait)
    return np.where(already_offered, 0.0, wait)


def _wave(
    parameters: CityParameters,
    workforce: Workforce,
    conditions: demand.Conditions,
    riding: NDArray[np.int64],
    first_offer: Floats,
    rng: np.random.Generator,
) -> tuple[Orders, Floats, Floats]:
    """One wave of each riding worker: its orders, its last-but-one stop, and its end (both per worker)."""
    count, shape = len(riding), (len(riding), WAVE_ORDERS)
    busy = conditions.crowding(first_offer)
    orders = 1 + rng.binomial(WAVE_ORDERS - 1, MORE_ORDERS_CHANCE[0] + MORE_ORDERS_CHANCE[1] * busy)
    real = np.arange(WAVE_ORDERS) < orders[:, None]

    on_first = rng.random(count) < parameters.first_platform_share
    second = workforce.second_platform[riding]
    platform = np.where(on_first | (second == NO_PLATFORM), workforce.first_platform[riding], second)
    weather = conditions.weather(first_offer)
    speed = conditions.speed_factor[weather] * _dry_speed_ms(parameters, workforce, riding, platform, rng)
    # GB 17761: an e-bike's motor gives no help above 25 km/h, so no e-bike averages more.
    is_ebike = workforce.vehicle[riding] == Vehicle.E_BIKE
    speed = np.where(is_ebike, np.minimum(speed, 25 / 3.6), speed)

    # Offers and answers. The wave begins with its earliest offer, whichever customer that is for.
    after = np.where(real, rng.uniform(0, OFFER_WINDOW_S, shape), np.inf)
    offered = first_offer[:, None] + (after - after.min(axis=1, keepdims=True))
    accepted = offered + rng.uniform(*ANSWER_S, shape)

    # Restaurants in turn, then customers from near to far. Empty places of a wave are sorted behind (inf).
    distance = np.sort(np.where(real, demand.distances(shape, rng), np.inf), axis=1)
    kitchen = KITCHEN_MEDIAN_S * np.exp(KITCHEN_SIGMA * rng.standard_normal(shape))
    kitchen *= 0.8 + 0.4 * busy[:, None]
    handover = HANDOVER_MEDIAN_S * np.exp(HANDOVER_SIGMA * rng.standard_normal(shape))
    to_first = rng.uniform(*APPROACH_M, count) / speed
    hop = rng.uniform(*HOP_M, shape) / speed[:, None]
    detour_m = rng.uniform(*DETOUR_M, shape)
    with np.errstate(invalid="ignore"):  # inf − inf, in places that hold no order
        further = np.diff(distance, axis=1)

    picked = np.full(shape, np.nan)
    at = accepted.min(axis=1) + to_first
    for place in range(WAVE_ORDERS):
        there = real[:, place]
        arrived = at if place == 0 else at + hop[:, place]
        ready = np.maximum(arrived, accepted[:, place] + 30)
        picked[:, place] = np.where(there, ready + kitchen[:, place], np.nan)
        at = np.where(there, picked[:, place], at)

    completed = np.full(shape, np.nan)
    before_last = at.copy()
    for place in range(WAVE_ORDERS):
        there = real[:, place]
        metres = distance[:, 0] if place == 0 else further[:, place - 1] + detour_m[:, place]
        arrived = np.where(there, at + metres / speed + handover[:, place], at)
        completed[:, place] = np.where(there, arrived, np.nan)
        before_last = np.where(there, at, before_last)
        at = arrived

    row = np.nonzero(real)[0]
    wave = Orders(
        worker=riding[row],
        platform=platform[row].astype(np.int8),
        distance_m=distance[real],
        offered_s=offered[real],
        accepted_s=accepted[real],
        picked_up_s=picked[real],
        completed_s=completed[real],
        weather=weather[row],
    )
    return wave, before_last, at


def _dry_speed_ms(
    parameters: CityParameters,
    workforce: Workforce,
    riding: NDArray[np.int64],
    platform: NDArray[np.int8],
    rng: np.random.Generator,
) -> Floats:
    """Metres per second of each riding worker in this wave, in dry weather."""
    platform_ms = np.array([each.riding_kmh for each in parameters.platforms]) / 3.6
    speed: Floats = platform_ms[platform] * workforce.speed_factor[riding]
    speed *= np.exp(TRIP_SIGMA * rng.standard_normal(len(riding)))
    return speed


def _join(waves: list[Orders]) -> Orders:
    """All waves as one table, in the order of the offers."""
    columns = {
        name: np.concatenate([getattr(wave, name) for wave in waves]) for name in Orders.__dataclass_fields__
    }
    by_offer = np.lexsort((columns["distance_m"], columns["worker"], columns["offered_s"]))
    return Orders(**{name: column[by_offer] for name, column in columns.items()})
