"""What can go wrong, as exceptions a program can tell apart.

QuzhongError
├── ApiError                      the server answered with a status: ``code``, ``reason``, ``field``, ``zh``
│   ├── InvalidArgumentError          a field is wrong: mend the request
│   ├── NotFoundError                 no such thing: check the name
│   ├── AlreadyExistsError            there already, with other content: choose another name
│   ├── FailedPreconditionError       not in this state: do first what the message says
│   ├── ConflictError                 somebody changed it meanwhile: read it again, then decide anew
│   ├── UnauthenticatedError          no or unknown credential: ask the registry for one
│   ├── PermissionDeniedError         known, but may not: ask the registry for the role or the area
│   ├── ResourceExhaustedError        too much at once: resent when the server says; or too large: split
│   ├── DeadlineExceededError         no answer in time: the call may have had its effect; resending is safe
│   ├── UnavailableError              cannot be had at the moment: the client resends it by itself
│   └── ServerError                   any other status: report it with its reason
├── IdentityError                 what a worker is known by cannot be right: ``position`` says where
├── PseudonymError                no pseudonym could be made
│   ├── EvaluationRefusedError        the registry's answer does not prove itself: report it, use no other
│   ├── KeyChangedError               a version's public key is another than before: report it
│   ├── PseudonymNotReadyError        asyncio only: ``await pseudonyms(…)`` first
│   └── LocalKeyInProductionError     keyed hashes are for sandboxes: use ``ObliviousPseudonymiser``
├── UndeliveredError              batches that got no answer; nothing is lost, they are in ``batches``
├── SpoolError                    the folder of what ``close`` could not deliver: mend what it names
└── ClientClosedError             the client was used after ``close``
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

if TYPE_CHECKING:
    from quzhong.batching import Batch


TOKEN_ENDPOINT_AWAY = "TOKEN_ENDPOINT_AWAY"
"""Of the ``UnavailableError`` that is not resent: the token endpoint has been away for too long."""


class QuzhongError(Exception):
    """Base of all errors of this package."""


class ApiError(QuzhongError):
    """The server answered with a status. Subclasses say what to do next."""

    def __init__(self, code: grpc.StatusCode, message: str, details: ErrorDetails) -> None:
        super().__init__(f"{details.reason or code.name}: {message}")
        self.code = code
        """gRPC status."""
        self.message = message
        """In English."""
        self.reason = details.reason
        """UPPER_SNAKE and stable: what a program decides by. Empty if the server did not say."""
        self.field = details.field
        """The request's field that is wrong, if one is."""
        self.zh = details.zh or message
        """In Chinese; the English text if the server sent no other."""
        self.metadata = details.metadata
        """What else the server said about it, e.g. the limit that was passed."""
        self.retry_after_s = details.retry_after_s
        """How long the server asks to wait, seconds; 0 if it did not say."""


class InvalidArgumentError(ApiError):
    """A field is wrong. Mend ``field`` and send again."""


class NotFoundError(ApiError):
    """No such thing. Check the name."""


class AlreadyExistsError(ApiError):
    """The thing is there already with other content. Choose another name, or amend it."""


class FailedPreconditionError(ApiError):
    """Something else has to be done first; the message names it."""


class ConflictError(ApiError):
    """Somebody changed the thing since it was read (VERSION_CONFLICT). Read it again, then decide anew; to
    send the same again cannot help."""


class UnauthenticatedError(ApiError):
    """The token is missing, unknown or revoked. Ask the registry for a credential."""


class PermissionDeniedError(ApiError):
    """The token is good but may not do this. Use the platform's own token, or ask the registry."""


class ResourceExhaustedError(ApiError):
    """Too much at once, which the client has resent as the server asked; or, where ``retry_after_s`` is 0,
    one message that is too large: split the batch."""


class DeadlineExceededError(ApiError):
    """No answer within ``timeout_s``. The call may have had its effect; resending the same request_id is
    safe."""


class UnavailableError(ApiError):
    """The service cannot be had now. The client has resent it for as long as its ``RetryPolicy`` says."""


class ServerError(ApiError):
    """A status that should not happen. Report it with its ``reason`` and message."""


class IdentityError(QuzhongError, ValueError):
    """What a worker is known by cannot be right. The text says what is wrong and where, never what was given:
    it may end up in a log."""

    def __init__(self, reason: str, message: str, zh: str, position: int = 0) -> None:
        super().__init__(f"identity: {message}")
        self.reason = reason
        """UPPER_SNAKE and stable: CHECK_CHARACTER, LENGTH, CHARACTER, BIRTH_DATE, PHONE_NUMBER, EMPTY."""
        self.zh = f"identity：{zh}"
        """In Chinese."""
        self.position = position
        """The character that is wrong, from 1, of the number without blanks; 0: the whole of it."""


class PseudonymError(QuzhongError):
    """No pseudonym could be made. Nothing was sent that tells who the worker is."""


