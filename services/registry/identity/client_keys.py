"""Client keys: the public key of a party that signs its own assertions (RFC 7523)."""

from __future__ import annotations

import json
import secrets

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey

from kit.clock import Clock
from kit.errors import InvalidArgumentError
from kit.requests import check_request_id
from services.registry.core.parties import Credential
from services.registry.mutations import once, require_published
from services.registry.ports import Publication, RegistryStore, Request
from services.registry.refusals import unknown_party

LONGEST_JWK = 4_096
"""Characters; an Ed25519 or P-256 key has some hundred, a certificate chain beside it a few thousand."""

ClientKey = OKPKey | ECKey


class ClientKeys:
    """The use case of ``RegisterClientKey``."""

    def __init__(self, store: RegistryStore, publication: Publication, clock: Clock) -> None:
        self._store = store
        self._publication = publication
        self._clock = clock

    def register(self, request: Request, party_id: str, public_jwk: str) -> str:
        """A further credential for the party; answers its id.

        Raises:
            InvalidArgumentError: PUBLIC_KEY_FORM, PRIVATE_KEY_SENT, or for the request_id.
            NotFoundError: PARTY_UNKNOWN.
            AlreadyExistsError: REQUEST_ID_REUSED.
            LogUnavailableError: (retryable) it is kept, but the other services cannot be told yet.
        """
        check_request_id(request.request_id)
        key = canonical(public_jwk)
        now_ms = self._clock()
        credential_id = secrets.token_hex(8)
        with self._store.write() as transaction:

            def add() -> str:
                if transaction.party(party_id) is None:
                    raise unknown_party(party_id)
                transaction.put_credential(Credential(credential_id, party_id, b"", now_ms, public_jwk=key))
                return credential_id

            kept, _ = once(transaction, request, add, now_ms)
        require_published(self._publication)
        return kept


def canonical(public_jwk: str) -> str:
    """The key with nothing but what makes it, as RFC 7638 orders it.

    Raises:
        InvalidArgumentError: PUBLIC_KEY_FORM or PRIVATE_KEY_SENT.
    """
    try:
        if len(public_jwk) > LONGEST_JWK:
            raise ValueError("too long")
        given = json.loads(public_jwk)
        if not isinstance(given, dict):
            raise ValueError("not an object")
        key = imported(given)
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise InvalidArgumentError(
            "public_jwk: not the JWK of an Ed25519 or P-256 public key; send e.g. "
            '{"kty":"OKP","crv":"Ed25519","x":"…"}',
            zh="public_jwk：不是 Ed25519 或 P-256 公钥的 JWK；请填写例如 "
            '{"kty":"OKP","crv":"Ed25519","x":"…"}',
            field="public_jwk",
            reason="PUBLIC_KEY_FORM",
        ) from error
    if key.is_private:
        raise InvalidArgumentError(
            "public_jwk: it has the private part; that key is known to others now: make another, send its "
            "public part",
            zh="public_jwk：其中含有私钥，该密钥已泄露；请重新生成密钥，仅填写公钥部分",
            field="public_jwk",
            reason="PRIVATE_KEY_SENT",
        )
    members = key.as_dict(private=False)
    return json.dumps({name: members[name] for name in ("crv", "kty", "x", "y") if name in members})


def imported(jwk: dict[str, str | list[str]]) -> ClientKey:
    """The key of a JWK.

    Raises:
        ValueError: if it is of another kind.
        JoseError: if it cannot be one.
    """
    match jwk.get("kty"), jwk.get("crv"):
        case "OKP", "Ed25519":
            return OKPKey.import_key(jwk)
        case "EC", "P-256":
            return ECKey.import_key(jwk)
    raise ValueError("neither Ed25519 nor P-256")
