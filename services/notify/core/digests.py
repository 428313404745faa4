"""Digests: when one is due, and what it tells of many alerts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.notify.core.alerts import Alert, AlertKind
from services.notify.core.findings import Severity
from services.notify.core.subscriptions import Digest

DAILY_AT_H = 8
"""The beginning of the working day: whoever opens the mailbox finds yesterday in it."""

LISTED = 100
"""Alerts a digest spells out, the gravest first; the rest are counted. More than a person reads, and short of
the 256 kB that receivers of webhooks commonly take."""

_HOUR_MS = 3_600_000
_DAY_MS = 24 * _HOUR_MS
_ZONE_MS = 8 * _HOUR_MS
"""Asia/Shanghai: eight hours before UTC, without summer time since 1991."""


@dataclass(frozen=True, slots=True)
class DigestBody:
    """What one digest tells."""

    digest_id: str
    create_time_ms: int
    counts: Mapping[tuple[AlertKind, Severity], int]
    """How many alerts of each kind and severity."""
    listed: tuple[Alert, ...]
    """At most ``LISTED``: the gravest first, then the latest."""

    @property
    def alerts(self) -> int:
        """How many in all."""
        return sum(self.counts.values())


def next_digest_ms(digest: Digest, after_ms: int) -> int:
    """The next whole hour, or the next 08:00 in Asia/Shanghai, strictly after a moment (epoch ms).

    Raises:
        ValueError: for a subscription that gets each alert as it comes.
    """
    match digest:
        case Digest.HOURLY:
            return (after_ms // _HOUR_MS + 1) * _HOUR_MS
        case Digest.DAILY:
            offset_ms = _ZONE_MS - DAILY_AT_H * _HOUR_MS
            return ((after_ms + offset_ms) // _DAY_MS + 1) * _DAY_MS - offset_ms
    raise ValueError(f"{digest.name} has no digests")
