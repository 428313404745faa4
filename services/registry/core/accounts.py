"""Accounts of people: their states, which ids and passwords make sense, and which one-time codes hold.

PENDING ──enrol──▶ ACTIVE ──▶ DISABLED
   ▲                  │          │
   └────── reset ─────┴──────────┘
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum

from services.registry.core.field_error import FieldError
from services.registry.core.parties import LONGEST_NAME

ACCOUNT_ID_FORM = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]")

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128
"""NIST SP 800-63B-4 3.1.1.2 asks for 8 where there is a second factor, and 64 at least as the upper bound; no
rules of composition. Longer ones are refused before they are hashed: to hash is meant to be expensive."""

CODE_STEP_S = 30
"""Of one-time codes (RFC 6238 5.2)."""
STEPS_AROUND = 1
"""How many steps a clock may be off: RFC 6238 5.2 recommends one."""

ENROL_MS = 7 * 86_400_000
"""A week to hand an enrolment code over and use it."""


class AccountState(IntEnum):
    """The values equal ``quzhong.api.registry.v1.AccountState``."""

    PENDING = 1
    ACTIVE = 2
    DISABLED = 3


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account. Moments in epoch milliseconds."""

    account_id: str
    party_id: str
    state: AccountState
    create_ms: int
    update_ms: int
    totp_secret: str
    """As it is kept: sealed (``identity.ports.Seals``); empty while disabled."""
    enrolment_sha256: bytes = b""
    """Of the code that sets the password; empty unless pending."""
    enrolment_expire_ms: int = 0
    password_hash: str = ""
    """argon2id, in its own notation; empty unless active."""
    last_step: int = 0
    """The step of the last one-time code that was used: that one, and earlier ones, hold no more."""
    credential_id: str = ""
    """Of its sessions while it is active."""
    person_name: str = ""
    """Whose it is; empty if that was not told."""

    def __repr__(self) -> str:
        """Without its secrets: they must reach no log."""
        return f"Account({self.account_id}, {self.state.name})"

    def enrolled(self, password_hash: str, step: int, credential_id: str, now_ms: int) -> Account:
        """Active, by a code of ``step``."""
        return replace(
            self,
            state=AccountState.ACTIVE,
            update_ms=now_ms,
            enrolment_sha256=b"",
            enrolment_expire_ms=0,
            password_hash=password_hash,
            last_step=step,
            credential_id=credential_id,
        )

    def reset(self, totp_secret: str, enrolment_sha256: bytes, now_ms: int) -> Account:
        """Pending again: password and device count no more."""
        return replace(
            self,
            state=AccountState.PENDING,
            update_ms=now_ms,
            totp_secret=totp_secret,
            enrolment_sha256=enrolment_sha256,
            enrolment_expire_ms=now_ms + ENROL_MS,
            password_hash="",
            last_step=0,
            credential_id="",
        )

    def amended(self, party_id: str, person_name: str, credential_id: str, now_ms: int) -> Account:
        """Another party's, or with another name; ``credential_id``: of its sessions from now on."""
        return replace(
            self, party_id=party_id, person_name=person_name, credential_id=credential_id, update_ms=now_ms
        )

    def disabled(self, now_ms: int) -> Account:
        """Closed, and without secrets."""
        return replace(self.reset("", b"", now_ms), state=AccountState.DISABLED, enrolment_expire_ms=0)


def checked_person_name(name: str) -> str:
    """The name without outer blanks; may be empty.

    Raises:
        FieldError: if it is too long or has control characters.
    """
    name = name.strip()
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise FieldError(
            "person_name",
            "NAME_FORM",
            f"{name[:20]!r}… is not at most {LONGEST_NAME} printable characters; shorten it",
            f"{name[:20]!r}… 应为不超过 {LONGEST_NAME} 个可见字符；请缩短",
        )
    return name


def check_account_id(account_id: str) -> None:
    """Raise FieldError unless it is 3–40 lower-case letters, digits and inner hyphens."""
    if not ACCOUNT_ID_FORM.fullmatch(account_id):
        raise FieldError(
            "account_id",
            "ACCOUNT_ID_FORM",
            f"{account_id[:40]!r} is none; use 3–40 lower-case letters, digits and inner hyphens",
            f"{account_id[:40]!r} 不符合格式；请使用 3–40 个小写字母、数字和中间的连字符",
        )


def check_password(password: str, account_id: str) -> None:
    """Raise FieldError for a password that is too short or too long, or that holds the account's own id."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise FieldError(
            "password",
            "PASSWORD_LENGTH",
            f"use {SHORTEST_PASSWORD}-{LONGEST_PASSWORD} characters; a few words are easily kept in mind",
            f"请使用 {SHORTEST_PASSWORD}–{LONGEST_PASSWORD} 个字符；用几个词组成的短句便于记忆",
        )
    if account_id in password.lower() or len(set(password)) < 4:
        raise FieldError(
            "password",
            "PASSWORD_GUESSABLE",
            "choose one without the account's name, and not the same few characters over and over",
            "请勿包含账号名，也不要重复使用少数几个字符",
        )


def step_of_code(matches: Callable[[int], bool], now_s: int, last_step: int) -> int | None:
    """The step whose code was given, if it holds.

    Args:
        matches: whether the code of a step is the one that was given, in constant time.
        now_s: epoch seconds.
        last_step: the step used last: a code is used once (RFC 6238 5.2), and none before it any more.

    Returns:
        The step; None if the code holds for none.
    """
    here = now_s // CODE_STEP_S
    found = None
    # All are compared, so that the time it takes tells nothing.
    for step in range(here - STEPS_AROUND, here + STEPS_AROUND + 1):
        if matches(step) and step > last_step:
            found = step
    return found
