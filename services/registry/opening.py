"""What stands in the registry before anybody calls: areas, the administrator, the suite's own services."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from kit.clock import Clock
from kit.errors import InvalidArgumentError
from kit.security import tokens
from services.registry.core.areas import Areas
from services.registry.core.parties import Credential, Party, Role
from services.registry.core.party_history import PartyVersion
from services.registry.ports import RegistryStore, Transaction

_log = logging.getLogger(__name__)

LEAST_SECRET = 32
"""Characters of a secret given from outside: 128 bits in hexadecimal, beyond guessing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A party that is there from the first start on, with a token from outside the registry."""

    party_id: str
    role: Role
    name_zh: str
    name_en: str
    token: str
    source: str
    """Where the token comes from, for messages: a variable's or a file's name."""


def administrator(token: str, source: str) -> Standing:
    """Who registers everybody else."""
    return Standing("administrator", Role.ADMINISTRATOR, "系统管理员", "Administrator", token, source)


def suite(token: str, source: str) -> Standing:
    """The portal and the command line."""
    return Standing("quzhong-suite", Role.SERVICE, "取中系统服务", "Quzhong's own services", token, source)


def open_registry(store: RegistryStore, areas: Areas, standing: Iterable[Standing], clock: Clock) -> None:
    """Put what is missing; a second start with the same input changes nothing.

    Areas come first in the topic, so that whoever reads a credential there knows the areas already.

    Raises:
        InvalidArgumentError: for a token that cannot be admitted; the message names where it comes from.
    """
    now_ms = clock()
    with store.write() as transaction:
        known = {area.area_code: area for area in transaction.areas()}
        for area in areas:
            if known.get(area.area_code) != area:
                transaction.put_area(area)
        for one in standing:
            if transaction.party(one.party_id) is None:
                party = Party(one.party_id, one.role, one.name_zh, one.name_en, (), now_ms)
                transaction.put_party(PartyVersion(party, "", now_ms))
            _admit(transaction, one, now_ms)


def _admit(transaction: Transaction, one: Standing, now_ms: int) -> None:
    credential_id, secret = _split(one)
    known = transaction.credential(credential_id)
    if known is None:
        transaction.put_credential(
            Credential(credential_id, one.party_id, tokens.digest(secret), now_ms),
        )
    elif known.party_id != one.party_id or not tokens.matches(secret, known.secret_sha256):
        raise _unusable(one, "its id belongs to another credential", "其编号已被另一凭证使用")
    elif known.revoke_ms is not None:
        # No reason to stay down: other credentials work, and to revoke this one may have been the point.
        _log.warning(
            "%s: this token was revoked; give another, or delete a token file to get one",
            one.source,
        )


def _split(one: Standing) -> tuple[str, str]:
    match one.token.split("_"):
        case [tokens.PREFIX, credential_id, secret] if credential_id and len(secret) >= LEAST_SECRET:
            return credential_id, secret
    raise _unusable(
        one,
        f"it is not qz_<id>_<secret> with a secret of at least {LEAST_SECRET} characters",
        f"格式应为 qz_<编号>_<密钥>，密钥至少 {LEAST_SECRET} 个字符",
    )


def _unusable(one: Standing, why: str, why_zh: str) -> InvalidArgumentError:
    return InvalidArgumentError(
        f"{one.source}: the token cannot be used: {why}; give another, or delete a token file to get one",
        zh=f"{one.source}：令牌不可用：{why_zh}；请更换，或删除令牌文件以重新生成",
        field=one.source,
        reason="TOKEN_UNUSABLE",
    )
