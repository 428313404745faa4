"""How often somebody may guess a password: a moving window in this process's memory.

Each process counts by itself, and forgets when it restarts; with a second factor that leaves nothing to gain.
"""

from __future__ import annotations

from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from kit.errors import OverloadedError
from kit.security.rate_limits import parsed


class Guesses:
    """Counts attempts by whatever names who is guessed, or who guesses. Safe for use by many threads."""

    def __init__(self, notation: str) -> None:
        """``notation`` as the library ``limits`` has it, e.g. ``10 per 15 minutes``."""
        self._limit = parsed("guesses", notation)
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def take(self, key: str) -> None:
        """Count an attempt.

        Raises:
            OverloadedError: (retryable) TOO_MANY_ATTEMPTS, with the time until the next one is taken.
        """
        if self._window.hit(self._limit, key):
            return
        error = OverloadedError(
            f"too many attempts: no more than {self._limit}; wait a while, then try again",
            zh="尝试次数过多；请稍后再试",
            reason="TOO_MANY_ATTEMPTS",
        )
        error.retry_after_s = self._limit.get_expiry() / self._limit.amount
        raise error

    def forget(self, key: str) -> None:
        """What was counted for a key: it was no guess."""
        self._window.clear(self._limit, key)
