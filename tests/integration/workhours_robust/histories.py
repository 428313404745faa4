"""What happened, as dispatches in columns, and the ways in which a log may come to hold it.

A history is one batch, its events in order of arrival. ``Arrival`` says in what order, how often and in how
many records and partitions the log gets it: none of this may matter to what is found.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.work_day import COMPLETED, work_day
from cli.trips import Columns, read_trips
from kit.columns import DISPATCH, EventBatch, concat
from kit.eventlog.port import EventLog, NewRecord
from kit.eventlog.topics import DISPATCHES, TOPICS
from services.intake.hashing import hashes
from services.intake.restating import by_partition
from tests.support.dispatches import at

REPOSITORY = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("QUZHONG_SHARED", REPOSITORY.parent / "shared"))
CAB_TRIPS = SHARED / "data" / "sf_cabspotting_trips.csv.gz"
NEEDS_CABS = pytest.mark.skipif(
    not CAB_TRIPS.exists(), reason=f"no real trips at {CAB_TRIPS}; QUZHONG_SHARED names their folder"
)

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
PLATFORM = "swift"
ACCEPTED = 2
WITNESSES_A_PARTITION = 40
"""So many that chance leaves no partition without one."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a history comes into a log."""

    shuffle: int | None = None
    """Seed of the order of arrival; None: as it is."""
    doubled: float = 0.0
    """Share of the events that come a second time, anywhere later."""
    groups: int = 40
    """Commit groups, of random sizes; each is a record in every partition that it reaches."""
    partitions: int = 4
    seed: int = 1
    """Of the repeats and of the sizes."""

    def of(self, history: EventBatch) -> EventBatch:
        """The events as they arrive."""
        rows = np.arange(len(history))
        if self.shuffle is not None:
            rows = np.random.default_rng(self.shuffle).permutation(rows)
        if self.doubled:
            rng = np.random.default_rng([self.seed, 1])
            place = np.arange(len(rows), dtype=np.float64)
            again = np.flatnonzero(rng.random(len(rows)) < self.doubled)
            later = rng.uniform(place[again], len(rows))
            rows = np.append(rows, rows[again])[np.argsort(np.append(place, later), kind="stable")]
        return history.take(rows)

    def records(self, history: EventBatch) -> Iterator[list[NewRecord]]:
        """The records of each commit group."""
        arriving = self.of(history)
        rng = np.random.default_rng([self.seed, 2])
        cuts = np.sort(rng.integers(1, len(arriving), self.groups - 1)).tolist()
        for start, end in zip([0, *cuts], [*cuts, len(arriving)], strict=True):
            if start < end:
                yield records_of(arriving.take(np.arange(start, end)), self.partitions)


def fill(log: EventLog, history: EventBatch, arrival: Arrival) -> None:
    """A log that holds a history, and after it that time has passed."""
    log.ensure_topics(TOPICS, arrival.partitions)
    for records in arrival.records(history):
        log.append(records)
    log.append(time_has_passed(history, arrival.partitions))


def time_has_passed(history: EventBatch, partitions: int) -> list[NewRecord]:
    """A record in every partition from a day after the end: no spell is open any more, whoever looks."""
    moment_ms = int(history["event_time_ms"].max()) + DAY_MS
    count = WITNESSES_A_PARTITION * partitions
    names = [f"witness-{number:05d}" for number in range(count)]
    witnesses = _orders(
        names, np.arange(count), names, np.full(count, moment_ms), np.full(count, moment_ms + MINUTE_MS)
    )
    records = records_of(witnesses, partitions)
    assert len(records) == partitions
    return records


def cab_trips() -> EventBatch:
    """24 days of 110 San Francisco cabs, in order: an order a trip, accepted at its start."""
    trips = read_trips(CAB_TRIPS, Columns(), ZoneInfo("America/Los_Angeles"))
    assert not trips.problems
    cabs, cab = np.unique(trips.driver, return_inverse=True)
    names = [f"trip-{number:06d}" for number in range(len(trips))]
    history = _orders(cabs.tolist(), cab, names, trips.start_ms, trips.end_ms)
    return history.take(np.argsort(history["event_time_ms"], kind="stable"))


