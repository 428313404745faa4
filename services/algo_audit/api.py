"""``AlgoAuditService``: decode, call the handler or the archive, encode what the caller may see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import grpc
from google.longrunning import operations_pb2

from kit.errors import FailedPreconditionError, InvalidArgumentError, NotFoundError, PermissionDeniedError
from kit.grpc.moments import stated_ms
from kit.grpc.paging import page_key, page_size, page_token, resume_after, resume_token
from kit.grpc.watching import Watching
from kit.security.caller import Caller, Role, current_caller
from kit.security.permissions import PERMISSIONS
from kit.security.sight import foreign_area, may_see_aggregates, own_areas
from quzhong.api.algo_audit.v1 import algo_audit_pb2, algo_audit_pb2_grpc
from services.algo_audit.baselines import Baselines
from services.algo_audit.core.metrics import DELIVERY_TIME, METRICS
from services.algo_audit.core.what_if import frontier, what_if
from services.algo_audit.handlers import Auditor
from services.algo_audit.operations import Operations
from services.algo_audit.packs import declared_penalty
from services.algo_audit.ports import Archive, Audit, KeptAudit, Request, Scope
from services.algo_audit.wire import detail_from_proto, metric_to_proto
from services.algo_audit.wire_baselines import codes_after, page_to_proto, query_of
from services.algo_audit.wire_operations import operation_to_proto
from services.algo_audit.wire_what_if import answer_to_proto, frontier_to_proto

_ROWS: tuple[Literal["cohorts", "ratchets", "applied", "parity", "pay", "data_issues"], ...] = (
    "cohorts",
    "ratchets",
    "applied",
    "parity",
    "pay",
    "data_issues",
)
"""Fields of an audit with a row for each statement on a platform."""
_ANY_DAYS = PERMISSIONS["/quzhong.api.algo_audit.v1.AlgoAuditService/RunAudit"] | {Role.AUDITOR}
"""Who may ask for the baselines of any days: whoever may audit any period, and whoever checks them."""
WATCH_PAGE = 100
"""Audits read at once by a watcher that is behind."""


class AlgoAuditServicer(algo_audit_pb2_grpc.AlgoAuditServiceServicer):
    """The audit, for whoever may see the area; a platform sees its own rows only."""

    def __init__(
        self,
        auditor: Auditor,
        archive: Archive,
        operations: Operations,
        watching: Watching,
        baselines: Baselines,
    ) -> None:
        self._baselines = baselines
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
            scope, Request(caller.party_id, request.request_id), publish=caller.role is not Role.UNION
        )
        return algo_audit_pb2.RunAuditResponse(audit=self._answer(caller, self._archive.find(audit_id)))

    def StartAudit(  # noqa: N802
        self, request: algo_audit_pb2.StartAuditRequest, context: grpc.ServicerContext
    ) -> operations_pb2.Operation:
        caller = current_caller()
        started = self._operations.start(
            _scope(caller, request),
            Request(caller.party_id, request.request_id),
            publish=caller.role is not Role.UNION,
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
            audit = self._archive.latest(request.metric_id or DELIVERY_TIME.id, request.area_code)
        return algo_audit_pb2.GetAuditResponse(audit=self._answer(caller, audit))

    def ListAudits(  # noqa: N802
        self, request: algo_audit_pb2.ListAuditsRequest, context: grpc.ServicerContext
    ) -> algo_audit_pb2.ListAuditsResponse:
        size = page_size(request.page_size)
        key = page_key(request.page_token, int)
        before = None if key is None else int(key[0])
        kept = self._archive.page(own_areas(current_caller()), before, size + 1)
        return algo_audit_pb2.ListAuditsResponse(
            audits=[_without_rows(audit) for audit in kept[:size]],
            next_page_token=page_token(kept[size - 1].run) if len(kept) > size else "",
        )

    def WatchAudits(  # noqa: N802
        self, request: algo_audit_pb2.WatchAuditsRequest, context: grpc.ServicerContext
    ) -> Iterator[algo_audit_pb2.WatchAuditsResponse]:
        areas = own_areas(current_caller())
        newest = self._archive.newest()
        after = resume_after(request.resume_token, newest) if request.resume_token else newest
        context.add_callback(self._watching.ring)
        for kept in self._watching.follow(
            lambda after: self._archive.runs_after(areas, after, WATCH_PAGE), after, context.is_active
        ):
            audit = _without_rows(kept)
            if request.metric_id in ("", audit.metric_id) and request.area_code in ("", audit.area_code):
                yield algo_audit_pb2.WatchAuditsResponse(audit=audit, resume_token=resume_token(kept.run))

    def GetWhatIf(  # noqa: N802
        self, request: algo_audit_pb2.GetWhatIfRequest, context: grpc.ServicerContext
    ) -> algo_audit_pb2.GetWhatIfResponse:
        result, platform, service = self._cohort(request.cohort)
        penalty = declared_penalty(result, platform, service)
        try:
            answer = what_if(
                result.audited, platform, service, request.cohort.cohort, request.threshold, penalty
            )
        except ValueError as error:
            raise _no_threshold(request.threshold) from error
        except LookupError as error:
            raise _no_cohort(request.cohort) from error
        if answer is None:
            raise _suppressed(request.cohort)
        return answer_to_proto(answer)

    def GetFrontier(  # noqa: N802
        self, request: algo_audit_pb2.GetFrontierRequest, context: grpc.ServicerContext
    ) -> algo_audit_pb2.GetFrontierResponse:
        result, platform, service = self._cohort(request.cohort)
        penalty = declared_penalty(result, platform, service)
        try:
            found = frontier(
                result.audited, platform, service, request.cohort.cohort, request.points or 21, penalty
            )
        except ValueError as error:
            raise InvalidArgumentError(
                f"points: {request.points} is not 2–101",
                zh=f"points：{request.points} 应为 2–101",
                field="points",
            ) from error
        except LookupError as error:
            raise _no_cohort(request.cohort) from error
        if found is None:
            raise _suppressed(request.cohort)
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

    def _cohort(self, cohort: algo_audit_pb2.CohortRef) -> tuple[Audit, int, int]:
        """The audit, the platform's code and the service that are asked about, if the caller may ask."""
        caller = current_caller()
        self._answer(caller, self._archive.find(cohort.audit_id))
        if not caller.sees_platform(cohort.platform_id):
            raise _foreign_platform("cohort.platform_id", cohort.platform_id)
        result = self._auditor.recent(cohort.audit_id)
        if cohort.platform_id not in result.platform_ids:
            raise _no_cohort(cohort)
        return result, list(result.platform_ids).index(cohort.platform_id), cohort.service or 1

    def _answer(self, caller: Caller, kept: KeptAudit | None) -> algo_audit_pb2.Audit:
        # One that is not the caller's to see is answered as if it did not exist.
        if kept is None or not may_see_aggregates(caller, kept.area_code):
            raise NotFoundError(
                "audit_id: no such audit that you may see; ListAudits names them, RunAudit makes one",
                zh="audit_id：没有您可以查看的该审计；可用 ListAudits 查询，或通过 RunAudit 生成",
                field="audit_id",
                reason="AUDIT_NOT_FOUND",
            )
        audit = algo_audit_pb2.Audit.FromString(kept.value)
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


