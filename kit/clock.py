"""The only place where the project reads the time. Everything else gets a ``Clock`` passed in."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], int]
"""Answers the present as epoch milliseconds, UTC."""

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone in which people read times."""


def system_clock() -> int:
    """The machine's time, epoch milliseconds."""
    return time.time_ns() // 1_000_000


def show(epoch_ms: int, *, zone: ZoneInfo = SHANGHAI) -> str:
    """A moment as people read it, with its zone: ``2026-03-16 12:31:04 CST``."""
    return datetime.fromtimestamp(epoch_ms / 1000, tz=zone).strftime("%Y-%m-%d %H:%M:%S %Z")
