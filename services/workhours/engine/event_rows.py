"""The records of a round as one set of columns, in the codes of the process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kit.columns import EventBatch
from kit.eventlog.port import TopicPartition
from services.workhours.core.work_events import Bools, Int64s, WorkEvents
from services.workhours.engine.records import ROW_BITS
from services.workhours.engine.workers import Workers


@dataclass(frozen=True, slots=True)
class Taken:
    """A record to be taken in."""

    source: TopicPartition
    offset: int
    record: int
    """Its number in ``Records``."""
    events: EventBatch


@dataclass(frozen=True, slots=True, eq=False)
class EventRows:
    """Rows of several records, one after the other."""

    events: WorkEvents
    service: NDArray[np.uint8]
    version: NDArray[np.uint16]
    deleted: NDArray[np.uint8]
    partition: Int64s
    taken: Int64s
    """Which of the records a row is of."""
    row: Int64s
    """Its place in the record."""

    def __len__(self) -> int:
        return len(self.taken)

    def take(self, rows: Int64s | Bools) -> EventRows:
        """The rows chosen by index or mask."""
        others = {field.name: getattr(self, field.name)[rows] for field in fields(self)[1:]}
        return EventRows(self.events.take(rows), **others)


def event_rows(workers: Workers, taken: Sequence[Taken]) -> EventRows:
    """All rows of some records; workers not met before are enrolled."""
    batches = [each.events for each in taken]
    lengths = np.array([len(batch) for batch in batches], dtype=np.int64)
    of_record = np.repeat(np.arange(len(taken)), lengths)
    row = np.arange(len(of_record)) - _starts(lengths)[of_record]
    record = np.array([each.record for each in taken], dtype=np.int64)
    partition = np.array([each.source.partition for each in taken], dtype=np.int64)

    def joined(column: str) -> NDArray[Any]:
        return np.concatenate([batch[column] for batch in batches]) if batches else np.empty(0, np.int64)

    def coded(column: str, codes_of: Callable[[Sequence[str], Int64s], Int64s]) -> Int64s:
        """Each row's code. All dictionaries are looked up as one: the words, and which record each is of."""
        dictionaries = [batch.dictionaries[column] for batch in batches]
        sizes = np.array([len(words) for words in dictionaries], dtype=np.int64)
        codes = codes_of(list(chain.from_iterable(dictionaries)), np.repeat(np.arange(len(taken)), sizes))
        return codes[joined(column) + _starts(sizes)[of_record]]

    worker = coded("worker", lambda ids, of: workers.enrol(partition[of], ids))
    return EventRows(
        WorkEvents(
            worker=worker,
            platform=coded("platform", lambda words, _: workers.names["platform"].codes(words)),
            order=joined("order_key").astype(np.uint64, copy=False) ^ workers.hashes[worker],
            kind=joined("kind").astype(np.int8),
            time=joined("event_time_ms"),
            event=joined("event_key").astype(np.uint64, copy=False),
            area=coded("area", lambda words, _: workers.names["area"].codes(words)),
            record=(record << ROW_BITS)[of_record] | row,
        ),
        service=joined("service"),
        version=joined("version"),
        deleted=joined("deleted"),
        partition=partition[of_record],
        taken=of_record,
        row=row,
    )


def _starts(lengths: Int64s) -> Int64s:
    """Where each of some stretches begins that lie end to end."""
    starts: Int64s = np.cumsum(lengths) - lengths
    return starts
