"""Audits as the contract says them."""

from __future__ import annotations

from collections.abc import Sequence

from google.protobuf.timestamp_pb2 import Timestamp

from kit.errors import InvalidArgumentError
from quzhong.api.algo_audit.v1 import algo_audit_pb2
from quzhong.api.events.v1 import findings_pb2
from services.algo_audit.core.audit import METHOD_VERSION, CohortAudit
from services.algo_audit.core.cohort_tree import Cohort, Detail
from services.algo_audit.core.cohorts import Baseline
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.metrics import METRICS, Direction, Level, Metric
from services.algo_audit.core.reference import ReferenceKind
from services.algo_audit.core.report import AppliedRule, DataIssue, Parity, PayStanding, Ratchet
from services.algo_audit.core.verdict import DOUBT_TEXT
from services.algo_audit.ports import Audit, Figures

_REFERENCES = {
    ReferenceKind.OTHERS: algo_audit_pb2.REFERENCE_OTHERS,
    ReferenceKind.ALL: algo_audit_pb2.REFERENCE_ALL,
}
_DIRECTIONS = {
    Direction.AT_MOST: algo_audit_pb2.DIRECTION_AT_MOST,
    Direction.AT_LEAST: algo_audit_pb2.DIRECTION_AT_LEAST,
}
_LEVELS = {
    Level.ORDER: algo_audit_pb2.LEVEL_ORDER,
    Level.WORKER_DAY: algo_audit_pb2.LEVEL_WORKER_DAY,
    Level.WORKER_PERIOD: algo_audit_pb2.LEVEL_WORKER_PERIOD,
}


def metric_to_proto(metric: Metric) -> algo_audit_pb2.Metric:
    """A row of the table of metrics."""
    return algo_audit_pb2.Metric(
        metric_id=metric.id,
        name=text(metric.name_zh, metric.name_en),
        unit=metric.unit,
        direction=_DIRECTIONS[metric.direction],
        level=_LEVELS[metric.level],
        cohort_keys=[key.value for key in metric.keys],
        sources=metric.sources,
    )


def audit_to_proto(audit: Audit) -> algo_audit_pb2.Audit:
    """The whole audit."""
    metric, charges = METRICS[audit.scope.metric_id], audit.charges
    middle = audit.params.middle
    platforms = audit.platform_ids
    return algo_audit_pb2.Audit(
        audit_id=audit.audit_id,
        metric_id=metric.id,
        metric_name=text(metric.name_zh, metric.name_en),
        unit=metric.unit,
        area_code=audit.scope.area_code,
        period_start_time=timestamp(audit.period_start_ms),
        period_end_time=timestamp(audit.period_end_ms),
        create_time=timestamp(audit.create_time_ms),
        middle_band=algo_audit_pb2.Interval(low=middle.low, high=middle.high),
        cohorts=[_cohort(audit, cohort) for cohort in audit.audited.cohorts],
        detail=algo_audit_pb2.Detail.ValueType(audit.audited.detail),
        ratchets=[_ratchet(each, platforms) for each in charges.ratchets],
        applied=[_applied(each, platforms) for each in charges.applied],
        parity=[_parity(each, platforms) for each in charges.parity],
        pay=[_pay(each, platforms) for each in charges.pay],
        data_issues=[_issue(each, platforms) for each in charges.data_issues],
        direction=_DIRECTIONS[metric.direction],
        data_version=audit.data_version,
        method_version=METHOD_VERSION,
    )


def detail_from_proto(asked: int) -> Detail:
    """How finely is cut; DETAIL_UNSPECIFIED is the default. Raises InvalidArgumentError for a value there is
    not."""
    try:
        return Detail(asked or Detail.DISTANCE)
    except ValueError:
        known = ", ".join(f"{each.value} ({each.name})" for each in Detail)
        raise InvalidArgumentError(
            f"detail: {asked} is none of {known}", zh=f"detail：{asked} 无效；可用：{known}", field="detail"
        ) from None


def figures_of(audit: algo_audit_pb2.Audit) -> Figures:
    """What ``PublicCalendar`` decides on."""
    period = audit.period_start_time.ToMilliseconds(), audit.period_end_time.ToMilliseconds()
    return Figures(audit.metric_id, audit.area_code, period, audit.data_version, audit.audit_id)


