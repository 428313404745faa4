"""Accounts of people, as an administrator sees them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import parse_qs, urlsplit

from services.portal.core.language import LocalText
from services.portal.core.readers import Role


class AccountState(IntEnum):
    """Values equal those of quzhong.api.registry.v1.AccountState."""

    UNSPECIFIED = 0
    PENDING = 1
    ACTIVE = 2
    DISABLED = 3


@dataclass(frozen=True, slots=True)
class Account:
    """One account, without its secrets. Moments in epoch milliseconds."""

    account_id: str
    party_id: str
    person_name: str
    """Empty if it was not told whose it is."""
    state: AccountState
    create_ms: int
    update_ms: int


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the owner of a fresh account needs; shown once, and kept nowhere."""

    code: str
    otpauth_uri: str
    expire_ms: int

    @property
    def key(self) -> str:
        """The key of the one-time codes in groups of four, for apps it is typed into."""
        (secret,) = parse_qs(urlsplit(self.otpauth_uri).query).get("secret", [""])
        return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


@dataclass(frozen=True, slots=True)
class Opened:
    """An account that was opened or reset."""

    account: Account
    enrolment: Enrolment | None
    """None in the answer to a repeat: it was shown already."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A party that may have accounts: role and areas of an account are its party's."""

    party_id: str
    name: LocalText
    role: Role
    area_codes: tuple[str, ...]


WITHOUT_ACCOUNTS = (Role.ADMINISTRATOR, Role.SERVICE)
"""Who runs the suite signs in with its token."""
