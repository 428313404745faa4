"""Every error that crosses a layer, told apart once into permanent and retryable.

QuzhongError
├── PermanentError            the same input fails the same way: mend the input
│   ├── InvalidArgumentError      a field is wrong; ``field`` names it
│   ├── NotFoundError             no such thing
│   ├── OffsetGoneError           the log has dropped these records: its retention has passed
│   ├── AlreadyExistsError        the thing is there already, differently
│   ├── FailedPreconditionError   not in this state
│   ├── ConflictError             somebody changed it meanwhile: read it again, then decide anew
│   ├── UnauthenticatedError      no or unknown credential
│   ├── PermissionDeniedError     a known caller who may not
│   ├── BatchTooLargeError        split it
│   ├── PartitionCountError       a topic exists with another partition count
│   ├── SchemaBehindError         the store's tables are those of an earlier release
│   ├── SchemaUnknownError        the store's tables are of no release
│   └── MalformedRecordError      a log record that cannot be decoded: goes to the dead-letter topic
└── RetryableError            the same input may succeed later: wait, then send it again
    ├── LogUnavailableError       the event log cannot take or give records
    ├── StorageUnavailableError   the store cannot be written or read
    ├── OverloadedError           too much at once: back off
    └── FencedError               another process owns the partition now: rejoin

Retryable is what may be sent again: clients resend UNAVAILABLE, and RESOURCE_EXHAUSTED (OverloadedError)
after the time its ``RetryInfo`` asks for, with jitter on top, for as long as their patience lasts.

``kit.grpc.status`` maps them to gRPC, ``services.portal.problems`` to problem+json.
"""

from __future__ import annotations

from collections.abc import Mapping


class QuzhongError(Exception):
    """Base of all. ``reason`` is UPPER_SNAKE and stable; ``zh`` is the message in Chinese."""

    reason = "INTERNAL"

    def __init__(
        self,
        message: str,
        *,
        zh: str = "",
        reason: str | None = None,
        field: str = "",
        metadata: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.zh = zh or message
        self.field = field
        self.metadata = dict(metadata or {})
        if reason is not None:
            self.reason = reason


class PermanentError(QuzhongError):
    """The same input fails the same way. The operator mends the input."""


class InvalidArgumentError(PermanentError):
    """A field is wrong. The operator reads ``field`` and mends it."""

    reason = "INVALID_ARGUMENT"


class NotFoundError(PermanentError):
    """No such thing. The operator checks the name."""

    reason = "NOT_FOUND"


class OffsetGoneError(PermanentError):
    """The log has dropped these records. The operator reads from ``metadata["first"]`` on, or a backup."""

    reason = "OFFSET_GONE"


class AlreadyExistsError(PermanentError):
    """The thing exists already with other content. The operator picks another name or amends it."""

    reason = "ALREADY_EXISTS"


class FailedPreconditionError(PermanentError):
    """Not in the state this needs. The operator reads the message for the missing step."""

    reason = "FAILED_PRECONDITION"


class ConflictError(PermanentError):
    """Somebody changed the thing since it was read. The operator reads it again, then decides anew."""

    reason = "VERSION_CONFLICT"


class UnauthenticatedError(PermanentError):
    """No credential, or one nobody issued. The operator asks the registry for a credential."""

    reason = "CREDENTIAL_UNKNOWN"


class PermissionDeniedError(PermanentError):
    """A known caller who may not. The operator asks the registry for the role, or stays within its area."""

    reason = "PERMISSION_DENIED"


class BatchTooLargeError(PermanentError):
    """More rows or bytes than one call takes. The operator splits the batch or uses the upload stream."""

    reason = "BATCH_TOO_LARGE"


class SchemaBehindError(PermanentError):
    """The store's tables are those of an earlier release. The operator runs ``quzhong db upgrade``."""

    reason = "SCHEMA_BEHIND"


class SchemaUnknownError(PermanentError):
    """The store has tables of no release. The operator names another store, or moves this one away."""

    reason = "SCHEMA_UNKNOWN"


class MalformedRecordError(PermanentError):
    """A log record that cannot be decoded. The operator looks in the topic's dead-letter topic."""

    reason = "MALFORMED_RECORD"


class RetryableError(QuzhongError):
    """The same input may succeed later; ``RetryInfo`` says when. The operator waits.

    The SDK resends it by itself.
    """

    retry_after_s = 1.0


class LogUnavailableError(RetryableError):
    """The event log cannot take or give records. The operator looks at the broker, or the log file's disk."""

    reason = "LOG_UNAVAILABLE"


class StorageUnavailableError(RetryableError):
    """The store cannot be written or read. The operator looks at the disk or at PostgreSQL."""

    reason = "STORAGE_UNAVAILABLE"


class OverloadedError(RetryableError):
    """Too much at once. The operator adds processes, or the caller slows down.

    RESOURCE_EXHAUSTED with ``RetryInfo``: no client comes back earlier than that.
    """

    reason = "OVERLOADED"


class FencedError(RetryableError):
    """Another process owns the partition now. Nothing to do: the consumer rejoins its group."""

    reason = "FENCED"


class PartitionCountError(PermanentError):
    """A topic exists with another count. The operator keeps the count or starts a new installation."""

    reason = "PARTITION_COUNT_FIXED"
