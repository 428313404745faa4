"""Whom a credential makes of who shows it."""

from __future__ import annotations

from dataclasses import replace

from kit.directory.entries import CredentialEntry, PartyEntry
from kit.errors import UnauthenticatedError
from kit.security.caller import Caller, Role

VOUCHING = (Role.PLATFORM, Role.UNION)
"""Who has workers let in to their own record."""


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


def worker_of(voucher: Caller, worker_ids: tuple[str, ...]) -> Caller:
    """A worker, let in by a party: what the party can vouch on is all they see.

    Raises:
        UnauthenticatedError: CREDENTIAL_REVOKED, if the party is none that vouches (any more).
    """
    if voucher.role not in VOUCHING:
        raise UnauthenticatedError(
            "authorization: who issued the code for this record may do so no more; ask for another code",
            zh="authorization：签发该一次性码的单位已无权签发；请重新申领",
            reason="CREDENTIAL_REVOKED",
        )
    on = (voucher.party_id,) if voucher.role is Role.PLATFORM else voucher.platform_ids
    return replace(voucher, role=Role.WORKER, platform_ids=on, worker_ids=worker_ids)


def unknown_credential() -> UnauthenticatedError:
    """The refusal of a token that nobody was issued, and of a wrong secret: in the same words."""
    return UnauthenticatedError(
        "authorization: nobody was issued this token; check that it is complete, or ask the registry for one",
        zh="authorization：未签发过该令牌；请检查是否完整，或向登记处申领",
    )
