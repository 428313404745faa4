"""Bearer tokens ``qz_<credential id>_<secret>``. Only the secret's SHA-256 is ever stored or published.

The secret has 256 random bits, so a plain hash is enough: there is nothing to guess (unlike a password).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import NamedTuple

from kit.errors import UnauthenticatedError

PREFIX = "qz"


class NewToken(NamedTuple):
    """A token as it is issued, once."""

    token: str
    credential_id: str
    secret_sha256: bytes


def issue() -> NewToken:
    """A fresh token."""
    credential_id = secrets.token_hex(8)
    secret = secrets.token_hex(32)
    return NewToken(f"{PREFIX}_{credential_id}_{secret}", credential_id, digest(secret))


def split(token: str) -> tuple[str, str]:
    """Credential id and secret of a token.

    Raises:
        UnauthenticatedError: if it has another form.
    """
    match token.split("_"):
        case [prefix, credential_id, secret] if (
            prefix == PREFIX and credential_id and secret and token.isascii()
        ):
            return credential_id, secret
    raise UnauthenticatedError(
        "authorization: not a token of this registry (expected 'Bearer qz_<id>_<secret>')",
        zh="authorization：不是本系统登记的令牌（应为 Bearer qz_<编号>_<密钥>）",
        reason="CREDENTIAL_MALFORMED",
    )


def digest(secret: str) -> bytes:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode()).digest()


def matches(secret: str, secret_sha256: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(digest(secret), secret_sha256)
