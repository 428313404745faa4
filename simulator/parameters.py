"""Every number of the simulated city that is a choice, with its reason. Sources P1–P13: README.md."""

import datetime as dt
from dataclasses import dataclass

from simulator.places import AREAS
from simulator.platforms import PLATFORMS, Platform

CHINA_TIME = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
"""China has one zone and no summer time since 1991, so a fixed offset is exact."""


@dataclass(frozen=True, slots=True)
class ShiftPattern:
    """A habit of working: planned stretches of one day, local hours."""

    zh: str
    en: str
    share: float
    """Share of the workers."""
    stretches: tuple[tuple[float, float], ...]
    """(start, end) of each stretch, hours after local midnight; a break or time offline lies between."""


# Shares chosen so that order time averages 5.2–6.2 h and about 18–20 % of workers pass 8 h (P1, P2).
# A stretch is at most 3.4 h: with the last orders brought home it stays below 4 h.
SHIFT_PATTERNS: tuple[ShiftPattern, ...] = (
    ShiftPattern("只跑午高峰", "lunch only", 0.11, ((10.6, 13.3),)),
    ShiftPattern("只跑晚高峰", "dinner only", 0.12, ((16.9, 19.9),)),
    ShiftPattern("午晚两高峰", "lunch and dinner", 0.28, ((10.5, 13.4), (16.8, 19.8))),
    ShiftPattern("全天", "whole day", 0.25, ((10.3, 13.3), (14.6, 16.2), (17.0, 20.1))),
    ShiftPattern("长时", "long day", 0.24, ((9.5, 12.8), (13.5, 16.6), (17.2, 20.5), (21.1, 22.7))),
)


TWO_PLATFORM_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class CityParameters:
    """One city day. The same parameters always give the same arrays.

    Raises:
        ValueError: from ``__post_init__`` when a number cannot be a city.
    """

    seed: int = 7
    date: dt.date = dt.date(2026, 3, 16)
    """The local day (Asia/Shanghai). It moves the times and changes nothing else; 2026-03-16 is an ordinary
    Monday. Whether a day is a statutory holiday is announced yearly, so it is stated, not computed."""
    workers: int = 2_000
    holiday: bool = False
    rain_hours: tuple[float, float] | None = (20.0, 22.0)
    """A shower, local hours, so that cohorts by weather exist; None = a dry day. Assumption."""
    area_codes: tuple[int, ...] = ()
    """The county-level areas people work in; empty: all of the city's."""
    platforms: tuple[Platform, ...] = PLATFORMS
    shift_patterns: tuple[ShiftPattern, ...] = SHIFT_PATTERNS

    two_platform_share: float = TWO_PLATFORM_SHARE
    """Workers on two platforms under one identity. Assumption: no published share was found."""
    first_platform_share: float = 0.6
    """Of a two-platform worker's waves, those taken on the first platform. Assumption."""
    unbroken_share: float = 0.25
    """Long-day workers who ride through one of their breaks: the source of spells of more than 4 h.
    Assumption, set for 100–200 such spells in the default city."""
    unbroken_share_by_platform: tuple[float, ...] = ()
    """Instead of ``unbroken_share``, one share for the workers of each first platform; empty: the same share
    for all. What a platform's way of pushing orders makes of its long-day workers."""
    unbroken_two_platform_share: float = 0.25
    """The same among whole-day workers on two platforms, who fill one app's lull from the other.
    Assumption."""

    rejected_offer_share: float = 0.1
    """Orders first offered to another worker, who rejects. Assumption."""
    cancelled_share: float = 0.03
    """Orders cancelled after acceptance, four fifths of them before pick-up. Assumption."""
    complaint_share: float = 0.0
    """Completed orders about which a customer complains. None in the default city."""
    unfinished_orders: int = 2
    """Last orders of the day whose end was never reported: spells that stay open."""
    missing_distance_share: float = 0.005
    """Orders whose distance the platform does not state. Assumption."""

    late_event_share: float = 0.015
    """Events that reach the city after events up to an hour or so younger. Assumption."""
    duplicate_event_share: float = 0.01
    """Events that are sent once more in a later request. Assumption."""
    corrected_event_share: float = 0.0
    """Events stated wrongly at first, or with a phantom beside them that is deleted later: for tests of
    corrections. None in the default city."""

    def __post_init__(self) -> None:
        """Refuse what cannot be a city."""
        if self.workers < 1:
            raise ValueError(f"workers must be at least 1, not {self.workers}")
        if self.seed < 0:
            raise ValueError(f"seed must not be negative, not {self.seed}")
        if not self.platforms:
            raise ValueError("a city needs at least one platform")
        if unknown := set(self.area_codes) - {area.code for area in AREAS}:
            raise ValueError(f"area_codes: {sorted(unknown)} are no areas of the city")
        if len(self.unbroken_share_by_platform) not in (0, len(self.platforms)):
            raise ValueError(
                f"unbroken_share_by_platform needs one share for each of {len(self.platforms)} platforms, "
                f"not {len(self.unbroken_share_by_platform)}"
            )
        for name, shares in (
            ("platforms", [platform.worker_share for platform in self.platforms]),
            ("shift_patterns", [pattern.share for pattern in self.shift_patterns]),
        ):
            if abs(sum(shares) - 1) > 1e-9:
                raise ValueError(f"the shares of {name} must add up to 1, not {sum(shares)}")
        for name in (
            "two_platform_share",
            "first_platform_share",
            "unbroken_share",
            "unbroken_two_platform_share",
            "rejected_offer_share",
            "cancelled_share",
            "complaint_share",
            "missing_distance_share",
            "late_event_share",
            "duplicate_event_share",
            "corrected_event_share",
        ):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is a share and must lie in 0..1, not {getattr(self, name)}")
        for share in self.unbroken_share_by_platform:
            if not 0 <= share <= 1:
                raise ValueError(f"unbroken_share_by_platform has shares in 0..1, not {share}")
        if self.unfinished_orders < 0:
            raise ValueError(f"unfinished_orders must not be negative, not {self.unfinished_orders}")

    def midnight_ms(self) -> int:
        """Epoch milliseconds (UTC) of the start of the local day."""
        return int(dt.datetime.combine(self.date, dt.time(), CHINA_TIME).timestamp()) * 1_000
