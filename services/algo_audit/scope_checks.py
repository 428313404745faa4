"""What audits, baselines and consultations are asked for alike: a metric, an area, a period of whole days."""

from __future__ import annotations

from kit.clock import show
from kit.errors import InvalidArgumentError
from services.algo_audit.core.cohort_keys import DAY_MS, SHANGHAI_OFFSET_MS
from services.algo_audit.core.metrics import METRICS

END_OF_TIME_MS = 4_102_444_800_000
"""2100-01-01: calendars end at some year, and nobody means one so late."""


def check_scope(metric_id: str, area_code: str, start_ms: int | None, end_ms: int | None) -> None:
    """All three; epoch milliseconds, None: open.

    Raises:
        InvalidArgumentError: METRIC_UNKNOWN, PERIOD_EMPTY, or as the field says.
    """
    check_metric(metric_id)
    check_area(area_code)
    check_period(start_ms, end_ms)


def check_metric(metric_id: str) -> None:
    """Raises InvalidArgumentError (METRIC_UNKNOWN) for an id that is none."""
    if metric_id not in METRICS:
        raise InvalidArgumentError(
            f"metric_id: {metric_id[:40]!r} is not one of {', '.join(METRICS)}",
            zh=f"metric_id：{metric_id[:40]!r} 不是已知指标；可用：{'、'.join(METRICS)}",
            field="metric_id",
            reason="METRIC_UNKNOWN",
        )


def check_area(area_code: str) -> None:
    """Raises InvalidArgumentError unless it has the form of a code of GB/T 2260."""
    if not (area_code.isascii() and area_code.isdigit() and len(area_code) == 6):
        raise InvalidArgumentError(
            f"area_code: {area_code[:16]!r} is no code of GB/T 2260 (six digits, e.g. 130200)",
            zh=f"area_code：{area_code[:16]!r} 不是 GB/T 2260 代码（六位数字，如 130200）",
            field="area_code",
        )


def check_period(start_ms: int | None, end_ms: int | None) -> None:
    """Raises InvalidArgumentError for a moment that no calendar here has, an end that is not after the start
    (PERIOD_EMPTY), and a moment that begins no day in Asia/Shanghai."""
    moments = (("period_start_time", start_ms), ("period_end_time", end_ms))
    for field, moment in moments:
        if moment is not None and not 0 <= moment < END_OF_TIME_MS:
            raise InvalidArgumentError(
                f"{field}: not between 1970 and 2100; is the unit right?",
                zh=f"{field}：应在 1970 年至 2100 年之间；请检查时间单位",
                field=field,
            )
    if start_ms is not None and end_ms is not None and start_ms >= end_ms:
        raise InvalidArgumentError(
            "period_end_time: not after period_start_time; send a later end, or none",
            zh="period_end_time：应晚于 period_start_time；请填写更晚的时间或不填",
            field="period_end_time",
            reason="PERIOD_EMPTY",
        )
    for field, moment in moments:
        if moment is not None and (moment + SHANGHAI_OFFSET_MS) % DAY_MS:
            raise InvalidArgumentError(
                f"{field}: {show(moment)} is not the start of a day; periods are whole days in Asia/Shanghai",
                zh=f"{field}：{show(moment)} 不是一日之始；时段应为整日（北京时间）",
                field=field,
            )
