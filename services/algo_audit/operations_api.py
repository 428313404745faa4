"""``google.longrunning.Operations`` over the audits on their way."""

from __future__ import annotations

import grpc
from google.longrunning import operations_pb2, operations_pb2_grpc
from google.protobuf import empty_pb2

from kit.errors import InvalidArgumentError
from kit.grpc.paging import page_key, page_size, page_token
from kit.security.caller import Caller, Role, current_caller
from quzhong.api.algo_audit.v1 import algo_audit_pb2
from services.algo_audit.operation_ports import Operation
from services.algo_audit.operations import Operations
from services.algo_audit.ports import Archive
from services.algo_audit.public_calendar import PublicCalendar
from services.algo_audit.wire import figures_of
from services.algo_audit.wire_operations import operation_to_proto

LONGEST_WAIT_S = 60.0
"""A wait holds a thread of the server; who wants longer asks again."""


class OperationsServicer(operations_pb2_grpc.OperationsServicer):  # type: ignore[misc]  # untyped
    """Each party sees its own operations, the administrator all."""

    def __init__(self, operations: Operations, archive: Archive, calendar: PublicCalendar) -> None:
        self._operations = operations
        self._archive = archive
        self._calendar = calendar

    def GetOperation(  # noqa: N802
        self, request: operations_pb2.GetOperationRequest, context: grpc.ServicerContext
    ) -> operations_pb2.Operation:
        return self._told(self._operations.get(request.name, _whose(current_caller())))

    def WaitOperation(  # noqa: N802
        self, request: operations_pb2.WaitOperationRequest, context: grpc.ServicerContext
    ) -> operations_pb2.Operation:
        asked_s = request.timeout.ToNanoseconds() / 1e9 if request.HasField("timeout") else LONGEST_WAIT_S
        timeout_s = max(0.0, min(asked_s, LONGEST_WAIT_S, context.time_remaining() or LONGEST_WAIT_S))
        return self._told(self._operations.wait(request.name, _whose(current_caller()), timeout_s))

    def ListOperations(  # noqa: N802
        self, request: operations_pb2.ListOperationsRequest, context: grpc.ServicerContext
    ) -> operations_pb2.ListOperationsResponse:
        if request.filter:
            raise InvalidArgumentError(
                f"filter: {request.filter[:80]!r} is not understood; leave it empty",
                zh=f"filter：不支持 {request.filter[:80]!r}；操作列表不可筛选，请不填",
                field="filter",
                reason="FILTER_UNSUPPORTED",
            )
        size, key = page_size(request.page_size), page_key(request.page_token, str)
        after = None if key is None else str(key[0])
        found = self._operations.page(_whose(current_caller()), after, size + 1)
        return operations_pb2.ListOperationsResponse(
            operations=[self._told(each) for each in found[:size]],
            next_page_token=page_token(found[size - 1].name) if len(found) > size else "",
        )

    def CancelOperation(  # noqa: N802
        self, request: operations_pb2.CancelOperationRequest, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        self._operations.cancel(request.name, _whose(current_caller()))
        return empty_pb2.Empty()

    def DeleteOperation(  # noqa: N802
        self, request: operations_pb2.DeleteOperationRequest, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        self._operations.forget(request.name, _whose(current_caller()))
        return empty_pb2.Empty()

    def _told(self, operation: Operation) -> operations_pb2.Operation:
        kept = self._archive.find(operation.audit_id) if operation.audit_id else None
        audit = None if kept is None else algo_audit_pb2.Audit.FromString(kept.value)
        hidden = (
            audit is not None
            and not current_caller().sees_workers
            and not self._calendar.tells(figures_of(audit))
        )
        if hidden:
            return operation_to_proto(operation, None, self._operations.keep_ms, hidden=True)
        return operation_to_proto(operation, audit, self._operations.keep_ms)


def _whose(caller: Caller) -> str | None:
    return None if caller.role is Role.ADMINISTRATOR else caller.party_id
