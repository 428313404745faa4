"""A span and a duration for every RPC. It stands before the guard, so that refused calls are told too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from time import perf_counter
from typing import Any, TypeAlias

import grpc

from kit.security.permissions import OPEN_SERVICES
from kit.telemetry import metrics, tracing
from kit.telemetry.tracing import Attribute, Span, SpanKind

_Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"

_SYSTEM = "grpc"

_SERVER_FAULTS = frozenset(
    {
        grpc.StatusCode.UNKNOWN,
        grpc.StatusCode.DEADLINE_EXCEEDED,
        grpc.StatusCode.UNIMPLEMENTED,
        grpc.StatusCode.INTERNAL,
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.DATA_LOSS,
    }
)
"""Codes that make a server's span an error, as OpenTelemetry's conventions for gRPC say."""


def call_telemetry() -> Sequence[grpc.ServerInterceptor]:
    """The interceptor, if anything is told at all."""
    return (CallTelemetryInterceptor(),) if tracing.on() or metrics.on() else ()


class CallTelemetryInterceptor(grpc.ServerInterceptor):
    """Health checks and reflection are left out: they say nothing and come every second."""

    def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], _Handler | None],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> _Handler | None:
        """See ``grpc.ServerInterceptor``."""
        handler = continuation(handler_call_details)
        path = handler_call_details.method
        if handler is None or path.startswith(OPEN_SERVICES):
            return handler
        method = path.removeprefix("/")
        source = tracing.going_on(
            {
                key: value
                for key, value in handler_call_details.invocation_metadata or ()
                if key in _CARRIED and isinstance(value, str)
            }
        )

        @contextmanager
        def told(context: grpc.ServicerContext) -> Iterator[Span]:
            began_s = perf_counter()
            span = tracing.begun(
                method,
                kind=SpanKind.SERVER,
                sources=[source],
                attributes={Attribute.RPC_SYSTEM: _SYSTEM, Attribute.RPC_METHOD: method},
            )
            try:
                yield span
            finally:
                _tell(span, method, _code(context), perf_counter() - began_s)

        if handler.response_streaming:

            def stream(inner: Callable[..., Iterator[Any]], request: Any, context: Any) -> Iterator[Any]:
                # Not current: between two messages another thread may go on with the stream.
                with told(context):
                    yield from inner(request, context)

            return _rewrapped(handler, stream)

        def single(inner: Callable[..., Any], request: Any, context: Any) -> Any:
            with told(context) as span, tracing.within(span):
                return inner(request, context)

        return _rewrapped(handler, single)


_CARRIED = frozenset({"traceparent", "tracestate"})


def _code(context: grpc.ServicerContext) -> grpc.StatusCode:
    code: grpc.StatusCode | None = context.code()  # type: ignore[attr-defined]  # the stubs lack it
    if code is None:
        # A stream that its client left ends without a code.
        return grpc.StatusCode.OK if context.is_active() else grpc.StatusCode.CANCELLED
    return code


def _tell(span: Span, method: str, code: grpc.StatusCode, took_s: float) -> None:
    span.tell(Attribute.RPC_STATUS, code.name)
    if code in _SERVER_FAULTS:
        span.fail(code.name)
    span.end()
    metrics.took(
        metrics.RPC,
        took_s,
        {metrics.RPC_SYSTEM: _SYSTEM, metrics.RPC_METHOD: method, metrics.RPC_STATUS: code.name},
    )


def _rewrapped(handler: _Handler, around: Callable[..., Any]) -> _Handler:
    """The handler with ``around(inner, request, context)`` in place of its behaviour."""
    inner: Any
    make: Callable[..., _Handler]
    if handler.response_streaming:
        inner = handler.stream_stream if handler.request_streaming else handler.unary_stream
        make = (
            grpc.stream_stream_rpc_method_handler
            if handler.request_streaming
            else grpc.unary_stream_rpc_method_handler
        )
    else:
        inner = handler.stream_unary if handler.request_streaming else handler.unary_unary
        make = (
            grpc.stream_unary_rpc_method_handler
            if handler.request_streaming
            else grpc.unary_unary_rpc_method_handler
        )
    return make(partial(around, inner), handler.request_deserializer, handler.response_serializer)
