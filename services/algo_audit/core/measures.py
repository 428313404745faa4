"""What each metric measures of orders and sessions: a formula a metric, one table as the result.

The formulas are the docstrings of the functions in MEASURES. Exclusions are marked, never dropped: of a row
that is no part of the reference the reason is in ``Observations.excluded``.
"""

from collections.abc import Callable

from services.algo_audit.core import metrics, order_measures, worker_measures
from services.algo_audit.core.measure_context import MeasureContext
from services.algo_audit.core.metrics import Metric
from services.algo_audit.core.observations import Observations
from services.algo_audit.core.orders import Orders
from services.algo_audit.core.over_hours import OverHours

__all__ = ["MEASURES", "MeasureContext", "OverHours", "measure"]

Measure = Callable[[Orders, MeasureContext], Observations]

MEASURES: dict[str, Measure] = {
    metrics.DELIVERY_TIME.id: order_measures.delivery_time,
    metrics.IMPLIED_SPEED.id: order_measures.implied_speed,
    metrics.ON_TIME_RATE.id: worker_measures.on_time_rate,
    metrics.ACCEPTANCE_RATE.id: worker_measures.acceptance_rate,
    metrics.COMPLETION_RATE.id: worker_measures.completion_rate,
    metrics.COMPLAINT_RATE.id: worker_measures.complaint_rate,
    metrics.DAILY_ORDERS.id: worker_measures.daily_orders,
    metrics.ONLINE_HOURS.id: worker_measures.online_hours,
    metrics.PIECE_RATE.id: order_measures.piece_rate,
    metrics.COMMISSION_SHARE.id: order_measures.commission_share,
    metrics.HOURLY_EARNINGS.id: worker_measures.hourly_earnings,
    metrics.PENALTIES_PER_ORDER.id: worker_measures.penalties_per_order,
    metrics.SUPPLEMENT_SHARE.id: order_measures.supplement_share,
}
"""By metric id; every metric of ``metrics.METRICS`` has one."""


def measure(metric: Metric, orders: Orders, context: MeasureContext) -> Observations:
    """The values of `metric`.

    Args:
        orders: of the area and period audited. Orders NOT_TAKEN are read by acceptance_rate only.
        context: its sessions may reach beyond area and period: rows of online_hours have their day and area.

    Raises:
        KeyError: for a metric that has no formula here.
        ValueError: for online_hours without sessions.
    """
    return MEASURES[metric.id](orders, context)
