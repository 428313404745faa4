"""Who was active: distinct workers by platform, area and day, the denominator of rates per thousand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from kit.columns.key_table import KeyTable
from services.workhours.core.work_events import DispatchKind, Int64s, Uint64s, WorkEvents
from services.workhours.engine.workers import Workers
from services.workhours.ports import Activity

SHANGHAI_OFFSET_MS = 8 * 3_600_000
"""UTC+8 the whole year: China keeps no summer time."""
DAY_MS = 86_400_000

_BITS = (10, 14, 16)
"""Of platform, area and day (since 1970, good until 2149) in a key; the other 24 are the worker's."""


class _Place(NamedTuple):
    partition: int
    platform: int
    area: int
    day: int
    """Days since 1970-01-01 in Shanghai."""


class Seen(NamedTuple):
    """Workers and places, columns of one length in the codes of the process."""

    worker: Int64s
    platform: Int64s
    area: Int64s
    day: Int64s
    """Days since 1970-01-01 in Shanghai."""


class ActiveWorkers:
    """Counts, for each partition and place, the workers who had work events there.

    A function of the set of events, whatever order they come in: of an event its last version counts, and
    none if that one deletes it. So who got another pseudonym is counted under that one alone. All days that
    are judged are counted, also those whose orders were let go of: what comes days late may be found, and a
    finding without the workers of its day has no rate. Hence a key a worker, day and place for as long as the
    horizon reaches back: 16 bytes, where an order takes some hundred. Beyond it what was counted stands.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._seen = KeyTable()
        self._latest: Uint64s = np.empty(0, dtype=np.uint64)
        """By worker: the key counted last. Most events repeat it."""
        self._counts: Counter[_Place] = Counter()
        self._changed: set[_Place] = set()
        self._since: dict[int, int] = {}
        """By partition: events from before are not counted, ms."""

    def count(self, events: WorkEvents) -> None:
        """Count who these events are of."""
        worker, key = self._countable(events)
        self._grow()
        other = self._latest[worker] != key
        self._latest[worker[other]] = key[other]
        self._see(key[other])

    def recount(self, workers: Int64s, events: WorkEvents, since: Int64s) -> None:
        """Hold workers against all that stands of them: where there is nothing left they are counted no more.

        ``since``: by worker code, from which moment on ``events`` are all there are, ms; what was counted of
        days that began earlier stands.
        """
        self._grow()
        of_these = np.zeros(max(len(self._workers), 1), dtype=np.bool_)
        of_these[workers] = True
        _, key = self._countable(events)
        # Two weeks of everyone's are looked through for those of a few: by the worker alone, in one pass.
        rows = np.flatnonzero(of_these[_worker_of(self._seen.keys)])
        keys = self._seen.keys[rows]
        seen = _parts(keys)
        whole = seen.day * DAY_MS - SHANGHAI_OFFSET_MS >= since[seen.worker]
        gone = whole & ~np.isin(keys, key)
        if gone.any():
            keep = np.ones(len(self._seen), dtype=np.bool_)
            keep[rows[gone]] = False
            self._seen.keep(keep)
            self._add(keys[gone], -1)
            self._latest[workers] = 0
        self._see(key)

    def changes(self, ends: Mapping[int, int]) -> list[Activity]:
        """The counts that changed since the last call; ``ends``: what they count up to, by partition."""
        changed, self._changed = self._changed, set()
        told = (replace(self._activity(place), revision=ends[place.partition]) for place in changed)
        return sorted(
            told, key=lambda each: (each.partition, each.platform_id, each.area_code, each.local_date)
        )

    def _countable(self, events: WorkEvents) -> tuple[Int64s, Uint64s]:
        """Workers and keys of the events that count."""
        kind = events.kind
        at = np.flatnonzero((kind != DispatchKind.OFFERED) & (kind != DispatchKind.REJECTED))
        if self._since:
            at = at[events.time[at] >= self._workers.by_partition(self._since)[events.worker[at]]]
        day = (events.time[at] + SHANGHAI_OFFSET_MS) // DAY_MS
        return events.worker[at], _keys(events.worker[at], events.platform[at], events.area[at], day)

    def _see(self, keys: Uint64s) -> None:
        before = len(self._seen)
        self._seen.find_or_add(keys)
        self._add(self._seen.keys[before:], 1)

    def _add(self, keys: Uint64s, sign: int) -> None:
        if not len(keys):
            return
        worker, platform, area, day = _parts(keys)
        partition = self._workers.partition[worker]
        places, counts = np.unique(
            np.stack([partition, platform, area, day], axis=1), axis=0, return_counts=True
        )
        for place, count in zip(places.tolist(), counts.tolist(), strict=True):
            self._counts[_Place(*place)] += sign * count
            self._changed.add(_Place(*place))

    def counts(self, partition: int) -> list[Activity]:
        """All counts of a partition."""
        return [self._activity(place) for place in sorted(self._counts) if place.partition == partition]

    def since(self, partition: int) -> int | None:
        """Events of a partition from before this moment are not counted any more, ms; None: all are."""
        return self._since.get(partition)

    def seen(self, partition: int) -> Seen:
        """Who was counted of a partition, as far as it may matter again."""
        seen = _parts(self._seen.keys)
        ours = self._workers.partition[seen.worker] == partition
        return Seen(*(column[ours] for column in seen))

    def restore(self, partition: int, counts: list[Activity], seen: Seen, since_ms: int | None) -> None:
        """Take over what ``counts``, ``seen`` and ``since`` said of a partition."""
        if since_ms is not None:
            self._since[partition] = since_ms
        self._seen.find_or_add(_keys(*seen))
        names = self._workers.names
        for each in counts:
            (platform,) = names["platform"].codes([each.platform_id]).tolist()
            (area,) = names["area"].codes([each.area_code]).tolist()
            day = int(np.datetime64(each.local_date, "D").astype(np.int64))
            self._counts[_Place(each.partition, platform, area, day)] = each.workers

    def forget(self, partitions: Collection[int], workers: Int64s) -> None:
        """They are another process's now."""
        gone = np.zeros(max(len(self._workers), 1), dtype=np.bool_)
        gone[workers] = True
        self._seen.keep(~gone[_parts(self._seen.keys).worker])
        self._latest[workers[workers < len(self._latest)]] = 0
        for partition in partitions:
            self._since.pop(partition, None)
        for place in [place for place in self._counts if place.partition in partitions]:
            del self._counts[place]
            self._changed.discard(place)

    def drop_before(self, moments: Mapping[int, int]) -> None:
        """Count no more on days of a partition that are over by its moment, ms."""
        firsts = {number: (ms + SHANGHAI_OFFSET_MS) // DAY_MS for number, ms in moments.items()}
        for number, first in firsts.items():
            # Never back: of days before, a snapshot of an earlier release no longer knows whom it counted.
            moment_ms = first * DAY_MS - SHANGHAI_OFFSET_MS
            self._since[number] = max(moment_ms, self._since.get(number, moment_ms))
        worker, _, _, day = _parts(self._seen.keys)
        self._seen.keep(day >= self._workers.by_partition(firsts)[worker])
        for place in [place for place in self._counts if place.day < firsts.get(place.partition, 0)]:
            del self._counts[place]

    @property
    def nbytes(self) -> int:
        return self._seen.nbytes + self._latest.nbytes

    def _grow(self) -> None:
        missing = len(self._workers) - len(self._latest)
        if missing > 0:
            more = np.zeros(missing + len(self._latest) // 2, dtype=np.uint64)
            self._latest = np.append(self._latest, more)

    def _activity(self, place: _Place) -> Activity:
        names = self._workers.names
        return Activity(
            platform_id=names["platform"][place.platform],
            area_code=names["area"][place.area],
            local_date=str(np.datetime64(place.day, "D")),
            partition=place.partition,
            workers=self._counts[place],
        )


def _keys(worker: Int64s, platform: Int64s, area: Int64s, day: Int64s) -> Uint64s:
    """Worker and place in one number each."""
    keys = worker.astype(np.uint64)
    for bits, column in zip(_BITS, (platform, area, day), strict=True):
        keys = (keys << np.uint64(bits)) | column.astype(np.uint64)
    return keys


def _worker_of(keys: Uint64s) -> Int64s:
    """The first of ``_parts``."""
    return (keys >> np.uint64(sum(_BITS))).astype(np.int64)


def _parts(keys: Uint64s) -> Seen:
    """What ``_keys`` was given."""
    columns = []
    for bits in reversed(_BITS):
        columns.append((keys & np.uint64((1 << bits) - 1)).astype(np.int64))
        keys = keys >> np.uint64(bits)
    day, area, platform = columns
    return Seen(keys.astype(np.int64), platform, area, day)
