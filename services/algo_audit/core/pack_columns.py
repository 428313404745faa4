"""What several tables of a pack have in common: columns, and a table for each metric."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from services.algo_audit.core.metrics import METRICS
from services.algo_audit.core.pack_model import Cell, Column, Section, Table, Text
from services.algo_audit.core.pack_units import Shown, shown

PlatformName = Callable[[int], str]
"""Code → id, as people know the platform."""

PLATFORM = Column("platform", Text("平台", "platform"))
COHORT = Column("cohort", Text("分组", "cohort"))
FINDING = Column("finding", Text("认定", "finding"))
ADJUSTED_P = Column("adjusted_p", Text("校正后 p", "adjusted p"), "p")
ORDERS = Column("orders", Text("订单数", "orders"), "orders")
WORKERS = Column("workers", Text("劳动者数", "workers"), "workers")
FOUND = {True: Text("是", "yes"), False: Text("否", "no")}
"""Cells of FINDING."""


def same(text: str) -> Text:
    """What is written alike in both languages."""
    return Text(text, text)


class OfMetric(Protocol):
    """A row that is of one metric."""

    @property
    def metric_id(self) -> str: ...


_Row = TypeVar("_Row", bound=OfMetric)


def sections_of_metrics(
    prefix: str,
    title: Text,
    words: Text,
    rows: Sequence[_Row],
    query: str,
    columns: Callable[[Shown], tuple[Column, ...]],
    cells: Callable[[_Row, Shown], tuple[Cell, ...]],
) -> list[Section]:
    """A table a metric, PREFIX-METRIC, as metrics come; the words stand before the first."""
    sections: list[Section] = []
    for metric_id in dict.fromkeys(row.metric_id for row in rows):
        metric = METRICS[metric_id]
        show = shown(metric.unit)
        table = Table(columns(show), tuple(cells(row, show) for row in rows if row.metric_id == metric_id))
        named = Text(f"{title.zh}：{metric.name_zh}", f"{title.en}: {metric.name_en}")
        sections.append(Section(f"{prefix}-{metric_id}", named, () if sections else (words,), table, query))
    return sections
