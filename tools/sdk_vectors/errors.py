"""A status of the service, with its details → the typed error, and whether the same call is sent again."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import timedelta
from typing import Any

import grpc
from google.protobuf import any_pb2
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2

from quzhong.errors import from_rpc_error
from quzhong.retry import Attempts, Pacing, RetryPolicy

ABOUT = (
    "status code, message and the grpc-status-details-bin trailer (base64 of google.rpc.Status; "
    "empty: none) → the error's kind and what it says; sent_again: whether a first failure of this "
    "kind is met by another attempt"
)


class _Failed(grpc.RpcError):
    """A failed call, as gRPC hands it to its caller."""

    def __init__(self, code: str, message: str, trailer: bytes) -> None:
        self._code, self._message, self._trailer = grpc.StatusCode[code], message, trailer

    def code(self) -> grpc.StatusCode:
        return self._code

    def details(self) -> str:
        return self._message

    def trailing_metadata(self) -> Any:
        return (("grpc-status-details-bin", self._trailer),) if self._trailer else ()


def _case(name: str, code: str, message: str, *details: Message) -> dict[str, Any]:
    status = status_pb2.Status(code=grpc.StatusCode[code].value[0], message=message)
    for detail in details:
        packed = any_pb2.Any()
        packed.Pack(detail)
        status.details.append(packed)
    trailer = b64encode(status.SerializeToString(deterministic=True)).decode() if details else ""
    return {"name": name, "given": {"code": code, "message": message, "status_details": trailer}}


def _info(reason: str, **metadata: str) -> error_details_pb2.ErrorInfo:
    return error_details_pb2.ErrorInfo(reason=reason, domain="quzhong", metadata=metadata)


def _field(*names: str) -> error_details_pb2.BadRequest:
    message = error_details_pb2.BadRequest()
    for name in names:
        message.field_violations.add(field=name, description="wrong")
    return message


def _retry(seconds: float) -> error_details_pb2.RetryInfo:
    message = error_details_pb2.RetryInfo()
    message.retry_delay.FromTimedelta(timedelta(seconds=seconds))
    return message


def _zh(text: str) -> error_details_pb2.LocalizedMessage:
    return error_details_pb2.LocalizedMessage(locale="zh-CN", message=text)


_CODES = [code.name for code in grpc.StatusCode if code is not grpc.StatusCode.OK]

CASES: list[dict[str, Any]] = [
    *(_case(f"{code} without details", code, "as it is") for code in _CODES),
    _case(
        "a wrong field",
        "INVALID_ARGUMENT",
        "area_code: 999999 is unknown",
        _info("AREA_UNKNOWN", area_code="999999"),
        _field("area_code", "order_id"),
        _zh("area_code：999999 不存在"),
    ),
    _case(
        "details in another order", "NOT_FOUND", "no such finding", _zh("无此认定"), _info("FINDING_UNKNOWN")
    ),
    _case("UNAVAILABLE that says when", "UNAVAILABLE", "later", _info("LOG_UNAVAILABLE"), _retry(2.5)),
    _case(
        "UNAVAILABLE with nothing to wait for", "UNAVAILABLE", "later", _info("LOG_UNAVAILABLE"), _retry(0)
    ),
    _case(
        "too much, and when to come again",
        "RESOURCE_EXHAUSTED",
        "slower",
        _info("RATE_LIMITED"),
        _retry(0.75),
    ),
    _case("too much until tomorrow", "RESOURCE_EXHAUSTED", "tomorrow", _info("BUDGET_SPENT"), _retry(40_000)),
    _case("too large", "RESOURCE_EXHAUSTED", "17 MiB", _info("MESSAGE_TOO_LARGE")),
    _case(
        "too large, with an empty RetryInfo",
        "RESOURCE_EXHAUSTED",
        "17 MiB",
        _info("MESSAGE_TOO_LARGE"),
        _retry(0),
    ),
    _case(
        "a RetryInfo where resending cannot help", "ABORTED", "changed", _info("VERSION_CONFLICT"), _retry(1)
    ),
    _case(
        "the token endpoint is away for too long",
        "UNAVAILABLE",
        "away",
        _info("TOKEN_ENDPOINT_AWAY"),
        _retry(1),
    ),
    _case(
        "an expired credential", "UNAUTHENTICATED", "ended", _info("CREDENTIAL_EXPIRED"), _zh("凭证已过期")
    ),
    _case("details nobody knows", "INTERNAL", "odd", error_details_pb2.Help(), _info("INTERNAL")),
]


def outcome(given: dict[str, Any]) -> dict[str, Any]:
    """The typed error."""
    error = from_rpc_error(_Failed(given["code"], given["message"], b64decode(given["status_details"])))
    try:
        Attempts(RetryPolicy(), Pacing(monotonic=lambda: 0.0, uniform=lambda bound: 0.0)).wait_after(error)
        again = True
    except type(error):
        again = False
    return {
        "kind": type(error).__name__,
        "code": error.code.name,
        "reason": error.reason,
        "field": error.field,
        "message": error.message,
        "zh": error.zh,
        "metadata": dict(error.metadata or {}),
        "retry_after_s": error.retry_after_s,
        "sent_again": again,
    }
