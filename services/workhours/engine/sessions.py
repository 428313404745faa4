"""The work-session events of the owned partitions: what was stated of workers besides their orders.

They decide no verdict. They tell how much of a finding's window was observed; and coverage is no fact that
makes a revision: a session event re-judges nobody, lets no time pass, and shows in a finding when that is
next revised.

Nothing is stored: at a hand-over the partition is read from the log again, up to the group's position.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from kit.columns import EventBatch, Names, statement_keys
from kit.columns.key_table import KeyTable
from services.workhours.core.session_book import SessionBook, SessionRows
from services.workhours.core.timeline import Span

_DAY_MS = 86_400_000


class Sessions:
    """A session book in names. Workers who only have sessions are known here alone."""

    def __init__(self, history_ms: int) -> None:
        """``history_ms``: how far back before what is known of a worker their sessions count."""
        self._history_ms = history_ms
        self._book = SessionBook(KeyTable(), history_ms)
        self._workers = Names()
        self._platforms = Names()
        self._dropped_ms: dict[int, int] = {}
        """By partition: the moment before which all was let go of."""

    @property
    def nbytes(self) -> int:
        """What the book takes of memory; names come on top."""
        return self._book.nbytes

    def take(self, partition: int, events: EventBatch) -> None:
        """The events of a record."""
        self._book.add(
            SessionRows(
                worker=self._workers.codes(events.dictionaries["worker"])[events["worker"]],
                platform=self._platforms.codes(events.dictionaries["platform"])[events["platform"]],
                partition=np.full(len(events), partition, dtype=np.int64),
                kind=events["kind"].astype(np.int8),
                time=events["event_time_ms"],
                event=events["event_key"],
                version=events["version"],
                deleted=events["deleted"] != 0,
                statement=statement_keys(events["event_key"], events["version"]),
            )
        )

    def observed(self, worker_id: str, window: Span, known_until_ms: int) -> tuple[Span, ...]:
        """When anything was stated of a worker within a window: ascending, disjoint."""
        if not len(self._book):
            return ()
        (worker,) = self._workers.codes([worker_id]).tolist()
        return self._book.observed(worker, window, known_until_ms)

    def time_passes(self, partition: int, watermark_ms: int) -> None:
        """Let go, once a day, of what lies beyond the horizon."""
        horizon_ms = watermark_ms - self._history_ms
        if partition not in self._dropped_ms or horizon_ms >= self._dropped_ms[partition] + _DAY_MS:
            self._dropped_ms[partition] = horizon_ms
            self._book.drop_before(partition, horizon_ms)

    def forget(self, partitions: Collection[int]) -> None:
        """They are another process's now."""
        self._book.forget(partitions)
        for partition in partitions:
            self._dropped_ms.pop(partition, None)
