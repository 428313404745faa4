"""The SQLite log as one consumer or reader sees it: reads, and the rows that say who owns which partition."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from kit.eventlog import headers
from kit.eventlog.groups import Settlement, settle
from kit.eventlog.local import POLL_BYTES, Member
from kit.eventlog.port import Record, TopicPartition
from kit.eventlog.sqlite_file import faults

if TYPE_CHECKING:
    from kit.eventlog.sqlite import SqliteEventLog

OFFSET_BITS = 40
"""Room for 10^12 records a partition and 8 million partitions in SQLite's 63-bit row id."""

OFFSET_MASK = (1 << OFFSET_BITS) - 1


class SqliteSource:
    """Implements ``kit.eventlog.local.Source``, reading over a connection of its own."""

    def __init__(self, log: SqliteEventLog, connection: sqlite3.Connection) -> None:
        self._log = log
        self._connection = connection
        self._turn = 0

    def generation(self, group: str) -> int:
        with faults(self._log.path):
            return _generation(self._connection, group)

    def settle(self, member: Member) -> Settlement:
        partitions = [
            TopicPartition(topic, number)
            for topic in member.topics
            for number in range(self._log.partition_count(topic))
        ]
        now = self._log.clock()
        with self._log.write(durable=False) as connection:
            before = _members(connection, member.group)
            connection.execute(
                "INSERT INTO member VALUES (?, ?, ?)"
                " ON CONFLICT (group_name, id) DO UPDATE SET expires_ms = excluded.expires_ms",
                (member.group, member.id, now + int(self._log.session_timeout_s * 1000)),
            )
            connection.execute(
                "DELETE FROM member WHERE group_name = ? AND expires_ms <= ?", (member.group, now)
            )
            members = _members(connection, member.group)
            connection.execute(
                "DELETE FROM claim WHERE group_name = ?"
                " AND member NOT IN (SELECT id FROM member WHERE group_name = ?)",
                (member.group, member.group),
            )
            settlement = settle(member.id, members, partitions, _claims(connection, member.group))
            connection.executemany(
                "INSERT INTO claim VALUES (?, ?, ?, ?)",
                [(member.group, topic, number, member.id) for topic, number in settlement.gained],
            )
            if members != before:
                _next_generation(connection, member.group)
        if members != before:
            self._log.changes.announce()
        return settlement

    def release(self, member: Member, partitions: Collection[TopicPartition]) -> None:
        with self._log.write(durable=False) as connection:
            connection.executemany(
                "DELETE FROM claim WHERE group_name = ? AND topic = ? AND partition = ? AND member = ?",
                [(member.group, topic, number, member.id) for topic, number in partitions],
            )
            _next_generation(connection, member.group)
        self._log.changes.announce()

    def leave(self, member: Member) -> None:
        with self._log.write(durable=False) as connection:
            connection.execute(
                "DELETE FROM member WHERE group_name = ? AND id = ?", (member.group, member.id)
            )
            connection.execute(
                "DELETE FROM claim WHERE group_name = ? AND member = ?", (member.group, member.id)
            )
            _next_generation(connection, member.group)
        self._log.changes.announce()

    def read(self, cursors: Mapping[TopicPartition, int], max_records: int) -> list[Record]:
        if not cursors:
            return []
        with faults(self._log.path):
            behind = self._behind(cursors)
            # Begin with another partition each time, so that a busy one does not starve the rest.
            self._turn += 1
            start = self._turn % len(behind) if behind else 0
            records: list[Record] = []
            size = 0
            for source in behind[start:] + behind[:start]:
                first = self._log.partition_ids(source.topic)[source.partition] << OFFSET_BITS
                rows = self._connection.execute(
                    "SELECT id, append_time_ms, key, headers, value FROM record"
                    " WHERE id >= ? AND id <= ? ORDER BY id LIMIT ?",
                    (first | cursors[source], first | OFFSET_MASK, max_records - len(records)),
                )
                for row_id, append_time_ms, key, packed, value in rows:
                    records.append(
                        Record(
                            topic=source.topic,
                            partition=source.partition,
                            offset=row_id & OFFSET_MASK,
                            value=value,
                            key=key,
                            headers=headers.unpack(packed),
                            append_time_ms=append_time_ms,
                        )
                    )
                    size += len(value)
                    if size >= POLL_BYTES:
                        rows.close()
                        return records
                if len(records) >= max_records:
                    break
            return records

    def _behind(self, cursors: Mapping[TopicPartition, int]) -> list[TopicPartition]:
        topics = sorted({source.topic for source in cursors})
        marks = ", ".join("?" * len(topics))
        ends = self._connection.execute(
            f"SELECT topic, number, next_offset FROM partition WHERE topic IN ({marks})", topics
        )
        return [
            source
            for topic, number, end in ends
            if (source := TopicPartition(topic, number)) in cursors and cursors[source] < end
        ]

    def start_offsets(self, topic: str) -> dict[int, int]:
        partitions = self._log.partition_ids(topic)
        with faults(self._log.path):
            return start_offsets(self._connection, partitions)

    def mirror(self, group: str, positions: Mapping[TopicPartition, int]) -> None:
        with self._log.write(durable=False) as connection:
            connection.executemany(
                "INSERT INTO mirrored VALUES (?, ?, ?, ?)"
                " ON CONFLICT (group_name, topic, partition)"
                " DO UPDATE SET next_offset = excluded.next_offset",
                [(group, topic, number, offset) for (topic, number), offset in positions.items()],
            )

    def close(self) -> None:
        self._connection.close()


def start_offsets(connection: sqlite3.Connection, partitions: Sequence[int]) -> dict[int, int]:
    """The offset of the first record there is, else of the next. ``partitions``: row ids by number."""
    starts: dict[int, int] = {}
    for number, partition in enumerate(partitions):
        (first,) = connection.execute(
            "SELECT min(id) FROM record WHERE id >= ? AND id < ?",
            (partition << OFFSET_BITS, (partition + 1) << OFFSET_BITS),
        ).fetchone()
        starts[number] = next_offset(connection, partition) if first is None else first & OFFSET_MASK
    return starts


def next_offset(connection: sqlite3.Connection, partition: int) -> int:
    """What the next record of a partition gets; it only ever rises, whatever is dropped."""
    (offset,) = connection.execute("SELECT next_offset FROM partition WHERE id = ?", (partition,)).fetchone()
    return int(offset)


def _generation(connection: sqlite3.Connection, group: str) -> int:
    row = connection.execute("SELECT generation FROM consumer_group WHERE name = ?", (group,)).fetchone()
    return int(row[0]) if row else 0


def _next_generation(connection: sqlite3.Connection, group: str) -> None:
    connection.execute(
        "INSERT INTO consumer_group VALUES (?, 1)"
        " ON CONFLICT (name) DO UPDATE SET generation = generation + 1",
        (group,),
    )


def _members(connection: sqlite3.Connection, group: str) -> frozenset[str]:
    return frozenset(
        row[0] for row in connection.execute("SELECT id FROM member WHERE group_name = ?", (group,))
    )


def _claims(connection: sqlite3.Connection, group: str) -> dict[TopicPartition, str]:
    rows = connection.execute("SELECT topic, partition, member FROM claim WHERE group_name = ?", (group,))
    return {TopicPartition(topic, number): owner for topic, number, owner in rows}
