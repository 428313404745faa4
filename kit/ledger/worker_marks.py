"""How ledgers name a worker: by a keyed hash, as what they say stays when the worker's data are erased.

A *mark* is ``<key>.<hash>``: the first eight hexadecimal digits of the key's own SHA-256, and HMAC-SHA-256 of
the pseudonym in Base32, under a key that HKDF (RFC 5869) derives from one that signs the ledger. Who has that
key and the pseudonym can find the worker's entries (``quzhong ledger mark``); nobody can go the other way.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from functools import cached_property
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kit.ledger.keys import Keys

_INFO = b"quzhong ledger: marks of workers"
_KEY_BYTES = 32
"""As long as the hash, which RFC 2104 recommends."""


class WorkerMarks:
    """The marks of workers under a ledger's keys."""

    def __init__(self, keys: Keys) -> None:
        """``keys``: the last one makes marks, by the others earlier ones are found."""
        self._keys = keys

    def mark(self, worker_id: str) -> str:
        """What a ledger enters for a pseudonym from now on: 61 characters."""
        return _mark(self._derived[-1], worker_id)

    def all(self, worker_id: str) -> list[str]:
        """What it may have entered under any of the keys, the newest first."""
        return [_mark(key, worker_id) for key in reversed(self._derived)]

    @cached_property
    def _derived(self) -> list[bytes]:
        return [_derive(key) for key in self._keys]


def _derive(key: Ed25519PrivateKey) -> bytes:
    derived: bytes = HKDF(SHA256(), _KEY_BYTES, None, _INFO).derive(key.private_bytes_raw())
    return derived


def _mark(key: bytes, worker_id: str) -> str:
    digest = hmac.digest(key, worker_id.encode(), sha256)
    return f"{sha256(key).hexdigest()[:8]}.{b32encode(digest).decode().rstrip('=').lower()}"
