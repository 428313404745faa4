"""Operations as google.longrunning says them."""

from __future__ import annotations

from google.longrunning import operations_pb2
from google.rpc import code_pb2, error_details_pb2, status_pb2

from quzhong.api.algo_audit.v1 import algo_audit_pb2
from services.algo_audit.operation_ports import Operation
from services.algo_audit.wire import text, timestamp


def operation_to_proto(
    operation: Operation, audit: algo_audit_pb2.Audit | None, keep_ms: int, *, hidden: bool = False
) -> operations_pb2.Operation:
    """The operation; ``audit``: what it found, as the caller may see it; ``keep_ms``: how long it can be
    asked for after its end; ``hidden``: what it found is not the caller's to see (any more)."""
    zh, en, percent = operation.stage.value
    message = operations_pb2.Operation(name=operation.name, done=operation.done)
    progress = algo_audit_pb2.AuditProgress(
        stage=operation.stage.name,
        stage_name=text(zh, en),
        percent=100 if operation.done else percent,
        create_time=timestamp(operation.create_time_ms),
        metric_id=operation.scope.metric_id,
        area_code=operation.scope.area_code,
    )
    if operation.end_time_ms is not None:
        progress.end_time.CopyFrom(timestamp(operation.end_time_ms))
        progress.expire_time.CopyFrom(timestamp(operation.end_time_ms + keep_ms))
    message.metadata.Pack(progress)
    if operation.error:
        message.error.ParseFromString(operation.error)
    elif operation.done and operation.cancelled:
        message.error.CopyFrom(_cancelled())
    elif operation.done and hidden:
        message.error.CopyFrom(_hidden())
    elif operation.done and audit is not None:
        message.response.Pack(algo_audit_pb2.RunAuditResponse(audit=audit))
    return message


def _hidden() -> status_pb2.Status:
    status = status_pb2.Status(
        code=code_pb2.FAILED_PRECONDITION,
        message="figures of its period are not told, or were told on other data; start an audit without a "
        "period",
    )
    in_chinese = "该时段的数字不提供，或此前已按其他数据提供；请不填时段，重新启动审计"
    status.details.add().Pack(error_details_pb2.LocalizedMessage(locale="zh-CN", message=in_chinese))
    return status


def _cancelled() -> status_pb2.Status:
    status = status_pb2.Status(
        code=code_pb2.CANCELLED, message="cancelled by the caller; start the audit again if it is wanted"
    )
    in_chinese = "已由调用方取消；如仍需要，请重新启动审计"
    status.details.add().Pack(error_details_pb2.LocalizedMessage(locale="zh-CN", message=in_chinese))
    return status
