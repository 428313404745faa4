"""A range of the events' topics, copied from the live log into one of our own. The live one is only read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from kit.columns.records import decode_record
from kit.errors import MalformedRecordError
from kit.eventlog.port import EventLog, NewRecord, Record, TopicPartition
from kit.eventlog.topics import DISPATCHES, WORK_SESSIONS

EVENT_TOPICS = (DISPATCHES.name, WORK_SESSIONS.name)
DAY_MS = 86_400_000
_AT_ONCE = 200
"""Records of one append: some megabytes."""
_LOOKED_AT = 8
"""Records read to learn when the log took the first of them: some offsets may hold none."""


@dataclass(slots=True)
class Copied:
    """What was copied."""

    records: int = 0
    """Of the range."""
    run_up_records: int = 0
    """From before it: so that work which began earlier is known when the range begins."""
    events: int = 0
    """Dispatches of the range."""
    first_ms: int | None = None
    """The earliest event of the range; None: the range begins where the log does, or has no event."""
    last_ms: int | None = None
    """The latest one; None: the range ends where the log does, or has no event."""
    unreadable: int = 0
    """Records of the range that hold no events; they are passed over, as the service does."""
    _times: list[int] = field(default_factory=list)


def copy_range(
    live: EventLog, own: EventLog, from_ms: int | None, to_ms: int | None, run_up_days: int
) -> Iterator[Copied]:
    """Copy the records that the log took in ``[from_ms, to_ms)`` (None: its begin, its end), partition by
    partition in order, and those of up to ``run_up_days`` before. Yields what was copied so far.

    Raises:
        LogUnavailableError: (retryable) if the live log cannot give records.
        OffsetGoneError: if retention drops what is being read.
    """
    copied = Copied()
    whole = from_ms is None, to_ms is None
    for topic in EVENT_TOPICS:
        firsts, ends = live.start_offsets(topic), live.end_offsets(topic)
        for number, end in sorted(ends.items()):
            source, first = TopicPartition(topic, number), firsts[number]
            start = first if from_ms is None else offset_at(live, source, first, end, from_ms)
            stop = end if to_ms is None else offset_at(live, source, start, end, to_ms)
            before = None if from_ms is None else from_ms - run_up_days * DAY_MS
            run_up = start if before is None else offset_at(live, source, first, start, before)
            records = live.read(source, run_up, stop)
            while part := list(islice(records, _AT_ONCE)):
                own.append([_as_new(record) for record in part])
                for record in part:
                    _count(copied, record, within=record.offset >= start)
                yield copied
    if copied._times and not whole[0]:
        copied.first_ms = min(copied._times)
    if copied._times and not whole[1]:
        copied.last_ms = max(copied._times)
    yield copied


def offset_at(log: EventLog, source: TopicPartition, start: int, end: int, moment_ms: int) -> int:
    """The first offset in ``[start, end]`` whose record the log took at ``moment_ms`` or later."""
    while start < end:
        middle = (start + end) // 2
        looked_at = list(log.read(source, middle, min(middle + _LOOKED_AT, end)))
        if looked_at and looked_at[0].append_time_ms >= moment_ms:
            end = middle
        elif looked_at:
            start = middle + 1
        else:
            end = middle  # nothing is kept between here and there
    return start


def _as_new(record: Record) -> NewRecord:
    return NewRecord(record.topic, record.value, record.key, record.partition, record.headers)


def _count(copied: Copied, record: Record, *, within: bool) -> None:
    if not within:
        copied.run_up_records += 1
        return
    copied.records += 1
    if record.topic != DISPATCHES.name:
        return
    try:
        events = decode_record(record)
    except MalformedRecordError:
        copied.unreadable += 1
        return
    copied.events += len(events)
    if len(events):
        times = events["event_time_ms"]
        copied._times += [int(times.min()), int(times.max())]
