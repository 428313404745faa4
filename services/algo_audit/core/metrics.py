"""What is audited, as data: one row a metric, and everything else follows from its row.

``direction`` says which values meet a threshold τ. For what workers are held to (time, rates, hours) that is
meant literally. For what workers get or give up (pay, commission, penalties) a worker "meets" τ whose own
terms are no better than τ: attainment is then the share of the reference to whom τ would be no loss. Either
way the strict side is the one that few reach, and *strictest* means the same for every metric.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum


class Direction(Enum):
    """Which values meet a threshold τ."""

    AT_MOST = "at_most"
    """x ≤ τ meets it; strict = low (delivery time, complaint rate, piece rate)."""
    AT_LEAST = "at_least"
    """x ≥ τ meets it; strict = high (on-time rate, acceptance, orders a day, commission)."""


class Level(Enum):
    """What one value is of."""

    ORDER = "order"
    WORKER_DAY = "worker_day"
    """One worker's day (Asia/Shanghai) on one platform."""
    WORKER_PERIOD = "worker_period"
    """One worker's whole period on one platform."""


class Key(StrEnum):
    """What cohorts are cut by, from the outermost cut to the innermost; see ``cohort_tree``."""

    SERVICE = "service"
    VEHICLE = "vehicle"
    DISTANCE = "distance"
    AREA = "area"
    HOUR = "hour"
    WEATHER = "weather"


OF_ORDERS = tuple(Key)
OF_WORKERS = (Key.SERVICE, Key.VEHICLE, Key.AREA)
"""A worker's day or period has no distance, hour or weather of its own."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing a platform may set a threshold for."""

    id: str
    """The same in thresholds, findings and on the wire."""
    name_zh: str
    name_en: str
    unit: str
    """Of the values and of τ: ``s``, ``km/h``, ``share`` (0–1), ``orders/day``, ``h/day``, ``fen``,
    ``fen/h``, ``fen/order``."""
    direction: Direction
    level: Level
    keys: tuple[Key, ...]
    """In the order of ``Key``."""
    sources: tuple[str, ...]
    """Fields of the events (quzhong.api.events.v1) that the value is made of."""


