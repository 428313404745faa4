"""Many strings at once as numbers: by XXH64, for the identities of events and orders and the partitions of
workers, or in the order they come.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
import xxhash

from services.intake.core.event_index import Keys
from services.intake.core.rows import Int64s

_BETWEEN = "\0"
"""Cannot stand in the strings: identifiers are printable."""


def hashes(words: Sequence[str], prefix: str = "") -> Keys:
    """XXH64 (seed 0) of ``prefix`` + word, for each word; no word may hold a NUL.

    The prefix is set, and all of it encoded, in one go: that halves the time of doing so word by word.
    """
    if not words:
        return np.empty(0, dtype=np.uint64)
    encoded = (prefix + (_BETWEEN + prefix).join(words)).encode().split(_BETWEEN.encode())
    # A digest is the hash in canonical, that is big-endian form.
    return np.frombuffer(b"".join(map(xxhash.xxh64_digest, encoded)), dtype=">u8").astype(np.uint64)


def interned(words: Sequence[str], first: Sequence[str] = ()) -> tuple[list[str], Int64s]:
    """The different words, those of ``first`` ahead of all others, and which of them each is."""
    code = {word: number for number, word in enumerate(dict.fromkeys(chain(first, words)))}
    return list(code), np.array(list(map(code.__getitem__, words)), dtype=np.int64)
