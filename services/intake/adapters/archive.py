"""The archive: Parquet segments sorted by worker, with a catalogue in the store.

A segment is a file nobody changes, named after the records of the log it holds. It counts from the moment its
catalogue row is committed, together with the position of the reader that wrote it. ``MERGE_AT`` segments of
one partition, day and level are merged into one of the next level, as in a log-structured merge tree: few
files to open, and each row is written log₁₂(n) times. Those that would be too large together stay as they
are. Where a worker's data are erased, the segments that have any are written again without them under other
names. Files that no row names, left over from a crash, a merge or an erasure, go after the commit or at the
next start.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.clock import SHANGHAI
from kit.columns import EventBatch
from kit.columns.records import SCHEMAS
from kit.erasure import Erased
from kit.errors import StorageUnavailableError
from kit.eventlog.port import TopicPartition
from kit.storage.store import Store
from services.intake.adapters.segment_tables import as_batch, as_table, completed, without, workers_in
from services.intake.ports import Found, PastEvent, SegmentId, Stretch

METADATA = sa.MetaData()

MERGE_AT = 12
"""A reader opens at most eleven files a level: three levels at ten million events a day and 64 partitions."""

LARGEST_SEGMENT_ROWS = 500_000
"""Of a merge, which has all its rows in memory, twice while they are sorted: some 250 MB. A province's day in
one of 256 partitions has 390,000."""

ROW_GROUP_ROWS = 50_000
"""Parquet keeps the least and greatest worker of each row group: one worker is looked for in one or two."""

FOR_EVER_MS = 2**62
"""After every event."""

READ_TRIES = 10
"""Merges are minutes apart, so a second one within a read is not to be expected; while a worker's data are
erased files may go each second."""

_SEGMENT = sa.Table(
    "segment",
    METADATA,
    sa.Column("topic", sa.String, primary_key=True),
    sa.Column("partition", sa.Integer, primary_key=True),
    sa.Column("first_offset", sa.BigInteger, primary_key=True),
    sa.Column("last_offset", sa.BigInteger, nullable=False),
    sa.Column("day", sa.String, nullable=False, doc="Day of archiving in Asia/Shanghai, ISO 8601."),
    sa.Column("level", sa.Integer, nullable=False, doc="How often its rows were merged."),
    sa.Column("rows", sa.BigInteger, nullable=False),
    sa.Column("first_ms", sa.BigInteger, nullable=False, doc="Earliest event time in it."),
    sa.Column("last_ms", sa.BigInteger, nullable=False, doc="Latest event time in it."),
    sa.Column(
        "erasures",
        sa.Integer,
        nullable=False,
        server_default="0",
        doc="How often it was written again without somebody's events.",
    ),
)
_ORDER = [(name, "ascending") for name in ("worker_id", "event_time_ms", "event_id", "version")]

_Segment = sa.Row[Any]

_log = logging.getLogger(__name__)


class ParquetArchive:
    """Writes and reads segments below ``folder``. One process writes."""

    def __init__(
        self, store: Store, folder: Path, partition_of: Callable[[str, str], int], erased: Erased
    ) -> None:
        """``partition_of(topic, worker_id)``: where a worker's events are. ``erased``: whose are not read any
        more, wherever they still stand."""
        self._store = store
        self._folder = folder
        self._partition_of = partition_of
        self._erased = erased

    def write(self, connection: Connection, source: Stretch, batch: EventBatch, now_ms: int) -> list[Path]:
        """See ``services.intake.ports.ArchiveWriter``."""
        day = datetime.fromtimestamp(now_ms / 1000, tz=SHANGHAI).date().isoformat()
        table, first, level = as_table(batch), source.first_offset, 0
        replaced: list[Path] = []
        while _are_due(below := _segments(connection, source, day, level), len(table)):
            files = [self._folder / _path(segment) for segment in below]
            earlier = [completed(pq.read_table(file), batch.schema) for file in files]
            table = pa.concat_tables([*(each.select(table.column_names) for each in earlier), table])
            _forget(connection, source, below)
            replaced += files
            first, level = below[0].first_offset, level + 1
        table = without(table, self._erased)  # what was merged may not have been looked through yet
        if not len(table):
            return replaced
        inserted = sa.insert(_SEGMENT).values(
            topic=source.topic,
            partition=source.partition,
            first_offset=first,
            last_offset=source.last_offset,
            day=day,
            level=level,
            **_summary(table),
        )
        path = _path(connection.execute(inserted.returning(*_SEGMENT.c)).one())
        self._write_durably(path, table.sort_by(_ORDER))
        return replaced

    def segments(
        self, connection: Connection, places: Collection[TopicPartition], before_ms: int
    ) -> list[SegmentId]:
        """See ``services.intake.ports.ErasableArchive``."""
        columns = (_SEGMENT.c.topic, _SEGMENT.c.partition, _SEGMENT.c.first_offset, _SEGMENT.c.last_offset)
        found = connection.execute(
            sa.select(*columns)
            .where(_SEGMENT.c.first_ms < before_ms)
            .order_by(_SEGMENT.c.day.desc(), _SEGMENT.c.first_offset.desc())
        )
        return [SegmentId(*row) for row in found if TopicPartition(row.topic, row.partition) in places]

    def places_of(self, worker_id: str) -> list[TopicPartition]:
        """See ``services.intake.ports.ErasableArchive``."""
        return [TopicPartition(topic, self._partition_of(topic, worker_id)) for topic in SCHEMAS]

    def erase(self, connection: Connection, segment: SegmentId) -> Found:
        """See ``services.intake.ports.ErasableArchive``."""
        this = sa.and_(
            _SEGMENT.c.topic == segment.topic,
            _SEGMENT.c.partition == segment.partition,
            _SEGMENT.c.first_offset == segment.first_offset,
            _SEGMENT.c.last_offset == segment.last_offset,
        )
        row = connection.execute(sa.select(_SEGMENT).where(this)).one_or_none()
        if row is None:
            return Found((), [])  # merged into another meanwhile, without what is erased
        file = self._folder / _path(row)
        try:
            workers = self._erased.among(workers_in(file)).keys()
            table = pq.read_table(file) if workers else None
        except FileNotFoundError:
            _log.warning("archive: a file is missing; bring it back from a backup: %s", file)
            return Found((), [])
        if table is None:
            return Found((), [])
        left = without(table, self._erased)
        if len(left) == len(table):
            return Found(workers, [])
        if not len(left):
            connection.execute(sa.delete(_SEGMENT).where(this))
            return Found(workers, [file])
        changed = sa.update(_SEGMENT).where(this).values(erasures=row.erasures + 1, **_summary(left))
        path = _path(connection.execute(changed.returning(*_SEGMENT.c)).one())
        self._write_durably(path, left)
        return Found(workers, [file])

    def remove(self, files: Iterable[Path]) -> None:
        """See ``services.intake.ports.ArchiveWriter``."""
        for file in files:
            file.unlink(missing_ok=True)

    def remove_leftovers(self) -> int:
        """Delete files that no catalogue row names; answers how many. Before anything is written."""
        with self._store.read() as connection:
            named = {_path(segment) for segment in connection.execute(sa.select(_SEGMENT))}
        files = self._folder.rglob("*.parquet")
        left = [file for file in files if file.relative_to(self._folder) not in named]
        self.remove(left)
        return len(left)

    def worker_events(self, worker_id: str, start_ms: int, end_ms: int) -> list[PastEvent]:
        """See ``services.intake.ports.Archive``.

        Raises:
            StorageUnavailableError: if a file of the catalogue is missing.
        """
        if erasure := self._erased.of(worker_id):
            start_ms = max(start_ms, erasure.erase_ms)
        wanted = (
            (pc.field("worker_id") == worker_id)
            & (pc.field("event_time_ms") >= start_ms)
            & (pc.field("event_time_ms") < end_ms)
        )
        places = self.places_of(worker_id)
        events: dict[tuple[int, str, str, int], PastEvent] = {}
        for topic, found in self._found(places, wanted, start_ms, end_ms):
            for row in found.to_pylist():
                event = _past_event(topic, row)
                events[event.place] = event
        return [events[place] for place in sorted(events)]

    def rows_of(self, topic: str, worker_ids: Sequence[str], start_ms: int) -> EventBatch | None:
        """See ``services.intake.ports.MovableArchive``. Raises what ``worker_events`` raises."""
        wanted = pc.field("worker_id").isin(worker_ids) & (pc.field("event_time_ms") >= start_ms)
        place = (topic, self._partition_of(topic, worker_ids[0]))
        found = [table for _, table in self._found([place], wanted, start_ms, FOR_EVER_MS) if len(table)]
        if not found:
            return None
        columns = found[0].column_names
        batch = as_batch(pa.concat_tables([table.select(columns) for table in found]), SCHEMAS[topic])
        return self._erased.without(batch) or None

    def _found(
        self, places: Sequence[tuple[str, int]], wanted: pc.Expression, start_ms: int, end_ms: int
    ) -> list[tuple[str, pa.Table]]:
        """The wanted rows of the segments of topics' partitions that have any of this time."""
        for _ in range(READ_TRIES):
            try:
                return list(self._read(places, wanted, start_ms, end_ms))
            except FileNotFoundError as error:
                missing = error  # merged into another since the catalogue was read, so read that again
        raise StorageUnavailableError(
            f"archive: a file is missing; bring it back from a backup: {missing}",
            zh=f"归档缺少文件（{missing}）；请从备份恢复",
        ) from missing

    def _read(
        self, places: Sequence[tuple[str, int]], wanted: pc.Expression, start_ms: int, end_ms: int
    ) -> Iterator[tuple[str, pa.Table]]:
        with self._store.read() as connection:
            segments = connection.execute(
                sa.select(_SEGMENT).where(
                    _SEGMENT.c.first_ms < end_ms,
                    _SEGMENT.c.last_ms >= start_ms,
                    sa.tuple_(_SEGMENT.c.topic, _SEGMENT.c.partition).in_(places),
                )
            ).all()
        for segment in segments:
            found = pq.read_table(self._folder / _path(segment), filters=wanted)
            yield segment.topic, completed(found, SCHEMAS[segment.topic])

    def _write_durably(self, path: Path, table: pa.Table) -> None:
        file = self._folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as opened:
            pq.write_table(table, opened, compression="zstd", row_group_size=ROW_GROUP_ROWS)
            opened.flush()
            os.fsync(opened.fileno())
        for folder in (self._folder, *(self._folder / above for above in path.parents)):
            _sync_folder(folder)


