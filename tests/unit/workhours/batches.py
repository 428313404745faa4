"""Rows as the event batches of the log."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kit.columns import DISPATCH, EventBatch
from tests.unit.workhours.shifts import Row


def batch(rows: Sequence[Row]) -> EventBatch:
    """What intake would put on the log for these rows."""
    platforms, workers, areas = (
        sorted({str(value) for value in values})
        for values in zip(*((_platform(r), _worker(r), _area(r)) for r in rows), strict=True)
    )
    columns: dict[str, list[int]] = {
        "platform": [platforms.index(_platform(row)) for row in rows],
        "worker": [workers.index(_worker(row)) for row in rows],
        "area": [areas.index(_area(row)) for row in rows],
        "event_key": [row.event for row in rows],
        "event_time_ms": [row.time for row in rows],
        "kind": [row.kind for row in rows],
        "vehicle": [1] * len(rows),
        "order_key": [row.order_hash for row in rows],
        "service": [1] * len(rows),
        "weather": [0] * len(rows),
        "version": [row.version for row in rows],
        "deleted": [int(row.deleted) for row in rows],
    }
    stated = {name: np.array(values, dtype=DISPATCH.dtypes[name]) for name, values in columns.items()}
    unstated = {
        name: np.full(len(rows), value, dtype=DISPATCH.dtypes[name])
        for name, value in DISPATCH.when_empty.items()
        if name not in stated
    }
    return EventBatch(
        DISPATCH,
        {"platform": platforms, "worker": workers, "area": areas, "partner_firm": [""]},
        {
            "event_ids": [event_id(row) for row in rows],
            "order_ids": [f"o{row.platform}-{row.order}" for row in rows],
        },
        stated | unstated,
    )


def event_id(row: Row) -> str:
    return f"e{row.event:016x}"


def _platform(row: Row) -> str:
    return f"platform-{row.platform}"


def _worker(row: Row) -> str:
    return f"worker-{row.worker:04d}"


def _area(row: Row) -> str:
    return f"1302{row.area:02d}"
