"""Who is calling: established by the interceptor, read by ``api.py`` of any service."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum

from kit.errors import PermissionDeniedError, UnauthenticatedError


class Role(IntEnum):
    """Roles; the values equal ``quzhong.api.registry.v1.Role``."""

    PLATFORM = 1
    REGULATOR = 2
    UNION = 3
    ADMINISTRATOR = 4
    SERVICE = 5
    PARTNER_FIRM = 6
    OFFICIAL = 7
    AUDITOR = 8
    ASSOCIATION = 9


@dataclass(frozen=True, slots=True)
class Caller:
    """A party with a valid credential."""

    party_id: str
    role: Role
    area_codes: tuple[str, ...] = ()
    """GB/T 2260 codes the party works in or supervises; a city's code includes its counties."""

    def sees_platform(self, platform_id: str) -> bool:
        """A platform sees itself; everybody else's sight is limited by area."""
        return self.role is not Role.PLATFORM or self.party_id == platform_id

    def sees_area(self, area_code: str) -> bool:
        """Whether the area is one of the caller's or lies within it."""
        if self.role in (Role.ADMINISTRATOR, Role.SERVICE):
            return True
        return any(covers(own, area_code) for own in self.area_codes)

    def require_platform(self, platform_id: str) -> None:
        """Raises PermissionDeniedError if the caller may not act for, or look at, the platform."""
        if not self.sees_platform(platform_id):
            raise PermissionDeniedError(
                f"platform_id: {self.party_id!r} may not act for {platform_id!r}; use its own credential",
                zh=f"platform_id:{self.party_id} 无权代表 {platform_id} 操作;请使用该平台的凭证",
                field="platform_id",
                reason="FOREIGN_PLATFORM",
            )


def covers(area_code: str, inner: str) -> bool:
    """Whether an area of GB/T 2260 is the other or contains it: 130200 covers 130203, 130000 covers both."""
    return inner.startswith(significant(area_code))


def significant(area_code: str) -> str:
    """The digits of a code that are not padding: 130000 → 13, 130200 → 1302, 130203 → 130203."""
    if area_code.endswith("0000"):
        return area_code[:2]
    if area_code.endswith("00"):
        return area_code[:4]
    return area_code


_current: ContextVar[Caller | None] = ContextVar("caller", default=None)


def current_caller() -> Caller:
    """The caller of the RPC in hand.

    Raises:
        UnauthenticatedError: outside an RPC, or in one that needs no credential.
    """
    caller = _current.get()
    if caller is None:
        raise UnauthenticatedError("no caller is known here", zh="此处没有已认证的调用方")
    return caller


def set_current_caller(caller: Caller | None) -> None:
    """For the interceptor, and for tests of handlers."""
    _current.set(caller)
