"""How much a party may bring in a span of time: the fixed windows of the library ``limits``, counted in this
process's memory by a clock that nobody sets.

Each process counts by itself. What ``limits`` brings to keep counts in memory goes by the time of day, so
that a clock set back by an hour would keep a party waiting for that hour; hence the storage here.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from limits import RateLimitItem
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter


class CountedWindows(Storage):
    """``limits``' counters by a clock of ours, wherever they are kept."""

    STORAGE_SCHEME = None

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """None are turned into ``limits``' own: the errors are clear as they are."""
        return ()


class MemoryWindows(CountedWindows):
    """Kept in memory, for as many keys as there are parties. Whoever uses it locks."""

    def __init__(self, clock_s: Callable[[], float]) -> None:
        super().__init__()
        self._clock_s = clock_s
        self._windows: dict[str, tuple[int, float]] = {}
        """Key → what is counted, and when the window ends."""

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count ``amount`` more within a window of ``expiry`` seconds, a new one if the last is over."""
        used = self.get(key)
        end_s = self._windows[key][1] if used else self._clock_s() + expiry
        self._windows[key] = used + amount, end_s
        return used + amount

    def get(self, key: str) -> int:
        """What is counted in the window that runs; 0 if none does."""
        used, end_s = self._windows.get(key, (0, 0.0))
        return used if self._clock_s() < end_s else 0

    def get_expiry(self, key: str) -> float:
        """When the window ends, by the clock; now if none runs."""
        now_s = self._clock_s()
        return max(self._windows.get(key, (0, now_s))[1], now_s)

    def check(self) -> bool:
        """Memory is there."""
        return True

    def reset(self) -> int:
        """Forget everything."""
        kept = len(self._windows)
        self._windows.clear()
        return kept

    def clear(self, key: str) -> None:
        """Forget one counter."""
        self._windows.pop(key, None)


class Quota:
    """Counts what each party brings. Safe for use by many threads.

    A window begins with the first that is taken after the last one's end. What does not fit into the rest of
    it is refused and not counted. Two windows may meet, so within any span up to twice the limit is taken.

    What is larger than a whole window would never fit. It is taken when nothing else is counted, and its
    window lasts as many spans as it fills, so that in the long run no party brings more than the limit.
    """

    def __init__(self, limit: RateLimitItem, clock_s: Callable[[], float] = time.monotonic) -> None:
        """``clock_s``: seconds that only grow."""
        self.limit = limit
        self._clock_s = clock_s
        self._windows = MemoryWindows(clock_s)
        self._limiter = FixedWindowRateLimiter(self._windows)
        self._lock = threading.Lock()

    def take(self, party_id: str, amount: int) -> float:
        """Count ``amount`` if there is room for it.

        Answers 0 if so; else in how many seconds there is, if nothing else is taken until then.
        """
        most = self.limit.amount
        with self._lock:
            if not self._limiter.test(self.limit, party_id, cost=min(amount, most)):
                end_s = self._windows.get_expiry(self.limit.key_for(party_id))
                return max(end_s - self._clock_s(), 0.001)
            spans = max(1, -(-amount // most))
            self._windows.incr(self.limit.key_for(party_id), self.limit.get_expiry() * spans, amount)
        return 0.0
