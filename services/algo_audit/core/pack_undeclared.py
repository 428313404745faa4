"""What is done where a platform declared nothing: where a consultation on a first threshold begins."""

from collections.abc import Sequence

from services.algo_audit.core.audit import CohortAudit
from services.algo_audit.core.cohort_keys import SERVICES
from services.algo_audit.core.metrics import Metric
from services.algo_audit.core.pack_columns import PlatformName, same
from services.algo_audit.core.pack_model import Cell, Column, Section, Table, Text
from services.algo_audit.core.pack_standing import REFERENCE_TEXT, at_the_middle
from services.algo_audit.core.pack_units import counted, shown

UNDECLARED_ID = "undeclared"
_SERVICES = {value.code: Text(value.zh, value.en) for value in SERVICES}


def undeclared_section(
    metric: Metric, rows: Sequence[CohortAudit], platform: PlatformName, *, query: str
) -> Section:
    """The baselines of cohorts without a declared threshold. ``rows``: of ``undeclared.undeclared_in``."""
    unit, what = shown(metric.unit).unit, counted(metric)
    columns = (
        Column("platform", Text("平台", "platform")),
        Column("service", Text("业务", "service")),
        Column("cohort", Text("分组", "cohort")),
        *(Column(f"p{p}", Text(f"P{p}", f"P{p}"), unit) for p in (10, 25, 50, 75, 90)),
        Column("p50_low", Text("P50 区间", "P50 interval"), unit),
        Column("p50_high", Text("P50 区间", "P50 interval"), unit),
        Column("middle_low", Text("中间区间", "the middle"), unit),
        Column("middle_high", Text("中间区间", "the middle"), unit),
        Column("floor", Text("可行下限", "floor"), unit),
        Column("at_middle", Text("取中的标准", "threshold at the middle"), unit),
        Column("orders", Text("订单数", "orders"), "orders"),
        Column("workers", Text("劳动者数", "workers"), "workers"),
        Column("reference", Text("对照", "reference")),
    )
    words = Text(
        f"平台对这些分组没有公示该项标准，因此没有结论；下表是对照人群中{what.zh}的实际水平，供双方提出首个标准"
        "。取中的标准即 P50，越过可行下限的以下限为准。",
        "The platform declared no threshold for these cohorts, so there is no verdict. The table shows how "
        f"the reference's {what.en} do, for the sides to offer a first one. A threshold at the middle is the "
        "P50, or the floor of feasibility where that is safer.",
    )
    return Section(
        UNDECLARED_ID,
        Text("未公示标准的分组", "Where nothing is declared"),
        (words,),
        Table(columns, tuple(_row(metric, row, platform) for row in rows)),
        query,
    )


def _row(metric: Metric, row: CohortAudit, platform: PlatformName) -> tuple[Cell, ...]:
    show, base = shown(metric.unit).number, row.baseline
    assert base is not None, "those without are left out"
    percentiles = base.p10, base.p25, base.p50, base.p75, base.p90
    return (
        same(platform(row.platform)),
        _SERVICES[row.threshold.service],
        Text(row.cohort.label_zh, row.cohort.label_en),
        *(None if value is None else show(value) for value in percentiles),
        show(base.p50_interval.low),
        show(base.p50_interval.high),
        show(base.middle.low),
        show(base.middle.high),
        None if row.feasibility is None else show(row.feasibility.floor),
        show(at_the_middle(metric, row)[0]),
        base.orders,
        base.workers,
        REFERENCE_TEXT[row.reference] if row.reference is not None else None,
    )
