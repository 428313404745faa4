"""A made-up working day: orders that overlap, short gaps, rests, and some spells that are too long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xxhash
from numpy.typing import NDArray

from kit.columns import DISPATCH, NOT_STATED, EventBatch

WORKERS = 4_000
ORDERS = 45
"""Of each worker."""
REST_SHARE = 0.25
"""How often an order is followed by a rest of 30 to 60 min: about one worker in five gets beyond 4 h."""
MINUTE = 60_000
START_MS = 1_773_612_000_000
"""2026-03-16 06:00 in Shanghai."""
OFFERED, ACCEPTED, PICKED_UP, COMPLETED = 1, 2, 4, 5

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WorkDay:
    """Events in order of time; arrays of one length."""

    worker_ids: list[str]
    worker: Ints
    """Indexes ``worker_ids``."""
    order: Ints
    kind: Ints
    time_ms: Ints

    def batch(self, start: int, end: int) -> EventBatch:
        """Some of the events as intake puts them on the log."""
        size = end - start
        event_ids = [f"event-{number:010d}" for number in range(start, end)]
        order_ids = [f"order-{number:09d}" for number in self.order[start:end].tolist()]
        columns = {name: np.full(size, NOT_STATED).astype(dtype) for name, dtype in DISPATCH.dtypes.items()}
        columns |= {
            "platform": np.zeros(size, "<u2"),
            "worker": self.worker[start:end].astype("<u4"),
            "area": np.zeros(size, "<u2"),
            "event_key": _keys(event_ids),
            "order_key": _keys(order_ids),
            "event_time_ms": self.time_ms[start:end],
            "kind": self.kind[start:end].astype("u1"),
            **{name: np.ones(size, "u1") for name in ("vehicle", "service", "weather")},
        }
        words = {"platform": ["swift"], "worker": self.worker_ids, "area": ["130203"]}
        return EventBatch(DISPATCH, words, {"event_ids": event_ids, "order_ids": order_ids}, columns)


def work_day(seed: int = 2026) -> WorkDay:
    """The day."""
    rng = np.random.default_rng(seed)
    shape = (WORKERS, ORDERS)
    lasts = rng.integers(12 * MINUTE, 30 * MINUTE, shape)
    follows = rng.integers(5 * MINUTE, 25 * MINUTE, shape)
    rests = rng.random(shape) < REST_SHARE
    follows[rests] = lasts[rests] + rng.integers(30 * MINUTE, 60 * MINUTE, int(rests.sum()))
    accepted = START_MS + rng.integers(0, 120 * MINUTE, (WORKERS, 1)) + np.cumsum(follows, axis=1)
    times = np.stack([accepted - 20_000, accepted, accepted + lasts // 3, accepted + lasts])
    kinds = np.array([OFFERED, ACCEPTED, PICKED_UP, COMPLETED])[:, None, None]
    workers, orders = np.arange(WORKERS)[:, None], np.arange(WORKERS * ORDERS).reshape(shape)
    by_time = np.argsort(times, axis=None, kind="stable")
    kind, worker, order = (np.broadcast_to(each, times.shape).ravel() for each in (kinds, workers, orders))
    worker_ids = [f"pseudonym-{number:014d}" for number in range(WORKERS)]
    return WorkDay(worker_ids, worker[by_time], order[by_time], kind[by_time], times.ravel()[by_time])


def _keys(names: list[str]) -> NDArray[np.uint64]:
    return np.array([xxhash.xxh64_intdigest(f"swift\n{name}".encode()) for name in names], dtype=np.uint64)
