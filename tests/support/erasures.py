"""Erasures that a test says by hand, where the directory would have them from the registry."""

from __future__ import annotations

from collections.abc import Mapping

from kit.directory.entries import ErasureEntry
from kit.erasure import worker_sha256


class SaidErasures:
    """``kit.erasure.Erasures``."""

    def __init__(self) -> None:
        self._said: Mapping[bytes, ErasureEntry] = {}

    def erasures(self) -> Mapping[bytes, ErasureEntry]:
        """See the protocol."""
        return self._said

    def say(self, erasure_id: str, erase_ms: int, *worker_ids: str) -> None:
        """That a worker, by all of their pseudonyms, is erased up to a moment."""
        hashes = tuple(map(worker_sha256, worker_ids))
        entry = ErasureEntry(erasure_id, hashes, erase_ms, erase_ms + 1)
        self._said = {**self._said, **dict.fromkeys(hashes, entry)}

    def hear(self, said: Mapping[bytes, ErasureEntry]) -> None:
        """What another process's directory had to say."""
        self._said = said
