"""The registry's days and moments are Shanghai's."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has had no other time since 1991."""


def shown(epoch_ms: int) -> str:
    """A moment as people read it, with its zone."""
    return datetime.fromtimestamp(epoch_ms / 1000, SHANGHAI).isoformat(timespec="seconds")
