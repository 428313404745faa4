"""Why a call over gRPC was refused: for tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status


class Refusal(NamedTuple):
    """What a refused call told."""

    code: grpc.StatusCode
    reason: str
    field: str
    message: str
    zh: str
    retry_after_s: float
    """0 where nothing is said of it."""


def refusal(call: Callable[[], object]) -> Refusal:
    """Why a call is refused, out of its rich details."""
    with pytest.raises(grpc.RpcError) as refused:
        call()
    status = rpc_status.from_call(refused.value)
    assert status is not None, refused.value
    info, localized = error_details_pb2.ErrorInfo(), error_details_pb2.LocalizedMessage()
    bad, retry = error_details_pb2.BadRequest(), error_details_pb2.RetryInfo()
    for detail in status.details:
        for message in (info, localized, bad, retry):
            detail.Unpack(message)
    fields = ",".join(violation.field for violation in bad.field_violations)
    after_s = retry.retry_delay.ToTimedelta().total_seconds()
    return Refusal(refused.value.code(), info.reason, fields, status.message, localized.message, after_s)
