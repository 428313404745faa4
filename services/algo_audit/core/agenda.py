"""What platforms and unions have to consult on, and how often.

Source of both: 平台劳动规则和算法协商指引(试行), 2026-03-20.
"""

from dataclasses import dataclass
from enum import IntEnum

from services.algo_audit.core.refused import wrong_field

YEAR_MS = 365 * 86_400_000
"""At least yearly."""


class Topic(IntEnum):
    """An item of the agenda; values as ``quzhong.api.algo_audit.v1.Topic``."""

    ORDER_ALLOCATION = 1
    INCOME_AND_COMMISSION = 2
    HOURS_AND_REST = 3
    TIME_AND_ROUTING = 4
    ASSESSMENT_AND_PENALTIES = 5


TOPIC_NAMES_ZH = {
    Topic.ORDER_ALLOCATION: "订单分配",
    Topic.INCOME_AND_COMMISSION: "收入与抽成",
    Topic.HOURS_AND_REST: "工时与休息",
    Topic.TIME_AND_ROUTING: "时间预估与路线规划",
    Topic.ASSESSMENT_AND_PENALTIES: "考核与奖惩",
}
"""As the agenda calls them."""


@dataclass(frozen=True, slots=True)
class Duty:
    """When a platform has to have consulted again."""

    last_end_ms: int | None
    """None: it never did."""
    due_ms: int
    overdue: bool


def duty(registered_ms: int, last_end_ms: int | None, now_ms: int) -> Duty:
    """When a platform must have consulted again: a year after it last did, or was registered."""
    due_ms = (registered_ms if last_end_ms is None else last_end_ms) + YEAR_MS
    return Duty(last_end_ms, due_ms, now_ms > due_ms)


def checked_topic(topic: int) -> Topic:
    """The item of the agenda.

    Raises:
        RefusedError: if it is none.
    """
    try:
        return Topic(topic)
    except ValueError:
        known = ", ".join(f"{item.value} {item.name}" for item in Topic)
        known_zh = "、".join(f"{item.value}（{name}）" for item, name in TOPIC_NAMES_ZH.items())
        raise wrong_field(
            "topic",
            "TOPIC_UNKNOWN",
            f"{topic} is no item of the agenda; known: {known}",
            f"{topic} 不是协商议题；可用：{known_zh}",
        ) from None
