"""What a store measures of itself, when somebody collects: its size, that of the state in it, what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.clock import system_clock
from kit.storage.tables import OUTBOX
from kit.storage.tables import STATE_BLOB as BLOB
from kit.telemetry import metrics
from kit.telemetry.metrics import Values

Read = Callable[[], AbstractContextManager[Connection]]

_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def look_at(owner: object, name: str, read: Read, scrub_owed: Path | None) -> None:
    """Let the gauges look at a store by way of ``read``, until ``metrics.look_away(owner)``.

    ``scrub_owed``: ``Store.scrub_owed``.
    """
    values = {metrics.STORE: name}

    def outbox() -> Iterator[tuple[float, Values]]:
        with read() as connection:
            yield connection.scalar(sa.select(sa.func.count()).select_from(OUTBOX)) or 0, values

    def state() -> Iterator[tuple[float, Values]]:
        # The lengths stand in the rows' heads: the blobs themselves are not read.
        sizes = sa.select(BLOB.c.name, sa.func.sum(sa.func.length(BLOB.c.value))).group_by(BLOB.c.name)
        with read() as connection:
            for state_name, size in connection.execute(sizes).all():
                yield size, {**values, metrics.STATE_NAME: state_name}

    def size() -> Iterator[tuple[float, Values]]:
        with read() as connection:
            yield connection.scalar(sa.text(_SIZE[connection.dialect.name])) or 0, values

    def owed() -> Iterator[tuple[float, Values]]:
        yield owed_s(scrub_owed, system_clock()), values

    metrics.look_at(metrics.OUTBOX, owner, outbox)
    metrics.look_at(metrics.STATE_SIZE, owner, state)
    metrics.look_at(metrics.STORE_SIZE, owner, size)
    metrics.look_at(metrics.SCRUB_OWED, owner, owed)


def owed_s(note: Path | None, now_ms: int) -> float:
    """For how long a store has been to be scrubbed, seconds: the age of its ``scrub_owed``; 0 without it."""
    try:
        return 0.0 if note is None else max(now_ms / 1000 - note.stat().st_mtime, 0.0)
    except FileNotFoundError:
        return 0.0
