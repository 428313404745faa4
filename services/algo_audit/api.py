"""``AlgoAuditService``: decode, call the handler or the archive, encode what the caller may see."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Literal

import grpc
from google.longrunning import operations_pb2

from kit.errors import InvalidArgumentError, NotFoundError, PermissionDeniedError
from kit.grpc.moments import stated_ms
from kit.grpc.paging import page_key, page_size, page_token, resume_after, resume_token
from kit.grpc.watching import Watching
from kit.security.caller import AGGREGATES_ONLY, Caller, Role, current_caller
from kit.security.permissions import PERMISSIONS
from kit.security.sight import foreign_area, may_see_aggregates, own_areas
from quzhong.api.algo_audit.v1 import algo_audit_pb2, algo_audit_pb2_grpc
from services.algo_audit.baselines import Baselines
from services.algo_audit.cohort_what_ifs import CohortAsked, frontier_in, what_if_in
from services.algo_audit.core.metrics import DELIVERY_TIME, METRICS
from services.algo_audit.handlers import Auditor
from services.algo_audit.mutations import unknown_page
from services.algo_audit.operations import Operations
from services.algo_audit.ports import Archive, KeptAudit, Request, Scope
from services.algo_audit.public_calendar import PublicCalendar
from services.algo_audit.wire import detail_from_proto, figures_of, metric_to_proto
from services.algo_audit.wire_baselines import codes_after, page_to_proto, query_of
from services.algo_audit.wire_operations import operation_to_proto
from services.algo_audit.wire_what_if import (
    answer_to_proto,
    frontier_to_proto,
    no_cohort,
    no_threshold,
    suppressed,
)

_ROWS: tuple[Literal["cohorts", "ratchets", "applied", "parity", "pay", "data_issues"], ...] = (
    "cohorts",
    "ratchets",
    "applied",
    "parity",
    "pay",
    "data_issues",
)
"""Fields of an audit with a row for each statement on a platform."""
_ANY_DAYS = (
    PERMISSIONS["/quzhong.api.algo_audit.v1.AlgoAuditService/RunAudit"] | {Role.AUDITOR}
) - AGGREGATES_ONLY
"""Who may ask for the baselines of any days: whoever may audit any period, and whoever checks them."""
WATCH_PAGE = 100
"""Audits read at once by a watcher that is behind."""


class AlgoAuditServicer(algo_audit_pb2_grpc.AlgoAuditServiceServicer):
    """The audit, for whoever may see the area; a platform sees its own rows only, and whoever sees aggregates
    only the audits of the calendar's periods (``public_calendar``)."""

    def __init__(
        self,
        auditor: Auditor,
        archive: Archive,
        operations: Operations,
        watching: Watching,
        baselines: Baselines,
        calendar: PublicCalendar,
    ) -> None:
        self._baselines = baselines
        self._calendar = calendar
        self._auditor = auditor
        self._archive = archive
        self._operations = operations
        self._watching = watching

    def ListMetrics(  # noqa: N802
        self, request: algo_audit_pb2.ListMetricsRequest, context: grpc.ServicerContext
    ) -> algo_audit_pb2.ListMetricsResponse:
        size, key = page_size(request.page_size), page_key(request.page_token, int)
        start = 0 if key is None else int(key[0])
        metrics = list(METRICS.values())[start:]
        return algo_audit_pb2.ListMetricsResponse(
            metrics=[metric_to_proto(metric) for metric in metrics[:size]],
            next_page_token=page_token(start + size) if len(metrics) > size else "",
        )

    def RunAudit(  # noqa: N802
        self, request: algo_audit_pb2.RunAuditRequest, context: grpc.ServicerContext
    ) -> algo_audit_pb2.RunAuditResponse:
        caller = current_caller()
        scope = _scope(caller, request)
        audit_id = self._auditor.run(
            scope, Request(caller.party_id, request.request_id), publish=caller.sees_workers
        )
        return algo_audit_pb2.RunAuditResponse(audit=self._answer(caller, self._archive.find(audit_id)))

    def StartAudit(  # noqa: N802
        self, request: algo_audit_pb2.StartAuditRequest, context: grpc.ServicerContext
    ) -> operations_pb2.Operation:
        caller = current_caller()
        scope = _scope(caller, request)
        self._auditor.check(scope, publish=caller.sees_workers)
        started = self._operations.start(
            scope, Request(caller.party_id, request.request_id), publish=caller.sees_workers
        )
        return operation_to_proto(started, None, self._operations.keep_ms)

    def GetAudit(  # noqa: N802
        self, request: algo_audit_pb2.GetAuditRequest, context: grpc.ServicerContext
    ) -> algo_audit_pb2.GetAuditResponse:
        caller = current_caller()
        if request.audit_id:
            audit = self._archive.find(request.audit_id)
        else:
            _require_area(caller, request.area_code)
            audit = self._latest(caller, request.metric_id or DELIVERY_TIME.id, request.area_code)
        return algo_audit_pb2.GetAuditResponse(audit=self._answer(caller, audit))

    def ListAudits(  # noqa: N802
        self, request: algo_audit_pb2.ListAuditsRequest, context: grpc.ServicerContext
    ) -> algo_audit_pb2.ListAuditsResponse:
        size = page_size(request.page_size)
        caller, key = current_caller(), page_key(request.page_token, str)
        before = None if key is None else self._place(caller, str(key[0]))
        kept = list(islice(self._seen(caller, before, size + 1), size + 1))
        return algo_audit_pb2.ListAuditsResponse(
            audits=[_without_rows(audit) for audit in kept[:size]],
            next_page_token=page_token(kept[size - 1].audit_id) if len(kept) > size else "",
        )

    def WatchAudits(  # noqa: N802
        self, request: algo_audit_pb2.WatchAuditsRequest, context: grpc.ServicerContext
    ) -> Iterator[algo_audit_pb2.WatchAuditsResponse]:
        caller = current_caller()
        areas = own_areas(caller)
        newest = self._archive.newest()
        after = resume_after(request.resume_token, newest) if request.resume_token else newest
        context.add_callback(self._watching.ring)
        for kept in self._watching.follow(
            lambda after: self._archive.runs_after(areas, after, WATCH_PAGE), after, context.is_active
        ):
            audit = _without_rows(kept)
            if not self._shows(caller, audit):
                continue
            if request.metric_id in ("", audit.metric_id) and request.area_code in ("", audit.area_code):
                yield algo_audit_pb2.WatchAuditsResponse(audit=audit, resume_token=resume_token(kept.run))

    def GetWhatIf(  # noqa: N802
        self, request: algo_audit_pb2.GetWhatIfRequest, context: grpc.ServicerContext
    ) -> algo_audit_pb2.GetWhatIfResponse:
        asked = self._cohort(request.cohort)
        try:
            answer = what_if_in(asked, request.threshold)
        except ValueError as error:
            raise no_threshold(request.threshold) from error
        except LookupError as error:
            raise no_cohort(request.cohort) from error
        if answer is None:
            raise suppressed(request.cohort)
        return answer_to_proto(answer)

    def GetFrontier(  # noqa: N802
        self, request: algo_audit_pb2.GetFrontierRequest, context: grpc.ServicerContext
    ) -> algo_audit_pb2.GetFrontierResponse:
        asked = self._cohort(request.cohort)
        try:
            found = frontier_in(asked, request.points or 21)
        except ValueError as error:
            raise InvalidArgumentError(
                f"points: {request.points} is not 2–101",
                zh=f"points：{request.points} 应为 2–101",
                field="points",
            ) from error
        except LookupError as error:
            raise no_cohort(request.cohort) from error
        if found is None:
            raise suppressed(request.cohort)
        return frontier_to_proto(found)

    def ListBaselines(  # noqa: N802
        self, request: algo_audit_pb2.ListBaselinesRequest, context: grpc.ServicerContext
    ) -> algo_audit_pb2.ListBaselinesResponse:
        caller = current_caller()
        _require_area(caller, request.area_code)
        if request.exclude_platform_id and not caller.sees_platform(request.exclude_platform_id):
            raise _foreign_platform("exclude_platform_id", request.exclude_platform_id)
        query = query_of(request, detail_from_proto(request.detail), any_days=caller.role in _ANY_DAYS)
        page = self._baselines.page(
            query, codes_after(query, request.page_token), page_size(request.page_size)
        )
        return page_to_proto(query, page, self._baselines.params)

    def _cohort(self, cohort: algo_audit_pb2.CohortRef) -> CohortAsked:
        """What is asked about, if the caller may ask."""
        caller = current_caller()
        self._answer(caller, self._archive.find(cohort.audit_id))
        if not caller.sees_platform(cohort.platform_id):
            raise _foreign_platform("cohort.platform_id", cohort.platform_id)
        result = self._auditor.recent(cohort.audit_id)
        if cohort.platform_id not in result.platform_ids:
            raise no_cohort(cohort)
        platform = list(result.platform_ids).index(cohort.platform_id)
        return CohortAsked(result, platform, cohort.service or 1, cohort.cohort)

    def _seen(self, caller: Caller, before: int | None, at_once: int) -> Iterator[KeptAudit]:
        """The audits that a caller may see, the last run first, read so many at once."""
        while found := self._archive.page(own_areas(caller), before, at_once):
            for kept in found:
                if self._shows(caller, algo_audit_pb2.Audit.FromString(kept.value)):
                    yield kept
            before = found[-1].run

    def _place(self, caller: Caller, audit_id: str) -> int:
        """The run of the audit that a page follows, by its id: a run's number would tell how many others
        there are."""
        kept = self._archive.find(audit_id)
        if kept is None or not (
            may_see_aggregates(caller, kept.area_code)
            and self._shows(caller, algo_audit_pb2.Audit.FromString(kept.value))
        ):
            raise unknown_page(audit_id)
        return kept.run

    def _latest(self, caller: Caller, metric_id: str, area_code: str) -> KeptAudit | None:
        kept = self._archive.latest(metric_id, area_code)
        while kept is not None and not self._shows(caller, algo_audit_pb2.Audit.FromString(kept.value)):
            kept = self._archive.latest(metric_id, area_code, before=kept.run)
        return kept

    def _shows(self, caller: Caller, audit: algo_audit_pb2.Audit) -> bool:
        return caller.sees_workers or self._calendar.shows(figures_of(audit))

    def _answer(self, caller: Caller, kept: KeptAudit | None) -> algo_audit_pb2.Audit:
        # One that is not the caller's to see is answered as if it did not exist.
        audit = None if kept is None else algo_audit_pb2.Audit.FromString(kept.value)
        if (
            audit is None
            or not may_see_aggregates(caller, audit.area_code)
            or not (caller.sees_workers or self._calendar.tells(figures_of(audit)))
        ):
            raise NotFoundError(
                "audit_id: no such audit that you may see; ListAudits names them, RunAudit makes one",
                zh="audit_id：没有您可以查看的该审计；可用 ListAudits 查询，或通过 RunAudit 生成",
                field="audit_id",
                reason="AUDIT_NOT_FOUND",
            )
        if caller.platforms is not None:
            for name in _ROWS:
                rows = getattr(audit, name)
                own = [row for row in rows if caller.sees_platform(row.platform_id)]
                del rows[:]
                rows.extend(own)
        return audit


