"""The rules about what an audit finds besides its cohorts: for each row what a charge would rest on.

| rule                          | charged is                                        |
|-------------------------------|---------------------------------------------------|
| algo-audit.ratchet            | a limit that tightens at equal distance (ratchet) |
| algo-audit.undeclared-rule    | a rule applied but not declared so (applied)      |
| algo-audit.below-minimum-wage | earnings an hour under the minimum wage (pay)     |
| algo-audit.disparity          | a group that is certainly worse off (parity)      |
"""

import math
from collections.abc import Iterator, Sequence

from services.algo_audit.core.evidence import Evidence, Figure, Ground, Subject, finding_name, told
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.metrics import DELIVERY_TIME, HOURLY_EARNINGS, METRICS
from services.algo_audit.core.pack_units import shown
from services.algo_audit.core.parity import BY_MEDIAN, GROUP_TEXT
from services.algo_audit.core.report import AppliedRule, Charges, Parity, PayStanding, Ratchet

RATCHET_RULE = "algo-audit.ratchet"
UNDECLARED_RULE = "algo-audit.undeclared-rule"
WAGE_RULE = "algo-audit.below-minimum-wage"
DISPARITY_RULE = "algo-audit.disparity"


def of_charges(charges: Charges, subject: Subject, platform_ids: Sequence[str]) -> Iterator[Ground]:
    """The grounds that the rows are, charged or not."""
    for ratchet in charges.ratchets:
        yield _of_ratchet(ratchet, subject, platform_ids[ratchet.platform])
    for rule in charges.applied:
        yield _of_applied(rule, subject, platform_ids[rule.platform])
    for standing in charges.pay:
        yield _of_pay(standing, subject, platform_ids[standing.platform])
    for group in charges.parity:
        yield _of_parity(group, subject, platform_ids[group.platform])


def _of_ratchet(ratchet: Ratchet, subject: Subject, platform_id: str) -> Ground:
    unit = DELIVERY_TIME.unit
    first, last = ratchet.limits[0], ratchet.limits[-1]
    limit, slope = shown(unit), shown(unit).words(abs(ratchet.slope))
    return Ground(
        rule_id=RATCHET_RULE,
        finding_id=_charge_key(RATCHET_RULE, platform_id, DELIVERY_TIME.id, ratchet.cohort, subject),
        platform_id=platform_id,
        charged=ratchet.tightening,
        otherwise=f"figures.slope_per_30_days: {told(ratchet.slope)}, no certain tightening",
        evidence=Evidence(
            DELIVERY_TIME.id,
            ratchet.cohort,
            0.0,
            unit,
            figures=(
                _figure(
                    "slope_per_30_days",
                    ("每 30 天变化", "change per 30 days"),
                    unit,
                    ratchet.slope,
                    ratchet.slope_interval,
                ),
                _figure("first_limit", ("期初限时中位数", "median limit at first"), unit, first),
                _figure("last_limit", ("期末限时中位数", "median limit at last"), unit, last),
                _figure("p_value", ("曼-肯德尔检验 p 值", "Mann–Kendall p"), "p", ratchet.p_value),
                _adjusted(ratchet.adjusted_p),
            ),
        ),
        title=(
            f"限时持续收紧：{ratchet.cohort_zh}同等距离的限时由 {limit.words(first).zh} 变为 "
            f"{limit.words(last).zh}，每 30 天缩短 {slope.zh}",
            f"limits keep tightening: at equal distance, {ratchet.cohort_en}, from "
            f"{limit.words(first).en} to {limit.words(last).en}; {slope.en} less per 30 days",
        ),
    )


def _of_applied(rule: AppliedRule, subject: Subject, platform_id: str) -> Ground:
    metric = METRICS[rule.metric_id]
    share, unit = shown("share").words(rule.stricter_share), shown(metric.unit)
    applied = unit.words(rule.applied)
    if rule.declared is None:
        title = (
            f"未申报的规则：{rule.cohort_zh}{metric.name_zh}从未申报，却适用于 {share.zh} 的订单，"
            f"中位数 {applied.zh}",
            f"undeclared rule: {metric.name_en} was never declared for {rule.cohort_en}, yet was applied to "
            f"{share.en} of orders, median {applied.en}",
        )
    else:
        declared = unit.words(rule.declared)
        title = (
            f"执行严于申报：{rule.cohort_zh}{metric.name_zh}申报 {declared.zh}，{share.zh} 的订单执行得更严，"
            f"中位数 {applied.zh}",
            f"stricter than declared: {metric.name_en} {declared.en} for {rule.cohort_en}; {share.en} "
            f"of orders were held to more, median {applied.en}",
        )
    return Ground(
        rule_id=UNDECLARED_RULE,
        finding_id=_charge_key(UNDECLARED_RULE, platform_id, metric.id, rule.cohort, subject),
        platform_id=platform_id,
        charged=rule.undeclared,
        otherwise=f"figures.stricter_share: {told(rule.stricter_share)}, not certainly more than tolerated",
        evidence=Evidence(
            metric.id,
            rule.cohort,
            rule.declared or 0.0,
            metric.unit,
            orders=rule.orders,
            workers=rule.workers,
            figures=(
                _figure("applied", ("实际执行中位数", "median as applied"), metric.unit, rule.applied),
                _figure(
                    "stricter_share",
                    ("执行更严的订单占比", "share of orders held to more"),
                    "share",
                    rule.stricter_share,
                    rule.stricter_share_interval,
                ),
            ),
        ),
        title=title,
    )


