"""The workers of each platform: a number for each pair, and sums over what they did."""

from typing import Self

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.combinations import combinations_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class PlatformWorkers:
    """The different (platform, worker) of n rows, in ascending order."""

    def __init__(self, number: Ints, platform: Ints, worker: Ints) -> None:
        self.number = number
        """Of the pair of each row, shape (n,)."""
        self.platform = platform
        """Of each pair, shape (pairs,)."""
        self.worker = worker
        """Of each pair, shape (pairs,)."""

    def __len__(self) -> int:
        return len(self.worker)

    @classmethod
    def of(cls, platform: Ints, worker: Ints) -> Self:
        """Number the pairs of rows."""
        number, pairs = combinations_of([platform, worker])
        # Wide, because others make larger numbers of them.
        return cls(number.astype(np.int64), *pairs.T)

    def count(self, rows: NDArray[np.bool_]) -> Ints:
        """How many of the rows chosen each pair has."""
        return np.bincount(self.number[rows], minlength=len(self)).astype(np.int64)

    def total(self, amount: Floats, rows: NDArray[np.bool_]) -> Floats:
        """Sum of the amounts of the rows chosen."""
        return np.bincount(self.number[rows], amount[rows], minlength=len(self)).astype(np.float64)

    def on_platform(self, said: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Mask of the pairs on whose platform some row says so."""
        return np.isin(self.platform, np.unique(self.platform[self.number[said]]))

    def most_frequent(self, code: Ints, unstated: int) -> Ints:
        """The code that most rows of each pair state (the smallest of equals), `unstated` where none does."""
        stated = code != unstated
        number = self.number
        if not stated.all():
            code, number = code[stated], number[stated]
        codes, column = distinct(code)
        found = np.full(len(self), unstated, np.int64)
        if len(codes) == 0:
            return found
        cells, cell = distinct(number * len(codes) + column)
        pair, count = cells // len(codes), np.bincount(cell)
        starts = np.flatnonzero(np.diff(pair, prepend=-1))
        most = np.maximum.reduceat(count, starts)
        best = np.flatnonzero(count == np.repeat(most, np.diff(starts, append=len(cells))))
        best = best[np.diff(pair[best], prepend=-1) > 0]  # cells ascend by code: the first is the smallest
        found[pair[best]] = codes[cells[best] % len(codes)]
        return found


def distinct(code: Ints) -> tuple[Ints, Ints]:
    """The different codes, ascending, and the place of each row's among them.

    The same as ``np.unique``, without its sort where the codes lie close together, as interned ones do.
    """
    if len(code) == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    lowest = int(code.min())
    span = int(code.max()) - lowest + 1
    if span > 4 * len(code) + 1_000_000:
        codes, place = np.unique(code, return_inverse=True)
        return codes, place.astype(np.int64)
    offset = code - lowest
    there = np.zeros(span, np.bool_)
    there[offset] = True
    codes = np.flatnonzero(there).astype(np.int64) + lowest
    return codes, (np.cumsum(there, dtype=np.int64) - 1)[offset]
