"""Quzhong (取中): hand in work-session and dispatch events of platform work, and hear what became of each.

``Client`` for threads, ``AsyncClient`` for asyncio; ``DispatchRow`` and ``WorkSessionRow`` are what they
take; errors are a tree under ``QuzhongError``. ``quzhong.api`` has the generated protobuf and gRPC code of
every service.
"""

from quzhong.aio import AsyncClient
from quzhong.answers import BatchAnswer, Rejected, Totals, UploadAnswer, Verdict
from quzhong.channel import OPTIONS as CHANNEL_OPTIONS
from quzhong.channel import bearer
from quzhong.client import Client
from quzhong.errors import (
    AlreadyExistsError,
    ApiError,
    ClientClosedError,
    DeadlineExceededError,
    FailedPreconditionError,
    InvalidArgumentError,
    NotFoundError,
    PermissionDeniedError,
    QuzhongError,
    ResourceExhaustedError,
    ServerError,
    UnauthenticatedError,
    UnavailableError,
    Undelivered,
    UndeliveredError,
    from_rpc_error,
)
from quzhong.pseudonyms import LocalPseudonymiser, Pseudonymiser
from quzhong.retry import RetryPolicy
from quzhong.rows import (
    DispatchKind,
    DispatchRow,
    ServiceKind,
    Vehicle,
    Weather,
    WorkSessionKind,
    WorkSessionRow,
)

__version__ = "0.1.0"

__all__ = [
    "CHANNEL_OPTIONS",
    "AlreadyExistsError",
    "ApiError",
    "AsyncClient",
    "BatchAnswer",
    "Client",
    "ClientClosedError",
    "DeadlineExceededError",
    "DispatchKind",
    "DispatchRow",
    "FailedPreconditionError",
    "InvalidArgumentError",
    "LocalPseudonymiser",
    "NotFoundError",
    "PermissionDeniedError",
    "Pseudonymiser",
    "QuzhongError",
    "Rejected",
    "ResourceExhaustedError",
    "RetryPolicy",
    "ServerError",
    "ServiceKind",
    "Totals",
    "UnauthenticatedError",
    "UnavailableError",
    "Undelivered",
    "UndeliveredError",
    "UploadAnswer",
    "Vehicle",
    "Verdict",
    "Weather",
    "WorkSessionKind",
    "WorkSessionRow",
    "bearer",
    "from_rpc_error",
]
