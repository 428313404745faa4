"""A worker's dispatch events as columns: what orders are made of.

The rows are a *set*: their order and repetition carry no meaning, so a shuffled, doubled or re-batched
copy of the same events gives the same verdicts. Worker, platform and area are interned codes of the
caller; they are compared for equality only. Whatever must be decided between rows (a tie, say) is decided
by time, `order` or `event`, which do not depend on who was interned first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Int64s: TypeAlias = NDArray[np.int64]
Int8s: TypeAlias = NDArray[np.int8]
Uint64s: TypeAlias = NDArray[np.uint64]
Bools: TypeAlias = NDArray[np.bool_]


class DispatchKind(IntEnum):
    """What happened to an order. The numbers are those of the wire contract."""

    OFFERED = 1
    ACCEPTED = 2
    REJECTED = 3
    PICKED_UP = 4
    COMPLETED = 5
    CANCELLED = 6
    COMPLAINED = 7
    """Of a customer; says nothing of when work began or ended, so nothing here is moved by it."""


@dataclass(frozen=True, slots=True, eq=False)
class WorkEvents:
    """Dispatch events, one row each; every column has the same length.

    Raises ValueError when the columns differ in length.
    """

    worker: Int64s
    """The worker's interned code: one person, the same on every platform."""
    platform: Int64s
    """The interned code of the platform that reported the event."""
    order: Uint64s
    """Hash of (platform, order, worker): an order may go through the hands of several workers."""
    kind: Int8s
    """A `DispatchKind` number; numbers unknown here are not work."""
    time: Int64s
    """When it happened: epoch milliseconds, UTC."""
    event: Uint64s
    """Identity of the event (hash of its id): rows of one identity are one event."""
    area: Int64s
    """The interned code of the area the event happened in."""
    record: Int64s
    """Where it was said: the caller's number of the place in the log, by which its text is found again."""

    def __post_init__(self) -> None:
        lengths = {field.name: len(getattr(self, field.name)) for field in fields(self)}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"WorkEvents columns differ in length: {lengths}; give one value a row in each")

    def __len__(self) -> int:
        return len(self.time)

    def take(self, rows: Int64s | Bools) -> WorkEvents:
        """The rows chosen by index or mask."""
        return WorkEvents(*(getattr(self, field.name)[rows] for field in fields(self)))

    @staticmethod
    def concatenate(parts: Sequence[WorkEvents]) -> WorkEvents:
        """All rows of `parts`, repeated ones included. Raises ValueError when there is no part."""
        if not parts:
            raise ValueError("WorkEvents.concatenate got no parts; give at least one (it may be empty)")
        return WorkEvents(
            *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(WorkEvents))
        )
