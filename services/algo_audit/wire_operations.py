"""Operations as google.longrunning says them."""

from __future__ import annotations

from google.longrunning import operations_pb2
from google.protobuf import any_pb2
from google.rpc import code_pb2, status_pb2

from kit.grpc.status import to_status
from quzhong.api.algo_audit.v1 import algo_audit_pb2
from services.algo_audit.operations import Operation
from services.algo_audit.wire import text, timestamp


def operation_to_proto(operation: Operation, audit: algo_audit_pb2.Audit | None) -> operations_pb2.Operation:
    """The operation; ``audit``: what it found, as the caller may see it."""
    zh, en, percent = operation.stage.value
    message = operations_pb2.Operation(name=operation.name, done=operation.done)
    message.metadata.Pack(
        algo_audit_pb2.AuditProgress(
            stage=operation.stage.name,
            stage_name=text(zh, en),
            percent=100 if operation.done else percent,
            create_time=timestamp(operation.create_time_ms),
            metric_id=operation.scope.metric_id,
            area_code=operation.scope.area_code,
        )
    )
    if operation.error is not None:
        message.error.CopyFrom(to_status(operation.error))
    elif operation.done and operation.cancelled:
        message.error.CopyFrom(status_pb2.Status(code=code_pb2.CANCELLED, message="cancelled by the caller"))
    elif operation.done and audit is not None:
        found = any_pb2.Any()
        found.Pack(algo_audit_pb2.RunAuditResponse(audit=audit))
        message.response.CopyFrom(found)
    return message
