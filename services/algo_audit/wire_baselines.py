"""Baselines as the contract says them."""

from __future__ import annotations

from kit.grpc.moments import stated_ms
from kit.grpc.paging import page_key, page_token
from quzhong.api.algo_audit.v1 import algo_audit_pb2
from services.algo_audit.baseline_period import BaselineQuery, detail_for
from services.algo_audit.baselines import BaselinePage, CohortBaseline, period_ms
from services.algo_audit.core.cohort_tree import Detail, depth_of
from services.algo_audit.core.day_cells import show_day
from services.algo_audit.core.metrics import DELIVERY_TIME, METRICS, Level
from services.algo_audit.core.observations import EXCLUSION_TEXT
from services.algo_audit.core.params import AuditParams
from services.algo_audit.wire import cohort_keys, interval_to_proto, metric_to_proto, text, timestamp


def query_of(
    request: algo_audit_pb2.ListBaselinesRequest, detail: Detail, *, any_days: bool
) -> BaselineQuery:
    """What a request asks for."""
    start, end = stated_ms(request, "period_start_time"), stated_ms(request, "period_end_time")
    return BaselineQuery(
        metric_id=request.metric_id or DELIVERY_TIME.id,
        area_code=request.area_code,
        start_ms=start,
        end_ms=end,
        detail=detail_for(request.area_code, detail),
        without=request.exclude_platform_id,
        any_days=any_days,
    )


def codes_after(query: BaselineQuery, token: str) -> tuple[int, ...] | None:
    """The values of the keys that a page token says the page begins after; None for the first page.

    Raises:
        InvalidArgumentError: if no list of this metric and detail gave the token.
    """
    metric = METRICS.get(query.metric_id)
    key = page_key(token, *[int] * (0 if metric is None else depth_of(metric, query.detail)))
    return None if key is None else tuple(int(code) for code in key)


def page_to_proto(
    query: BaselineQuery, page: BaselinePage, params: AuditParams
) -> algo_audit_pb2.ListBaselinesResponse:
    """A page of them."""
    metric = metric_to_proto(METRICS[query.metric_id])
    of_days = METRICS[query.metric_id].level is Level.WORKER_PERIOD
    start_ms, end_ms = period_ms(page)
    return algo_audit_pb2.ListBaselinesResponse(
        baselines=[_row(each) for each in page.rows],
        next_page_token="" if page.next_codes is None else page_token(*page.next_codes),
        metric_id=metric.metric_id,
        unit=metric.unit,
        direction=metric.direction,
        level=algo_audit_pb2.LEVEL_WORKER_DAY if of_days else metric.level,
        period_start_time=timestamp(start_ms),
        period_end_time=timestamp(end_ms),
        middle_band=algo_audit_pb2.Interval(low=params.middle.low, high=params.middle.high),
        days_covered=page.covered,
        missing_days=[show_day(day) for day in page.missing],
        days_to_amend=page.stale,
        events_after_closing=page.after_closing,
        method_version=page.method,
    )


def _row(each: CohortBaseline) -> algo_audit_pb2.CohortBaseline:
    p10, p25, p50, p75, p90 = each.percentiles
    assert p50 is not None, "the median is told of every cohort"
    row = algo_audit_pb2.CohortBaseline(
        cohort=each.cohort.id,
        cohort_name=text(each.cohort.label_zh, each.cohort.label_en),
        orders=each.orders,
        values=each.values,
        workers=each.workers,
        censored=each.censored,
        p10=p10,
        p25=p25,
        p50=p50,
        p75=p75,
        p90=p90,
        middle=interval_to_proto(each.middle),
        rank_error=each.rank_error,
    )
    row.keys.extend(cohort_keys(each.cohort))
    for reason, count in each.excluded.items():
        row.excluded.add(reason=reason.name, text=text(*EXCLUSION_TEXT[reason]), values=count)
    return row
