"""Thresholds platforms declare: which declarations make sense, and how versions follow each other.

Over time a threshold is a staircase. A declaration sets the step that begins at its effective date, and
leaves later steps alone:

    declared v1 = 2400 from 1 March, v2 = 2100 from 1 April, then v3 = 2700 from 15 March

    in force       2400 ──┐ 2700 ─────────┐ 2100 ────
                   1 Mar  15 Mar          1 Apr

The past stands: what orders were promised is what they are audited by. Only the first declaration of a
threshold may begin in the past, where nothing was declared before: so a platform brings what holds already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.registry.core.areas import Areas
from services.registry.core.field_error import FieldError
from services.registry.core.shanghai import shown

SERVICES: Mapping[int, str] = {1: "food_delivery", 2: "ride_hailing", 3: "parcel"}
"""``quzhong.api.events.v1.ServiceKind`` by value, as it stands in a threshold's id."""

LONGEST_DISTANCE_M = 1_000_000
"""1,000 km: no order of the services above goes further, so more is a mistaken unit."""

LATEST_EFFECTIVE_MS = 4_102_444_800_000
"""2100-01-01 UTC: later is a mistaken unit (microseconds, say)."""

LATENESS_MS = 600_000
"""Ten minutes: how far back "from now on" may lie, since clocks differ and requests take their time."""


@dataclass(frozen=True, slots=True)
class Metric:
    """What a platform may set a threshold for, as far as the registry must know: what a value may be."""

    metric_id: str
    unit_zh: str
    unit_en: str
    highest: float
    """Above this a value is a mistaken unit."""


_SHARE = ("份额（0–1）", "a share (0–1)", 1.0)
_YUAN_10000 = 1_000_000
"""10,000 yuan in fen: no order pays it, and no hour."""

