"""When a signing key comes into use, and when the next one is made.

::

    key 1  ├─ published ─┼───────────── signs ─────────────┼─ verifies ─┤
    key 2                                    ├─ published ─┼────────────── signs ─── …
           create        + overlap           + period      + overlap    + as long as tokens hold

A key is published a while before it signs, so that whoever keeps the key set for a while knows it in time;
and verifies a while after, so that its last tokens hold to their end. The very first one signs at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS

OVERLAP_MS = DAY_MS
"""Longer than anybody keeps a key set: an hour is told to them (``Cache-Control``)."""

VERIFIES_AFTER_MS = DAY_MS
"""Longer than a token lives, and than the registry may be away when its next key should come into use."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The public half of a key."""

    key_id: str
    public_jwk: str
    create_ms: int
    """Epoch milliseconds."""
    expire_ms: int
    """Its tokens are refused from here on, epoch milliseconds."""


def expiry_ms(create_ms: int, period_ms: int) -> int:
    """When a key made at ``create_ms`` verifies no longer. ``period_ms``: from one key to the next."""
    return create_ms + OVERLAP_MS + period_ms + VERIFIES_AFTER_MS


def needs_successor(keys: Sequence[SigningKey], now_ms: int, period_ms: int) -> bool:
    """Whether the next key is to be made now."""
    standing = [key for key in keys if now_ms < key.expire_ms]
    return all(key.create_ms + period_ms <= now_ms for key in standing)


def signer(keys: Sequence[SigningKey], now_ms: int) -> SigningKey | None:
    """Which key signs now: the newest that has been published for long enough, else the oldest there is.

    None if none verifies any more.
    """
    standing = sorted((key for key in keys if now_ms < key.expire_ms), key=lambda key: key.create_ms)
    known = [key for key in standing if key.create_ms + OVERLAP_MS <= now_ms]
    return known[-1] if known else next(iter(standing), None)
