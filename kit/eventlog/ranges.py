"""Ranges of offsets as all logs read them: what a range comes to, and when it is gone."""

from __future__ import annotations

from collections.abc import Mapping

from kit.errors import NotFoundError, OffsetGoneError
from kit.eventlog.port import TopicPartition


def require_range(
    source: TopicPartition, start: int, end: int, starts: Mapping[int, int], ends: Mapping[int, int]
) -> int:
    """The offset to stop before: ``end``, but no later than where the partition ends now.

    ``starts`` and ``ends``: first and next offset of each partition of the topic.

    Raises:
        NotFoundError: if the topic has no such partition.
        OffsetGoneError: if the range begins before the partition's first offset.
    """
    if source.partition not in ends:
        raise NotFoundError(f"topic {source.topic} has no partition {source.partition}")
    stop = min(end, ends[source.partition])
    if start < stop:
        require_kept(source, start, starts[source.partition])
    return stop


def require_kept(source: TopicPartition, start: int, first: int) -> None:
    """Nothing if ``start`` is there still.

    Raises:
        OffsetGoneError: naming the first offset there is.
    """
    if start < first:
        raise OffsetGoneError(
            f"{source.topic} partition {source.partition}: offset {start} is gone, the first is {first}",
            zh=f"主题 {source.topic} 分区 {source.partition} ：位置 {start} 已过保留期，现存最早为 {first}",
            metadata={
                "topic": source.topic,
                "partition": str(source.partition),
                "asked": str(start),
                "first": str(first),
            },
        )
