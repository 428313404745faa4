"""One-time codes of authenticator apps (RFC 6238), by pyotp."""

from __future__ import annotations

import hmac

import pyotp

_ISSUER = "Quzhong"
_NOBODYS = "A" * 32
"""Compared with where there is no secret, so that it takes as long."""


class TotpCodes:
    """Implements ``identity.ports.Codes``: SHA-1, six digits, 30 s, which is what every app takes."""

    def new_secret(self) -> str:
        """See the port. 160 bits, as RFC 4226 4 recommends."""
        return pyotp.random_base32()

    def uri(self, secret: str, account_id: str) -> str:
        """See the port."""
        return pyotp.TOTP(secret).provisioning_uri(name=account_id, issuer_name=_ISSUER)

    def matches(self, secret: str, step: int, code: str) -> bool:
        """See the port."""
        wanted = pyotp.TOTP(secret or _NOBODYS).generate_otp(step)
        return hmac.compare_digest(wanted.encode(), code.encode(errors="replace")) and bool(secret)
