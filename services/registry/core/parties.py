"""Who the registry knows, and what may be said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from services.registry.core.areas import Areas
from services.registry.core.field_error import FieldError
from services.registry.core.profiles import EMPTY_PROFILE, Profile

PARTY_ID_FORM = re.compile(r"[a-z0-9][a-z0-9-]{1,38}[a-z0-9]")

LONGEST_NAME = 100
"""Characters: longer than any registered company name, short enough for every page and letter."""


class Role(IntEnum):
    """What a party is; the values equal ``quzhong.api.registry.v1.Role``."""

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
    """Of no party: of who reads their own record (``worker_codes``)."""


SUPERVISORS = (Role.REGULATOR, Role.UNION, Role.OFFICIAL, Role.AUDITOR, Role.ASSOCIATION)
"""Whom ``RegisterSupervisor`` admits."""

MOST_PLATFORMS = 200
"""Platforms of one partner firm or one union's remit; a city has some dozens."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody the registry knows."""

    party_id: str
    role: Role
    name_zh: str
    name_en: str
    area_codes: tuple[str, ...]
    """Where a platform works, or what a supervisor supervises."""
    create_ms: int
    """Epoch milliseconds."""
    platform_ids: tuple[str, ...] = ()
    """A partner firm: the platforms it works for. A union: those of its remit; empty: all."""
    department_id: str = ""
    """An official's department."""
    version: int = 1
    """From 1, one more with each amendment."""
    profile: Profile = EMPTY_PROFILE


class CredentialKind(IntEnum):
    """The values equal ``quzhong.api.registry.v1.CredentialKind``."""

    TOKEN = 1
    """Opaque."""
    CLIENT_KEY = 2
    """Of a program, which gets access tokens for it."""
    PEOPLE = 3
    """Neither secret nor key: what those read with who signed in."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential without its secret."""

    credential_id: str
    party_id: str
    secret_sha256: bytes
    create_ms: int
    """Epoch milliseconds."""
    revoke_ms: int | None = None
    """Epoch milliseconds; None while it stands."""
    public_jwk: str = ""
    """Of a client key, which has no secret; empty of a token."""

    @property
    def kind(self) -> CredentialKind:
        """What is shown with it."""
        if self.public_jwk:
            return CredentialKind.CLIENT_KEY
        return CredentialKind.TOKEN if self.secret_sha256 else CredentialKind.PEOPLE

    @property
    def sort_key(self) -> str:
        """By party, then by age."""
        return f"{self.party_id}/{self.create_ms:015}/{self.credential_id}"


def check_party_id(field: str, party_id: str) -> None:
    """Raise FieldError, naming ``field``, unless the id has the form of one."""
    if not PARTY_ID_FORM.fullmatch(party_id):
        raise FieldError(
            field,
            "PARTY_ID_FORM",
            f"{party_id!r} is not 3–40 lower-case letters, digits, inner hyphens; choose e.g. 'platform-a'",
            f"{party_id!r} 应为 3–40 个小写字母、数字或中间的连字符；例如 platform-a",
        )


def checked_names(zh: str, en: str) -> tuple[str, str]:
    """Both names without outer blanks; who gives no English name goes by the Chinese one.

    Raises:
        FieldError: if the Chinese name is missing, or either is too long or has control characters.
    """
    zh, en = zh.strip(), en.strip()
    if not zh:
        raise FieldError(
            "name.zh",
            "NAME_MISSING",
            "missing; give the name in Chinese",
            "缺失；请填写登记的中文名称",
        )
    for field, name in (("name.zh", zh), ("name.en", en)):
        if len(name) > LONGEST_NAME or not name.isprintable():
            raise FieldError(
                field,
                "NAME_FORM",
                f"{name[:20]!r}… is not at most {LONGEST_NAME} printable characters; shorten it",
                f"{name[:20]!r}… 应为不超过 {LONGEST_NAME} 个可见字符；请缩短",
            )
    return zh, en or zh


