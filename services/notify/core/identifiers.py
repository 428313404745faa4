"""Identifiers that are functions of what they name: two runs over the same data give the same ones."""

from __future__ import annotations

import hashlib


def stable_id(kind: str, *parts: str | int) -> str:
    """``<kind>-`` and 24 hexadecimal digits (96 bits of SHA-256) over the kind and the parts.

    Each part is preceded by its length, so that no two different tuples spell the same bytes.
    """
    digest = hashlib.sha256()
    for part in (kind, *parts):
        encoded = str(part).encode()
        digest.update(len(encoded).to_bytes(4, "big"))
        digest.update(encoded)
    return f"{kind}-{digest.hexdigest()[:24]}"
