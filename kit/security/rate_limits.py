"""How many calls a credential may make: a moving window in this process's memory.

Each process counts by itself, so a credential that calls three replicas may make three times as many. What it
guards is this process, against a client that loops; it is no quota.
"""

from __future__ import annotations

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from kit.errors import InvalidArgumentError, OverloadedError


def parsed(name: str, notation: str) -> RateLimitItem:
    """A limit in the notation of the library ``limits``, e.g. ``1000/second`` or ``600 per 10 seconds``.

    Raises:
        InvalidArgumentError: naming ``name``, if it is none.
    """
    try:
        limit = parse(notation)
        if limit.amount < 1:
            raise ValueError("nobody would ever be let in")
    except ValueError as error:
        raise InvalidArgumentError(
            f"{name}: {notation!r} is no limit; write e.g. '1000/second', or nothing for none",
            zh=f"{name}：{notation!r} 不是有效的限额；请填写例如 1000/second，留空则不限",
            field=name,
            reason="RATE_LIMIT_FORM",
        ) from error
    return limit


_UNITS_ZH = {"second": "秒", "minute": "分钟", "hour": "小时", "day": "天", "month": "个月", "year": "年"}


def in_chinese(limit: RateLimitItem) -> str:
    """A limit as Chinese texts name it, e.g. ``1000/秒`` or ``600/10 秒``."""
    many = f"{limit.multiples} " if limit.multiples > 1 else ""
    return f"{limit.amount}/{many}{_UNITS_ZH[limit.GRANULARITY.name]}"


def call_rate(notation: str) -> CallRate | None:
    """What ``QUZHONG_RATE_LIMIT`` says; None if it is empty. Raises as ``parsed``."""
    return CallRate(parsed("QUZHONG_RATE_LIMIT", notation)) if notation else None


class CallRate:
    """Counts the calls of each credential. Safe for use by many threads."""

    def __init__(self, limit: RateLimitItem) -> None:
        self._limit = limit
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def take(self, credential: str) -> None:
        """Count a call.

        Raises:
            OverloadedError: (retryable) RATE_LIMITED, with the time until the next call is taken.
        """
        if self._window.hit(self._limit, credential):
            return
        span_s = float(self._limit.get_expiry())
        error = OverloadedError(
            f"more than {self._limit} with this credential; send fewer, larger batches, or wait",
            zh=f"该凭证的调用已超过 {in_chinese(self._limit)}；请合并为更大的批次，或稍后再试",
            reason="RATE_LIMITED",
            metadata={"limit": str(self._limit)},
        )
        # Calls that came evenly leave the window evenly: so long, on average, until the next place is free.
        error.retry_after_s = max(span_s / self._limit.amount, 0.05)
        raise error
