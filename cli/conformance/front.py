"""The sandbox's door: every call a platform makes goes through it as bytes, is recorded, and may be cut.

It stands before the suite's own server and changes nothing that it lets through, so an integration meets the
services themselves. Watches and uploads pass too; only requests with rows are cut.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NoReturn

import grpc
from google.protobuf import descriptor_pool
from google.protobuf.descriptor import MethodDescriptor

from cli.conformance.faults import Fault, FaultPlan
from cli.conformance.observed import Fate
from cli.conformance.recorder import Recorder
from kit.clock import Clock
from kit.grpc.host import MAX_MESSAGE_BYTES
from kit.listening import AddressTakenError
from quzhong.channel import channel_to

THREADS = 64
"""A platform's calls in flight and its watches; a sandbox has one platform."""

MOST_PATIENCE_S = 86_400.0
"""A call that may take longer than a day has no deadline."""

PASSED_ON = ("authorization", "traceparent", "tracestate")
"""Metadata that the services read."""

_OPTIONS: list[tuple[str, Any]] = [
    ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
    ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
    ("grpc.so_reuseport", 0),
]


class Front(grpc.GenericRpcHandler):
    """A gRPC server that passes calls on."""

    def __init__(
        self,
        inner_address: str,
        recorder: Recorder,
        faults: FaultPlan,
        *,
        outage_s: float,
        clock: Clock,
        credentials: grpc.ServerCredentials | None = None,
    ) -> None:
        """``credentials``: TLS of the door; None speaks plain text."""
        self._channel: Any = channel_to(inner_address, None)  # whose stubs know no calls of bytes
        self._recorder = recorder
        self._faults = faults
        self._outage_s = outage_s
        self._clock = clock
        self._credentials = credentials
        self._lock = threading.Lock()
        self._server: grpc.Server | None = None
        self._closed = threading.Event()
        self._absence: threading.Thread | None = None
        self.address = ""
        """``host:port``, once open."""

    def open(self, address: str) -> None:
        """Listen.

        Raises:
            AddressTakenError: if the address cannot be bound.
        """
        server = grpc.server(
            ThreadPoolExecutor(THREADS, thread_name_prefix="conformance-front"), [self], options=_OPTIONS
        )
        try:
            port = (
                server.add_insecure_port(address)
                if self._credentials is None
                else server.add_secure_port(address, self._credentials)
            )
        except RuntimeError as error:
            raise AddressTakenError(address) from error
        server.start()
        self._server = server
        self.address = f"{address.rpartition(':')[0]}:{port}"

    def close(self) -> None:
        """End every call and listen no more."""
        self._closed.set()
        if self._absence is not None:
            self._absence.join()
        if self._server is not None:
            self._server.stop(0).wait()
        self._channel.close()

    def service(
        self, handler_call_details: grpc.HandlerCallDetails
    ) -> grpc.RpcMethodHandler[bytes, bytes] | None:
        """How a method is passed on; None of one that the contract does not have."""
        self._recorder.called()
        method = handler_call_details.method
        described = _described(method)
        if described is None:
            return None
        if described.server_streaming:
            return grpc.unary_stream_rpc_method_handler(self._stream(method))
        if described.client_streaming:
            return grpc.stream_unary_rpc_method_handler(self._upload(method))
        return grpc.unary_unary_rpc_method_handler(self._call(method))

    def _call(self, method: str) -> Callable[[bytes, grpc.ServicerContext], bytes]:
        def call(request: bytes, context: grpc.ServicerContext) -> bytes:
            submission = self._recorder.request(method, request)
            fault = Fault.NONE
            if submission is not None:
                with self._lock:
                    fault = self._faults.of(event.event_id for event in submission.events)
            if submission is not None and fault is Fault.CUT_BEFORE:
                self._recorder.submitted(submission, Fate.CUT_BEFORE)
                context.abort(grpc.StatusCode.UNAVAILABLE, "the sandbox cut the request off")
            try:
                answer: bytes = self._channel.unary_unary(method, None, None)(
                    request, metadata=_metadata(context), timeout=_timeout_s(context)
                )
            except grpc.RpcError as error:
                if submission is not None:
                    self._recorder.submitted(submission, Fate.REFUSED)
                _abort(context, error)
            if submission is None:
                self._recorder.answered(method, request, answer)
                return answer
            cut = fault is Fault.CUT_AFTER
            self._recorder.submitted(submission, Fate.CUT_AFTER if cut else Fate.ANSWERED, answer)
            if cut:
                context.abort(grpc.StatusCode.UNAVAILABLE, "the sandbox cut the answer off")
            if fault is Fault.GO_AWAY:
                self._absence = threading.Thread(target=self._be_away, name="conformance-outage", daemon=True)
                self._absence.start()
            return answer

        return call

    def _stream(self, method: str) -> Callable[[bytes, grpc.ServicerContext], Iterator[bytes]]:
        def stream(request: bytes, context: grpc.ServicerContext) -> Iterator[bytes]:
            self._recorder.watching(method, request)
            call = self._channel.unary_stream(method, None, None)(request, metadata=_metadata(context))
            context.add_callback(lambda: call.cancel() and None)
            try:
                for message in call:
                    self._recorder.told(method, message)
                    yield message
            except grpc.RpcError as error:
                _abort(context, error)

        return stream

    def _upload(self, method: str) -> Callable[[Iterator[bytes], grpc.ServicerContext], bytes]:
        def upload(messages: Iterator[bytes], context: grpc.ServicerContext) -> bytes:
            def recorded() -> Iterator[bytes]:
                for message in messages:
                    submission = self._recorder.request(method, message)
                    if submission is not None:
                        self._recorder.submitted(submission, Fate.ANSWERED)
                    yield message

            try:
                answer: bytes = self._channel.stream_unary(method, None, None)(
                    recorded(), metadata=_metadata(context), timeout=_timeout_s(context)
                )
            except grpc.RpcError as error:
                _abort(context, error)
            return answer

        return upload

    def _be_away(self) -> None:
        """Close the door for a while: connections break, new ones are refused."""
        server, address = self._server, self.address
        assert server is not None
        # The answer that is on its way to the platform has so long to leave.
        server.stop(0.5).wait()
        self._recorder.away(self._clock(), None)
        begin_ms = self._clock()
        self._closed.wait(self._outage_s)
        if not self._closed.is_set():
            self._recorder.away(begin_ms, self._clock())
            self.open(address)


def _described(method: str) -> MethodDescriptor | None:
    service, _, name = method.removeprefix("/").rpartition("/")
    try:
        found: MethodDescriptor | None = (
            descriptor_pool.Default().FindServiceByName(service).methods_by_name.get(name)
        )
    except KeyError:
        return None
    return found


def _timeout_s(context: grpc.ServicerContext) -> float | None:
    """What is left of the caller's patience; without a deadline gRPC says some centuries, and takes none."""
    left_s = context.time_remaining()
    return left_s if left_s is not None and left_s < MOST_PATIENCE_S else None


def _metadata(context: grpc.ServicerContext) -> list[tuple[str, str | bytes]]:
    sent: Iterable[Any] = context.invocation_metadata()
    return [(name, value) for name, value in sent if name in PASSED_ON]


def _abort(context: grpc.ServicerContext, error: grpc.RpcError) -> NoReturn:
    """The services' own refusal, with all its details."""
    trailing: Iterable[Any] = error.trailing_metadata() or ()
    context.set_trailing_metadata(tuple((name, value) for name, value in trailing))
    context.abort(error.code(), error.details() or "")
