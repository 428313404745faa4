"""Pseudonyms of workers: the same for a person on every platform, and made before anything leaves the
platform."""

from __future__ import annotations

import os
import re
import unicodedata
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import blake2b
from typing import Protocol

from quzhong.errors import LocalKeyInProductionError

ENVIRONMENT = "QUZHONG_ENVIRONMENT"
"""The variable that says where a process runs; ``production`` refuses what is for sandboxes only."""

_DIGEST_BYTES = 18
"""144 bits: 24 characters without padding; a collision among 10⁹ workers has a chance below 10⁻²⁵."""

_LEAST_KEY_BYTES = 16
"""Below 128 bits the key itself could be searched."""

_IDENTITY_NUMBER = re.compile(r"\d{17}x")
"""GB 11643: 17 digits and a check character, which people also write in lower case."""


class Pseudonymiser(Protocol):
    """Turns who somebody is into a pseudonym of 16–64 characters A–Z a–z 0–9 _ -."""

    def pseudonym(self, identity: str) -> str:
        """The same identity gives the same pseudonym; nobody without the key can go back or forth."""
        ...


class LocalPseudonymiser:
    """Keyed BLAKE2b under a key this installation holds. For tests and sandboxes; refused in production.

    Identity numbers can be guessed one by one, so whoever holds the key can find out who is behind a
    pseudonym, and two platforms get the same pseudonyms only if both hold it. With ``ObliviousPseudonymiser``
    the registry never sees the identity and the platform never learns the key.
    """

    def __init__(self, key: bytes, *, cache_size: int = 100_000) -> None:
        """``key`` is secret, 16–64 bytes; ``cache_size`` is how many workers are kept at hand.

        Raises:
            ValueError: for a key of another length.
            LocalKeyInProductionError: where the variable QUZHONG_ENVIRONMENT is ``production``.
        """
        if os.environ.get(ENVIRONMENT, "").strip().lower() == "production":
            raise LocalKeyInProductionError(
                f"LocalPseudonymiser: {ENVIRONMENT} is production; use ObliviousPseudonymiser"
            )
        if not _LEAST_KEY_BYTES <= len(key) <= blake2b.MAX_KEY_SIZE:
            raise ValueError(
                f"key: {len(key)} bytes; {_LEAST_KEY_BYTES} to {blake2b.MAX_KEY_SIZE} are needed"
            )
        self._key = key
        self._cached = lru_cache(maxsize=cache_size)(self._compute)

    def pseudonym(self, identity: str) -> str:
        """24 characters.

        Raises:
            ValueError: for an empty identity, which would make one worker of all who lack one.
        """
        return self._cached(identity)

    def _compute(self, identity: str) -> str:
        text = normalised(identity)
        if not text:
            raise ValueError("identity: empty")
        digest = blake2b(text.encode(), digest_size=_DIGEST_BYTES, key=self._key, person=b"quzhong worker")
        return urlsafe_b64encode(digest.digest()).decode()


def normalised(identity: str) -> str:
    """One spelling for one identity: NFKC (full-width digits become plain ones), no surrounding space, and
    the check character of an identity number in upper case."""
    text = unicodedata.normalize("NFKC", identity).strip()
    return text.upper() if _IDENTITY_NUMBER.fullmatch(text) else text
