"""What consultations and appeals have in common: a mutation takes effect once, or says why not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from kit.directory.entries import PartyEntry
from kit.errors import (
    AlreadyExistsError,
    FailedPreconditionError,
    InvalidArgumentError,
    NotFoundError,
    PermanentError,
    PermissionDeniedError,
)
from kit.security.caller import Caller, Role
from kit.security.sight import may_see_aggregates
from services.algo_audit.core.refused import Because, RefusedError

_REQUEST_ID = re.compile(r"[!-~]{1,64}")
"""As the registry takes them."""

_ERRORS: dict[Because, type[PermanentError]] = {
    Because.FIELD: InvalidArgumentError,
    Because.STATE: FailedPreconditionError,
    Because.PARTY: PermissionDeniedError,
}


class Mutation(NamedTuple):
    """A call as it is recognised when it comes again."""

    party_id: str
    """Who asks: two callers may choose the same id."""
    request_id: str
    content_sha256: bytes
    """Of the message's name and content: other content under the same id is an error."""


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """What a mutation was answered with."""

    content_sha256: bytes
    entity: str
    """Id of the consultation or appeal: a repeat is answered with it as it stands now."""


class Answers(Protocol):
    """What mutations were answered with, for seven days. ``connection``: the caller's transaction."""

    def earlier(self, connection: Any, mutation: Mutation) -> EarlierAnswer | None: ...

    def keep(self, connection: Any, mutation: Mutation, entity: str, now_ms: int) -> None: ...


class Parties(Protocol):
    """Who is registered; the directory knows."""

    def platform(self, platform_id: str) -> PartyEntry | None: ...

    def parties(self, role: Role | None = None) -> list[PartyEntry]: ...

    def knows_area(self, area_code: str) -> bool: ...


def check_request_id(mutation: Mutation) -> None:
    """Raise InvalidArgumentError unless the id is 1–64 printable characters of ASCII, blanks excluded."""
    if not _REQUEST_ID.fullmatch(mutation.request_id):
        shown = repr(mutation.request_id[:64])
        raise InvalidArgumentError(
            f"request_id: {shown} is not 1–64 printable characters; choose one a request, e.g. a UUID",
            zh=f"request_id：{shown} 应为 1–64 个可见字符；请为每个请求生成一个，例如 UUID",
            field="request_id",
            reason="REQUEST_ID_FORM",
        )


def earlier_entity(answers: Answers, connection: Any, mutation: Mutation) -> str | None:
    """The id of what this mutation was answered with when it came first; None if this is the first time.

    Raises:
        AlreadyExistsError: REQUEST_ID_REUSED, if the first one said something else.
    """
    earlier = answers.earlier(connection, mutation)
    if earlier is None:
        return None
    if earlier.content_sha256 != mutation.content_sha256:
        raise AlreadyExistsError(
            f"request_id: {mutation.request_id!r} was used for another request; choose a new one",
            zh=f"request_id：{mutation.request_id!r} 已用于另一请求；请更换",
            field="request_id",
            reason="REQUEST_ID_REUSED",
        )
    return earlier.entity


@contextmanager
def refusals() -> Iterator[None]:
    """What the core refuses as an error of the kit."""
    try:
        yield
    except RefusedError as refused:
        error = _ERRORS[refused.because]
        raise error(refused.message, zh=refused.zh, field=refused.field, reason=refused.reason) from refused


def works_in_sight(caller: Caller, platform: PartyEntry) -> bool:
    """Whether a platform is the caller, or works where the caller supervises."""
    if caller.role is Role.PLATFORM:
        return caller.party_id == platform.party_id
    return any(may_see_aggregates(caller, code) for code in platform.area_codes)


def unknown_platform(platform_id: str) -> NotFoundError:
    """The refusal of a platform that nobody registered, or that is out of the caller's sight."""
    return NotFoundError(
        f"platform_id: no platform {platform_id[:40]!r} that you may deal with; ListParties tells which",
        zh=f"platform_id：没有您可以处理的平台 {platform_id[:40]!r}；可用 ListParties 查询",
        field="platform_id",
        reason="PLATFORM_UNKNOWN",
    )
