"""Who the workers of the owned partitions are, and up to when each is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import xxhash
from numpy.typing import NDArray

from kit.columns import Names
from services.workhours.core.docket import LONG_AGO
from services.workhours.core.work_events import Int64s, Uint64s

NOBODYS = -1


class Workers:
    """A code a worker, small and dense, for the life of the process."""

    def __init__(self) -> None:
        self.names = {name: Names() for name in ("platform", "worker", "area")}
        self._partition: NDArray[np.int32] = np.empty(0, dtype=np.int32)
        self._latest = np.empty(0, dtype=np.int64)
        self._kept_since = np.empty(0, dtype=np.int64)
        self._hash: Uint64s = np.empty(0, dtype=np.uint64)
        """By code: of the worker's id, the same in every process."""
        self._watermarks: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.names["worker"])

    @property
    def partition(self) -> NDArray[np.int32]:
        """By code: the partition; ``NOBODYS`` of those who were forgotten."""
        return self._partition[: len(self)]

    @property
    def latest(self) -> Int64s:
        """By code: the time of the worker's latest event, ms."""
        return self._latest[: len(self)]

    @property
    def kept_since(self) -> Int64s:
        """By code: the moment from which on all of the worker's orders are kept, ms."""
        return self._kept_since[: len(self)]

    @property
    def hashes(self) -> Uint64s:
        """By code: a hash of the worker's id, the same in every process."""
        return self._hash[: len(self)]

    def horizons(self, history_ms: int) -> Int64s:
        """By partition: the moment before which nothing is judged any more, ms."""
        table = np.full(max(self._watermarks, default=0) + 1, LONG_AGO)
        for partition, watermark_ms in self._watermarks.items():
            table[partition] = watermark_ms - history_ms
        return table

    @property
    def nbytes(self) -> int:
        return self._partition.nbytes + self._latest.nbytes + self._kept_since.nbytes + self._hash.nbytes

    def watermark(self, partition: int) -> int:
        """The moment up to which open orders of a partition are judged, ms."""
        return self._watermarks[partition]

    def advance(self, partition: int, watermark_ms: int) -> bool:
        """Let time pass for a partition; whether it did. It never goes back."""
        passed = watermark_ms > self._watermarks.get(partition, LONG_AGO)
        if passed:
            self._watermarks[partition] = watermark_ms
        return passed

    @property
    def partitions(self) -> Collection[int]:
        """Those that are owned."""
        return self._watermarks.keys()

    def watermarks(self) -> Int64s:
        """By code: the watermark of the worker's partition, ms; ``LONG_AGO`` of those who were forgotten."""
        return self.by_partition(self._watermarks)

    def by_partition(self, moments: Mapping[int, int]) -> Int64s:
        """By code: what stands for the worker's partition; ``LONG_AGO`` where nothing does."""
        most = max(int(self.partition.max(initial=NOBODYS)), max(moments, default=NOBODYS))
        table = np.full(most + 2, LONG_AGO)
        for partition, moment_ms in moments.items():
            table[partition] = moment_ms
        of_each: Int64s = table[self.partition]  # NOBODYS is the last entry
        return of_each

    def known_until(self) -> Int64s:
        """By code: the watermark, or the worker's own latest event if that is later.

        It proves that time has passed for them, and would otherwise be judged before it happened.
        """
        return np.maximum(self.watermarks(), self.latest)

    def enrol(self, partition: int | Int64s, ids: Sequence[str]) -> Int64s:
        """The codes of worker ids, which may repeat; of one partition, or of one beside each."""
        before = len(self)
        codes = self.names["worker"].codes(ids)
        self._grow()
        for code in range(before, len(self)):
            self._hash[code] = xxhash.xxh64_intdigest(self.names["worker"][code].encode())
        self._partition[codes] = partition
        return codes

    def hear(self, workers: Int64s, time_ms: Int64s) -> None:
        """They have events of these times."""
        np.maximum.at(self._latest, workers, time_ms)

    def of_partition(self, partition: int) -> Int64s:
        """The codes of a partition's workers."""
        return np.flatnonzero(self.partition == partition)

    def latest_of(self, partition: int) -> int:
        """The time of the latest event of a partition's workers, ms; 0 if there is none."""
        return max(0, int(self.latest[self.partition == partition].max(initial=0)))

    def keep_since(self, workers: Int64s, moment_ms: Int64s | int) -> None:
        """From this moment on, and no earlier, their orders are kept."""
        self._kept_since[workers] = moment_ms

    def forget(self, partitions: Collection[int]) -> Int64s:
        """Give the workers of partitions up; who they were."""
        workers = np.flatnonzero(np.isin(self.partition, list(partitions)))
        self._partition[workers] = NOBODYS
        self._latest[workers] = LONG_AGO
        self._kept_since[workers] = LONG_AGO
        for partition in partitions:
            self._watermarks.pop(partition, None)
        return workers

    def _grow(self) -> None:
        missing = len(self) - len(self._partition)
        if missing > 0:
            more = missing + len(self._partition) // 2
            self._partition = np.append(self._partition, np.full(more, NOBODYS, dtype=np.int32))
            self._latest = np.append(self._latest, np.full(more, LONG_AGO))
            self._kept_since = np.append(self._kept_since, np.full(more, LONG_AGO))
            self._hash = np.append(self._hash, np.zeros(more, dtype=np.uint64))
