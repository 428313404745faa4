"""Which byte of an entry was changed, if it was one: its hash is that of the entry as it was, so it tells."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from kit.ledger.entry import DOMAIN, TEXTS, Entry, encode

LONGEST = 4_096
"""Bytes of an entry that are tried: 256 hashes a byte, half a second in all."""


class OneByte(NamedTuple):
    """Where, and what was there."""

    field: str
    place: int
    """From 0: of a text's UTF-8; of a whole number's eight bytes."""
    was: int
    now: int


def changed_byte(entry: Entry) -> OneByte | None:
    """The one byte that has to be put back for the entry to have its hash; None if it is not one.

    Lengths are part of what is hashed, so that a byte added or removed is not found this way.
    """
    message = encode(entry)
    if len(message) > LONGEST:
        return None
    for name, start, end in _fields(entry):
        for at in range(start, end):
            before = hashlib.sha256(message[:at])
            behind = message[at + 1 :]
            for byte in range(256):
                if byte == message[at]:
                    continue
                tried = before.copy()
                tried.update(bytes((byte,)) + behind)
                if tried.digest() == entry.hash:
                    return OneByte(name, at - start, byte, message[at])
    return None


def _fields(entry: Entry) -> list[tuple[str, int, int]]:
    """Each field's stretch of the encoding; see ``entry.encode``."""
    at = len(DOMAIN)
    found = [("sequence", at, at + 8), ("time_ms", at + 8, at + 16)]
    at += 16
    for name in TEXTS:
        at += 4
        length = len(getattr(entry, name).encode())
        found.append((name, at, at + length))
        at += length
    return [*found, ("previous_hash", at, at + 32)]
