"""Waiting longer after each failure, and no longer once something has worked."""

from __future__ import annotations

import threading

FIRST_S = 0.05
"""First wait: most hiccups (a lock, a failover of the group) are over by then."""

LONGEST_S = 1.0
"""Longest wait: after a long outage, too, all goes on within a second of its end."""


class Backoff:
    """Doubles from ``FIRST_S`` to ``LONGEST_S``."""

    def __init__(self) -> None:
        self._next_s = FIRST_S

    def reset(self) -> None:
        """Something worked."""
        self._next_s = FIRST_S

    def wait(self, interrupt: threading.Event) -> None:
        """Something failed: wait, unless interrupted."""
        interrupt.wait(self._next_s)
        self._next_s = min(2 * self._next_s, LONGEST_S)
