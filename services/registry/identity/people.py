"""People: who signed in at the city's identity provider (OpenID Connect) gets an access token of their party.

The grant is a token exchange (RFC 8693): an ID token in, an access token out. Which party somebody belongs to
is said by a claim of the ID token, so that people come and go at the provider alone; that the party stands,
and may be signed in for, is decided here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from kit.clock import Clock
from kit.ledger.entry import printable
from kit.security import access_tokens
from services.registry.core.parties import Credential, Party, Role
from services.registry.identity.issuing import Algorithms, Ask, Granted, OAuthError, TokenIssuer
from services.registry.identity.ports import Assertion, Client, Granting, OAuthStore
from services.registry.identity.refused_asks import PEOPLE, RefusedAsks
from services.registry.ports import Publication, RegistryStore

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange"
ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token"

SESSION_S = 8 * 3600
"""A working day. Longer than a program's token, as nobody signs in six times an hour; revoked as fast."""

LONGEST_PERSON = 255
"""OpenID Connect Core 2: a ``sub`` has no more."""

_KINDS: Mapping[str, tuple[type[OKPKey] | type[ECKey] | type[RSAKey], Sequence[str]]] = {
    "RSA": (RSAKey, ("RS256", "PS256")),
    "EC": (ECKey, ("ES256",)),
    "OKP": (OKPKey, ("Ed25519", "EdDSA")),
}
"""Which algorithms go with which kind of key: a token never chooses how its own signature is checked."""


class ProviderKeys(Protocol):
    """The identity provider's public keys."""

    def find(self, key_id: str) -> Mapping[str, Any] | None:
        """The JWK with this id; None if the provider has none such.

        Raises:
            RetryableError: if the provider cannot be reached.
        """
        ...


@dataclass(frozen=True, slots=True)
class Provider:
    """Whom we believe, and what about."""

    issuer: str
    client_id: str
    """The portal's, at the provider: ID tokens for other applications are not for us."""
    party_claim: str
    """The claim that holds a party_id."""


class SignedInPeople:
    """The use case of a token exchange."""

    def __init__(
        self,
        provider: Provider,
        keys: ProviderKeys,
        registry: RegistryStore,
        store: OAuthStore,
        publication: Publication,
        issuer: TokenIssuer,
        refused: RefusedAsks,
        clock: Clock,
    ) -> None:
        self._provider = provider
        self._keys = keys
        self._registry = registry
        self._store = store
        self._publication = publication
        self._issuer = issuer
        self._refused = refused
        self._clock = clock

    def exchange(self, ask: Ask, issuer: str) -> Granted:
        """An access token for whoever the ID token names.

        Raises:
            OAuthError: invalid_request, or invalid_grant: the same words for whatever is wrong with the
                person's party, so that nobody learns which parties there are.
        """
        if ask.subject_token_type != ID_TOKEN or not ask.subject_token:
            raise OAuthError("invalid_request", f"send subject_token, and subject_token_type {ID_TOKEN}")
        try:
            granting = self._granting(ask.subject_token)
        except OAuthError as error:
            self._refused.enter(PEOPLE, error.why)
            raise
        return self._issuer.grant(granting, issuer, ask.certificate_sha256)

    def _granting(self, token: str) -> Granting:
        now_ms = self._clock()
        claims = self._verified(token, now_ms // 1000)
        party_id = claims.get(self._provider.party_claim)
        client = self._credential_of(party_id, now_ms) if isinstance(party_id, str) else None
        if client is None:
            raise OAuthError(
                "invalid_grant", "this account belongs to no party that may sign in here", why="party"
            )
        used = Assertion(
            f"id-token {self._provider.issuer}",
            hashlib.sha256(token.encode()).hexdigest(),
            (int(claims["exp"]) + 60) * 1000,
        )
        person = printable(str(claims["sub"]), LONGEST_PERSON)
        granting = self._issuer.granting(client, GRANT_TYPE, SESSION_S, person)
        if not self._store.use_assertion(used, granting, now_ms):
            raise OAuthError(
                "invalid_grant", "the ID token was used before; sign in again", why="ID token used before"
            )
        return granting

    def _verified(self, token: str, now_s: int) -> dict[str, Any]:
        refused = OAuthError(
            "invalid_grant", "not an ID token of the provider for this application", why="ID token"
        )
        try:
            key_id = jws.extract_compact(token.encode("ascii")).headers().get("kid")
            jwk = self._keys.find(key_id) if isinstance(key_id, str) else None
            if jwk is None or jwk.get("kty") not in _KINDS:
                raise refused
            kind, algorithms = _KINDS[jwk["kty"]]
            public = {
                name: value for name, value in jwk.items() if name in ("kty", "crv", "x", "y", "n", "e")
            }
            registry = Algorithms(algorithms=list(algorithms))
            claims = jwt.decode(token, kind.import_key(public), registry=registry).claims
        except (JoseError, ValueError) as error:
            raise refused from error
        wanted: dict[str, jwt.ClaimsOption] = {name: {"essential": True} for name in ("sub", "exp", "iat")}
        wanted["iss"] = {"essential": True, "value": self._provider.issuer}
        wanted["aud"] = {"essential": True, "value": self._provider.client_id}
        try:
            jwt.JWTClaimsRegistry(now_s, access_tokens.LEEWAY_S, **wanted).validate(claims)
        except JoseError as error:
            raise OAuthError(
                "invalid_grant", f"the ID token does not hold: {error.description}", why="claims"
            ) from error
        # OpenID Connect Core 3.1.3.7: a token for several is for whom it was issued to.
        if claims.get("azp", self._provider.client_id) != self._provider.client_id:
            raise refused
        return claims

    def _credential_of(self, party_id: str, now_ms: int) -> Client | None:
        """The credential of a party's people, made when the first of them signs in.

        To revoke it ends their sessions, and keeps everybody of the party out.
        """
        credential_id = f"people-{party_id}"
        with self._registry.write() as transaction:
            party: Party | None = transaction.party(party_id)
            if party is None or party.role in (Role.ADMINISTRATOR, Role.SERVICE):
                return None  # a provider's operator must not become ours
            credential = transaction.credential(credential_id)
            if credential is None:
                transaction.put_credential(Credential(credential_id, party_id, b"", now_ms))
            elif credential.revoke_ms is not None:
                return None
        if credential is None:
            self._publication.wait()
        return Client(credential_id, party_id, party.role, "")


def key_set(document: str) -> dict[str, dict[str, Any]]:
    """The keys of a JWK set (RFC 7517) by id; those without one cannot be asked for.

    Raises:
        ValueError: if it is none.
    """
    told = json.loads(document)
    if not isinstance(told, dict) or not isinstance(told.get("keys"), list):
        raise ValueError("not a JWK set")
    return {
        key["kid"]: key for key in told["keys"] if isinstance(key, dict) and isinstance(key.get("kid"), str)
    }
