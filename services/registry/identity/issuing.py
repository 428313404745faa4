"""OAuth 2.0 client credentials with ``private_key_jwt``: an assertion in, an access token out.

RFC 6749 4.4 says how it is asked for, RFC 7521 and 7523 how the client shows who it is, RFC 9068 what the
token looks like, RFC 8705 how it is bound to a certificate.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any, NamedTuple

from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jws import JWSRegistry

from kit.clock import Clock
from kit.security import access_tokens
from services.registry.identity.client_keys import imported
from services.registry.identity.ports import Assertion, Client, Granting, OAuthStore
from services.registry.identity.refused_asks import NOBODY, RefusedAsks
from services.registry.identity.signing import SigningKeys

GRANT_TYPE = "client_credentials"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = ("Ed25519", "EdDSA", "ES256")
"""``EdDSA`` is what RFC 8037 calls Ed25519; RFC 9864 renamed it, and many libraries know the old name only.
"""

LONGEST_ASSERTION_S = 300
"""An assertion holds for five minutes at most; so long its ``jti`` has to be remembered."""

LONGEST_TOKEN_ID = 128

SET_THE_CLOCK = "; set the clock of the machine that signs"
"""To whoever signs for another time than ours. The SDK knows these words, and says them in Chinese too."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The form of a token request; empty is absent."""

    grant_type: str = ""
    client_id: str = ""
    client_assertion_type: str = ""
    client_assertion: str = ""
    subject_token: str = ""
    subject_token_type: str = ""
    """Of a token exchange (RFC 8693)."""
    certificate_sha256: str = ""
    """Of the TLS certificate the client showed: its token will be bound to it."""


class Granted(NamedTuple):
    """An access token, and for how long it holds."""

    token: str
    lifetime_s: int


class OAuthError(Exception):
    """An error of RFC 6749 5.2."""

    def __init__(
        self, error: str, description: str, status: int = 400, reason: str = "", why: str = ""
    ) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        """English ASCII, as the RFC asks."""
        self.status = status
        self.reason = reason
        """UPPER_SNAKE where ``error`` does not tell programs enough; an extra member of ours."""
        self.why = why or error
        """The cause in a few fixed words, for the ledger; who asks is not always told."""


class Algorithms(JWSRegistry):
    """Takes Ed25519 by either of its names."""

    def get_alg(self, name: str) -> Any:
        """By its present name: the same algorithm, without a warning for each call."""
        return super().get_alg("Ed25519" if name == "EdDSA" else name)


_REGISTRY = Algorithms(algorithms=list(ALGORITHMS))


class TokenIssuer:
    """The token endpoint's use case."""

    def __init__(self, store: OAuthStore, keys: SigningKeys, refused: RefusedAsks, clock: Clock) -> None:
        self._store = store
        self._keys = keys
        self._refused = refused
        self._clock = clock

    def issue(self, ask: Ask, issuer: str, endpoint: str) -> Granted:
        """An access token. ``issuer`` and ``endpoint``: whom the assertion may be addressed to.

        Raises:
            OAuthError: invalid_request, unsupported_grant_type or invalid_client. The last says the same of a
                client nobody knows, one that was revoked and one whose signature is wrong.
        """
        if not ask.grant_type:
            raise OAuthError("invalid_request", "grant_type is missing; send client_credentials")
        if ask.grant_type != GRANT_TYPE:
            raise OAuthError(
                "unsupported_grant_type", "this server issues for other grants; see its metadata"
            )
        subject = NOBODY
        try:
            _check_form(ask)
            client = self._claimed(ask)
            subject = f"client/{client.credential_id}"
            granting = self.granting(client, GRANT_TYPE, access_tokens.LIFETIME_S)
            assertion = _verified(ask, client, (issuer, endpoint), granting.issue_s)
            if not self._store.use_assertion(assertion, granting, granting.issue_s * 1000):
                raise OAuthError(
                    "invalid_client",
                    "jti was used before; make a new assertion a request",
                    401,
                    why="assertion used before",
                )
        except OAuthError as error:
            self._refused.enter(subject, error.why)
            raise
        return self.grant(granting, issuer, ask.certificate_sha256)

    def granting(self, client: Client, grant: str, lifetime_s: int, person: str = "") -> Granting:
        """A token for who has shown who they are, to be entered in the ledger before it is signed."""
        now_s = self._clock() // 1000
        return Granting(client, grant, secrets.token_urlsafe(12), now_s, now_s + lifetime_s, person)

    def grant(self, granting: Granting, issuer: str, certificate_sha256: str) -> Granted:
        """The token of what the ledger tells already."""
        signer = self._keys.signer()
        client = granting.client
        claims = access_tokens.Claims(
            party_id=client.party_id,
            credential_id=client.credential_id,
            expire_s=granting.expire_s,
            certificate_sha256=certificate_sha256,
            worker_ids=granting.worker_ids,
        )
        role = "worker" if granting.worker_ids else client.role.name.lower()
        token = access_tokens.issue(
            signer.key, signer.key_id, issuer, claims, role, granting.issue_s, granting.token_id
        )
        return Granted(token, granting.expire_s - granting.issue_s)

    def _claimed(self, ask: Ask) -> Client:
        client = self._store.client(_claimed_client(ask))
        if client is None:
            raise _not_authenticated("no such client, or revoked")
        return client


