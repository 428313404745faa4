"""What a pack says besides the cohorts: limits that tighten, rules as applied, parity, pay, and the data."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from services.algo_audit.core.metrics import METRICS, Metric
from services.algo_audit.core.pack_model import UNITS, Column, Section, Table, Text, number_text
from services.algo_audit.core.pack_units import SHARE, shown
from services.algo_audit.core.report import AppliedRule, Charges, DataIssue, Parity, PayStanding, Ratchet

PlatformName = Callable[[int], str]

_SHANGHAI = timedelta(hours=8)
_FOUND = {True: Text("是", "yes"), False: Text("否", "no")}
_PLATFORM = Column("platform", Text("平台", "platform"))
_COHORT = Column("cohort", Text("分组", "cohort"))
_FINDING = Column("finding", Text("认定", "finding"))
_ADJUSTED_P = Column("adjusted_p", Text("校正后 p", "adjusted p"), "p")
_PER_ORDERS = Column("orders", Text("订单数", "orders"), "orders")
_PER_WORKERS = Column("workers", Text("劳动者数", "workers"), "workers")
_GROUPINGS = {
    "employment_form": Text("用工形式", "employment form"),
    "district": Text("区县", "district"),
    "tenure_band": Text("从业时长", "tenure"),
    "partner_firm": Text("合作企业", "partner firm"),
}
_MONTHLY = {"min": "min/30d", "km/h": "km/h/30d"}


def charge_sections(metric: Metric, charges: Charges, platform: PlatformName, query: str) -> list[Section]:
    """The sections of what was looked at; none of what was not."""
    sections = []
    if charges.ratchets:
        sections += _ratchets(metric, charges.ratchets, platform, query)
    if charges.applied:
        sections += _applied(charges.applied, platform, query)
    if charges.parity:
        sections += _parity(charges.parity, platform, query)
    if charges.pay:
        sections.append(_pay(charges.pay, platform, query))
    if charges.data_issues:
        sections.append(_data(charges.data_issues, platform, query))
    return sections


def words_on_charges(metric: Metric, charges: Charges, platform: int) -> list[Text]:
    """What was found about one platform, as a person would say it; nothing where nothing was found."""
    said = []
    for ratchet in charges.ratchets:
        if ratchet.platform == platform and ratchet.tightening:
            show, unit = shown(metric.unit), _monthly(metric)
            slope = number_text(abs(show.number(ratchet.slope)), unit)
            said.append(
                Text(
                    f"标准在持续收紧：“{ratchet.cohort_zh}”同等距离下每 30 日缩短 {slope} "
                    f"{UNITS[show.unit].zh}。",
                    f"Limits tighten: in “{ratchet.cohort_en}”, at equal distance, by {slope} "
                    f"{UNITS[show.unit].en} every 30 days.",
                )
            )
    for rule in charges.applied:
        if rule.platform == platform and rule.undeclared:
            said.append(_undeclared(rule))
    for group in charges.parity:
        if group.platform == platform and group.disparate:
            name, ratio = METRICS[group.metric_id], SHARE.words(group.ratio)
            said.append(
                Text(
                    f"群体差异：{group.group_zh}的{name.name_zh}仅相当于最有利群体的 {ratio.zh}。",
                    f"Disparity: for {group.group_en}, {name.name_en} is {ratio.en} of the most favoured "
                    "group's.",
                )
            )
    for pay in charges.pay:
        if pay.platform == platform and pay.underpaid:
            share, wage = SHARE.words(pay.share_below), shown("fen/h").words(pay.minimum_wage)
            said.append(
                Text(
                    f"报酬不足：“{pay.cohort_zh}”中 {share.zh} 的劳动者每小时劳动报酬低于最低工资标准 "
                    f"{wage.zh}。",
                    f"Underpaid: in “{pay.cohort_en}”, {share.en} of the workers earn less per hour worked "
                    f"than the minimum wage of {wage.en}.",
                )
            )
    return said


def _undeclared(rule: AppliedRule) -> Text:
    name, show = METRICS[rule.metric_id], shown(METRICS[rule.metric_id].unit)
    applied = show.words(rule.applied)
    if rule.declared is None:
        return Text(
            f"未公示的规则：“{rule.cohort_zh}”实际执行{name.name_zh} {applied.zh}，但未作公示。",
            f"An undeclared rule: in “{rule.cohort_en}” {name.name_en} of {applied.en} is applied and "
            "nothing is declared.",
        )
    declared, share = show.words(rule.declared), SHARE.words(rule.stricter_share)
    return Text(
        f"执行严于公示：“{rule.cohort_zh}”公示的{name.name_zh}为 {declared.zh}，而 {share.zh} 的订单执行得更"
        f"严（中位数 {applied.zh}）。",
        f"Stricter than declared: in “{rule.cohort_en}” {name.name_en} is declared as {declared.en}, and "
        f"{share.en} of the orders were held to something stricter (median {applied.en}).",
    )


def _ratchets(metric: Metric, rows: Sequence[Ratchet], platform: PlatformName, query: str) -> list[Section]:
    unit, monthly, number = shown(metric.unit).unit, _monthly(metric), shown(metric.unit).number
    trend = Table(
        (
            _PLATFORM,
            _COHORT,
            Column("slope", Text("变化（Theil–Sen）", "slope (Theil–Sen)"), monthly),
            Column("slope_low", Text("变化区间", "interval of the slope"), monthly),
            Column("slope_high", Text("变化区间", "interval of the slope"), monthly),
            _ADJUSTED_P,
            Column("finding", Text("持续收紧", "tightening")),
        ),
        tuple(
            (
                _same(platform(row.platform)),
                Text(row.cohort_zh, row.cohort_en),
                number(row.slope),
                number(row.slope_interval.low),
                number(row.slope_interval.high),
                row.adjusted_p,
                _FOUND[row.tightening],
            )
            for row in rows
        ),
    )
    seen = Table(
        (
            _PLATFORM,
            _COHORT,
            Column("time", Text("日期", "date")),
            Column("limit", Text("订单所示标准的中位数", "median limit on orders"), unit),
        ),
        tuple(
            (
                _same(platform(row.platform)),
                Text(row.cohort_zh, row.cohort_en),
                _same(day(time)),
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


def _applied(rules: Sequence[AppliedRule], platform: PlatformName, query: str) -> list[Section]:
    words = Text(
        "把公示的规则与订单上实际看到的规则并列。未公示而执行的，或执行严于公示的，即为认定。",
        "Rules as declared beside the same rules as orders show them. What is applied undeclared, or more "
        "strictly than declared, is a finding.",
    )
    sections: list[Section] = []
    for metric in _metrics(rule.metric_id for rule in rules):
        show = shown(metric.unit)
        columns = (
            _PLATFORM,
            _COHORT,
            Column("declared", Text("公示", "declared"), show.unit),
            Column("applied", Text("执行（中位数）", "applied (median)"), show.unit),
            Column("stricter", Text("执行更严的订单占比", "orders held to stricter"), "%"),
            Column("stricter_low", Text("占比区间", "interval"), "%"),
            Column("stricter_high", Text("占比区间", "interval"), "%"),
            _PER_ORDERS,
            _PER_WORKERS,
            _FINDING,
        )
        table = Table(
            columns,
            tuple(
                (
                    _same(platform(rule.platform)),
                    Text(rule.cohort_zh, rule.cohort_en),
                    None if rule.declared is None else show.number(rule.declared),
                    show.number(rule.applied),
                    SHARE.number(rule.stricter_share),
                    SHARE.number(rule.stricter_share_interval.low),
                    SHARE.number(rule.stricter_share_interval.high),
                    rule.orders,
                    rule.workers,
                    _FOUND[rule.undeclared],
                )
                for rule in rules
                if rule.metric_id == metric.id
            ),
        )
        title = Text(f"公示与执行：{metric.name_zh}", f"Declared and applied: {metric.name_en}")
        sections.append(Section(f"applied-{metric.id}", title, () if sections else (words,), table, query))
    return sections


def _parity(groups: Sequence[Parity], platform: PlatformName, query: str) -> list[Section]:
    words = Text(
        "各群体与最有利群体之比，至多为 1。整个区间低于声明的界线（默认五分之四）才作认定；未报送分组的劳动"
        "者不计入，也不当作零。",
        "Each group over the most favoured one, at most 1. Only where the whole interval lies under the "
        "declared band (four fifths unless declared otherwise) is it a finding; workers whose group nobody "
        "stated are left out, and are no zero.",
    )
    sections: list[Section] = []
    for metric in _metrics(group.metric_id for group in groups):
        of = [group for group in groups if group.metric_id == metric.id]
        show = shown(metric.unit)
        columns = (
            _PLATFORM,
            Column("grouping", Text("划分", "by")),
            Column("group", Text("群体", "group")),
            Column("value", Text("该群体", "group's"), show.unit),
            Column("reference_value", Text("最有利群体", "most favoured"), show.unit),
            Column("ratio", Text("比值", "ratio"), "ratio"),
            Column("ratio_low", Text("比值区间", "interval"), "ratio"),
            Column("ratio_high", Text("比值区间", "interval"), "ratio"),
            _PER_ORDERS,
            _PER_WORKERS,
            _ADJUSTED_P,
            _FINDING,
        )
        rows = tuple(
            (
                _same(platform(group.platform)),
                _GROUPINGS[group.grouping.value],
                Text(group.group_zh, group.group_en),
                show.number(group.value),
                show.number(group.reference_value),
                group.ratio,
                group.ratio_interval.low,
                group.ratio_interval.high,
                group.orders,
                group.workers,
                group.adjusted_p,
                _FOUND[group.disparate],
            )
            for group in of
        )
        title = Text(f"群体差异：{metric.name_zh}", f"Parity: {metric.name_en}")
        table = Table(columns, rows)
        sections.append(Section(f"parity-{metric.id}", title, () if sections else (words,), table, query))
    return sections


def _pay(rows: Sequence[PayStanding], platform: PlatformName, query: str) -> Section:
    number = shown("fen/h").number
    unit = shown("fen/h").unit
    columns = (
        _PLATFORM,
        _COHORT,
        Column("pay10", Text("P10", "P10"), unit),
        Column("pay50", Text("P50", "P50"), unit),
        Column("pay50_low", Text("P50 区间", "P50 interval"), unit),
        Column("pay50_high", Text("P50 区间", "P50 interval"), unit),
        Column("pay90", Text("P90", "P90"), unit),
        Column("minimum_wage", Text("最低工资", "minimum wage"), unit),
        Column("below", Text("低于最低工资的占比", "below it"), "%"),
        Column("below_low", Text("占比区间", "interval"), "%"),
        Column("below_high", Text("占比区间", "interval"), "%"),
        _PER_WORKERS,
        _ADJUSTED_P,
        _FINDING,
    )
    table = Table(
        columns,
        tuple(
            (
                _same(platform(row.platform)),
                Text(row.cohort_zh, row.cohort_en),
                number(row.p10),
                number(row.p50),
                number(row.p50_interval.low),
                number(row.p50_interval.high),
                number(row.p90),
                number(row.minimum_wage),
                SHARE.number(row.share_below),
                SHARE.number(row.share_below_interval.low),
                SHARE.number(row.share_below_interval.high),
                row.workers,
                row.adjusted_p,
                _FOUND[row.underpaid],
            )
            for row in rows
        ),
    )
    sources = "；".join(dict.fromkeys(row.minimum_wage_source for row in rows))
    words = Text(
        f"扣除抽成与罚款后每小时劳动报酬，与小时最低工资标准相比。最低工资依据：{sources}。",
        "Earnings per hour worked, after commission and penalties, beside the hourly minimum wage. Source "
        f"of the minimum wage: {sources}.",
    )
    return Section("pay", Text("报酬与最低工资", "Pay and the minimum wage"), (words,), table, query)


def _data(issues: Sequence[DataIssue], platform: PlatformName, query: str) -> Section:
    table = Table(
        (
            _PLATFORM,
            Column("reason", Text("代码", "reason")),
            Column("text", Text("问题", "what is wrong")),
            _PER_ORDERS,
        ),
        tuple(
            (
                _same(platform(issue.platform)),
                _same(issue.reason),
                Text(issue.zh, issue.en),
                issue.orders or None,
            )
            for issue in issues
        ),
    )
    words = Text(
        "缺失或有误的数据是要说明的问题，不按零处理。订单数取整到十。",
        "Missing or wrong data are a statement, never a zero. Orders are in tens.",
    )
    return Section("data", Text("数据质量", "The quality of the data"), (words,), table, query)


def day(epoch_ms: int) -> str:
    """The date in Asia/Shanghai."""
    return f"{datetime.fromtimestamp(epoch_ms / 1000, UTC) + _SHANGHAI:%Y-%m-%d}"


def _metrics(ids: Iterable[str]) -> list[Metric]:
    return [METRICS[each] for each in dict.fromkeys(ids)]


def _monthly(metric: Metric) -> str:
    return _MONTHLY.get(shown(metric.unit).unit, "value")


def _same(text: str) -> Text:
    return Text(text, text)
