"""Alerts as they come: watchers wait on a condition that is rung after each commit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from services.notify.core.alerts import Audience
from services.notify.ports import NumberedAlert, Reading

PAGE = 500
"""Alerts read at once by a watcher that is behind."""

LOOK_S = 1.0
"""A watcher looks at least this often: another process may have written, or its caller may have gone."""


class AlertWatch:
    """Lets any number of threads follow the alerts."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._condition = threading.Condition()
        self._rings = 0
        self._closed = False

    def ring(self) -> None:
        """There may be new alerts, or a watcher may have to end."""
        with self._condition:
            self._rings += 1
            self._condition.notify_all()

    def close(self) -> None:
        """End every watch."""
        self._closed = True
        self.ring()

    def follow(self, audience: Audience, after: int, active: Callable[[], bool]) -> Iterator[NumberedAlert]:
        """The audience's alerts with a higher sequence than ``after``, in order, while ``active()``."""
        while active() and not self._closed:
            # Read before looking, so that no ring falls between look and wait.
            rings = self._rings
            alerts, seen = self._reading.alerts_after(audience, after, PAGE)
            yield from alerts
            after = max(after, seen)
            if len(alerts) < PAGE:
                with self._condition:
                    self._condition.wait_for(lambda rings=rings: self._rings != rings, LOOK_S)  # type: ignore[misc]