def _check_form(ask: Ask) -> None:
    if ask.client_assertion_type != ASSERTION_TYPE or not ask.client_assertion:
        raise OAuthError(
            "invalid_client",
            f"send client_assertion, and client_assertion_type {ASSERTION_TYPE}",
            401,
            why="no assertion",
        )


def _verified(ask: Ask, client: Client, audiences: tuple[str, ...], now_s: int) -> Assertion:
    """The client's assertion, signed by it and for us."""
    try:
        key = imported(json.loads(client.public_jwk))
        claims = jwt.decode(ask.client_assertion, key, registry=_REGISTRY).claims
    except (JoseError, ValueError) as error:
        raise _not_authenticated("signature") from error
    # The signature holds: from here on the client itself is told what is wrong with its assertion.
    token_id, expire_s = _checked(claims, client.credential_id, audiences, now_s)
    return Assertion(client.credential_id, token_id, (expire_s + 60) * 1000)


def _claimed_client(ask: Ask) -> str:
    """Whose assertion it says it is; not believed yet."""
    try:
        payload = jws.extract_compact(ask.client_assertion.encode("ascii"), registry=_REGISTRY).payload
        claimed = json.loads(payload or b"")["iss"]
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise _not_authenticated("assertion unreadable") from error
    if not isinstance(claimed, str) or ask.client_id not in ("", claimed):
        raise _not_authenticated("assertion unreadable")
    return claimed


def _remedy(error: JoseError, claims: dict[str, Any], now_s: int) -> str:
    """What to do about an assertion of another time than ours."""
    begins = [claims.get("iat"), claims.get("nbf")]
    early = any(isinstance(moment, int | float) and moment > now_s for moment in begins)
    return SET_THE_CLOCK if early or isinstance(error, ExpiredTokenError) else ""


def _checked(
    claims: dict[str, Any], client_id: str, audiences: tuple[str, ...], now_s: int
) -> tuple[str, int]:
    """``jti`` and ``exp`` of an assertion that holds."""
    # As the only audience: a list could name another server too, which could then pass the assertion on.
    if claims.get("aud") not in [*audiences, *([each] for each in audiences)]:
        raise OAuthError("invalid_client", f"aud must be {audiences[0]} alone", 401, why="audience")
    wanted: dict[str, jwt.ClaimsOption] = {
        "iss": {"essential": True, "value": client_id},
        "sub": {"essential": True, "value": client_id},
        "exp": {"essential": True},
        "jti": {"essential": True},
    }
    try:
        jwt.JWTClaimsRegistry(now_s, access_tokens.LEEWAY_S, **wanted).validate(claims)
    except JoseError as error:
        why = f"{error.description}{_remedy(error, claims, now_s)}"
        raise OAuthError(
            "invalid_client", f"the assertion does not hold: {why}", 401, why="claims"
        ) from error
    expire_s, token_id = int(claims["exp"]), str(claims["jti"])
    if expire_s - now_s > LONGEST_ASSERTION_S + access_tokens.LEEWAY_S:
        raise OAuthError(
            "invalid_client", f"exp is more than {LONGEST_ASSERTION_S} s ahead{SET_THE_CLOCK}", 401, why="exp"
        )
    if not 0 < len(token_id) <= LONGEST_TOKEN_ID or not token_id.isprintable():
        raise OAuthError(
            "invalid_client", f"jti must have 1-{LONGEST_TOKEN_ID} printable characters", 401, why="jti"
        )
    return token_id, expire_s


def _not_authenticated(why: str) -> OAuthError:
    return OAuthError(
        "invalid_client", "no client with this client_id and key; is it registered?", 401, why=why
    )
