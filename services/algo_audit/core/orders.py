"""From dispatch events to orders: one row per (platform, order, worker) that was undertaken.

| outcome          | when                                          | in the audit                |
|------------------|-----------------------------------------------|-----------------------------|
| FINISHED         | accepted, then completed                      | a duration                  |
| CANCELLED        | accepted, cancelled, never completed          | right-censored: counted     |
| UNFINISHED       | accepted, nothing after it yet                | right-censored: counted     |
| NO_ACCEPTANCE    | completed, acceptance never seen              | excluded: counted by reason |
| END_BEFORE_START | completed before it was accepted              | excluded: counted by reason |
| ZERO_DURATION    | completed in the millisecond it was accepted  | excluded: counted by reason |

A worker to whom an order was only offered, or who rejected it, has not undertaken it: no row.

Censoring. An order that was cancelled or is still open took *at least* as long as it was seen to take;
leaving such orders out makes the remaining durations too short and so the middle too strict. This first cut
counts them and reports their number and share beside every verdict; the Kaplan–Meier estimate that uses them
(`scipy.stats.ecdf` on `CensoredData`) takes their place once the end of observation is carried per order.

Pure function of the set of events: every field is a minimum or maximum over the events of the order, so
neither their order nor any duplicate can change it.
"""

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


class DispatchKind(IntEnum):
    """Values equal those of quzhong.api.events.v1.DispatchKind."""

    OFFERED = 1
    ACCEPTED = 2
    REJECTED = 3
    PICKED_UP = 4
    COMPLETED = 5
    CANCELLED = 6


class Outcome(IntEnum):
    """How an undertaken order ended; see the table above."""

    FINISHED = 1
    CANCELLED = 2
    UNFINISHED = 3
    NO_ACCEPTANCE = 4
    END_BEFORE_START = 5
    ZERO_DURATION = 6


CENSORED_OUTCOMES = (Outcome.CANCELLED, Outcome.UNFINISHED)
EXCLUDED_OUTCOMES = (Outcome.NO_ACCEPTANCE, Outcome.END_BEFORE_START, Outcome.ZERO_DURATION)

NEVER = np.iinfo(np.int64).max
"""The time of an event that was not seen."""


@dataclass(frozen=True, slots=True, eq=False)
class DispatchColumns:
    """Dispatch events, one array of shape (n,) per field, rows in any order.

    Raises ValueError naming the first column whose length differs.
    """

    order: NDArray[np.uint64]
    """Order pseudonym; unique within a platform."""
    worker: NDArray[np.int64]
    """Interned worker pseudonym, the same across platforms."""
    platform: NDArray[np.int64]
    area: NDArray[np.int64]
    """GB/T 2260 code; 0 unknown."""
    kind: NDArray[np.int8]
    """DispatchKind values."""
    time: NDArray[np.int64]
    """Epoch milliseconds, UTC."""
    distance_m: NDArray[np.float64]
    """NaN where not stated."""
    promised_s: NDArray[np.float64]
    """The limit shown on the order, seconds; NaN where not stated."""
    event: NDArray[np.uint64]
    """Identity of the event, kept as evidence."""

    def __post_init__(self) -> None:
        for field in fields(self):
            length = len(getattr(self, field.name))
            if length != len(self.order):
                raise ValueError(f"column {field.name} has {length} rows, column order {len(self.order)}")


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """Undertaken orders, one array of shape (n,) per field. The order of rows depends on the set of events
    only."""

    platform: NDArray[np.int64]
    order: NDArray[np.uint64]
    worker: NDArray[np.int64]
    area: NDArray[np.int64]
    """The largest code any event of the order states; 0 unknown."""
    outcome: NDArray[np.int8]
    """Outcome values."""
    accepted_ms: NDArray[np.int64]
    """Earliest acceptance, epoch milliseconds; NEVER if not seen."""
    completed_ms: NDArray[np.int64]
    """Earliest completion, epoch milliseconds; NEVER if not seen."""
    duration_s: NDArray[np.float64]
    """Completed − accepted; NaN unless FINISHED."""
    distance_m: NDArray[np.float64]
    """The longest distance any event of the order states; NaN unknown."""
    promised_s: NDArray[np.float64]
    """The longest limit any event of the order states: a doubt is not held against the platform. NaN
    unknown."""
    accepted_event: NDArray[np.uint64]
    """The event that says so (smallest identity among equals); 0 if none."""
    completed_event: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.order)

    def having(self, *outcomes: Outcome) -> NDArray[np.bool_]:
        """Mask of the rows with one of the outcomes, shape (n,)."""
        return np.isin(self.outcome, outcomes)

    def count(self, *outcomes: Outcome) -> int:
        """How many orders ended so."""
        return int(np.count_nonzero(self.having(*outcomes)))


