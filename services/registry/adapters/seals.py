"""Seals the secrets of one-time codes for the database: MultiFernet, of the library cryptography."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from kit.errors import FailedPreconditionError

_log = logging.getLogger(__name__)

_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
"""Base32: what stood there before secrets were sealed. A sealed one begins with ``gAAAAA``."""


class FernetSeals:
    """Implements ``identity.ports.Seals``. What is sealed names its account: elsewhere it opens nothing."""

    def __init__(self, keys: Sequence[Fernet]) -> None:
        """``keys``: the last one seals, all of them open."""
        self._keys = MultiFernet(keys[::-1])
        self._newest = keys[-1]
        self._nobodys = self.seal("A" * 32, "")

    def seal(self, secret: str, account_id: str) -> str:
        """See the port."""
        return self._newest.encrypt(f"{account_id}\n{secret}".encode()).decode()

    def open(self, sealed: str, account_id: str) -> str:
        """See the port."""
        try:
            said = self._keys.decrypt(sealed or self._nobodys).decode()
        except InvalidToken:
            _log.error(
                "account %s: its secret is sealed with no key at hand; put the former key back in front of "
                "the others, or reset the account",
                account_id,
            )
            return ""
        owner, _, secret = said.partition("\n")
        return secret if sealed and owner == account_id else ""

    def renewed(self, sealed: str, account_id: str) -> str:
        """See the port."""
        if not sealed:
            return sealed
        if _PLAIN.issuperset(sealed):
            return self.seal(sealed, account_id)
        try:
            self._newest.decrypt(sealed)
        except InvalidToken:
            secret = self.open(sealed, account_id)
            return self.seal(secret, account_id) if secret else sealed
        return sealed


class NoSeals:
    """Implements ``identity.ports.Seals`` where there is no key, and so no account: none can be opened."""

    def seal(self, secret: str, account_id: str) -> str:
        """See the port."""
        raise FailedPreconditionError(
            "QUZHONG_ACCOUNT_KEYS: not set, so that no secret of an account can be kept; set it and restart",
            zh="QUZHONG_ACCOUNT_KEYS：未设置，无法保存账号的验证码密钥；请设置后重启",
            field="QUZHONG_ACCOUNT_KEYS",
            reason="ACCOUNT_KEYS_MISSING",
        )

    def open(self, sealed: str, account_id: str) -> str:
        """See the port."""
        return ""

    def renewed(self, sealed: str, account_id: str) -> str:
        """See the port."""
        return sealed