METRICS: Mapping[str, Metric] = {
    metric.metric_id: metric
    for metric in (
        # 86,400 s: no platform of these services promises within a day or more; 2,400,000 is milliseconds.
        Metric("delivery_time", "秒", "seconds", 86_400),
        Metric("implied_speed", "公里/小时", "km/h", 200),
        Metric("on_time_rate", *_SHARE),
        Metric("acceptance_rate", *_SHARE),
        Metric("completion_rate", *_SHARE),
        Metric("complaint_rate", *_SHARE),
        # One every 86 s, day and night.
        Metric("daily_orders", "单/日", "orders a day", 1_000),
        Metric("online_hours", "小时/日", "hours a day", 24),
        Metric("piece_rate", "分", "fen", _YUAN_10000),
        Metric("commission_share", *_SHARE),
        Metric("hourly_earnings", "分/小时", "fen an hour", _YUAN_10000),
        Metric("penalties_per_order", "分/单", "fen an order", _YUAN_10000),
        # 劳动法第四十四条 asks for 300 % on statutory holidays: extra pay may exceed what it comes on top of.
        Metric("supplement_share", "相对于基本报酬的比例", "a share of the ordinary pay", 10.0),
    )
}
"""What algo_audit audits; a test compares ids, units and limits."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a platform says."""

    platform_id: str
    metric_id: str
    area_code: str
    service: int
    """A key of ``SERVICES``."""
    distance_start_m: int
    """Metres, included."""
    distance_end_m: int | None
    """Metres, excluded; None has no bound."""
    value: float
    """In the metric's unit."""
    effective_ms: int
    """From when on, epoch milliseconds; 0 says nothing."""

    @property
    def threshold_id(self) -> str:
        """Which threshold it is of, e.g. ``platform-a.delivery_time.130200.food_delivery.0-3000``."""
        band = f"{self.distance_start_m}-{'' if self.distance_end_m is None else self.distance_end_m}"
        return f"{self.platform_id}.{self.metric_id}.{self.area_code}.{SERVICES[self.service]}.{band}"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One version of a threshold. It never changes."""

    declaration: Declaration
    version: int
    """From 1, one more with each declaration."""
    create_ms: int
    """When it was declared, or agreed on, epoch milliseconds."""
    consultation_id: str = ""
    """The consultation that agreed on it; empty if the platform declared it by itself."""

    @property
    def threshold_id(self) -> str:
        """The same for all versions."""
        return self.declaration.threshold_id

    @property
    def key(self) -> str:
        """Names this version."""
        return f"{self.threshold_id}/v{self.version}"

    @property
    def sort_key(self) -> str:
        """Puts the versions of a threshold in their order, and thresholds in that of their ids."""
        return f"{self.threshold_id}/v{self.version:06}"


def in_force(versions: Iterable[Threshold], at_ms: int) -> Threshold | None:
    """Which version of one threshold holds at a moment: the latest effective; of equal dates the highest.

    None before the first takes effect. The directory answers by the same rule
    (``kit.directory.entries.in_force``).
    """
    effective = [version for version in versions if version.declaration.effective_ms <= at_ms]
    return max(effective, key=lambda one: (one.declaration.effective_ms, one.version), default=None)


def declare(
    declaration: Declaration, versions: Sequence[Threshold], now_ms: int, consultation_id: str = ""
) -> tuple[Threshold, bool]:
    """The version a declaration comes to, and whether it is a new one.

    A declaration that changes nothing at any time, because its value holds at its effective date already, is
    answered with the version that holds then: a platform may declare at every start of its systems. What a
    consultation agreed on becomes a version in any case, once, so that it shows where it comes from.

    Args:
        declaration: checked by ``check_declaration``.
        versions: all earlier ones of the same threshold, in any order.
        now_ms: when it is declared, or was agreed on, epoch milliseconds.
        consultation_id: of the consultation that agreed on it, if one did.

    Raises:
        FieldError: if it would change what held in the past.
    """
    if consultation_id:
        for version in versions:
            if version.consultation_id == consultation_id:
                return version, False
    standing = in_force(versions, declaration.effective_ms)
    if not consultation_id and standing is not None and standing.declaration.value == declaration.value:
        return standing, False
    if versions and declaration.effective_ms < now_ms - LATENESS_MS:
        raise FieldError(
            "effective_time",
            "EFFECTIVE_TIME_PAST",
            f"{shown(declaration.effective_ms)} is over and what held then stands; declare from now on, "
            f"{shown(now_ms)}",
            f"{shown(declaration.effective_ms)} 已经过去，当时执行的标准不可更改；请自现在起申报"
            f"（{shown(now_ms)}）",
        )
    last = max((version.version for version in versions), default=0)
    return Threshold(declaration, last + 1, now_ms, consultation_id), True


def check_service(service: int) -> None:
    """Raise FieldError for a service that is none."""
    if service not in SERVICES:
        known = ", ".join(f"{number} {name}" for number, name in SERVICES.items())
        raise FieldError(
            "service",
            "SERVICE_UNKNOWN",
            f"{service} is not a service; known: {known}",
            f"{service} 不是已知业务；可用：{known}",
        )


def check_declaration(declaration: Declaration, areas: Areas) -> None:
    """Raise FieldError for the first field that makes no sense."""
    metric = METRICS.get(declaration.metric_id)
    if metric is None:
        known = ", ".join(METRICS)
        raise FieldError(
            "metric_id",
            "METRIC_UNKNOWN",
            f"{declaration.metric_id!r} is not a metric; known: {known}",
            f"{declaration.metric_id!r} 不是已知指标；可用：{known}",
        )
    areas.check("area_code", declaration.area_code)
    check_service(declaration.service)
    _check_band(declaration.distance_start_m, declaration.distance_end_m)
    if not 0 < declaration.value <= metric.highest:  # refuses NaN too
        raise FieldError(
            "value",
            "VALUE_OUT_OF_RANGE",
            f"{declaration.value:g} is not above 0 and at most {metric.highest:g}; send {metric.unit_en}",
            f"{declaration.value:g} 应大于 0 且不超过 {metric.highest:g}；单位为{metric.unit_zh}",
        )
    if not 0 < declaration.effective_ms < LATEST_EFFECTIVE_MS:
        raise FieldError(
            "effective_time",
            "EFFECTIVE_TIME_MISSING" if declaration.effective_ms == 0 else "EFFECTIVE_TIME_OUT_OF_RANGE",
            f"{declaration.effective_ms} ms is no date before 2100; send the moment from which it holds",
            f"{declaration.effective_ms} 毫秒不是 1970 至 2100 年之间的时间；请填写该值开始执行的时刻",
        )


def _check_band(start_m: int, end_m: int | None) -> None:
    if start_m > LONGEST_DISTANCE_M or (end_m or 0) > LONGEST_DISTANCE_M:
        raise FieldError(
            "distance_end_m" if start_m <= LONGEST_DISTANCE_M else "distance_start_m",
            "DISTANCE_OUT_OF_RANGE",
            f"{start_m}–{end_m} m goes beyond {LONGEST_DISTANCE_M} m; send metres, and end 0 for no bound",
            f"{start_m}–{end_m} 米超出 {LONGEST_DISTANCE_M} 米；单位为米，无上限时终点填 0",
        )
    if end_m is not None and end_m <= start_m:
        raise FieldError(
            "distance_end_m",
            "DISTANCE_BAND_EMPTY",
            f"{end_m} m is not above the start of {start_m} m; send a greater end, or 0 for no bound",
            f"{end_m} 米不大于起点 {start_m} 米；请填写更大的终点，无上限时填 0",
        )
