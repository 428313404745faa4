"""When a store is written anew, so that its files hold no trace of what was deleted (``Store.scrub``)."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

AGAIN_S = 60.0
"""A store is written whole for it: not each second while somebody reads what was deleted, and once for all
who are erased within a minute."""

UNSCRUBBED = "-unscrubbed"
"""What the name of the file ends in that lies beside a store while it is to be scrubbed."""

logger = logging.getLogger(__name__)


class Scrubbing:
    """A store that is to be scrubbed after something was deleted, again and again until it could be. Threads
    may share it."""

    def __init__(self, scrub: Callable[[], bool] = lambda: True, owed: Path | None = None) -> None:
        """``scrub``: ``Store.scrub``; by itself nothing is. ``owed``: ``Store.scrub_owed``, the file that
        tells the next process, should this one end before."""
        self._scrub = scrub
        self._owed = owed
        self._due = owed is not None and owed.exists()
        self._next_s = 0.0
        self._noting = threading.Lock()

    def deleted(self) -> None:
        """Something was, in the transaction in hand."""
        with self._noting:
            self._due = True
            if self._owed is not None and not self._owed.exists():  # its age tells since when
                try:
                    self._owed.touch()
                except OSError as error:  # the disk is full, say: scrubbed all the same if we live
                    logger.warning("that files are to be scrubbed cannot be noted: %s", error)

    def committed(self) -> None:
        """To be called outside of transactions, after each."""
        with self._noting:
            now_s = time.monotonic()
            if not self._due or now_s < self._next_s:
                return
            self._next_s = now_s + AGAIN_S
            self._due = False  # what another thread deletes from here on may come too late for this turn
        done = False
        try:
            done = self._scrub()
        finally:
            with self._noting:
                if not done:
                    self._due = True
                elif not self._due and self._owed is not None:
                    with suppress(OSError):  # then it is done once more at the next start
                        self._owed.unlink(missing_ok=True)