def _no_threshold(value: float) -> InvalidArgumentError:
    return InvalidArgumentError(
        f"threshold: {value:g} is no threshold; send a positive number in the metric's unit",
        zh=f"threshold：{value:g} 不是有效的标准；请填写以指标单位计的正数",
        field="threshold",
    )


def _no_cohort(cohort: algo_audit_pb2.CohortRef) -> NotFoundError:
    return NotFoundError(
        f"cohort: platform {cohort.platform_id[:40]!r} declared nothing in {cohort.cohort[:60]!r} of this "
        "audit; GetAudit lists its cohorts",
        zh=f"cohort：该审计中平台 {cohort.platform_id[:40]!r} 在 {cohort.cohort[:60]!r} 没有申报标准；"
        "可用 GetAudit 查询",
        field="cohort",
        reason="COHORT_NOT_FOUND",
    )


def _suppressed(cohort: algo_audit_pb2.CohortRef) -> FailedPreconditionError:
    return FailedPreconditionError(
        f"cohort: {cohort.cohort[:60]!r} has too few workers or orders to say anything; "
        "ask for a coarser detail",
        zh=f"cohort：{cohort.cohort[:60]!r} 样本过少，不予公布；请选择更粗的分组",
        reason="COHORT_SUPPRESSED",
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
