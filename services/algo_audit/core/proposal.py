"""What the sides of a consultation offer each other: thresholds, and which of them make sense.

Whatever passes here the registry can declare once it is agreed, so the limits are the registry's own
(a test compares the two tables).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.algo_audit.core.cohort_keys import DAY_MS, SERVICES
from services.algo_audit.core.metrics import METRICS, Key
from services.algo_audit.core.refused import RefusedError, wrong_field
from services.algo_audit.core.shanghai import day_start, moment
from services.algo_audit.core.thresholds import no_end

HIGHEST: Mapping[str, float] = {
    "s": 86_400,  # a day: no platform promises within more; 2,400,000 would be milliseconds
    "km/h": 200,  # no road allows it
    "share": 1,
    "orders/day": 1_000,  # one every 86 s, day and night
    "h/day": 24,
    "fen": 1_000_000,  # 10,000 yuan for one order
    "fen/h": 1_000_000,  # 10,000 yuan an hour
    "fen/order": 1_000_000,
}
"""Unit → above this a value is a mistaken unit."""

HIGHEST_SUPPLEMENT = 10.0
"""Extra pay may exceed the pay it comes on top of: 劳动法第四十四条 asks for 300 % on holidays."""

SERVICE_NAMES: Mapping[int, tuple[str, str]] = {value.code: (value.zh, value.en) for value in SERVICES}
"""``quzhong.api.events.v1.ServiceKind`` → Chinese and English."""

MOST_THRESHOLDS = 50
"""Of one offer: five distance bands of three services, in three counties, and some to spare."""

LONGEST_DISTANCE_M = 1_000_000
"""1,000 km: no order goes further, so more is a mistaken unit."""

LATEST_EFFECTIVE_MS = 4_102_444_800_000
"""2100-01-01 UTC: later is a mistaken unit."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A threshold somebody proposes, for one distance band."""

    metric_id: str
    area_code: str
    service: int
    """A key of ``SERVICE_NAMES``."""
    distance_start_m: int
    """Metres, included."""
    distance_end_m: int | None
    """Metres, excluded; None has no bound."""
    value: float
    """In the metric's unit."""

    def overlaps(self, other: "Proposal") -> bool:
        """Whether some order would have two limits."""
        ends = (no_end(one.distance_end_m) for one in (self, other))
        return (
            (self.metric_id, self.area_code, self.service)
            == (other.metric_id, other.area_code, other.service)
        ) and max(self.distance_start_m, other.distance_start_m) < min(ends)


def highest(metric_id: str) -> float:
    """The greatest value a threshold of the metric may have."""
    return HIGHEST_SUPPLEMENT if metric_id == "supplement_share" else HIGHEST[METRICS[metric_id].unit]


def within(outer: str, inner: str) -> bool:
    """Whether an area of GB/T 2260 is the other or lies in it: 130203 is within 130200 and 130000."""
    return inner.startswith(outer[:2] if outer.endswith("0000") else outer.removesuffix("00"))


def check_proposals(proposals: Sequence[Proposal], metric_id: str, area_code: str) -> None:
    """Check the thresholds of one offer in a consultation on a metric in an area.

    Raises:
        RefusedError: for the first field that makes no sense.
    """
    if not 0 < len(proposals) <= MOST_THRESHOLDS:
        raise wrong_field(
            "thresholds",
            "THRESHOLDS_MISSING" if not proposals else "THRESHOLDS_TOO_MANY",
            f"{len(proposals)} thresholds; an offer has 1–{MOST_THRESHOLDS}, split or add",
            f"共 {len(proposals)} 个标准；每个方案应含 1–{MOST_THRESHOLDS} 个，请拆分或补充",
        )
    for position, proposal in enumerate(proposals):
        _check(f"thresholds[{position}]", proposal, metric_id, area_code)
        for earlier, other in enumerate(proposals[:position]):
            if proposal.overlaps(other):
                raise wrong_field(
                    f"thresholds[{position}]",
                    "THRESHOLDS_OVERLAP",
                    f"covers distances of thresholds[{earlier}] again; give each distance one value",
                    f"与 thresholds[{earlier}] 的距离区间重叠；同一距离请只填一个值",
                )


