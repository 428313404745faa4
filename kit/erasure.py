"""Whose data are to go: what every reader of events and findings asks before it takes anything in.

The registry enters an *erasure* in its topic, so that every process has it (``kit.directory``). It names the
worker by SHA-256 of the pseudonym: a pseudonym is 144 random bits, so the hash says nothing to who does not
have it, and stays when everything else is gone.

Each service does two things with it. What it keeps it erases once it hears of it (``Erased.fresh``); and what
it reads from the log later it reads without the worker (``Erased.rows``), as the log holds events until its
retention has passed. The worker's events from after the erasure are any worker's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kit.columns import EventBatch
from kit.directory.entries import ErasureEntry

WORKERS_REMEMBERED = 131_072
"""Names looked up, so that each is hashed about once: some 15 MB, while any erasure is in force."""


def worker_sha256(worker_id: str) -> bytes:
    """What an erasure calls a pseudonym: its SHA-256, 32 bytes."""
    return sha256(worker_id.encode()).digest()


class Erasures(Protocol):
    """Where erasures are known from: ``kit.directory.Directory``."""

    def erasures(self) -> Mapping[bytes, ErasureEntry]:
        """By ``worker_sha256``; the same object until there are more."""
        ...


class _Nobodys:
    def erasures(self) -> Mapping[bytes, ErasureEntry]:
        """None."""
        return _NONE


_NONE: Mapping[bytes, ErasureEntry] = {}

NOBODY_ERASED: Erasures = _Nobodys()
"""For tools and tests that work without a directory."""


class Erased:
    """The erasures as a reader of events asks for them. Threads may share it."""

    def __init__(self, erasures: Erasures) -> None:
        self._source = erasures
        self._known: Mapping[bytes, ErasureEntry] = {}
        self._newest: tuple[Mapping[bytes, ErasureEntry], int] = ({}, 0)
        self._find = lru_cache(WORKERS_REMEMBERED)(self._look_up)

    def of(self, worker_id: str) -> ErasureEntry | None:
        """The worker's latest erasure; None if nobody asked for one."""
        latest = self._source.erasures()
        if latest is not self._known:
            self._find = lru_cache(WORKERS_REMEMBERED)(self._look_up)
            self._known = latest
        return self._find(worker_id) if latest else None

    def before_ms(self) -> int:
        """From this moment on nobody's events are gone, epoch milliseconds: of what comes in live no name is
        looked up, which for a full record would take longer than to judge it."""
        latest = self._source.erasures()
        known, moment_ms = self._newest
        if latest is not known:
            moment_ms = max((each.erase_ms for each in latest.values()), default=0)
            self._newest = latest, moment_ms
        return moment_ms

    def all(self) -> Mapping[bytes, ErasureEntry]:
        """Every worker's latest, by ``worker_sha256``; the same object until there are more."""
        return self._source.erasures()

    def among(self, worker_ids: Iterable[str]) -> dict[str, ErasureEntry]:
        """Those of some workers who have one."""
        found = ((worker_id, self.of(worker_id)) for worker_id in worker_ids)
        return {worker_id: entry for worker_id, entry in found if entry is not None}

    def moments(self, worker_ids: Sequence[str]) -> NDArray[np.int64]:
        """Before when the events of each of some workers are gone, epoch milliseconds, shape ``(n,)``; 0 of
        those nobody asked for."""
        found = map(self.of, worker_ids)
        return np.array([0 if entry is None else entry.erase_ms for entry in found], dtype=np.int64)

    def rows(self, batch: EventBatch) -> NDArray[np.bool_] | None:
        """Which events of a batch are gone, shape ``(n,)``; None, which is quick, if none is."""
        old = batch["event_time_ms"] < self.before_ms()
        if not old.any():
            return None
        workers = batch.dictionaries["worker"]
        codes = np.unique(batch["worker"][old])
        before_ms = np.zeros(len(workers), dtype=np.int64)
        before_ms[codes] = self.moments([workers[code] for code in codes.tolist()])
        gone: NDArray[np.bool_] = batch["event_time_ms"] < before_ms[batch["worker"]]
        return gone if gone.any() else None

    def without(self, batch: EventBatch) -> EventBatch:
        """The batch without events that are gone; rows move up."""
        gone = self.rows(batch)
        return batch if gone is None else batch.take(np.flatnonzero(~gone))

    def _look_up(self, worker_id: str) -> ErasureEntry | None:
        return self._source.erasures().get(worker_sha256(worker_id))
