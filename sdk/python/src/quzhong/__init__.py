"""Quzhong (取中): hand in work-session and dispatch events of platform work, and hear what became of each.

``Client`` for threads, ``AsyncClient`` for asyncio; ``DispatchRow`` and ``WorkSessionRow`` are what they
take; ``correct`` and ``delete`` make the rows that replace them. ``ObliviousPseudonymiser`` turns who a
worker is into a pseudonym, with a key that the registry keeps and without telling it. ``watch_advisories``
says what to do for whom, before a limit is passed. Errors are a tree under ``QuzhongError``.
``quzhong.api`` has the generated protobuf and gRPC code of every service.
"""

from quzhong.advisories import (
    Advised,
    Advisory,
    AdvisoryKind,
    AdvisoryPage,
    AdvisoryWatch,
    list_advisories,
    watch_advisories,
)
from quzhong.aio import AsyncClient
from quzhong.aio_advisories import AsyncAdvisoryWatch, list_advisories_async, watch_advisories_async
from quzhong.aio_oblivious import AsyncObliviousPseudonymiser
from quzhong.answers import BatchAnswer, Rejected, Totals, UploadAnswer, Verdict
from quzhong.channel import OPTIONS as CHANNEL_OPTIONS
from quzhong.channel import bearer
from quzhong.client import Client
from quzhong.corrections import correct, delete
from quzhong.errors import (
    AlreadyExistsError,
    ApiError,
    ClientClosedError,
    ConflictError,
    DeadlineExceededError,
    EvaluationRefusedError,
    FailedPreconditionError,
    IdentityError,
    InvalidArgumentError,
    KeyChangedError,
    LocalKeyInProductionError,
    NotFoundError,
    PermissionDeniedError,
    PseudonymError,
    PseudonymNotReadyError,
    QuzhongError,
    ResourceExhaustedError,
    ServerError,
    SpoolError,
    UnauthenticatedError,
    UnavailableError,
    Undelivered,
    UndeliveredError,
    from_rpc_error,
)
from quzhong.evaluation_rounds import PseudonymKey
from quzhong.oauth import PrivateKeyJwt
from quzhong.oblivious import ObliviousPseudonymiser
from quzhong.pseudonyms import LocalPseudonymiser, Pseudonymiser
from quzhong.retry import RetryPolicy
from quzhong.rows import (
    DispatchKind,
    DispatchRow,
    EmploymentForm,
    ServiceKind,
    TenureBand,
    Vehicle,
    Weather,
    WorkSessionKind,
    WorkSessionRow,
)

__version__ = "0.1.0"

__all__ = [
    "CHANNEL_OPTIONS",
    "Advised",
    "Advisory",
    "AdvisoryKind",
    "AdvisoryPage",
    "AdvisoryWatch",
    "AlreadyExistsError",
    "ApiError",
    "AsyncAdvisoryWatch",
    "AsyncClient",
    "AsyncObliviousPseudonymiser",
    "BatchAnswer",
    "Client",
    "ClientClosedError",
    "ConflictError",
    "DeadlineExceededError",
    "DispatchKind",
    "DispatchRow",
    "EmploymentForm",
    "EvaluationRefusedError",
    "FailedPreconditionError",
    "IdentityError",
    "InvalidArgumentError",
    "KeyChangedError",
    "LocalKeyInProductionError",
    "LocalPseudonymiser",
    "NotFoundError",
    "ObliviousPseudonymiser",
    "PermissionDeniedError",
    "PrivateKeyJwt",
    "PseudonymError",
    "PseudonymKey",
    "PseudonymNotReadyError",
    "Pseudonymiser",
    "QuzhongError",
    "Rejected",
    "ResourceExhaustedError",
    "RetryPolicy",
    "ServerError",
    "ServiceKind",
    "SpoolError",
    "TenureBand",
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
    "correct",
    "delete",
    "from_rpc_error",
    "list_advisories",
    "list_advisories_async",
    "watch_advisories",
    "watch_advisories_async",
]
