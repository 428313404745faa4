"""What the SQLite log lets go of: records that their topic keeps no longer, overwritten where they stood.

A partition loses its beginning and nothing else, as on Kafka: up to the first record whose time is not over.

- Records go in small transactions, so that whoever appends waits for one of them at most. SQLite overwrites
  what is deleted (``secure_delete``), then the write-ahead log is cut off.
- Where SQLite has moved records between pages it leaves copies behind, some 3 of 8,000, which no deletion
  reaches. So the file is written anew (VACUUM), once a day, a large one at night. It gives space back too,
  and works on files of any age: ``incremental_vacuum`` would leave the copies, and must be asked for when a
  file is made.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from kit.clock import SHANGHAI
from kit.errors import LogUnavailableError
from kit.eventlog.declared import Declared
from kit.eventlog.sqlite_source import OFFSET_BITS

if TYPE_CHECKING:
    from kit.eventlog.sqlite import SqliteEventLog

DAY_MS = 86_400_000

FIRST_LOOK_S = 30.0
"""After the start, when services have restored what they hold and read on."""

LOOK_EVERY_S = 3_600.0
"""An hour more or less is nothing to what is kept for weeks."""

AGAIN_S = 60.0
"""Where somebody's reading kept the file from being overwritten."""

PORTION_RECORDS = 200
PORTION_BYTES = 1024 * 1024
"""One transaction drops so much, which takes some milliseconds: whoever appends waits no longer."""

WRITE_ANEW_EVERY_S = 72_000.0
"""20 h: each night once, whatever the minute of the look. Appends wait for it, some 7 s a GB."""

WRITE_ANEW_BYTES = 256 * 1024**2
"""So much is written anew at any hour, in two seconds."""

WRITE_ANEW_AT_NIGHT_BYTES = 8 * 1024**3
"""And so much at night, in a minute. A larger log is written anew when asked only (``quzhong db scrub``): its
free pages are used again, and the copies in others go with the records around them."""

NIGHT_HOURS = frozenset({3, 4})
"""In Asia/Shanghai: when fewest are on the road."""

AFTER_FAILURE_S = 600.0
"""For want of room, perhaps: it takes the file's size beside it, and again among SQLite's temporary files."""

STAY_S = 300.0
"""No member is missed while it waits for the file."""

OTHERS_S = 1.0
"""So long other processes' readers are waited for when the write-ahead log is cut off."""

logger = logging.getLogger(__name__)


class Retention:
    """Of one log. The watcher's thread looks; any thread may drop everything at once."""

    def __init__(self, log: SqliteEventLog) -> None:
        self._log = log
        self._days: dict[str, int] = {}
        self._dropping: Iterator[int] | None = None
        self._due_s = time.monotonic() + FIRST_LOOK_S
        self._stale: bool | None = None
        """Whether pages may hold copies of what was dropped; None: not known yet."""
        self._anew_due_s = 0.0
        self._checkpointed = True

    def declare(self, topic: Declared) -> None:
        """Hold a topic's records to what is declared; without a word about a topic nothing of it goes."""
        if topic.retention_days is not None and not topic.compacted:
            self._days = {**self._days, topic.name: topic.retention_days}

    def look(self) -> None:
        """Drop a portion if it is time to. To be called often.

        Raises:
            LogUnavailableError: if the file cannot be written; call on.
        """
        if self._dropping is None:
            if time.monotonic() < self._due_s:
                return
            self._dropping = self._drop()
        if next(self._dropping, None) is None:
            done = self._overwrite(anew=False)
            self._due_s = time.monotonic() + (LOOK_EVERY_S if done else AGAIN_S)
            self._dropping = None

    def drop_all(self) -> int:
        """Drop everything whose time is over; answers how many records."""
        dropped = sum(self._drop())
        self._overwrite(anew=True)
        return dropped

    @property
    def overwritten(self) -> bool:
        """Whether the files hold nothing of what was dropped."""
        return self._stale is False and self._checkpointed

    def _drop(self) -> Iterator[int]:
        """Portion by portion: how many records each had."""
        now_ms = self._log.clock()
        if self._stale is None:  # an earlier process may have dropped something and ended
            self._stale = any(any(self._log.start_offsets(topic).values()) for topic in self._days)
        for topic, days in self._days.items():
            for partition in self._log.partition_ids(topic):
                while dropped := self._drop_portion(partition, now_ms - days * DAY_MS):
                    self._stale, self._checkpointed = True, False
                    yield dropped

    def _drop_portion(self, partition: int, before_ms: int) -> int:
        first, end = partition << OFFSET_BITS, (partition + 1) << OFFSET_BITS
        # Not durable: what a kill brings back is dropped again.
        with self._log.write(durable=False) as connection:
            last, size = None, 0
            rows = connection.execute(
                "SELECT id, append_time_ms, length(value) FROM record"
                " WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
                (first, end, PORTION_RECORDS),
            ).fetchall()
            for row_id, append_time_ms, length in rows:
                if append_time_ms >= before_ms or size >= PORTION_BYTES:
                    break
                last, size = row_id, size + length
            if last is None:
                return 0
            return connection.execute("DELETE FROM record WHERE id >= ? AND id <= ?", (first, last)).rowcount

    def _overwrite(self, *, anew: bool) -> bool:
        """Leave nothing of what was dropped in the files. ``anew``: whatever the size. False: call again."""
        try:
            with self._log.alone(OTHERS_S) as connection:
                if self._stale and (anew or self._may_write_anew(connection)):
                    self._anew_due_s = time.monotonic() + AFTER_FAILURE_S
                    self._log.stay(STAY_S)
                    connection.execute("VACUUM")
                    self._stale, self._checkpointed = False, False
                    self._anew_due_s = time.monotonic() + WRITE_ANEW_EVERY_S
                if not self._checkpointed:
                    (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                    self._checkpointed = not busy
        except LogUnavailableError as error:
            logger.warning("what the event log has dropped is overwritten later: %s", error)
            return False
        return self._checkpointed

    def _may_write_anew(self, connection: sqlite3.Connection) -> bool:
        if time.monotonic() < self._anew_due_s:
            return False
        hour = datetime.fromtimestamp(self._log.clock() / 1000, SHANGHAI).hour
        most = WRITE_ANEW_AT_NIGHT_BYTES if hour in NIGHT_HOURS else WRITE_ANEW_BYTES
        pages, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        return bool((pages - free) * size <= most)
