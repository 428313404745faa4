"""The one mapping of our errors to gRPC statuses, with the details the contract promises.

Every error carries ``google.rpc.ErrorInfo``; a field's error also ``BadRequest``; a retryable one
``RetryInfo``; the Chinese text rides in ``LocalizedMessage``. Clients resend UNAVAILABLE by themselves; what
is RESOURCE_EXHAUSTED carries ``RetryInfo`` too, and the caller decides.
"""

from __future__ import annotations

import grpc
from google.protobuf import any_pb2, duration_pb2, message
from google.rpc import error_details_pb2, status_pb2

from kit import errors

DOMAIN = "quzhong"

_CODES: tuple[tuple[type[errors.QuzhongError], grpc.StatusCode], ...] = (
    (errors.NotFoundError, grpc.StatusCode.NOT_FOUND),
    (errors.AlreadyExistsError, grpc.StatusCode.ALREADY_EXISTS),
    (errors.FailedPreconditionError, grpc.StatusCode.FAILED_PRECONDITION),
    (errors.OffsetGoneError, grpc.StatusCode.OUT_OF_RANGE),
    (errors.UnauthenticatedError, grpc.StatusCode.UNAUTHENTICATED),
    (errors.PermissionDeniedError, grpc.StatusCode.PERMISSION_DENIED),
    (errors.OverloadedError, grpc.StatusCode.RESOURCE_EXHAUSTED),
    (errors.PermanentError, grpc.StatusCode.INVALID_ARGUMENT),
    (errors.RetryableError, grpc.StatusCode.UNAVAILABLE),
)
"""First match wins, so the general classes stand last."""


def code_of(error: errors.QuzhongError) -> grpc.StatusCode:
    """The status code of an error."""
    for kind, code in _CODES:
        if isinstance(error, kind):
            return code
    return grpc.StatusCode.INTERNAL


def to_status(error: errors.QuzhongError) -> status_pb2.Status:
    """The whole status, details included."""
    details: list[message.Message] = [
        error_details_pb2.ErrorInfo(reason=error.reason, domain=DOMAIN, metadata=error.metadata),
        error_details_pb2.LocalizedMessage(locale="zh-CN", message=error.zh),
    ]
    if error.field:
        violation = error_details_pb2.BadRequest.FieldViolation(
            field=error.field, description=error.message, reason=error.reason
        )
        details.append(error_details_pb2.BadRequest(field_violations=[violation]))
    if isinstance(error, errors.RetryableError):
        delay = duration_pb2.Duration()
        delay.FromMilliseconds(int(error.retry_after_s * 1000))
        details.append(error_details_pb2.RetryInfo(retry_delay=delay))
    status = status_pb2.Status(code=code_of(error).value[0], message=error.message)
    for detail in details:
        packed = any_pb2.Any()
        packed.Pack(detail)
        status.details.append(packed)
    return status
