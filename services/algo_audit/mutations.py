"""What consultations and appeals have in common: a mutation takes effect once, or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from kit.directory.entries import PartyEntry
from kit.errors import (
    FailedPreconditionError,
    InvalidArgumentError,
    NotFoundError,
    PermanentError,
    PermissionDeniedError,
)
from kit.requests import request_id_reused
from kit.security.caller import Caller, Role
from kit.security.sight import may_see_aggregates
from services.algo_audit.core.refused import Because, RefusedError

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

    def area_name(self, area_code: str) -> tuple[str, str]: ...


def earlier_entity(answers: Answers, connection: Any, mutation: Mutation) -> str | None:
    """The id of what this mutation was answered with when it came first; None if this is the first time.

    Raises:
        AlreadyExistsError: REQUEST_ID_REUSED, if the first one said something else.
    """
    earlier = answers.earlier(connection, mutation)
    if earlier is None:
        return None
    if earlier.content_sha256 != mutation.content_sha256:
        raise request_id_reused(mutation.request_id)
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
    """Whether a platform is the caller, or one of theirs that works where the caller supervises."""
    if caller.role is Role.PLATFORM or not caller.sees_platform(platform.party_id):
        return caller.party_id == platform.party_id
    return any(may_see_aggregates(caller, code) for code in platform.area_codes)


def unknown_page(entity: str) -> InvalidArgumentError:
    """The refusal of a page token that names something the caller was not shown."""
    return InvalidArgumentError(
        f"page_token: {entity[:40]!r} is not on this list; send next_page_token as it came, or none",
        zh=f"page_token：{entity[:40]!r} 不在本列表中；请原样填写 next_page_token，首页不填",
        field="page_token",
    )


def unknown_platform(platform_id: str) -> NotFoundError:
    """The refusal of a platform that nobody registered, or that is out of the caller's sight."""
    if not platform_id:
        return NotFoundError(
            "platform_id: missing; name a platform, ListParties tells which",
            zh="platform_id：缺失；请填写平台，可用 ListParties 查询",
            field="platform_id",
            reason="PLATFORM_UNKNOWN",
        )
    return NotFoundError(
        f"platform_id: no platform {platform_id[:40]!r} that you may deal with; ListParties tells which",
        zh=f"platform_id：没有您可以处理的平台 {platform_id[:40]!r}；可用 ListParties 查询",
        field="platform_id",
        reason="PLATFORM_UNKNOWN",
    )