DELIVERY_TIME = Metric(
    id="delivery_time",
    name_zh="配送时长（接单至送达）",
    name_en="delivery time (accepted to completed)",
    unit="s",
    direction=Direction.AT_MOST,
    level=Level.ORDER,
    keys=OF_ORDERS,
    sources=("Dispatch.event_time", "Dispatch.kind", "Dispatch.distance_m"),
)
IMPLIED_SPEED = Metric(
    id="implied_speed",
    name_zh="平均时速（接单至送达）",
    name_en="average speed (accepted to completed)",
    unit="km/h",
    direction=Direction.AT_LEAST,
    level=Level.ORDER,
    keys=OF_ORDERS,
    sources=("Dispatch.distance_m", "Dispatch.event_time", "Dispatch.kind"),
)
ON_TIME_RATE = Metric(
    id="on_time_rate",
    name_zh="准时率",
    name_en="on-time rate",
    unit="share",
    direction=Direction.AT_LEAST,
    level=Level.WORKER_PERIOD,
    keys=OF_WORKERS,
    sources=("Dispatch.promised_duration", "Dispatch.event_time", "Dispatch.kind"),
)
ACCEPTANCE_RATE = Metric(
    id="acceptance_rate",
    name_zh="接单率",
    name_en="acceptance rate",
    unit="share",
    direction=Direction.AT_LEAST,
    level=Level.WORKER_PERIOD,
    keys=OF_WORKERS,
    sources=("Dispatch.kind",),
)
COMPLETION_RATE = Metric(
    id="completion_rate",
    name_zh="完单率",
    name_en="completion rate",
    unit="share",
    direction=Direction.AT_LEAST,
    level=Level.WORKER_PERIOD,
    keys=OF_WORKERS,
    sources=("Dispatch.kind",),
)
COMPLAINT_RATE = Metric(
    id="complaint_rate",
    name_zh="投诉率",
    name_en="complaint rate",
    unit="share",
    direction=Direction.AT_MOST,
    level=Level.WORKER_PERIOD,
    keys=OF_WORKERS,
    sources=("Dispatch.kind",),
)
DAILY_ORDERS = Metric(
    id="daily_orders",
    name_zh="日完成单量",
    name_en="orders completed a day",
    unit="orders/day",
    direction=Direction.AT_LEAST,
    level=Level.WORKER_DAY,
    keys=OF_WORKERS,
    sources=("Dispatch.kind", "Dispatch.event_time"),
)
ONLINE_HOURS = Metric(
    id="online_hours",
    name_zh="日在线时长",
    name_en="hours online a day",
    unit="h/day",
    direction=Direction.AT_LEAST,
    level=Level.WORKER_DAY,
    keys=OF_WORKERS,
    sources=("WorkSession.kind", "WorkSession.event_time"),
)
PIECE_RATE = Metric(
    id="piece_rate",
    name_zh="单均报酬",
    name_en="pay per order",
    unit="fen",
    direction=Direction.AT_MOST,
    level=Level.ORDER,
    keys=OF_ORDERS,
    sources=("Dispatch.pay_fen",),
)
COMMISSION_SHARE = Metric(
    id="commission_share",
    name_zh="抽成比例",
    name_en="commission share",
    unit="share",
    direction=Direction.AT_LEAST,
    level=Level.ORDER,
    keys=OF_ORDERS,
    sources=("Dispatch.commission_fen", "Dispatch.pay_fen"),
)
HOURLY_EARNINGS = Metric(
    id="hourly_earnings",
    name_zh="每小时劳动报酬（扣除抽成与罚款后）",
    name_en="earnings per hour worked (after commission and penalties)",
    unit="fen/h",
    direction=Direction.AT_MOST,
    level=Level.WORKER_PERIOD,
    keys=OF_WORKERS,
    sources=("Dispatch.pay_fen", "Dispatch.penalty_fen", "Dispatch.event_time", "Dispatch.kind"),
)
# What is negotiated is what an order costs a worker on average: a fine of 3 yuan for every tenth order is 0.3
# yuan an order. The threshold declared and what orders show (applied) are that mean, never a single fine.
PENALTIES_PER_ORDER = Metric(
    id="penalties_per_order",
    name_zh="单均罚款（时段内罚款合计 ÷ 承接单数）",
    name_en="penalties per order (a worker's total in the period ÷ orders taken)",
    unit="fen/order",
    direction=Direction.AT_LEAST,
    level=Level.WORKER_PERIOD,
    keys=OF_WORKERS,
    sources=("Dispatch.penalty_fen", "Dispatch.kind"),
)
SUPPLEMENT_SHARE = Metric(
    id="supplement_share",
    name_zh="法定节假日与恶劣天气加价幅度",
    name_en="extra pay on statutory holidays and in extreme weather",
    unit="share",
    direction=Direction.AT_MOST,
    level=Level.ORDER,
    keys=OF_ORDERS,
    sources=("Dispatch.pay_fen", "Dispatch.statutory_holiday", "Dispatch.weather", "Dispatch.distance_m"),
)

METRICS: dict[str, Metric] = {
    metric.id: metric
    for metric in (
        DELIVERY_TIME,
        IMPLIED_SPEED,
        ON_TIME_RATE,
        ACCEPTANCE_RATE,
        COMPLETION_RATE,
        COMPLAINT_RATE,
        DAILY_ORDERS,
        ONLINE_HOURS,
        PIECE_RATE,
        COMMISSION_SHARE,
        HOURLY_EARNINGS,
        PENALTIES_PER_ORDER,
        SUPPLEMENT_SHARE,
    )
}
"""By id, in the order in which people are shown them."""
