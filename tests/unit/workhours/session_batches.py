"""Work-session events in plain words, as the event batches of the log."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from kit.columns import WORK_SESSION, EventBatch
from services.workhours.core.work_sessions import SessionKind
from tests.unit.workhours.shifts import at


class SessionRow(NamedTuple):
    """One event."""

    worker: int
    platform: int
    kind: SessionKind
    time: int
    area: int = 3
    version: int = 0
    deleted: bool = False
    says: int = 0
    """Which event it is a version of: what `event` was of the first; 0: of itself."""

    def corrected(self, **other: Any) -> SessionRow:
        """The next version of this event."""
        return self._replace(version=self.version + 1, says=self.event, **other)

    @property
    def event(self) -> int:
        digest = hashlib.sha256(repr(("session", *self[:5])).encode()).digest()
        return self.says or int.from_bytes(digest[:8], "big")


def online(time: str, *, worker: int = 0, platform: int = 0) -> SessionRow:
    return SessionRow(worker, platform, SessionKind.ONLINE, at(time))


def offline(time: str, *, worker: int = 0, platform: int = 0) -> SessionRow:
    return SessionRow(worker, platform, SessionKind.OFFLINE, at(time))


def session_batch(rows: Sequence[SessionRow]) -> EventBatch:
    """What intake would put on the log for these rows."""
    names = {
        "platform": [f"platform-{row.platform}" for row in rows],
        "worker": [f"worker-{row.worker:04d}" for row in rows],
        "area": [f"1302{row.area:02d}" for row in rows],
    }
    dictionaries = {column: sorted(set(values)) for column, values in names.items()}
    columns = {
        **{column: [dictionaries[column].index(each) for each in values] for column, values in names.items()},
        "event_key": [row.event for row in rows],
        "event_time_ms": [row.time for row in rows],
        "kind": [int(row.kind) for row in rows],
        "vehicle": [1] * len(rows),
        "version": [row.version for row in rows],
        "deleted": [int(row.deleted) for row in rows],
    }
    return EventBatch(
        WORK_SESSION,
        dictionaries,
        {"event_ids": [f"s{row.event:016x}" for row in rows]},
        {name: np.array(values, dtype=WORK_SESSION.dtypes[name]) for name, values in columns.items()},
    )
