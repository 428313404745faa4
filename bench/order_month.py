"""A made-up month of a city's orders, week by week, as dispatch events in columns, for ``bench.audit``.

Three services, three platforms, eight counties; every sixth worker works for two platforms. Delivery times
depend on the distance, the hour and the worker; platform ``RATCHETING`` shortens its limits week by week, and
one partner firm's workers are slower. Events come in order of time, four an order as in a platform's stream:
offered, accepted, picked up, completed, or cancelled in place of the last.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.bands import DISTANCE_BANDS, band_of
from services.algo_audit.core.cohort_keys import ASSESSED_BY, DAY_MS, SHANGHAI_OFFSET_MS
from services.algo_audit.core.orders import DispatchColumns, DispatchKind
from services.algo_audit.core.thresholds import DeclaredThreshold

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

FIRST_DAY = 20_528
"""2026-03-16, a Monday; days since 1970-01-01."""
WEEKS = 4
ORDERS_A_WORKER = 330
"""In the month: twelve a day."""
PLATFORMS = 3
AREAS = np.array([130_202 + area for area in range(8)])
"""3 services × 5 bands × 8 counties × 6 hours, for each of 3 platforms: 2,160 cohorts."""
SERVICES = tuple(ASSESSED_BY)
VEHICLES = np.array([0, *ASSESSED_BY.values()])
LIMITS_S = (900.0, 1_260.0, 1_620.0, 2_100.0, 2_880.0)
"""Declared by everybody for each distance band."""
STRICTER = (1.0, 0.95, 0.85)
"""Times these, by platform."""
RATCHETING = 2
CUT_A_WEEK = 0.03
CANCELLED_SHARE = 0.03
COMMISSION_SHARE = 0.2
PENALTY_FEN = 200.0
FIRMS = ("firm-a", "firm-b", "firm-c", "firm-d")
KINDS = (DispatchKind.OFFERED, DispatchKind.ACCEPTED, DispatchKind.PICKED_UP, DispatchKind.COMPLETED)


def declared() -> list[DeclaredThreshold]:
    """What the platforms declared: limits by service and distance band, and the commission."""
    limits = [
        DeclaredThreshold(
            platform,
            "delivery_time",
            limit * STRICTER[platform],
            band.min_m,
            band.max_m,
            id=f"limit-{platform}-{service}-{band.id}",
            service=service,
        )
        for platform in range(PLATFORMS)
        for service in SERVICES
        for band, limit in zip(DISTANCE_BANDS, LIMITS_S, strict=True)
    ]
    commissions = [
        DeclaredThreshold(
            platform,
            "commission_share",
            COMMISSION_SHARE,
            0.0,
            math.inf,
            id=f"commission-{platform}-{service}",
            service=service,
        )
        for platform in range(PLATFORMS)
        for service in SERVICES
    ]
    return limits + commissions


def weeks(orders: int, seed: int = 2026) -> Iterator[DispatchColumns]:
    """The events of about ``orders`` orders, a week at a time."""
    workers = max(orders // ORDERS_A_WORKER, 30)
    for week in range(WEEKS):
        yield _week(orders // WEEKS, workers, week, seed)


def _week(orders: int, workers: int, week: int, seed: int) -> DispatchColumns:
    people = np.random.default_rng(seed)
    pace = np.exp(0.15 * people.normal(size=workers))
    home = people.integers(0, PLATFORMS, workers)
    second = np.where(people.random(workers) < 1 / 6, people.integers(0, PLATFORMS, workers), home)
    area = people.choice(AREAS, workers)
    form, tenure = people.integers(1, 4, workers), people.integers(1, 5, workers)
    firm = people.integers(-1, len(FIRMS), workers)
    kind_of_work = people.choice(SERVICES, workers, p=(0.6, 0.2, 0.2))

    rng = np.random.default_rng([seed, week])
    worker = rng.integers(0, workers, orders)
    platform = np.where(rng.random(orders) < 0.3, second[worker], home[worker])
    service = kind_of_work[worker]
    day = FIRST_DAY + 7 * week + rng.integers(0, 7, orders)
    second_of_day = _hours(rng, orders)
    accepted = day * DAY_MS - SHANGHAI_OFFSET_MS + second_of_day * 1_000 + rng.integers(0, 1_000, orders)
    far: Floats = rng.lognormal(math.log(2_100), 0.6, orders)
    distance = np.rint(np.minimum(far, 12_000.0)).astype(np.float64)
    lasts_s = _lasts(rng, distance, pace[worker] * np.where(firm[worker] == 1, 1.1, 1.0))
    limit = _limits(platform, distance, week)
    cancelled = rng.random(orders) < CANCELLED_SHARE
    pay = np.round(400 + 0.08 * distance)
    late = (lasts_s > limit) & ~cancelled

    accepted_ms = accepted
    ended_ms = accepted + np.round(lasts_s * np.where(cancelled, 0.4, 1.0) * 1_000).astype(np.int64)
    times = np.stack(
        [accepted_ms - 15_000, accepted_ms, accepted_ms + (ended_ms - accepted_ms) // 3, ended_ms]
    ).ravel()
    by_time = np.argsort(times, kind="stable")
    order, step = by_time % orders, by_time // orders
    last = step == len(KINDS) - 1
    kind = np.array(KINDS, np.int8)[step]
    kind[last & cancelled[order]] = DispatchKind.CANCELLED
    done = last & ~cancelled[order]

    def when_done(amount: Floats) -> Floats:
        return np.where(done, amount[order], np.nan)

    return DispatchColumns(
        order=_identity(week * orders + np.arange(orders))[order],
        worker=worker[order],
        platform=platform[order],
        area=area[worker][order],
        kind=kind,
        time=times[by_time],
        distance_m=distance[order],
        promised_s=limit[order],
        event=_identity(len(KINDS) * week * orders + by_time + 2**40),
        service=service[order],
        vehicle=VEHICLES[service][order],
        # A day is normal, rainy or, one in fourteen, extreme.
        weather=np.array([1, 1, 2, 1, 1, 2, 3, 1, 1, 2, 1, 4, 1, 2])[day % 14][order],
        holiday=(day == FIRST_DAY + 20).astype(np.int8)[order],
        pay_fen=when_done(pay),
        commission_fen=when_done(np.round(pay * COMMISSION_SHARE / (1 - COMMISSION_SHARE))),
        penalty_fen=when_done(np.where(late & (rng.random(orders) < 0.5), PENALTY_FEN, 0.0)),
        employment_form=form[worker][order],
        tenure_band=tenure[worker][order],
        partner_firm=firm[worker][order],
    )


def _hours(rng: np.random.Generator, orders: int) -> Ints:
    """The second of the day, mostly at the meal peaks."""
    peak = rng.choice(np.array([8, 12, 15, 19, 22, 3]), orders, p=(0.12, 0.34, 0.12, 0.3, 0.08, 0.04))
    around = np.round(rng.normal(0, 4_000, orders)).astype(np.int64)
    seconds: Ints = (peak * 3_600 + around) % 86_000
    return seconds


def _lasts(rng: np.random.Generator, distance: Floats, pace: Floats) -> Floats:
    lasts: Floats = np.round((420 + 0.26 * distance) * pace * np.exp(0.3 * rng.normal(size=len(pace))), 3)
    return lasts


def _limits(platform: Ints, distance: Floats, week: int) -> Floats:
    band = band_of(distance, DISTANCE_BANDS)
    cut = np.where(platform == RATCHETING, 1 - CUT_A_WEEK * week, 1.0)
    limits: Floats = np.round(np.array(LIMITS_S)[band] * np.array(STRICTER)[platform] * cut)
    return limits


def _identity(number: Ints) -> NDArray[np.uint64]:
    """As scattered as a digest: an odd constant (splitmix64) permutes the 64-bit numbers."""
    mixed = number.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    return mixed
