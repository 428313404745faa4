"""The three platforms, the limits they declare, and how they treat a late order.

All three are invented; no real company is meant. Their limits are chosen against what the simulated
workers can do (README.md, "Limits"), so that an audit has something true to find:

==========  ==============================  =====================================================
platform-a  in the middle                   about half of the orders meet each limit; no fines
platform-b  stricter than the middle        about a quarter meet each limit; small fines
platform-c  below what 15 km/h allows       see :data:`LAWFUL_EBIKE_METRES_PER_SECOND`
==========  ==============================  =====================================================
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LAWFUL_EBIKE_METRES_PER_SECOND = 15_000 / 3_600
"""15 km/h: 道路交通安全法实施条例 art. 58 (non-motor lane); 外卖平台服务管理基本要求 (2025-12)."""

BAND_EDGES_M: tuple[int, ...] = (0, 1_000, 2_000, 3_000, 5_000)
"""Lower edges of the distance bands 0–1, 1–2, 2–3, 3–5, 5+ km; a distance on an edge belongs above it."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform: who it is, what it declares, and what it is like to ride for it."""

    id: str
    """Identifier in the register, e.g. ``platform-a``."""
    letter: str
    """Prefix of its event and order ids, e.g. ``a``."""
    name_zh: str
    name_en: str
    declared_limits_s: tuple[int, ...]
    """Declared ``delivery_time`` (accepted → completed, seconds, at most), one per distance band."""
    worker_share: float
    """Share of the workers whose first platform this is; the shares add up to 1."""
    riding_kmh: float
    """Mean speed on the way, stops at lights included. A tighter limit makes its riders faster."""
    pay_factor: float
    """Its piece rate against the city's."""
    commission_permille: int | None
    """What the platform keeps of an order, in thousandths of the pay (in ``Weeks``: of pay + commission);
    None = the platform does not state it."""
    estimate_bias: float
    """Its own estimate divided by what the ride takes on average; below 1 is optimistic."""
    penalty_fen: int
    """Deducted when an order is late beyond the grace; 0 = points instead of fines (P12)."""
    penalty_grace_s: int
    """How late an order may be before the deduction."""

    def limit_s(self, distance_m: NDArray[np.floating] | NDArray[np.integer]) -> NDArray[np.int32]:
        """The declared limit (seconds) of each distance (metres, any shape)."""
        limits = np.asarray(self.declared_limits_s, dtype=np.int32)
        return limits[distance_band(distance_m)]


def distance_band(distance_m: NDArray[np.floating] | NDArray[np.integer]) -> NDArray[np.int64]:
    """Index into :data:`BAND_EDGES_M` (and into a platform's limits) of each distance in metres."""
    return np.searchsorted(np.asarray(BAND_EDGES_M[1:]), distance_m, side="right")


def _minutes(*limits: float) -> tuple[int, ...]:
    return tuple(round(limit * 60) for limit in limits)


PLATFORMS: tuple[Platform, ...] = (
    Platform(
        id="platform-a",
        letter="a",
        name_zh="甲平台·禾风送餐（虚构）",
        name_en="Platform A · Hefeng Meals (fictional)",
        declared_limits_s=_minutes(16, 19.5, 25, 32, 43.5),
        worker_share=0.5,
        riding_kmh=15.0,
        pay_factor=1.0,
        commission_permille=60,
        estimate_bias=1.02,
        penalty_fen=0,
        penalty_grace_s=0,
    ),
    Platform(
        id="platform-b",
        letter="b",
        name_zh="乙平台·青笠快餐送（虚构）",
        name_en="Platform B · Qingli Courier (fictional)",
        declared_limits_s=_minutes(12, 15, 19.5, 25.5, 36),
        worker_share=0.3,
        riding_kmh=15.8,
        pay_factor=1.05,
        commission_permille=80,
        estimate_bias=0.95,
        penalty_fen=100,
        penalty_grace_s=20 * 60,
    ),
    Platform(
        id="platform-c",
        letter="c",
        name_zh="丙平台·飞梭闪送（虚构）",
        name_en="Platform C · Feisuo Flash (fictional)",
        # 5+ km in 19 min: the nearest such order (5 km) takes 20 min at 15 km/h, the meal already in the box.
        # 3–5 km in 14 min is 15 km/h for 3.5 km; the shorter bands leave no time to pick up and hand over.
        declared_limits_s=_minutes(8.5, 11, 12.5, 14, 19),
        worker_share=0.2,
        riding_kmh=17.0,
        pay_factor=1.1,
        commission_permille=None,
        estimate_bias=0.8,
        penalty_fen=150,
        penalty_grace_s=25 * 60,
    ),
)
