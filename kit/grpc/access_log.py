"""Who looked at single workers' data, at what, and why: one entry of the service's ledger a call.

It stands behind the guard, so the caller is known and may make the call. The entry is written before the
call is answered, and if it cannot be written the call is refused: nobody looks without a trace. Of a stream
there is one entry, at its opening; of a list, one a page.

The reason comes as metadata: ``quzhong-reason`` (ASCII) or ``quzhong-reason-bin`` (UTF-8, for Chinese).
Who gives none is entered as "not stated".

Workers are entered by their marks (``kit.ledger.worker_marks``), as a ledger outlives what it tells of.

The credential is entered too: of a local account it says which of a party's people looked (``ListAccounts``
tells whose it is).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeAlias, runtime_checkable

import grpc
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from kit.errors import InvalidArgumentError
from kit.ledger import NOT_STATED, Act, Ledger
from kit.ledger.canonical import Json
from kit.security.caller import Caller, current_caller

_Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"

REASON, REASON_BINARY = "quzhong-reason", "quzhong-reason-bin"

WORKER_DATA_READ = "worker_data.read"
"""The action of these entries."""

WORKER_LEVEL_RPCS = frozenset(
    {
        "/quzhong.api.algo_audit.v1.AppealService/GetAppeal",
        "/quzhong.api.algo_audit.v1.AppealService/ListAppeals",
        "/quzhong.api.intake.v1.IntakeService/ReadWorkerEvents",
        "/quzhong.api.notify.v1.NotifyService/GetCase",
        "/quzhong.api.workhours.v1.WorkhoursService/Explain",
        "/quzhong.api.workhours.v1.WorkhoursService/GetFinding",
        "/quzhong.api.workhours.v1.WorkhoursService/GetWorkerTimeline",
        "/quzhong.api.workhours.v1.WorkhoursService/ListAdvisories",
        "/quzhong.api.workhours.v1.WorkhoursService/ListFindings",
        "/quzhong.api.workhours.v1.WorkhoursService/WatchAdvisories",
        "/quzhong.api.workhours.v1.WorkhoursService/WatchFindings",
    }
)
"""RPCs whose answers hold a worker's pseudonym; a test compares them with the contract."""

LONGEST_VALUE, MOST_VALUES = 200, 20
"""Of what a request asks for, as it is entered: characters of a text, elements of a list."""

_NOT_TOLD = frozenset({"page_size", "page_token", "resume_token"})
"""Where in a list somebody is says nothing of what they look at."""

_WORKER = "worker_id"
_WORKERS = (_WORKER, "worker_ids")
"""Fields that hold pseudonyms: entered as the ledger's marks, so that an erasure leaves none behind."""

_SUBJECTS = (_WORKER, "finding_id", "case_id", "appeal_id")
"""Fields that name what is looked at, the most exact first."""


@runtime_checkable
class KeepsAccessLog(Protocol):
    """A unit whose RPCs are among ``WORKER_LEVEL_RPCS``."""

    @property
    def grpc_services(self) -> tuple[str, ...]: ...

    @property
    def access_log(self) -> Ledger:
        """Where it is entered who looked."""
        ...


class AccessLogInterceptor(grpc.ServerInterceptor):
    """Enters each call of a worker-level RPC in the ledger of the service that answers it."""

    def __init__(self, units: Iterable[object]) -> None:
        """Of units that keep no access log nothing is entered."""
        self._ledgers: Mapping[str, Ledger] = {
            name: unit.access_log
            for unit in units
            if isinstance(unit, KeepsAccessLog)
            for name in unit.grpc_services
        }

    def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], _Handler | None],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> _Handler | None:
        handler = continuation(handler_call_details)
        method = handler_call_details.method
        ledger = self._ledgers.get(method[1:].rpartition("/")[0])
        if handler is None or ledger is None or method not in WORKER_LEVEL_RPCS:
            return handler
        metadata = dict(handler_call_details.invocation_metadata or ())

        def logged(inner: Any) -> Callable[..., Any]:
            def call(request: Message, context: grpc.ServicerContext) -> Any:
                act = access(current_caller(), method, request, _reason(metadata), ledger.marks.mark)
                ledger.record_alone(act)
                return inner(request, context)

            return call

        if handler.response_streaming:
            return grpc.unary_stream_rpc_method_handler(
                logged(handler.unary_stream), handler.request_deserializer, handler.response_serializer
            )
        return grpc.unary_unary_rpc_method_handler(
            logged(handler.unary_unary), handler.request_deserializer, handler.response_serializer
        )


def access(caller: Caller, method: str, request: Message, reason: str, mark: Callable[[str], str]) -> Act:
    """The entry of one call. ``mark``: how it names a pseudonym."""
    return Act(
        action=WORKER_DATA_READ,
        subject=_subject(caller, request, mark),
        actor=caller.party_id,
        reason=reason,
        details={
            "rpc": method[1:],
            "role": caller.role.name.lower(),
            "credential_id": caller.credential_id,
            "asked": _asked(request, mark),
        },
    )


def _subject(caller: Caller, request: Message, mark: Callable[[str], str]) -> str:
    """``worker/…``, ``finding/…``; ``workers`` if the request names no single one. A worker looks at their
    own record, whatever the request names; the actor is then who vouched for them."""
    if caller.worker_ids:
        return f"worker/{mark(caller.worker_ids[0])}"
    names = request.DESCRIPTOR.fields_by_name
    for name in _SUBJECTS:
        if name in names and (value := getattr(request, name)):
            return f"{name.removesuffix('_id')}/{mark(value) if name == _WORKER else value}"
    return "workers"


def _asked(message: Message, mark: Callable[[str], str]) -> Json:
    """What a request asks for. It has not been checked yet, so nothing here may be taken for granted."""
    if isinstance(message, Timestamp):
        try:
            return message.ToJsonString()
        except ValueError:  # outside the calendar: the service will say so
            return f"{message.seconds} s, {message.nanos} ns"
    asked: dict[str, Json] = {}
    for field, value in message.ListFields():
        if field.name in _NOT_TOLD:
            continue
        if field.is_repeated:
            asked[field.name] = [_told(field, each, mark) for each in list(value)[:MOST_VALUES]]
        else:
            asked[field.name] = _told(field, value, mark)
    return asked


def _told(field: FieldDescriptor, value: Any, mark: Callable[[str], str]) -> Json:
    if field.enum_type is not None:
        known = field.enum_type.values_by_number.get(value)
        return str(value) if known is None else known.name
    match value:
        case Message():
            return _asked(value, mark)
        case bool():
            return value
        case str():
            return mark(value) if field.name in _WORKERS else value[:LONGEST_VALUE]
        case bytes():
            return value[:LONGEST_VALUE].hex()
    return str(value)  # as text: canonical JSON has no floats, and no whole numbers of 64 bits


def _reason(metadata: Mapping[str, str | bytes]) -> str:
    given = metadata.get(REASON_BINARY, metadata.get(REASON, ""))
    try:
        text = given.decode() if isinstance(given, bytes) else given
    except UnicodeDecodeError as error:
        raise InvalidArgumentError(
            f"{REASON_BINARY}: the reason is no UTF-8; encode it so, or send ASCII as {REASON}",
            zh=f"{REASON_BINARY}：查阅理由不是 UTF-8 文本；请改用 UTF-8 编码，或以 {REASON} 发送 ASCII 文本",
            field=REASON_BINARY,
            reason="REASON_NOT_UTF8",
        ) from error
    return text.strip() or NOT_STATED
