"""The client's side of VOPRF(ristretto255, SHA-512): the RFC's vectors, pseudonyms, and answers to refuse."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

from quzhong import voprf
from quzhong.evaluation_rounds import PSEUDONYM_BYTES
from quzhong.identities import canonical

ABOUT = (
    "inputs and blinds (scalars) → blinded elements; with the registry's answer → outputs, or that "
    "it is refused; a pseudonym is base64url of an output's first 18 bytes; all bytes in hexadecimal"
)

RFC_FILE = Path(__file__).resolve().parents[2] / "tests/unit/sdk/data/rfc9497-ristretto255-sha512-voprf.json"
_RFC: dict[str, Any] = json.loads(RFC_FILE.read_text("utf-8"))
_KEY = voprf.derive_key(bytes(range(32)), b"quzhong test vectors")
_PUBLIC = voprf.public_key(_KEY)
_NONCE = voprf.derive_key(bytes(32), b"a nonce")
_ORDER = 2**252 + 27742317777372353535851937790883648493


def _hexed(values: list[bytes]) -> list[str]:
    return [value.hex() for value in values]


def _given(values: list[bytes], blinds: list[bytes]) -> dict[str, Any]:
    blinded = [voprf.blind(value, factor).element for value, factor in zip(values, blinds, strict=True)]
    answer = voprf.evaluate(_KEY, blinded, _NONCE)
    return {
        "inputs": _hexed(values),
        "blinds": _hexed(blinds),
        "public_key": _PUBLIC.hex(),
        "evaluated": _hexed(answer.elements),
        "proof": answer.proof.hex(),
    }


def _of_the_rfc() -> list[dict[str, Any]]:
    return [
        {
            "name": f"RFC 9497, {vector['name']}",
            "given": {
                "inputs": vector["inputs"],
                "blinds": vector["blinds"],
                "public_key": _RFC["public_key"],
                "evaluated": vector["evaluated"],
                "proof": vector["proof"],
            },
            # From the RFC, so that no implementation is its own witness.
            "expected": {
                "blinded": vector["blinded"],
                "outputs": vector["outputs"],
                "pseudonyms": [_pseudonym(bytes.fromhex(output)) for output in vector["outputs"]],
            },
        }
        for vector in _RFC["vectors"]
    ]


def _of_workers(*identities: str) -> dict[str, Any]:
    texts = [canonical(identity).encode() for identity in identities]
    return _given(texts, [voprf.derive_key(bytes(32), text) for text in texts])


def _to_refuse() -> list[dict[str, Any]]:
    good = _of_workers("11010519491231002X", "冀b-12345")
    first, second = good["evaluated"]
    proof = bytes.fromhex(good["proof"])
    unreduced = proof[:32] + (int.from_bytes(proof[32:], "little") + _ORDER).to_bytes(32, "little")
    other = voprf.derive_key(bytes(32), b"another key")
    blinded = bytes.fromhex(outcome(good)["blinded"][1])
    marked = voprf.evaluate(other, [blinded], _NONCE).elements[0].hex()
    changes: dict[str, dict[str, Any]] = {
        "another public key": {"public_key": voprf.public_key(other).hex()},
        "elements in another order": {"evaluated": [second, first]},
        "one evaluated with another key": {"evaluated": [first, marked]},
        "one missing": {"evaluated": [first]},
        "one too many": {"evaluated": [first, second, second]},
        "none": {"evaluated": []},
        "the identity element": {"evaluated": [first, "00" * 32]},
        "no canonical element": {"evaluated": [first, "ed" + "ff" * 30 + "7f"]},
        "a negative element": {"evaluated": [first, "01" + "00" * 31]},
        "an element too short": {"evaluated": [first, second[:-2]]},
        "identity as public key": {"public_key": "00" * 32},
        "proof with one bit changed": {"proof": bytes([proof[0] ^ 1, *proof[1:]]).hex()},
        "proof with a scalar that is not reduced": {"proof": unreduced.hex()},
        "proof too short": {"proof": proof[:-1].hex()},
        "proof too long": {"proof": proof.hex() + "00"},
        "proof of zeros": {"proof": "00" * 64},
        "no proof": {"proof": ""},
    }
    return [{"name": f"refused: {name}", "given": good | change} for name, change in changes.items()]


def outcome(given: dict[str, Any]) -> dict[str, Any]:
    """What the client makes of an answer."""
    values, blinds, evaluated = (
        [bytes.fromhex(each) for each in given[name]] for name in ("inputs", "blinds", "evaluated")
    )
    blindings = [voprf.blind(value, factor) for value, factor in zip(values, blinds, strict=True)]
    told: dict[str, Any] = {"blinded": _hexed([each.element for each in blindings])}
    try:
        outputs = voprf.finalize(
            blindings, evaluated, bytes.fromhex(given["proof"]), bytes.fromhex(given["public_key"])
        )
    except voprf.ProofError:
        return told | {"refused": True}
    return told | {"outputs": _hexed(outputs), "pseudonyms": [_pseudonym(output) for output in outputs]}


def _pseudonym(output: bytes) -> str:
    return urlsafe_b64encode(output[:PSEUDONYM_BYTES]).decode()


CASES: list[dict[str, Any]] = [
    *_of_the_rfc(),
    {"name": "an identity number", "given": _of_workers("11010519491231002X")},
    {"name": "a licence", "given": _of_workers("唐(2025)0077")},
    {
        "name": "a batch, one of them twice",
        "given": _of_workers("11010519491231002X", "440524188001010014", "冀b-12345", "11010519491231002X"),
    },
    {"name": "an empty input", "given": _given([b""], [_NONCE])},
    *_to_refuse(),
]
