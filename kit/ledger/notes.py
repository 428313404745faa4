"""Checkpoints: what a ledger's owner signs, as a C2SP signed note (https://c2sp.org/signed-note).

    quzhong/registry                                   origin: the ledger
    1024                                               entries covered
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=       hash of the last of them, base64
    number 17                                          of the checkpoint, from 1
    time 1773635464000                                 epoch milliseconds

    — quzhong/registry Az3grlgt…                       4 bytes of key id, 64 of the Ed25519 signature

The lines are those of a C2SP checkpoint, so its tools read and verify it; the hash is the head of a chain,
not the root of a Merkle tree, so there are no inclusion proofs (ADR 19 has why). A note may have several
signatures: at a rotation the old key signs beside the new one. A public key is told as C2SP's *vkey*:
``<name>+<key id, hex>+<base64 of 0x01 and the key>``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kit.errors import InvalidArgumentError

ED25519 = b"\x01"
"""The signature type's byte in key ids and vkeys."""

LONGEST_NOTE = 16 * 1024
"""Bytes: room for 16 signatures and more, as the specification asks."""

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class VerifyingKey:
    """A public key under a ledger's name."""

    name: str
    raw: bytes
    """32 bytes."""

    @property
    def key_id(self) -> bytes:
        """4 bytes, as C2SP says."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.raw).digest()[:4]

    @property
    def vkey(self) -> str:
        """As it is told to people and programs."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(ED25519 + self.raw).decode()}"

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether the key's owner signed the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signature:
    """A line below a note's text."""

    name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A note, read. Nothing of it holds before a signature was verified."""

    origin: str
    size: int
    head: bytes
    number: int
    time_ms: int
    text: str
    """What is signed."""
    signatures: tuple[Signature, ...]
    note: str
    """All of it."""


def origin_of(ledger_id: str) -> str:
    """The name of a ledger in notes and keys."""
    return f"quzhong/{ledger_id}"


def public_key(key: Ed25519PrivateKey, ledger_id: str) -> VerifyingKey:
    """What others verify with."""
    return VerifyingKey(origin_of(ledger_id), key.public_key().public_bytes_raw())


def sign(
    ledger_id: str, *, size: int, head: bytes, number: int, time_ms: int, keys: Iterable[Ed25519PrivateKey]
) -> str:
    """A note over a ledger's first ``size`` entries."""
    lines = [
        origin_of(ledger_id),
        str(size),
        base64.b64encode(head).decode(),
        f"number {number}",
        f"time {time_ms}",
    ]
    text = "".join(f"{line}\n" for line in lines)
    signatures = []
    for key in keys:
        public = public_key(key, ledger_id)
        value = base64.b64encode(public.key_id + key.sign(text.encode())).decode()
        signatures.append(f"— {public.name} {value}\n")
    return text + "\n" + "".join(signatures)


def parse(note: str) -> Checkpoint:
    """Read a note, strictly: one note has one text.

    Raises:
        ValueError: with what is wrong, if it is no checkpoint of a ledger.
    """
    if len(note.encode()) > LONGEST_NOTE:
        raise ValueError(f"longer than {LONGEST_NOTE} bytes")
    body, gap, below = note.rpartition("\n\n")
    if not gap or not below.endswith("\n"):
        raise ValueError("no blank line between text and signatures, or no line feed at the end")
    signatures = tuple(_signature(line) for line in below[:-1].split("\n"))
    match body.split("\n"):
        case [origin, size, head, number, moment] if number.startswith("number ") and moment.startswith(
            "time "
        ):
            return Checkpoint(
                origin,
                _whole(size),
                _base64(head, 32),
                _whole(number.removeprefix("number ")),
                _whole(moment.removeprefix("time ")),
                body + "\n",
                signatures,
                note,
            )
    raise ValueError("not the five lines of a checkpoint: origin, size, hash, number, time")


def parse_vkey(text: str) -> VerifyingKey:
    """A public key as ``VerifyingKey.vkey`` tells it.

    Raises:
        InvalidArgumentError: LEDGER_KEY, if it is none.
    """
    try:
        name, key_id, value = text.split("+", 2)
        raw = _base64(value, 33)
        key = VerifyingKey(name, raw[1:])
        if raw[:1] != ED25519 or key.key_id.hex() != key_id:
            raise ValueError("its key id does not fit")
        Ed25519PublicKey.from_public_bytes(key.raw)
    except ValueError as error:
        raise InvalidArgumentError(
            f"public key: {text[:120]!r} is none of the form name+id+base64: {error}",
            zh=f"公钥：{text[:120]!r} 不是“名称+编号+base64”形式：{error}",
            field="public_key",
            reason="LEDGER_KEY",
        ) from error
    return key


def signers(checkpoint: Checkpoint, known: Sequence[VerifyingKey]) -> tuple[list[VerifyingKey], bool]:
    """Known keys that signed it, and whether a signature that names a known key is false."""
    good: list[VerifyingKey] = []
    false = False
    for signature in checkpoint.signatures:
        for key in known:
            if (key.name, key.key_id) == (signature.name, signature.key_id):
                if key.verifies(checkpoint.text, signature.value):
                    good.append(key)
                else:
                    false = True
    return good, false


def _signature(line: str) -> Signature:
    match line.split(" "):
        case ["—", name, value] if name and "+" not in name:
            decoded = _base64(value, 68)
            return Signature(name, decoded[:4], decoded[4:])
    raise ValueError(f"no line of a signature: {line[:80]!r}")


def _whole(text: str) -> int:
    if _NUMBER.fullmatch(text) is None:
        raise ValueError(f"no whole number: {text[:40]!r}")
    return int(text)


def _base64(text: str, length: int) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError(f"no base64: {text[:120]!r}") from error
    if len(value) != length or base64.b64encode(value).decode() != text:
        raise ValueError(f"not the base64 of {length} bytes: {text[:120]!r}")
    return value
