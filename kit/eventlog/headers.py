"""Record headers as one blob, for logs and stores that keep them in a column.

Layout, repeated for each header: name length (2 bytes), value length (4 bytes), big-endian; name in UTF-8;
value.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

_LENGTHS = struct.Struct(">HI")


def pack(headers: Mapping[str, bytes]) -> bytes:
    """Headers as bytes; no headers are no bytes."""
    parts: list[bytes] = []
    for name, value in headers.items():
        encoded = name.encode()
        parts += (_LENGTHS.pack(len(encoded), len(value)), encoded, value)
    return b"".join(parts)


def unpack(packed: bytes) -> dict[str, bytes]:
    """What ``pack`` packed."""
    headers: dict[str, bytes] = {}
    at = 0
    while at < len(packed):
        name_length, value_length = _LENGTHS.unpack_from(packed, at)
        at += _LENGTHS.size
        name = packed[at : at + name_length].decode()
        at += name_length
        headers[name] = packed[at : at + value_length]
        at += value_length
    return headers
