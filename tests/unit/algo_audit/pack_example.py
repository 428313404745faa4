"""An audit of three platforms, and everything a pack can say about one of them."""

from __future__ import annotations

import math

import numpy as np

from services.algo_audit.core.appeal import AppealCounts
from services.algo_audit.core.audit import Audited, audit
from services.algo_audit.core.bands import DISTANCE_BANDS, band_of
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.metrics import DELIVERY_TIME, Key
from services.algo_audit.core.observations import Group, Observations
from services.algo_audit.core.pack import PackScope, pack_of
from services.algo_audit.core.pack_model import PackDocument, Text
from services.algo_audit.core.pack_what_if import what_ifs
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.report import (
    AppliedRule,
    Charges,
    DataIssue,
    Parity,
    PayStanding,
    Ratchet,
)
from services.algo_audit.core.thresholds import DeclaredThreshold

MARCH_MS = 1_772_294_400_000
"""2026-03-01 00:00 in Asia/Shanghai."""
DAY_MS = 86_400_000
SWIFT, STEADY, KUAIDA = 1, 2, 3
NAMES = {SWIFT: "swift", STEADY: "steady", KUAIDA: "kuaida"}


def observations(orders: int = 6_000, seed: int = 7) -> Observations:
    """Delivery times by distance; a few cancelled; few orders beyond 5 km."""
    rng = np.random.default_rng(seed)
    distance_m = rng.gamma(3.0, 650.0, orders)
    worker = rng.integers(0, 240, orders)
    habit = rng.normal(0.0, 0.18, 240)[worker]
    value = (420 + distance_m / 4.6) * np.exp(habit + rng.normal(0.0, 0.22, orders))
    censored = rng.random(orders) < 0.06
    value = np.where(censored, value * rng.random(orders), value)
    bands = band_of(distance_m)
    return Observations(
        metric=DELIVERY_TIME,
        value=value,
        censored=censored,
        worker=worker,
        platform=rng.choice([SWIFT, STEADY, KUAIDA], orders),
        day=20_513 + rng.integers(0, 31, orders),
        orders=np.ones(orders, np.int64),
        excluded=np.zeros(orders, np.uint8),
        keys={
            Key.SERVICE: np.ones(orders, np.int64),
            Key.VEHICLE: np.ones(orders, np.int64),
            Key.DISTANCE: bands,
            Key.AREA: np.full(orders, 130_203),
            Key.HOUR: np.full(orders, 2),
            Key.WEATHER: np.zeros(orders, np.int64),
        },
        groups={group: np.full(orders, -1) for group in Group},
    )


def thresholds(version: int = 2) -> list[DeclaredThreshold]:
    """Swift's: strict near, below the floor far."""
    minutes = ((0, 1_000, 8.0), (1_000, 2_000, 11.5), (2_000, 3_000, 16.5), (3_000, 5_000, 18.0))
    return [
        DeclaredThreshold(
            platform=SWIFT,
            metric=DELIVERY_TIME.id,
            value=(value + (2 - version)) * 60,
            min_m=low,
            max_m=high,
            version=version,
            effective_from_ms=MARCH_MS - 90 * DAY_MS * (3 - version),
            id=f"swift-{low}",
        )
        for low, high, value in (*minutes, (5_000, math.inf, 30.0))
    ]


def charges() -> Charges:
    """One of each kind."""
    days = [MARCH_MS + DAY_MS * number for number in range(31)]
    near = DISTANCE_BANDS[1]
    named = {
        "cohort": near.id,
        "cohort_zh": f"外卖配送 {near.label_zh}",
        "cohort_en": f"food delivery, {near.label_en}",
    }
    return Charges(
        ratchets=[
            Ratchet(
                platform=SWIFT,
                **named,
                times_ms=days,
                limits=[780 - 3.1 * number + 8 * math.sin(number) for number in range(31)],
                slope=-93.0,
                slope_interval=Interval(-101.0, -84.0),
                p_value=1e-9,
                adjusted_p=3e-9,
                tightening=True,
            )
        ],
        applied=[
            AppliedRule(
                platform=SWIFT,
                metric_id="delivery_time",
                **named,
                declared=690.0,
                applied=640.0,
                orders=1_830,
                workers=212,
                stricter_share=0.34,
                stricter_share_interval=Interval(0.29, 0.39),
                undeclared=True,
            ),
            AppliedRule(
                platform=SWIFT,
                metric_id="penalties_per_order",
                **named,
                declared=None,
                applied=85.0,
                orders=1_830,
                workers=212,
                stricter_share=1.0,
                stricter_share_interval=Interval(0.99, 1.0),
                undeclared=True,
            ),
        ],
        parity=[
            Parity(
                platform=SWIFT,
                metric_id="hourly_earnings",
                grouping=Group.PARTNER_FIRM,
                group=4,
                group_id="firm-4",
                group_zh="合作企业 firm-4",
                group_en="partner firm firm-4",
                reference_group_id="firm-1",
                workers=41,
                orders=610,
                value=1_710.0,
                reference_value=2_540.0,
                ratio=0.67,
                ratio_interval=Interval(0.61, 0.74),
                disparate=True,
                adjusted_p=0.0004,
            )
        ],
        pay=[
            PayStanding(
                platform=SWIFT,
                cohort="food-delivery",
                cohort_zh="外卖配送",
                cohort_en="food delivery",
                workers=212,
                p10=1_520.0,
                p50=2_480.0,
                p90=3_610.0,
                p50_interval=Interval(2_390.0, 2_570.0),
                minimum_wage=2_200.0,
                minimum_wage_source=("冀人社发〔2025〕某号（示例）", "notice 冀人社发〔2025〕 (example)"),
                share_below=0.27,
                share_below_interval=Interval(0.21, 0.33),
                underpaid=True,
                adjusted_p=0.002,
            )
        ],
        data_issues=[
            DataIssue(
                platform=SWIFT,
                reason="GROUPS_MISSING",
                zh="12% 的订单未报送用工形式",
                en="12 % of the orders do not state the employment form",
                orders=730,
            )
        ],
    )


def audited() -> Audited:
    return audit(observations(), thresholds(), AuditParams())


def pack(result: Audited | None = None, *, plain: bool = False) -> PackDocument:
    """``plain``: the cohorts only."""
    result = result or audited()
    scope = PackScope(
        metric=DELIVERY_TIME,
        area=Text("唐山市", "Tangshan"),
        period_start_ms=MARCH_MS,
        period_end_ms=MARCH_MS + 31 * DAY_MS,
        platforms=NAMES,
        audit_id="audit-8c1f",
        data_version="d41a7be0930c",
        create_ms=MARCH_MS + 40 * DAY_MS,
        params=AuditParams(),
    )
    if plain:
        return pack_of(scope, result.cohorts, Charges())
    return pack_of(
        scope,
        result.cohorts,
        charges(),
        history=[*thresholds(1), *thresholds(2)],
        what_ifs=what_ifs(result, SWIFT, {each.id: 300 for each in thresholds()}),
        appeals=AppealCounts(filed=61, upheld=22, rejected=31, overdue=8),
    )
