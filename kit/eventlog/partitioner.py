"""Which partition a key belongs to: the same answer in every process, on every adapter, for ever.

The count of a topic is fixed at creation, so a worker's events stay in one partition for the topic's life.
"""

from __future__ import annotations

import xxhash

from kit.errors import BatchTooLargeError, NotFoundError
from kit.eventlog.port import MAX_RECORD_BYTES, NewRecord


def partition_of(key: bytes, count: int) -> int:
    """The partition of a key among ``count``: XXH64 with seed 0, modulo the count."""
    return xxhash.xxh64_intdigest(key) % count


def place(record: NewRecord, count: int) -> int:
    """The partition a record goes to: the one it asks for, else its key's (no key: the empty key's).

    Raises:
        NotFoundError: if it asks for a partition that its topic does not have.
        BatchTooLargeError: if it is larger than a record may be.
    """
    size = len(record.value) + len(record.key or b"")
    if size > MAX_RECORD_BYTES:
        raise BatchTooLargeError(
            f"a record for {record.topic} has {size} bytes, more than {MAX_RECORD_BYTES}",
            zh=f"主题 {record.topic} 的记录有 {size} 字节，超过 {MAX_RECORD_BYTES}",
            reason="RECORD_TOO_LARGE",
        )
    if record.partition is None:
        return 0 if count == 1 else partition_of(record.key or b"", count)
    if not 0 <= record.partition < count:
        raise NotFoundError(f"topic {record.topic} has no partition {record.partition}")
    return record.partition