def timestamp(epoch_ms: int) -> Timestamp:
    """A moment."""
    return Timestamp(seconds=epoch_ms // 1000, nanos=epoch_ms % 1000 * 1_000_000)


def text(zh: str, en: str) -> findings_pb2.LocalText:
    """The same in Chinese and English."""
    return findings_pb2.LocalText(zh=zh, en=en)


def interval_to_proto(interval: Interval) -> algo_audit_pb2.Interval:
    """An interval, whose ends may be infinite."""
    return algo_audit_pb2.Interval(low=interval.low, high=interval.high)


def cohort_keys(cohort: Cohort) -> list[algo_audit_pb2.CohortKey]:
    """What it is cut by, with the names that its own name is made of."""
    return [
        algo_audit_pb2.CohortKey(key=key.value, value=value.id, name=text(value.zh, value.en))
        for (key, _), value in zip(cohort.keys, cohort.values, strict=True)
    ]


def _cohort(audit: Audit, row: CohortAudit) -> algo_audit_pb2.CohortAudit:
    cohort, threshold = row.cohort, row.threshold
    message = algo_audit_pb2.CohortAudit(
        platform_id=audit.platform_ids[row.platform],
        area_code=audit.scope.area_code,
        cohort=cohort.id,
        cohort_name=text(cohort.label_zh, cohort.label_en),
        declared=threshold.value,
        threshold_version=threshold.version,
        threshold_id=threshold.id,
        effective_time=timestamp(threshold.effective_from_ms),
        verdict=algo_audit_pb2.Verdict.ValueType(row.verdict),
        reference=_REFERENCES[row.reference] if row.reference else algo_audit_pb2.REFERENCE_UNSPECIFIED,
        below_floor=row.below_floor,
        floor=row.feasibility.floor if row.feasibility else 0.0,
        suppressed=row.suppressed,
        p_value=1.0,
        adjusted_p_value=1.0,
    )
    message.keys.extend(cohort_keys(cohort))
    if row.judgement.doubt is not None:
        message.doubt.CopyFrom(text(*DOUBT_TEXT[row.judgement.doubt]))
    if row.baseline is not None and row.standing is not None:
        message.figures.CopyFrom(_figures(row.baseline))
        message.figures.attainment = row.standing.attainment
        message.figures.attainment_interval.CopyFrom(interval_to_proto(row.standing.interval))
        message.figures.strictness = row.standing.strictness
        message.p_value = row.standing.p_value
        message.adjusted_p_value = row.standing.adjusted_p
    return message


def _figures(baseline: Baseline) -> algo_audit_pb2.CohortFigures:
    bins: Sequence[algo_audit_pb2.HistogramBin] = ()
    if baseline.histogram is not None:
        edges, counts = baseline.histogram.edges, baseline.histogram.counts
        bins = [
            algo_audit_pb2.HistogramBin(start=start, end=end, orders=count)
            for start, end, count in zip(edges, edges[1:], counts, strict=False)
        ]
    return algo_audit_pb2.CohortFigures(
        orders=baseline.orders,
        workers=baseline.workers,
        p10=baseline.p10,
        p25=baseline.p25,
        p50=baseline.p50,
        p75=baseline.p75,
        p90=baseline.p90,
        p50_interval=interval_to_proto(baseline.p50_interval),
        middle=interval_to_proto(baseline.middle),
        histogram=bins,
        censored_orders=baseline.censored,
        excluded_orders=sum(baseline.excluded.values()),
    )


def _ratchet(each: Ratchet, platforms: Sequence[str]) -> algo_audit_pb2.Ratchet:
    return algo_audit_pb2.Ratchet(
        platform_id=platforms[each.platform],
        cohort=each.cohort,
        cohort_name=text(each.cohort_zh, each.cohort_en),
        times=[timestamp(moment) for moment in each.times_ms],
        limits=each.limits,
        slope=each.slope,
        slope_interval=interval_to_proto(each.slope_interval),
        p_value=each.p_value,
        adjusted_p_value=each.adjusted_p,
        tightening=each.tightening,
    )


def _applied(each: AppliedRule, platforms: Sequence[str]) -> algo_audit_pb2.AppliedRule:
    return algo_audit_pb2.AppliedRule(
        platform_id=platforms[each.platform],
        metric_id=each.metric_id,
        cohort=each.cohort,
        cohort_name=text(each.cohort_zh, each.cohort_en),
        declared=each.declared,
        applied=each.applied,
        orders=each.orders,
        workers=each.workers,
        stricter_share=each.stricter_share,
        stricter_share_interval=interval_to_proto(each.stricter_share_interval),
        undeclared=each.undeclared,
    )


def _parity(each: Parity, platforms: Sequence[str]) -> algo_audit_pb2.Parity:
    return algo_audit_pb2.Parity(
        platform_id=platforms[each.platform],
        metric_id=each.metric_id,
        grouping=each.grouping.value,
        group=each.group_id,
        group_name=text(each.group_zh, each.group_en),
        reference_group=each.reference_group_id,
        workers=each.workers,
        orders=each.orders,
        value=each.value,
        reference_value=each.reference_value,
        ratio=each.ratio,
        ratio_interval=interval_to_proto(each.ratio_interval),
        disparate=each.disparate,
        adjusted_p_value=each.adjusted_p,
    )


def _pay(each: PayStanding, platforms: Sequence[str]) -> algo_audit_pb2.PayStanding:
    return algo_audit_pb2.PayStanding(
        platform_id=platforms[each.platform],
        cohort=each.cohort,
        cohort_name=text(each.cohort_zh, each.cohort_en),
        workers=each.workers,
        p10=each.p10,
        p50=each.p50,
        p90=each.p90,
        p50_interval=interval_to_proto(each.p50_interval),
        minimum_wage=each.minimum_wage,
        minimum_wage_source=" / ".join(each.minimum_wage_source),
        share_below=each.share_below,
        share_below_interval=interval_to_proto(each.share_below_interval),
        underpaid=each.underpaid,
        adjusted_p_value=each.adjusted_p,
    )


def _issue(each: DataIssue, platforms: Sequence[str]) -> algo_audit_pb2.DataIssue:
    return algo_audit_pb2.DataIssue(
        platform_id=platforms[each.platform],
        reason=each.reason,
        text=text(each.zh, each.en),
        orders=each.orders,
    )
