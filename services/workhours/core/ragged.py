"""Rows of unequal length in flat arrays: a list of arrays without a Python object per row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from services.workhours.core.work_events import Int64s

Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Ragged(Generic[Scalar]):
    """`ragged[i]` is row i, a view of `values[offsets[i]:offsets[i + 1]]`."""

    values: NDArray[Scalar]
    offsets: Int64s
    """One more than there are rows; the first is 0, the last `len(values)`."""

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> NDArray[Scalar]:
        if not 0 <= row < len(self):
            raise IndexError(f"row {row} of {len(self)}")
        return self.values[self.offsets[row] : self.offsets[row + 1]]


def spread(first: Int64s, stop: Int64s) -> tuple[Int64s, Int64s]:
    """Index ranges laid end to end: (every index of every `first[i]:stop[i]`, the i each came from)."""
    count = stop - first
    owner = np.repeat(np.arange(len(count)), count)
    before = np.cumsum(count) - count
    return np.arange(len(owner)) + (first - before)[owner], owner