def check_effective(effective_ms: int, now_ms: int) -> None:
    """Check from when on an offer is to hold (epoch milliseconds).

    Raises:
        RefusedError: unless it is the start of a day in Asia/Shanghai, from now on and before 2100.
    """
    if effective_ms == 0:
        raise _effective("EFFECTIVE_TIME_MISSING", "missing; send the start of a day", "缺失；请填写某日零时")
    if not 0 < effective_ms < LATEST_EFFECTIVE_MS:
        raise _effective(
            "EFFECTIVE_TIME_OUT_OF_RANGE",
            f"{effective_ms} ms is no date before 2100; send the start of a day",
            f"{effective_ms} 毫秒不是 1970 至 2100 年之间的时间；请填写某日零时",
        )
    if effective_ms < now_ms:
        raise _effective(
            "EFFECTIVE_TIME_PAST",
            f"{moment(effective_ms)} is over; offer the start of a coming day: {moment(_next_day(now_ms))}",
            f"{moment(effective_ms)} 已经过去；请填写今后某日零时，例如 {moment(_next_day(now_ms))}",
        )
    if effective_ms != day_start(effective_ms):
        raise _effective(
            "EFFECTIVE_TIME_WITHIN_DAY",
            f"{moment(effective_ms)} is not the start of a day in Asia/Shanghai; offer e.g. "
            f"{moment(_next_day(effective_ms))}, so that no day is audited by two limits",
            f"{moment(effective_ms)} 不是北京时间某日零时；请改为例如 {moment(_next_day(effective_ms))}，"
            "以免同一天适用两个标准",
        )


def _next_day(epoch_ms: int) -> int:
    return day_start(epoch_ms) + DAY_MS


def _effective(reason: str, message: str, zh: str) -> RefusedError:
    return wrong_field("effective_time", reason, message, zh)


def _check(field: str, proposal: Proposal, metric_id: str, area_code: str) -> None:
    if proposal.metric_id != metric_id:
        raise wrong_field(
            f"{field}.metric_id",
            "METRIC_NOT_CONSULTED",
            f"{proposal.metric_id!r} is not consulted on here; send {metric_id!r}, or open another",
            f"{proposal.metric_id!r} 不是本次协商的指标；请填写 {metric_id!r}，或另行发起协商",
        )
    if len(proposal.area_code) != 6 or not within(area_code, proposal.area_code):
        raise wrong_field(
            f"{field}.area_code",
            "AREA_NOT_CONSULTED",
            f"{proposal.area_code[:16]!r} is not within this consultation's {area_code}; send {area_code}",
            f"{proposal.area_code[:16]!r} 不在本次协商的地区 {area_code} 之内；请填写 {area_code}",
        )
    if proposal.service not in SERVICE_NAMES:
        known_zh = "、".join(f"{number}（{zh}）" for number, (zh, _) in SERVICE_NAMES.items())
        known = ", ".join(f"{number} ({en})" for number, (_, en) in SERVICE_NAMES.items())
        raise wrong_field(
            f"{field}.service",
            "SERVICE_UNKNOWN",
            f"{proposal.service} is not a service; known: {known}",
            f"{proposal.service} 不是已知业务；可用：{known_zh}",
        )
    _check_band(field, proposal)
    most = highest(metric_id)
    if not 0 < proposal.value <= most:  # refuses NaN too
        unit = METRICS[metric_id].unit
        raise wrong_field(
            f"{field}.value",
            "VALUE_OUT_OF_RANGE",
            f"{proposal.value:g} is not above 0 and at most {most:g}; send it in {unit}",
            f"{proposal.value:g} 应大于 0 且不超过 {most:g}；单位为 {unit}",
        )


def _check_band(field: str, proposal: Proposal) -> None:
    start_m, end_m = proposal.distance_start_m, proposal.distance_end_m
    if (start_m or end_m is not None) and Key.DISTANCE not in METRICS[proposal.metric_id].keys:
        raise wrong_field(
            f"{field}.distance_start_m" if start_m else f"{field}.distance_end_m",
            "DISTANCE_WITHOUT_MEANING",
            f"{proposal.metric_id} is not of single orders and has no distance; leave both ends 0",
            f"{proposal.metric_id} 不按单个订单计算，无距离区间；起点和终点均填 0",
        )
    if start_m > LONGEST_DISTANCE_M or (end_m or 0) > LONGEST_DISTANCE_M:
        raise wrong_field(
            f"{field}.distance_start_m" if start_m > LONGEST_DISTANCE_M else f"{field}.distance_end_m",
            "DISTANCE_OUT_OF_RANGE",
            f"{start_m}–{end_m} m goes beyond {LONGEST_DISTANCE_M} m; send metres, and end 0 for no bound",
            f"{start_m}–{end_m} 米超出 {LONGEST_DISTANCE_M} 米；单位为米，无上限时终点填 0",
        )
    if end_m is not None and end_m <= start_m:
        raise wrong_field(
            f"{field}.distance_end_m",
            "DISTANCE_BAND_EMPTY",
            f"{end_m} m is not above the start of {start_m} m; send a greater end, or 0 for no bound",
            f"{end_m} 米不大于起点 {start_m} 米；请填写更大的终点，无上限时填 0",
        )
