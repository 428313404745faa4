"""What a pack says of rules as orders show them: limits that tighten, rules beside what is declared."""

from collections.abc import Sequence

from services.algo_audit.core.metrics import Metric
from services.algo_audit.core.pack_columns import (
    ADJUSTED_P,
    COHORT,
    FINDING,
    FOUND,
    ORDERS,
    PLATFORM,
    WORKERS,
    PlatformName,
    same,
    sections_of_metrics,
)
from services.algo_audit.core.pack_model import Column, Section, Table, Text
from services.algo_audit.core.pack_units import SHARE, Shown, shown
from services.algo_audit.core.report import AppliedRule, Ratchet
from services.algo_audit.core.shanghai import day

_MONTHLY = {"min": "min/30d", "km/h": "km/h/30d"}


def ratchet_sections(
    metric: Metric, rows: Sequence[Ratchet], platform: PlatformName, query: str
) -> list[Section]:
    """The slopes, and the limits that they are of."""
    unit, change, number = shown(metric.unit).unit, monthly(metric), shown(metric.unit).number
    trend = Table(
        (
            PLATFORM,
            COHORT,
            Column("slope", Text("变化（Theil–Sen）", "slope (Theil–Sen)"), change),
            Column("slope_low", Text("变化区间", "interval of the slope"), change),
            Column("slope_high", Text("变化区间", "interval of the slope"), change),
            ADJUSTED_P,
            Column("finding", Text("持续收紧", "tightening")),
        ),
        tuple(
            (
                same(platform(row.platform)),
                Text(row.cohort_zh, row.cohort_en),
                number(row.slope),
                number(row.slope_interval.low),
                number(row.slope_interval.high),
                row.adjusted_p,
                FOUND[row.tightening],
            )
            for row in rows
        ),
    )
    seen = Table(
        (
            PLATFORM,
            COHORT,
            Column("time", Text("日期", "date")),
            Column("limit", Text("订单所示标准的中位数", "median limit on orders"), unit),
        ),
        tuple(
            (
                same(platform(row.platform)),
                Text(row.cohort_zh, row.cohort_en),
                same(day(time)),
                number(limit),
            )
            for row in rows
            for time, limit in zip(row.times_ms, row.limits, strict=True)
        ),
    )
    words = Text(
        "实际用时会追随时限：时限收紧，用时随之缩短，单看分位数会认可自己造成的挤压。因此另看同等距离下时限"
        "本身的走势。",
        "Observed times chase the limit: a tighter limit makes shorter times, and a percentile alone would "
        "approve its own squeeze. So the limits themselves are followed, at equal distance.",
    )
    return [
        Section("ratchet", Text("标准是否在收紧", "Whether limits tighten"), (words,), trend, query),
        Section("ratchet-limits", Text("标准走势", "The limits over time"), (), seen, query),
    ]


def applied_sections(rules: Sequence[AppliedRule], platform: PlatformName, query: str) -> list[Section]:
    """A table a metric."""
    words = Text(
        "把公示的规则与订单上实际看到的规则并列。未公示而执行的，或执行严于公示的，即为认定。",
        "Rules as declared beside the same rules as orders show them. What is applied undeclared, or more "
        "strictly than declared, is a finding.",
    )
    return sections_of_metrics(
        "applied",
        Text("公示与执行", "Declared and applied"),
        words,
        rules,
        query,
        _applied_columns,
        lambda rule, show: (
            same(platform(rule.platform)),
            Text(rule.cohort_zh, rule.cohort_en),
            None if rule.declared is None else show.number(rule.declared),
            show.number(rule.applied),
            SHARE.number(rule.stricter_share),
            SHARE.number(rule.stricter_share_interval.low),
            SHARE.number(rule.stricter_share_interval.high),
            rule.orders,
            rule.workers,
            FOUND[rule.undeclared],
        ),
    )


def _applied_columns(show: Shown) -> tuple[Column, ...]:
    return (
        PLATFORM,
        COHORT,
        Column("declared", Text("公示", "declared"), show.unit),
        Column("applied", Text("执行（中位数）", "applied (median)"), show.unit),
        Column("stricter", Text("执行更严的订单占比", "orders held to stricter"), "%"),
        Column("stricter_low", Text("占比区间", "interval"), "%"),
        Column("stricter_high", Text("占比区间", "interval"), "%"),
        ORDERS,
        WORKERS,
        FINDING,
    )


def monthly(metric: Metric) -> str:
    """The unit of a change of the metric in 30 days, a key of pack_model.UNITS."""
    return _MONTHLY.get(shown(metric.unit).unit, "value")
