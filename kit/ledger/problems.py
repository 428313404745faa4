"""What may not hold of a ledger, said so that a reader finds the place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is wrong."""

    ALTERED = "altered"
    """An entry is not what was hashed."""
    MISSING = "missing"
    """Entries are not there any more."""
    MISPLACED = "misplaced"
    """An entry was put in, or stands at another place than its number says."""
    UNLINKED = "unlinked"
    """An entry does not follow on the one before it."""
    UNREADABLE = "unreadable"
    """A part is not of the form of an entry or a checkpoint."""
    TRUNCATED = "truncated"
    """A signed checkpoint covers entries that are not there."""
    REWRITTEN = "rewritten"
    """The chain fits in itself, but not what was signed of it."""
    FORGED = "forged checkpoint"
    """A signature is false."""
    UNKNOWN_KEY = "unknown key"
    """Nobody known signed a checkpoint, or a key is used that no trusted one vouches for."""
    OTHER_LEDGER = "other ledger"
    """The entries or checkpoints are another ledger's."""
    CHECKPOINTS = "checkpoints"
    """Checkpoints are missing, or stand at another place than they say."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not hold."""

    kind: Kind
    en: str
    zh: str
    entry: int | None = None
    """Where: the entry's number; the first one, of several."""
    last_entry: int | None = None
    """The last one, of several."""
    checkpoint: int | None = None
    """The checkpoint's number."""
    field: str = ""
    """Which field, if that can be told."""
    line: int = 0
    """Of the file, from 1; 0 for a store."""
