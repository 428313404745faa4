"""What a platform declared, and which of its declarations is in force."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from services.algo_audit.core.bands import DistanceBand
from services.algo_audit.core.cohort_keys import ASSESSED_BY
from services.algo_audit.core.metrics import METRICS, Direction


@dataclass(frozen=True, slots=True)
class DeclaredThreshold:
    """One assessment limit (考核标准) as the platform declared it to the registry.

    Raises ValueError for a value that is not positive and finite, or a range that is empty.
    """

    platform: int
    """The same interned id as in the order columns."""
    metric: str
    """A key of metrics.METRICS."""
    value: float
    """τ, in the metric's unit."""
    min_m: float = 0.0
    """The limit holds for distances min_m ≤ d < max_m, metres."""
    max_m: float = math.inf
    version: int = 1
    effective_from_ms: int = 0
    """Epoch milliseconds, UTC."""
    id: str = ""
    """The registry's name of it, the same for all versions; a platform may have several for one range."""
    service: int = 1
    """``ServiceKind`` of the events, a key of cohort_keys.ASSESSED_BY."""
    area: int = 0
    """GB/T 2260 code of where the limit holds; 0: everywhere."""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.value) and self.value > 0):
            raise ValueError(f"value: a threshold must be positive and finite, not {self.value}")
        if not 0 <= self.min_m < self.max_m:
            raise ValueError(f"min_m, max_m: no distance lies in [{self.min_m}, {self.max_m}) m")
        if self.service not in ASSESSED_BY:
            raise ValueError(f"service: {self.service} is none of {sorted(ASSESSED_BY)}")

    @property
    def representative_m(self) -> float:
        """The distance that stands for the whole range, as DistanceBand.representative_m does for a band."""
        return DistanceBand(self.min_m, self.max_m, "", "").representative_m

    def covers(self, band: DistanceBand) -> bool:
        """Whether the limit holds for every distance of the band."""
        return self.min_m <= band.min_m and band.max_m <= self.max_m

    def touches(self, band: DistanceBand) -> bool:
        """Whether the limit holds for some distance of the band."""
        return self.min_m < band.max_m and band.min_m < self.max_m

    def holds_in(self, area: int) -> bool:
        """Whether the limit holds in all of an area (GB/T 2260 code; 0 unknown)."""
        return covers_area(self.area, area)


def no_end(end_m: float | None) -> float:
    """The end of a distance range in metres; None has no bound."""
    return math.inf if end_m is None else end_m


def covers_area(outer: int, inner: int) -> bool:
    """Whether a GB/T 2260 code of a province, city or county holds another: their digits come in pairs, zeros
    for what is not narrowed down. 0 is everywhere as ``outer``, and somewhere unknown as ``inner``."""
    if outer == 0:
        return True
    digits = 10_000 if outer % 10_000 == 0 else 100 if outer % 100 == 0 else 1
    return outer // digits == inner // digits


def in_force(thresholds: Iterable[DeclaredThreshold], at_ms: int) -> list[DeclaredThreshold]:
    """The declarations in force at `at_ms` (epoch milliseconds): per platform, metric, service, area and
    distance range the latest one already effective; of two from the same moment the higher version. Sorted,
    so that the order in which declarations arrived does not show.
    """
    latest: dict[tuple[int, str, int, int, float, float], DeclaredThreshold] = {}
    for threshold in thresholds:
        if threshold.effective_from_ms > at_ms:
            continue
        what = threshold.platform, threshold.metric, threshold.service, threshold.area
        key = (*what, threshold.min_m, threshold.max_m)
        known = latest.get(key)
        if known is None or _age(threshold) > _age(known):
            latest[key] = threshold
    return [latest[key] for key in sorted(latest)]


def _age(threshold: DeclaredThreshold) -> tuple[int, int, float]:
    # The value breaks the last tie, so that a contradictory registry still gives one answer in any order; the
    # laxer of two contradictory limits, because a doubt must not be held against the platform.
    at_least = METRICS[threshold.metric].direction is Direction.AT_LEAST
    return threshold.effective_from_ms, threshold.version, -threshold.value if at_least else threshold.value
