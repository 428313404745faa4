"""The simulated city beside published figures. Sources P1–P10 are listed, with links, in README.md."""

from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.city import City
from simulator.measures import order_times, spells
from simulator.parameters import CHINA_TIME
from simulator.vocabulary import DispatchKind

HOUR_MS = 3_600_000


class Figure(NamedTuple):
    """One line of the comparison."""

    zh: str
    en: str
    unit: str
    low: float
    high: float
    """The published range; equal where one number is published."""
    source: str
    simulated: float
    held: bool
    """True: the city is tuned to it and a test holds it there. False: shown, and explained in README.md."""


def compare(city: City) -> tuple[Figure, ...]:
    """Measure the city and lay it beside what has been published."""
    times = order_times(city)
    done = times.completed
    workers = len(city.worker_names)
    together = spells(times)
    hours = np.bincount(together.worker, weights=together.worked_ms, minlength=workers) / HOUR_MS
    orders = np.bincount(times.worker[done], minlength=workers)
    kilometres = times.distance_m[done & (times.distance_m > 0)] / 1_000
    day_km = np.bincount(times.worker[done], weights=np.maximum(times.distance_m[done], 0), minlength=workers)
    offset_ms = int(CHINA_TIME.utcoffset(None).total_seconds()) * 1_000
    local_hour = (times.accepted_ms + offset_ms) // HOUR_MS % 24
    in_peaks = np.isin(local_hour, (11, 12, 17, 18))
    settled = city.dispatches.kind == DispatchKind.COMPLETED
    pay_yuan = city.dispatches.pay_fen[settled] / 100

    def percent(condition: NDArray[np.bool_]) -> float:
        return float(np.mean(condition) * 100)

    return (
        Figure("人均接单时长", "order time a worker", "h", 5.18, 6.22, "P1", float(hours.mean()), True),
        Figure("满 8 小时骑手", "workers at 8 h", "%", 18, 20, "P1 P2", percent(hours >= 8), True),
        Figure("满 12 小时骑手", "workers at 12 h", "%", 0.18, 0.28, "P1 P2", percent(hours >= 12), False),
        Figure("人均日单量", "orders a worker", "", 21, 30, "P4", float(orders.mean()), True),
        Figure("日单量超 20 单", "workers above 20 orders", "%", 45, 45, "P3", percent(orders > 20), False),
        Figure("日行驶超 50 公里", "workers above 50 km", "%", 40, 40, "P3", percent(day_km > 50_000), False),
        Figure("单均距离", "distance an order", "km", 3, 3, "P4", float(kilometres.mean()), False),
        Figure(
            "单均配送时长",
            "delivery time",
            "min",
            30,
            30,
            "P5",
            float(times.delivery_time_s[done].mean() / 60),
            False,
        ),
        Figure("单均配送费", "pay an order", "CNY", 5, 7, "P7", float(pay_yuan.mean()), True),
        Figure("午晚高峰占比", "orders at 11–13 and 17–19", "%", 60, inf, "P8", percent(in_peaks), False),
    )
