"""Audits and what-ifs as the plain values the pages show."""

from __future__ import annotations

import re

from quzhong.api.algo_audit.v1 import algo_audit_pb2
from quzhong.api.registry.v1 import registry_pb2
from services.portal.adapters.decode import known, ms, optional_ms, text
from services.portal.core import audit_tables, audits, thresholds, what_if

_SERVICES = {"food-delivery": 1, "ride-hailing": 2, "parcel": 3}
"""Values of the key ``service`` as ServiceKind."""


def audit(message: algo_audit_pb2.Audit) -> audits.Audit:
    return audits.Audit(
        audit_id=message.audit_id,
        metric_id=message.metric_id,
        metric_name=text(message.metric_name),
        unit=message.unit,
        area_code=message.area_code,
        period_start_ms=optional_ms(message, "period_start_time"),
        period_end_ms=optional_ms(message, "period_end_time"),
        create_time_ms=optional_ms(message, "create_time"),
        middle_band=interval(message.middle_band),
        cohorts=tuple(cohort(each) for each in message.cohorts),
        ratchets=tuple(_ratchet(each) for each in message.ratchets),
        applied=tuple(_applied(each) for each in message.applied),
        parity=tuple(_parity(each) for each in message.parity),
        pay=tuple(_pay(each) for each in message.pay),
        issues=tuple(
            audit_tables.DataIssue(each.platform_id, each.reason, text(each.text), each.orders)
            for each in message.data_issues
        ),
        data_version=message.data_version,
        method_version=message.method_version,
    )


def cohort(message: algo_audit_pb2.CohortAudit) -> audits.CohortAudit:
    drawn = message.HasField("figures") and not message.suppressed
    keys = {each.key: each for each in message.keys}
    band = keys.get("distance")
    return audits.CohortAudit(
        platform_id=message.platform_id,
        area_code=message.area_code,
        cohort=message.cohort,
        cohort_name=text(message.cohort_name),
        declared=message.declared,
        threshold_version=message.threshold_version,
        verdict=known(audits.Verdict, message.verdict),
        reference=known(audits.Reference, message.reference),
        below_floor=message.below_floor,
        floor=message.floor,
        suppressed=message.suppressed,
        figures=_figures(message.figures) if drawn else None,
        doubt=text(message.doubt),
        service=_SERVICES.get(keys["service"].value, 0) if "service" in keys else 0,
        threshold_id=message.threshold_id,
        effective_ms=optional_ms(message, "effective_time"),
        distance=_band(band.value if band else message.cohort),
        distance_name=text(band.name) if band else text(message.cohort_name),
    )


def _band(name: str) -> tuple[int, int]:
    """``1000-2000`` and ``5000-`` in metres; any other name is of all distances."""
    found = re.match(r"(\d+)-(\d*)", name)
    return (int(found[1]), int(found[2] or 0)) if found else (0, 0)


def _figures(message: algo_audit_pb2.CohortFigures) -> audits.CohortFigures:
    return audits.CohortFigures(
        orders=message.orders,
        workers=message.workers,
        p10=message.p10 if message.HasField("p10") else None,
        p50=message.p50,
        p90=message.p90 if message.HasField("p90") else None,
        p50_interval=interval(message.p50_interval),
        attainment=message.attainment,
        attainment_interval=interval(message.attainment_interval),
        strictness=message.strictness,
        middle=interval(message.middle),
        histogram=tuple(audits.HistogramBin(each.start, each.end, each.orders) for each in message.histogram),
        censored_orders=message.censored_orders,
        excluded_orders=message.excluded_orders,
    )


def interval(message: algo_audit_pb2.Interval) -> audits.Interval:
    return audits.Interval(message.low, message.high)


def _ratchet(message: algo_audit_pb2.Ratchet) -> audit_tables.Ratchet:
    return audit_tables.Ratchet(
        platform_id=message.platform_id,
        cohort=message.cohort,
        cohort_name=text(message.cohort_name),
        times_ms=tuple(ms(each) for each in message.times),
        limits=tuple(message.limits),
        slope=message.slope,
        slope_low=message.slope_interval.low,
        slope_high=message.slope_interval.high,
        adjusted_p=message.adjusted_p_value,
        tightening=message.tightening,
    )


def _applied(message: algo_audit_pb2.AppliedRule) -> audit_tables.AppliedRule:
    return audit_tables.AppliedRule(
        platform_id=message.platform_id,
        cohort=message.cohort,
        cohort_name=text(message.cohort_name),
        metric_id=message.metric_id,
        declared=message.declared if message.HasField("declared") else None,
        applied=message.applied,
        orders=message.orders,
        workers=message.workers,
        stricter_share=message.stricter_share,
        undeclared=message.undeclared,
    )


def _parity(message: algo_audit_pb2.Parity) -> audit_tables.Parity:
    return audit_tables.Parity(
        platform_id=message.platform_id,
        metric_id=message.metric_id,
        grouping=message.grouping,
        group=message.group,
        group_name=text(message.group_name),
        reference_group=message.reference_group,
        workers=message.workers,
        orders=message.orders,
        value=message.value,
        reference_value=message.reference_value,
        ratio=message.ratio,
        ratio_low=message.ratio_interval.low,
        ratio_high=message.ratio_interval.high,
        disparate=message.disparate,
    )


def _pay(message: algo_audit_pb2.PayStanding) -> audit_tables.PayStanding:
    return audit_tables.PayStanding(
        platform_id=message.platform_id,
        cohort=message.cohort,
        cohort_name=text(message.cohort_name),
        workers=message.workers,
        p10=message.p10 if message.HasField("p10") else None,
        p50=message.p50,
        p90=message.p90 if message.HasField("p90") else None,
        p50_low=message.p50_interval.low,
        p50_high=message.p50_interval.high,
        minimum_wage=message.minimum_wage,
        source=message.minimum_wage_source,
        share_below=message.share_below,
        underpaid=message.underpaid,
    )


def one_what_if(message: algo_audit_pb2.WhatIf) -> what_if.WhatIf:
    return what_if.WhatIf(
        threshold=message.threshold,
        attainment=message.attainment,
        attainment_interval=interval(message.attainment_interval),
        orders=message.orders,
        orders_affected=message.orders_affected,
        workers=message.workers,
        workers_affected=message.workers_affected,
        below_floor=message.below_floor,
        verdict=known(audits.Verdict, message.verdict),
        penalty_fen=message.penalty_fen if message.HasField("penalty_fen") else None,
    )


def compared(message: algo_audit_pb2.GetWhatIfResponse) -> what_if.Compared:
    return what_if.Compared(
        moved=one_what_if(message.what_if),
        declared=one_what_if(message.declared),
        middle=interval(message.middle),
        p50=message.p50,
        floor=message.floor,
    )


def frontier(message: algo_audit_pb2.GetFrontierResponse) -> what_if.Frontier:
    return what_if.Frontier(
        points=tuple(one_what_if(each) for each in message.points),
        middle=interval(message.middle),
        p50=message.p50,
        floor=message.floor,
        declared=message.declared,
    )


def threshold(message: registry_pb2.Threshold) -> thresholds.ThresholdVersion:
    return thresholds.ThresholdVersion(
        threshold_id=message.threshold_id,
        version=message.version,
        platform_id=message.platform_id,
        metric_id=message.metric_id,
        area_code=message.area_code,
        service=message.service,
        distance_start_m=message.distance_start_m,
        distance_end_m=message.distance_end_m,
        value=message.value,
        effective_ms=ms(message.effective_time),
        consultation_id=message.consultation_id,
    )
