"""Who was active: distinct workers by platform, area and day, the denominator of rates per thousand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kit.columns import EventSet, Names, RowIndex
from services.workhours.ports import Activity

SHANGHAI_OFFSET_MS = 8 * 3_600_000
"""UTC+8 the whole year: China keeps no summer time."""
DAY_MS = 86_400_000


class _Place(NamedTuple):
    platform: int
    area: int
    day: int
    """Days since 1970-01-01 in Shanghai."""


class ActiveWorkers:
    """The workers one partition has seen working: a count only grows, whatever order events come in."""

    def __init__(self, partition: int, events: EventSet, names: dict[str, Names]) -> None:
        """Counts what is in the set; ``catch_up`` what is added to it."""
        self._partition = partition
        self._events = events
        self._names = names
        self._seen_rows = 0
        self._places: dict[_Place, int] = {}
        self._workers: list[int] = []
        """By place."""
        self._seen = RowIndex()
        """Keys: place and worker."""
        self.catch_up()

    def catch_up(self) -> list[Activity]:
        """Count the events in that were added to the set; the counts that changed."""
        rows = slice(self._seen_rows, len(self._events))
        self._seen_rows = len(self._events)
        if rows.start == rows.stop:
            return []
        worker = self._events["worker"][rows].astype(np.uint64)
        keys = np.unique(self._place_of(rows) << np.uint64(32) | worker)
        new = keys[~self._seen.holds(keys)]
        self._seen.append(new)
        changed, more = np.unique((new >> np.uint64(32)).astype(np.int64), return_counts=True)
        for place, count in zip(changed.tolist(), more.tolist(), strict=True):
            self._workers[place] += count
        places = list(self._places)
        return sorted(
            (self._activity(places[place], self._workers[place]) for place in changed.tolist()),
            key=lambda count: (count.platform_id, count.area_code, count.local_date),
        )

    def _place_of(self, rows: slice) -> NDArray[np.uint64]:
        """The number of each row's place, new places added."""
        days = (self._events["event_time_ms"][rows] + SHANGHAI_OFFSET_MS) // DAY_MS
        columns = np.stack([self._events["platform"][rows], self._events["area"][rows], days], axis=1)
        different, place = np.unique(columns, axis=0, return_inverse=True)
        numbers = []
        for row in different.tolist():
            number = self._places.setdefault(_Place(*row), len(self._workers))
            if number == len(self._workers):
                self._workers.append(0)
            numbers.append(number)
        numbered: NDArray[np.uint64] = np.array(numbers, dtype=np.uint64)[place]
        return numbered

    def _activity(self, place: _Place, workers: int) -> Activity:
        return Activity(
            platform_id=self._names["platform"][place.platform],
            area_code=self._names["area"][place.area],
            local_date=str(np.datetime64(place.day, "D")),
            partition=self._partition,
            workers=workers,
        )
