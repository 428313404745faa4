"""The way back of ``kit.grpc.status``: a gRPC status as the error it was made of."""

from __future__ import annotations

import grpc
from google.rpc import error_details_pb2, status_pb2

from kit import errors

_DETAILS_KEY = "grpc-status-details-bin"

_ERRORS: dict[grpc.StatusCode, type[errors.QuzhongError]] = {
    grpc.StatusCode.NOT_FOUND: errors.NotFoundError,
    grpc.StatusCode.ALREADY_EXISTS: errors.AlreadyExistsError,
    grpc.StatusCode.FAILED_PRECONDITION: errors.FailedPreconditionError,
    grpc.StatusCode.UNAUTHENTICATED: errors.UnauthenticatedError,
    grpc.StatusCode.PERMISSION_DENIED: errors.PermissionDeniedError,
    grpc.StatusCode.INVALID_ARGUMENT: errors.InvalidArgumentError,
    grpc.StatusCode.OUT_OF_RANGE: errors.InvalidArgumentError,
    grpc.StatusCode.RESOURCE_EXHAUSTED: errors.OverloadedError,
    grpc.StatusCode.UNAVAILABLE: errors.RetryableError,
    grpc.StatusCode.DEADLINE_EXCEEDED: errors.RetryableError,
    grpc.StatusCode.ABORTED: errors.ConflictError,
    # A server that stops cancels what it still has in hand.
    grpc.StatusCode.CANCELLED: errors.RetryableError,
}


def to_error(failure: grpc.aio.AioRpcError) -> errors.QuzhongError:
    """The error behind a failed call, with reason, field, metadata and Chinese text where given."""
    code = failure.code()
    kind = _ERRORS.get(code, errors.QuzhongError)
    message = failure.details() or code.name
    unreachable = issubclass(kind, errors.RetryableError)
    reason = "SERVICE_UNAVAILABLE" if unreachable else kind.reason
    zh, field, metadata = "", "", {"grpc_code": code.name}
    for detail in _details(failure):
        if detail.Is(error_details_pb2.ErrorInfo.DESCRIPTOR):
            info = error_details_pb2.ErrorInfo.FromString(detail.value)
            reason = info.reason or reason
            metadata |= dict(info.metadata)
        elif detail.Is(error_details_pb2.LocalizedMessage.DESCRIPTOR):
            zh = error_details_pb2.LocalizedMessage.FromString(detail.value).message
        elif detail.Is(error_details_pb2.BadRequest.DESCRIPTOR):
            violations = error_details_pb2.BadRequest.FromString(detail.value).field_violations
            field = violations[0].field if violations else ""
    return kind(message, zh=zh, reason=reason, field=field, metadata=metadata)


def _details(failure: grpc.aio.AioRpcError) -> list[status_pb2.google_dot_protobuf_dot_any__pb2.Any]:
    for key, value in failure.trailing_metadata() or ():
        if key == _DETAILS_KEY and isinstance(value, bytes):
            return list(status_pb2.Status.FromString(value).details)
    return []
