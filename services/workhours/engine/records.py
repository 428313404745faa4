"""The log's records by number, and the texts of their events.

What is kept of an order names events by identity and place: a record's number and the row in it, in one
integer. What people read is ``platform/event_id``. The texts of the latest records are held, up to a number
of bytes; older ones are read from the log again, with those that follow them there: after a hand-over what
was found before is looked at again, and a record at a time would take minutes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

import numpy as np

from kit.columns import EventBatch
from kit.eventlog.port import TopicPartition
from services.workhours.core.work_events import Int64s

ROW_BITS: Final = 20
"""A place is ``record << ROW_BITS | row``: the largest record (5 MiB, 21 bytes a row) has a quarter of the
rows that have room."""
ROW_MASK: Final = (1 << ROW_BITS) - 1

TEXT_BYTES = 256 * 1024 * 1024
"""Some twelve million event ids of 20 characters: a city's day. One process owns a part of the city."""

READ_AHEAD = 200
"""Records of the log: what it hands over in one portion, so that more would be no slower than one."""

Fetch = Callable[[TopicPartition, int, int], Iterable[tuple[int, EventBatch]]]
"""Offset and events of a partition's records with ``start <= offset < stop``."""

_LINE_FEED = 10
_UNCUT = memoryview(b"")


class _Texts(NamedTuple):
    """The event_ids of a record."""

    ids: bytes
    """Each followed by a line feed."""
    ends: memoryview
    """Where each ends; empty until the first is asked for."""


class Records:
    """Numbers records from 0 as they are noted; a record noted again gets a number again."""

    def __init__(self, fetch: Fetch, text_bytes: int = TEXT_BYTES) -> None:
        self._fetch = fetch
        self._room = text_bytes
        self._sources: list[TopicPartition] = []
        self._offsets: list[int] = []
        self._texts: OrderedDict[int, _Texts] = OrderedDict()
        self._again: dict[tuple[TopicPartition, int], int] = {}
        """The numbers of records that were read from the log again."""

    def note(self, source: TopicPartition, offset: int, events: EventBatch | None = None) -> int:
        """The number of a record; its texts are held if it is given."""
        number = len(self._offsets)
        self._sources.append(source)
        self._offsets.append(offset)
        if events is not None:
            self._hold(number, events)
        return number

    def noted(self, source: TopicPartition, offset: int) -> int:
        """The number of a record that is read from the log again: the same however often it is."""
        number = self._again.get((source, offset))
        if number is None:
            number = self._again[source, offset] = self.note(source, offset)
        return number

    def offsets(self, numbers: Int64s) -> Int64s:
        """Where each stands in its partition."""
        return np.array(self._offsets, dtype=np.int64)[numbers]

    def texts(self, places: Iterable[int]) -> Iterator[str]:
        """The event_ids of the events in these places. Raises IndexError if a record has no such row."""
        texts = self._texts
        for place in places:
            number, row = place >> ROW_BITS, place & ROW_MASK
            held = texts.get(number)
            ids, ends = held if held and held.ends else self._cut(number)
            yield ids[ends[row - 1] + 1 if row else 0 : ends[row]].decode()

    def _cut(self, number: int) -> _Texts:
        """A record's texts, for the first time; read from the log if they are not held."""
        held = self._texts.get(number)
        if held is None:
            held = self._read(number)
        ends = np.flatnonzero(np.frombuffer(held.ids, np.uint8) == _LINE_FEED).astype(np.int32).data
        cut = self._texts[number] = _Texts(held.ids, ends)
        return cut

    def _read(self, number: int) -> _Texts:
        """Of the log, with the records noted after it that stand near it and are not held."""
        source, offset = self._sources[number], self._offsets[number]
        wanted = {offset: number}
        for near in range(number + 1, min(number + READ_AHEAD, len(self._offsets))):
            ahead = self._offsets[near] - offset
            if self._sources[near] == source and 0 < ahead < READ_AHEAD and near not in self._texts:
                wanted[offset + ahead] = near
        found = {at: events for at, events in self._fetch(source, offset, max(wanted) + 1) if at in wanted}
        for at in sorted(found, reverse=True):  # the one that is asked for last: it goes last
            held = self._hold(wanted[at], found[at])
        return held

    def _hold(self, number: int, events: EventBatch) -> _Texts:
        held = self._texts[number] = _Texts(f"{events.joined('event_ids')}\n".encode(), _UNCUT)
        self._room -= len(held.ids)
        while self._room < 0 and len(self._texts) > 1:
            _, (ids, _) = self._texts.popitem(last=False)
            self._room += len(ids)
        return held
