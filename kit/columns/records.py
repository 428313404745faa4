"""From a record of an event topic to its columns: what every consumer of events passes to its loop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kit.columns.batch import EventBatch, concat, decode
from kit.columns.schema import DISPATCH, WORK_SESSION, Schema
from kit.eventlog.port import Record
from kit.eventlog.topics import DISPATCHES, WORK_SESSIONS

SCHEMAS: Mapping[str, Schema] = {WORK_SESSIONS.name: WORK_SESSION, DISPATCHES.name: DISPATCH}
"""Topic → the columns its records hold."""


def decode_record(record: Record) -> EventBatch:
    """The events of a record of a topic in ``SCHEMAS``.

    Raises:
        MalformedRecordError: if it holds none.
    """
    return decode(SCHEMAS[record.topic], record.value)


def by_partition(batch: Iterable[tuple[Record, EventBatch]]) -> Iterator[tuple[int, EventBatch]]:
    """All events of each partition as one batch, by the partition's number. Of one topic."""
    parts: dict[int, list[EventBatch]] = {}
    for record, events in batch:
        if len(events):
            parts.setdefault(record.partition, []).append(events)
    for number in sorted(parts):
        yield number, concat(parts[number])