def _of_pay(standing: PayStanding, subject: Subject, platform_id: str) -> Ground:
    unit = HOURLY_EARNINGS.unit
    share, wage = shown("share").words(standing.share_below), shown(unit).words(standing.minimum_wage)
    median = standing.p50_interval if math.isfinite(standing.p50_interval.width) else Interval(0.0, 0.0)
    return Ground(
        rule_id=WAGE_RULE,
        finding_id=_charge_key(WAGE_RULE, platform_id, HOURLY_EARNINGS.id, standing.cohort, subject),
        platform_id=platform_id,
        charged=standing.underpaid,
        otherwise=(
            f"figures.share_below: {told(standing.share_below)}, not certainly more than tolerated"
            if standing.wage_verified
            else "figures.minimum_wage: the value is not verified, so that it charges nobody"
        ),
        evidence=Evidence(
            HOURLY_EARNINGS.id,
            standing.cohort,
            0.0,
            unit,
            workers=standing.workers,
            p50=standing.p50,
            p50_low=median.low,
            p50_high=median.high,
            figures=(
                _figure(
                    "minimum_wage",
                    (
                        f"小时最低工资标准（{standing.minimum_wage_source[0]}）",
                        f"hourly minimum wage ({standing.minimum_wage_source[1]})",
                    ),
                    unit,
                    standing.minimum_wage,
                ),
                _figure(
                    "share_below",
                    ("低于最低工资的劳动者占比", "share of workers below it"),
                    "share",
                    standing.share_below,
                    standing.share_below_interval,
                ),
                _adjusted(standing.adjusted_p),
            ),
        ),
        title=(
            f"低于最低工资：{standing.cohort_zh} {share.zh} 的劳动者每小时劳动报酬低于 {wage.zh}",
            f"below the minimum wage: {share.en} of workers ({standing.cohort_en}) earn less than {wage.en}",
        ),
    )


def _of_parity(group: Parity, subject: Subject, platform_id: str) -> Ground:
    metric = METRICS[group.metric_id]
    zh, en = GROUP_TEXT[group.grouping]
    ratio = shown("share").words(group.ratio)
    unit = metric.unit if metric.id in BY_MEDIAN else "share"
    cohort = f"{group.grouping}/{group.group_id}"
    return Ground(
        rule_id=DISPARITY_RULE,
        finding_id=_charge_key(DISPARITY_RULE, platform_id, metric.id, cohort, subject),
        platform_id=platform_id,
        charged=group.disparate,
        otherwise=f"figures.ratio: {told(group.ratio)}, not certainly under the band",
        evidence=Evidence(
            metric.id,
            cohort,
            0.0,
            metric.unit,
            orders=group.orders,
            workers=group.workers,
            figures=(
                _figure("value", ("该群体", "this group"), unit, group.value),
                _figure(
                    "reference_value",
                    (f"最优群体（{group.reference_group_id}）", f"best group ({group.reference_group_id})"),
                    unit,
                    group.reference_value,
                ),
                _figure("ratio", ("比值", "ratio"), "ratio", group.ratio, group.ratio_interval),
                _adjusted(group.adjusted_p),
            ),
        ),
        title=(
            f"群体差异：{zh}“{group.group_zh}”的{metric.name_zh}仅为最优群体的 {ratio.zh}",
            f"disparity: {metric.name_en} of {en} {group.group_en} is only {ratio.en} of the best group's",
        ),
    )


def _charge_key(rule_id: str, platform_id: str, metric_id: str, cohort: str, subject: Subject) -> str:
    return finding_name(rule_id, platform_id, metric_id, subject.area_code, cohort, subject.period)


def _figure(
    name: str, title: tuple[str, str], unit: str, value: float, interval: Interval | None = None
) -> Figure:
    low, high = (interval.low, interval.high) if interval else (0.0, 0.0)
    return Figure(name, *title, unit, value, low, high)


def _adjusted(p: float) -> Figure:
    return _figure("adjusted_p_value", ("错误发现率校正后 p 值", "p after false discovery control"), "p", p)