def checked_area_codes(area_codes: Sequence[str], areas: Areas) -> tuple[str, ...]:
    """The codes, sorted, each once.

    Raises:
        FieldError: if there are none, or one is not known.
    """
    if not area_codes:
        raise FieldError(
            "area_codes",
            "AREA_MISSING",
            "none given; name the areas by their GB/T 2260 codes, e.g. 130200",
            "未填写；请按 GB/T 2260 代码填写地区，例如 130200",
        )
    for position, area_code in enumerate(area_codes):
        areas.check(f"area_codes[{position}]", area_code)
    return tuple(sorted(set(area_codes)))


def check_supervisor_role(role: int) -> None:
    """Raise FieldError unless the role is one that supervises."""
    if role not in SUPERVISORS:
        raise FieldError(
            "role",
            "ROLE_NOT_SUPERVISING",
            f"{role} supervises nobody; give ROLE_REGULATOR (2), ROLE_UNION (3), ROLE_OFFICIAL (7), "
            "ROLE_AUDITOR (8) or ROLE_ASSOCIATION (9)",
            f"{role} 不是监管角色；请填写 ROLE_REGULATOR（2）、ROLE_UNION（3）、ROLE_OFFICIAL（7）、"
            "ROLE_AUDITOR（8）或 ROLE_ASSOCIATION（9）",
        )


def checked_platform_ids(role: Role, platform_ids: Sequence[str]) -> tuple[str, ...]:
    """The platforms a party works for, sorted, each once. Whether they are registered is checked elsewhere.

    Raises:
        FieldError: if a partner firm names none, or a party names some that can have none.
    """
    if role not in (Role.PARTNER_FIRM, Role.UNION) and platform_ids:
        raise FieldError(
            "platform_ids",
            "PLATFORMS_NOT_EXPECTED",
            f"given for {role.name.lower()}; only partner firms and unions have platforms, leave it empty",
            f"角色 {role.name} 不应填写；仅合作企业和工会填写所属平台，请留空",
        )
    if role is Role.PARTNER_FIRM and not platform_ids:
        raise FieldError(
            "platform_ids",
            "PLATFORMS_MISSING",
            "none given; name the platforms the firm works for, e.g. platform-a",
            "未填写；请填写该合作企业服务的平台，例如 platform-a",
        )
    if len(platform_ids) > MOST_PLATFORMS:
        raise FieldError(
            "platform_ids",
            "PLATFORMS_TOO_MANY",
            f"{len(platform_ids)} are more than {MOST_PLATFORMS}; a union for all platforms leaves it empty",
            f"{len(platform_ids)} 个超过 {MOST_PLATFORMS} 个；工会如涵盖全部平台请留空",
        )
    for position, platform_id in enumerate(platform_ids):
        check_party_id(f"platform_ids[{position}]", platform_id)
    return tuple(sorted(set(platform_ids)))


def check_completeness(party: Party) -> None:
    """Raise FieldError if something is missing that a party of this role must have.

    A partner firm shows that it may do business (唐人社字〔2022〕1号 二.1): its credit code and a licence.
    """
    if party.role is Role.PARTNER_FIRM and not party.profile.credit_code:
        raise FieldError(
            "profile.unified_social_credit_code",
            "CREDIT_CODE_MISSING",
            "missing; a partner firm gives the 18 characters on its business licence",
            "缺失；合作企业须填写营业执照上的 18 位统一社会信用代码",
        )
    if party.role is Role.PARTNER_FIRM and not party.profile.licences:
        raise FieldError(
            "profile.licences",
            "LICENCE_MISSING",
            "missing; a partner firm gives at least its business licence (1)",
            "缺失；合作企业至少须填写营业执照（1）",
        )
    if (party.role is Role.OFFICIAL) != bool(party.department_id):
        raise FieldError(
            "department_id",
            "DEPARTMENT_MISSING" if party.role is Role.OFFICIAL else "DEPARTMENT_NOT_EXPECTED",
            "an official names the regulator it belongs to, and nobody else names one",
            "工作人员须填写所属监管部门；其他角色请留空",
        )