def _without_rows(kept: KeptAudit) -> algo_audit_pb2.Audit:
    audit = algo_audit_pb2.Audit.FromString(kept.value)
    for name in _ROWS:
        audit.ClearField(name)
    return audit


def _scope(
    caller: Caller, request: algo_audit_pb2.RunAuditRequest | algo_audit_pb2.StartAuditRequest
) -> Scope:
    _require_area(caller, request.area_code)
    return Scope(
        metric_id=request.metric_id or DELIVERY_TIME.id,
        area_code=request.area_code,
        start_ms=stated_ms(request, "period_start_time"),
        end_ms=stated_ms(request, "period_end_time"),
        detail=detail_from_proto(request.detail),
    )


def _foreign_platform(field: str, platform_id: str) -> PermissionDeniedError:
    return PermissionDeniedError(
        f"{field}: {platform_id[:40]!r} is another platform; ask about your own",
        zh=f"{field}：{platform_id[:40]!r} 是其他平台；只能查询本平台",
        field=field,
        reason="FOREIGN_PLATFORM",
    )


def _require_area(caller: Caller, area_code: str) -> None:
    if not area_code:
        raise InvalidArgumentError(
            "area_code: missing; send a code of GB/T 2260, e.g. 130200",
            zh="area_code：缺失；请填写 GB/T 2260 代码，如 130200",
            field="area_code",
        )
    if not may_see_aggregates(caller, area_code):
        raise foreign_area(caller, area_code)
