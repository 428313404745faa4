"""Audits and their findings as the contract says them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.algo_audit.v1 import algo_audit_pb2
from quzhong.api.events.v1 import findings_pb2
from services.algo_audit.core.audit import METHOD_VERSION, CohortAudit
from services.algo_audit.core.cohorts import Baseline
from services.algo_audit.core.findings import (
    FLOOR_RULE,
    STRICTEST_RULE,
    Evidence,
    Finding,
    FindingState,
)
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.metrics import METRICS
from services.algo_audit.core.reference import ReferenceKind
from services.algo_audit.core.verdict import DOUBT_TEXT
from services.algo_audit.ports import Audit

PACK_ID = "algo-audit"
"""What findings name as their rule pack; its version is the method's."""

_CITATIONS = {
    STRICTEST_RULE: findings_pb2.LocalText(
        zh="唐人社字〔2022〕1号 二.8：不得将最严算法作为考核标准。",
        en=(
            "唐人社字〔2022〕1号 art. 二.8: the strictest algorithm must not be the standard of assessment; "
            "take the middle (算法取中)."
        ),
    ),
    FLOOR_RULE: findings_pb2.LocalText(
        zh=(
            "唐人社字〔2022〕1号 二.5：不得制定损害劳动者安全健康的考核指标；"
            "《外卖平台服务管理基本要求》：以平均时速不超过 15 公里计算电动自行车配送时间；"
            "《道路交通安全法实施条例》第五十八条：电动自行车在非机动车道内行驶时，最高时速不得超过 15 公里。"
        ),
        en=(
            "唐人社字〔2022〕1号 art. 二.5: no assessment that harms safety and health; Basic requirements "
            "for the service management of food-delivery platforms: e-bike delivery time at no more than "
            "15 km/h on average; Regulation on the Implementation of the Road Traffic Safety Law art. 58: "
            "e-bikes in the non-motor lane at no more than 15 km/h."
        ),
    ),
}

_REFERENCES = {
    ReferenceKind.OTHERS: algo_audit_pb2.REFERENCE_OTHERS,
    ReferenceKind.ALL: algo_audit_pb2.REFERENCE_ALL,
}


def audit_to_proto(audit: Audit) -> algo_audit_pb2.Audit:
    """The whole audit."""
    metric = METRICS[audit.scope.metric_id]
    middle = audit.params.middle
    return algo_audit_pb2.Audit(
        audit_id=audit.audit_id,
        metric_id=metric.id,
        metric_name=findings_pb2.LocalText(zh=metric.name_zh, en=metric.name_en),
        unit=metric.unit,
        area_code=audit.scope.area_code,
        period_start_time=timestamp(audit.period_start_ms),
        period_end_time=timestamp(audit.period_end_ms),
        create_time=timestamp(audit.create_time_ms),
        middle_band=algo_audit_pb2.Interval(low=middle.low, high=middle.high),
        cohorts=[_cohort(audit, cohort) for cohort in audit.cohorts],
    )


def finding_to_proto(finding: Finding, create_time_ms: int) -> findings_pb2.Finding:
    """The message a finding is on the topic and in the store."""
    return findings_pb2.Finding(
        finding_id=finding.finding_id,
        revision=finding.revision,
        state=findings_pb2.FindingState.ValueType(finding.state),
        severity=findings_pb2.SEVERITY_BREACH,
        rule_id=finding.rule_id,
        pack_id=PACK_ID,
        pack_version=METHOD_VERSION,
        platform_id=finding.platform_id,
        area_code=finding.area_code,
        event_time=timestamp(finding.event_time_ms),
        create_time=timestamp(create_time_ms),
        title=findings_pb2.LocalText(zh=finding.title_zh, en=finding.title_en),
        citation=_CITATIONS[finding.rule_id],
        changes=finding.changes,
        audit=findings_pb2.AuditEvidence(**asdict(finding.evidence)),
    )


def finding_from_proto(message: findings_pb2.Finding) -> Finding:
    """The finding that ``finding_to_proto`` was given."""
    evidence = Evidence(**{field.name: getattr(message.audit, field.name) for field in fields(Evidence)})
    return Finding(
        finding_id=message.finding_id,
        rule_id=message.rule_id,
        platform_id=message.platform_id,
        area_code=message.area_code,
        event_time_ms=message.event_time.ToMilliseconds(),
        title_zh=message.title.zh,
        title_en=message.title.en,
        evidence=evidence,
        state=FindingState(message.state),
        revision=message.revision,
        changes=tuple(message.changes),
    )


def timestamp(epoch_ms: int) -> Timestamp:
    """A moment."""
    return Timestamp(seconds=epoch_ms // 1000, nanos=epoch_ms % 1000 * 1_000_000)


def _cohort(audit: Audit, cohort: CohortAudit) -> algo_audit_pb2.CohortAudit:
    message = algo_audit_pb2.CohortAudit(
        platform_id=audit.platform_ids[cohort.platform],
        area_code=audit.scope.area_code,
        cohort=cohort.band.id,
        cohort_name=findings_pb2.LocalText(zh=cohort.band.label_zh, en=cohort.band.label_en),
        declared=cohort.threshold.value_s,
        threshold_version=cohort.threshold.version,
        verdict=algo_audit_pb2.Verdict.ValueType(cohort.verdict),
        reference=_REFERENCES[cohort.reference] if cohort.reference else algo_audit_pb2.REFERENCE_UNSPECIFIED,
        below_floor=cohort.below_floor,
        floor=cohort.feasibility.floor_s,
        suppressed=cohort.suppressed,
    )
    if cohort.judgement.doubt is not None:
        zh, en = DOUBT_TEXT[cohort.judgement.doubt]
        message.doubt.CopyFrom(findings_pb2.LocalText(zh=zh, en=en))
    if cohort.baseline is not None and cohort.standing is not None:
        message.figures.CopyFrom(_figures(cohort.baseline))
        message.figures.attainment = cohort.standing.attainment
        message.figures.attainment_interval.CopyFrom(_interval(cohort.standing.interval))
        message.figures.strictness = cohort.standing.strictness
    return message


def _figures(baseline: Baseline) -> algo_audit_pb2.CohortFigures:
    bins: Sequence[algo_audit_pb2.HistogramBin] = ()
    if baseline.histogram is not None:
        edges, counts = baseline.histogram.edges_s, baseline.histogram.counts
        bins = [
            algo_audit_pb2.HistogramBin(start=start, end=end, orders=count)
            for start, end, count in zip(edges, edges[1:], counts, strict=False)
        ]
    return algo_audit_pb2.CohortFigures(
        orders=baseline.orders,
        workers=baseline.workers,
        p10=baseline.p10_s,
        p50=baseline.p50_s,
        p90=baseline.p90_s,
        p50_interval=_interval(baseline.p50_interval_s),
        middle=_interval(baseline.middle_s),
        histogram=bins,
        censored_orders=baseline.censored,
        excluded_orders=sum(baseline.excluded.values()),
    )


def _interval(interval: Interval) -> algo_audit_pb2.Interval:
    return algo_audit_pb2.Interval(low=interval.low, high=interval.high)
