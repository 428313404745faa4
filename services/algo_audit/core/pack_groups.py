"""What a pack says of people: coarse groups beside the most favoured, earnings beside the minimum wage."""

from collections.abc import Sequence

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
from services.algo_audit.core.parity import GROUP_TEXT
from services.algo_audit.core.privacy import WORKERS_BEYOND
from services.algo_audit.core.report import Parity, PayStanding

_NOT_VERIFIED = Text(
    "最低工资数值尚未与文件原文核对，仅供参考，不据此作出认定。",
    "A minimum wage that has not been compared with its notice is for orientation and charges nobody.",
)
_FEW_BEYOND = Text(
    f"P10、P90 之外的劳动者不足 {WORKERS_BEYOND} 人的，不列：那会是某一个人的收入。",
    f"P10 and P90 are left out where fewer than {WORKERS_BEYOND} workers lie beyond: they would be what one "
    "person earned.",
)


def parity_sections(groups: Sequence[Parity], platform: PlatformName, query: str) -> list[Section]:
    """A table a metric."""
    words = Text(
        "各群体与最有利群体之比，至多为 1。整个区间低于声明的界线（默认五分之四）才作认定；未报送分组的劳动"
        "者不计入，也不当作零。",
        "Each group over the most favoured one, at most 1. Only where the whole interval lies under the "
        "declared band (four fifths unless declared otherwise) is it a finding; workers whose group nobody "
        "stated are left out, and are no zero.",
    )
    return sections_of_metrics(
        "parity",
        Text("群体差异", "Parity"),
        words,
        groups,
        query,
        _parity_columns,
        lambda group, show: (
            same(platform(group.platform)),
            Text(*GROUP_TEXT[group.grouping]),
            Text(group.group_zh, group.group_en),
            show.number(group.value),
            show.number(group.reference_value),
            group.ratio,
            group.ratio_interval.low,
            group.ratio_interval.high,
            group.orders,
            group.workers,
            group.adjusted_p,
            FOUND[group.disparate],
        ),
    )


def _parity_columns(show: Shown) -> tuple[Column, ...]:
    return (
        PLATFORM,
        Column("grouping", Text("划分", "by")),
        Column("group", Text("群体", "group")),
        Column("value", Text("该群体", "group's"), show.unit),
        Column("reference_value", Text("最有利群体", "most favoured"), show.unit),
        Column("ratio", Text("比值", "ratio"), "ratio"),
        Column("ratio_low", Text("比值区间", "interval"), "ratio"),
        Column("ratio_high", Text("比值区间", "interval"), "ratio"),
        ORDERS,
        WORKERS,
        ADJUSTED_P,
        FINDING,
    )


def pay_section(rows: Sequence[PayStanding], platform: PlatformName, query: str) -> Section:
    """One table, and the source of the minimum wage."""
    number = shown("fen/h").number
    unit = shown("fen/h").unit
    columns = (
        PLATFORM,
        COHORT,
        Column("pay10", Text("P10", "P10"), unit),
        Column("pay50", Text("P50", "P50"), unit),
        Column("pay50_low", Text("P50 区间", "P50 interval"), unit),
        Column("pay50_high", Text("P50 区间", "P50 interval"), unit),
        Column("pay90", Text("P90", "P90"), unit),
        Column("minimum_wage", Text("最低工资", "minimum wage"), unit),
        Column("below", Text("低于最低工资的占比", "below it"), "%"),
        Column("below_low", Text("占比区间", "interval"), "%"),
        Column("below_high", Text("占比区间", "interval"), "%"),
        WORKERS,
        ADJUSTED_P,
        FINDING,
    )
    table = Table(
        columns,
        tuple(
            (
                same(platform(row.platform)),
                Text(row.cohort_zh, row.cohort_en),
                None if row.p10 is None else number(row.p10),
                number(row.p50),
                number(row.p50_interval.low),
                number(row.p50_interval.high),
                None if row.p90 is None else number(row.p90),
                number(row.minimum_wage),
                SHARE.number(row.share_below),
                SHARE.number(row.share_below_interval.low),
                SHARE.number(row.share_below_interval.high),
                row.workers,
                row.adjusted_p,
                FOUND[row.underpaid],
            )
            for row in rows
        ),
    )
    sources = list(dict.fromkeys(row.minimum_wage_source for row in rows))
    words = Text(
        "扣除抽成与罚款后每小时劳动报酬，与小时最低工资标准相比。最低工资依据："
        f"{'；'.join(zh for zh, _ in sources)}。",
        "Earnings per hour worked, after commission and penalties, beside the hourly minimum wage. Source "
        f"of the minimum wage: {'; '.join(en for _, en in sources)}.",
    )
    said = [words]
    if any(None in (row.p10, row.p90) for row in rows):
        said.append(_FEW_BEYOND)
    if not all(row.wage_verified for row in rows):
        said.append(_NOT_VERIFIED)
    return Section("pay", Text("报酬与最低工资", "Pay and the minimum wage"), tuple(said), table, query)
