"""What accounts of people need from outside."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from services.registry.core.accounts import Account
from services.registry.ports import Transaction, View


class AccountView(View, Protocol):
    """Parties and accounts as of one moment."""

    def account(self, account_id: str) -> Account | None: ...

    def accounts(self, party_id: str) -> list[Account]:
        """In any order; of all parties if empty."""
        ...


class AccountTransaction(AccountView, Transaction, Protocol):
    """A view that can be written."""

    def put_account(self, account: Account) -> None:
        """New, or in place of what it was. Accounts go to no topic: nobody else needs them."""
        ...

    def enter(self, action: str, account_id: str, actor: str, details: Mapping[str, str]) -> None:
        """An entry of the ledger, with the same commit. No ``actor``: the caller, or the registry itself."""
        ...


class AccountStore(Protocol):
    """Where accounts are kept: the registry's own store."""

    def read(self) -> AbstractContextManager[AccountView]: ...

    def write(self) -> AbstractContextManager[AccountTransaction]:
        """Committed at the end of the block, rolled back if it raises; one at a time."""
        ...


class Passwords(Protocol):
    """Hashes passwords; ``adapters/passwords.py``."""

    def hash(self, password: str) -> str: ...

    def matches(self, password: str, password_hash: str) -> bool:
        """Takes as long for an empty hash, which nothing matches."""
        ...


class Codes(Protocol):
    """One-time codes (RFC 6238); ``adapters/one_time_codes.py``."""

    def new_secret(self) -> str:
        """Base32."""
        ...

    def uri(self, secret: str, account_id: str) -> str:
        """``otpauth://totp/…`` for an authenticator app."""
        ...

    def matches(self, secret: str, step: int, code: str) -> bool:
        """In constant time; False for an empty secret."""
        ...


class GuessLimit(Protocol):
    """``kit.security.guesses.Guesses``."""

    def take(self, key: str) -> None:
        """Raises OverloadedError (retryable) after too many."""
        ...

    def forget(self, key: str) -> None: ...
