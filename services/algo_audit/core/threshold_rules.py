"""The rules about a declared threshold in a cohort.

| rule                   | charged is a threshold that                              |
|------------------------|----------------------------------------------------------|
| algo-audit.strictest   | is the strictest algorithm: verdict STRICTEST            |
| algo-audit.below-floor | is below the floor of feasibility, whatever the verdict  |
"""

from collections.abc import Iterator
from dataclasses import replace

from services.algo_audit.core.audit import CohortAudit
from services.algo_audit.core.evidence import Evidence, Ground, Subject, finding_name, told
from services.algo_audit.core.metrics import DELIVERY_TIME, Metric
from services.algo_audit.core.pack_units import counted, shown
from services.algo_audit.core.verdict import VERDICT_TEXT, Verdict

STRICTEST_RULE = "algo-audit.strictest"
FLOOR_RULE = "algo-audit.below-floor"


def finding_key(rule_id: str, cohort: CohortAudit, subject: Subject) -> str:
    """Names a finding by the threshold (not its version), area, cohort and period."""
    return finding_name(rule_id, cohort.threshold.id, subject.area_code, cohort.cohort.id, subject.period)


def of_threshold(cohort: CohortAudit, subject: Subject, platform_id: str) -> Iterator[Ground]:
    """The grounds that a judged threshold is."""
    declared, evidence = told(cohort.threshold.value), _threshold_evidence(cohort, subject.metric)
    yield Ground(
        rule_id=STRICTEST_RULE,
        finding_id=finding_key(STRICTEST_RULE, cohort, subject),
        platform_id=platform_id,
        charged=cohort.verdict is Verdict.STRICTEST,
        otherwise=f"verdict: {cohort.verdict.name}, declared {declared}",
        evidence=evidence,
        title=_strictest_title(cohort, subject.metric),
    )
    if cohort.feasibility is not None:
        yield Ground(
            rule_id=FLOOR_RULE,
            finding_id=finding_key(FLOOR_RULE, cohort, subject),
            platform_id=platform_id,
            charged=cohort.below_floor,
            otherwise=f"declared: {declared}, the floor is {told(cohort.feasibility.floor)}",
            evidence=evidence,
            title=_floor_title(cohort, subject.metric, cohort.feasibility.floor),
        )


def _threshold_evidence(cohort: CohortAudit, metric: Metric) -> Evidence:
    bare = Evidence(
        metric_id=metric.id,
        cohort=cohort.cohort.id,
        declared=cohort.threshold.value,
        unit=metric.unit,
        floor=cohort.feasibility.floor if cohort.feasibility else 0.0,
        below_floor=cohort.below_floor,
    )
    if cohort.baseline is None or cohort.standing is None:
        return bare
    baseline, standing = cohort.baseline, cohort.standing
    return replace(
        bare,
        orders=baseline.orders,
        workers=baseline.workers,
        attainment=standing.attainment,
        attainment_low=standing.interval.low,
        attainment_high=standing.interval.high,
        p50=baseline.p50,
        p50_low=baseline.p50_interval.low,
        p50_high=baseline.p50_interval.high,
        middle_low=baseline.middle.low,
        middle_high=baseline.middle.high,
    )


def _strictest_title(cohort: CohortAudit, metric: Metric) -> tuple[str, str]:
    zh, en = VERDICT_TEXT[Verdict.STRICTEST]
    limit_zh, limit_en = _threshold_words(cohort, metric)
    share = shown("share").words(cohort.standing.attainment if cohort.standing else 0.0)
    of = counted(metric)
    return (
        f"{zh}：{limit_zh}，合法车速、正常工时与天气下仅 {share.zh} 的{of.zh}可以达到",
        f"{en}: {limit_en}; only {share.en} of lawful {of.en} can meet it",
    )


def _floor_title(cohort: CohortAudit, metric: Metric, floor: float) -> tuple[str, str]:
    limit_zh, limit_en = _threshold_words(cohort, metric)
    least, distance = shown(metric.unit).words(floor), cohort.cohort.distance
    if metric.id != DELIVERY_TIME.id or distance is None:
        return (
            f"低于可行下限：{limit_zh}，合法的限度是 {least.zh}",
            f"below the floor: {limit_en}; the lawful bound is {least.en}",
        )
    km = distance.representative_m / 1000
    return (
        f"低于可行下限：{limit_zh}，{km:g} 公里按合法车速至少需要 {least.zh}",
        f"below the floor: {limit_en}; {km:g} km lawfully take {least.en}",
    )


def _threshold_words(cohort: CohortAudit, metric: Metric) -> tuple[str, str]:
    """外卖 1–2 公里限时 7.0 分钟; 7.0 min for 1–2 km."""
    value, of = shown(metric.unit).words(cohort.threshold.value), cohort.cohort
    if metric.id == DELIVERY_TIME.id:
        return f"{of.label_zh}限时 {value.zh}", f"{value.en} for {of.label_en}"
    return f"{of.label_zh}{metric.name_zh} {value.zh}", f"{metric.name_en} {value.en} for {of.label_en}"