def _segments(connection: Connection, source: Stretch, day: str, level: int) -> Sequence[_Segment]:
    """A partition's segments of one day and level, in the order of the log."""
    return connection.execute(
        sa.select(_SEGMENT)
        .where(
            _SEGMENT.c.topic == source.topic,
            _SEGMENT.c.partition == source.partition,
            _SEGMENT.c.day == day,
            _SEGMENT.c.level == level,
        )
        .order_by(_SEGMENT.c.first_offset)
    ).all()


def _are_due(segments: Sequence[_Segment], rows: int) -> bool:
    """Whether they are merged, with so many rows that come to them."""
    together = rows + sum(segment.rows for segment in segments)
    return len(segments) + 1 >= MERGE_AT and together <= LARGEST_SEGMENT_ROWS


def _forget(connection: Connection, source: Stretch, segments: Sequence[_Segment]) -> None:
    connection.execute(
        sa.delete(_SEGMENT).where(
            _SEGMENT.c.topic == source.topic,
            _SEGMENT.c.partition == source.partition,
            _SEGMENT.c.first_offset.in_([segment.first_offset for segment in segments]),
        )
    )


def _summary(table: pa.Table) -> dict[str, int]:
    """What the catalogue has of a segment's rows."""
    times = pc.min_max(table["event_time_ms"])
    return {"rows": len(table), "first_ms": times["min"].as_py(), "last_ms": times["max"].as_py()}


def _path(segment: _Segment) -> Path:
    """Below the archive's folder; no two segments ever have the same, and the same has the same content."""
    name = f"{segment.partition:04d}-{segment.first_offset:012d}-{segment.last_offset:012d}"
    again = f"-{segment.erasures}" if segment.erasures else ""
    return Path(segment.topic) / f"day={segment.day}" / f"{name}{again}.parquet"


def _sync_folder(folder: Path) -> None:
    """Make the entries of a folder durable: a file is there only once its name is."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _past_event(topic: str, row: dict[str, Any]) -> PastEvent:
    return PastEvent(
        topic=topic,
        platform_id=row.pop("platform_id"),
        worker_id=row.pop("worker_id"),
        event_id=row.pop("event_id"),
        version=row.pop("version"),
        event_time_ms=row.pop("event_time_ms"),
        fields=row,
    )
