"""The group ristretto255 (RFC 9496), as far as the protocol needs it: libsodium's, through ``rbcl``.

Elements and scalars are their 32 canonical bytes, as on the wire. All arithmetic is the library's; what is
here only refuses what must not reach it. Multiplication takes constant time in libsodium; addition of public
elements need not.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

import rbcl

if os.name == "posix":
    # rbcl unpacks libsodium, 2.7 MB, into the temporary folder, anew in every process, and leaves it there.
    # Once it is loaded the file is not needed.
    with suppress(OSError):
        Path(rbcl._sodium._name).unlink()

Element = bytes
"""A group element, 32 bytes, canonical."""

Scalar = bytes
"""An integer modulo the group's order, 32 bytes, little-endian, canonical. A key, a blind or a part of a
proof."""

ELEMENT_BYTES = 32
SCALAR_BYTES = 32
UNIFORM_BYTES = 64
"""As many uniform bytes are reduced to a scalar or mapped to an element: what is lost is below 2⁻²⁵⁰."""

IDENTITY: Element = bytes(ELEMENT_BYTES)
"""The neutral element. It is the product of every key with it, so it must not be evaluated."""


class EncodingError(ValueError):
    """Bytes that are no element, or no scalar, of the group. Says why, never what they are."""


def element(encoded: bytes) -> Element:
    """The element (RFC 9497, DeserializeElement): canonical, of the prime-order group, not the identity.

    Raises:
        EncodingError: saying which of these it is not.
    """
    if len(encoded) != ELEMENT_BYTES:
        raise EncodingError(f"{len(encoded)} bytes; an element of ristretto255 has {ELEMENT_BYTES}")
    if encoded == IDENTITY:
        raise EncodingError("the identity element; every key maps it to itself")
    if not rbcl.crypto_core_ristretto255_is_valid_point(encoded):
        raise EncodingError("no canonical encoding of an element of ristretto255")
    return encoded


def scalar(encoded: bytes) -> Scalar:
    """The scalar (RFC 9497, DeserializeScalar): below the group's order; zero is allowed.

    Raises:
        EncodingError: for another length, or a number that is not reduced.
    """
    if len(encoded) != SCALAR_BYTES:
        raise EncodingError(f"{len(encoded)} bytes; a scalar of ristretto255 has {SCALAR_BYTES}")
    if reduced(encoded + bytes(UNIFORM_BYTES - SCALAR_BYTES)) != encoded:
        raise EncodingError("not below the group's order")
    return encoded


def reduced(uniform: bytes) -> Scalar:
    """64 bytes, read as a little-endian integer, modulo the group's order."""
    number: bytes = rbcl.crypto_core_ristretto255_scalar_reduce(uniform)
    return number


def random_scalar() -> Scalar:
    """From the machine's secure randomness, not zero."""
    while not any(number := reduced(secrets.token_bytes(UNIFORM_BYTES))):
        pass
    return number


def mapped(uniform: bytes) -> Element:
    """64 uniform bytes to an element whose logarithm nobody knows (RFC 9496, one-way map)."""
    point: bytes = rbcl.crypto_core_ristretto255_from_hash(uniform)
    return point


def multiplied(factor: Scalar, point: Element) -> Element:
    """``factor · point``.

    Raises:
        EncodingError: if ``point`` is no element, or the product is the identity; so what comes from outside
            need not be checked before.
    """
    if len(point) != ELEMENT_BYTES:
        raise EncodingError(f"{len(point)} bytes; an element of ristretto255 has {ELEMENT_BYTES}")
    try:
        product: bytes = rbcl.crypto_scalarmult_ristretto255(factor, point)
    except RuntimeError:
        raise EncodingError("no element of ristretto255 that can be multiplied") from None
    return product


def multiplied_base(factor: Scalar) -> Element:
    """``factor · generator``; the identity for zero."""
    product: bytes = rbcl.crypto_scalarmult_ristretto255_base_allow_scalar_zero(factor)
    return product


def multiplied_public(factor: Scalar, point: Element) -> Element:
    """``factor · point`` of public values; the identity if either is nothing. ``point`` is an element."""
    if not any(factor) or point == IDENTITY:
        return IDENTITY
    return multiplied(factor, point)


def added(one: Element, other: Element) -> Element:
    """The sum of two elements."""
    total: bytes = rbcl.crypto_core_ristretto255_add(one, other)
    return total


def inverted(number: Scalar) -> Scalar:
    """``1 / number`` modulo the group's order; ``number`` is not zero."""
    inverse: bytes = rbcl.crypto_core_ristretto255_scalar_invert(number)
    return inverse


def difference_with_product(minuend: Scalar, one: Scalar, other: Scalar) -> Scalar:
    """``minuend - one · other`` modulo the group's order."""
    product = rbcl.crypto_core_ristretto255_scalar_mul(one, other)
    result: bytes = rbcl.crypto_core_ristretto255_scalar_sub(minuend, product)
    return result
