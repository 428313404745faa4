"""Distance bands, as data: thresholds are declared, and compared, at like distance.

No source fixes the edges. These follow the whole kilometres in which platforms state their limits, narrow
where most orders are; they are a parameter of the audit, and an audit names the bands it used.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

UNKNOWN_BAND = -1
_PIECE = 1 << 16
"""Rows at a time, so that intermediate results stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class DistanceBand:
    """Distances d with min_m ≤ d < max_m."""

    min_m: float
    max_m: float
    """Exclusive; infinity for the last band."""
    label_zh: str
    label_en: str

    @property
    def id(self) -> str:
        """Stable name on the wire, metres: ``1000-2000``; ``5000-`` without an upper end."""
        return f"{self.min_m:.0f}-" if math.isinf(self.max_m) else f"{self.min_m:.0f}-{self.max_m:.0f}"

    @property
    def representative_m(self) -> float:
        """The distance that stands for the band where one is needed (the floor of feasibility).

        The midpoint; the lower edge where the band has no upper end, which errs in the platform's favour.
        """
        return self.min_m if math.isinf(self.max_m) else (self.min_m + self.max_m) / 2


def bands_from_edges(edges_m: Sequence[float]) -> tuple[DistanceBand, ...]:
    """Adjacent bands between ascending `edges_m` (metres); the last edge may be infinity.

    Raises ValueError if the edges do not ascend from 0 or more, or are fewer than two.
    """
    if len(edges_m) < 2 or edges_m[0] < 0 or any(not low < high for low, high in pairwise(edges_m)):
        raise ValueError(f"edges must ascend from 0 or more, at least two of them: {list(edges_m)}")
    return tuple(_band(low, high) for low, high in pairwise(edges_m))


def _band(min_m: float, max_m: float) -> DistanceBand:
    low, high = f"{min_m / 1000:g}", f"{max_m / 1000:g}"
    if math.isinf(max_m):
        return DistanceBand(min_m, max_m, f"{low} 公里以上（含）", f"{low} km and over")
    return DistanceBand(min_m, max_m, f"{low}–{high} 公里", f"{low}–{high} km")


DISTANCE_BANDS = bands_from_edges((0, 1_000, 2_000, 3_000, 5_000, math.inf))


def band_of(
    distance_m: NDArray[np.float64], bands: Sequence[DistanceBand] = DISTANCE_BANDS
) -> NDArray[np.int64]:
    """Index into adjacent `bands` of each distance, shape (n,).

    −1 where the distance is unknown (NaN), impossible (negative, infinite) or outside all bands.
    """
    low, *highs = (bands[0].min_m, *(band.max_m for band in bands))
    band = np.empty(len(distance_m), np.int64)
    for start in range(0, len(band), _PIECE):
        some = distance_m[start : start + _PIECE]
        # Counting the edges passed is ten times as quick as a binary search for as few as there are.
        passed = np.zeros(len(some), np.int64)
        for high in highs:
            passed += some >= high
        passed[~((some >= low) & (some < highs[-1]) & (some < np.inf))] = UNKNOWN_BAND
        band[start : start + _PIECE] = passed
    return band
