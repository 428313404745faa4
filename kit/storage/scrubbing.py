"""When a store is written anew, so that its files hold no trace of what was deleted (``Store.scrub``)."""

from __future__ import annotations

import time
from collections.abc import Callable

AGAIN_S = 60.0
"""A store is written whole for it: not each second while somebody reads what was deleted."""


class Scrubbing:
    """A store that is to be scrubbed after something was deleted, again and again until it could be."""

    def __init__(self, scrub: Callable[[], bool] = lambda: True) -> None:
        """``scrub``: ``Store.scrub``; by itself nothing is."""
        self._scrub = scrub
        self._due_s: float | None = None

    def deleted(self) -> None:
        """Something was, in the transaction in hand."""
        self._due_s = 0.0

    def committed(self) -> None:
        """To be called outside of transactions, after each."""
        if self._due_s is not None and time.monotonic() >= self._due_s:
            self._due_s = None if self._scrub() else time.monotonic() + AGAIN_S
