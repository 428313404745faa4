"""What the issuing of access tokens needs from outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from services.registry.core.key_rotation import SigningKey
from services.registry.core.parties import Role


@dataclass(frozen=True, slots=True)
class Client:
    """A client key that stands, and whose it is."""

    credential_id: str
    """Its ``client_id``."""
    party_id: str
    role: Role
    public_jwk: str


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

    def use_assertion(self, client_id: str, token_id: str, expire_ms: int, now_ms: int) -> bool:
        """Remember an assertion until it expires; False if it was used before."""
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
