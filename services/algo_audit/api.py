"""``AlgoAuditService``: decode, call the handler or the archive, encode what the caller may see."""

from __future__ import annotations

import grpc
from google.protobuf.timestamp_pb2 import Timestamp

from kit.errors import InvalidArgumentError, NotFoundError
from kit.grpc.paging import page_key, page_size, page_token
from kit.security.caller import Caller, Role, current_caller
from kit.security.sight import foreign_area, may_see_aggregates, own_areas
from quzhong.api.algo_audit.v1 import algo_audit_pb2, algo_audit_pb2_grpc
from services.algo_audit.core.metrics import DELIVERY_TIME
from services.algo_audit.handlers import Auditor
from services.algo_audit.ports import Archive, KeptAudit, Request, Scope


class AlgoAuditServicer(algo_audit_pb2_grpc.AlgoAuditServiceServicer):
    """The audit, for whoever may see the area; a platform sees its own rows only."""

    def __init__(self, auditor: Auditor, archive: Archive) -> None:
        self._auditor = auditor
        self._archive = archive

    def RunAudit(  # noqa: N802
        self, request: algo_audit_pb2.RunAuditRequest, context: grpc.ServicerContext
    ) -> algo_audit_pb2.RunAuditResponse:
        caller = current_caller()
        _require_area(caller, request.area_code)
        scope = Scope(
            metric_id=request.metric_id or DELIVERY_TIME.id,
            area_code=request.area_code,
            start_ms=_ms(request.period_start_time) if request.HasField("period_start_time") else None,
            end_ms=_ms(request.period_end_time) if request.HasField("period_end_time") else None,
        )
        audit_id = self._auditor.run(
            scope, Request(caller.party_id, request.request_id), publish=caller.role is not Role.UNION
        )
        return algo_audit_pb2.RunAuditResponse(audit=self._answer(caller, self._archive.find(audit_id)))

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
        audits = [algo_audit_pb2.Audit.FromString(audit.value) for audit in kept[:size]]
        for audit in audits:
            audit.ClearField("cohorts")
        return algo_audit_pb2.ListAuditsResponse(
            audits=audits, next_page_token=page_token(kept[size - 1].run) if len(kept) > size else ""
        )

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
        if caller.role is Role.PLATFORM:
            own = [cohort for cohort in audit.cohorts if cohort.platform_id == caller.party_id]
            del audit.cohorts[:]
            audit.cohorts.extend(own)
        return audit


def _require_area(caller: Caller, area_code: str) -> None:
    if not area_code:
        raise InvalidArgumentError(
            "area_code: missing; send a code of GB/T 2260, e.g. 130200",
            zh="area_code：缺失；请填写 GB/T 2260 代码，如 130200",
            field="area_code",
        )
    if not may_see_aggregates(caller, area_code):
        raise foreign_area(caller, area_code)


def _ms(moment: Timestamp) -> int:
    return moment.ToMilliseconds()
