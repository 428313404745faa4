"""When to send a call again, and after how long. Time and chance are passed in; each wait is logged."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from quzhong.errors import TOKEN_ENDPOINT_AWAY, ApiError, ResourceExhaustedError, UnavailableError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Exponential backoff with full jitter: the n-th wait is drawn from 0 to min(max_s, initial_s ·
    multiplierⁿ).

    Full jitter spreads the clients of a city that all lost the same server at the same moment. What the
    server asks for in ``RetryInfo`` is added in front: nobody comes back earlier than asked.
    """

    initial_s: float = 0.1
    """Upper bound of the first wait, seconds."""
    multiplier: float = 2.0
    """By how much the bound grows from one wait to the next."""
    max_s: float = 10.0
    """Upper bound of any wait, seconds."""
    give_up_after_s: float = 300.0
    """A call is not sent again later than this after its first attempt, seconds. Five minutes outlast a
    deployment; what is given up is kept (``UndeliveredError``)."""

    def __post_init__(self) -> None:
        """Refuse what cannot be a policy."""
        if not (0 < self.initial_s <= self.max_s and self.multiplier >= 1 and self.give_up_after_s >= 0):
            raise ValueError(f"retry: not a policy: {self}")


def _uniform(upper: float) -> float:
    return secrets.SystemRandom().uniform(0.0, upper)


@dataclass(frozen=True, slots=True)
class Pacing:
    """Where time and chance come from; tests script them."""

    monotonic: Callable[[], float] = time.monotonic
    """Seconds that only grow."""
    uniform: Callable[[float], float] = _uniform
    """A number from 0 to its argument."""


def _may_pass(error: ApiError) -> bool:
    """Whether the same call may succeed later: if the service is away, or says when to come again.

    Without ``RetryInfo`` RESOURCE_EXHAUSTED is a message that is too large, which stays so.
    """
    if error.reason == TOKEN_ENDPOINT_AWAY:
        return False
    return isinstance(error, UnavailableError) or (
        isinstance(error, ResourceExhaustedError) and error.retry_after_s > 0
    )


class Attempts:
    """The attempts of one call."""

    def __init__(self, policy: RetryPolicy, pacing: Pacing) -> None:
        self._policy = policy
        self._pacing = pacing
        self._started = pacing.monotonic()
        self._failures = 0

    def wait_after(self, error: ApiError) -> float:
        """Seconds to wait before the next attempt.

        Raises:
            ApiError: the error itself, if sending the same again cannot help or the policy's time is over.
        """
        if not _may_pass(error):
            raise error
        bound = min(self._policy.max_s, self._policy.initial_s * self._policy.multiplier**self._failures)
        wait = error.retry_after_s + self._pacing.uniform(bound)
        if self._pacing.monotonic() + wait - self._started > self._policy.give_up_after_s:
            raise error
        self._failures += 1
        _log.warning("%s; sending again in %.1f s (attempt %d)", error, wait, self._failures + 1)
        return wait
