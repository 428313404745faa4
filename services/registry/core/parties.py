"""Who the registry knows, and what may be said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from services.registry.core.areas import Areas
from services.registry.core.field_error import FieldError

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


SUPERVISORS = (Role.REGULATOR, Role.UNION)


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


def check_party_id(field: str, party_id: str) -> None:
    """Raise FieldError, naming ``field``, unless the id has the form of one."""
    if not PARTY_ID_FORM.fullmatch(party_id):
        raise FieldError(
            field,
            "PARTY_ID_FORM",
            f"{party_id!r} is not 3–40 lower-case letters, digits, inner hyphens; choose e.g. 'platform-a'",
            f"{party_id!r} 应为 3–40 个小写字母、数字或中间的连字符;例如 platform-a",
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
            "缺失;请填写登记的中文名称",
        )
    for field, name in (("name.zh", zh), ("name.en", en)):
        if len(name) > LONGEST_NAME or not name.isprintable():
            raise FieldError(
                field,
                "NAME_FORM",
                f"{name[:20]!r}… is not at most {LONGEST_NAME} printable characters; shorten it",
                f"{name[:20]!r}… 应为不超过 {LONGEST_NAME} 个可见字符;请缩短",
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
            "未填写;请按 GB/T 2260 代码填写地区,例如 130200",
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
            f"{role} supervises nobody; give ROLE_REGULATOR (2) or ROLE_UNION (3)",
            f"{role} 不是监管角色;请填写 ROLE_REGULATOR(2)或 ROLE_UNION(3)",
        )
