"""What a platform declared, and which of its declarations is in force."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from services.algo_audit.core.bands import DistanceBand


@dataclass(frozen=True, slots=True)
class DeclaredThreshold:
    """One assessment limit (考核标准) as the platform declared it to the registry.

    Raises ValueError for a value that is not positive and finite, or a range that is empty.
    """

    platform: int
    """The same interned id as in the order columns."""
    metric: str
    """A key of metrics.METRICS."""
    value_s: float
    """τ, in the metric's unit (seconds for delivery_time)."""
    min_m: float = 0.0
    """The limit holds for distances min_m ≤ d < max_m, metres."""
    max_m: float = math.inf
    version: int = 1
    effective_from_ms: int = 0
    """Epoch milliseconds, UTC."""
    id: str = ""
    """The registry's name of it, the same for all versions; a platform may have several for one range."""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.value_s) and self.value_s > 0):
            raise ValueError(f"a threshold must be positive and finite, not {self.value_s}")
        if not 0 <= self.min_m < self.max_m:
            raise ValueError(f"no distance lies in [{self.min_m}, {self.max_m}) m")

    def covers(self, band: DistanceBand) -> bool:
        """Whether the limit holds for every distance of the band."""
        return self.min_m <= band.min_m and band.max_m <= self.max_m

    def touches(self, band: DistanceBand) -> bool:
        """Whether the limit holds for some distance of the band."""
        return self.min_m < band.max_m and band.min_m < self.max_m


def in_force(thresholds: Iterable[DeclaredThreshold], at_ms: int) -> list[DeclaredThreshold]:
    """The declarations in force at `at_ms` (epoch milliseconds): per platform, metric and distance range the
    latest one already effective; of two from the same moment the higher version. Sorted, so that the order in
    which declarations arrived does not show.
    """
    latest: dict[tuple[int, str, float, float], DeclaredThreshold] = {}
    for threshold in thresholds:
        if threshold.effective_from_ms > at_ms:
            continue
        key = (threshold.platform, threshold.metric, threshold.min_m, threshold.max_m)
        known = latest.get(key)
        if known is None or _age(threshold) > _age(known):
            latest[key] = threshold
    return [latest[key] for key in sorted(latest)]


def _age(threshold: DeclaredThreshold) -> tuple[int, int, float]:
    # The value breaks the last tie, so that a contradictory registry still gives one answer in any order; the
    # laxer of two contradictory limits, because a doubt must not be held against the platform.
    return threshold.effective_from_ms, threshold.version, threshold.value_s
