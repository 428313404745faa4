"""Access tokens: JWTs of RFC 9068 that the registry signs with Ed25519 and everybody checks by themselves.

==============  =======================================================================================
header          ``typ`` at+jwt, ``alg`` Ed25519 (RFC 9864), ``kid`` of the signing key
claim           ``iss`` the registry's address, ``aud`` quzhong, ``sub`` the party, ``client_id`` the
                credential, ``roles`` the party's role, ``iat``, ``exp`` ten minutes later, ``jti``;
                ``workers`` the pseudonyms of the one worker whose record it opens, and nothing else;
                ``cnf`` with ``x5t#S256`` if it holds for one TLS certificate only (RFC 8705)
==============  =======================================================================================

What a token says of the party is for its reader: a service takes role and areas from its directory, where a
revoked credential is known at once.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, NoReturn

from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError
from joserfc.jwk import OKPKey

from kit.errors import UnauthenticatedError

AUDIENCE = "quzhong"
ALGORITHM = "Ed25519"
TYPE = "at+jwt"

LIFETIME_S = 600
"""Ten minutes: a stolen token is soon worth nothing, and a client asks for the next one six times an hour."""

LEEWAY_S = 30
"""Clocks of machines that keep time by NTP differ by far less."""

_REMEMBERED = 4_096
"""Verified tokens that are known again by their hash: several for each credential of a city. A signature
takes 0.2 ms to verify, a hash a microsecond."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified token says."""

    party_id: str
    credential_id: str
    expire_s: int
    """Epoch seconds."""
    certificate_sha256: str = ""
    """Base64url SHA-256 of the TLS certificate its bearer must show; empty: whoever has it may use it."""
    worker_ids: tuple[str, ...] = ()
    """It opens this one worker's record only, the present pseudonym first; empty: it is the party's."""


def has_form(token: str) -> bool:
    """Whether it may be a JWT; the registry's opaque tokens (``qz_…``) have no dots."""
    return token.count(".") == 2


def issue(key: OKPKey, key_id: str, issuer: str, claims: Claims, role: str, now_s: int, token_id: str) -> str:
    """A signed token. ``key``: the private one; ``role``: in lower case; ``token_id``: its ``jti``."""
    said: dict[str, Any] = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": claims.party_id,
        "client_id": claims.credential_id,
        "roles": [role],
        "iat": now_s,
        "exp": claims.expire_s,
        "jti": token_id,
    }
    if claims.worker_ids:
        said["workers"] = list(claims.worker_ids)
    if claims.certificate_sha256:
        said["cnf"] = {"x5t#S256": claims.certificate_sha256}
    return jwt.encode({"alg": ALGORITHM, "typ": TYPE, "kid": key_id}, said, key, algorithms=[ALGORITHM])


def key_id_of(token: str) -> str:
    """Which key the token says it is signed with. Nothing else of it may be believed yet.

    Raises:
        UnauthenticatedError: CREDENTIAL_MALFORMED.
    """
    try:
        header = jws.extract_compact(token.encode("ascii")).headers()
    except (JoseError, ValueError) as error:
        raise _malformed() from error
    key_id = header.get("kid")
    # Named here too, so that what is no token of ours costs no look for a key.
    if header.get("alg") != ALGORITHM or header.get("typ") != TYPE or not isinstance(key_id, str):
        raise _malformed()
    return key_id


class Verifier:
    """Checks tokens, and remembers which it has checked. Safe for use by many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._verified: OrderedDict[bytes, Claims] = OrderedDict()

    def claims(self, token: str, public_jwk: str, now_s: float) -> Claims:
        """What the token says, if it was signed with the key and holds now.

        Raises:
            UnauthenticatedError: CREDENTIAL_MALFORMED, CREDENTIAL_UNKNOWN (another key signed it),
                CREDENTIAL_WRONG_AUDIENCE, CREDENTIAL_NOT_YET_VALID or CREDENTIAL_EXPIRED.
        """
        digest = hashlib.sha256(f"{public_jwk}\n{token}".encode()).digest()
        with self._lock:
            known = self._verified.get(digest)
        if known is None:
            known = _verified(token, OKPKey.import_key(json.loads(public_jwk)), int(now_s))
            with self._lock:
                self._verified[digest] = known
                while len(self._verified) > _REMEMBERED:
                    self._verified.popitem(last=False)
        if now_s >= known.expire_s + LEEWAY_S:
            raise expired()
        return known


_ESSENTIAL = ("iss", "sub", "client_id", "iat", "exp", "jti")


def _verified(token: str, key: OKPKey, now_s: int) -> Claims:
    try:
        claims = jwt.decode(token, key, algorithms=[ALGORITHM]).claims
    except (JoseError, ValueError) as error:
        raise UnauthenticatedError(
            "authorization: the registry did not sign this access token; get one from its /oauth/token",
            zh="authorization：该访问令牌不是由登记处签发的；请向其 /oauth/token 申领",
            reason="CREDENTIAL_UNKNOWN",
        ) from error
    wanted: dict[str, jwt.ClaimsOption] = {name: {"essential": True} for name in _ESSENTIAL}
    wanted["aud"] = {"essential": True, "value": AUDIENCE}
    registry = jwt.JWTClaimsRegistry(now_s, LEEWAY_S, **wanted)
    try:
        registry.validate(claims)
    except ExpiredTokenError as error:
        raise expired() from error
    except InvalidClaimError as error:
        _refuse_claim(error)
    except JoseError as error:
        raise _malformed() from error
    bound = claims.get("cnf") or {}
    if not isinstance(bound, dict):
        raise _malformed()
    workers = claims.get("workers", [])
    if not isinstance(workers, list):
        raise _malformed()
    return Claims(
        party_id=str(claims["sub"]),
        credential_id=str(claims["client_id"]),
        expire_s=int(claims["exp"]),
        certificate_sha256=str(bound.get("x5t#S256", "")),
        worker_ids=tuple(map(str, workers)),
    )


def _refuse_claim(error: InvalidClaimError) -> NoReturn:
    if error.claim == "aud":
        raise UnauthenticatedError(
            f"authorization: the access token is for another audience; ask for one for {AUDIENCE!r}",
            zh=f"authorization：该访问令牌的受众不是 {AUDIENCE}；请重新申领",
            reason="CREDENTIAL_WRONG_AUDIENCE",
        ) from error
    if error.claim in ("iat", "nbf"):
        raise UnauthenticatedError(
            "authorization: the access token is not valid yet; check the clocks of both machines",
            zh="authorization：该访问令牌尚未生效；请核对双方时钟",
            reason="CREDENTIAL_NOT_YET_VALID",
        ) from error
    raise _malformed() from error


def expired() -> UnauthenticatedError:
    """The refusal of a token whose time is over."""
    return UnauthenticatedError(
        "authorization: the access token has expired; get the next one from the registry's /oauth/token",
        zh="authorization：该访问令牌已过期；请向登记处的 /oauth/token 重新申领",
        reason="CREDENTIAL_EXPIRED",
    )


def _malformed() -> UnauthenticatedError:
    return UnauthenticatedError(
        f"authorization: not an access token of this registry (typ {TYPE}, alg {ALGORITHM}, a kid)",
        zh=f"authorization：不是本系统的访问令牌（应为 typ {TYPE}、alg {ALGORITHM} 并带 kid）",
        reason="CREDENTIAL_MALFORMED",
    )
