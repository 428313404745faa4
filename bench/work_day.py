"""A made-up working day of a city's riders, in columns: what the benchmarks of workhours run on.

Orders overlap, gaps between them are short, some are followed by a rest, and some spells get too long. Events
arrive as they do in life: within a minute, mostly, and some up to a day late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kit.columns import DISPATCH, NOT_STATED, EventBatch
from services.intake.hashing import hashes

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
START_MS = 1_773_612_000_000
"""2026-03-16 06:00 in Shanghai: when the first riders begin."""
PLATFORMS = ("swift", "heron", "stork")
AREAS = ("130202", "130203", "130204", "130205")
OTHER_PLATFORM_SHARE = 0.1
"""How often a rider takes an order of another platform than usual: spells are unions over platforms."""
REST_SHARE = 0.26
"""How often an order is followed by a rest of 30 to 60 min: of 25 orders, some 3 % get beyond 4 h."""
JITTER_MS = MINUTE_MS
"""An event arrives up to this late; so events of one minute come in any order."""
LATE_SHARE = 0.01
LATE_MS = DAY_MS
"""That share of events arrives up to this late."""
OFFERED, ACCEPTED, PICKED_UP, COMPLETED = 1, 2, 4, 5
EVENTS_AN_ORDER = 4

Ints = NDArray[np.int64]
Ids = NDArray[np.bytes_]
"""Hexadecimal ids of one length, each with the line feed that separates it from the next."""


@dataclass(frozen=True, slots=True, eq=False)
class WorkDay:
    """``n`` events in the order they arrive, and what they refer to."""

    worker_ids: NDArray[np.object_]
    order_ids: Ids
    event_ids: Ids
    """Shape ``(n,)``."""
    platform_of_order: NDArray[np.uint16]
    """Indexes ``PLATFORMS``."""
    metres_of_order: NDArray[np.int32]
    worker: NDArray[np.uint32]
    """Indexes ``worker_ids``; shape ``(n,)``, as the following."""
    order: Ints
    """Indexes what is of orders."""
    kind: NDArray[np.uint8]
    time_ms: Ints

    def __len__(self) -> int:
        return len(self.kind)

    def batch(self, start: int, end: int) -> EventBatch:
        """Some of the events as intake puts them together before it cuts them by partition."""
        rows = slice(start, end)
        order, kind, size = self.order[rows], self.kind[rows], end - start
        platform, metres = self.platform_of_order[order], self.metres_of_order[order]
        event_ids, order_ids = _texts(self.event_ids[rows]), _texts(self.order_ids[order])
        present, worker = np.unique(self.worker[rows], return_inverse=True)
        completed = kind == COMPLETED
        stated: dict[str, NDArray[Any]] = {
            "platform": platform,
            "worker": worker.astype(np.uint32),
            "area": (self.worker[rows] % len(AREAS)).astype(np.uint16),
            "event_key": _keys(platform, event_ids),
            "order_key": _keys(platform, order_ids),
            "event_time_ms": self.time_ms[rows],
            "kind": kind,
            **{name: np.ones(size, np.uint8) for name in ("vehicle", "service", "weather")},
            "statutory_holiday": np.zeros(size, np.int8),
            "distance_m": metres,
            "promised_ms": 1_800_000 + metres * 100,
            "estimated_ms": 1_500_000 + metres * 100,
            "pay_fen": 450 + metres // 10,
            "commission_fen": np.where(completed, 120, NOT_STATED),
            "penalty_fen": np.where(completed, 0, NOT_STATED),
        }
        nothing: dict[str, NDArray[Any]] = {
            name: np.full(size, value) for name, value in DISPATCH.when_empty.items()
        }
        columns = {name: (nothing | stated)[name].astype(dtype) for name, dtype in DISPATCH.dtypes.items()}
        words = {
            "platform": PLATFORMS,
            "worker": self.worker_ids[present].tolist(),
            "area": AREAS,
            "partner_firm": ("",),
        }
        return EventBatch(DISPATCH, words, {"event_ids": event_ids, "order_ids": order_ids}, columns)

    def batches(self, rows: int) -> Iterator[EventBatch]:
        """All events, so many at a time."""
        for start in range(0, len(self), rows):
            yield self.batch(start, min(start + rows, len(self)))


def work_day(workers: int, orders: int = 25, *, day: int = 0, seed: int = 2026) -> WorkDay:
    """``orders`` orders of each worker, four events each; ``day`` counts days from ``START_MS``.

    The workers of a seed are the same on every day.
    """
    worker_ids = np.array(_texts(_ids(np.random.default_rng(seed), workers, 16)), dtype=object)
    rng = np.random.default_rng([seed, day])
    shape = (workers, orders)
    lasts = rng.integers(12 * MINUTE_MS, 30 * MINUTE_MS, shape)
    follows = rng.integers(5 * MINUTE_MS, 25 * MINUTE_MS, shape)
    rests = rng.random(shape) < REST_SHARE
    follows[rests] = lasts[rests] + rng.integers(30 * MINUTE_MS, 60 * MINUTE_MS, int(rests.sum()))
    began = START_MS + day * DAY_MS + rng.integers(0, 6 * HOUR_MS, (workers, 1))
    accepted = began + np.cumsum(follows, axis=1)
    times = np.stack([accepted - 20_000, accepted, accepted + lasts // 3, accepted + lasts], axis=-1).ravel()
    by_arrival = np.argsort(times + _delays(rng, len(times)), kind="stable")
    order = by_arrival // EVENTS_AN_ORDER
    return WorkDay(
        worker_ids=worker_ids,
        order_ids=_ids(rng, workers * orders, 10),
        event_ids=_ids(rng, len(times), 16),
        platform_of_order=_platforms(rng, shape),
        metres_of_order=rng.integers(300, 6_000, workers * orders, dtype=np.int32),
        worker=(order // orders).astype(np.uint32),
        order=order,
        kind=np.array([OFFERED, ACCEPTED, PICKED_UP, COMPLETED], np.uint8)[by_arrival % EVENTS_AN_ORDER],
        time_ms=times[by_arrival],
    )


def _delays(rng: np.random.Generator, size: int) -> Ints:
    late = rng.random(size) < LATE_SHARE
    delays = rng.integers(0, JITTER_MS, size)
    delays[late] = rng.integers(0, LATE_MS, int(late.sum()))
    return delays


def _platforms(rng: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.uint16]:
    usual = rng.integers(0, len(PLATFORMS), (shape[0], 1))
    another = rng.random(shape) < OTHER_PLATFORM_SHARE
    return ((usual + another) % len(PLATFORMS)).astype(np.uint16).ravel()


def _ids(rng: np.random.Generator, count: int, width: int) -> Ids:
    """Random ids of ``width`` bytes, told in hexadecimal."""
    digits = np.frombuffer(rng.bytes(count * width).hex().encode(), np.uint8).reshape(count, 2 * width)
    lines = np.full((count, 2 * width + 1), ord("\n"), np.uint8)
    lines[:, :-1] = digits
    return lines.view(f"S{2 * width + 1}").ravel()


def _texts(ids: Ids) -> list[str]:
    return ids.tobytes().decode().split("\n")[:-1]


def _keys(platform: NDArray[np.uint16], ids: list[str]) -> NDArray[np.uint64]:
    """The identities that intake gives to events and orders."""
    keys = np.empty(len(ids), np.uint64)
    names = np.array(ids, dtype=object)
    for number, platform_id in enumerate(PLATFORMS):
        rows = np.flatnonzero(platform == number)
        keys[rows] = hashes(names[rows].tolist(), f"{platform_id}\n")
    return keys
