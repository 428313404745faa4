"""The one mapping of our errors to gRPC statuses, with the details the contract promises.

Every error carries ``google.rpc.ErrorInfo``; a field's error also ``BadRequest``; a retryable one
``RetryInfo``; the Chinese text rides in ``LocalizedMessage``. Clients resend by themselves what carries
``RetryInfo``, and no earlier than it says.
"""

from __future__ import annotations

import copy
import math
from urllib.parse import quote

import grpc
from google.protobuf import any_pb2, duration_pb2, message
from google.rpc import error_details_pb2, status_pb2

from kit import errors

DOMAIN = "quzhong"

_CODES: tuple[tuple[type[errors.QuzhongError], grpc.StatusCode], ...] = (
    (errors.NotFoundError, grpc.StatusCode.NOT_FOUND),
    (errors.AlreadyExistsError, grpc.StatusCode.ALREADY_EXISTS),
    (errors.FailedPreconditionError, grpc.StatusCode.FAILED_PRECONDITION),
    (errors.ConflictError, grpc.StatusCode.ABORTED),
    (errors.OffsetGoneError, grpc.StatusCode.OUT_OF_RANGE),
    (errors.UnauthenticatedError, grpc.StatusCode.UNAUTHENTICATED),
    (errors.PermissionDeniedError, grpc.StatusCode.PERMISSION_DENIED),
    (errors.OverloadedError, grpc.StatusCode.RESOURCE_EXHAUSTED),
    (errors.PermanentError, grpc.StatusCode.INVALID_ARGUMENT),
    (errors.RetryableError, grpc.StatusCode.UNAVAILABLE),
)
"""First match wins, so the general classes stand last."""


LARGEST = 6_144
"""Bytes of a status on the wire. It travels in trailing metadata, of which a client takes 8 KiB (gRPC's
``max_metadata_size``), all lines included. Of what is larger the client sees neither code nor reason, but
RESOURCE_EXHAUSTED, which asks it to send the same again; and messages name values that are the caller's."""

_SHORTENED = (1_000, 250, 50)
"""Characters of each text, tried in turn where the whole would be too large."""


def code_of(error: errors.QuzhongError) -> grpc.StatusCode:
    """The status code of an error."""
    for kind, code in _CODES:
        if isinstance(error, kind):
            return code
    return grpc.StatusCode.INTERNAL


def to_status(error: errors.QuzhongError) -> status_pb2.Status:
    """The status, details included; texts that are too long for the wire lose their middle."""
    status = _status(error)
    for longest in _SHORTENED:
        if wire_bytes(status) <= LARGEST:
            break
        status = _status(_with_texts_of(error, longest))
    return status


def wire_bytes(status: status_pb2.Status) -> int:
    """What it takes in the metadata: the message percent-encoded, and all of it in base64."""
    return len(quote(status.message)) + len(status.SerializeToString()) * 4 // 3


def _with_texts_of(error: errors.QuzhongError, longest: int) -> errors.QuzhongError:
    def shortened(text: str) -> str:
        # What is wrong stands at the beginning, the way out at the end.
        half = longest // 2
        return text if len(text) <= longest else f"{text[:half]} … {text[-half:]}"

    short = copy.copy(error)
    short.message, short.zh, short.field = map(shortened, (error.message, error.zh, error.field))
    short.metadata = {name: shortened(value) for name, value in error.metadata.items()}
    return short


def _status(error: errors.QuzhongError) -> status_pb2.Status:
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
        delay.FromMilliseconds(math.ceil(error.retry_after_s * 1000))  # rounded down, it were too early
        details.append(error_details_pb2.RetryInfo(retry_delay=delay))
    status = status_pb2.Status(code=code_of(error).value[0], message=error.message)
    for detail in details:
        packed = any_pb2.Any()
        packed.Pack(detail)
        status.details.append(packed)
    return status
