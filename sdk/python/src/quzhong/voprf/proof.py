"""That elements were all evaluated with the key of one public key: a proof of equal logarithms (RFC 9497,
section 2.2), one for a whole batch."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha512

from quzhong.voprf import group
from quzhong.voprf.group import Element, EncodingError, Scalar
from quzhong.voprf.suite import CONTEXT, framed, hash_to_scalar

PROOF_BYTES = 2 * group.SCALAR_BYTES
"""Challenge, then response."""

LONGEST_BATCH = 2**16 - 1
"""Elements: their number is hashed as two bytes."""


def prove(
    key: Scalar,
    public_key: Element,
    blinded: Sequence[Element],
    evaluated: Sequence[Element],
    nonce: Scalar | None = None,
) -> bytes:
    """RFC 9497, GenerateProof: that ``evaluated[i]`` is ``key · blinded[i]`` for every i.

    Args:
        nonce: for test vectors only. Two proofs with one nonce give the key away.
    """
    nonce = nonce or group.random_scalar()
    blinded_sum = _weighted_sum(_weights(public_key, blinded, evaluated), blinded)
    evaluated_sum = group.multiplied(key, blinded_sum)  # the owner of the key saves the second sum
    commitments = (group.multiplied_base(nonce), group.multiplied(nonce, blinded_sum))
    challenge = _challenge(public_key, blinded_sum, evaluated_sum, *commitments)
    return challenge + group.difference_with_product(nonce, challenge, key)


def verify(
    public_key: Element, blinded: Sequence[Element], evaluated: Sequence[Element], proof: bytes
) -> bool:
    """RFC 9497, VerifyProof: whether the proof shows what ``prove`` says.

    ``public_key`` and all elements have been checked by ``group.element``; ``proof`` may be anything.
    """
    if len(proof) != PROOF_BYTES or len(blinded) != len(evaluated) or not blinded:
        return False
    try:
        challenge = group.scalar(proof[: group.SCALAR_BYTES])
        response = group.scalar(proof[group.SCALAR_BYTES :])
    except EncodingError:
        return False
    weights = _weights(public_key, blinded, evaluated)
    blinded_sum = _weighted_sum(weights, blinded)
    evaluated_sum = _weighted_sum(weights, evaluated)
    commitments = (
        group.added(group.multiplied_base(response), group.multiplied_public(challenge, public_key)),
        group.added(
            group.multiplied_public(response, blinded_sum), group.multiplied_public(challenge, evaluated_sum)
        ),
    )
    return challenge == _challenge(public_key, blinded_sum, evaluated_sum, *commitments)


def _weights(public_key: Element, blinded: Sequence[Element], evaluated: Sequence[Element]) -> list[Scalar]:
    """RFC 9497, ComputeComposites: a factor for each pair that nobody can choose."""
    if len(blinded) > LONGEST_BATCH:
        raise ValueError(f"{len(blinded)} elements; a proof covers at most {LONGEST_BATCH}")
    seed = framed(sha512(framed(public_key) + framed(b"Seed-" + CONTEXT)).digest())
    return [
        hash_to_scalar(seed + number.to_bytes(2, "big") + framed(one) + framed(other) + b"Composite")
        for number, (one, other) in enumerate(zip(blinded, evaluated, strict=True))
    ]


def _weighted_sum(weights: Sequence[Scalar], elements: Sequence[Element]) -> Element:
    total = group.multiplied_public(weights[0], elements[0])
    for weight, point in zip(weights[1:], elements[1:], strict=True):
        total = group.added(total, group.multiplied_public(weight, point))
    return total


def _challenge(*elements: Element) -> Scalar:
    return hash_to_scalar(b"".join(map(framed, elements)) + b"Challenge")
