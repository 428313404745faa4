"""What stands in front of every RPC: who calls, whether they may, and what an error looks like to them.

A unary call is admitted once. A stream may last for days, so its caller is admitted again while it does:
before each message either way, and when the servicer asks ``context.is_active()``, as watchers that wait do.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, Protocol, TypeAlias

import grpc
from grpc_status import rpc_status

from kit import errors
from kit.grpc.status import to_status
from kit.grpc.stream_places import StreamPlaces
from kit.security import certificates
from kit.security.caller import Caller, set_current_caller
from kit.security.permissions import OPEN_RPCS, OPEN_SERVICES, PERMISSIONS

_Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"
_Admit: TypeAlias = Callable[[grpc.ServicerContext], Caller | None]
"""Who calls; None: whoever does, without a credential."""

ADMITTED_S = 0.5
"""How long a stream's caller stays admitted. A watcher asks at least once a second (``watching.LOOK_S``), so
that a stream ends within two seconds after its credential was revoked."""

_log = logging.getLogger(__name__)


class Authenticator(Protocol):
    """Turns a token into a caller; the directory does."""

    def authenticate(self, token: str) -> Caller:
        """Raises UnauthenticatedError if nobody was issued it, it was revoked, or its time is over."""
        ...


class RateLimit(Protocol):
    """How many calls a credential may make; ``kit.security.rate_limits`` has it."""

    def take(self, credential: str) -> None:
        """Raises OverloadedError (retryable) if the credential has made too many."""
        ...


class GuardInterceptor(grpc.ServerInterceptor):
    """Checks credential, permission table and rate, then maps errors of the call to statuses."""

    def __init__(self, authenticator: Authenticator, rate_limit: RateLimit | None = None) -> None:
        self._authenticator = authenticator
        self._rate_limit = rate_limit
        self._places = StreamPlaces()

    def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], _Handler | None],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> _Handler | None:
        handler = continuation(handler_call_details)
        method = handler_call_details.method
        if handler is None or method.startswith(OPEN_SERVICES):
            return handler
        if method in OPEN_RPCS:
            return _guarded(handler, method, lambda context: None, self._count, self._places)
        metadata = dict(handler_call_details.invocation_metadata or ())
        authorization = metadata.get("authorization", "")

        def admit(context: grpc.ServicerContext) -> Caller:
            caller = self._caller(method, authorization)
            _require_certificate(caller, context)
            return caller

        return _guarded(handler, method, admit, self._count, self._places)

    def _count(self, caller: Caller) -> None:
        if self._rate_limit is not None:
            self._rate_limit.take(caller.credential_id or caller.party_id)

    def _caller(self, method: str, authorization: str | bytes) -> Caller:
        header = authorization.decode() if isinstance(authorization, bytes) else authorization
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise errors.UnauthenticatedError(
                "authorization: missing; send 'authorization: Bearer <token>' with a registry credential",
                zh="缺少 authorization；请在元数据中携带登记处签发的令牌，即 authorization: Bearer <令牌>",
                reason="CREDENTIAL_MISSING",
            )
        caller = self._authenticator.authenticate(token)
        allowed = PERMISSIONS.get(method, frozenset())
        if caller.role not in allowed:
            roles = ", ".join(sorted(role.name.lower() for role in allowed)) or "nobody"
            raise errors.PermissionDeniedError(
                f"{method}: role {caller.role.name.lower()} may not call this; allowed: {roles}",
                zh=f"{method}：角色 {caller.role.name.lower()} 无权调用；允许的角色：{roles}",
                reason="ROLE_NOT_ALLOWED",
            )
        return caller


def _require_certificate(caller: Caller, context: grpc.ServicerContext) -> None:
    """Of a token that is bound to a certificate (RFC 8705): the connection must have shown that one."""
    if not caller.certificate_sha256:
        return
    shown: Iterable[bytes] = context.auth_context().get("x509_pem_cert", ())  # type: ignore[assignment]
    if not any(certificates.thumbprint(pem) == caller.certificate_sha256 for pem in shown):
        raise errors.UnauthenticatedError(
            "authorization: the access token is bound to another TLS certificate; connect with the one it was"
            " issued to",
            zh="authorization：该访问令牌与另一张 TLS 证书绑定；请使用申领时的证书连接",
            reason="CREDENTIAL_WRONG_CERTIFICATE",
        )


class _StreamContext:
    """A stream's ``grpc.ServicerContext``, active only as long as its caller is admitted."""

    def __init__(self, context: grpc.ServicerContext, admit: _Admit) -> None:
        self._context = context
        self._admit = admit
        self._until_s = time.monotonic() + ADMITTED_S
        self._refusal: errors.PermanentError | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def is_active(self) -> bool:
        """Whether the call goes on and its caller may still make it."""
        return self._context.is_active() and self._refused() is None

    def require_admitted(self) -> None:
        """Raises what the caller is refused with by now: UnauthenticatedError, PermissionDeniedError."""
        if (refusal := self._refused()) is not None:
            raise refusal

    def _refused(self) -> errors.PermanentError | None:
        if self._refusal is None and time.monotonic() >= self._until_s:
            self._until_s = time.monotonic() + ADMITTED_S
            try:
                self._admit(self._context)
            except errors.PermanentError as refusal:
                self._refusal = refusal
            except errors.RetryableError:
                pass  # nobody can say now; who was admitted stays so until somebody can
        return self._refusal


