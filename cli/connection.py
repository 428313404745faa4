"""Calls of the command to the suite's services, over gRPC like anybody's."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar

import grpc

from kit.grpc.tls import client_credentials
from kit.settings import CommonSettings
from quzhong import bearer, from_rpc_error
from quzhong.api.algo_audit.v1 import algo_audit_pb2_grpc
from quzhong.api.intake.v1 import intake_pb2_grpc
from quzhong.api.notify.v1 import casework_pb2_grpc, notify_pb2_grpc
from quzhong.api.registry.v1 import (
    admission_pb2_grpc,
    erasures_pb2_grpc,
    registry_pb2_grpc,
    reports_pb2_grpc,
)
from quzhong.api.workhours.v1 import workhours_pb2_grpc
from quzhong.channel import channel_to

TIMEOUT_S = 60.0
"""An audit of a city is the longest call: seconds."""

RequestT = TypeVar("RequestT")
ResponseT = TypeVar("ResponseT")


class Connection:
    """One address, one token, every service."""

    def __init__(self, address: str, token: str) -> None:
        """Over TLS if ``QUZHONG_TLS_CA`` or ``QUZHONG_TLS_CERT`` is set."""
        self._channel = channel_to(address, client_credentials(CommonSettings()))
        self._metadata = bearer(token)
        self.registry = registry_pb2_grpc.RegistryServiceStub(self._channel)
        self.admissions = admission_pb2_grpc.AdmissionServiceStub(self._channel)
        self.erasures = erasures_pb2_grpc.ErasureServiceStub(self._channel)
        self.intake = intake_pb2_grpc.IntakeServiceStub(self._channel)
        self.reports = reports_pb2_grpc.ReportServiceStub(self._channel)
        self.workhours = workhours_pb2_grpc.WorkhoursServiceStub(self._channel)
        self.algo_audit = algo_audit_pb2_grpc.AlgoAuditServiceStub(self._channel)
        self.notify = notify_pb2_grpc.NotifyServiceStub(self._channel)
        self.casework = casework_pb2_grpc.CaseworkServiceStub(self._channel)

    def call(self, method: grpc.UnaryUnaryMultiCallable[RequestT, ResponseT], request: RequestT) -> ResponseT:
        """One call.

        Raises:
            quzhong.ApiError: what the service said.
        """
        with _typed_errors():
            return method(request, metadata=self._metadata, timeout=TIMEOUT_S)

    def pages(
        self,
        method: grpc.UnaryUnaryMultiCallable[RequestT, ResponseT],
        request_of: Callable[[str], RequestT],
        next_token: Callable[[ResponseT], str],
    ) -> Iterator[ResponseT]:
        """Every page of a List, ``request_of`` making the request for a page token."""
        token = ""
        while True:
            response = self.call(method, request_of(token))
            yield response
            token = next_token(response)
            if not token:
                return

    @contextmanager
    def stream(
        self, method: grpc.UnaryStreamMultiCallable[RequestT, ResponseT], request: RequestT
    ) -> Iterator[Iterable[ResponseT]]:
        """A Watch, cancelled at the end of the context; iterating ends silently when it is cancelled."""
        call = method(request, metadata=self._metadata)
        try:
            yield _until_cancelled(call)
        finally:
            call.cancel()

    def close(self) -> None:
        """Close the channel; running calls end."""
        self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def fresh_request_id() -> str:
    """An id nobody used: the command never resends a mutation of an earlier run."""
    return secrets.token_hex(12)


@contextmanager
def _typed_errors() -> Iterator[None]:
    try:
        yield
    except grpc.RpcError as error:
        raise from_rpc_error(error) from error


def _until_cancelled(call: Iterable[ResponseT]) -> Iterator[ResponseT]:
    try:
        yield from call
    except grpc.RpcError as error:
        if error.code() is not grpc.StatusCode.CANCELLED:
            raise from_rpc_error(error) from error
