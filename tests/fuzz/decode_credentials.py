"""What strangers hold out: bearer tokens, and blinded elements for the pseudonym key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.jwk import OKPKey

from kit.errors import InvalidArgumentError, UnauthenticatedError
from kit.ledger import notes
from kit.security import access_tokens, tokens
from kit.security.access_tokens import Claims, Verifier
from quzhong.voprf import BlindedElementError, ProofError, blind, evaluate, finalize, group
from quzhong.voprf.suite import public_key
from tests.fuzz.mutating import of_json, of_jwt
from tests.fuzz.target import Target

NOW_S = 1_773_635_464


class _Signing(NamedTuple):
    key: OKPKey
    public_jwk: str


@cache
def _signing() -> _Signing:
    """A key of this process: what it signs, only this process believes."""
    key = OKPKey.generate_key("Ed25519", private=True)
    public = {"kty": "OKP", "crv": "Ed25519", "x": key.as_dict(private=False)["x"]}
    return _Signing(key, str(public).replace("'", '"'))


def _bearer(data: bytes) -> bool:
    """As ``Directory.authenticate`` takes it apart."""
    token = data.decode("utf-8", "surrogateescape")
    try:
        if access_tokens.has_form(token):
            access_tokens.key_id_of(token)
            Verifier().claims(token, _signing().public_jwk, NOW_S)
        else:
            _, secret = tokens.split(token)
            tokens.matches(secret, b"")
    except UnauthenticatedError:
        return False
    return True


def _bearers() -> Iterator[bytes]:
    yield tokens.issue().token.encode()
    claims = Claims("swift", "credential", NOW_S + 600)
    yield access_tokens.issue(
        _signing().key, "key", "https://registry", claims, "platform", NOW_S, "id"
    ).encode()


def _signed(data: bytes) -> bool:
    """Claims that the signature is right for: as a registry of another version may have signed them."""
    header = {"alg": access_tokens.ALGORITHM, "typ": access_tokens.TYPE, "kid": "key"}
    token = jws.serialize_compact(header, data, _signing().key, algorithms=[access_tokens.ALGORITHM])
    try:
        Verifier().claims(token, _signing().public_jwk, NOW_S)
    except UnauthenticatedError:
        return False
    return True


def _claims() -> Iterator[bytes]:
    yield (
        b'{"iss":"r","aud":"quzhong","sub":"swift","client_id":"c","roles":["platform"],"iat":1773635464,'
        b'"exp":1773636064,"jti":"j","cnf":{"x5t#S256":"A"}}'
    )


_KEY = (7).to_bytes(32, "little")
_BLINDING = blind(b"input", factor=(5).to_bytes(32, "little"))


def _elements(data: bytes) -> bool:
    """As many elements as there are whole ones, and a rest."""
    parts = [data[at : at + group.ELEMENT_BYTES] for at in range(0, len(data), group.ELEMENT_BYTES)]
    if not parts:
        return False
    try:
        evaluate(_KEY, parts)
    except BlindedElementError:
        return False
    return True


def _answers(data: bytes) -> bool:
    """An answer of a registry that lies: element, then proof."""
    element, proof = data[: group.ELEMENT_BYTES], data[group.ELEMENT_BYTES :]
    try:
        finalize([_BLINDING], [element], proof, public_key(_KEY))
    except ProofError:
        return False
    assert element == evaluate(_KEY, [_BLINDING.element]).elements[0], "a false answer was believed"
    return True


def _evaluated() -> Iterator[bytes]:
    evaluation = evaluate(_KEY, [_BLINDING.element], nonce=(3).to_bytes(32, "little"))
    yield evaluation.elements[0] + evaluation.proof


def _note(data: bytes) -> bool:
    text = data.decode("utf-8", "surrogateescape")
    try:
        notes.signers(notes.parse(text), [notes.VerifyingKey("quzhong/registry", bytes(32))])
    except ValueError:
        return False
    return True


def _vkey(data: bytes) -> bool:
    try:
        notes.parse_vkey(data.decode("utf-8", "surrogateescape"))
    except InvalidArgumentError:
        return False
    return True


_SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def _notes() -> Iterator[bytes]:
    yield notes.sign(
        "registry", size=3, head=bytes(32), number=1, time_ms=NOW_S * 1000, keys=[_SIGNER]
    ).encode()


CREDENTIALS = (
    Target("bearer", _bearer, _bearers, of_jwt, longest=4_096),
    Target("signed-claims", _signed, _claims, of_json, longest=4_096),
    Target("blinded-elements", _elements, lambda: [_BLINDING.element, _BLINDING.element * 3], longest=256),
    Target("evaluated-elements", _answers, _evaluated, longest=128),
    Target("signed-note", _note, _notes, longest=4_096),
    Target("public-key", _vkey, lambda: [notes.public_key(_SIGNER, "registry").vkey.encode()], longest=512),
)
