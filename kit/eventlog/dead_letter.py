"""Records that can never be handled: kept whole, with the reason, in ``<topic>.dead-letter``."""

from __future__ import annotations

from kit.errors import PermanentError
from kit.eventlog.port import EVENT_ID, NewRecord, Record
from kit.eventlog.topics import DEAD_LETTER_SUFFIX


def dead_letter(record: Record, error: PermanentError) -> NewRecord:
    """The record as it was, plus headers that say why and where it stood (numbers in decimal ASCII).

    It gets an ``event_id`` of its own: it is another record, and another group may put the same one here too.
    """
    return NewRecord(
        topic=record.topic + DEAD_LETTER_SUFFIX,
        value=record.value,
        key=record.key,
        headers={
            **{name: value for name, value in record.headers.items() if name != EVENT_ID},
            "reason": error.reason.encode(),
            "message": error.message.encode(),
            "source_topic": record.topic.encode(),
            "source_partition": str(record.partition).encode(),
            "source_offset": str(record.offset).encode(),
        },
    )
