"""A stored partition goes on in another process as if it had never been handed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.columns import EventBatch
from kit.eventlog.port import TopicPartition
from kit.eventlog.topics import DISPATCHES
from services.workhours.core.order_book import NOT_SAID, NOT_YET
from services.workhours.core.rule_pack import RulePack
from services.workhours.engine import snapshots
from services.workhours.engine.engine import Engine
from services.workhours.engine.records import Records
from services.workhours.ports import Keeping
from tests.unit.workhours.batches import batch
from tests.unit.workhours.shifts import DAY_START, HOUR, Row, orders
from tests.unit.workhours.test_continuous_work_oracle import any_events
from tests.unit.workhours.test_working_time import over_limit

DAY = 24 * HOUR
MOMENTS = ("offered", "accepted", "picked_up", "ended")


class Log:
    """Records of some partitions."""

    def __init__(self) -> None:
        self._records: dict[int, list[EventBatch]] = {}

    def append(self, partition: int, rows: Sequence[Row]) -> int:
        records = self._records.setdefault(partition, [])
        records.append(batch(rows))
        return len(records) - 1

    def fetch(self, source: TopicPartition, start: int, stop: int) -> Iterator[tuple[int, EventBatch]]:
        yield from list(enumerate(self._records[source.partition]))[start:stop]

    def record(self, source: TopicPartition, offset: int) -> EventBatch:
        return self._records[source.partition][offset]

    def read_back(self, partition: int, end: int) -> Iterator[tuple[int, EventBatch]]:
        yield from enumerate(self._records.get(partition, [])[:end])


class Process:
    """An engine on a log."""

    def __init__(self, pack: RulePack, log: Log) -> None:
        self.log = log
        self.engine = Engine(pack, Records(log.fetch), log.read_back, Keeping())

    def take(self, partition: int, rows: Sequence[Row]) -> None:
        if not rows:
            return
        source = TopicPartition(DISPATCHES.name, partition)
        offset = self.log.append(partition, rows)
        self.engine.workers.advance(partition, max(row.time for row in rows))
        self.engine.take(source, offset, self.log.record(source, offset))
        self.engine.settle({partition: offset + 1})
        list(self.engine.judge())

    def restore(self, partition: int, blob: bytes) -> int:
        return snapshots.restore(self.engine, TopicPartition(DISPATCHES.name, partition), blob)


def known(engine: Engine, partition: int) -> dict[str, Any]:
    """All that an engine knows of a partition, in names."""
    workers, book, names = engine.workers, engine.book, engine.workers.names
    said = {}
    for row in np.flatnonzero(workers.partition[book["worker"]] == partition).tolist():
        events = {
            moment: (int(book[moment][row]), *engine.records.texts([int(book[f"{moment}_record"][row])]))
            for moment in MOMENTS
            if book[moment][row] not in (NOT_SAID, NOT_YET)
        }
        place = (names[name][int(book[name][row])] for name in ("worker", "platform", "area"))
        said[int(book.key(np.array([row]))[0])] = (*place, events, bool(book["contradictory"][row]))
    codes = workers.of_partition(partition)
    base = engine.days.base(codes)
    starts = engine.days.starts[:-1]
    return {
        "orders": said,
        "workers": {
            names["worker"][code]: (
                int(workers.latest[code]),
                int(workers.kept_since[code]),
                [(int(start), int(ms)) for start, ms in zip(starts, of_days, strict=True) if ms],
            )
            for code, of_days in zip(codes.tolist(), base, strict=True)
        },
        "activity": sorted(engine.activity.counts(partition), key=repr),
        "corrections": engine.corrections.stated(partition),
    }


@settings(max_examples=60, deadline=None)
@given(any_events, any_events, any_events, st.data())
def test_what_was_known_of_a_partition_is_known_again_among_others(
    pack: RulePack, first: list[Row], others: list[Row], later: list[Row], data: st.DataObject
) -> None:
    log = Log()
    before, after = Process(pack, log), Process(pack, log)
    corrected = data.draw(st.lists(st.sampled_from(first), max_size=3)) if first else []
    before.take(1, [*first, *(row.corrected(deleted=data.draw(st.booleans())) for row in set(corrected))])
    before.take(0, [row._replace(worker=row.worker + 50) for row in others])
    after.take(2, [row._replace(worker=row.worker + 70, platform=4, area=7) for row in others])
    blob = snapshots.snapshot(before.engine, 1, 17)
    assert after.restore(1, blob) == 17
    assert known(after.engine, 1) == known(before.engine, 1)

    after.engine.workers.advance(1, max((row.time for row in first), default=0))
    before.take(1, later)
    if later:
        source = TopicPartition(DISPATCHES.name, 1)
        offset = 1 if first else 0
        after.engine.workers.advance(1, max(row.time for row in later))
        after.engine.take(source, offset, log.record(source, offset))
        after.engine.settle({1: offset + 1})
    assert known(after.engine, 1) == known(before.engine, 1)


def test_what_is_left_of_days_let_go_of_is_handed_over(pack: RulePack) -> None:
    log = Log()
    before, after = Process(pack, log), Process(pack, log)
    before.take(1, over_limit())
    days_later = [row._replace(time=row.time + 3 * DAY) for row in orders(("08:00", "09:00"), first_order=60)]
    before.take(1, days_later)
    before.engine.compact()
    assert len(before.engine.book) == 1, "the first day's orders are gone"
    after.restore(1, snapshots.snapshot(before.engine, 1, 2))
    assert known(after.engine, 1) == known(before.engine, 1)
    (worker,) = known(after.engine, 1)["workers"].values()
    assert [ms for _, ms in worker[2]] == [270 * 60_000]


def test_a_partition_nobody_worked_in_is_stored_too(pack: RulePack) -> None:
    log = Log()
    blob = snapshots.snapshot(Process(pack, log).engine, 0, 0)
    assert Process(pack, log).restore(0, blob) == 0


def test_a_blob_cut_short_is_not_taken_for_a_whole_one(pack: RulePack) -> None:
    log = Log()
    process = Process(pack, log)
    process.take(1, over_limit())
    blob = snapshots.snapshot(process.engine, 1, 1)
    with pytest.raises((OSError, ValueError)):
        Process(pack, log).restore(1, blob[:-20])


def test_the_days_of_a_blob_are_those_of_the_packs_zone(pack: RulePack) -> None:
    process = Process(pack, Log())
    process.take(1, over_limit())
    starts = process.engine.days.starts
    assert ZoneInfo(pack.time_zone).key == "Asia/Shanghai"
    assert ((starts - (DAY_START - 8 * HOUR)) % DAY == 0).all()
