"""The outbox: records that leave with the transaction that made them.

``add`` writes rows in the caller's transaction; ``OutboxRelay`` appends them to the log, in order, and
deletes them afterwards. A crash between the two appends them again: at least once. Every record carries the
header ``event_id`` (``<store id>-<row id>``, unless it was given one of its own), which stays the same when
it is appended again, so that consumers can drop repeats.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.errors import RetryableError
from kit.eventlog import headers, traced
from kit.eventlog.backoff import Backoff
from kit.eventlog.port import EVENT_ID, EventLog, NewRecord
from kit.eventlog.published import count_findings
from kit.storage.store import Store
from kit.storage.tables import OUTBOX

BATCH_RECORDS = 500
"""Most records a relay appends at once."""

BATCH_BYTES = 8 * 1024 * 1024
"""A batch ends before the record that would take it past this; a larger record goes alone."""

LOOK_S = 1.0
"""How often a relay looks unasked, for rows that a process left that has ended."""

LEASE_RETRY_S = 0.02
"""How soon a relay asks again while another process's relay of the same store is at work."""

logger = logging.getLogger(__name__)


def add(connection: Connection, records: Sequence[NewRecord], create_time_ms: int) -> None:
    """Write records to the outbox, in the caller's transaction."""
    rows = [
        {
            "topic": record.topic,
            "partition": record.partition,
            "key": record.key,
            "value": record.value,
            "headers": headers.pack(record.headers),
            "create_time_ms": create_time_ms,
        }
        for record in traced.carrying(records)
    ]
    if rows:
        connection.execute(sa.insert(OUTBOX), rows)


def is_empty(connection: Connection) -> bool:
    """Whether everything has been appended."""
    return connection.execute(sa.select(OUTBOX.c.id).limit(1)).first() is None


class OutboxRelay:
    """The thread that empties a store's outbox into the log. Every commit of the store wakes it."""

    def __init__(self, store: Store, log: EventLog) -> None:
        self._store = store
        self._log = log
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=f"outbox relay {store.id}", daemon=True)
        store.after_commit(self.wake)

    @property
    def failed(self) -> BaseException | None:
        """What ended the thread, if anything unexpected did."""
        return self._failed

    def start(self) -> None:
        """Begin, with what an earlier process left."""
        self._wake.set()
        self._thread.start()

    def wake(self) -> None:
        """There may be new rows."""
        self._wake.set()

    def stop(self) -> None:
        """Append what is there, then end. Rows the log does not take now stay for the next start."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        backoff = Backoff()
        try:
            while True:
                self._wake.wait(LOOK_S)
                # Cleared before looking, and looking before ending: what was committed before stop() still
                # goes.
                self._wake.clear()
                stopping = self._stopping.is_set()
                try:
                    while self._relay_batch():
                        pass
                    backoff.reset()
                except RetryableError as error:
                    logger.warning("outbox of store %s: %s; its rows wait", self._store.id, error)
                    backoff.wait(self._stopping)
                    self._wake.set()
                if stopping:
                    return
        except BaseException as error:
            self._failed = error
            logger.exception("outbox relay of store %s ended", self._store.id)

    def _relay_batch(self) -> int:
        """Move the next rows from the outbox to the log; answer how many."""
        with self._store.lease("quzhong.outbox") as mine:
            if not mine:
                # The other process may have looked just before our rows were there: ask again soon.
                self._stopping.wait(LEASE_RETRY_S)
                self._wake.set()
                return 0
            with self._store.read() as connection:
                batch = self._next_batch(connection)
            if batch:
                records = [record for _, record in batch]
                traced.append(self._log, records)
                count_findings(records)
                with self._store.transaction() as connection:
                    connection.execute(sa.delete(OUTBOX).where(OUTBOX.c.id.in_([row for row, _ in batch])))
            return len(batch)

    def _next_batch(self, connection: Connection) -> list[tuple[int, NewRecord]]:
        sizes = connection.execute(
            sa.select(OUTBOX.c.id, sa.func.length(OUTBOX.c.value)).order_by(OUTBOX.c.id).limit(BATCH_RECORDS)
        )
        rows: list[int] = []
        total = 0
        for row, size in sizes:
            total += size
            if rows and total > BATCH_BYTES:
                break
            rows.append(row)
        if not rows:
            return []
        records = connection.execute(sa.select(OUTBOX).where(OUTBOX.c.id.in_(rows)).order_by(OUTBOX.c.id))
        return [(row.id, self._record(row)) for row in records]

    def _record(self, row: sa.Row[tuple[object, ...]]) -> NewRecord:
        event_id = f"{self._store.id}-{row.id}".encode()
        return NewRecord(
            topic=row.topic,
            value=bytes(row.value),
            key=None if row.key is None else bytes(row.key),
            partition=row.partition,
            headers={EVENT_ID: event_id} | headers.unpack(bytes(row.headers)),
        )