def _guarded(
    handler: _Handler, method: str, admit: _Admit, count: Callable[[Caller], None], places: StreamPlaces
) -> _Handler:
    inner: Any
    if handler.response_streaming:
        inner = handler.stream_stream if handler.request_streaming else handler.unary_stream

        def stream(request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
            with _errors_answered(context, method):
                party_id = _enter(admit, count, context)
                with places.taken(party_id):
                    lasting = _StreamContext(context, admit)
                    if handler.request_streaming:
                        request = _while_admitted(request, lasting)
                    yield from _while_admitted(inner(request, lasting), lasting)
                    lasting.require_admitted()

        make = (
            grpc.stream_stream_rpc_method_handler
            if handler.request_streaming
            else grpc.unary_stream_rpc_method_handler
        )
        return make(stream, handler.request_deserializer, handler.response_serializer)

    inner = handler.stream_unary if handler.request_streaming else handler.unary_unary

    def single(request: Any, context: grpc.ServicerContext) -> Any:
        with _errors_answered(context, method):
            party_id = _enter(admit, count, context)
            if not handler.request_streaming:
                return inner(request, context)
            with places.taken(party_id):
                return inner(_while_admitted(request, _StreamContext(context, admit)), context)

    make = (
        grpc.stream_unary_rpc_method_handler
        if handler.request_streaming
        else grpc.unary_unary_rpc_method_handler
    )
    return make(single, handler.request_deserializer, handler.response_serializer)


def _enter(admit: _Admit, count: Callable[[Caller], None], context: grpc.ServicerContext) -> str:
    """Let the caller in; answers the party, empty if nobody in particular calls."""
    set_current_caller(None)  # threads are used again: nothing of an earlier call may remain
    caller = admit(context)
    if caller is None:
        return ""
    count(caller)
    set_current_caller(caller)
    return caller.party_id


def _while_admitted(messages: Iterator[Any], context: _StreamContext) -> Iterator[Any]:
    for message in messages:
        context.require_admitted()
        yield message


@contextmanager
def _errors_answered(context: grpc.ServicerContext, method: str) -> Iterator[None]:
    """Answer whatever is raised as a status; what a mistake of the program says is for the log alone."""
    try:
        yield
    except errors.QuzhongError as error:
        if isinstance(error, errors.RetryableError):
            _log.warning("%s: %s", error.reason, error.message)
        if isinstance(error, errors.StorageUnavailableError):
            error = _store_away(error)
        _abort(context, error)
    except grpc.RpcError:
        raise  # the caller is gone: there is nobody to answer
    except Exception:  # noqa: BLE001 - see above
        _log.exception("%s: a mistake of the program", method)
        _abort(
            context,
            errors.QuzhongError(
                f"{method}: a mistake of the server; its operator finds it in the log at this time",
                zh=f"{method}：服务器内部错误；运维人员可在该时刻的日志中查到原因",
            ),
        )


def _store_away(error: errors.StorageUnavailableError) -> errors.StorageUnavailableError:
    """As a caller is told: where the store is, and what its driver says, is for the log alone."""
    told = errors.StorageUnavailableError(
        "what this service keeps cannot be read or written at the moment; send the same again",
        zh="本服务的数据暂时无法读写；请重发同一请求",
        reason=error.reason,
    )
    told.retry_after_s = error.retry_after_s
    return told


def _abort(context: grpc.ServicerContext, error: errors.QuzhongError) -> NoReturn:
    context.abort_with_status(rpc_status.to_status(to_status(error)))
    raise AssertionError("abort_with_status raises")
