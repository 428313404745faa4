"""Days and moments as people in China read them.

Asia/Shanghai has had one offset since 1991, so a fixed one serves.
"""

from datetime import datetime, timedelta, timezone

from services.algo_audit.core.cohort_keys import DAY_MS, SHANGHAI_OFFSET_MS

_ZONE = timezone(timedelta(milliseconds=SHANGHAI_OFFSET_MS), "Asia/Shanghai")


def day(epoch_ms: int) -> str:
    """The date: 2026-03-16."""
    return f"{_at(epoch_ms):%Y-%m-%d}"


def minute(epoch_ms: int) -> str:
    """The date and the time of day: 2026-03-16 09:30. Whoever shows it names the zone."""
    return f"{_at(epoch_ms):%Y-%m-%d %H:%M}"


def moment(epoch_ms: int) -> str:
    """To the second, with the offset: 2026-03-16T09:30:00+08:00."""
    return _at(epoch_ms).isoformat(timespec="seconds")


def day_start(epoch_ms: int) -> int:
    """The start of the day, epoch milliseconds."""
    return (epoch_ms + SHANGHAI_OFFSET_MS) // DAY_MS * DAY_MS - SHANGHAI_OFFSET_MS


def _at(epoch_ms: int) -> datetime:
    return datetime.fromtimestamp(epoch_ms / 1000, _ZONE)
