"""The values that cohorts are cut by, as data: a code, a stable name, and what people read.

| key      | codes                                                                                  |
|----------|----------------------------------------------------------------------------------------|
| service  | ``ServiceKind`` of the events: food 1, ride-hailing 2, parcel 3; 0 not stated          |
| vehicle  | classes held to one lawful speed: e-bikes and what is not stated 1, motorcycle 2, car  |
|          | 3, bicycle 4, on foot 5                                                                |
| distance | index into ``AuditParams.bands``; −1 unknown                                           |
| area     | GB/T 2260 code as a number; 0 unknown                                                  |
| hour     | index into HOUR_BANDS, by the hour of acceptance in Asia/Shanghai                      |
| weather  | index into WEATHER_BANDS                                                               |
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNKNOWN = -1
HOUR_MS = 3_600_000
SHANGHAI_OFFSET_MS = 8 * HOUR_MS
"""UTC+8 the whole year: China keeps no summer time."""
DAY_MS = 24 * HOUR_MS


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a key."""

    code: int
    id: str
    """Stable name on the wire."""
    zh: str
    en: str


SERVICES = (
    Value(1, "food-delivery", "外卖配送", "food delivery"),
    Value(2, "ride-hailing", "网约车", "ride-hailing"),
    Value(3, "parcel", "快件配送", "parcel delivery"),
)
VEHICLES = (
    Value(1, "e-bike", "电动自行车", "e-bike"),
    Value(2, "motorcycle", "摩托车", "motorcycle"),
    Value(3, "car", "汽车", "car"),
    Value(4, "bicycle", "自行车", "bicycle"),
    Value(5, "on-foot", "步行", "on foot"),
)
E_BIKE = 1
CAR = 3
ASSESSED_BY = {1: E_BIKE, 2: CAR, 3: E_BIKE}
"""Service → the vehicle class whose workers its thresholds are held against: what it is mostly done with."""

HOUR_BANDS = (
    Value(0, "00-06", "凌晨 0–6 时", "0–6 h"),
    Value(1, "06-11", "上午 6–11 时", "6–11 h"),
    Value(2, "11-14", "午高峰 11–14 时", "noon peak 11–14 h"),
    Value(3, "14-17", "下午 14–17 时", "14–17 h"),
    Value(4, "17-21", "晚高峰 17–21 时", "evening peak 17–21 h"),
    Value(5, "21-24", "夜间 21–24 时", "21–24 h"),
)
"""The two meal peaks and what lies between them; no source fixes the hours, so they are declared here."""
_HOUR_BAND = np.repeat(np.arange(6), (6, 5, 3, 3, 4, 3))
"""By hour of the day."""

WEATHER_BANDS = (
    Value(0, "normal", "正常天气", "normal weather"),
    Value(1, "wet", "雨雪天气", "rain or snow"),
    Value(2, "extreme", "恶劣天气", "extreme weather"),
)
_WEATHER_BAND = np.array([0, 0, 1, 1, 2])
"""By ``Weather`` of the events: not stated, normal, rain, snow, extreme."""

EMPLOYMENT_FORMS = (
    Value(1, "labour-relation", "建立劳动关系", "in a labour relation"),
    Value(2, "not-fully-labour-relation", "不完全符合确立劳动关系", "not fully a labour relation"),
    Value(3, "self-employed", "自主经营", "self-employed"),
)
"""唐人社字〔2022〕1号 二.1; codes of ``EmploymentForm`` in the events."""
TENURE_BANDS = (
    Value(1, "under-3-months", "不满 3 个月", "under 3 months"),
    Value(2, "3-12-months", "3 至 12 个月", "3 to 12 months"),
    Value(3, "1-3-years", "1 至 3 年", "1 to 3 years"),
    Value(4, "over-3-years", "3 年以上", "over 3 years"),
)
"""Codes of ``TenureBand`` in the events."""


def hour_band(time_ms: NDArray[np.int64]) -> NDArray[np.int64]:
    """Index into HOUR_BANDS of epoch milliseconds, shape (n,)."""
    hour = (time_ms + SHANGHAI_OFFSET_MS) // HOUR_MS % 24
    return _HOUR_BAND[hour]


def local_days(time_ms: NDArray[np.int64]) -> NDArray[np.int64]:
    """Days since 1970-01-01 in Asia/Shanghai of epoch milliseconds, shape (n,)."""
    return (time_ms + SHANGHAI_OFFSET_MS) // DAY_MS


def weather_band(weather: NDArray[np.int64]) -> NDArray[np.int64]:
    """Index into WEATHER_BANDS of ``Weather`` values, shape (n,)."""
    return _WEATHER_BAND[weather]


def vehicle_class(vehicle: NDArray[np.int64]) -> NDArray[np.int64]:
    """Code in VEHICLES of ``Vehicle`` values: what is not stated is an e-bike, the slowest lawful one."""
    return np.where(vehicle == 0, E_BIKE, vehicle)