def orders_of(events: DispatchColumns) -> Orders:
    """The orders that the set of `events` tells of; see the table at the top of this file."""
    if len(events.order) == 0:
        return _no_orders()
    index, starts = _group(events)
    kind, time, identity = events.kind[index], events.time[index], events.event[index]
    lengths = np.diff(starts, append=len(index))

    def earliest(wanted: DispatchKind) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        times = np.where(kind == wanted, time, NEVER)
        first = np.minimum.reduceat(times, starts)
        witness = (times == np.repeat(first, lengths)) & (kind == wanted)
        last_id = np.iinfo(np.uint64).max
        event = np.minimum.reduceat(np.where(witness, identity, last_id), starts)
        return first, np.where(first == NEVER, np.uint64(0), event)

    accepted, accepted_event = earliest(DispatchKind.ACCEPTED)
    completed, completed_event = earliest(DispatchKind.COMPLETED)
    cancelled = np.logical_or.reduceat(kind == DispatchKind.CANCELLED, starts)

    undertaken = (accepted != NEVER) | (completed != NEVER)
    outcome = np.select(
        [
            accepted == NEVER,
            (completed == NEVER) & cancelled,
            completed == NEVER,
            completed < accepted,
            completed == accepted,
        ],
        [
            Outcome.NO_ACCEPTANCE,
            Outcome.CANCELLED,
            Outcome.UNFINISHED,
            Outcome.END_BEFORE_START,
            Outcome.ZERO_DURATION,
        ],
        default=Outcome.FINISHED,
    ).astype(np.int8)
    finished = outcome == Outcome.FINISHED
    duration_s = np.where(finished, (completed - np.where(finished, accepted, completed)) / 1000.0, np.nan)
    one = index[starts][undertaken]  # any event of the group names platform, order and worker
    return Orders(
        platform=events.platform[one],
        order=events.order[one],
        worker=events.worker[one],
        area=np.maximum.reduceat(events.area[index], starts)[undertaken],
        outcome=outcome[undertaken],
        accepted_ms=accepted[undertaken],
        completed_ms=completed[undertaken],
        duration_s=duration_s[undertaken],
        # fmax: the largest stated value, NaN only if no event states one.
        distance_m=np.fmax.reduceat(events.distance_m[index], starts)[undertaken],
        promised_s=np.fmax.reduceat(events.promised_s[index], starts)[undertaken],
        accepted_event=accepted_event[undertaken],
        completed_event=completed_event[undertaken],
    )


def _group(events: DispatchColumns) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row index sorted so that the events of one (platform, order, worker) are adjacent, and each run's
    start.

    Sorting one mixed 64-bit key is eight times quicker than sorting three columns. Two different triples may
    mix to the same key (about once in 2**64 / n² sets); that is seen, and then the three columns are sorted
    after all.
    """
    columns = (events.worker, events.platform, events.order)
    mixed = _mix(events)
    index = np.argsort(mixed)
    starts_key = _changes(mixed[index])
    starts_row = np.logical_or.reduce([_changes(column[index]) for column in columns])
    if not np.array_equal(starts_key, starts_row):
        index = np.lexsort(columns)
        starts_row = np.logical_or.reduce([_changes(column[index]) for column in columns])
    return index, np.flatnonzero(starts_row)


def _mix(events: DispatchColumns) -> NDArray[np.uint64]:
    # Odd constants from splitmix64 (Steele, Lea & Flood 2014); uint64 arrays wrap around, as wanted.
    mixed: NDArray[np.uint64] = (
        events.order * np.uint64(0x9E3779B97F4A7C15)
        ^ events.worker.astype(np.uint64) * np.uint64(0xBF58476D1CE4E5B9)
        ^ events.platform.astype(np.uint64) * np.uint64(0x94D049BB133111EB)
    )
    return mixed


def _changes(column: NDArray[np.int64] | NDArray[np.uint64]) -> NDArray[np.bool_]:
    """True where a row differs from the one before it, and at row 0."""
    return np.concatenate(([True], column[1:] != column[:-1]))


def _no_orders() -> Orders:
    ints, floats = np.empty(0, np.int64), np.empty(0, np.float64)
    ids = np.empty(0, np.uint64)
    return Orders(
        platform=ints,
        order=ids,
        worker=ints,
        area=ints,
        outcome=np.empty(0, np.int8),
        accepted_ms=ints,
        completed_ms=ints,
        duration_s=floats,
        distance_m=floats,
        promised_s=floats,
        accepted_event=ids,
        completed_event=ids,
    )
