"""The three platforms of the weeks: the same to ride for, and all of them in the middle.

Their names are those of the one-day city. There, their terms differ so that one day has something to show;
here, they are alike, so that what differs has been planted (``faults.py``).
"""

from dataclasses import replace
from math import inf
from typing import NamedTuple

from simulator.faults import LIMIT_PLATFORM, PENALTY_PLATFORM, Faults
from simulator.platforms import BAND_EDGES_M, PLATFORMS, Platform
from simulator.vocabulary import Service

MIDDLE_LIMITS_S = (930, 1_155, 1_470, 1_860, 2_535)
"""Half of the lawful e-bike orders of each distance band meet it; to 15 s, measured in 40 seeds."""
COMMISSION_PERMILLE = 100
"""Of pay + commission. A tenth, so that it comes to whole fen (prices are in tenths of a yuan) and every
order shows exactly what is declared. Assumption."""
PENALTY_FEN = 100
PENALTY_GRACE_S = 20 * 60
"""As platform B of the one-day city."""

WEEK_PLATFORMS: tuple[Platform, ...] = tuple(
    replace(
        platform,
        declared_limits_s=MIDDLE_LIMITS_S,
        riding_kmh=15.0,
        pay_factor=1.0,
        commission_permille=COMMISSION_PERMILLE,
        estimate_bias=1.0,
        penalty_fen=0,
        penalty_grace_s=PENALTY_GRACE_S,
    )
    for platform in PLATFORMS
)


class Declared(NamedTuple):
    """One threshold as a platform declared it."""

    platform: int
    """Index into ``Weeks.platforms``."""
    metric_id: str
    """``delivery_time``, ``commission_share`` or ``penalties_per_order``."""
    service: int
    """``Service``."""
    band: tuple[float, float] | None
    """It holds for distances from … to under …, metres; None: for all."""
    value: float
    """Seconds; a share of pay + commission; fen per order."""
    area: int | None = None
    """GB/T 2260; None: everywhere."""


def platforms_with(platforms: tuple[Platform, ...], faults: Faults, penalties: bool) -> tuple[Platform, ...]:
    """The platforms with the faults that are theirs; with ``penalties`` one of them takes them anyway."""
    changed = list(platforms)
    if faults.limit_below_speed:
        strict = PLATFORMS[LIMIT_PLATFORM].declared_limits_s
        changed[LIMIT_PLATFORM] = replace(changed[LIMIT_PLATFORM], declared_limits_s=strict)
    if penalties or faults.undeclared_penalty:
        changed[PENALTY_PLATFORM] = replace(changed[PENALTY_PLATFORM], penalty_fen=PENALTY_FEN)
    return tuple(changed)


def declarations(platforms: tuple[Platform, ...], faults: Faults) -> tuple[Declared, ...]:
    """What the platforms have declared.

    Penalties are declared generously: a platform may take its penalty from every order and takes it from few.
    """
    food = int(Service.FOOD_DELIVERY)
    edges = (*BAND_EDGES_M, inf)
    declared: list[Declared] = []
    for index, platform in enumerate(platforms):
        declared += [
            Declared(index, "delivery_time", food, (edges[band], edges[band + 1]), float(limit))
            for band, limit in enumerate(platform.declared_limits_s)
        ]
        if platform.commission_permille is not None:
            share = platform.commission_permille / 1_000
            declared.append(Declared(index, "commission_share", food, None, share))
        hidden = faults.undeclared_penalty and index == PENALTY_PLATFORM
        if platform.penalty_fen and not hidden:
            declared.append(Declared(index, "penalties_per_order", food, None, float(platform.penalty_fen)))
    return tuple(declared)
