"""Waiting until what was committed can be read by everybody."""

from __future__ import annotations

import threading
import time
from typing import Protocol

import sqlalchemy as sa

from kit.errors import LogUnavailableError
from kit.storage.store import Store
from kit.storage.tables import OUTBOX

TIMEOUT_S = 5.0
"""The usual patience of an RPC; appending takes milliseconds while the log is there."""

_LOOK_S = 0.25
"""How often to look unasked: on PostgreSQL another process may be the one that empties the outbox."""


class Refreshable(Protocol):
    """The directory of this process."""

    def refresh(self) -> None: ...


class OutboxPublication:
    """Implements ``ports.Publication``: first the outbox, then this process's own directory.

    So the process that answered knows it too, and so does all of an embedded suite: it shares one directory.
    """

    def __init__(self, store: Store, directory: Refreshable, *, timeout_s: float = TIMEOUT_S) -> None:
        self._store = store
        self._directory = directory
        self._timeout_s = timeout_s
        self._committed = threading.Condition()
        self._commits = 0
        store.after_commit(self._note_commit)

    def wait(self) -> bool:
        """See the port."""
        deadline = time.monotonic() + self._timeout_s
        last = self._highest_row()
        while last is not None:
            # Counted before looking, so that no commit falls between look and wait.
            seen = self._commits
            if not self._has_rows_to(last):
                break
            remaining_s = deadline - time.monotonic()
            if remaining_s <= 0:
                return False
            with self._committed:
                if self._commits == seen:
                    self._committed.wait(min(remaining_s, _LOOK_S))
        try:
            self._directory.refresh()
        except LogUnavailableError:
            return False
        return True

    def _note_commit(self) -> None:
        with self._committed:
            self._commits += 1
            self._committed.notify_all()

    def _highest_row(self) -> int | None:
        with self._store.read() as connection:
            highest: int | None = connection.scalar(sa.select(sa.func.max(OUTBOX.c.id)))
        return highest

    def _has_rows_to(self, last: int) -> bool:
        with self._store.read() as connection:
            return connection.scalar(sa.select(sa.exists().where(OUTBOX.c.id <= last))) is True
