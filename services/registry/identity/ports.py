"""What credentials, access tokens and accounts of people need from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kit.clock import SHANGHAI
from services.registry.core.accounts import Account
from services.registry.core.key_rotation import SigningKey
from services.registry.core.parties import Role
from services.registry.core.refusal_counts import Counted
from services.registry.core.worker_codes import WorkerCode
from services.registry.ports import Transaction, View


@dataclass(frozen=True, slots=True)
class Client:
    """A client key that stands, and whose it is."""

    credential_id: str
    """Its ``client_id``."""
    party_id: str
    role: Role
    public_jwk: str


@dataclass(frozen=True, slots=True)
class Granting:
    """An access token before it is signed: what its ledger entry says."""

    client: Client
    grant: str
    """The grant type by which it was asked for."""
    token_id: str
    """Its ``jti``, which tells the token from others and opens nothing."""
    issue_s: int
    expire_s: int
    person: str = ""
    """Who of the party: the provider's ``sub``. Empty for a program."""
    worker_ids: tuple[str, ...] = ()
    """Whose record it opens, if it is a worker's; not told to the ledger."""

    def details(self) -> dict[str, str]:
        """For the ledger."""
        said = {
            "party_id": self.client.party_id,
            "grant": self.grant,
            "token_id": self.token_id,
            "expire_time": datetime.fromtimestamp(self.expire_s, SHANGHAI).isoformat(),
        }
        return said | ({"person": self.person} if self.person else {})


@dataclass(frozen=True, slots=True)
class Assertion:
    """What somebody showed to get a token, and may show once."""

    source: str
    """A client's id, or which provider's ID token."""
    token_id: str
    expire_ms: int


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A signing key whole."""

    public: SigningKey
    private_jwk: str

    def __repr__(self) -> str:
        """Without the private half: it must reach no log."""
        return f"PrivateKey({self.public.key_id})"


class OAuthStore(Protocol):
    """What the registry remembers of keys and assertions."""

    def client(self, client_id: str) -> Client | None:
        """None if there is none such, or it was revoked."""
        ...

    def use_assertion(self, assertion: Assertion, granting: Granting, now_ms: int) -> bool:
        """Remember an assertion until it expires, and enter the token it is used for in the ledger, with one
        commit; False, and nothing entered, if it was used before."""
        ...

    def enter_refusals(self, refusals: Sequence[Counted]) -> None:
        """Enter in the ledger whom tokens were refused."""
        ...

    def signing_keys(self) -> Sequence[SigningKey]: ...

    def put_signing_key(self, key: SigningKey) -> None:
        """New, or with another ``expire_ms``; it also goes out to topic ``registry``."""
        ...


class KeyFile(Protocol):
    """Where the private halves are kept."""

    def load(self) -> Sequence[PrivateKey]:
        """Raises InvalidArgumentError for a file that holds no such keys."""
        ...

    def save(self, keys: Sequence[PrivateKey]) -> None:
        """All of them, in place of those before."""
        ...


class AccountView(View, Protocol):
    """Parties and accounts as of one moment."""

    def account(self, account_id: str) -> Account | None: ...

    def accounts(self, party_id: str) -> list[Account]:
        """In any order; of all parties if empty."""
        ...

    def account_of_credential(self, credential_id: str) -> Account | None:
        """Whose sessions the credential is of; None if of no account's."""
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


class WorkerCodeView(View, Protocol):
    """Parties and workers' one-time codes as of one moment."""

    def worker_code(self, code_id: str) -> WorkerCode | None: ...

    def worker_code_of(self, code_sha256: bytes) -> WorkerCode | None:
        """The code with this hash; None if there is none, or it was used or replaced."""
        ...

    def worker_codes(self, worker_ids: Sequence[str], since_ms: int) -> list[WorkerCode]:
        """Those for any of these pseudonyms, issued since then; in any order."""
        ...

    def count_worker_codes(self, party_id: str, worker_id: str, since_ms: int) -> int:
        """How many a party has issued since then; for whomever if ``worker_id`` is empty."""
        ...

    def pseudonyms_of(self, worker_id: str) -> list[str]:
        """All of a worker as far as links tell, the present one first; at least this one."""
        ...


class WorkerCodeTransaction(WorkerCodeView, Transaction, Protocol):
    """A view that can be written. Codes go to no topic."""

    def put_worker_code(self, code: WorkerCode) -> None:
        """New, or in place of what it was."""
        ...

    def replace_unused(self, party_id: str, worker_id: str) -> None:
        """Nothing opens the codes any more that the party issued for the worker."""
        ...

    def forget_before(self, moment_ms: int) -> None:
        """Delete codes that were issued earlier."""
        ...

    def enter_issued(self, code: WorkerCode) -> None:
        """An entry of the ledger, with the same commit: who issued it and why. Never the pseudonym."""
        ...

    def enter_redeemed(self, code: WorkerCode, granting: Granting) -> None:
        """An entry of the ledger, with the same commit: which code was used, and until when it opens."""
        ...


class WorkerCodeStore(Protocol):
    """Where codes are kept: the registry's own store."""

    def read(self) -> AbstractContextManager[WorkerCodeView]: ...

    def write(self) -> AbstractContextManager[WorkerCodeTransaction]:
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


class Seals(Protocol):
    """Seals secrets for the database; ``adapters/seals.py``."""

    def seal(self, secret: str, account_id: str) -> str:
        """Raises FailedPreconditionError, ACCOUNT_KEYS_MISSING."""
        ...

    def open(self, sealed: str, account_id: str) -> str:
        """The secret; empty if it is another account's, or no key opens it. As much work then."""
        ...

    def renewed(self, sealed: str, account_id: str) -> str:
        """The same sealed by the newest key, also if it was not sealed; as it was if no key opens it."""
        ...


class GuessLimit(Protocol):
    """``kit.security.guesses.Guesses``."""

    def take(self, key: str) -> None:
        """Raises OverloadedError (retryable) after too many."""
        ...

    def forget(self, key: str) -> None: ...
