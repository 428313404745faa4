"""Whom a credential makes of who shows it."""

from __future__ import annotations

from kit.directory.entries import CredentialEntry, PartyEntry
from kit.errors import UnauthenticatedError
from kit.security.caller import Caller


def caller_of(
    credential: CredentialEntry,
    party: PartyEntry,
    certificate_sha256: str = "",
    expire_ms: int | None = None,
) -> Caller:
    """Who calls with a credential.

    Raises:
        UnauthenticatedError: CREDENTIAL_REVOKED.
    """
    if credential.revoke_ms is not None:
        raise UnauthenticatedError(
            f"authorization: credential {credential.credential_id} was revoked; ask the registry for another",
            zh=f"authorization：凭证 {credential.credential_id} 已被吊销；请向登记处申领新的凭证",
            reason="CREDENTIAL_REVOKED",
            metadata={"credential_id": credential.credential_id},
        )
    return Caller(
        party_id=party.party_id,
        role=party.role,
        area_codes=party.area_codes,
        platform_ids=party.platform_ids,
        department_id=party.department_id,
        credential_id=credential.credential_id,
        certificate_sha256=certificate_sha256,
        expire_ms=expire_ms,
    )


def unknown_credential() -> UnauthenticatedError:
    """The refusal of a token that nobody was issued, and of a wrong secret: in the same words."""
    return UnauthenticatedError(
        "authorization: nobody was issued this token; check that it is complete, or ask the registry for one",
        zh="authorization：未签发过该令牌；请检查是否完整，或向登记处申领",
    )
