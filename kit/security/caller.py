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
    WORKER = 10


EVERYWHERE = frozenset({Role.ADMINISTRATOR, Role.SERVICE, Role.AUDITOR})
"""Not limited to areas."""

AGGREGATES_ONLY = frozenset({Role.UNION, Role.PARTNER_FIRM, Role.ASSOCIATION})
"""See no single worker and no single event. A partner firm too: no finding says by which of a platform's
firms its worker is engaged, so the others' workers would be shown with its own."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A party with a valid credential."""

    party_id: str
    role: Role
    area_codes: tuple[str, ...] = ()
    """GB/T 2260 codes the party works in or supervises; a city's code includes its counties."""
    platform_ids: tuple[str, ...] = ()
    """Of a partner firm: the platforms it works for. Of a union: those of its remit; empty: all."""
    department_id: str = ""
    """Of an official: the regulator it belongs to."""
    credential_id: str = ""
    """What the caller showed; empty outside a call."""
    expire_ms: int | None = None
    """When what the caller showed holds no more, epoch milliseconds; None: once it is revoked."""
    worker_ids: tuple[str, ...] = ()
    """Of a worker, who reads their own record and nothing else: their pseudonyms, the present one first.
    ``party_id`` and ``area_codes`` are then those of the platform or union that vouched for them, and
    ``platform_ids`` the platforms it can vouch on; empty: all."""
    certificate_sha256: str = ""
    """Base64url SHA-256 of the TLS certificate the caller's token is bound to; empty: to none."""

    @property
    def platforms(self) -> tuple[str, ...] | None:
        """The only platforms the caller may look at; None: all that work in its areas."""
        match self.role:
            case Role.PLATFORM:
                return (self.party_id,)
            case Role.PARTNER_FIRM:
                return self.platform_ids
            case Role.UNION | Role.WORKER:
                return self.platform_ids or None
        return None

    @property
    def everywhere(self) -> bool:
        """Whether no area is foreign to the caller, as none is to those who run or audit the suite."""
        return self.role in EVERYWHERE

    @property
    def sees_workers(self) -> bool:
        """Whether single workers' pseudonyms and events may be shown; else aggregates only."""
        return self.role not in AGGREGATES_ONLY

    def sees_platform(self, platform_id: str) -> bool:
        """Whether the platform is not foreign to the caller; its areas are another matter."""
        return self.platforms is None or platform_id in self.platforms

    def sees_area(self, area_code: str) -> bool:
        """Whether the area is one of the caller's or lies within it."""
        return self.everywhere or any(covers(own, area_code) for own in self.area_codes)

    def require_worker(self, worker_id: str) -> None:
        """Raises PermissionDeniedError if the caller is a worker, and this is not their pseudonym.

        One that nobody has is refused with the same words.
        """
        if self.role is Role.WORKER and worker_id not in self.worker_ids:
            raise PermissionDeniedError(
                "worker_id: a worker reads their own record only; leave it out",
                zh="worker_id：劳动者只能查看本人记录；请留空",
                field="worker_id",
                reason="FOREIGN_WORKER",
            )

    def require_platform(self, platform_id: str) -> None:
        """Raises PermissionDeniedError if the caller may not act for, or look at, the platform.

        A platform that nobody registered is refused with the same words.
        """
        if not self.sees_platform(platform_id):
            raise PermissionDeniedError(
                f"platform_id: {self.party_id!r} may not act for {platform_id!r}; use its own credential",
                zh=f"platform_id：{self.party_id} 无权代表 {platform_id} 操作；请使用该平台的凭证",
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
