"""Who was refused an access token, and why: entered in the ledger, however often somebody asks."""

from __future__ import annotations

import logging
import threading

from kit.clock import Clock
from kit.errors import RetryableError
from services.registry.core.refusal_counts import RefusalCounts
from services.registry.identity.ports import OAuthStore

_log = logging.getLogger(__name__)

NOBODY = "client/unknown"
"""Whoever is no client, or no longer. All are one: to count each name that is tried would let names fill the
ledger, and what is typed as a name may be a secret."""

PEOPLE = "people"
"""Who came with an ID token of the provider: which person it was is not believed yet."""


class RefusedAsks:
    """Safe for use by many threads. At most two entries a minute for each client and cause."""

    def __init__(self, store: OAuthStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._counts = RefusalCounts()
        self._lock = threading.Lock()

    def enter(self, subject: str, why: str) -> None:
        """Count a refusal, and enter what is due.

        Raises:
            StorageUnavailableError: (retryable) if the ledger cannot be written; the count is kept.
        """
        now_ms = self._clock()
        with self._lock:
            told = self._counts.count(subject, why, now_ms)
        if not told:
            return
        try:
            self._store.enter_refusals(told)
        except RetryableError:
            with self._lock:
                self._counts.put_back(told, now_ms)
            raise

    def close(self) -> None:
        """Enter what was counted and not entered. Never fails: it ends a process."""
        with self._lock:
            told = self._counts.rest()
        if told:
            try:
                self._store.enter_refusals(told)
            except RetryableError as error:
                _log.warning("%d kinds of refused tokens are not in the ledger: %s", len(told), error.message)
