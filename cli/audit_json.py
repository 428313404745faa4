"""What an audited file shows, for programs: one document."""

from __future__ import annotations

import math
from typing import Any

from cli.audit_figures import PERCENTILES, Cohort, Judged
from cli.audit_report import AuditReport
from services.algo_audit.core.audit import METHOD_VERSION


def document_of(report: AuditReport) -> dict[str, Any]:
    """With ``--json``."""
    number = report.show.number
    return {
        "file": report.file.name,
        "metric": {
            "id": report.metric.id,
            "name": report.subject.en,
            "name_zh": report.subject.zh,
            "direction": report.metric.direction.value
            if report.thresholds or report.metric.name_zh
            else None,
        },
        "unit": report.unit.en,
        "rows": report.rows.read,
        "unreadable": len(report.rows.problems),
        "left_out": [
            {"reason": reason, "rows": count, "text": text.en, "text_zh": text.zh}
            for reason, text, count in report.left_out()
        ],
        "faster_than_lawful": report.faster,
        "lawful_speed_km_h": _rounded(report.lawful_km_h),
        "pickup_wait_s": _rounded(report.params.floor.pickup_wait_s),
        "handover_s": _rounded(report.params.floor.handover_s),
        "clustered_by_worker": report.rows.has_worker,
        "confidence": report.params.confidence,
        "middle_band": [report.params.middle.low, report.params.middle.high],
        "method_version": METHOD_VERSION,
        "suppressed": False,
        "thresholds": [_rounded(number(tau)) for tau in report.thresholds],
        "overall": _cohort(report, report.figures.whole),
        "cohorts": [_cohort(report, cohort) for cohort in report.figures.cohorts[1:]],
    }


def _cohort(report: AuditReport, cohort: Cohort) -> dict[str, Any]:
    number, base = report.show.number, cohort.baseline
    percentiles = base.percentiles if base else (math.nan,) * len(PERCENTILES)
    return {
        "cohort": cohort.id,
        "by": cohort.kind,
        "name": cohort.en,
        "name_zh": cohort.zh,
        "n": cohort.rows,
        "workers": cohort.workers if report.rows.has_worker else None,
        "censored": cohort.censored,
        **{f"p{round(100 * p)}": _rounded(number(x)) for p, x in zip(PERCENTILES, percentiles, strict=True)},
        "p50_interval": [
            _rounded(number(base.p50_interval.low)),
            _rounded(number(base.p50_interval.high)),
        ]
        if base
        else None,
        "middle": [_rounded(number(base.middle.low)), _rounded(number(base.middle.high))] if base else None,
        "floor": None if cohort.floor is None else _rounded(number(cohort.floor)),
        "thresholds": [_judged(report, each) for each in cohort.judged],
    }


def _judged(report: AuditReport, judged: Judged) -> dict[str, Any]:
    standing, doubt = judged.standing, judged.judgement.doubt
    return {
        "threshold": _rounded(report.show.number(judged.threshold)),
        "attainment": None if standing is None else _rounded(standing.attainment),
        "attainment_interval": [_rounded(standing.interval.low), _rounded(standing.interval.high)]
        if standing
        else None,
        "share_missing": None if standing is None else _rounded(1 - standing.attainment),
        "p_value": None if standing is None else standing.p_value,
        "adjusted_p_value": None if standing is None else standing.adjusted_p,
        "verdict": judged.judgement.verdict.name,
        "doubt": "NO_ROWS" if standing is None else doubt.value if doubt else None,
        "below_floor": judged.below_floor,
    }


def _rounded(value: float) -> float | None:
    """To what anybody needs; None where the data cannot bound it, for JSON has no infinity."""
    return round(value, 6) if math.isfinite(value) else None