def rider_days(
    rider: str, days: Sequence[int], clocks: Sequence[str] = ("09:00", "10:00", "11:00", "12:00")
) -> EventBatch:
    """Orders of half an hour at these times of these days, counted from a Monday."""
    starts = np.array([at(clock, day) for day in days for clock in clocks])
    names = [f"{rider}-{number:04d}" for number in range(len(starts))]
    history = _orders([rider], np.zeros_like(starts), names, starts, starts + 30 * MINUTE_MS)
    return history.take(np.argsort(history["event_time_ms"], kind="stable"))


def corrected_days(workers: int, days: int, *, share: float = 0.02, seed: int = 2026) -> EventBatch:
    """Made-up working days of riders, of whose events a ``share`` is said again otherwise, later.

    | | at first | as version 1 |
    |---|---|---|
    | a third | as it was, an end half an hour later | an end as it was |
    | a third | as it was | never happened |
    | a third | as it was | up to ten minutes earlier |
    """
    parts = [work_day(workers, day=day, seed=seed) for day in range(days)]
    stated = concat([part.batch(0, len(part)) for part in parts])
    rng = np.random.default_rng([seed, 7])
    chosen = np.flatnonzero(rng.random(len(stated)) < share)
    way = rng.integers(0, 3, len(chosen))
    ends = chosen[(way == 0) & (stated["kind"][chosen] == COMPLETED)]
    earlier_ms = np.where(way == 2, rng.integers(1, 10 * MINUTE_MS, len(chosen)), 0)
    corrections = _changed(
        stated.take(chosen),
        version=np.ones(len(chosen)),
        deleted=way == 1,
        event_time_ms=stated["event_time_ms"][chosen] - earlier_ms,
    )
    wrong = stated["event_time_ms"].copy()
    wrong[ends] += 30 * MINUTE_MS
    later = chosen + rng.uniform(1, len(stated) / 3, len(chosen))
    place = np.append(np.arange(len(stated), dtype=np.float64), later)
    both = concat([_changed(stated, event_time_ms=wrong), corrections])
    return both.take(np.argsort(place, kind="stable"))


def _changed(batch: EventBatch, **columns: NDArray[Any]) -> EventBatch:
    typed = {name: values.astype(DISPATCH.dtypes[name]) for name, values in columns.items()}
    return replace(batch, columns={**batch.columns, **typed})


def _orders(
    workers: Sequence[str],
    worker: NDArray[np.int64],
    orders: Sequence[str],
    start_ms: NDArray[np.int64],
    end_ms: NDArray[np.int64],
) -> EventBatch:
    """Orders of one platform, accepted and completed: first all starts, then all ends."""
    event_ids = [f"{order}-{end}" for end in "ac" for order in orders]
    twice = [*orders, *orders]
    size = len(twice)
    stated: dict[str, NDArray[Any]] = {
        "worker": np.tile(worker, 2),
        "event_key": hashes(event_ids, f"{PLATFORM}\n"),
        "order_key": hashes(twice, f"{PLATFORM}\n"),
        "event_time_ms": np.concatenate([start_ms, end_ms]),
        "kind": np.repeat([ACCEPTED, COMPLETED], len(orders)),
    }
    columns = {
        name: stated.get(name, np.full(size, DISPATCH.when_empty.get(name, 0))).astype(dtype)
        for name, dtype in DISPATCH.dtypes.items()
    }
    words = {"platform": (PLATFORM,), "worker": workers, "area": ("130203",), "partner_firm": ("",)}
    return EventBatch(DISPATCH, words, {"event_ids": event_ids, "order_ids": twice}, columns)


def records_of(batch: EventBatch, partitions: int) -> list[NewRecord]:
    """As intake cuts a commit group."""
    return [
        NewRecord(DISPATCHES.name, part.encode(), partition=number)
        for number, part in by_partition(batch, partitions)
    ]
