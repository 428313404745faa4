"""Passwords by argon2id (RFC 9106)."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.profiles import RFC_9106_LOW_MEMORY

_AT_ONCE = 2
"""A hash takes 64 MiB for a tenth of a second: more at once would only wait for each other's cores, and a
flood of sign-ins must not take the memory of everything else."""


class Argon2Passwords:
    """Implements ``identity.ports.Passwords``, with the second profile that RFC 9106 4 recommends."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._nobodys = self._hasher.hash("nobody has this password")
        self._turns = threading.BoundedSemaphore(_AT_ONCE)

    def hash(self, password: str) -> str:
        """See the port."""
        with self._turns:
            return self._hasher.hash(password)

    def matches(self, password: str, password_hash: str) -> bool:
        """See the port."""
        try:
            with self._turns:
                return self._hasher.verify(password_hash or self._nobodys, password) and bool(password_hash)
        except (VerifyMismatchError, InvalidHashError):
            return False
