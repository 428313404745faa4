"""The ciphersuite ristretto255-SHA512 in verifiable mode (RFC 9497, sections 3.1, 3.2.1 and 4.1)."""

from __future__ import annotations

from hashlib import sha512

from quzhong.voprf.group import (
    UNIFORM_BYTES,
    Element,
    EncodingError,
    Scalar,
    mapped,
    multiplied_base,
    reduced,
)

MODE_VOPRF = 0x01
CONTEXT = b"OPRFV1-" + bytes([MODE_VOPRF]) + b"-ristretto255-SHA512"
"""In front of every hash, so that no other mode, suite or version of the protocol gets the same ones."""

SEED_BYTES = 32
"""Of a seed that keys are derived from (RFC 9497, DeriveKeyPair)."""

LONGEST_INPUT = 2**16 - 1
"""Bytes: lengths are hashed as two bytes."""

_BLOCK_BYTES = 128
"""SHA-512's input block (RFC 9380, s_in_bytes)."""


def framed(value: bytes) -> bytes:
    """The value behind its length in two bytes, so that what is hashed can be cut in one way only."""
    return len(value).to_bytes(2, "big") + value


def hash_to_element(value: bytes) -> Element:
    """RFC 9497, HashToGroup: hash_to_ristretto255 of RFC 9380, appendix B."""
    return mapped(_expanded(value, b"HashToGroup-" + CONTEXT))


def hash_to_scalar(value: bytes, tag: bytes = b"HashToScalar-" + CONTEXT) -> Scalar:
    """RFC 9497, HashToScalar."""
    return reduced(_expanded(value, tag))


def derive_key(seed: bytes, info: bytes) -> Scalar:
    """RFC 9497, DeriveKeyPair: the same key for the same 32-byte seed and purpose.

    Raises:
        ValueError: for a seed of another length, or a purpose of more than 65,535 bytes.
    """
    if len(seed) != SEED_BYTES or len(info) > LONGEST_INPUT:
        raise ValueError(f"seed: {len(seed)} bytes; {SEED_BYTES} are needed, and a purpose of at most 65,535")
    for counter in range(256):
        key = hash_to_scalar(seed + framed(info) + bytes([counter]), b"DeriveKeyPair" + CONTEXT)
        if any(key):
            return key
    raise EncodingError("DeriveKeyPair found no key")  # chance below 2⁻⁶⁰⁰⁰⁰


def public_key(key: Scalar) -> Element:
    """What proofs are verified with."""
    return multiplied_base(key)


def _expanded(value: bytes, tag: bytes) -> bytes:
    """RFC 9380, expand_message_xmd with SHA-512, for 64 bytes: exactly one block of output."""
    tag_prime = tag + bytes([len(tag)])
    first = sha512(
        bytes(_BLOCK_BYTES) + value + UNIFORM_BYTES.to_bytes(2, "big") + b"\0" + tag_prime
    ).digest()
    return sha512(first + b"\1" + tag_prime).digest()
