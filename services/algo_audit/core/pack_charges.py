"""What a pack says besides the cohorts, in plain words and in the order of its sections; and of the data."""

from collections.abc import Sequence

from services.algo_audit.core.metrics import METRICS, Metric
from services.algo_audit.core.pack_applied import applied_sections, monthly, ratchet_sections
from services.algo_audit.core.pack_columns import ORDERS, PLATFORM, PlatformName, same
from services.algo_audit.core.pack_groups import parity_sections, pay_section
from services.algo_audit.core.pack_model import UNITS, Column, Section, Table, Text, number_text
from services.algo_audit.core.pack_units import SHARE, shown
from services.algo_audit.core.report import AppliedRule, Charges, DataIssue


def charge_sections(metric: Metric, charges: Charges, platform: PlatformName, query: str) -> list[Section]:
    """The sections of what was looked at; none of what was not."""
    sections = []
    if charges.ratchets:
        sections += ratchet_sections(metric, charges.ratchets, platform, query)
    if charges.applied:
        sections += applied_sections(charges.applied, platform, query)
    if charges.parity:
        sections += parity_sections(charges.parity, platform, query)
    if charges.pay:
        sections.append(pay_section(charges.pay, platform, query))
    if charges.data_issues:
        sections.append(_data(charges.data_issues, platform, query))
    return sections


def words_on_charges(metric: Metric, charges: Charges, platform: int) -> list[Text]:
    """What was found about one platform, as a person would say it; nothing where nothing was found."""
    said = []
    for ratchet in charges.ratchets:
        if ratchet.platform == platform and ratchet.tightening:
            show, unit = shown(metric.unit), monthly(metric)
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


def _data(issues: Sequence[DataIssue], platform: PlatformName, query: str) -> Section:
    table = Table(
        (
            PLATFORM,
            Column("reason", Text("代码", "reason")),
            Column("text", Text("问题", "what is wrong")),
            ORDERS,
        ),
        tuple(
            (
                same(platform(issue.platform)),
                same(issue.reason),
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