class EvaluationRefusedError(PseudonymError):
    """The registry's answer was not made with the key it published, or was changed on the way. Pseudonyms
    from it would tear workers apart, or mark single ones. Report it to the registry."""


class KeyChangedError(PseudonymError):
    """The public key of a version is another than it was, or than was pinned. Do not go on with it: ask the
    registry, by another way than this connection, which one is right."""


class PseudonymNotReadyError(PseudonymError):
    """``pseudonym`` of the asyncio pseudonymiser only looks up. Call ``await pseudonyms([…])`` first."""


class LocalKeyInProductionError(PseudonymError):
    """``LocalPseudonymiser`` was made where QUZHONG_ENVIRONMENT is ``production``. Whoever holds its key can
    find out who every worker is: use ``ObliviousPseudonymiser``."""


class ClientClosedError(QuzhongError):
    """The client was used after ``close``. Make a new one."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A batch that got no answer."""

    batch: Batch
    """The rows, under the request_id they were sent with."""
    error: ApiError | None
    """Why it was given up; None: it was never sent, ``close`` had no time left."""


class UndeliveredError(QuzhongError):
    """Batches that got no answer. They are in ``batches``, whole: mend the cause and call ``resend``, or
    store their rows and add them to another client later (a row that did arrive then counts as a
    duplicate). From ``close`` of a client with a ``spool`` there is nothing to do: they are in its folder
    too, unless ``spool_error`` says otherwise."""

    def __init__(self, batches: Sequence[Undelivered], spool_error: SpoolError | None = None) -> None:
        rows = sum(len(each.batch.rows) for each in batches)
        cause = next(
            (each.error for each in reversed(batches) if each.error), "no time was left to send them"
        )
        super().__init__(
            f"{rows} rows in {len(batches)} batches were given up and are kept: mend the cause and resend; "
            f"last: {cause}" + (f"; {spool_error}" if spool_error else "")
        )
        self.batches = tuple(batches)
        self.spool_error = spool_error
        """Why some of them are not in the spool."""


class SpoolError(QuzhongError):
    """The folder of what ``close`` could not deliver cannot be used, or a file in it is damaged or another
    platform's. Nothing in it was sent, changed or deleted: mend the folder, or move the file that is named
    elsewhere, and make the client again."""

    def __init__(self, message: str) -> None:
        super().__init__(f"spool: {message}")


@dataclass(frozen=True, slots=True)
class ErrorDetails:
    """What the details of a ``google.rpc.Status`` say."""

    reason: str = ""
    """Of ``ErrorInfo``."""
    field: str = ""
    """Of the first violation of ``BadRequest``."""
    zh: str = ""
    """Of ``LocalizedMessage``."""
    metadata: Mapping[str, str] | None = None
    """Of ``ErrorInfo``."""
    retry_after_s: float = 0.0
    """Of ``RetryInfo``, seconds."""


_CLASSES: Mapping[grpc.StatusCode, type[ApiError]] = {
    grpc.StatusCode.INVALID_ARGUMENT: InvalidArgumentError,
    grpc.StatusCode.NOT_FOUND: NotFoundError,
    grpc.StatusCode.ALREADY_EXISTS: AlreadyExistsError,
    grpc.StatusCode.FAILED_PRECONDITION: FailedPreconditionError,
    grpc.StatusCode.ABORTED: ConflictError,
    grpc.StatusCode.UNAUTHENTICATED: UnauthenticatedError,
    grpc.StatusCode.PERMISSION_DENIED: PermissionDeniedError,
    grpc.StatusCode.RESOURCE_EXHAUSTED: ResourceExhaustedError,
    grpc.StatusCode.DEADLINE_EXCEEDED: DeadlineExceededError,
    grpc.StatusCode.UNAVAILABLE: UnavailableError,
}


def from_rpc_error(error: grpc.RpcError) -> ApiError:
    """The typed error of a failed call, of ``grpc`` or ``grpc.aio``.

    >>> try:
    ...     stub.SubmitDispatches(request)
    ... except grpc.RpcError as error:
    ...     raise from_rpc_error(error) from error
    """
    code, message = error.code(), error.details() or ""
    return _CLASSES.get(code, ServerError)(code, message, _details_of(error))


def _details_of(error: grpc.RpcError) -> ErrorDetails:
    try:
        status = rpc_status.from_call(error)
    except ValueError:  # the trailer contradicts the status: trust the status alone
        status = None
    if status is None:
        return ErrorDetails(metadata={})
    info = error_details_pb2.ErrorInfo()
    violations = error_details_pb2.BadRequest()
    localized = error_details_pb2.LocalizedMessage()
    retry = error_details_pb2.RetryInfo()
    for detail in status.details:
        for known in (info, violations, localized, retry):
            if detail.Is(known.DESCRIPTOR):
                detail.Unpack(known)
    return ErrorDetails(
        reason=info.reason,
        field=violations.field_violations[0].field if violations.field_violations else "",
        zh=localized.message,
        metadata=dict(info.metadata),
        retry_after_s=retry.retry_delay.ToTimedelta().total_seconds(),
    )
