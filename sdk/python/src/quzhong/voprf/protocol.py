"""The oblivious PRF itself: who holds the key never sees the input, who holds the input never sees the key.

::

    owner of the input                              holder of the key
    blinding = blind(input)
                      ── blinding.element ─────▶
                                                    evaluate(key, [element, …])
                      ◀── evaluated, proof ─────
    output, = finalize([blinding], evaluated, proof, public_key)

RFC 9497, section 3.3.2. ``output`` equals ``evaluate_directly(key, input)`` whatever the blinding was.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha512
from typing import NamedTuple

from quzhong.voprf import group
from quzhong.voprf.group import Element, EncodingError, Scalar
from quzhong.voprf.proof import prove, verify
from quzhong.voprf.suite import LONGEST_INPUT, framed, hash_to_element, public_key


class ProofError(ValueError):
    """What came back was not evaluated with the key of the public key, or was changed on the way."""


class BlindedElementError(ValueError):
    """One of a batch is no element of the group, or the identity."""

    def __init__(self, index: int, encoded: bytes) -> None:
        try:
            group.element(encoded)
            why = "cannot be multiplied"
        except EncodingError as error:
            why = str(error)
        super().__init__(why)
        self.index = index
        """Its place in the batch, from 0."""


class Blinding(NamedTuple):
    """An input on its way. ``element`` is uniformly random: it tells nothing of the input without
    ``factor``."""

    value: bytes
    """The input; stays here."""
    factor: Scalar
    """Used once; stays here."""
    element: Element
    """What is sent."""

    def __repr__(self) -> str:
        """Neither input nor blind: neither may get into a log by accident."""
        return "Blinding(…)"


class Evaluation(NamedTuple):
    """What the holder of the key answers."""

    elements: list[Element]
    """As many as came, in their order."""
    proof: bytes
    """Of all of them together, 64 bytes."""


def blind(value: bytes, factor: Scalar | None = None) -> Blinding:
    """RFC 9497, Blind.

    Args:
        value: up to 65,535 bytes.
        factor: for test vectors only; otherwise drawn from secure randomness, never used again.

    Raises:
        ValueError: for a longer input.
    """
    if len(value) > LONGEST_INPUT:
        raise ValueError(f"input: {len(value)} bytes; at most {LONGEST_INPUT} can be hashed")
    factor = factor or group.random_scalar()
    return Blinding(value, factor, group.multiplied(factor, hash_to_element(value)))


def evaluate(key: Scalar, blinded: Sequence[bytes], nonce: Scalar | None = None) -> Evaluation:
    """RFC 9497, BlindEvaluate, of a batch of at least one.

    Args:
        blinded: as they came; they need no check before.
        nonce: for test vectors only, see ``prove``.

    Raises:
        BlindedElementError: for the first that is no element of the group, or the identity.
    """
    evaluated = []
    for index, point in enumerate(blinded):
        try:
            evaluated.append(group.multiplied(key, point))
        except EncodingError:
            raise BlindedElementError(index, point) from None
    return Evaluation(evaluated, prove(key, public_key(key), blinded, evaluated, nonce))


def finalize(
    blindings: Sequence[Blinding], evaluated: Sequence[bytes], proof: bytes, public: bytes
) -> list[bytes]:
    """RFC 9497, Finalize: verify, take the blinding away, hash. 64 bytes for each, in their order.

    Raises:
        ProofError: if anything of it is not what the holder of ``public``'s key would have answered.
    """
    blinded = [each.element for each in blindings]
    try:
        group.element(public)
        points = [group.element(point) for point in evaluated]
    except EncodingError as error:
        raise ProofError(f"an element of the answer: {error}") from None
    if not verify(public, blinded, points, proof):
        raise ProofError("the proof does not fit the key, the question and the answer")
    return [
        _hashed(each.value, group.multiplied(group.inverted(each.factor), point))
        for each, point in zip(blindings, points, strict=True)
    ]


def evaluate_directly(key: Scalar, value: bytes) -> bytes:
    """RFC 9497, Evaluate: the output for who holds both key and input."""
    return _hashed(value, group.multiplied(key, hash_to_element(value)))


def _hashed(value: bytes, unblinded: Element) -> bytes:
    return sha512(framed(value) + framed(unblinded) + b"Finalize").digest()
