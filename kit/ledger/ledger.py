"""A service's ledger: entries are added in the transaction of what they tell of, checkpoints are signed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import NamedTuple, Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.clock import Clock
from kit.errors import RetryableError
from kit.ledger import notes
from kit.ledger.entry import (
    CHECKPOINT_ENTRIES,
    FIRST_PREVIOUS,
    KEY_ROTATED,
    OPENED,
    Act,
    Entry,
    check_ledger_id,
    next_entry,
)
from kit.ledger.keys import Keys
from kit.ledger.worker_marks import WorkerMarks
from kit.storage.dialects import take_turn
from kit.storage.store import Store
from kit.storage.tables import LEDGER_CHECKPOINT as CHECKPOINT
from kit.storage.tables import LEDGER_ENTRY as ENTRY

CHECKPOINT_MS = 60_000
"""The first entry after a minute is followed by a checkpoint too, so that a quiet ledger is not left open."""

_log = logging.getLogger(__name__)


class Ledger:
    """Threads and processes may share it: writers of one ledger take turns."""

    def __init__(self, store: Store, ledger_id: str, keys: Keys, clock: Clock) -> None:
        """Use ``Ledger.open``."""
        self.ledger_id = check_ledger_id(ledger_id)
        self._store = store
        self._keys = keys
        self._clock = clock
        self._signed_ms = 0
        self.marks = WorkerMarks(keys)
        """How entries name workers."""

    @classmethod
    def open(cls, store: Store, ledger_id: str, keys: Keys, clock: Clock) -> Self:
        """Open the ledger in a store, with its first entry if it is new.

        If the signing key is not the one that signed last, an entry tells of the new one, and the checkpoint
        after it is signed by both, as far as ``keys`` has the former one.

        Raises:
            InvalidArgumentError: if the id cannot name a ledger.
            StorageUnavailableError: (retryable) if the store cannot be written.
        """
        ledger = cls(store, ledger_id, keys, clock)
        with store.transaction() as connection:
            ledger._begin(connection)
        return ledger

    def record(self, connection: Connection, *acts: Act) -> None:
        """Enter acts, in this order, within the caller's write transaction; they stand once it commits.

        Call it late in the transaction: from here to its end no other writer of this ledger goes on.

        Raises:
            InvalidArgumentError: if an act cannot be entered; roll back.
        """
        if not acts:
            return
        self._take_turn(connection)
        last = self._append(connection, self._head(connection), acts)
        self._sign_if_due(connection, last)

    def record_alone(self, *acts: Act) -> None:
        """The same in a transaction of its own, for acts that change nothing else. Not within another one.

        Raises:
            InvalidArgumentError: if an act cannot be entered.
            StorageUnavailableError: (retryable) if the store cannot be written; nothing is entered.
        """
        with self._store.transaction() as connection:
            self.record(connection, *acts)

    def close(self) -> None:
        """Sign what no checkpoint covers yet. The store stays open. Never fails: it ends a process."""
        try:
            with self._store.transaction() as connection:
                self._take_turn(connection)
                sequence, head = self._head(connection)
                last = self._last_checkpoint(connection)
                if last is None or last.size < sequence:
                    self._sign(connection, sequence, head, last, self._keys[-1:])
        except RetryableError as error:
            _log.warning("ledger %s: no checkpoint at the end: %s", self.ledger_id, error.message)

    def _begin(self, connection: Connection) -> None:
        self._take_turn(connection)
        head = self._head(connection)
        last = self._last_checkpoint(connection)
        current = notes.public_key(self._keys[-1], self.ledger_id)
        told = {"key": current.vkey}
        if last is None:
            first = Act(OPENED, self.ledger_id, self.ledger_id, "the ledger is new", told)
            entry = self._append(connection, head, [first]) if head[0] == 0 else None
            self._sign(connection, *((entry.sequence, entry.hash) if entry else head), None, self._keys[-1:])
        elif last.key_ids is not None and current.key_id not in last.key_ids:
            former = [
                key for key in self._keys[:-1] if notes.public_key(key, self.ledger_id).key_id in last.key_ids
            ]
            if not former:
                _log.warning(
                    "ledger %s: the former key is not at hand, so nothing vouches for the new one: %s",
                    self.ledger_id, current.vkey,
                )  # fmt: skip
            act = Act(KEY_ROTATED, self.ledger_id, self.ledger_id, "another key signs from here on", told)
            entry = self._append(connection, head, [act])
            self._sign(connection, entry.sequence, entry.hash, last, [*former, self._keys[-1]])

    def _take_turn(self, connection: Connection) -> None:
        take_turn(connection, f"quzhong.ledger.{self.ledger_id}")  # the primary key is the last resort

    def _head(self, connection: Connection) -> tuple[int, bytes]:
        row = connection.execute(
            sa.select(ENTRY.c.sequence, ENTRY.c.hash)
            .where(ENTRY.c.ledger_id == self.ledger_id)
            .order_by(ENTRY.c.sequence.desc())
            .limit(1)
        ).one_or_none()
        return (0, FIRST_PREVIOUS) if row is None else (int(row.sequence), bytes(row.hash))

    def _append(self, connection: Connection, head: tuple[int, bytes], acts: Sequence[Act]) -> Entry:
        now_ms = self._clock()
        entries: list[Entry] = []
        for act in acts:
            entries.append(next_entry(entries[-1] if entries else head, act, now_ms))
        rows = [{"ledger_id": self.ledger_id, **entry._asdict()} for entry in entries]
        connection.execute(sa.insert(ENTRY), rows)
        return entries[-1]

    def _sign_if_due(self, connection: Connection, entry: Entry) -> None:
        last = self._last_checkpoint(connection)
        covered = last.size if last else 0
        if entry.sequence - covered >= CHECKPOINT_ENTRIES or entry.time_ms - self._signed_ms >= CHECKPOINT_MS:
            self._sign(connection, entry.sequence, entry.hash, last, self._keys[-1:])

    def _sign(self, connection: Connection, size: int, head: bytes, last: _Last | None, keys: Keys) -> None:
        now_ms = self._clock()
        number = (last.number if last else 0) + 1
        note = notes.sign(self.ledger_id, size=size, head=head, number=number, time_ms=now_ms, keys=keys)
        connection.execute(
            sa.insert(CHECKPOINT),
            {"ledger_id": self.ledger_id, "number": number, "size": size, "note": note},
        )
        self._signed_ms = now_ms
        # Whoever gathers the logs elsewhere has a witness: a ledger cut off behind it no longer fits.
        _log.info(
            "ledger %s: checkpoint %d covers %d entries, head %s", self.ledger_id, number, size, head.hex()
        )

    def _last_checkpoint(self, connection: Connection) -> _Last | None:
        row = connection.execute(
            sa.select(CHECKPOINT.c.number, CHECKPOINT.c.size, CHECKPOINT.c.note)
            .where(CHECKPOINT.c.ledger_id == self.ledger_id)
            .order_by(CHECKPOINT.c.number.desc())
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        try:
            signatures = notes.parse(row.note).signatures
        except ValueError as error:
            # Somebody tampered with it. The service goes on, and `quzhong ledger verify` says so.
            _log.error("ledger %s: checkpoint %s cannot be read: %s", self.ledger_id, row.number, error)
            return _Last(row.number, row.size, None)
        return _Last(row.number, row.size, frozenset(signature.key_id for signature in signatures))


class _Last(NamedTuple):
    """The last checkpoint."""

    number: int
    size: int
    key_ids: frozenset[bytes] | None
    """Who signed it; None if it cannot be read."""
