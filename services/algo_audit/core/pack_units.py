"""A metric's values as people read them: minutes for seconds, yuan for fen, per cent for shares."""

import math
from dataclasses import dataclass

from services.algo_audit.core.bands import bands_from_edges
from services.algo_audit.core.metrics import Level, Metric
from services.algo_audit.core.pack_model import UNITS, Text, number_text

OF_ORDERS = Text("订单", "orders")
OF_WORKER_DAYS = Text("劳动者工作日", "worker-days")
OF_WORKERS = Text("劳动者", "workers")


@dataclass(frozen=True, slots=True)
class Shown:
    """How values in a metric's unit are shown."""

    unit: str
    """A key of pack_model.UNITS."""
    scale: float
    """Shown = value × scale."""

    def number(self, value: float) -> float:
        """A value in the shown unit."""
        return value * self.scale

    def words(self, value: float) -> Text:
        """With its unit: 12.5 分钟, 12.5 min."""
        text, unit = number_text(self.number(value), self.unit), UNITS[self.unit]
        between = "" if self.unit == "%" else " "
        return Text(f"{text}{between}{unit.zh}".rstrip(), f"{text} {unit.en}".rstrip())

    def range_words(self, low: float, high: float) -> Text:
        """10.0–12.5 分钟; one value where both are shown alike."""
        first, last = (number_text(self.number(end), self.unit) for end in (low, high))
        if first == last:
            return self.words(low)
        words = self.words(high)
        return Text(f"{first}–{words.zh}", f"{first}–{words.en}")


_SHOWN = {
    "s": Shown("min", 1 / 60),
    "km/h": Shown("km/h", 1.0),
    "share": Shown("%", 100.0),
    "orders/day": Shown("orders/day", 1.0),
    "h/day": Shown("h/day", 1.0),
    "fen": Shown("CNY", 0.01),
    "fen/h": Shown("CNY/h", 0.01),
    "fen/order": Shown("CNY/order", 0.01),
}
"""By ``Metric.unit``."""
SHARE = _SHOWN["share"]


def shown(unit: str) -> Shown:
    """How values of a metric's unit are shown; a unit of somebody's own as it stands."""
    return _SHOWN.get(unit, Shown("value", 1.0))


def distances(min_m: float, max_m: float) -> Text:
    """A range of distances, metres: 1–2 公里, 1–2 km; 全部, all."""
    if min_m == 0 and math.isinf(max_m):
        return Text("全部", "all")
    (band,) = bands_from_edges((min_m, max_m))
    return Text(band.label_zh, band.label_en)


def counted(metric: Metric) -> Text:
    """What the values of a metric are of."""
    return {Level.ORDER: OF_ORDERS, Level.WORKER_DAY: OF_WORKER_DAYS}.get(metric.level, OF_WORKERS)
